//! Which host is started, what it says of its model, and what is said when there is none.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use astra_core::engine::device::{Device, folders_of_this_program};
use astra_core::engine::host::{EngineHost, Notice, device_of};
use astra_core::engine::wire::{self, FromHost};
use astra_core::engine::{Effort, Engine, EngineError, Stop};

use crate::{ask, audio, host, load, models};

#[test]
fn a_model_loads_and_tells_what_it_can_do() {
    let Some(model) = models::dummy() else { return };
    let mut host = host(model);
    assert_eq!(host.process_id(), None);
    host.start(&Stop::default()).expect("the model loads");
    let abilities = host.abilities();
    assert_eq!(abilities.device, "CPU");
    assert!(abilities.languages.contains(&"es".to_owned()));
    assert!(!abilities.languages.contains(&"auto".to_owned()));
    assert_eq!(abilities.batch, 1);
    let description = "CPU".to_owned();
    assert_eq!(host.notices(), [Notice::Loaded { device: Device::Cpu, description }]);
}

#[test]
fn a_model_without_weights_hears_nothing() {
    let Some(model) = models::dummy() else { return };
    let chunks = [audio::murmur(0, 3.0), audio::murmur(1, 0.05), audio::silence(2, 1), audio::chunk(3, Vec::new())];
    for effort in [Effort::Usual, Effort::Thorough] {
        let heard = host(model.clone()).listen(&chunks, &ask(effort), &Stop::default()).expect("it listens");
        assert_eq!(heard.len(), 4);
        assert!(
            heard.iter().all(|heard| heard.words.is_empty() && (0.0..=1.0).contains(&heard.no_speech)),
            "{heard:?}"
        );
    }
}

#[test]
fn no_chunks_are_heard_without_starting_anything() {
    let mut host = host(PathBuf::from("/nonexistent/model.bin"));
    assert_eq!(host.listen(&[], &ask(Effort::Usual), &Stop::default()), Ok(Vec::new()));
    assert_eq!(host.process_id(), None);
}

#[test]
fn broken_models_are_refused_by_name() {
    let broken = [
        "whisper_broken/ggml-base.lfs-pointer.bin",
        "whisper_broken/ggml-base.truncated.bin",
        "whisper_broken/ggml-tiny.html-page.bin",
        "whisper_dummy/for-tests-ggml-parakeet-tdt.bin",
        "whisper_broken",
    ];
    let files = broken.into_iter().filter_map(|path| {
        let beside = models::testdata("whisper_broken/ggml-base.lfs-pointer.bin")?;
        Some(beside.parent()?.parent()?.join(path))
    });
    for path in files.chain([PathBuf::from("/nonexistent/model.bin")]) {
        let mut host = host(path.clone());
        match host.start(&Stop::default()) {
            Err(EngineError::ModelUnreadable { model, .. }) => assert_eq!(model, path.display().to_string()),
            other => panic!("{}: {other:?}", path.display()),
        }
    }
}

#[test]
fn an_engine_and_a_language_nobody_knows_are_refused() {
    let Some(model) = models::dummy() else { return };
    let mut unknown = load(model.clone());
    unknown.engine = "parrot".to_owned();
    let error = EngineHost::new(unknown, [Device::Cpu]).start(&Stop::default()).expect_err("no such engine");
    assert!(error.to_string().contains("parrot"), "{error}");

    let mut host = host(model);
    let mut klingon = ask(Effort::Usual);
    for language in ["tlh", "auto", "", "es\0"] {
        klingon.language = language.to_owned();
        let error = host.listen(&[audio::murmur(0, 1.0)], &klingon, &Stop::default());
        assert!(matches!(error, Err(EngineError::Failed { .. })), "{language}: {error:?}");
    }
    host.listen(&[audio::murmur(0, 1.0)], &ask(Effort::Usual), &Stop::default()).expect("it still listens");
}

#[test]
fn without_any_host_the_error_names_those_looked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut host = EngineHost::new(load(PathBuf::from("m.bin")), Device::FASTEST_FIRST)
        .found_in(vec![folder.path().to_path_buf()]);
    match host.start(&Stop::default()) {
        Err(EngineError::Missing { tried }) => {
            assert!(Device::FASTEST_FIRST.iter().all(|device| tried.contains(&device.binary())), "{tried}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
#[cfg(unix)]
fn a_host_that_does_not_start_means_the_next_device_and_is_said_aloud() {
    let Some(model) = models::dummy() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let lacking = "echo libcuda.so.1: cannot open shared object file >&2\nexit 127\n";
    script(&folder.path().join(Device::Cuda.binary()), lacking);
    std::fs::write(folder.path().join(Device::Vulkan.binary()), "not a program").expect("a file");
    let folders = [vec![folder.path().to_path_buf()], folders_of_this_program()].concat();

    let told = Arc::new(Mutex::new(Vec::new()));
    let telling = Arc::clone(&told);
    let mut host = EngineHost::new(load(model), Device::FASTEST_FIRST)
        .found_in(folders)
        .telling(move |notice| telling.lock().expect("a list").push(notice.clone()));
    host.start(&Stop::default()).expect("the processor always works");
    match host.notices() {
        [
            Notice::DeviceUnusable { device: Device::Cuda, reason },
            Notice::DeviceUnusable { device: Device::Vulkan, .. },
            Notice::Loaded { device: Device::Cpu, .. },
        ] => assert!(reason.contains("libcuda.so.1") && reason.contains("127"), "{reason}"),
        other => panic!("{other:?}"),
    }
    assert_eq!(*told.lock().expect("a list"), host.notices());
}

#[test]
#[cfg(unix)]
fn a_computer_without_a_graphics_card_goes_on_with_the_processor_and_nothing_is_said() {
    let Some(model) = models::dummy() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let answer = folder.path().join("answer");
    let none = FromHost::Failed { id: 0, failure: EngineError::NoDevice };
    std::fs::write(&answer, wire::frame(&none, &[]).expect("a frame")).expect("a file");
    script(&folder.path().join(Device::Vulkan.binary()), &format!("cat '{}'; cat >/dev/null\n", answer.display()));
    let folders = [vec![folder.path().to_path_buf()], folders_of_this_program()].concat();
    let mut host = EngineHost::new(load(model), Device::FASTEST_FIRST).found_in(folders);
    host.start(&Stop::default()).expect("the processor always works");
    assert!(matches!(host.notices(), [Notice::Loaded { device: Device::Cpu, .. }]), "{:?}", host.notices());
}

#[test]
fn a_host_says_what_it_computes_on_without_a_model() {
    let host = Device::Cpu.find(&folders_of_this_program()).expect("the host of the processor");
    assert_eq!(device_of(&host), Ok("CPU".to_owned()));
}

#[test]
#[cfg(unix)]
fn a_host_that_cannot_say_it_tells_the_last_thing_it_printed() {
    let folder = tempfile::tempdir().expect("a folder");
    let host = folder.path().join(Device::Vulkan.binary());
    script(&host, "echo of a driver >&2; echo libvulkan.so.1: cannot open shared object file >&2; exit 127\n");
    assert_eq!(device_of(&host), Err("libvulkan.so.1: cannot open shared object file".to_owned()));
    script(&host, "kill -SEGV $$\n");
    assert!(device_of(&host).expect_err("it fell").contains("signal"));
    assert!(device_of(&folder.path().join("none")).is_err());
}

#[test]
#[cfg(unix)]
fn a_device_that_loads_the_model_and_fails_at_every_chunk_means_the_next_one() {
    let Some(model) = models::dummy() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let cpu = Device::Cpu.find(&folders_of_this_program()).expect("the host of the processor");
    // What is asked of it ends in the middle of the sound.
    let fails = format!("dd bs=1 count=4096 2>/dev/null | '{}' \"$@\"\n", cpu.display());
    script(&folder.path().join(Device::Vulkan.binary()), &fails);
    let folders = [vec![folder.path().to_path_buf()], folders_of_this_program()].concat();
    let mut host = EngineHost::new(load(model), Device::FASTEST_FIRST).found_in(folders);
    let chunks = [audio::murmur(0, 1.0)];
    let mut listen = || host.listen(&chunks, &ask(Effort::Usual), &Stop::default());
    let first = listen();
    assert!(matches!(first, Err(EngineError::Died { .. } | EngineError::Failed { .. })), "{first:?}");
    listen().expect("the processor hears it");
    listen().expect("it goes on with the processor");
    let unusable = |notice: &&Notice| matches!(notice, Notice::DeviceUnusable { device: Device::Vulkan, .. });
    assert_eq!(host.notices().iter().filter(unusable).count(), 1, "{:?}", host.notices());
    assert!(matches!(host.notices().last(), Some(Notice::Loaded { device: Device::Cpu, .. })));
}

/// A program for a shell.
#[cfg(unix)]
fn script(path: &Path, text: &str) {
    use std::os::unix::fs::PermissionsExt;

    std::fs::write(path, format!("#!/bin/sh\n{text}")).expect("a script");
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).expect("a mode");
}
