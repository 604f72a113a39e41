//! The listening copy and the peaks: there after a kill -9 as after an undisturbed run, and never
//! in the way of listening.

use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;

use astra_core::media::copy::{self, PIECE_SAMPLES, Piece};
use astra_core::peaks;

use crate::astra::{Astra, sample, tool};

/// How long the recording of these tests is, in samples.
const SAMPLES: u64 = 1_500 * 16_000;

#[test]
fn a_kill_costs_the_copy_one_piece_at_most_and_the_rest_is_made_when_the_job_goes_on() {
    let astra = Astra::new();
    let recording = recording_with_long_silences(&astra);
    let mut running = astra.start(&arguments(&recording));
    // In the second piece, and so early that the decoder, which is ahead, is in it too.
    running.wait_for("chunk_heard", |event| event["heard_ms"].as_u64() > Some(670_000)).unwrap();
    running.kill();

    let place = recording_folder(&astra);
    let firsts = |pieces: &[Piece]| pieces.iter().map(|piece| piece.first_sample).collect::<Vec<_>>();
    let before = copy::pieces(&place.join("copy"));
    assert_eq!(firsts(&before), [0]);
    let made = |piece: &Piece| fs::metadata(&piece.path).unwrap().modified().unwrap();
    let first_made = made(&before[0]);
    let peaks_before = fs::read(place.join("peaks.bin")).unwrap();
    assert!(peaks_before.len() as u64 > 600 * peaks::PER_SECOND * 2, "{} bytes of peaks", peaks_before.len());

    astra.run(&["jobs", "resume", "--json"]).event("job_done");
    let after = copy::pieces(&place.join("copy"));
    assert_eq!(firsts(&after), [0, PIECE_SAMPLES, 2 * PIECE_SAMPLES]);
    assert_eq!(after.last().unwrap().end_sample, SAMPLES);
    assert!(copy::covers(&after, SAMPLES));
    assert_eq!(made(&after[0]), first_made, "the first piece was made twice");
    let names = fs::read_dir(place.join("copy")).unwrap().count();
    assert_eq!(names, 3, "something half-made was left");

    // The same recording on a computer where nothing happens and no copy is wanted.
    let quiet = Astra::new();
    quiet.run(&[&arguments(&recording)[..], &["--no-copy".into(), "--json".into()]].concat()).event("job_done");
    let undisturbed = recording_folder(&quiet);
    let peaks = fs::read(undisturbed.join("peaks.bin")).unwrap();
    assert_eq!(peaks.len() as u64, 2 * peaks::count(SAMPLES));
    assert!(fs::read(place.join("peaks.bin")).unwrap() == peaks, "the peaks differ from those of an undisturbed run");
    assert!(peaks.starts_with(&peaks_before), "the peaks were wrong when the run was killed");
    assert!(!undisturbed.join("copy").exists());
    assert_eq!(astra.transcript()["segments"], quiet.transcript()["segments"]);
}

#[test]
fn where_no_copy_can_be_written_the_session_is_heard_all_the_same() {
    let astra = Astra::new();
    fs::create_dir(astra.data()).unwrap();
    fs::write(astra.data().join("recordings"), "").unwrap();
    let ran = astra.transcribe_sample();
    ran.event("job_done");
    assert!(ran.event("notice_given")["message"].as_str().unwrap().contains("recordings"));
    let undisturbed = Astra::with_the_sample_heard();
    assert_eq!(astra.transcript()["segments"], undisturbed.transcript()["segments"]);
}

fn arguments(recording: &std::path::Path) -> Vec<std::ffi::OsString> {
    [
        "transcribe".as_ref(),
        recording.as_os_str(),
        "--model".as_ref(),
        "demo-es".as_ref(),
        "--formats".as_ref(),
        "txt".as_ref(),
    ]
    .map(OsStr::to_os_string)
    .to_vec()
}

/// Speech at the beginning, at 11:00 and at 21:00 of 25 minutes: three pieces in little time.
fn recording_with_long_silences(astra: &Astra) -> PathBuf {
    let path = astra.folder().join("receso.flac");
    let speech = |label: &str, start: u32, end: u32, length: u32| {
        format!("[{label}]atrim={start}:{end},asetpts=PTS-STARTPTS,apad=whole_dur={length}[{label}2];")
    };
    let filter = format!(
        "[0]aformat=s16:16000:mono,asplit=3[a][b][c];{}{}{}[a2][b2][c2]concat=n=3:v=0:a=1,atrim=end_sample={SAMPLES}",
        speech("a", 0, 35, 660),
        speech("b", 35, 150, 600),
        speech("c", 150, 175, 240),
    );
    let sample = sample();
    let arguments = ["-v", "error", "-i"].map(OsStr::new).into_iter();
    let arguments: Vec<&OsStr> = arguments
        .chain([sample.as_os_str(), OsStr::new("-filter_complex"), OsStr::new(&filter), path.as_os_str()])
        .collect();
    tool("ffmpeg", &arguments);
    path
}

/// The folder of what is kept of the one recording there is.
fn recording_folder(astra: &Astra) -> PathBuf {
    let mut folders = fs::read_dir(astra.data().join("recordings")).unwrap().map(|entry| entry.unwrap().path());
    let folder = folders.next().unwrap();
    assert_eq!(folders.next(), None);
    folder
}
