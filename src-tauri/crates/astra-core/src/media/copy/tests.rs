//! What can be asked of a listening copy: the engine's own clock, nothing made twice, nothing
//! half-made taken for whole.

use super::*;
use crate::media::decode::{Decoder, Input};

/// Noise that is loud and soft in turn and never repeats, so that it fits itself in one place only.
fn noise(seconds: u64, seed: u32) -> Vec<i16> {
    let mut state = seed;
    (0..seconds * SAMPLE_RATE)
        .map(|n| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let level = if (n / 1_600).is_multiple_of(3) { 9_000 } else { 900 };
            ((state >> 16) as i32 % level) as i16
        })
        .collect()
}

fn copy_of(samples: &[i16], folder: &Path) {
    let mut copying = Copying::start(folder).unwrap();
    for samples in samples.chunks(16_384) {
        copying.push(samples).unwrap();
    }
    copying.finish().unwrap();
}

fn decoded(path: &Path) -> Vec<i16> {
    let mut decoder = Decoder::start(Input::File(path.to_owned()), &Stop::default()).unwrap();
    let (mut samples, mut all) = (Vec::new(), Vec::new());
    while decoder.read(&mut samples).unwrap() > 0 {
        all.extend(&samples);
    }
    decoder.finish().unwrap();
    all
}

/// By how many samples `copy` runs behind `original` where they fit best, looked for within a
/// twentieth of a second.
fn lag(original: &[i16], copy: &[i16]) -> i64 {
    const WITHIN: i64 = 800;
    let at =
        |samples: &[i16], n: i64| usize::try_from(n).ok().and_then(|n| samples.get(n)).copied().unwrap_or_default();
    let fit =
        |lag: i64| -> i64 { (0..16_000).map(|n| i64::from(at(original, n)) * i64::from(at(copy, n + lag))).sum() };
    (-WITHIN..=WITHIN).max_by_key(|lag| fit(*lag)).unwrap()
}

#[test]
fn each_piece_begins_at_the_sample_it_is_named_by_and_the_last_ends_with_the_recording() {
    let place = tempfile::tempdir().unwrap();
    let mut original = noise(605, 1);
    original.truncate(original.len() - 123);
    copy_of(&original, place.path());
    let pieces = pieces(place.path());
    let spans: Vec<(u64, u64)> = pieces.iter().map(|piece| (piece.first_sample, piece.end_sample)).collect();
    assert_eq!(spans, [(0, PIECE_SAMPLES), (PIECE_SAMPLES, original.len() as u64)]);
    assert!(covers(&pieces, original.len() as u64) && !covers(&pieces, original.len() as u64 + 1));
    assert!(!covers(&pieces[1..], 1));
    for piece in &pieces {
        assert_eq!(ogg::samples(&piece.path).unwrap(), Some(piece.end_sample - piece.first_sample));
        let from = &original[piece.first_sample as usize..];
        let lag = lag(from, &decoded(&piece.path));
        assert!(lag.abs() <= 32, "{} begins {lag} samples late", piece.path.display());
    }
    let megabytes_an_hour = bytes(place.path()) as f64 / 605.0 * 3600.0 / 1e6;
    assert!((10.0..20.0).contains(&megabytes_an_hour), "{megabytes_an_hour} MB");
    remove(place.path()).unwrap();
    remove(place.path()).unwrap();
    assert_eq!((super::pieces(place.path()), bytes(place.path())), (vec![], 0));
}

#[test]
fn the_copy_has_the_engine_s_clock_where_a_recording_s_own_is_broken() {
    let place = tempfile::tempdir().unwrap();
    // A Matroska file whose middle is missing, and an MP3 of varying bit rate.
    let sources = [
        (
            "hueco.mkv",
            "-f lavfi -i anoisesrc=duration=20:seed=3 -af volume='0.5+0.5*sin(t*9)':eval=frame,aselect='not(between(t\\,5\\,9))' -c:a pcm_s16le",
        ),
        (
            "vbr.mp3",
            "-f lavfi -i anoisesrc=duration=20:seed=4 -af volume='0.5+0.5*sin(t*9)':eval=frame -ac 2 -ar 44100 -q:a 4",
        ),
    ];
    for (name, made) in sources {
        let path = place.path().join(name);
        let mut arguments: Vec<&OsStr> = "-v error -y".split(' ').chain(made.split(' ')).map(OsStr::new).collect();
        arguments.push(path.as_os_str());
        let (status, said) = Program::start("ffmpeg", &arguments, false, Priority::Usual, &Stop::default(), |_| false)
            .unwrap()
            .finish()
            .unwrap();
        assert!(status.success(), "{said}");
        let heard = decoded(&path);
        assert!(heard.len() > 19 * 16_000, "{name}: the gap is filled, {} samples", heard.len());
        let folder = place.path().join("copia").join(name);
        copy_of(&heard, &folder);
        let copy = decoded(&pieces(&folder)[0].path);
        for second in [0, 3, 10, 18] {
            let at = second * 16_000;
            let lag = lag(&heard[at..], &copy[at..]);
            assert!(lag.abs() <= 32, "{name}: {lag} samples at {second} s");
        }
    }
}

#[test]
fn what_is_there_is_not_made_again_and_what_was_cut_short_is() {
    let place = tempfile::tempdir().unwrap();
    let original = noise(1_210, 2);
    let minute = 60 * 16_000;

    // Stopped in the second piece: what was encoded by then is kept.
    copy_of(&original[..11 * minute], place.path());
    let first = place.path().join("0.opus");
    let made = fs::metadata(&first).unwrap().modified().unwrap();
    let spans = |folder: &Path| pieces(folder).iter().map(|piece| piece.end_sample).collect::<Vec<_>>();
    assert_eq!(spans(place.path()), [PIECE_SAMPLES, 11 * minute as u64]);
    // Killed in a third: its part is no piece.
    fs::write(place.path().join("19200000.part"), b"OggS").unwrap();

    copy_of(&original, place.path());
    assert_eq!(spans(place.path()), [PIECE_SAMPLES, 2 * PIECE_SAMPLES, original.len() as u64]);
    assert_eq!(fs::metadata(&first).unwrap().modified().unwrap(), made);
    assert_eq!(files(place.path(), UNFINISHED).count(), 0);

    // A piece that somebody deleted is a gap that the next run fills.
    fs::remove_file(place.path().join("9600000.opus")).unwrap();
    assert!(!covers(&pieces(place.path()), original.len() as u64));
    copy_of(&original, place.path());
    assert!(covers(&pieces(place.path()), original.len() as u64));
    assert_eq!(fs::metadata(&first).unwrap().modified().unwrap(), made);
}

#[test]
fn a_folder_that_cannot_be_written_to_is_told_and_an_encoder_that_is_gone_leaves_nothing() {
    let place = tempfile::tempdir().unwrap();
    let occupied = place.path().join("copy");
    fs::write(&occupied, "").unwrap();
    assert_eq!(Copying::start(&occupied).unwrap_err().code(), "not_writable");

    let folder = place.path().join("otra");
    let mut copying = Copying::start(&folder).unwrap();
    // The folder goes while the first samples are on their way.
    fs::remove_dir(&folder).unwrap();
    let samples = noise(1, 5);
    let error = (0..1_000).find_map(|_| copying.push(&samples).err());
    assert_eq!(error.expect("ffmpeg has nowhere to write").code(), "not_writable");
    drop(copying);
    assert!(!folder.exists());
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_as_such_even_when_it_is_met_with_the_last_bytes() {
    let place = tempfile::tempdir().unwrap();
    for seconds in [1, 300] {
        let mut copying = Copying::start(place.path()).unwrap();
        // Whatever is written to this device, the disk is full.
        std::os::unix::fs::symlink("/dev/full", place.path().join("0.part")).unwrap();
        let error = copying.push(&noise(seconds, 6)).err().or_else(|| copying.finish().err());
        assert_eq!(error.expect("the disk is full").code(), "disk_full", "{seconds} s");
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
    }
}
