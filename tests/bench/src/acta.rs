//! How long a secretary waits for the acta: for what is proposed, and from the order to the Word document on the disk.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use astra_core::app::{ActaWish, App, Template};
use astra_core::engine::{Engine, Stop};
use astra_core::export::acta::ActaFormat;
use astra_core::export::template::Builtin;
use astra_core::id::{SegmentId, SessionId};
use astra_core::minutes::acta::{Copy, Kind};
use astra_core::settings::DataFolder;
use astra_core::transcript::Edit;

use crate::figure::{Figure, Target};
use crate::ground::Ground;
use crate::null_engine::NullEngine;
use crate::recording::Sound;
use crate::spread::Spread;
use crate::{listening, speech};

/// A session of some forty thousand words, which LibreOffice prints on a hundred pages, and the longest one.
const HUNDRED_PAGES_S: u64 = 18_900;
const LONGEST_S: u64 = 7 * 3600;

/// How long each may take, in seconds.
const MOST_FOR_HUNDRED_PAGES: f64 = 1.0;
const MOST_FOR_LONGEST: f64 = 3.0;

/// How many people speak, and how many segments each says in a row.
const SPEAKERS: usize = 15;
const SEGMENTS_IN_A_TURN: usize = 8;

/// How often each is written.
const RUNS: usize = 7;

/// Hears both with the engine that costs nothing, says who speaks, and writes the acta of each again and again.
///
/// # Errors
/// When Astra fails.
pub fn measure(ground: &Ground) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for (name, seconds, most) in
        [("a hundred pages", HUNDRED_PAGES_S, MOST_FOR_HUNDRED_PAGES), ("seven hours", LONGEST_S, MOST_FOR_LONGEST)]
    {
        let Waits { copies, proposing, words } = waited(&ground.recording(Sound::Dictaphone, seconds)?, ground)?;
        let spread = Spread::of(&proposing);
        figures
            .push(Figure::new(format!("what is proposed of {name}"), spread.median, "s", Target::None).under(format!(
                "{words} words; {RUNS} runs: {spread}; once for every edit while the acta is in sight"
            )));
        for (runs, whose) in copies.iter().zip(["complete", "public"]) {
            let spread = Spread::of(runs);
            figures.push(
                Figure::new(format!("acta of {name}, {whose} copy"), spread.median, "s", Target::AtMost(most)).under(
                    format!("{words} words, {SPEAKERS} speakers; {RUNS} runs: {spread}; from the order to the file"),
                ),
            );
        }
    }
    Ok(figures)
}

/// What was waited for each time, in seconds.
struct Waits {
    /// For the complete copy and for the public one.
    copies: [Vec<f64>; 2],
    /// For the proposals.
    proposing: Vec<f64>,
    /// How many words were heard.
    words: usize,
}

fn waited(recording: &Path, ground: &Ground) -> Result<Waits> {
    let folder = ground.new_folder()?;
    let words = speech::words()?;
    let engine = move |_, _| -> astra_core::Result<Box<dyn Engine>> { Ok(Box::new(NullEngine::saying(words.clone()))) };
    let session = listening::listen(recording, folder.path(), None, |_| {}, engine)?.session;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let app = App::open(DataFolder::open(Some(&folder.path().join("data")))?, |_| {}).await?;
        let words = name_speakers(&app, session).await?;
        let (mut copies, mut proposing) = ([Vec::new(), Vec::new()], Vec::new());
        for _ in 0..RUNS {
            let began = Instant::now();
            app.minutes_proposals(session).await?;
            proposing.push(began.elapsed().as_secs_f64());
        }
        for (run, at) in (0..RUNS).flat_map(|run| [(run, 0), (run, 1)]) {
            let copy = Copy::all()[at];
            let wish = ActaWish {
                kind: Kind::Literal,
                copy,
                format: ActaFormat::Docx,
                template: Template::Builtin(Builtin::Labels),
                style: None,
                folder: folder.path().join("out"),
                name: Some(format!("acta {run} {}", copy.id())),
            };
            let began = Instant::now();
            app.acta_write(session, &wish, &Stop::default()).await?;
            copies[at].push(began.elapsed().as_secs_f64());
        }
        app.store().close().await;
        Ok(Waits { copies, proposing, words })
    })
}

/// Says of every segment who speaks, in turns; returns how many words there are.
async fn name_speakers(app: &App, session: SessionId) -> Result<usize> {
    let text = app.transcript_open(session).await?;
    let mut revision = text.revision;
    for speaker in 0..SPEAKERS {
        let turns = text.segments.chunks(SEGMENTS_IN_A_TURN).skip(speaker).step_by(SPEAKERS);
        let segments: Vec<SegmentId> = turns.flatten().map(|segment| segment.id).collect();
        if !segments.is_empty() {
            let name = Edit::Name { segments, name: format!("Concejal Número {}", speaker + 1) };
            revision = app.transcript_edit(session, revision, &name).await?.revision;
        }
    }
    Ok(text.segments.iter().map(|segment| segment.word_count()).sum())
}
