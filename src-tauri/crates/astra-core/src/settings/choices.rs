//! What the secretary can choose in Ajustes.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{QueueChoices, ServerChoices};
use crate::export::Format;
use crate::export::template::Builtin;
use crate::minutes::acta::{Copy, Kind, Style};
use crate::models::Preference;

/// Everything that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Settings {
    /// The language of the window.
    pub language: Language,
    /// How the window looks.
    pub theme: Theme,
    /// Size of the window's text, in per cent.
    pub text_size: u32,
    /// The model for new sessions; the best one installed otherwise.
    pub model: Option<String>,
    /// What the best one is chosen by.
    pub preference: Preference,
    /// How many threads the engine may use; all physical cores otherwise.
    pub threads: Option<usize>,
    /// The folder for documents; beside the recording otherwise.
    pub output_folder: Option<PathBuf>,
    /// The formats exported last.
    pub formats: Vec<Format>,
    /// Whether sessions keep a small copy of their sound.
    pub listening_copy: bool,
    /// Whether Astra goes on in the tray when its window is closed.
    pub keep_in_tray: bool,
    /// Whether words that the engine was not sure of are coloured.
    pub colour_unsure_words: bool,
    /// The keys that somebody changed, by action.
    pub shortcuts: BTreeMap<String, String>,
    /// Whether the welcome was seen.
    pub welcomed: bool,
    /// What the records of new sessions begin with.
    pub council: Council,
    /// How the council wants its acta.
    pub acta: ActaChoices,
    /// When the queue may listen.
    pub queue: QueueChoices,
    /// Whether Astra starts when somebody logs in.
    pub start_at_login: bool,
    /// Whether the operating system says that a session is ready.
    pub notify_when_ready: bool,
    /// The folder into which the documents of every session are written by themselves; none otherwise.
    pub deliver_to: Option<PathBuf>,
    /// The server that may listen in the place of this computer.
    pub server: ServerChoices,
}

/// How an acta is wanted. What was chosen last is offered again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ActaChoices {
    /// Which kind.
    pub kind: Kind,
    /// For whom.
    pub copy: Copy,
    /// The id of one of Astra's templates, or the path of the council's own.
    pub template: String,
    /// The profile of the council; the usual one of the template's country otherwise.
    pub style: Option<Style>,
}

impl Default for ActaChoices {
    fn default() -> Self {
        Self { kind: Kind::Literal, copy: Copy::Complete, template: Builtin::Labels.id().to_owned(), style: None }
    }
}

/// What every record of a council has in common.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Council {
    /// The municipality.
    pub entity: String,
    /// The body that meets.
    pub body: String,
    /// Where it meets.
    pub place: String,
    /// Who presides.
    pub president: String,
    /// Who keeps the minutes.
    pub secretary: String,
}

/// A language of the window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub enum Language {
    /// Spanish as in Colombia.
    #[default]
    #[serde(rename = "es-CO")]
    Colombia,
    /// Spanish as in Spain.
    #[serde(rename = "es-ES")]
    Spain,
    /// English.
    #[serde(rename = "en")]
    English,
}

/// How the window looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the operating system says.
    #[default]
    System,
    /// Dark text on white.
    Light,
    /// Light text on black.
    Dark,
    /// For eyes that need it.
    HighContrast,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: Language::default(),
            theme: Theme::default(),
            text_size: 100,
            model: None,
            preference: Preference::default(),
            threads: None,
            output_folder: None,
            formats: vec![Format::Docx],
            listening_copy: true,
            keep_in_tray: false,
            colour_unsure_words: false,
            shortcuts: BTreeMap::new(),
            welcomed: false,
            council: Council::default(),
            acta: ActaChoices::default(),
            queue: QueueChoices::default(),
            start_at_login: false,
            notify_when_ready: true,
            deliver_to: None,
            server: ServerChoices::default(),
        }
    }
}
