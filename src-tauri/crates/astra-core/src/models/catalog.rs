//! The catalogue of models Astra knows, built into the program from `models/catalog.toml`.

use std::collections::HashSet;
use std::sync::OnceLock;

use serde::Deserialize;

use super::{folder, is_folder, listens, takes_a_language};
use crate::{Error, Result};

static BUNDLED: &str = include_str!("../../../../../models/catalog.toml");

/// All models Astra knows and the one it recommends.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalog {
    recommended: String,
    #[serde(rename = "model")]
    entries: Vec<Entry>,
    #[serde(rename = "onnxruntime", default)]
    onnx_runtimes: Vec<LibraryArchive>,
}

/// The ONNX Runtime library for one kind of computer, as its makers release it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LibraryArchive {
    /// The operating system, as [`std::env::consts::OS`] has it.
    pub os: String,
    /// The processor, as [`std::env::consts::ARCH`] has it.
    pub arch: String,
    /// Where the archive is downloaded from: a `.zip`, or a `.tgz`.
    pub url: String,
    /// The size of the archive in bytes.
    pub bytes: u64,
    /// The SHA-256 of the archive, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// The path of the library in it.
    pub member: String,
}

impl LibraryArchive {
    /// Whether its fields can be right.
    fn is_sound(&self) -> bool {
        let is_archive = [".zip", ".tgz"].iter().any(|ending| self.url.ends_with(ending));
        is_archive && self.url.starts_with("https://") && self.bytes > 0 && is_sha256(&self.sha256)
    }
}

/// One model of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The name a person types: lower case letters, digits, dots, hyphens and underscores.
    pub id: String,
    /// Which kind of engine loads it: «whisper», «parakeet», «silero».
    pub engine: String,
    /// Where it is downloaded from, for a folder with a slash at its end; none for an embedded
    /// model.
    #[serde(default)]
    pub url: Option<String>,
    /// Where an embedded model lies in the source tree; none for the others.
    #[serde(default)]
    pub file: Option<String>,
    /// The size of the file, or of all files of a folder, in bytes.
    pub bytes: u64,
    /// The SHA-256 of the file, 64 lower-case hexadecimal digits; for a folder as
    /// [`folder::sha256`] has it.
    pub sha256: String,
    /// The files of a folder.
    #[serde(default)]
    pub files: Vec<FolderFile>,
    /// The licence of the weights, as SPDX.
    pub licence: String,
    /// Languages it is offered for, as ISO 639-1; empty when language does not matter to it.
    pub languages: Vec<String>,
    /// Memory needed while it listens, in megabytes. Derived from published figures, not measured.
    pub memory_mb: u64,
    /// How many of a thousand words of read Spanish were wrong, as was published of the weights before they were made
    /// smaller; none where nobody published it.
    #[serde(default)]
    pub wrong_per_thousand: Option<u32>,
    /// How long it takes for the same recording on the same processor, in hundredths of what `base` takes; none when
    /// nobody knows. Derived from published figures: a computer may take half or twice as long.
    #[serde(default)]
    pub work: Option<u32>,
    /// Its place when nobody names a model: the lowest installed one that suits is chosen.
    pub rank: u32,
    /// Whether it is built into the program. Such a model never hears a real recording unasked.
    #[serde(default)]
    pub embedded: bool,
    /// SHA-256 of the recordings an embedded model selects itself for.
    #[serde(default)]
    pub recordings: Vec<String>,
}

impl Entry {
    /// Whether it is offered for real recordings of which nobody says with what to hear them.
    pub fn is_offered(&self) -> bool {
        !self.embedded && listens(&self.engine) && takes_a_language(&self.engine) && self.hears("es")
    }

    fn hears(&self, language: &str) -> bool {
        self.languages.iter().any(|one| one == language)
    }
}

/// One file of a model that is a folder.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FolderFile {
    /// Its name in the folder, and at the address of the model.
    pub name: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its SHA-256, 64 lower-case hexadecimal digits.
    pub sha256: String,
}

/// What is wrong with a catalogue.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CatalogError {
    /// It is not TOML, or not of the right shape.
    #[error("the catalogue of models cannot be read: {reason}")]
    Unreadable {
        /// What the parser said.
        reason: String,
    },
    /// Two entries have the same id.
    #[error("two models are called {id}")]
    Repeated {
        /// The id.
        id: String,
    },
    /// The recommended model is not there, or is none a person can install for a real recording.
    #[error("the recommended model {id} cannot be recommended")]
    NotRecommendable {
        /// The id.
        id: String,
    },
    /// A field of an entry cannot be right.
    #[error("model {id}: {field} cannot be right")]
    Wrong {
        /// The id of the entry.
        id: String,
        /// The field.
        field: &'static str,
    },
}

impl Catalog {
    /// The catalogue this program was built with.
    ///
    /// # Errors
    /// [`Error::Broken`] when it is damaged, which a test of this crate rules out.
    pub fn bundled() -> Result<&'static Self> {
        static PARSED: OnceLock<Result<Catalog, CatalogError>> = OnceLock::new();
        let parsed = PARSED.get_or_init(|| Self::parse(BUNDLED));
        parsed.as_ref().map_err(|error| Error::Broken { reason: error.to_string() })
    }

    /// Reads a catalogue from TOML.
    ///
    /// # Errors
    /// The first thing found wrong with it.
    pub fn parse(text: &str) -> Result<Self, CatalogError> {
        let catalog: Self =
            toml::from_str(text).map_err(|error| CatalogError::Unreadable { reason: error.to_string() })?;
        let mut ids = HashSet::new();
        for entry in &catalog.entries {
            entry.check().map_err(|field| CatalogError::Wrong { id: entry.id.clone(), field })?;
            if !ids.insert(entry.id.as_str()) {
                return Err(CatalogError::Repeated { id: entry.id.clone() });
            }
        }
        if let Some(wrong) = catalog.onnx_runtimes.iter().find(|archive| !archive.is_sound()) {
            return Err(CatalogError::Wrong { id: wrong.member.clone(), field: "onnxruntime" });
        }
        match catalog.find(&catalog.recommended) {
            Some(entry) if entry.engine == "whisper" && !entry.embedded => Ok(catalog),
            _ => Err(CatalogError::NotRecommendable { id: catalog.recommended }),
        }
    }

    /// The model of this id.
    pub fn find(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id == id)
    }

    /// The model whose file has this SHA-256 (lower-case hexadecimal).
    pub fn with_sha256(&self, sha256: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.sha256 == sha256)
    }

    /// All models, in the order of the file: most accurate first.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The ONNX Runtime library for this computer; none when its makers release none.
    pub fn onnx_runtime(&self) -> Option<&LibraryArchive> {
        let is_this =
            |archive: &&LibraryArchive| archive.os == std::env::consts::OS && archive.arch == std::env::consts::ARCH;
        self.onnx_runtimes.iter().find(is_this)
    }

    /// The id to offer to someone who has no model.
    pub fn recommended(&self) -> &str {
        &self.recommended
    }
}

impl Entry {
    /// The name of the first field that cannot be right.
    fn check(&self) -> Result<(), &'static str> {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_');
        let sound = [
            ("id", self.id.starts_with(|c: char| c.is_ascii_alphanumeric()) && self.id.chars().all(plain)),
            ("engine", !self.engine.is_empty()),
            ("url", self.embedded == self.url.is_none()),
            ("url", self.url.as_ref().is_none_or(|url| url.starts_with("https://"))),
            ("file", self.embedded == self.file.is_some()),
            ("bytes", self.bytes > 0),
            ("sha256", is_sha256(&self.sha256)),
            ("licence", !self.licence.is_empty()),
            ("files", is_folder(&self.engine) != self.files.is_empty()),
            ("files", self.files.is_empty() || self.is_whole_folder()),
            ("recordings", self.embedded || self.recordings.is_empty()),
            ("recordings", self.recordings.iter().all(|hash| is_sha256(hash))),
        ];
        sound.iter().find(|(_, right)| !right).map_or(Ok(()), |(field, _)| Err(field))
    }

    /// Whether size and hash are those of the files, and an address can be made for each.
    fn is_whole_folder(&self) -> bool {
        let sums = self.files.iter().map(|file| (file.name.clone(), file.sha256.clone())).collect();
        self.bytes == self.files.iter().map(|file| file.bytes).sum::<u64>()
            && self.sha256 == folder::sha256(sums)
            && self.files.iter().all(|file| folder::belongs(&file.name) && is_sha256(&file.sha256))
            && self.url.as_ref().is_some_and(|url| url.ends_with('/'))
    }
}

/// Whether this is a SHA-256 as we write them: 64 lower-case hexadecimal digits.
fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HASH: &str = "1be3a9b2063867b937e64e2ec7483364a79917e157fa98c5d94b5c1fffea987b";

    fn one(changes: &[(&str, &str)]) -> String {
        let mut text = format!(
            "recommended = \"small\"\n[[model]]\nid = \"small\"\nengine = \"whisper\"\nurl = \"https://example.org/a\"\n\
             bytes = 5\nsha256 = \"{HASH}\"\nlicence = \"MIT\"\nlanguages = [\"es\"]\nmemory_mb = 1\nrank = 1\n"
        );
        for (from, to) in changes {
            assert!(text.contains(from), "{from}");
            text = text.replace(from, to);
        }
        text
    }

    #[test]
    fn the_bundled_catalogue_is_sound() {
        let catalog = Catalog::bundled().expect("sound");
        assert!(catalog.entries().len() > 10);
        let recommended = catalog.find(catalog.recommended()).expect("there");
        assert!(recommended.languages.iter().any(|language| language == "es"));
    }

    #[test]
    fn no_two_bundled_models_share_a_rank_or_a_hash() {
        let entries = Catalog::bundled().expect("sound").entries();
        let ranks: HashSet<u32> = entries.iter().map(|entry| entry.rank).collect();
        let hashes: HashSet<&str> = entries.iter().map(|entry| entry.sha256.as_str()).collect();
        assert_eq!((ranks.len(), hashes.len()), (entries.len(), entries.len()));
    }

    #[test]
    fn downloads_come_from_a_fixed_revision() {
        for entry in Catalog::bundled().expect("sound").entries() {
            let Some(url) = &entry.url else { continue };
            let revision = url.split("/resolve/").nth(1).and_then(|rest| rest.split('/').next()).expect("a revision");
            assert!(revision.len() == 40 && revision.bytes().all(|b| b.is_ascii_hexdigit()), "{url}");
        }
    }

    #[test]
    fn only_an_embedded_model_is_tied_to_recordings() {
        let text = one(&[("rank = 1", &format!("rank = 1\nrecordings = [\"{HASH}\"]"))]);
        assert_eq!(Catalog::parse(&text), Err(CatalogError::Wrong { id: "small".to_owned(), field: "recordings" }));
    }

    #[test]
    fn a_damaged_catalogue_says_what_is_wrong_with_it() {
        let wrong = |field| Err(CatalogError::Wrong { id: "small".to_owned(), field });
        assert!(Catalog::parse(&one(&[])).is_ok());
        assert!(matches!(Catalog::parse("not toml ="), Err(CatalogError::Unreadable { .. })));
        assert!(matches!(
            Catalog::parse(&one(&[("rank = 1", "rank = 1\ncolour = 3")])),
            Err(CatalogError::Unreadable { .. })
        ));
        assert_eq!(Catalog::parse(&one(&[("1be3", "1BE3")])), wrong("sha256"));
        assert_eq!(Catalog::parse(&one(&[("bytes = 5", "bytes = 0")])), wrong("bytes"));
        assert_eq!(Catalog::parse(&one(&[("https:", "http:")])), wrong("url"));
        assert_eq!(
            Catalog::parse(&one(&[("recommended = \"small\"", "recommended = \"big\"")])),
            Err(CatalogError::NotRecommendable { id: "big".to_owned() })
        );
        let twice = one(&[]) + one(&[]).split_once('\n').expect("lines").1;
        assert_eq!(Catalog::parse(&twice), Err(CatalogError::Repeated { id: "small".to_owned() }));
        assert!(matches!(
            Catalog::parse(&one(&[("id = \"small\"", "id = \"../small\"")])),
            Err(CatalogError::Wrong { field: "id", .. })
        ));
    }
}
