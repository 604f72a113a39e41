//! Brings in every model that lies in a folder: the models folder of another computer on a USB stick, a share, or the
//! stick itself.

use std::fs;
use std::path::{Path, PathBuf};

use super::import::is_model;
use super::{Installed, Library};
use crate::engine::Stop;
use crate::error::ModelDamage;
use crate::models::folder;
use crate::{Error, Result};

/// How far below the chosen folder models are looked for: the stick, a folder on it, and a model in that.
const DEEPEST: usize = 2;

/// What came of the models that lay at a place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Brought {
    /// Those that are on this computer now, also if they had been before.
    pub models: Vec<Installed>,
    /// Why others are not.
    pub refused: Vec<Error>,
}

pub(super) fn import_all(
    library: &Library,
    path: &Path,
    stop: &Stop,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Brought> {
    if !path.is_dir() || is_model(&folder::names(path).unwrap_or_default()) {
        return Ok(Brought { models: vec![library.import(path, stop, progress)?], refused: Vec::new() });
    }
    let mut brought = Brought::default();
    for place in places(path, DEEPEST) {
        match library.import(&place, stop, progress) {
            Ok(model) => brought.models.push(model),
            Err(Error::Stopped) => return Err(Error::Stopped),
            // Whatever else is called so; a stick has many things on it.
            Err(Error::ModelBroken { reason: ModelDamage::UnknownFormat, .. }) => {}
            Err(error) => brought.refused.push(error),
        }
    }
    if brought == Brought::default() {
        let path = path.display().to_string();
        return Err(Error::ModelBroken { path, reason: ModelDamage::NoModel });
    }
    Ok(brought)
}

/// The files and folders below `path` that may be models, in the order of their names. What cannot be looked into has
/// none, and links are not followed.
fn places(path: &Path, deeper: usize) -> Vec<PathBuf> {
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    let mut entries: Vec<_> = entries.filter_map(|entry| Some((entry.path(), entry.file_type().ok()?))).collect();
    entries.sort_by(|(one, _), (other, _)| one.cmp(other));
    let mut places = Vec::new();
    for (path, kind) in entries {
        if kind.is_file() && path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("bin")) {
            places.push(path);
        } else if kind.is_dir() {
            match folder::names(&path) {
                Ok(names) if is_model(&names) => places.push(path),
                Ok(_) if deeper > 0 => places.extend(self::places(&path, deeper - 1)),
                Ok(_) | Err(_) => {}
            }
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{FOLDER, catalog, model_bytes};
    use super::*;

    /// An empty models folder, and a stick with what `files` say.
    fn library_and_stick(files: &[(&str, &[u8])]) -> (tempfile::TempDir, Library, PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let library = Library::with_catalog(folder.path().join("models"), catalog()).expect("open");
        let stick = folder.path().join("stick");
        fs::create_dir(&stick).expect("a folder");
        for (name, bytes) in files {
            let file = stick.join(name);
            fs::create_dir_all(file.parent().expect("a folder")).expect("room");
            fs::write(file, bytes).expect("room");
        }
        (folder, library, stick)
    }

    fn ids(brought: &Brought) -> Vec<&str> {
        brought.models.iter().map(|model| model.id.as_str()).collect()
    }

    fn brought(library: &Library, path: &Path) -> Result<Brought> {
        import_all(library, path, &Stop::default(), &mut |_, _| {})
    }

    #[test]
    fn the_models_folder_of_another_computer_comes_whole() {
        let model = model_bytes();
        let mut files: Vec<(String, &[u8])> =
            FOLDER.map(|(name, bytes)| (format!("models/tdt/{name}"), bytes)).to_vec();
        files.push(("models/small.bin".to_owned(), &model));
        files.push(("models/small.json".to_owned(), b"{}"));
        files.push(("models/turbo.bin.part".to_owned(), b"tur"));
        files.push(("fotos/dcim.bin".to_owned(), b"no model at all"));
        let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
        let (_folder, library, stick) = library_and_stick(&files);
        for path in [stick.clone(), stick.join("models")] {
            let brought = brought(&library, &path).expect("models");
            assert_eq!((ids(&brought), brought.refused.len()), (vec!["small", "tdt"], 0));
        }
        assert!(library.ready("small").is_ok() && library.ready("tdt").is_ok());
        assert_eq!(library.list().len(), 2);
    }

    #[test]
    fn a_damaged_one_is_named_and_the_others_come() {
        let model = model_bytes();
        let (_folder, library, stick) =
            library_and_stick(&[("a.bin", &model[..model.len() / 2]), ("b.bin", &model), ("c.bin", b"<html>")]);
        let brought = brought(&library, &stick).expect("one model");
        assert_eq!(ids(&brought), ["small"]);
        let damages = brought.refused.iter().map(|error| match error {
            Error::ModelBroken { path, reason } => (path.ends_with("a.bin"), *reason),
            other => panic!("{other}"),
        });
        assert_eq!(damages.collect::<Vec<_>>(), [(true, ModelDamage::Truncated), (false, ModelDamage::WebPage)]);
    }

    #[test]
    fn a_file_or_the_folder_of_one_model_is_that_model() {
        let model = model_bytes();
        let mut files = FOLDER.map(|(name, bytes)| (name, bytes)).to_vec();
        let (_folder, library, stick) = library_and_stick(&files);
        assert_eq!(ids(&brought(&library, &stick).expect("a model")), ["tdt"]);
        files = vec![("x.bin", &model)];
        let (_folder, library, stick) = library_and_stick(&files);
        assert_eq!(ids(&brought(&library, &stick.join("x.bin")).expect("a model")), ["small"]);
    }

    #[test]
    fn a_folder_without_models_is_said_to_be_one() {
        let (_folder, library, stick) = library_and_stick(&[("carta.docx", b"PK"), ("x.bin", b"no model")]);
        let none = Error::ModelBroken { path: stick.display().to_string(), reason: ModelDamage::NoModel };
        assert_eq!(brought(&library, &stick), Err(none));
    }
}
