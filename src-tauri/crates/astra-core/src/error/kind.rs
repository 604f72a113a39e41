//! The families of errors, of which the command line makes its exit codes.

use super::Error;
use crate::engine::EngineError;

/// The family an error belongs to; the command line gives each its own exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The recording given.
    Recording,
    /// A program that is not there.
    Program,
    /// The model.
    Model,
    /// The network.
    Network,
    /// The engine.
    Engine,
    /// The disk.
    Disk,
    /// The database or what was looked for in it.
    Store,
    /// A stop that was asked for.
    Stopped,
    /// A fault of Astra's own.
    Broken,
}

impl Error {
    /// Which family it belongs to.
    pub fn kind(&self) -> Kind {
        match self {
            Self::RecordingMissing { .. }
            | Self::RecordingIsFolder { .. }
            | Self::RecordingUnreadable { .. }
            | Self::RecordingEmpty { .. }
            | Self::PlaylistRefused { .. }
            | Self::RosterUnreadable { .. }
            | Self::DocumentUnreadable { .. }
            | Self::TemplateUnusable { .. }
            | Self::UnreadableMedia { .. }
            | Self::NoAudio { .. }
            | Self::AudioEmpty { .. }
            | Self::RecordingRepeated { .. }
            | Self::RecordingChanged { .. }
            | Self::StreamNeedsFile { .. }
            | Self::LanguageUnknown { .. }
            | Self::FolderMissing { .. }
            | Self::FolderIsOwn { .. }
            | Self::AnotherRecording { .. }
            | Self::PictureMissing
            | Self::NothingToSee
            | Self::DecodingBroke { .. } => Kind::Recording,
            Self::ProgramMissing { .. }
            | Self::PageNeedsYtDlp { .. }
            | Self::LibreOfficeMissing
            | Self::FfmpegLacks { .. }
            | Self::RenditionFailed { .. }
            | Self::PdfFailed { .. } => Kind::Program,
            Self::UrlUnreachable { .. }
            | Self::UrlInterrupted { .. }
            | Self::DownloadFailed { .. }
            | Self::ServerAddressBad
            | Self::CertificateUnreadable { .. }
            | Self::KeyringMissing { .. }
            | Self::Engine {
                failure: EngineError::Unreachable { .. } | EngineError::Refused { .. } | EngineError::KeyRefused { .. },
            } => Kind::Network,
            Self::ModelMissing { .. }
            | Self::ModelUnknown { .. }
            | Self::ModelNotInstalled { .. }
            | Self::ModelBroken { .. }
            | Self::ModelAltered { .. }
            | Self::Engine { failure: EngineError::ModelUnreadable { .. } } => Kind::Model,
            Self::Engine { failure: EngineError::Stopped } | Self::Stopped => Kind::Stopped,
            Self::Engine { .. } | Self::ServerMissing | Self::ConsentMissing { .. } => Kind::Engine,
            Self::DiskFull { .. }
            | Self::DiskTooSmall { .. }
            | Self::NotWritable { .. }
            | Self::FolderTaken { .. }
            | Self::ActaUnreadable { .. } => Kind::Disk,
            Self::DataFolderOnNetwork { .. }
            | Self::DataFolderBusy { .. }
            | Self::DataFolderGone { .. }
            | Self::DataFolderTaken { .. }
            | Self::ArchiveUnusable { .. }
            | Self::DatabaseNewer { .. }
            | Self::Database { .. }
            | Self::DatabaseDamaged { .. }
            | Self::BackupUnusable { .. }
            | Self::SessionBusy { .. }
            | Self::SessionUnknown { .. }
            | Self::PartsUnknown { .. }
            | Self::FolderUnknown { .. }
            | Self::QuestionUnknown { .. }
            | Self::EditStale { .. }
            | Self::EditRefused { .. }
            | Self::NothingToUndo
            | Self::ActaUnknown { .. }
            | Self::ActaOutOfTurn { .. }
            | Self::ActaAmbiguous { .. }
            | Self::RenditionUnknown { .. }
            | Self::HoursRefused { .. }
            | Self::JobUnknown { .. } => Kind::Store,
            Self::Broken { .. } => Kind::Broken,
        }
    }
}
