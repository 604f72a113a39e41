//! A recorder's folder that is watched by the real program, with the waits of the real program.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use crate::astra::{Astra, Running, sample, tool};
use crate::reference::compared;
use crate::sound::piece;

/// Copies a recording into a folder in two goes, as something that is still being copied looks, with the
/// time of writing of a recorder that ended so many seconds after it began.
fn copy_slowly(from: &Path, to: &Path, began: SystemTime, ended: u64) {
    let bytes = fs::read(from).unwrap();
    let mut file = File::create(to).unwrap();
    for half in bytes.chunks(bytes.len().div_ceil(2)) {
        file.write_all(half).unwrap();
        file.sync_all().unwrap();
        sleep(Duration::from_secs(3));
    }
    file.set_modified(began + Duration::from_secs(ended)).unwrap();
}

fn begun_or_joined(running: &mut Running, what: &str, name: &str) {
    let noticed = running.wait_for("file_noticed", |event| {
        event["line"]["what"] == what && event["line"]["path"].as_str().is_some_and(|path| path.ends_with(name))
    });
    assert!(noticed.is_some(), "{name} was not {what}");
}

#[test]
fn three_parts_that_come_slowly_become_one_session_with_its_text_whatever_happens_meanwhile() {
    let astra = Astra::new();
    let (card, pieces) = (astra.folder().join("GRABADORA"), astra.folder().join("partes"));
    fs::create_dir(&card).unwrap();
    fs::create_dir(&pieces).unwrap();
    fs::write(card.join("LEAME.TXT"), "Grabadora del Concejo").unwrap();
    for (name, start, seconds) in [("001.MP3", 0, 60), ("002.MP3", 60, 60), ("003.MP3", 120, 600)] {
        piece(&sample(), start, seconds, &pieces.join(name));
    }
    let length: f64 = tool(
        "ffprobe",
        &[
            "-v",
            "error",
            "-show_entries",
            "format=duration",
            "-of",
            "csv=p=0",
            pieces.join("003.MP3").to_str().unwrap(),
        ]
        .map(AsRef::as_ref),
    )
    .trim()
    .parse()
    .unwrap();
    let began = SystemTime::now() - Duration::from_secs(7_200);
    let watch = || astra.start(&["watch", card.to_str().unwrap(), "--model", "demo-es"]);

    let mut running = watch();
    // The first look at the folder comes before the first recording, which would else be asked about.
    sleep(Duration::from_secs(2));
    copy_slowly(&pieces.join("001.MP3"), &card.join("001.MP3"), began, 60);
    begun_or_joined(&mut running, "begun", "001.MP3");
    running.wait_for("chunk_heard", |_| true).unwrap();
    running.kill();

    // What was begun goes on, and what comes later joins it.
    let mut running = watch();
    running.wait_for("job_done", |_| true).unwrap();
    let heard = astra.chunks_heard();
    copy_slowly(&pieces.join("002.MP3"), &card.join("002.MP3"), began, 120);
    copy_slowly(&pieces.join("003.MP3"), &card.join("003.MP3"), began, 120 + length as u64);
    begun_or_joined(&mut running, "joined", "003.MP3");
    running.wait_for("job_done", |_| true).unwrap();
    // The third part may have come after the second one was heard.
    while astra.transcript()["recordings"].as_array().unwrap().len() < 3
        || astra.run(&["sessions", "list", "--json"]).objects()[0]["state"] != "heard"
    {
        sleep(Duration::from_secs(1));
    }
    tool("kill", &["-INT", &running.child.id().to_string()].map(AsRef::as_ref));
    assert_eq!(running.child.wait().unwrap().code(), Some(0), "Ctrl-C ends it cleanly");

    let transcript = astra.transcript();
    let recordings = transcript["recordings"].as_array().unwrap();
    let names: Vec<&str> = recordings.iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["001.MP3", "002.MP3", "003.MP3"]);
    assert!(astra.chunks_heard() > heard, "the late parts were heard");
    let sample = compared(&transcript);
    let rate = sample.rate;
    assert!(rate <= 0.25, "word error rate {rate:.3}\nheard: {}", sample.text());
    let mut left: Vec<_> = fs::read_dir(&card).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["001.MP3", "002.MP3", "003.MP3", "LEAME.TXT"], "nothing is written beside the recordings");
}

#[test]
fn what_only_a_person_can_say_of_recordings_that_came_is_answered_without_a_window() {
    let astra = Astra::new();
    let card = astra.folder().join("GRABADORA");
    fs::create_dir(&card).unwrap();
    let (first, second) = (astra.folder().join("primera.mp3"), astra.folder().join("segunda.mp3"));
    piece(&sample(), 0, 20, &first);
    piece(&sample(), 20, 20, &second);
    let began = SystemTime::now() - Duration::from_secs(7_200);
    let mut running = astra.start(&["watch", card.to_str().unwrap(), "--model", "demo-es"]);
    // The first look at the folder comes before the first recording, which would else be asked about.
    sleep(Duration::from_secs(2));
    copy_slowly(&first, &card.join("001.MP3"), began, 20);
    begun_or_joined(&mut running, "begun", "001.MP3");
    copy_slowly(&second, &card.join("002.MP3"), began, 20 + 600 + 20);
    begun_or_joined(&mut running, "asked", "002.MP3");
    running.kill();

    let asked = astra.run(&["questions", "--json"]).objects();
    assert_eq!((asked.len(), &asked[0]["answers"]), (1, &serde_json::json!(["join", "apart"])), "{asked:?}");
    let id = asked[0]["id"].to_string();
    let shown = astra.run(&["questions"]).stdout;
    assert!(
        shown.contains("¿Fue un receso, o es otra sesión?") && shown.contains("join    es la misma sesión"),
        "{shown}"
    );
    let refused = astra.run(&["questions", &id, "mix", "--json"]);
    assert_eq!(refused.error(), "question_unknown");

    assert!(astra.run(&["questions", &id, "join", "--json"]).objects().is_empty());
    let recordings = astra.transcript()["recordings"].as_array().unwrap().len();
    assert_eq!(recordings, 2, "it is one session of two recordings");
}
