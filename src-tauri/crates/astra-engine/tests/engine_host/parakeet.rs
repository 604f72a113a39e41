//! Parakeet in the real host, with a small model of random numbers and the true ONNX Runtime.

use std::path::{Path, PathBuf};

use astra_core::engine::device::{Device, folders_of_this_program};
use astra_core::engine::host::{EngineHost, try_library};
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

/// The small model in a folder without any library beside it.
fn tiny_in(folder: &Path) -> PathBuf {
    let model = folder.join("model");
    std::fs::create_dir(&model).expect("room");
    for file in std::fs::read_dir(tiny()).expect("a fixture").flatten() {
        std::fs::copy(file.path(), model.join(file.file_name())).expect("room");
    }
    model
}

#[test]
fn without_the_library_it_is_said_where_it_belongs() {
    if std::env::var_os("ORT_DYLIB_PATH").is_some() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    match host(tiny_in(folder.path())).listen(&[audio::silence(0, 1)], &ask(Effort::Usual), &Stop::default()) {
        Err(EngineError::Missing { tried }) => {
            assert!(tried.contains(&folder.path().join("onnxruntime").display().to_string()), "{tried}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_library_that_cannot_be_used_is_named_and_not_tried_again() {
    if std::env::var_os("ORT_DYLIB_PATH").is_some() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let model = tiny_in(folder.path());
    models::link_onnx_runtime(folder.path());
    let path = library_in(&folder.path().join("onnxruntime"));
    let sound = std::fs::read(&path).expect("the library");
    // macOS loads nothing that was changed.
    let old = (!cfg!(target_os = "macos")).then(|| (older(sound), "version 1.10"));
    for (bytes, wrong) in [(b"no library".to_vec(), "")].into_iter().chain(old) {
        std::fs::write(&path, bytes).expect("room");
        let mut host = host(model.clone());
        let heard = host.listen(&[audio::silence(0, 1)], &ask(Effort::Usual), &Stop::default());
        let Err(EngineError::LibraryUnusable { library, reason }) = heard else { panic!("{heard:?}") };
        assert_eq!(library, path.display().to_string());
        assert!(!reason.is_empty() && reason.contains(wrong), "{reason}");
        assert!(host.notices().is_empty(), "nothing goes on: {:?}", host.notices());
        let cpu = Device::Cpu.find(&folders_of_this_program()).expect("the host of the processor");
        assert_eq!(try_library(&cpu, &path), Err(reason));
    }
}

#[test]
fn the_host_loads_a_library_without_a_model() {
    let cpu = Device::Cpu.find(&folders_of_this_program()).expect("the host of the processor");
    assert_eq!(try_library(&cpu, &library_in(&tiny().with_file_name("onnxruntime"))), Ok(()));
}

/// The ONNX Runtime library in a folder.
fn library_in(folder: &Path) -> PathBuf {
    let files = std::fs::read_dir(folder).expect("the library: node installers/prerequisites.mjs --test brings it");
    let stem = format!("{}onnxruntime.", std::env::consts::DLL_PREFIX);
    let mut named = files.flatten().filter(|file| file.file_name().to_string_lossy().starts_with(&stem));
    named.next().expect("a library").path()
}

/// The library as it is but for the version that it tells.
fn older(mut library: Vec<u8>) -> Vec<u8> {
    let version = |bytes: &[u8]| {
        matches!(bytes, [0, b'1', b'.', tens, ones, b'.', patch, 0]
            if [tens, ones, patch].iter().all(|digit| digit.is_ascii_digit()))
    };
    let places: Vec<usize> = (0..library.len() - 7).filter(|at| version(&library[*at..at + 8])).collect();
    for at in &places {
        library[at + 3..at + 5].copy_from_slice(b"10");
    }
    assert!(!places.is_empty(), "the library tells its version");
    library
}
