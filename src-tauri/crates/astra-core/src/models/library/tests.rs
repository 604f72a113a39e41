//! The models folder, in a user folder as they are: with marks and spaces.

use super::super::testing::{FOLDER, catalog, model_bytes};
use super::*;

fn library() -> (tempfile::TempDir, Library) {
    let folder = tempfile::tempdir().expect("folder");
    // A user folder as they are: letters with marks and spaces.
    let library = Library::with_catalog(folder.path().join("Ñoño Peña/models"), catalog()).expect("open");
    (folder, library)
}

fn with_small() -> (tempfile::TempDir, Library) {
    let (folder, library) = library();
    let part = library.part("small");
    fs::write(&part, model_bytes()).expect("write");
    let entry = library.catalog.find("small").expect("there").clone();
    library.keep(&part, Record::of(&entry, "here"), entry.sha256.clone()).expect("keep");
    (folder, library)
}

#[test]
fn a_kept_model_is_listed_and_ready() {
    let (_folder, library) = with_small();
    let ids: Vec<String> = library.list().into_iter().map(|model| model.id).collect();
    assert_eq!(ids, ["small"]);
    assert_eq!(library.ready("small"), Ok(library.place("small", "whisper")));
    assert!(!library.part("small").exists());
}

#[test]
fn a_changed_model_is_never_ready() {
    let (_folder, library) = with_small();
    let mut bytes = model_bytes();
    *bytes.last_mut().expect("bytes") ^= 1;
    fs::write(library.place("small", "whisper"), &bytes).expect("write");
    // The same size: only the time of change tells.
    let later = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(4_000_000_000);
    File::options()
        .write(true)
        .open(library.place("small", "whisper"))
        .and_then(|f| f.set_modified(later))
        .expect("touch");
    assert!(matches!(library.ready("small"), Err(Error::ModelAltered { .. })));
    assert!(library.place("small", "whisper").exists());
}

#[test]
fn a_touched_model_is_read_once_and_then_trusted_again() {
    let (_folder, library) = with_small();
    let later = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(4_000_000_000);
    File::options()
        .write(true)
        .open(library.place("small", "whisper"))
        .and_then(|f| f.set_modified(later))
        .expect("touch");
    library.ready("small").expect("right bytes");
    assert_eq!(library.find("small").expect("there").modified_ms, 4_000_000_000_000);
}

#[test]
fn verifying_reads_a_model_whose_size_and_time_did_not_change() {
    let (_folder, library) = with_small();
    let before = library.find("small").expect("there");
    let mut bytes = model_bytes();
    *bytes.last_mut().expect("bytes") ^= 1;
    fs::write(library.place("small", "whisper"), &bytes).expect("write");
    let same = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_millis(before.modified_ms.unsigned_abs());
    File::options()
        .write(true)
        .open(library.place("small", "whisper"))
        .and_then(|f| f.set_modified(same))
        .expect("touch");
    assert!(library.ready("small").is_ok());
    let mut told = (0, 0);
    let verified = library.verify("small", &Stop::default(), &mut |done, all| told = (done, all));
    assert!(matches!(verified, Err(Error::ModelAltered { .. })));
    assert_eq!(told, (bytes.len() as u64, bytes.len() as u64));
}

#[test]
fn a_record_cannot_pass_another_model_off_as_one_of_the_catalogue() {
    let (_folder, library) = with_small();
    let mut record = library.find("small").expect("there");
    fs::write(library.place("small", "whisper"), b"something else").expect("write");
    let (bytes, modified_ms) = stamp(&library.place("small", "whisper")).expect("stamp");
    (record.bytes, record.modified_ms, record.sha256) = (bytes, modified_ms, Fingerprint::of(b"something else"));
    library.write_record(&record).expect("write");
    assert!(matches!(library.ready("small"), Err(Error::ModelAltered { .. })));
}

#[test]
fn a_record_that_points_elsewhere_or_cannot_be_read_is_no_model() {
    let (folder, library) = with_small();
    fs::write(folder.path().join("outside.bin"), b"x").expect("write");
    let text = fs::read_to_string(library.record("small")).expect("read");
    fs::write(library.record("small"), text.replace("small.bin", "../../outside.bin")).expect("write");
    assert_eq!(library.list(), []);
    fs::write(library.record("small"), "{").expect("write");
    assert_eq!(library.list(), []);
    assert_eq!(library.find("../../outside"), None);
    assert_eq!(library.ready("../x"), Err(Error::ModelUnknown { id: "../x".to_owned() }));
}

#[test]
fn removing_leaves_neither_weights_nor_record() {
    let (_folder, library) = with_small();
    library.remove("small").expect("remove");
    assert_eq!(fs::read_dir(&library.folder).expect("folder").count(), 0);
    assert_eq!(library.remove("small"), Err(Error::ModelNotInstalled { id: "small".to_owned() }));
    assert_eq!(library.remove("nothing"), Err(Error::ModelUnknown { id: "nothing".to_owned() }));
}

#[test]
fn removing_takes_away_what_a_download_given_up_left() {
    let (_folder, library) = library();
    let part = library.part("small");
    fs::write(&part, b"half").expect("write");
    fs::write(note_path(&part), b"{}").expect("write");
    library.remove("small").expect("remove");
    assert_eq!(fs::read_dir(&library.folder).expect("folder").count(), 0);
}

#[test]
fn a_model_whose_record_is_damaged_can_still_be_removed() {
    let (_folder, library) = with_small();
    fs::write(library.record("small"), "{").expect("write");
    library.remove("small").expect("remove");
    assert_eq!(fs::read_dir(&library.folder).expect("folder").count(), 0);
}

#[test]
fn removing_never_reaches_outside_the_folder() {
    let (folder, library) = library();
    fs::write(folder.path().join("outside.bin"), b"x").expect("write");
    assert!(matches!(library.remove("../../outside"), Err(Error::ModelUnknown { .. })));
    assert!(folder.path().join("outside.bin").exists());
}

#[test]
fn the_embedded_model_is_written_once_and_healed_when_damaged() {
    let (_folder, library) = library();
    library.embed("demo", b"demo").expect("embed");
    let first = library.find("demo").expect("there");
    assert_eq!(library.embed("demo", b"demo"), Ok(first));
    fs::write(library.place("demo", "whisper"), b"damaged").expect("write");
    library.embed("demo", b"demo").expect("embed");
    assert_eq!(fs::read(library.ready("demo").expect("ready")).expect("read"), b"demo");
}

#[test]
fn only_the_embedded_bytes_the_catalogue_names_are_written() {
    let (_folder, library) = library();
    assert!(matches!(library.embed("demo", b"other"), Err(Error::ModelAltered { .. })));
    assert!(matches!(library.embed("small", b"demo"), Err(Error::ModelUnknown { .. })));
    assert_eq!(library.list(), []);
}

#[test]
fn weights_without_a_record_are_adopted_when_their_bytes_are_right() {
    let (_folder, library) = with_small();
    let entry = library.catalog.find("small").expect("there").clone();
    fs::remove_file(library.record("small")).expect("remove");
    assert!(library.find("small").is_none());
    assert!(library.adopt(&entry, &Stop::default()).expect("read").is_some());
    assert!(library.ready("small").is_ok());
}

/// The folder of a model elsewhere, with what other programs keep beside it.
fn folder_elsewhere() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("Mi modelo 0.6b-v3");
    fs::create_dir(&path).expect("folder");
    for (name, bytes) in FOLDER.iter().chain(&[("nemo128.onnx", b"features".as_slice())]) {
        fs::write(path.join(name), bytes).expect("write");
    }
    folder
}

fn brought(library: &Library, folder: &tempfile::TempDir) -> Result<Installed> {
    library.import(&folder.path().join("Mi modelo 0.6b-v3"), &Stop::default(), &mut |_, _| {})
}

#[test]
fn a_folder_is_one_model_that_is_listed_ready_and_removed() {
    let (_folder, library) = library();
    let model = brought(&library, &folder_elsewhere()).expect("import");
    assert_eq!(
        (model.id.as_str(), model.engine.as_str(), model.licence.as_deref()),
        ("tdt", "parakeet", Some("CC-BY-4.0"))
    );
    let path = library.ready("tdt").expect("ready");
    assert_eq!(folder::names(&path).expect("a folder"), FOLDER.map(|(name, _)| name));
    assert_eq!(library.list(), std::slice::from_ref(&model));
    assert_eq!(brought(&library, &folder_elsewhere()).expect("known"), model);
    library.remove("tdt").expect("removed");
    assert!(!path.exists() && library.list().is_empty());
}

#[test]
fn a_folder_with_a_changed_file_is_never_ready() {
    let (_folder, library) = library();
    brought(&library, &folder_elsewhere()).expect("import");
    let path = library.ready("tdt").expect("ready");
    fs::write(path.join("vocab.txt"), "<unk> 00").expect("write");
    assert!(matches!(library.ready("tdt"), Err(Error::ModelAltered { .. })));
}

#[test]
fn a_folder_that_is_not_of_the_catalogue_is_called_after_itself() {
    let (_folder, library) = library();
    let elsewhere = folder_elsewhere();
    fs::write(elsewhere.path().join("Mi modelo 0.6b-v3/vocab.txt"), "a 0").expect("write");
    let model = brought(&library, &elsewhere).expect("import");
    assert_eq!((model.id.as_str(), model.languages.contains(&"es".to_owned())), ("mi-modelo-0.6b-v3", true));
    assert!(library.ready(&model.id).is_ok());
}

#[test]
fn a_folder_that_is_no_whole_model_is_refused() {
    for (file, text) in [("vocab.txt", None), ("config.json", Some("<!DOCTYPE html>")), ("vocab.txt", Some(""))] {
        let (_folder, library) = library();
        let elsewhere = folder_elsewhere();
        let path = elsewhere.path().join("Mi modelo 0.6b-v3").join(file);
        match text {
            Some(text) => fs::write(path, text).expect("write"),
            None => fs::remove_file(path).expect("remove"),
        }
        assert!(matches!(brought(&library, &elsewhere), Err(Error::ModelBroken { .. })), "{file} {text:?}");
        assert!(library.list().is_empty());
    }
}

#[test]
fn no_other_folder_among_the_models_is_ever_removed() {
    let (_folder, library) = library();
    fs::create_dir(library.folder.join("onnxruntime")).expect("folder");
    assert!(library.remove("onnxruntime").is_err());
    assert!(library.folder.join("onnxruntime").exists());
}
