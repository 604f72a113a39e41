//! Parakeet in the real host, with a small model of random numbers and the true ONNX Runtime.

use std::path::{Path, PathBuf};

use astra_core::engine::device::Device;
use astra_core::engine::host::EngineHost;
use astra_core::engine::{Effort, Engine, EngineError, Heard, Load, Stop};

use crate::{ask, audio, models};

fn tiny() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/parakeet/tiny")
}

fn host(model: PathBuf) -> EngineHost {
    EngineHost::new(Load { engine: "parakeet".to_owned(), model, threads: 1 }, [Device::Cpu])
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
fn speech_is_written_the_same_together_and_one_by_one_and_names_that_nobody_said_change_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let trained = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../models/demo-parakeet-es");
    let model = folder.path().join("model");
    std::fs::create_dir(&model).expect("room");
    for file in std::fs::read_dir(trained).expect("the trained model").flatten() {
        std::fs::copy(file.path(), model.join(file.file_name())).expect("room");
    }
    models::link_onnx_runtime(folder.path());
    let mut host = host(model);
    let chunks = audio::sample(5);
    let plain = ask(Effort::Usual);
    let text = |heard: &Heard| heard.words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
    let together = host.listen(&chunks, &plain, &Stop::default()).expect("it listens");
    assert!(text(&together[0]).starts_with("Muy buenos días a todos los asistentes."), "{}", text(&together[0]));
    let names = ["Chachafruto", "Piendamó", "Quintabara", "Ibaguerreño", "Zuluagüita"];
    let told = astra_core::engine::Ask { vocabulary: names.map(str::to_owned).to_vec(), ..ask(Effort::Usual) };
    for (chunk, together) in chunks.iter().zip(&together) {
        let alone = &host.listen(std::slice::from_ref(chunk), &plain, &Stop::default()).expect("it listens")[0];
        let exact = |heard: &Heard| -> Vec<_> {
            heard.words.iter().map(|word| (word.text.clone(), word.start_ms, word.end_ms)).collect()
        };
        assert_eq!(exact(alone), exact(together));
        let told = &host.listen(std::slice::from_ref(chunk), &told, &Stop::default()).expect("it listens")[0];
        assert_eq!(text(told), text(alone));
    }
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
