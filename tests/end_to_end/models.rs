//! Models that are measured on this computer, and the one it comes to.

use std::fs;

use crate::astra::{Astra, root};

/// A computer with a model that somebody brought along.
fn with_a_model() -> Astra {
    let astra = Astra::new();
    let path = astra.bring(&root().join("models/demo-es-q8_0.bin"), "del-concejo.bin");
    // One weight that is another makes another model.
    let mut bytes = fs::read(&path).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&path, bytes).unwrap();
    let ran = astra.run(&["models".as_ref(), "import".as_ref(), path.as_os_str(), "--json".as_ref()]);
    assert_eq!(ran.code, Some(0), "{}", ran.error());
    astra
}

#[test]
fn without_a_model_the_one_for_this_computer_is_recommended() {
    let astra = Astra::new();
    let told = astra.run(&["models", "recommend", "--json"]).objects();
    let last = told.last().unwrap();
    assert!(last["best"].is_null() && last["recommended"].is_string(), "{last}");
    assert!(last["computer"]["cores"].as_u64().unwrap() > 0);
    assert!(told.iter().any(|one| one["model"]["id"] == last["recommended"]), "{told:?}");
}

#[test]
fn what_is_installed_is_measured_once_and_said_of_a_session() {
    let astra = with_a_model();
    let takes = |hours: &str, again: &[&str]| {
        let arguments = [&["models", "recommend", "--json", "--hours", hours], again].concat();
        let told = astra.run(&arguments).objects();
        assert_eq!(told.last().unwrap()["best"], "del-concejo");
        let row = told.iter().find(|one| one["model"]["id"] == "del-concejo").unwrap();
        row["takes_ms"].as_u64().unwrap()
    };
    let four = takes("4", &[]);
    assert!(four > 0);
    // Measured anew it would hardly be the same to the millisecond.
    assert_eq!(takes("4", &[]), four);
    assert!(takes("8", &[]).abs_diff(2 * four) <= 1);
    assert_ne!(takes("4", &["--again"]), four);
    let left: Vec<_> = fs::read_dir(astra.data()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().starts_with("medida-")), "{left:?}");
}
