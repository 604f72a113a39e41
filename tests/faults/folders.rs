//! What happens to watched folders: cards and shares that go and come back, files that grow, are cut short, replaced,
//! many, or oddly named.

use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::symlink;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use astra_core::watch::{FolderState, Happening};

use crate::desk::{Desk, STILL};
use crate::fault::Struck;
use crate::noise::{au, wav};
use crate::small_disk::SmallDisk;

/// How slow the engine is where something is to happen while it hears.
const SLOW: Duration = Duration::from_millis(300);

/// The moments of a file, in turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moment {
    Waiting,
    Hearing,
    Heard,
}

/// The whole folder goes away and comes back, as a card does.
pub fn removed(desk: &mut Desk) -> Struck {
    until(desk, &[Moment::Waiting, Moment::Hearing, Moment::Heard]);
    let away = desk.place.path().join("fuera");
    fs::rename(&desk.folder, &away).unwrap();
    desk.becomes("unreachable", |desk| state(desk) == FolderState::Unreachable);
    thread::sleep(Duration::from_millis(desk.seed.within(0..3_000)));
    fs::rename(&away, &desk.folder).unwrap();
    desk.takes(Duration::ZERO);
    desk.becomes("watched", |desk| state(desk) == FolderState::Watched);
    desk.all_heard();
    Ok(())
}

/// What is mounted there goes away, and leaves an empty folder. One of many injections takes the ten minutes.
pub fn share_gone(desk: &mut Desk) -> Struck {
    let server = desk.place.path().join("servidor");
    fs::create_dir(&server).unwrap();
    for entry in fs::read_dir(&desk.folder).unwrap().map(Result::unwrap) {
        fs::rename(entry.path(), server.join(entry.file_name())).unwrap();
    }
    mount(desk, &server)?;
    until(desk, &[Moment::Hearing, Moment::Waiting, Moment::Heard]);
    desk.mounts.clear();
    let long = desk.seed.of > 5 && desk.seed.number == 0;
    let away_ms = if long { 600_000 } else { desk.seed.within(2_000..8_000) };
    thread::sleep(Duration::from_millis(away_ms));
    mount(desk, &server)?;
    desk.takes(Duration::ZERO);
    desk.all_heard();
    Ok(())
}

/// A recorder writes on and on, pauses for longer than anybody waits, and goes on with the same file.
pub fn growing(desk: &mut Desk) -> Struck {
    let seconds = 60;
    let whole = au(2, seconds);
    let path = desk.folder.join("larga.au");
    let pause_at = desk.seed.within(30..80) as usize * whole.len() / 100;
    let mut file = File::create(&path).unwrap();
    let mut write = |from: usize, to: usize, pieces: usize| {
        for piece in whole[from..to].chunks((to - from).div_ceil(pieces)) {
            file.write_all(piece).unwrap();
            thread::sleep(STILL / 2);
        }
    };
    write(0, pause_at, 6);
    match desk.seed.turn(&[Moment::Heard, Moment::Waiting, Moment::Hearing]) {
        // It was taken for ended.
        Moment::Heard => desk.becomes("heard", |desk| desk.recordings_heard() == 2),
        Moment::Hearing => {
            desk.takes(SLOW);
            let before = desk.heard();
            desk.becomes("being heard", |desk| desk.heard() > before);
        }
        Moment::Waiting => thread::sleep(STILL / 2),
    }
    write(pause_at, whole.len(), 4);
    desk.takes(Duration::ZERO);
    desk.expect(&path, 2, seconds);
    let parts = |desk: &Desk| {
        let sessions = desk.ask(desk.app.store().sessions()).unwrap();
        let all = sessions.iter().flat_map(|summary| &summary.parts);
        all.filter(|part| part.recording.name == "larga.au").filter_map(|part| part.recording.duration_ms).max()
    };
    desk.becomes("whole", |desk| parts(desk).is_some_and(|length| length.abs_diff(60_000) < 100));
    desk.all_heard();
    Ok(())
}

/// Another recording is put under the name of one that came.
pub fn replaced(desk: &mut Desk) -> Struck {
    let other = desk.place.path().join("otra.wav");
    desk.write(&other, &wav(3, 45), 3);
    let moment = until(desk, &[Moment::Heard, Moment::Waiting, Moment::Hearing]);
    let path = desk.folder.join("nueva.wav");
    fs::rename(&other, &path).unwrap();
    match moment {
        Moment::Heard => {}
        // Nobody can hear what is nowhere any more; its session keeps what was heard and says why it ends there.
        Moment::Hearing => desk.give_up(&path),
        Moment::Waiting => desk.forget(&path),
    }
    desk.takes(Duration::ZERO);
    desk.expect_another(&path, 3, 45);
    desk.all_heard();
    Ok(())
}

/// A copy breaks off, and somebody completes it later.
pub fn completed(desk: &mut Desk) -> Struck {
    let whole = wav(2, 40);
    let path = desk.folder.join("cortada.wav");
    let part = desk.seed.within(5..95) as usize * whole.len() / 100;
    desk.write(&path, &whole[..part], 2);
    match desk.seed.turn(&[true, false]) {
        true => desk.becomes("told", |desk| desk.happened(Happening::Incomplete) == 1),
        false => thread::sleep(Duration::from_millis(desk.seed.within(0..1_500))),
    }
    assert_eq!(desk.recordings_heard(), 1, "what is not whole is not heard");
    desk.write(&path, &whole, 2);
    desk.expect(&path, 2, 40);
    desk.all_heard();
    Ok(())
}

/// A whole archive is put there at once.
pub fn five_hundred(desk: &mut Desk) -> Struck {
    for voice in 100..600 {
        desk.record(&format!("{voice}.wav"), voice, 3);
    }
    let began = Instant::now();
    while (desk.recordings_heard() as usize) < 501 && began.elapsed() < Duration::from_secs(600) {
        thread::sleep(Duration::from_millis(500));
    }
    desk.all_heard();
    Ok(())
}

/// Nobody's recordings, among which one is somebody's.
pub fn unrelated(desk: &mut Desk) -> Struck {
    let kinds = ["txt", "odt", "jpg", "log", "dat", ""];
    for number in 0..10_000 {
        let name = format!("archivo {number}.{}", kinds[number % kinds.len()]);
        fs::write(desk.folder.join(name), format!("No es una grabación, sino el archivo {number}.")).unwrap();
    }
    let at = desk.seed.within(0..10_000);
    desk.record(&format!("archivo {at} bis.wav"), 2, 20);
    desk.all_heard();
    Ok(())
}

/// Names as they come: composed and decomposed, quoted, of two lines, as long as can be; and a link to everything.
pub fn names(desk: &mut Desk) -> Struck {
    let link = desk.folder.join("todo");
    symlink("/", link).unwrap();
    symlink(".", desk.folder.join("vuelta")).unwrap();
    let odd = ["«", "\"", "'", "\n", "%s", "$(x)", "ñ", "n\u{303}", "é", "e\u{301}", "🎙", " ", ";", "\\", "#", "-"];
    let mut names: Vec<String> = vec!["Sesión.wav".to_owned(), "Sesio\u{301}n.wav".to_owned()];
    for length in [20, 60, 251] {
        let mut name = String::new();
        while name.len() < length {
            name.push_str(odd[desk.seed.within(0..odd.len() as u64) as usize]);
            name.push('a');
        }
        while name.len() > length {
            name.pop();
        }
        name.extend(std::iter::repeat_n('x', length - name.len()));
        names.push(format!("{name}.wav"));
    }
    for (voice, name) in (2..).zip(&names) {
        desk.record(name, voice, 12);
    }
    desk.all_heard();
    // Longer than a look at everything would need to find something else.
    thread::sleep(STILL * 4);
    Ok(())
}

/// A recording comes, and one of these moments in turn.
fn until(desk: &mut Desk, moments: &[Moment]) -> Moment {
    let moment = desk.seed.turn(moments);
    let before = desk.heard();
    desk.takes(SLOW);
    desk.record("nueva.wav", 2, 60);
    match moment {
        Moment::Waiting => desk.becomes("waited for", |desk| desk.waiting() > 0),
        Moment::Hearing => desk.becomes("being heard", |desk| desk.heard() > before),
        Moment::Heard => {
            desk.all_heard();
            desk.edit();
        }
    }
    moment
}

fn state(desk: &Desk) -> FolderState {
    desk.ask(desk.app.watch_list()).unwrap()[0].state
}

fn mount(desk: &mut Desk, server: &std::path::Path) -> Struck {
    let mounted = Command::new("mount").arg("--bind").args([server, &desk.folder]).status();
    if !mounted.is_ok_and(|status| status.success()) {
        return Err("a share needs the right to mount one".to_owned());
    }
    desk.mounts.push(SmallDisk(desk.folder.clone()));
    Ok(())
}
