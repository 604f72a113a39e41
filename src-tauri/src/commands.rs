//! What the page may ask: one-line adapters to the core, one file for each noun. `npm run gen`
//! writes their TypeScript, and a test fails when it is stale.

use astra_core::Error;
use astra_core::error::Failure;
use astra_core::event::Event;
use serde::Serialize;
use tauri::Wry;
use tauri_specta::{Builder, ErrorHandlingMode, collect_commands};

mod acta;
mod backup;
mod computer;
mod document;
mod job;
mod media;
mod minutes;
mod model;
mod picker;
mod queue;
mod recording;
mod rendition;
mod roster;
mod server;
mod session;
mod settings;
mod transcript;
mod vocabulary;
mod watch;

/// What a command gives back or throws.
pub type Answer<T> = Result<T, Thrown>;

/// What a command throws: a failure, with its code, its sentence and its details.
#[derive(Debug, Serialize, specta::Type)]
#[serde(transparent)]
pub struct Thrown(Failure);

impl From<Error> for Thrown {
    fn from(error: Error) -> Self {
        tracing::info!(code = error.code(), "a command failed");
        Self(Failure::from(&error))
    }
}

/// Every command, with what is needed to write its TypeScript.
pub fn all() -> Builder<Wry> {
    Builder::new()
        .commands(collect_commands![
            session::session_list,
            session::session_row,
            session::session_search,
            session::session_open,
            session::session_rename,
            session::session_deletion,
            session::session_delete,
            session::session_start,
            session::session_join,
            session::session_split,
            session::session_reorder,
            minutes::minutes_open,
            minutes::record_save,
            minutes::minutes_proposals,
            minutes::minutes_figures,
            minutes::minutes_turns,
            minutes::minutes_secrets,
            acta::acta_preview,
            acta::acta_export,
            acta::acta_templates,
            acta::acta_style,
            acta::acta_states,
            acta::acta_advance,
            acta::template_pick,
            settings::notices_missed,
            recording::recording_propose,
            recording::recording_pick,
            recording::recording_offered,
            recording::recording_locate,
            watch::watch_list,
            watch::watch_add,
            watch::watch_subfolders,
            watch::watch_remove,
            watch::watch_existing,
            watch::watch_log,
            watch::watch_questions,
            watch::watch_answer,
            job::job_pause,
            job::job_resume,
            job::job_cancel,
            job::job_move,
            queue::queue_get,
            queue::queue_pause,
            queue::queue_resume,
            roster::roster_list,
            roster::roster_save,
            roster::roster_import,
            roster::roster_merged,
            transcript::transcript_start,
            transcript::transcript_open,
            transcript::transcript_grown,
            transcript::transcript_edit,
            transcript::transcript_undo,
            transcript::transcript_redo,
            transcript::transcript_history,
            transcript::transcript_find,
            transcript::passages_listen_again,
            transcript::passages_stop,
            transcript::passages_progress,
            media::media_open,
            media::microphone_propose,
            rendition::rendition_profiles,
            rendition::rendition_make,
            rendition::rendition_cancel,
            document::document_export,
            document::document_open,
            document::document_show,
            settings::settings_get,
            settings::settings_save,
            settings::folder_pick,
            vocabulary::vocabulary_list,
            vocabulary::vocabulary_save,
            vocabulary::vocabulary_learn,
            vocabulary::vocabulary_import,
            vocabulary::vocabulary_export,
            vocabulary::vocabulary_merged,
            model::model_list,
            model::model_install,
            model::model_cancel,
            model::model_remove,
            model::model_verify,
            model::model_import,
            model::model_import_cancel,
            model::model_measure,
            server::server_offer,
            server::server_check,
            server::server_key_set,
            server::server_key_known,
            server::server_agree,
            server::certificates_pick,
            backup::backup_list,
            backup::backup_make,
            backup::backup_restore,
            computer::computer_check,
            computer::data_usage,
            computer::about,
        ])
        .typ::<Event>()
        .error_handling(ErrorHandlingMode::Throw)
        // Milliseconds and bytes stay far below 2^53.
        .dangerously_cast_bigints_to_number()
        .disable_serde_phases()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use specta_typescript::Typescript;

    const HEADER: &str = "// The wire between the window and the core. Generated from the Rust types; do not edit.\n";

    /// Names the page has for what the types say already.
    const FOOTER: &str = "
/** All commands, so that a test can put others in their place. */
export type Commands = typeof commands;
/** The kinds of edits. */
export type EditKind = Edit[\"kind\"];
";

    /// `npm run gen` sets it.
    const WRITE: &str = "ASTRA_WRITE_BINDINGS";

    #[test]
    fn the_page_knows_the_commands_and_types_as_they_are() {
        let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/ipc/bindings.ts");
        let fresh = bindings();
        if std::env::var_os(WRITE).is_some() {
            fs::write(&committed, &fresh).unwrap();
        }
        assert_eq!(fs::read_to_string(committed).unwrap(), fresh, "`npm run gen` writes the page's bindings anew");
    }

    fn bindings() -> String {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("bindings.ts");
        super::all().export(Typescript::default().header(HEADER), &path).unwrap();
        // A field with a default may be missing from an old row of the store, but never on the wire.
        // A field that a variant must not have is the other way round.
        let text = fs::read_to_string(&path).unwrap().replace("?: ", ": ").replace(": never", "?: never");
        let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        format!("{}\n{FOOTER}", lines.join("\n"))
    }
}
