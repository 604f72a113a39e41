//! Brings a model file from elsewhere into the models folder: checked, copied, hashed, named.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::{Installed, Library, Record, gone, unreadable};
use crate::engine::Stop;
use crate::error::ModelDamage;
use crate::fingerprint::{Fingerprint, read_blocks};
use crate::models::ggml::{self, Shape};
use crate::models::{folder, is_web_page};
use crate::{Error, Result};

/// Languages a multilingual Whisper model that was brought along is offered for.
const LANGUAGES: [&str; 6] = ["es", "ca", "gl", "eu", "pt", "en"];

/// The kind of engine whose models are folders.
const PARAKEET: &str = "parakeet";

/// Of those languages, the ones Parakeet v3 was trained on.
const LANGUAGES_OF_PARAKEET: [&str; 3] = ["es", "pt", "en"];

/// Long enough for every name in use, short enough for every file system with our endings.
const LONGEST_ID: usize = 60;

pub(super) fn import(
    library: &Library,
    file: &Path,
    stop: &Stop,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Installed> {
    if file.is_dir() {
        return import_folder(library, file, stop, progress);
    }
    let bytes = fs::metadata(file).map_err(|error| unreadable(file, &error))?.len();
    // Only what could be a known model of another engine may look unlike a Whisper model.
    let other_engine = library.catalog.entries().iter().any(|entry| entry.bytes == bytes && entry.engine != "whisper");
    if let Err(error) = ggml::check(file)
        && !other_engine
    {
        return Err(error);
    }
    let _claim = library.claim("import")?;
    let part = library.folder.join("import.part");
    if part.is_dir() {
        gone(&part)?;
    }
    let taken = copy(file, bytes, &part, stop, progress).and_then(|sha256| name(library, file, &part, sha256));
    let kept = match taken {
        Ok(Taken::New(record, sha256)) => library.keep(&part, record, sha256),
        Ok(Taken::Known(model)) => {
            // Nothing but the copy is lost when it cannot be removed, and the next import writes over it.
            let _ = fs::remove_file(&part);
            Ok(model)
        }
        Err(error) => Err(error),
    };
    if kept.is_err() {
        // The failure is what a person has to hear of; a full disk gets its space back.
        let _ = fs::remove_file(&part);
    }
    kept
}

/// Whether a folder with these files is a model.
pub(super) fn is_model(names: &[String]) -> bool {
    let network = |kind: &str| names.iter().any(|name| name.starts_with(kind) && name.ends_with(".onnx"));
    let small = |file: &str| names.iter().any(|name| name == file);
    network("encoder-model.") && network("decoder_joint-model.") && small("vocab.txt") && small("config.json")
}

/// The same for a model that is a folder.
fn import_folder(library: &Library, from: &Path, stop: &Stop, progress: &mut dyn FnMut(u64, u64)) -> Result<Installed> {
    let names = folder::names(from).map_err(|error| unreadable(from, &error))?;
    let names: Vec<String> = names.into_iter().filter(|name| folder::belongs(name)).collect();
    names.iter().try_for_each(|name| refuse_what_is_no_model(&from.join(name)))?;
    if !is_model(&names) {
        let path = from.display().to_string();
        return Err(Error::ModelBroken { path, reason: ModelDamage::UnknownFormat });
    }
    let _claim = library.claim("import")?;
    let part = library.folder.join("import.part");
    if part.exists() {
        gone(&part)?;
    }
    let taken = copy_all(from, &names, &part, stop, progress).and_then(|sha256| {
        let taken = name_folder(library, from, &sha256);
        match taken {
            Taken::New(record, sha256) => library.keep(&part, record, sha256),
            Taken::Known(model) => Ok(model),
        }
    });
    // Whatever happened, the copy has its place by now or is of no use.
    let _ = fs::remove_dir_all(&part);
    taken
}

/// A page or a pointer that was saved in the place of a file.
fn refuse_what_is_no_model(file: &Path) -> Result<()> {
    let mut beginning = Vec::new();
    let read = File::open(file).and_then(|file| file.take(100).read_to_end(&mut beginning));
    read.map_err(|error| unreadable(file, &error))?;
    let reason = match beginning.trim_ascii_start() {
        [] => ModelDamage::Truncated,
        text if is_web_page(text) => ModelDamage::WebPage,
        text if text.starts_with(b"version https://git-lfs") => ModelDamage::LfsPointer,
        _ => return Ok(()),
    };
    Err(Error::ModelBroken { path: file.display().to_string(), reason })
}

/// Copies the files of a folder and returns the SHA-256 of the model they are.
fn copy_all(
    from: &Path,
    names: &[String],
    part: &Path,
    stop: &Stop,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<String> {
    fs::create_dir(part).map_err(|error| Error::writing(part, &error))?;
    let size = |name: &String| fs::metadata(from.join(name)).map_or(0, |metadata| metadata.len());
    let (all, mut before) = (names.iter().map(size).sum::<u64>(), 0);
    let mut files = Vec::new();
    for name in names {
        let (source, bytes) = (from.join(name), size(name));
        let mut each = |copied: u64, _: u64| progress(before + copied, all.max(before + copied));
        files.push((name.clone(), copy(&source, bytes, &part.join(name), stop, &mut each)?));
        before += bytes;
    }
    Ok(folder::sha256(files))
}

/// Which model a copied folder is.
fn name_folder(library: &Library, from: &Path, sha256: &str) -> Taken {
    let entry = library.catalog.with_sha256(sha256);
    let known = library.list().into_iter().find(|model| model.sha256 == sha256);
    if let Some(model) = known.filter(|model| library.ready(&model.id).is_ok()) {
        return Taken::Known(model);
    }
    let record = entry.map_or_else(
        || Record {
            // Nothing after a dot in the name of a folder is an ending.
            id: free_id(library, &id_from(Path::new(&format!("{}.folder", source(from))))),
            engine: PARAKEET.to_owned(),
            licence: None,
            languages: LANGUAGES_OF_PARAKEET.map(str::to_owned).to_vec(),
            source: source(from),
        },
        |entry| Record::of(entry, &source(from)),
    );
    Taken::New(record, sha256.to_owned())
}

/// What a copied file turned out to be.
enum Taken {
    New(Record, String),
    Known(Installed),
}

/// A failure of the source is told from one of the destination: the remedies differ.
enum Broken {
    Reading(io::Error),
    Writing(io::Error),
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Self {
        Self::Reading(error)
    }
}

/// Copies `file` to `part` and returns its SHA-256.
fn copy(file: &Path, bytes: u64, part: &Path, stop: &Stop, progress: &mut dyn FnMut(u64, u64)) -> Result<String> {
    let source = File::open(file).map_err(|error| unreadable(file, &error))?;
    let mut target = File::create(part).map_err(|error| Error::writing(part, &error))?;
    let mut fingerprint = Fingerprint::default();
    let mut copied = 0;
    let ended = read_blocks(source, stop, |block| {
        target.write_all(block).map_err(Broken::Writing)?;
        fingerprint.add(block);
        copied += block.len() as u64;
        progress(copied, bytes.max(copied));
        Ok(())
    });
    match ended.and_then(|ended| target.sync_all().map_err(Broken::Writing).map(|()| ended)) {
        Ok(true) => Ok(fingerprint.finish()),
        Ok(false) => Err(Error::Stopped),
        Err(Broken::Reading(error)) => Err(unreadable(file, &error)),
        Err(Broken::Writing(error)) => Err(Error::writing(part, &error)),
    }
}

/// Finds out which model it is. The bytes looked at are the copied ones: the stick may change.
fn name(library: &Library, file: &Path, part: &Path, sha256: String) -> Result<Taken> {
    if let Some(entry) = library.catalog.with_sha256(&sha256) {
        return Ok(match library.find(&entry.id).filter(|_| library.ready(&entry.id).is_ok()) {
            Some(model) => Taken::Known(model),
            None => Taken::New(Record::of(entry, &source(file)), sha256),
        });
    }
    let broken_at_source = |error| match error {
        Error::ModelBroken { reason, .. } => Error::ModelBroken { path: file.display().to_string(), reason },
        error => error,
    };
    let shape = ggml::check(part).map_err(broken_at_source)?;
    let id = id_from(file);
    let bytes = fs::metadata(part).map_err(|error| unreadable(part, &error))?.len();
    // A model of the catalogue by its name and its size, but not by its hash, is that model with
    // bytes gone bad, and not one of somebody's own.
    let published = library.catalog.find(id.strip_prefix("ggml-").unwrap_or(&id));
    if let Some(entry) = published.filter(|entry| entry.bytes == bytes) {
        let expected = entry.sha256.clone();
        return Err(Error::ModelAltered { path: file.display().to_string(), expected, found: sha256 });
    }
    if let Some(model) = library.list().into_iter().find(|model| model.sha256 == sha256)
        && library.ready(&model.id).is_ok()
    {
        return Ok(Taken::Known(model));
    }
    Ok(Taken::New(record(free_id(library, &id), &shape, file), sha256))
}

fn record(id: String, shape: &Shape, file: &Path) -> Record {
    let languages: &[&str] = if shape.multilingual() { &LANGUAGES } else { &["en"] };
    Record {
        id,
        engine: "whisper".to_owned(),
        licence: None,
        languages: languages.iter().map(|&language| language.to_owned()).collect(),
        source: source(file),
    }
}

/// The name of the file alone: its folder may tell more about a person than a record should.
fn source(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// An id made of the file's name: letters without their marks, digits, and hyphens for the rest.
fn id_from(file: &Path) -> String {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
    let mut id = String::new();
    for c in stem.nfkd().filter(|&c| !is_combining_mark(c)) {
        match c {
            'a'..='z' | '0'..='9' => id.push(c),
            '.' | '_' if !id.is_empty() => id.push(c),
            _ if !id.is_empty() && !id.ends_with('-') => id.push('-'),
            _ => {}
        }
    }
    id.truncate(LONGEST_ID);
    let id = id.trim_end_matches(['.', '_', '-']);
    // Windows keeps these names for devices, whatever their ending.
    let device = matches!(id.split('.').next(), Some("con" | "prn" | "aux" | "nul"))
        || is_numbered_device(id.split('.').next().unwrap_or_default());
    match (id.is_empty(), device) {
        (true, _) => "model".to_owned(),
        (_, true) => format!("model-{id}"),
        _ => id.to_owned(),
    }
}

/// Whether this is «com1» to «com9» or «lpt1» to «lpt9».
fn is_numbered_device(name: &str) -> bool {
    let number = name.strip_prefix("com").or_else(|| name.strip_prefix("lpt"));
    number.is_some_and(|number| number.len() == 1 && number.bytes().all(|b| b.is_ascii_digit()))
}

/// The id, with a number when the catalogue or the folder has it already.
fn free_id(library: &Library, id: &str) -> String {
    let taken = |id: &str| {
        let taken = |engine| library.place(id, engine).exists();
        library.catalog.find(id).is_some() || taken("whisper") || taken(PARAKEET) || library.record(id).exists()
    };
    if !taken(id) {
        return id.to_owned();
    }
    (2..).map(|number: u32| format!("{id}-{number}")).find(|id| !taken(id)).unwrap_or_else(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::super::testing::{catalog, model_bytes, testdata};
    use super::super::is_plain;
    use super::*;
    use crate::engine::EngineError;
    use crate::error::ModelDamage;

    fn library() -> (tempfile::TempDir, Library) {
        let folder = tempfile::tempdir().expect("folder");
        let library = Library::with_catalog(folder.path().join("models"), catalog()).expect("open");
        (folder, library)
    }

    /// A whole model that is not in the catalogue.
    fn own_model() -> Vec<u8> {
        let mut bytes = model_bytes();
        *bytes.last_mut().expect("bytes") ^= 1;
        bytes
    }

    /// What lies in the folder, but for the claim.
    fn left(library: &Library) -> Vec<String> {
        let files = fs::read_dir(&library.folder).expect("folder").flatten();
        files.filter_map(|file| file.file_name().into_string().ok()).filter(|name| name != "import.lock").collect()
    }

    fn brought(library: &Library, file: &Path) -> Result<Installed> {
        import(library, file, &Stop::default(), &mut |_, _| {})
    }

    #[test]
    fn a_model_of_the_catalogue_is_known_by_its_bytes_whatever_its_name() {
        let (folder, library) = library();
        let file = folder.path().join("descarga (3).tmp");
        fs::write(&file, model_bytes()).expect("write");
        let mut told = Vec::new();
        let model = import(&library, &file, &Stop::default(), &mut |done, all| told.push((done, all))).expect("import");
        assert_eq!((model.id.as_str(), model.licence.as_deref()), ("small", Some("MIT")));
        assert_eq!(told.last(), Some(&(model.bytes, model.bytes)));
        assert_eq!(fs::read(library.ready("small").expect("ready")).expect("read"), model_bytes());
    }

    #[test]
    fn the_speech_detector_of_the_catalogue_can_be_brought_along_too() {
        let (folder, library) = library();
        let file = folder.path().join("vad.bin");
        fs::write(&file, b"silero").expect("write");
        assert_eq!(brought(&library, &file).expect("import").engine, "silero");
        fs::write(&file, b"sil3ro").expect("write");
        assert!(matches!(brought(&library, &file), Err(Error::ModelBroken { .. })));
    }

    #[test]
    fn names_from_outside_become_plain_ids_inside_the_folder() {
        for (name, id) in [
            ("Concejo de Peñol «v2» 🎙️ 'final'.bin", "concejo-de-penol-v2-final"),
            ("..;rm -rf ~.bin", "rm-rf"),
            ("CON.bin", "model-con"),
            ("lpt1.x.bin", "model-lpt1.x"),
            ("comuna.bin", "comuna"),
            ("🎙️.bin", "model"),
            (".bin", "bin"),
            ("turbo.bin", "turbo"),
        ] {
            assert_eq!(id_from(Path::new(name)), id, "{name}");
        }
        assert!(id_from(Path::new(&"ñ".repeat(300))).len() <= LONGEST_ID);
    }

    proptest! {
        #[test]
        fn every_name_becomes_an_id_that_is_a_plain_file_name(name in ".{0,80}") {
            let id = id_from(Path::new(&name));
            prop_assert!(is_plain(&id) && id.len() <= LONGEST_ID + "model-".len(), "{}", id);
            prop_assert!(!id.ends_with('.'), "{}", id);
        }
    }

    #[test]
    fn a_model_of_ones_own_is_called_after_its_file() {
        let (folder, library) = library();
        let file = folder.path().join("Señal de 'audio' 🎙️ ñ.bin");
        fs::write(&file, own_model()).expect("write");
        let model = brought(&library, &file).expect("import");
        assert_eq!(model.id, "senal-de-audio-n");
        assert_eq!(model.source, "Señal de 'audio' 🎙️ ñ.bin");
        assert!(model.languages.contains(&"es".to_owned()));
        assert!(library.ready(&model.id).is_ok());
    }

    #[test]
    fn the_same_model_is_not_kept_twice_and_another_of_the_same_name_gets_a_number() {
        let (folder, library) = library();
        let file = folder.path().join("mio.bin");
        fs::write(&file, own_model()).expect("write");
        assert_eq!(brought(&library, &file).expect("import").id, "mio");
        assert_eq!(brought(&library, &file).expect("import").id, "mio");
        let mut other = own_model();
        *other.last_mut().expect("bytes") ^= 2;
        fs::write(&file, other).expect("write");
        assert_eq!(brought(&library, &file).expect("import").id, "mio-2");
        assert_eq!(library.list().len(), 2);
    }

    #[test]
    fn the_name_of_a_model_of_the_catalogue_cannot_be_taken() {
        let (folder, library) = library();
        let file = folder.path().join("turbo.bin");
        fs::write(&file, own_model()).expect("write");
        assert_eq!(brought(&library, &file).expect("import").id, "turbo-2");
    }

    #[test]
    fn a_model_of_the_catalogue_with_bytes_gone_bad_is_refused() {
        let (folder, library) = library();
        let file = folder.path().join("ggml-small.bin");
        fs::write(&file, own_model()).expect("write");
        assert!(matches!(brought(&library, &file), Err(Error::ModelAltered { .. })));
        assert_eq!(left(&library), [""; 0]);
    }

    #[test]
    fn what_is_no_model_is_refused_before_it_is_copied() {
        let (_folder, library) = library();
        for (name, damage) in [
            ("whisper_broken/ggml-tiny.html-page.bin", ModelDamage::WebPage),
            ("whisper_broken/ggml-base.lfs-pointer.bin", ModelDamage::LfsPointer),
            ("whisper_broken/ggml-base.truncated.bin", ModelDamage::Truncated),
        ] {
            let file = testdata(name);
            let error = Error::ModelBroken { path: file.display().to_string(), reason: damage };
            assert_eq!(brought(&library, &file), Err(error));
        }
        assert_eq!(left(&library), [""; 0]);
    }

    #[test]
    fn a_file_that_is_not_there_is_said_to_be_unreadable() {
        let (folder, library) = library();
        let result = brought(&library, &folder.path().join("none.bin"));
        assert!(matches!(result, Err(Error::Engine { failure: EngineError::ModelUnreadable { .. } })));
    }

    #[test]
    fn two_imports_never_write_one_part() {
        let (folder, library) = library();
        let file = folder.path().join("mio.bin");
        fs::write(&file, own_model()).expect("write");
        let claim = library.claim("import").expect("free");
        assert!(matches!(brought(&library, &file), Err(Error::NotWritable { .. })));
        drop(claim);
        assert!(brought(&library, &file).is_ok());
    }

    #[test]
    fn a_stopped_import_leaves_nothing_behind() {
        let (folder, library) = library();
        let file = folder.path().join("mio.bin");
        fs::write(&file, own_model()).expect("write");
        let stop = Stop::default();
        stop.set();
        assert_eq!(import(&library, &file, &stop, &mut |_, _| {}), Err(Error::Stopped));
        assert_eq!(left(&library), [""; 0]);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_called_by_its_name_and_gets_its_space_back() {
        let (folder, library) = library();
        let file = folder.path().join("mio.bin");
        fs::write(&file, own_model()).expect("write");
        std::os::unix::fs::symlink("/dev/full", library.folder.join("import.part")).expect("link");
        assert!(matches!(brought(&library, &file), Err(Error::DiskFull { .. })));
        assert_eq!(left(&library), [""; 0]);
    }
}
