//! A session as audio, as video with subtitles and as a picture, looked at by ffprobe; and what is left when making
//! it is given up or breaks off.

use std::ffi::OsStr;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::astra::{Astra, Ran, child_of, sample, tool};
#[cfg(target_os = "linux")]
use crate::small_disk::SmallDisk;

#[test]
fn the_sound_of_a_session_is_an_mp3_of_constant_rate_and_a_master_of_24_bits() {
    let astra = Astra::with_the_sample_heard();
    let id = session(&astra);
    let listed = astra.run(&["render", &id, "--list", "--json"]).objects();
    let possible: Vec<&str> =
        listed.iter().filter(|row| row["possible"] == true).map(|row| row["id"].as_str().unwrap()).collect();
    assert_eq!(possible, ["mp3", "wav", "waveform-json", "waveform-png"]);
    assert_eq!(astra.run(&["render", "--list", "--json"]).objects().len(), 9);

    let (mp3, facts) = made(&astra, &id, "mp3", "out/vista previa.mp3");
    assert!(mp3.ends_with("out/vista previa.mp3"), "{mp3}");
    assert_eq!(
        (&stream(&facts, "audio")["codec_name"], &stream(&facts, "audio")["bit_rate"]),
        (&"mp3".into(), &"128000".into())
    );
    let length = seconds(&facts);
    let known = astra.transcript()["recordings"][0]["duration_ms"].as_u64().unwrap() as f64 / 1000.0;
    assert!((length - known).abs() < 0.2, "{length} s of {known} s");

    let (wav, facts) = made(&astra, &id, "wav", "out/maestro.wav");
    let audio = stream(&facts, "audio");
    assert_eq!((&audio["codec_name"], &audio["sample_rate"]), (&"pcm_s24le".into(), &"48000".into()));
    assert!((seconds(&facts) - known).abs() < 0.01, "{wav}: {} s of {known} s", seconds(&facts));

    let (json, _) = written(&astra, &id, "waveform-json", "out/onda.json");
    let onda: Value = serde_json::from_slice(&std::fs::read(json).unwrap()).unwrap();
    let pairs = onda["length"].as_u64().unwrap();
    assert_eq!(onda["data"].as_array().unwrap().len() as u64, 2 * pairs);
    assert!((pairs as f64 / 20.0 - known).abs() < 0.1);

    let refused = astra.run(&["render", &id, "--profile", "poster", "--json"]);
    assert_eq!((refused.error().as_str(), refused.code), ("picture_missing", Some(3)));
    assert_eq!(astra.run(&["render", &id, "--profile", "mp5", "--json"]).error(), "rendition_unknown");
}

#[test]
fn a_video_comes_with_subtitles_that_can_be_switched_off_or_in_the_picture_and_has_a_poster() {
    let astra = Astra::new();
    let id = filmed(&astra, 30, "640x360");
    let (_, soft) = made(&astra, &id, "mp4-720p", "out/blandos.mp4");
    assert_eq!(
        (&stream(&soft, "video")["codec_name"], &stream(&soft, "video")["height"]),
        (&"h264".into(), &360.into())
    );
    assert_eq!(stream(&soft, "audio")["codec_name"], "aac");
    let subtitles = stream(&soft, "subtitle");
    assert_eq!((&subtitles["codec_name"], &subtitles["tags"]["language"]), (&"mov_text".into(), &"spa".into()));
    assert!((seconds(&soft) - 30.0).abs() < 0.2, "{}", seconds(&soft));
    assert!(soft["format"]["tags"]["location"].is_null(), "where it was filmed is nobody's business");

    let (burnt, facts) = made(&astra, &id, "mp4-1080p-burnt", "out/quemados.mp4");
    assert!(facts["streams"].as_array().unwrap().iter().all(|stream| stream["codec_type"] != "subtitle"));
    let text = astra.transcript();
    let at = text["segments"][0]["start_ms"].as_u64().unwrap() + 500;
    let plain = foot_of(&astra.out().join("blandos.mp4"), at);
    let lettered = foot_of(Path::new(&burnt), at);
    let apart = plain.iter().zip(&lettered).filter(|(one, other)| one.abs_diff(**other) > 60).count();
    assert!(apart > 200, "only {apart} dots of the foot of the picture are others");

    let (poster, facts) = made(&astra, &id, "poster", "out/portada.jpg");
    assert_eq!(stream(&facts, "video")["codec_name"], "mjpeg", "{poster}");
    let left: Vec<_> = std::fs::read_dir(astra.data().join("rendering")).into_iter().flatten().collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn giving_a_rendition_up_ends_ffmpeg_at_once_and_leaves_nothing() {
    let astra = Astra::new();
    let id = filmed(&astra, 60, "1920x1080");
    let mut running = astra.start(&["render", &id, "--profile", "mp4-1080p-burnt", "--out", "out/larga.mp4"]);
    running.wait_for("bytes_moved", |event| event["done"].as_u64() > Some(0)).unwrap();
    let ffmpeg = child_of(running.child.id(), "ffmpeg");
    let asked = Instant::now();
    tool("kill", &["-INT", &running.child.id().to_string()].map(OsStr::new));
    assert_eq!(running.child.wait().unwrap().code(), Some(130));
    assert!(asked.elapsed() < Duration::from_secs(1), "{:?}", asked.elapsed());
    assert!(!Path::new("/proc").join(&ffmpeg).exists(), "ffmpeg goes on");
    assert_eq!(names(&astra), ["filmada.json"]);

    // Killed by somebody else it is an error, and nothing that looks like a rendition is there either.
    let mut running = astra.start(&["render", &id, "--profile", "mp4-1080p-burnt", "--out", "out/larga.mp4"]);
    running.wait_for("bytes_moved", |event| event["done"].as_u64() > Some(0)).unwrap();
    tool("kill", &["-TERM", &child_of(running.child.id(), "ffmpeg")].map(OsStr::new));
    assert_eq!(running.wait_for("error", |_| true).unwrap()["code"], "rendition_failed");
    assert_eq!(running.child.wait().unwrap().code(), Some(4));
    assert_eq!(names(&astra), ["filmada.json"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_is_too_small_is_told_before_anything_is_made() {
    let astra = Astra::with_the_sample_heard();
    let small = astra.folder().join("memoria");
    std::fs::create_dir(&small).unwrap();
    let Some(_mounted) = SmallDisk::mount(&small, "40m") else { return };
    let refused: Ran = astra.run(&["render", &session(&astra), "--profile", "wav", "--out", "memoria/a.wav", "--json"]);
    assert_eq!((refused.error().as_str(), refused.code), ("disk_too_small", Some(8)));
    assert_eq!(std::fs::read_dir(&small).unwrap().count(), 0);
}

fn session(astra: &Astra) -> String {
    astra.run(&["sessions", "list", "--json"]).objects()[0]["id"].as_str().unwrap().to_owned()
}

/// A session that was filmed, with a place written down as telephones do.
fn filmed(astra: &Astra, seconds: u32, size: &str) -> String {
    let path = astra.folder().join("filmada.mp4");
    let (source, length) = (format!("testsrc2=s={size}:r=25:d={seconds}"), seconds.to_string());
    let sample = sample();
    let arguments = ["-i", sample.to_str().unwrap(), "-t", &length, "-map", "0:v", "-map", "1:a"];
    let encoding = ["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", "-metadata", "location=+04.6-074.1/"];
    crate::sound::made(&source, &[&arguments[..], &encoding[..]].concat(), &path);
    let order = ["transcribe", "filmada.mp4", "--model", "demo-es", "--out", "out", "--formats", "json", "--json"];
    astra.run(&order).event("job_done");
    session(astra)
}

/// Where a rendition was written, and what was printed on the way.
fn written(astra: &Astra, id: &str, profile: &str, out: &str) -> (String, Ran) {
    let ran = astra.run(&["render", id, "--profile", profile, "--out", out, "--json"]);
    let path = ran.objects().pop().unwrap()["path"].as_str().unwrap().to_owned();
    (path, ran)
}

/// The same, and what ffprobe says of it.
fn made(astra: &Astra, id: &str, profile: &str, out: &str) -> (String, Value) {
    let (path, _) = written(astra, id, profile, out);
    let arguments = ["-v", "error", "-of", "json", "-show_format", "-show_streams", &path].map(OsStr::new);
    (path.clone(), serde_json::from_str(&tool("ffprobe", &arguments)).unwrap())
}

fn stream(facts: &Value, kind: &str) -> Value {
    let streams = facts["streams"].as_array().unwrap();
    streams.iter().find(|stream| stream["codec_type"] == kind).unwrap_or_else(|| panic!("no {kind}: {facts}")).clone()
}

fn seconds(facts: &Value) -> f64 {
    facts["format"]["duration"].as_str().unwrap().parse().unwrap()
}

/// The brightness of the lower third of a frame, scaled to one size.
fn foot_of(video: &Path, at_ms: u64) -> Vec<u8> {
    let at = format!("{}.{:03}", at_ms / 1000, at_ms % 1000);
    let output = std::process::Command::new("ffmpeg")
        .args(["-v", "error", "-ss", &at, "-i"])
        .arg(video)
        .args(["-frames:v", "1", "-vf", "scale=640:360,crop=640:120:0:240,format=gray", "-f", "rawvideo", "-"])
        .output()
        .unwrap();
    assert_eq!(output.stdout.len(), 640 * 120, "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn names(astra: &Astra) -> Vec<String> {
    let entries = std::fs::read_dir(astra.out()).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
