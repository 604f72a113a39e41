//! What is kept is right after any number of runs, and never in the way.

use std::sync::mpsc;

use proptest::prelude::*;

use super::*;
use crate::engine::Stop;
use crate::fingerprint;
use crate::sessions::{Recording, Source};

fn keep(folder: &Path, copy: bool) -> Keep {
    Keep { peaks: folder.join("peaks.bin"), copy: copy.then(|| folder.join("copy")), microphones: Vec::new() }
}

fn wave(seconds: u64) -> Vec<i16> {
    (0..seconds * SAMPLE_RATE)
        .map(|n| ((n as f64 * 0.17).sin() * (n as f64 * 0.000_31).sin() * 20_000.0) as i16)
        .collect()
}

/// Keeps samples, which come in handfuls; returns what was told.
fn run(keep: &Keep, samples: &[i16], to_the_end: bool) -> Option<Error> {
    let (tell, told) = mpsc::channel();
    let mut keeping = Keeping::begin(keep, move |error| tell.send(error).unwrap());
    samples.chunks(5_000).for_each(|samples| keeping.push(samples));
    keeping.finish(to_the_end);
    told.try_recv().ok()
}

fn expected(samples: &[i16]) -> Vec<u8> {
    let (mut peaks, mut bytes) = (Peaks::default(), Vec::new());
    peaks.push(samples, |pair| bytes.extend(as_bytes(pair)));
    bytes.extend(peaks.finish().map(as_bytes).into_iter().flatten());
    bytes
}

fn recording(path: &Path) -> Recording {
    Recording {
        id: RecordingId::new(),
        source: Source::File(path.to_owned()),
        name: "sesión.wav".to_owned(),
        bytes: None,
        fingerprint: fingerprint::quick(path).ok(),
        sha256: None,
        claimed_ms: None,
        claim_is_exact: false,
        duration_ms: None,
        started_at_ms: None,
    }
}

/// A mono WAV file at 16 kHz.
fn wav(path: &Path, samples: &[i16]) {
    let mut bytes = b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x80\x3e\0\0\0\x7d\0\0\x02\0\x10\0data".to_vec();
    bytes.extend((samples.len() as u32 * 2).to_le_bytes());
    bytes.extend(samples.iter().flat_map(|sample| sample.to_le_bytes()));
    fs::write(path, bytes).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn runs_that_are_cut_short_anywhere_leave_the_peaks_of_an_undisturbed_one(
        cuts in proptest::collection::vec(0_usize..=640_000, 0..4),
        spoilt in 0_usize..1_200,
    ) {
        let place = tempfile::tempdir().unwrap();
        let (keep, samples) = (keep(place.path(), false), wave(41));
        let whole = expected(&samples);
        // What a crash may leave: bytes that were never written, and too many of them.
        fs::write(&keep.peaks, vec![0x55; 2 * spoilt + 1]).unwrap();
        for cut in cuts {
            prop_assert_eq!(run(&keep, &samples[..cut], false), None);
            let so_far = fs::read(&keep.peaks).unwrap();
            let complete = cut / 800 * 2;
            prop_assert_eq!(&so_far[..complete], &whole[..complete]);
        }
        prop_assert_eq!(run(&keep, &samples, true), None);
        prop_assert_eq!(fs::read(&keep.peaks).unwrap(), whole);
        prop_assert!(keep.is_whole(41_000) && !keep.is_whole(41_100));
    }
}

#[test]
fn peaks_can_be_read_while_the_recording_is_being_heard() {
    let place = tempfile::tempdir().unwrap();
    let (keep, samples) = (keep(place.path(), false), wave(100));
    let mut keeping = Keeping::begin(&keep, |error| panic!("{error}"));
    samples.chunks(16_384).for_each(|samples| keeping.push(samples));
    let seen = fs::metadata(&keep.peaks).unwrap().len();
    assert!(seen >= 60 * 40 && seen.is_multiple_of(2), "{seen} bytes");
}

#[test]
fn without_a_copy_no_byte_of_one_is_written() {
    let place = tempfile::tempdir().unwrap();
    assert_eq!(run(&keep(place.path(), false), &wave(5), true), None);
    let mut names: Vec<_> = fs::read_dir(place.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["peaks.bin", "peaks.lock"]);
}

#[test]
fn a_copy_that_cannot_be_written_is_told_once_and_the_peaks_go_on() {
    let place = tempfile::tempdir().unwrap();
    let (keep, samples) = (keep(place.path(), true), wave(5));
    fs::write(place.path().join("copy"), "").unwrap();
    assert_eq!(run(&keep, &samples, true).unwrap().code(), "not_writable");
    assert_eq!(fs::read(&keep.peaks).unwrap(), expected(&samples));
    assert!(!keep.is_whole(5_000));
}

#[test]
fn a_recording_that_another_run_is_keeping_is_left_to_it() {
    let place = tempfile::tempdir().unwrap();
    let keep = keep(place.path(), true);
    let other = Keeping::begin(&keep, |error| panic!("{error}"));
    assert_eq!(run(&keep, &wave(1), true).unwrap().code(), "not_writable");
    drop(other);
    assert_eq!(run(&keep, &wave(1), true), None);
    assert!(keep.is_whole(1_000));
}

#[test]
fn what_is_missing_is_made_from_the_recording_and_the_peaks_from_the_copy_when_that_is_gone() {
    let place = tempfile::tempdir().unwrap();
    let (path, samples) = (place.path().join("sesión.wav"), wave(12));
    wav(&path, &samples);
    let (keep, recording) = (keep(&place.path().join("kept"), true), recording(&path));
    let copy = keep.copy.clone().unwrap();
    make_missing(&recording, &keep, &copy, &Stop::default()).unwrap();
    assert!(keep.is_whole(12_000));
    let right = fs::read(&keep.peaks).unwrap();
    assert_eq!(right, expected(&samples));

    fs::remove_file(&path).unwrap();
    fs::remove_file(&keep.peaks).unwrap();
    make_missing(&recording, &keep, &copy, &Stop::default()).unwrap();
    let from_the_copy = fs::read(&keep.peaks).unwrap();
    assert_eq!(from_the_copy.len(), right.len());
    let far = right.iter().zip(&from_the_copy).filter(|(a, b)| a.cast_signed().abs_diff(b.cast_signed()) > 12).count();
    assert!(far * 50 < right.len(), "{far} of {} peaks are far from the recording's", right.len());

    // Another file under the same name is not the recording.
    wav(&path, &wave(3));
    copy::remove(&copy).unwrap();
    let error = make_missing(&recording, &keep, &copy, &Stop::default()).unwrap_err();
    assert_eq!(error.code(), "recording_missing");
}

#[test]
fn what_several_microphones_heard_is_one_sound_of_which_a_copy_is_always_kept() {
    let place = tempfile::tempdir().unwrap();
    let (first, second) = (place.path().join("D1.wav"), place.path().join("D2.wav"));
    wav(&first, &wave(4));
    let loud: Vec<i16> = wave(4).iter().map(|sample| sample.saturating_add(9_000)).collect();
    wav(&second, &loud);
    let (alone, recording) = (keep(&place.path().join("kept"), false), recording(&first));
    let copy = place.path().join("kept/copy");
    make_missing(&recording, &alone, &copy, &Stop::default()).unwrap();
    assert!(alone.is_whole(4_000) && alone.copy.is_none());
    let of_one = fs::read(&alone.peaks).unwrap();

    alone.forget().unwrap();
    alone.forget().unwrap();
    let fingerprint = fingerprint::quick(&second).unwrap();
    let together = alone.with_microphones(vec![Microphone { path: second.clone(), fingerprint }]);
    assert!(!together.is_whole(4_000));
    make_missing(&recording, &together, &copy, &Stop::default()).unwrap();
    assert!(together.is_whole(4_000) && together.copy == Some(copy.clone()));
    assert_ne!(fs::read(&together.peaks).unwrap(), of_one);

    // One of them alone is not what was heard.
    together.forget().unwrap();
    wav(&second, &wave(2));
    assert!(input(&recording, &together.microphones).is_none());
    assert_eq!(make_missing(&recording, &together, &copy, &Stop::default()).unwrap_err().code(), "recording_missing");
}
