//! What can be typed. The words come from the catalogue of sentences.

mod server;
#[cfg(test)]
mod tests;
mod watch;
mod wording;

use std::ffi::OsString;
use std::path::PathBuf;

use astra_core::export::Format;
use astra_core::minutes::acta::{Copy, Kind};
use astra_core::minutes::life::Stage;
use astra_core::models::Preference;
use astra_core::sentences::sentence;
use clap::{Args, Parser, Subcommand};

pub use self::server::{Agreement, Server, ServerSet};
pub use self::watch::{Questions, Watch};
pub use self::wording::typed;

/// The command line.
#[derive(Debug, Parser)]
#[command(name = "astra", version, about = text("cli.about"))]
pub struct Arguments {
    /// Where the database and the models live.
    #[arg(long, global = true, env = "ASTRA_DATA_DIR", help = text("cli.data_dir"))]
    pub data_dir: Option<PathBuf>,
    /// One JSON object a line.
    #[arg(long, global = true, help = text("cli.json"))]
    pub json: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// What is here and what is missing.
    #[command(about = text("cli.doctor.about"))]
    Doctor,
    /// Backups of the database.
    #[command(about = text("cli.backup.about"))]
    Backup(Backup),
    /// The data folder.
    #[command(subcommand, about = text("cli.data.about"))]
    Data(Data),
    /// Anything that needs Astra itself.
    #[command(flatten)]
    Work(Work),
}

/// What needs Astra itself, with its database and models.
#[derive(Debug, Subcommand)]
pub enum Work {
    /// Listen to a session.
    #[command(about = text("cli.transcribe.about"))]
    Transcribe(Transcribe),
    /// Watch folders.
    #[command(about = text("cli.watch.about"))]
    Watch(Watch),
    /// What only a person can say of recordings that came.
    #[command(about = text("cli.questions.about"))]
    Questions(Questions),
    /// The sessions.
    #[command(subcommand, about = text("cli.sessions.about"))]
    Sessions(Sessions),
    /// Listen to passages of a session again.
    #[command(about = text("cli.listen_again.about"))]
    ListenAgain(ListenAgain),
    /// The jobs.
    #[command(subcommand, about = text("cli.jobs.about"))]
    Jobs(Jobs),
    /// The models.
    #[command(subcommand, about = text("cli.models.about"))]
    Models(Models),
    /// The server that may listen.
    #[command(subcommand, about = text("cli.server.about"))]
    Server(Server),
    /// The acta of a session.
    #[command(about = text("cli.acta.about"))]
    Acta(Acta),
    /// A session as audio, video or a picture.
    #[command(about = text("cli.render.about"))]
    Render(Render),
    /// What people changed in a session.
    #[command(about = text("cli.journal.about"))]
    Journal(Journal),
    /// Corrected sessions as a training set.
    #[command(about = text("cli.training_set.about"))]
    TrainingSet(TrainingSet),
    /// Who sits in the council.
    #[command(subcommand, about = text("cli.roster.about"))]
    Roster(Roster),
    /// The council's own words.
    #[command(subcommand, about = text("cli.vocabulary.about"))]
    Vocabulary(Vocabulary),
}

/// Listen to a session.
#[derive(Debug, Args)]
pub struct Transcribe {
    /// Its recordings.
    #[arg(required = true, help = text("cli.transcribe.recordings"))]
    pub recordings: Vec<OsString>,
    /// Where the documents go.
    #[arg(long, help = text("cli.transcribe.out"))]
    pub out: Option<PathBuf>,
    /// Which documents.
    #[arg(long, value_delimiter = ',', default_value = "docx,srt,vtt,txt,json", help = text("cli.transcribe.formats"))]
    pub formats: Vec<Format>,
    /// Which model.
    #[arg(long, help = text("cli.transcribe.model"))]
    pub model: Option<String>,
    /// The address of a server that listens.
    #[arg(long, value_name = "URL", help = text("cli.transcribe.engine_url"))]
    pub engine_url: Option<String>,
    /// By the server that was chosen.
    #[arg(long, help = text("cli.transcribe.server"))]
    pub server: bool,
    /// That the sound may leave.
    #[arg(long, help = text("cli.transcribe.send_audio"))]
    pub send_audio: bool,
    /// Which language.
    #[arg(long, default_value = "es", help = text("cli.transcribe.language"))]
    pub language: String,
    /// What to call it.
    #[arg(long, help = text("cli.transcribe.title"))]
    pub title: Option<String>,
    /// How many threads.
    #[arg(long, help = text("cli.transcribe.threads"))]
    pub threads: Option<usize>,
    /// Even if it was heard before.
    #[arg(long, help = text("cli.transcribe.again"))]
    pub again: bool,
    /// Without a copy of the sound.
    #[arg(long, help = text("cli.transcribe.no_copy"))]
    pub no_copy: bool,
}

/// The sessions.
#[derive(Debug, Subcommand)]
pub enum Sessions {
    /// List them.
    #[command(about = text("cli.sessions.list"))]
    List,
    /// Show the text of one.
    #[command(about = text("cli.sessions.show"))]
    Show {
        /// Its id.
        #[arg(help = text("cli.sessions.id"))]
        id: String,
    },
    /// Write the documents of one.
    #[command(about = text("cli.sessions.export"))]
    Export {
        /// Its id.
        #[arg(help = text("cli.sessions.id"))]
        id: String,
        /// Which documents.
        #[arg(long, value_delimiter = ',', default_value = "docx", help = text("cli.transcribe.formats"))]
        formats: Vec<Format>,
        /// Where they go.
        #[arg(long, default_value = ".", help = text("cli.transcribe.out"))]
        out: PathBuf,
    },
    /// Delete one.
    #[command(about = text("cli.sessions.delete"))]
    Delete {
        /// Its id.
        #[arg(help = text("cli.sessions.id"))]
        id: String,
    },
}

/// Listen to passages of a session again.
#[derive(Debug, Args)]
pub struct ListenAgain {
    /// Its id.
    #[arg(help = text("cli.sessions.id"))]
    pub id: String,
    /// With what.
    #[arg(long, help = text("cli.listen_again.model"))]
    pub model: String,
    /// Where they begin.
    #[arg(long, value_parser = crate::listen_again::moment, help = text("cli.listen_again.from"))]
    pub from: Option<u64>,
    /// Where they end.
    #[arg(long, value_parser = crate::listen_again::moment, help = text("cli.listen_again.to"))]
    pub to: Option<u64>,
    /// Only the passages that were being said at these moments.
    #[arg(
        long, value_parser = crate::listen_again::moment, conflicts_with_all = ["from", "to"],
        help = text("cli.listen_again.at")
    )]
    pub at: Vec<u64>,
}

/// The jobs.
#[derive(Debug, Subcommand)]
pub enum Jobs {
    /// List them.
    #[command(about = text("cli.jobs.list"))]
    List,
    /// Go on with those that were cut short.
    #[command(about = text("cli.jobs.resume"))]
    Resume {
        /// Let the queue go on.
        #[arg(long, help = text("cli.jobs.resume_all"))]
        all: bool,
    },
    /// Let the queue wait.
    #[command(about = text("cli.jobs.pause"))]
    Pause {
        /// All of it.
        #[arg(long, required = true, help = text("cli.jobs.pause_all"))]
        all: bool,
    },
    /// Put one into another place.
    #[command(about = text("cli.jobs.move"))]
    Move {
        /// Its id.
        #[arg(help = text("cli.jobs.id"))]
        id: String,
        /// Where to.
        #[command(flatten)]
        to: MoveTo,
    },
    /// Give one up.
    #[command(about = text("cli.jobs.cancel"))]
    Cancel {
        /// Its id.
        #[arg(help = text("cli.jobs.id"))]
        id: String,
    },
}

/// A place of the queue.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct MoveTo {
    /// Before all others.
    #[arg(long, help = text("cli.jobs.first"))]
    pub first: bool,
    /// Behind all others.
    #[arg(long, help = text("cli.jobs.last"))]
    pub last: bool,
    /// Before another one.
    #[arg(long, value_name = "ID", help = text("cli.jobs.before"))]
    pub before: Option<String>,
}

/// The acta of a session.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Acta {
    /// What else to do than write it.
    #[command(subcommand)]
    pub act: Option<ActaAct>,
    /// Its id.
    #[arg(required = true, help = text("cli.acta.id"))]
    pub id: Option<String>,
    /// Which kind.
    #[arg(long, default_value = "literal", value_parser = kind, help = text("cli.acta.kind"))]
    pub kind: Kind,
    /// For whom.
    #[arg(long, default_value = "completa", value_parser = copy, help = text("cli.acta.copy"))]
    pub copy: Copy,
    /// In which template.
    #[arg(long, help = text("cli.acta.template"))]
    pub template: Option<String>,
    /// Where it goes.
    #[arg(long, help = text("cli.acta.out"))]
    pub out: Option<PathBuf>,
}

/// What can be done with the actas that were written.
#[derive(Debug, Subcommand)]
pub enum ActaAct {
    /// How far they are.
    #[command(about = text("cli.acta.state"))]
    State {
        /// The session's id.
        #[arg(help = text("cli.acta.id"))]
        id: String,
        /// Take one to its next stage.
        #[arg(long, value_parser = stage, help = text("cli.acta.advance"))]
        advance: Option<Stage>,
        /// Which one.
        #[arg(long, help = text("cli.acta.file"))]
        file: Option<PathBuf>,
        /// Write it as it was approved.
        #[arg(long, requires = "file", conflicts_with = "advance", help = text("cli.acta.restore"))]
        restore: Option<PathBuf>,
    },
}

/// A session as audio, video or a picture.
#[derive(Debug, Args)]
pub struct Render {
    /// Its id.
    #[arg(required_unless_present = "list", help = text("cli.render.id"))]
    pub id: Option<String>,
    /// As what.
    #[arg(long, required_unless_present = "list", help = text("cli.render.profile"))]
    pub profile: Option<String>,
    /// Where it goes.
    #[arg(long, help = text("cli.render.out"))]
    pub out: Option<PathBuf>,
    /// For whom.
    #[arg(long, default_value = "completa", value_parser = copy, help = text("cli.render.copy"))]
    pub copy: Copy,
    /// What there is to choose from.
    #[arg(long, help = text("cli.render.list"))]
    pub list: bool,
}

/// What people changed in a session.
#[derive(Debug, Args)]
pub struct Journal {
    /// Its id.
    #[arg(help = text("cli.journal.id"))]
    pub id: String,
    /// For whom.
    #[arg(long, default_value = "completa", value_parser = copy, help = text("cli.journal.copy"))]
    pub copy: Copy,
    /// Where it goes.
    #[arg(long, help = text("cli.journal.out"))]
    pub out: Option<PathBuf>,
}

fn stage(typed: &str) -> Result<Stage, String> {
    let known = Stage::all().into_iter().find(|stage| stage.id() == typed && *stage != Stage::Draft);
    known.ok_or_else(|| text("cli.acta.advance"))
}

fn kind(typed: &str) -> Result<Kind, String> {
    let known = Kind::all().into_iter().find(|kind| kind.id() == typed);
    known.ok_or_else(|| text("cli.acta.kind"))
}

fn copy(typed: &str) -> Result<Copy, String> {
    let known = Copy::all().into_iter().find(|copy| copy.id() == typed);
    known.ok_or_else(|| text("cli.acta.copy"))
}

/// Corrected sessions as a training set.
#[derive(Debug, Args)]
pub struct TrainingSet {
    /// Where it goes.
    #[arg(required = true, help = text("cli.training_set.folder"))]
    pub folder: PathBuf,
    /// Which ones.
    #[arg(long, help = text("cli.training_set.session"))]
    pub session: Vec<String>,
    /// What nobody touched too.
    #[arg(long, help = text("cli.training_set.whole"))]
    pub whole: bool,
}

/// Who sits in the council.
#[derive(Debug, Subcommand)]
pub enum Roster {
    /// List them.
    #[command(about = text("cli.roster.list"))]
    List,
    /// Take them from a file.
    #[command(about = text("cli.roster.import"))]
    Import {
        /// The file.
        #[arg(help = text("cli.roster.file"))]
        file: PathBuf,
        /// Only show who is in it.
        #[arg(long, help = text("cli.roster.dry_run"))]
        dry_run: bool,
        /// Doubtful ones too.
        #[arg(long, help = text("cli.roster.doubtful"))]
        doubtful: bool,
    },
}

/// The council's own words.
#[derive(Debug, Subcommand)]
pub enum Vocabulary {
    /// Find them in past minutes.
    #[command(about = text("cli.vocabulary.learn"))]
    Learn {
        /// The minutes.
        #[arg(required = true, help = text("cli.vocabulary.documents"))]
        documents: Vec<PathBuf>,
        /// Only show what is found.
        #[arg(long, help = text("cli.vocabulary.dry_run"))]
        dry_run: bool,
        /// Doubtful ones too.
        #[arg(long, help = text("cli.vocabulary.doubtful"))]
        doubtful: bool,
    },
    /// List them.
    #[command(about = text("cli.vocabulary.list"))]
    List,
    /// Take them from a table or list.
    #[command(about = text("cli.vocabulary.import"))]
    Import {
        /// The file.
        #[arg(help = text("cli.vocabulary.file"))]
        file: PathBuf,
    },
    /// Write them as a table.
    #[command(about = text("cli.vocabulary.export"))]
    Export {
        /// The file.
        #[arg(help = text("cli.vocabulary.file"))]
        file: PathBuf,
    },
}

/// Backups of the database.
#[derive(Debug, Args)]
pub struct Backup {
    /// What to do; list them otherwise.
    #[command(subcommand)]
    pub act: Option<BackupAct>,
}

/// What can be done with backups.
#[derive(Debug, Subcommand)]
pub enum BackupAct {
    /// List them.
    #[command(about = text("cli.backup.list"))]
    List,
    /// Make one.
    #[command(about = text("cli.backup.now"))]
    Now,
    /// Put one in the place of the database.
    #[command(about = text("cli.backup.restore"))]
    Restore {
        /// Which.
        #[arg(help = text("cli.backup.file"))]
        file: PathBuf,
    },
}

/// The data folder.
#[derive(Debug, Subcommand)]
pub enum Data {
    /// Move it elsewhere.
    #[command(about = text("cli.data.move"))]
    Move {
        /// Where to.
        #[arg(help = text("cli.data.folder"))]
        folder: PathBuf,
    },
    /// Write it into a file.
    #[command(about = text("cli.data.export"))]
    Export {
        /// Which.
        #[arg(help = text("cli.data.file"))]
        file: PathBuf,
    },
    /// Take it from a file.
    #[command(about = text("cli.data.import"))]
    Import {
        /// Which.
        #[arg(help = text("cli.data.file"))]
        file: PathBuf,
    },
}

/// The models.
#[derive(Debug, Subcommand)]
pub enum Models {
    /// List them.
    #[command(about = text("cli.models.list"))]
    List,
    /// Download one.
    #[command(about = text("cli.models.install"))]
    Install {
        /// Its id.
        #[arg(help = text("cli.models.id"))]
        id: String,
    },
    /// Take one from a file.
    #[command(about = text("cli.models.import"))]
    Import {
        /// The file.
        #[arg(help = text("cli.models.file"))]
        file: PathBuf,
    },
    /// Check them.
    #[command(about = text("cli.models.verify"))]
    Verify {
        /// Its id; all of them otherwise.
        #[arg(help = text("cli.models.verified"))]
        id: Option<String>,
    },
    /// Remove one.
    #[command(about = text("cli.models.remove"))]
    Remove {
        /// Its id.
        #[arg(help = text("cli.models.id"))]
        id: String,
    },
    /// Say which one suits this computer.
    #[command(about = text("cli.models.recommend"))]
    Recommend {
        /// How long the session is.
        #[arg(long, default_value_t = 4.0, help = text("cli.models.hours"))]
        hours: f64,
        /// What is cared for most.
        #[arg(long = "prefer", value_parser = preference, help = text("cli.models.preference"))]
        preference: Option<Preference>,
        /// Measure what was measured before.
        #[arg(long, help = text("cli.models.again"))]
        again: bool,
    },
}

fn preference(typed: &str) -> Result<Preference, String> {
    let known = [("quality", Preference::Quality), ("balance", Preference::Balance), ("speed", Preference::Speed)];
    known
        .into_iter()
        .find(|(name, _)| *name == typed)
        .map(|(_, preference)| preference)
        .ok_or_else(|| text("cli.models.preference"))
}

fn text(key: &str) -> String {
    sentence(key, &[])
}
