//! What people really hand over: a clear error with its own code, nothing lost, nothing
//! half-written.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::astra::{Astra, Ran, sample, say, testdata, tool};
use crate::sound::{made, piece};

/// Listens to one file with the demonstration model; its documents go to `out`.
fn listen(astra: &Astra, path: impl AsRef<Path>) -> Ran {
    listen_with(astra, &[], path)
}

/// The same with further options.
fn listen_with(astra: &Astra, options: &[&str], path: impl AsRef<Path>) -> Ran {
    let usual = ["--json", "transcribe", "--model", "demo-es", "--out", "out"];
    let mut arguments: Vec<&OsStr> = usual.iter().chain(options).map(OsStr::new).collect();
    arguments.extend(["--".as_ref(), path.as_ref().as_os_str()]);
    astra.run(&arguments)
}

/// Takes away the documents of the run before.
fn empty_out(astra: &Astra) {
    fs::remove_dir_all(astra.out()).unwrap();
    fs::create_dir(astra.out()).unwrap();
}

/// The one document of this kind.
fn document(astra: &Astra, extension: &str) -> String {
    let paths = fs::read_dir(astra.out()).unwrap().map(|entry| entry.unwrap().path());
    let found: Vec<_> = paths.filter(|path| path.extension() == Some(OsStr::new(extension))).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    fs::read_to_string(&found[0]).unwrap()
}

/// The error must have this code, and neither a session nor a document may be left.
fn is_refused(astra: &Astra, path: impl AsRef<Path>, code: &str) {
    let path = path.as_ref();
    let ran = listen(astra, path);
    assert_eq!(ran.error(), code, "{}", path.display());
    let message = ran.event("error")["message"].as_str().unwrap().to_owned();
    assert!(!message.contains('{') && message.len() > 20 && message.contains(' '), "{message}");
    assert_eq!(fs::read_dir(astra.out()).unwrap().count(), 0, "{}", path.display());
    assert!(astra.run(&["sessions", "list", "--json"]).objects().is_empty(), "{}", path.display());
}

#[test]
fn files_that_are_no_recordings_are_named_for_what_they_are() {
    let astra = Astra::new();
    let write = |name: &str, bytes: &[u8]| {
        let path = astra.folder().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    is_refused(&astra, "no-existe.mp3", "recording_missing");
    is_refused(&astra, write("vacía.mp3", b""), "recording_empty");
    is_refused(&astra, write("acta.mp3", b"Acta de la sesi\xc3\xb3n. ".repeat(500).as_slice()), "unreadable_media");
    is_refused(&astra, astra.out(), "recording_is_folder");
    made("anullsrc=r=16000:cl=mono", &["-t", "0"], &astra.folder().join("cero.wav"));
    let zero = listen(&astra, "cero.wav").error();
    assert!(["audio_empty", "unreadable_media"].contains(&zero.as_str()), "{zero}");
    made("testsrc=size=64x64:rate=5:duration=2", &["-c:v", "mpeg4"], &astra.folder().join("mudo.mp4"));
    is_refused(&astra, "mudo.mp4", "no_audio");
    // The index of an MP4 lies at its end: a copy cut short cannot be read at all.
    made("sine=duration=20", &["-c:a", "aac"], &astra.folder().join("entera.mp4"));
    let whole = fs::read(astra.folder().join("entera.mp4")).unwrap();
    is_refused(&astra, write("cortada.mp4", &whole[..whole.len() / 2]), "unreadable_media");
}

#[test]
fn playlists_that_point_elsewhere_are_refused_whatever_their_name() {
    let astra = Astra::new();
    let secret = astra.bring(&sample(), "secreto.ogg");
    let lists = [
        ("lista.m3u8", format!("#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{}\n", secret.display())),
        ("disfrazada.mp3", format!("#EXTM3U\n#EXTINF:10,\nfile://{}\n", secret.display())),
        ("unida.txt", format!("ffconcat version 1.0\nfile '{}'\n", secret.display())),
        ("red.sdp", "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=audio 5004 RTP/AVP 0\n".to_owned()),
        ("video.mpd", "<?xml version=\"1.0\"?>\n<MPD><Period/></MPD>".to_owned()),
    ];
    for (name, text) in lists {
        fs::write(astra.folder().join(name), text).unwrap();
        is_refused(&astra, name, "playlist_refused");
    }
    // Words before the list hide it from a look at the beginning; ffmpeg may not follow it either.
    fs::write(astra.folder().join("oculta.mp3"), format!("hola\n#EXTM3U\n{}\n", secret.display())).unwrap();
    is_refused(&astra, "oculta.mp3", "unreadable_media");
}

#[cfg(unix)]
#[test]
fn names_are_only_names() {
    let astra = Astra::new();
    let short = astra.folder().join("corta.wav");
    piece(&sample(), 0, 12, &short);
    let deep = "carpeta-larga-".repeat(10);
    let names = [
        "sesión ñandú.wav".to_owned(),
        "con  espacios .wav".to_owned(),
        "«comillas» 'simples' \"dobles\".wav".to_owned(),
        "🎙️ grabación.wav".to_owned(),
        "-i.wav".to_owned(),
        "--help".to_owned(),
        "file:nombre;rm -rf.wav".to_owned(),
        format!("{deep}/{deep}/{}.wav", "n".repeat(60)),
        format!("{}.wav", "ñ".repeat(120)),
    ];
    for name in names {
        let path = astra.folder().join(&name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::copy(&short, &path).unwrap();
        // The bytes are the same under every name: only `--again` has them heard for each.
        let ran = listen_with(&astra, &["--again"], &path);
        ran.event("chunk_heard");
        ran.event("job_done");
        assert_eq!(fs::read_dir(astra.out()).unwrap().count(), 5, "{name}");
        let transcript: Value = serde_json::from_str(&document(&astra, "json")).unwrap();
        let known = transcript["recordings"][0]["name"].as_str();
        assert_eq!(known, path.file_name().unwrap().to_str(), "{name}");
        empty_out(&astra);
        // While it is there, Astra would read it in the place of its next copy.
        fs::remove_file(&path).unwrap();
    }
}

#[test]
fn recordings_of_every_usual_format_are_heard() {
    let astra = Astra::new();
    let formats: [(&str, &[&str]); 10] = [
        ("a.mp3", &[]),
        ("a24.wav", &["-c:a", "pcm_s24le"]),
        ("a6.wav", &["-ac", "6"]),
        ("a.m4a", &["-c:a", "aac"]),
        ("a.MP3", &[]),
        ("whatsapp.opus", &["-c:a", "libopus"]),
        ("a.wma", &["-c:a", "wmav2"]),
        ("a.flac", &[]),
        ("video.mkv", &["-c:a", "libvorbis"]),
        ("video.mov", &["-c:a", "pcm_s16le"]),
    ];
    let source = sample();
    for (name, arguments) in formats {
        let path = astra.folder().join(name);
        let mut all: Vec<&OsStr> = vec![
            "-v".as_ref(),
            "error".as_ref(),
            "-y".as_ref(),
            "-t".as_ref(),
            "12".as_ref(),
            "-i".as_ref(),
            source.as_os_str(),
        ];
        all.extend(arguments.iter().map(OsStr::new));
        all.push(path.as_os_str());
        tool("ffmpeg", &all);
        listen(&astra, &path).event("job_done");
        assert!(document(&astra, "txt").to_lowercase().contains("buenos días"), "{name} has no text");
        empty_out(&astra);
    }
    // AMR as phones write it. Few ffmpegs can write it, so it comes as bytes: 250 frames of 20 ms at
    // 4.75 kbit/s, each a header and 12 bytes (RFC 4867, 5.3). They hold no speech.
    let phone = astra.folder().join("telefono.amr");
    let mut frame = [0; 13];
    frame[0] = 0x04;
    fs::write(&phone, [b"#!AMR\n".as_slice(), &frame.repeat(250)].concat()).unwrap();
    let heard = listen(&astra, &phone);
    heard.event("job_done");
    let duration = heard.event("recording_heard")["duration_ms"].as_u64().unwrap();
    assert!(duration.abs_diff(5_000) < 100, "{duration}");
}

#[test]
fn speech_in_one_of_many_channels_is_heard_whatever_the_others_are_for() {
    let astra = Astra::new();
    // The fourth of six is the bass of a cinema, which a downmix leaves out; twelve have no layout at
    // all. Conference systems record like this, one channel for each microphone.
    for (name, layout) in [("seis.wav", "6c"), ("doce.wav", "12C")] {
        let path = astra.folder().join(name);
        let source = sample();
        let filter = format!("pan={layout}|c3=c0");
        let mut arguments = ["-v", "error", "-t", "15", "-i"].map(OsStr::new).to_vec();
        arguments.extend([source.as_os_str(), "-af".as_ref(), filter.as_ref(), path.as_os_str()]);
        tool("ffmpeg", &arguments);
        listen(&astra, &path).event("job_done");
        assert!(document(&astra, "txt").to_lowercase().contains("buenos días"), "{name} has no text");
        empty_out(&astra);
    }
}

#[test]
fn a_language_that_is_no_code_is_refused_before_there_is_a_session() {
    let astra = Astra::new();
    let ran = listen_with(&astra, &["--language", "español"], sample());
    assert_eq!(ran.error(), "language_unknown");
    assert_eq!(ran.code, Some(3));
    assert!(astra.run(&["sessions", "list", "--json"]).objects().is_empty());
    assert_eq!(fs::read_dir(astra.out()).unwrap().count(), 0);
}

#[test]
fn a_wav_cut_by_a_power_failure_is_heard_to_its_true_end() {
    let astra = Astra::new();
    let path = astra.folder().join("apagon.wav");
    piece(&sample(), 0, 50, &path);
    let mut bytes = fs::read(&path).unwrap();
    let data = bytes.windows(4).position(|window| window == b"data").unwrap();
    bytes[data + 4..data + 8].copy_from_slice(&320_000_u32.to_le_bytes());
    fs::write(&path, bytes).unwrap();
    listen(&astra, &path).event("job_done");
    let duration = astra.transcript()["recordings"][0]["duration_ms"].as_u64().unwrap();
    assert!(duration.abs_diff(50_000) < 200, "{duration}");
}

#[test]
fn a_recording_that_ends_before_its_container_says_is_kept_and_said_to_be_short() {
    let astra = Astra::new();
    // A FLAC states its length in its header; ffprobe corrects that of a WAV by the file's size.
    let path = astra.folder().join("mitad.flac");
    piece(&sample(), 0, 60, &path);
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    let length = ["-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", path.to_str().unwrap()];
    assert_eq!(tool("ffprobe", &length.map(OsStr::new)).trim(), "60.000000");

    let ran = listen(&astra, &path);
    ran.event("notice_given");
    let duration = ran.event("recording_heard")["duration_ms"].as_u64().unwrap();
    assert!((20_000..40_000).contains(&duration), "{duration}");
    ran.event("job_done");
    let coverage = &astra.transcript()["coverage"];
    let short = json!({ "start_ms": duration, "end_ms": 60_000, "fault": "ended_early" });
    assert!(coverage["doubts"].as_array().unwrap().contains(&short), "{coverage}");
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_or_written_is_said_before_anything_is_heard() {
    use std::os::unix::fs::PermissionsExt;
    let astra = Astra::new();
    let recording = astra.bring(&sample(), "s.ogg");
    let out = astra.out();
    fs::set_permissions(&out, fs::Permissions::from_mode(0o555)).unwrap();
    fs::set_permissions(&recording, fs::Permissions::from_mode(0o000)).unwrap();
    // The administrator may write anywhere, so the tests step down for this one.
    let as_nobody = |arguments: &[&str]| {
        let program = env!("CARGO_BIN_EXE_astra");
        let data = astra.folder().join("nadie");
        fs::create_dir_all(&data).unwrap();
        fs::set_permissions(&data, fs::Permissions::from_mode(0o777)).unwrap();
        fs::set_permissions(astra.folder(), fs::Permissions::from_mode(0o755)).unwrap();
        let mut command = if is_administrator() {
            let mut command = std::process::Command::new("setpriv");
            command.args(["--reuid=65534", "--regid=65534", "--clear-groups", program]);
            command
        } else {
            std::process::Command::new(program)
        };
        command.args(arguments).env("ASTRA_DATA_DIR", data).current_dir(astra.folder());
        Ran::from(command.output().unwrap())
    };
    if is_administrator() && !readable_by_nobody(Path::new(env!("CARGO_BIN_EXE_astra"))) {
        say("NOT TESTED: the program lies where another user cannot start it");
        fs::set_permissions(&out, fs::Permissions::from_mode(0o755)).unwrap();
        return;
    }
    assert_eq!(as_nobody(&["transcribe", "s.ogg", "--out", "out", "--json"]).error(), "recording_unreadable");
    fs::set_permissions(&recording, fs::Permissions::from_mode(0o644)).unwrap();
    let refused = as_nobody(&["transcribe", "s.ogg", "--out", "out", "--json"]);
    assert_eq!(refused.error(), "not_writable");
    assert_eq!(refused.code, Some(8));
    fs::set_permissions(&out, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_document_somebody_made_or_changed_or_has_open_is_never_replaced() {
    let astra = Astra::new();
    fs::write(astra.out().join("sesion-de-muestra.txt"), "mis apuntes").unwrap();
    astra.transcribe_sample().event("job_done");
    assert_eq!(fs::read_to_string(astra.out().join("sesion-de-muestra.txt")).unwrap(), "mis apuntes");
    assert!(astra.out().join("sesion-de-muestra (2).txt").exists());

    let word = astra.out().join("sesion-de-muestra.docx");
    fs::write(&word, "el acta corregida a mano").unwrap();
    astra.transcribe_sample().event("job_done");
    assert_eq!(fs::read_to_string(&word).unwrap(), "el acta corregida a mano");
    assert!(astra.out().join("sesion-de-muestra (2).docx").exists());
}

#[test]
fn broken_models_are_refused_for_what_they_are_and_leave_nothing() {
    let astra = Astra::new();
    let before = astra.run(&["models", "list", "--json"]).objects().len();
    for (file, reason) in [
        ("whisper_broken/ggml-base.truncated.bin", "incompleto"),
        ("whisper_broken/ggml-tiny.html-page.bin", "página web"),
        ("whisper_broken/ggml-base.lfs-pointer.bin", "Git LFS"),
    ] {
        let Some(path) = testdata(file) else { return };
        let ran = astra.run(&[OsStr::new("models"), "import".as_ref(), path.as_os_str(), "--json".as_ref()]);
        assert_eq!(ran.error(), "model_broken", "{file}");
        assert_eq!(ran.code, Some(5));
        let message = ran.event("error")["message"].to_string();
        assert!(message.contains(reason), "{message}");
    }
    assert_eq!(astra.run(&["models", "list", "--json"]).objects().len(), before);
}

#[test]
fn a_missing_ffmpeg_is_named_with_its_remedy() {
    let astra = Astra::new();
    let arguments: [&OsStr; 3] = ["transcribe".as_ref(), sample().into_os_string().leak(), "--json".as_ref()];
    let ran = Ran::from(astra.command(&arguments).env("PATH", "/nonexistent").output().unwrap());
    assert_eq!(ran.error(), "program_missing");
    assert_eq!(ran.code, Some(4));
    assert!(ran.event("error")["message"].as_str().unwrap().contains("ffmpeg"));
}

#[test]
fn a_database_that_is_none_is_refused_and_kept() {
    let astra = Astra::new();
    fs::create_dir_all(astra.data()).unwrap();
    fs::write(astra.data().join("astra.db"), "x".repeat(5000)).unwrap();
    let ran = astra.run(&["sessions", "list", "--json"]);
    assert_eq!(ran.error(), "database_damaged");
    assert_eq!(ran.code, Some(9));
    assert_eq!(fs::read_to_string(astra.data().join("astra.db")).unwrap(), "x".repeat(5000));
}

#[cfg(unix)]
fn is_administrator() -> bool {
    tool("id", &[OsStr::new("-u")]).trim() == "0"
}

/// Whether every folder on the way lets others through.
#[cfg(unix)]
fn readable_by_nobody(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.ancestors()
        .skip(1)
        .all(|folder| fs::metadata(folder).is_ok_and(|facts| facts.permissions().mode() & 0o001 != 0))
}
