//! Everything that can go wrong, as values a person can act on.
//!
//! An error crosses to a person as `{code, message, details}`: the code is the variant's name in
//! snake case, the message is the Spanish sentence found under `error.<code>` (see
//! [`crate::sentences`]) with the variant's fields filled in, and the details are those fields.

use serde::Serialize;

use crate::engine::EngineError;
use crate::papers::PaperDamage;
use crate::roster::RosterDamage;
use crate::transcript::Refusal;

mod failure;
mod kind;
mod passing;

pub use failure::Failure;
pub use kind::Kind;

/// A result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Error {
    /// There is nothing at this path.
    #[error("no such recording: {path}")]
    RecordingMissing {
        /// The path as given.
        path: String,
    },
    /// The path is a folder.
    #[error("{path} is a folder, not a recording")]
    RecordingIsFolder {
        /// The path as given.
        path: String,
    },
    /// The operating system does not let us read it.
    #[error("cannot read {path}: {reason}")]
    RecordingUnreadable {
        /// The path as given.
        path: String,
        /// What the operating system said.
        reason: String,
    },
    /// The file has no bytes.
    #[error("{path} is empty")]
    RecordingEmpty {
        /// The path as given.
        path: String,
    },
    /// The file is a playlist or description that points at other files or at the network.
    #[error("{path} is a playlist, not a recording")]
    PlaylistRefused {
        /// The path as given.
        path: String,
    },
    /// ffmpeg does not recognise the content, or the part that says how to read it is missing.
    #[error("{path} is not a readable recording: {reason}")]
    UnreadableMedia {
        /// The path as given.
        path: String,
        /// The last lines ffmpeg printed.
        reason: String,
    },
    /// Media without any sound track.
    #[error("{path} has no audio")]
    NoAudio {
        /// The path as given.
        path: String,
    },
    /// The sound track lasts no time.
    #[error("{path} has a sound track of no length")]
    AudioEmpty {
        /// The path as given.
        path: String,
    },
    /// The very recording that was handed over under another name too.
    #[error("{path} is the same recording as {twin}")]
    RecordingRepeated {
        /// The name it has here.
        path: String,
        /// The name of the one that is heard.
        twin: String,
    },
    /// The recording changed while it was being heard, or since it was first seen.
    #[error("{path} changed while it was being heard")]
    RecordingChanged {
        /// The path as given.
        path: String,
    },
    /// ffmpeg ended before the recording did.
    #[error("ffmpeg stopped while reading {path}: {reason}")]
    DecodingBroke {
        /// The path as given.
        path: String,
        /// Exit status and the last lines ffmpeg printed.
        reason: String,
    },
    /// A program Astra needs is not installed.
    #[error("{program} is not installed")]
    ProgramMissing {
        /// Its name: ffmpeg, ffprobe.
        program: String,
    },
    /// The address is a web page with a player and yt-dlp is not installed.
    #[error("{url} is a web page; yt-dlp is needed to listen to it")]
    PageNeedsYtDlp {
        /// The address as given.
        url: String,
    },
    /// The address could not be read.
    #[error("cannot read {url}: {reason}")]
    UrlUnreachable {
        /// The address as given.
        url: String,
        /// What the network said.
        reason: String,
    },
    /// The connection broke and the server cannot go on from the middle.
    #[error("the connection to {url} broke after {received} bytes: {reason}")]
    UrlInterrupted {
        /// The address as given.
        url: String,
        /// Bytes received before it broke.
        received: u64,
        /// What the network said.
        reason: String,
    },
    /// The recording at this address can only be read as a file.
    #[error("{url} cannot be read while it arrives")]
    StreamNeedsFile {
        /// The address as given.
        url: String,
    },
    /// What was given is no language code.
    #[error("{language} is not the code of a language")]
    LanguageUnknown {
        /// The code as given.
        language: String,
    },
    /// No model is installed that may hear a real recording.
    #[error("no model is installed; the recommended one is {recommended}")]
    ModelMissing {
        /// The id to install.
        recommended: String,
    },
    /// There is no model of this name.
    #[error("no model is called {id}")]
    ModelUnknown {
        /// The id as given.
        id: String,
    },
    /// The model is in the catalogue but not on this computer.
    #[error("the model {id} is not installed")]
    ModelNotInstalled {
        /// Its id.
        id: String,
    },
    /// The file is not a model, or a damaged one.
    #[error("{path} is not a usable model: {reason}")]
    ModelBroken {
        /// The file.
        path: String,
        /// What is wrong with it, in words for the log.
        reason: ModelDamage,
    },
    /// The bytes of the model are not the ones the catalogue names.
    #[error("{path} has SHA-256 {found}, expected {expected}")]
    ModelAltered {
        /// The file.
        path: String,
        /// The hash it should have.
        expected: String,
        /// The hash it has.
        found: String,
    },
    /// The model could not be downloaded.
    #[error("cannot download {url}: {reason}")]
    DownloadFailed {
        /// The address.
        url: String,
        /// What the network said.
        reason: String,
    },
    /// The engine could not listen.
    #[error("{failure}")]
    Engine {
        /// Which failure it was.
        failure: EngineError,
    },
    /// A server was to listen, and nobody said which.
    #[error("no server is set up")]
    ServerMissing,
    /// What was given is no address of a server, or holds a password.
    #[error("that is no address of a server")]
    ServerAddressBad,
    /// A server was to listen, and nobody agreed that the sound leaves the building.
    #[error("nobody agreed that {length} of sound go to {server}")]
    ConsentMissing {
        /// The name of the server.
        server: String,
        /// How long the sound is, for a person.
        length: String,
        /// What that costs, for a person.
        cost: String,
    },
    /// The file with the certificates to trust cannot be read, or holds none.
    #[error("no certificates in {path}: {reason}")]
    CertificateUnreadable {
        /// The file.
        path: String,
        /// Why not.
        reason: String,
    },
    /// The operating system has no keyring, or does not open it.
    #[error("no keyring: {reason}")]
    KeyringMissing {
        /// What it said.
        reason: String,
    },
    /// No space left on the disk.
    #[error("the disk with {path} is full")]
    DiskFull {
        /// The file or folder being written.
        path: String,
    },
    /// There is less space on the disk than what is about to be written will take.
    #[error("{path} needs {needed} and has {free}")]
    DiskTooSmall {
        /// The file or folder that would be written.
        path: String,
        /// How much it takes, for a person.
        needed: String,
        /// How much there is.
        free: String,
    },
    /// A file or folder cannot be written.
    #[error("cannot write {path}: {reason}")]
    NotWritable {
        /// The file or folder being written.
        path: String,
        /// What the operating system said.
        reason: String,
    },
    /// The data folder lies on a network share, where SQLite's locks cannot be trusted.
    #[error("the data folder {path} is on a network share")]
    DataFolderOnNetwork {
        /// The folder.
        path: String,
    },
    /// Another program works with the data folder, or a job runs on it.
    #[error("the data folder {path} is in use")]
    DataFolderBusy {
        /// The folder.
        path: String,
    },
    /// The data were moved to a folder that is not there: on a disk that is not connected, say.
    #[error("the data folder was moved to {path}, which is not there")]
    DataFolderGone {
        /// Where it was moved to.
        path: String,
    },
    /// Data cannot be moved there: something else lies there, or it is a part of the data folder.
    #[error("{path} is not an empty folder of its own")]
    DataFolderTaken {
        /// The folder.
        path: String,
    },
    /// Nothing is written among what lies there.
    #[error("{path} is not an empty folder")]
    FolderTaken {
        /// The folder.
        path: String,
    },
    /// The file is no export of a data folder, or a damaged one.
    #[error("{path} is no usable export: {reason}")]
    ArchiveUnusable {
        /// The file.
        path: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The database was written by a newer Astra.
    #[error("the database {path} was written by a newer version (schema {found}, this one knows {known})")]
    DatabaseNewer {
        /// The database file.
        path: String,
        /// The schema version found.
        found: i64,
        /// The newest schema version this program knows.
        known: i64,
    },
    /// SQLite refused.
    #[error("database: {reason}")]
    Database {
        /// What it said.
        reason: String,
    },
    /// The file of the database is damaged, or gone although there are backups of it.
    #[error("the database {path} is damaged: {reason}")]
    DatabaseDamaged {
        /// The database file.
        path: String,
        /// What SQLite found.
        reason: String,
    },
    /// The file cannot take the place of the database.
    #[error("{path} is no good backup: {reason}")]
    BackupUnusable {
        /// The file.
        path: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Another Astra is working on this session.
    #[error("another Astra is listening to session {session}")]
    SessionBusy {
        /// Its id.
        session: String,
    },
    /// There is no such session.
    #[error("no session {id}")]
    SessionUnknown {
        /// The id as given.
        id: String,
    },
    /// Such parts are not in the session, or none would be left on one side.
    #[error("session {session} has no such parts")]
    PartsUnknown {
        /// The session's id.
        session: String,
    },
    /// The folder is not watched.
    #[error("no watched folder {id}")]
    FolderUnknown {
        /// The id as given.
        id: String,
    },
    /// There is no such folder to watch.
    #[error("no folder at {path}")]
    FolderMissing {
        /// The path as given.
        path: String,
    },
    /// It is the folder where Astra keeps its own things.
    #[error("{path} is the data folder")]
    FolderIsOwn {
        /// The path as given.
        path: String,
    },
    /// The question was answered already.
    #[error("no question {id}")]
    QuestionUnknown {
        /// Its number.
        id: String,
    },
    /// The queue cannot listen in such hours only.
    #[error("no such hours: from {from} until {until}")]
    HoursRefused {
        /// When they would begin.
        from: String,
        /// When they would end.
        until: String,
    },
    /// There is no such job, or it has ended.
    #[error("no unfinished job {id}")]
    JobUnknown {
        /// The id as given.
        id: String,
    },
    /// The text was changed by somebody else since it was last read.
    #[error("the text is at revision {found}, not {expected}")]
    EditStale {
        /// The revision that the edit was made for.
        expected: u64,
        /// The revision there is.
        found: u64,
    },
    /// The edit cannot be made; the text is as it was.
    #[error("{refusal}")]
    EditRefused {
        /// Why not.
        refusal: Refusal,
    },
    /// There is no edit left to take back, or to make again.
    #[error("nothing to undo or redo")]
    NothingToUndo,
    /// Astra wrote no acta of the session there.
    #[error("no acta of this session at {path}")]
    ActaUnknown {
        /// The path as given.
        path: String,
    },
    /// No acta of the session is at the stage before.
    #[error("no acta can be {stage} now")]
    ActaOutOfTurn {
        /// The stage that was asked for.
        stage: String,
    },
    /// Several actas of the session can be taken to the next stage.
    #[error("several actas: {paths}")]
    ActaAmbiguous {
        /// Where they are, one a line.
        paths: String,
    },
    /// The file of an acta cannot be read.
    #[error("cannot read the acta {path}: {reason}")]
    ActaUnreadable {
        /// Where it was written.
        path: String,
        /// What the operating system said.
        reason: String,
    },
    /// There is no LibreOffice to make a PDF with.
    #[error("LibreOffice is not installed")]
    LibreOfficeMissing,
    /// LibreOffice made no PDF.
    #[error("no PDF: {reason}")]
    PdfFailed {
        /// What it said.
        reason: String,
    },
    /// The file is no template that an acta can be poured into.
    #[error("{path} cannot be used as a template: {reason}")]
    TemplateUnusable {
        /// The file.
        path: String,
        /// The sentence that says why not, and what to do about it.
        reason: String,
    },
    /// No roster can be read from the file.
    #[error("no roster in {path}: {reason}")]
    RosterUnreadable {
        /// The file.
        path: String,
        /// Why not.
        reason: RosterDamage,
    },
    /// A document that was handed over cannot be read.
    #[error("cannot read {path}: {reason}")]
    DocumentUnreadable {
        /// The file.
        path: String,
        /// Why not.
        reason: PaperDamage,
    },
    /// There is no such kind of rendition.
    #[error("no rendition is called {profile}")]
    RenditionUnknown {
        /// The name as given.
        profile: String,
    },
    /// No recording of the session has a picture that could be rendered.
    #[error("no picture in any recording of the session")]
    PictureMissing,
    /// Every picture is of what may not be seen.
    #[error("nothing that may be seen")]
    NothingToSee,
    /// ffmpeg was built without something that the rendition needs.
    #[error("ffmpeg lacks {what}")]
    FfmpegLacks {
        /// The encoder or filter, by ffmpeg's name.
        what: String,
    },
    /// ffmpeg did not come to the end of the rendition.
    #[error("rendering broke off: {reason}")]
    RenditionFailed {
        /// Exit status and the last lines ffmpeg printed.
        reason: String,
    },
    /// The file is not the recording that is looked for.
    #[error("{path} is another recording")]
    AnotherRecording {
        /// The file that was shown.
        path: String,
    },
    /// Somebody asked for the stop; what was heard is kept.
    #[error("stopped")]
    Stopped,
    /// Astra is wrong, not the person using it.
    #[error("internal error: {reason}")]
    Broken {
        /// What happened.
        reason: String,
    },
}

/// What is wrong with a file that should be a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ModelDamage {
    /// A web page was saved under the model's name.
    #[error("it is a web page")]
    WebPage,
    /// A Git LFS pointer was saved instead of the file it points to.
    #[error("it is a Git LFS pointer")]
    LfsPointer,
    /// Some other kind of file.
    #[error("it is not in a format Astra knows")]
    UnknownFormat,
    /// A folder in which there is no model.
    #[error("there is no model in it")]
    NoModel,
    /// The file ends too early.
    #[error("the file ends too early")]
    Truncated,
    /// Its header contradicts itself.
    #[error("its header is damaged")]
    Malformed,
}

impl Error {
    /// The name of the variant in snake case: the key of its sentence.
    pub fn code(&self) -> String {
        match serde_json::to_value(self) {
            Ok(value) => value["code"].as_str().unwrap_or("broken").to_owned(),
            Err(_) => "broken".to_owned(),
        }
    }

    /// An error of writing `path`: a full disk is told apart, since its remedy is another.
    pub fn writing(path: &std::path::Path, error: &std::io::Error) -> Self {
        let path = path.display().to_string();
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::DiskFull { path },
            _ => Self::NotWritable { path, reason: error.to_string() },
        }
    }
}

impl From<EngineError> for Error {
    fn from(failure: EngineError) -> Self {
        match failure {
            EngineError::Stopped => Self::Stopped,
            failure => Self::Engine { failure },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_is_the_name_of_the_variant() {
        let error = Error::RecordingEmpty { path: "a.mp3".to_owned() };
        assert_eq!(error.code(), "recording_empty");
        assert_eq!(Error::Stopped.code(), "stopped");
    }
}
