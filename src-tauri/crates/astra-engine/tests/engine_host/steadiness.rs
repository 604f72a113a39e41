//! The same audio gives the same words, and a thousand chunks take no more memory than one.

use std::path::Path;

#[cfg(target_os = "linux")]
use astra_core::engine::host::EngineHost;
use astra_core::engine::{Ask, Effort, Engine, Stop};
use astra_core::transcript::Word;

use crate::{ask, audio, host, host_with_threads, models};

#[test]
fn the_same_chunk_gives_the_same_words_whatever_was_heard_before() {
    let Some(model) = models::babbler() else { return };
    for placed in [models::alone(&model), models::beside_onnx_runtime(&model)] {
        let mut host = host(placed.path.clone());
        let mut words = |index: u32, effort: Effort| -> Vec<Word> {
            let heard = host.listen(&[audio::murmur(index, 4.0)], &ask(effort), &Stop::default());
            heard.expect("it listens").remove(0).words
        };
        // Random weights fail at every temperature, so that all of this draws random numbers.
        let first = words(1, Effort::Usual);
        let thorough = words(1, Effort::Thorough);
        words(2, Effort::Usual);
        assert_eq!(words(1, Effort::Usual), first);
        assert_eq!(words(1, Effort::Thorough), thorough);
    }
}

#[test]
fn chunks_heard_at_the_same_time_give_the_words_of_each_alone() {
    let Some(model) = models::babbler() else { return };
    for placed in [models::alone(&model), models::beside_onnx_runtime(&model)] {
        together_as_alone(&placed.path);
    }
}

fn together_as_alone(model: &Path) {
    let chunks = [audio::murmur(1, 4.0), audio::silence(2, 2), audio::murmur(3, 2.0), audio::murmur(4, 3.0)];
    let (usual, stop) = (ask(Effort::Usual), Stop::default());
    let mut alone = host(model.to_owned());
    let mut words_alone =
        |chunk| alone.listen(std::slice::from_ref(chunk), &usual, &stop).expect("it listens").remove(0).words;
    let expected: Vec<Vec<Word>> = chunks.iter().map(&mut words_alone).collect();
    assert!(!expected[0].is_empty() && expected[1].is_empty());

    let mut host = host_with_threads(model.to_owned());
    for _ in 0..2 {
        let heard = host.listen(&chunks, &usual, &stop).expect("it listens");
        assert_eq!(heard.into_iter().map(|heard| heard.words).collect::<Vec<_>>(), expected);
    }
    assert_eq!(host.abilities().batch, num_cpus::get_physical().min(num_cpus::get()).clamp(1, 4));
}

#[test]
#[cfg(target_os = "linux")]
fn memory_does_not_grow_from_call_to_call() {
    let Some(model) = models::mute() else { return };
    for placed in [models::alone(&model), models::beside_onnx_runtime(&model)] {
        does_not_grow(host(placed.path.clone()));
    }
}

#[cfg(target_os = "linux")]
fn does_not_grow(mut host: EngineHost) {
    let mut listen = |times: u32| {
        for time in 0..times {
            // A vocabulary that changes, and a language that is set each time, as in real use.
            let vocabulary = vec![format!("Ximena {}", time % 7), "Nariño".repeat(20)];
            let ask = Ask { vocabulary, ..ask(Effort::Usual) };
            host.listen(&[audio::murmur(time % 3, 1.0)], &ask, &Stop::default()).expect("it listens");
        }
        resident(host.process_id().expect("a process"))
    };
    // The heap is as large as it gets after some fifty calls, but for a thread that finds another at it and is given a
    // heap of its own. That happens once, in one round; a leak in every call of every round.
    let mut sizes = vec![listen(60)];
    let settled = (0..3).any(|_| {
        sizes.push(listen(40));
        sizes[sizes.len() - 1] <= sizes[sizes.len() - 2] + 40
    });
    assert!(settled, "KiB after 60 calls, and after each 40 more: {sizes:?}");
}

/// The resident memory of a process, in KiB.
#[cfg(target_os = "linux")]
fn resident(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("it runs");
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("a line");
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).expect("a number")
}

#[test]
fn every_chunk_heard_is_a_line_in_the_log_without_a_word_of_it() {
    let Some(model) = models::mute() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let mut host = host(model).logging_into(folder.path().join("logs"));
    let chunks = [audio::murmur(11, 1.0), audio::murmur(12, 1.0)];
    let vocabulary = vec!["Chimborazo".to_owned()];
    host.listen(&chunks, &Ask { vocabulary, ..ask(Effort::Usual) }, &Stop::default()).expect("it listens");
    // No waiting: a line is on the disk before its chunk is reported.
    let file =
        std::fs::read_dir(folder.path().join("logs")).expect("a folder").next().expect("a file").expect("a file");
    let log = std::fs::read_to_string(file.path()).expect("a log");
    for chunk in ["chunk=11", "chunk=12"] {
        let line = log.lines().find(|line| line.contains(chunk)).expect("a line");
        assert!(
            ["request=1", "samples=16000", "took_ms=", "words="].iter().all(|field| line.contains(field)),
            "{line}"
        );
    }
    assert!(!log.contains("Chimborazo"), "{log}");
}
