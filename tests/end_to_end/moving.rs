//! The data folder on another disk and on another computer.

use std::ffi::OsStr;
use std::fs;

use crate::astra::Astra;

#[test]
fn data_that_were_moved_are_found_and_worked_with_where_they_are() {
    let astra = Astra::with_the_sample_heard();
    let before = astra.transcript();
    let target = astra.folder().join("otro disco/Astra");
    let order: [&OsStr; 4] = ["data".as_ref(), "move".as_ref(), target.as_os_str(), "--json".as_ref()];
    let moved = astra.run(&order).objects().pop().unwrap();
    assert_eq!(moved["folder"], fs::canonicalize(&target).unwrap().to_str().unwrap());
    assert!(!astra.data().join("astra.db").exists() && !astra.data().join("models").exists());

    // The same program with the same settings goes on as if nothing had happened.
    assert_eq!(astra.transcript(), before);
    let id = astra.run(&["sessions", "list", "--json"]).objects()[0]["id"].as_str().unwrap().to_owned();
    astra.run(&["sessions", "export", &id, "--formats", "txt", "--out", "out", "--json"]).event("document_written");
    let again = astra.transcribe_sample();
    assert!(again.lines_of("chunk_heard").is_empty(), "nothing is heard again");

    fs::rename(&target, astra.folder().join("desconectado")).unwrap();
    let gone = astra.run(&["sessions", "list", "--json"]);
    assert_eq!((gone.error().as_str(), gone.code), ("data_folder_gone", Some(9)));
    assert!(!target.exists() && !astra.data().join("astra.db").exists(), "nothing is made in its place");
    fs::rename(astra.folder().join("desconectado"), &target).unwrap();
    assert_eq!(astra.transcript(), before);
}

#[test]
fn while_a_session_is_heard_its_data_stay_where_they_are() {
    let astra = Astra::new();
    let sample = crate::astra::sample();
    let order: [&OsStr; 4] = ["transcribe".as_ref(), sample.as_os_str(), "--out".as_ref(), "out".as_ref()];
    let mut running = astra.start(&order);
    running.wait_for("chunk_heard", |_| true).unwrap();
    assert_eq!(astra.run(&["data", "move", "otro", "--json"]).error(), "data_folder_busy");
    running.wait_for("job_done", |_| true).unwrap();
}

#[test]
fn a_move_that_is_killed_half_way_loses_nothing_and_can_be_made_again() {
    let astra = Astra::with_the_sample_heard();
    let before = astra.transcript();
    // Something large to copy, so that there is time to kill it.
    fs::File::create(astra.data().join("models/grande.bin")).unwrap().set_len(200 << 20).unwrap();
    let mut running = astra.start(&["data", "move", "otro"]);
    running.wait_for("bytes_moved", |_| true).unwrap();
    running.kill();
    assert!(!astra.data().join("moved-to").exists() && !astra.folder().join("otro/astra.db").exists());
    assert_eq!(astra.transcript(), before);

    astra.run(&["data", "move", "otro", "--json"]).objects();
    assert!(astra.folder().join("otro/astra.db").exists() && !astra.data().join("astra.db").exists());
    assert_eq!(astra.transcript(), before);
}

#[test]
fn another_computer_goes_on_with_what_was_exported() {
    let (here, there) = (Astra::with_the_sample_heard(), Astra::new());
    here.run(&["data", "export", "astra.zip", "--json"]).objects();
    let zip = there.bring(&here.folder().join("astra.zip"), "astra.zip");
    let order: [&OsStr; 4] = ["data".as_ref(), "import".as_ref(), zip.as_os_str(), "--json".as_ref()];
    assert_eq!(there.run(&order).objects().pop().unwrap()["sessions"], 1);
    assert_eq!(there.transcript(), here.transcript());
    let copies = |astra: &Astra| fs::read_dir(astra.data().join("recordings")).unwrap().count();
    assert_eq!(copies(&there), copies(&here));
}
