//! Parakeet in the real host, with a small model of random numbers and the true ONNX Runtime.

use std::path::{Path, PathBuf};

use astra_core::engine::device::Device;
use astra_core::engine::host::EngineHost;
use astra_core::engine::{Effort, Engine, EngineError, Load, Stop};

use crate::{ask, audio};

fn tiny() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/parakeet/tiny")
}

fn host(model: PathBuf) -> EngineHost {
    EngineHost::new(Load { engine: "parakeet".to_owned(), model, threads: 1 }, Some(Device::Cpu))
}

#[test]
fn several_chunks_are_heard_at_once_and_as_they_are_one_by_one() {
    let mut host = host(tiny());
    let chunks = [audio::murmur(0, 9.0), audio::silence(1, 2), audio::murmur(2, 3.5), audio::murmur(3, 20.0)];
    let ask = ask(Effort::Usual);
    let together = host.listen(&chunks, &ask, &Stop::default()).expect("it listens");
    assert_eq!(together.len(), chunks.len());
    assert!(together[0].words.len() > 3 && together[1].words.is_empty());
    for (chunk, together) in chunks.iter().zip(&together) {
        let alone = host.listen(std::slice::from_ref(chunk), &ask, &Stop::default()).expect("it listens");
        assert_eq!(alone[0].words, together.words);
    }
    let abilities = host.abilities();
    assert!(abilities.batch > 1 && abilities.languages.is_empty() && abilities.word_times && abilities.vocabulary);
}

#[test]
fn without_the_library_it_is_said_where_it_belongs() {
    if std::env::var_os("ORT_DYLIB_PATH").is_some() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let model = folder.path().join("model");
    std::fs::create_dir(&model).expect("room");
    for file in std::fs::read_dir(tiny()).expect("a fixture").flatten() {
        std::fs::copy(file.path(), model.join(file.file_name())).expect("room");
    }
    match host(model).listen(&[audio::silence(0, 1)], &ask(Effort::Usual), &Stop::default()) {
        Err(EngineError::Missing { tried }) => {
            assert!(tried.contains(&folder.path().join("onnxruntime").display().to_string()), "{tried}");
        }
        other => panic!("{other:?}"),
    }
}
