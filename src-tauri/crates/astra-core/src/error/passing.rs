//! Which errors may pass by themselves, so that trying again later is of use.

use super::Error;
use crate::engine::EngineError;

impl Error {
    /// Whether what went wrong may be otherwise in a while, without anybody doing anything to Astra: a network, a card
    /// or a share that is away, a disk that is full, a file or the database that another program has in its hands,
    /// memory that others take. What a person must see to first is never tried again by itself.
    pub fn may_pass(&self) -> bool {
        match self {
            // The place it lies in may be away: a card that was pulled, a share, a disk that is asleep.
            Self::RecordingMissing { .. }
            | Self::RecordingUnreadable { .. }
            | Self::DecodingBroke { .. }
            | Self::FolderMissing { .. }
            | Self::DataFolderGone { .. }
            | Self::NotWritable { .. }
            | Self::ActaUnreadable { .. }
            // Somebody makes room.
            | Self::DiskFull { .. }
            | Self::DiskTooSmall { .. }
            // The network.
            | Self::UrlUnreachable { .. }
            | Self::UrlInterrupted { .. }
            | Self::DownloadFailed { .. }
            // Another program is at it.
            | Self::DataFolderBusy { .. }
            | Self::SessionBusy { .. }
            | Self::Database { .. } => true,
            Self::Engine { failure } => failure.may_pass(),
            // The recording, or what was asked for, is what it is.
            Self::RecordingIsFolder { .. }
            | Self::RecordingEmpty { .. }
            | Self::PlaylistRefused { .. }
            | Self::UnreadableMedia { .. }
            | Self::NoAudio { .. }
            | Self::AudioEmpty { .. }
            | Self::RecordingRepeated { .. }
            | Self::RecordingChanged { .. }
            | Self::AnotherRecording { .. }
            | Self::StreamNeedsFile { .. }
            | Self::LanguageUnknown { .. }
            | Self::RosterUnreadable { .. }
            | Self::DocumentUnreadable { .. }
            | Self::TemplateUnusable { .. }
            | Self::PictureMissing
            | Self::NothingToSee
            // Somebody has to install, to choose or to bring something.
            | Self::ProgramMissing { .. }
            | Self::PageNeedsYtDlp { .. }
            | Self::LibreOfficeMissing
            | Self::FfmpegLacks { .. }
            | Self::ModelMissing { .. }
            | Self::ModelUnknown { .. }
            | Self::ModelNotInstalled { .. }
            | Self::ModelBroken { .. }
            | Self::ModelAltered { .. }
            | Self::DataFolderOnNetwork { .. }
            | Self::DataFolderTaken { .. }
            | Self::FolderTaken { .. }
            | Self::ArchiveUnusable { .. }
            | Self::DatabaseNewer { .. }
            | Self::DatabaseDamaged { .. }
            | Self::BackupUnusable { .. }
            | Self::FolderIsOwn { .. }
            | Self::HoursRefused { .. }
            | Self::ServerMissing
            | Self::ServerAddressBad
            | Self::CertificateUnreadable { .. }
            | Self::KeyringMissing { .. }
            // Only a person can agree.
            | Self::ConsentMissing { .. }
            // What was asked for is not there, or not any more.
            | Self::SessionUnknown { .. }
            | Self::PartsUnknown { .. }
            | Self::FolderUnknown { .. }
            | Self::QuestionUnknown { .. }
            | Self::JobUnknown { .. }
            | Self::EditStale { .. }
            | Self::EditRefused { .. }
            | Self::NothingToUndo
            | Self::ActaUnknown { .. }
            | Self::ActaOutOfTurn { .. }
            | Self::ActaAmbiguous { .. }
            | Self::RenditionUnknown { .. }
            // It would end the same way.
            | Self::RenditionFailed { .. }
            | Self::PdfFailed { .. }
            | Self::Stopped
            | Self::Broken { .. } => false,
        }
    }
}

impl EngineError {
    /// The same of what an engine says.
    fn may_pass(&self) -> bool {
        match self {
            // Memory, of the computer or of its graphics card. The model's bytes were checked before it was loaded,
            // so one that cannot be read has no room either.
            Self::Died { .. } | Self::Failed { .. } | Self::ModelUnreadable { .. } => true,
            // A network, or somebody else's server.
            Self::Unreachable { .. } => true,
            // Nothing that could be started is installed, or nothing that could be used, there is nothing to compute on,
            // somebody has to give another key, address or model, or somebody asked for the stop.
            Self::Missing { .. }
            | Self::LibraryUnusable { .. }
            | Self::NoDevice
            | Self::Refused { .. }
            | Self::KeyRefused { .. }
            | Self::Stopped => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_a_network_and_missing_memory_may_pass() {
        let reason = || "x".to_owned();
        for error in [
            Error::DiskFull { path: reason() },
            Error::UrlUnreachable { url: reason(), reason: reason() },
            Error::RecordingMissing { path: reason() },
            Error::Database { reason: reason() },
            Error::Engine { failure: EngineError::Died { reason: reason() } },
        ] {
            assert!(error.may_pass(), "{error}");
        }
    }

    #[test]
    fn a_recording_that_cannot_be_heard_and_a_program_that_is_missing_stay_so() {
        let path = || "x".to_owned();
        for error in [
            Error::NoAudio { path: path() },
            Error::UnreadableMedia { path: path(), reason: path() },
            Error::ProgramMissing { program: path() },
            Error::ModelNotInstalled { id: path() },
            Error::Engine { failure: EngineError::Missing { tried: path() } },
            Error::Engine { failure: EngineError::LibraryUnusable { library: path(), reason: path() } },
        ] {
            assert!(!error.may_pass(), "{error}");
        }
    }
}
