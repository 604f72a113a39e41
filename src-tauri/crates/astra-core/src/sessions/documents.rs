//! A session's documents: put together from what was heard, and written so that a file somebody
//! made or changed is never replaced and a half-written one never seen.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::{Outcome, Part, Recording, StoredChunk};
use crate::app::App;
use crate::chunks::samples_to_ms;
use crate::disk;
use crate::error::{Error, Result};
use crate::event::Event;
use crate::export::{self, Document, Format, OtherModel, RecordingFacts};
use crate::fingerprint::Fingerprint;
use crate::guard::{self, Answered, Coverage, Doubt, Fault};
use crate::minutes::Record;
use crate::models;
use crate::sentences::sentence;
use crate::store::{SessionSummary, Wish};
use crate::transcript::{Hearing, Scene, Segment, Utterance, Word, corrected};

/// Bytes a document's name may have before its number and extension: file systems allow 255.
const LONGEST_STEM: usize = 200;

/// A recording's name without its extension: what a session is called until somebody says better.
pub fn title_of(recordings: &[Recording]) -> String {
    let Some(recording) = recordings.first() else { return String::new() };
    let stem = Path::new(&recording.name).file_stem();
    stem.map_or_else(|| recording.name.clone(), |stem| stem.to_string_lossy().into_owned())
}

/// The text of a session as the secretary left it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Text {
    /// Segments and speakers.
    pub scene: Scene,
    /// What was heard behind them and is not certain yet, at most one for each part, on the
    /// recording's clock.
    pub tails: Vec<Utterance>,
    /// What the sitting was.
    pub record: Record,
}

/// Puts a session's document together. `chunks` holds those of each part, in order.
pub fn compose(summary: &SessionSummary, chunks: &[Vec<StoredChunk>], text: Text) -> Document {
    let offsets = summary.offsets_ms();
    let mut coverage = Coverage::default();
    for ((part, chunks), offset_ms) in summary.parts.iter().zip(chunks).zip(&offsets) {
        coverage.add(&coverage_of(part, chunks), *offset_ms);
    }
    let key = summary.parts.first().map(|part| part.listening.key.clone());
    let model = key.as_ref().map(|key| key.model.clone()).unwrap_or_default();
    let unheard = summary.parts.iter().any(|part| part.listening.ended.is_none());
    let of_the_sample = summary.parts.iter().all(|part| models::is_sample(part.recording.sha256.as_deref()));
    let doubtful = model == models::DEMO && !of_the_sample;
    Document {
        title: summary.session.title.clone(),
        began_at_ms: summary.parts.first().and_then(|part| part.recording.started_at_ms),
        language: summary.session.language.clone(),
        recordings: summary.parts.iter().zip(&offsets).map(|(part, offset)| facts(&part.recording, *offset)).collect(),
        engine: key.as_ref().map(|key| key.engine.clone()).unwrap_or_default(),
        model_sha256: key.map(|key| key.model_sha256).unwrap_or_default(),
        warning: warning(doubtful, unheard),
        other_models: other_models(&summary.parts, chunks, &model),
        model,
        segments: utterances(&text, &heard_words(chunks), &offsets),
        coverage,
        record: Some(text.record).filter(|record| !record.is_empty()),
    }
}

/// The models that heard something and are not the one the session was begun with, in the order of what they heard.
fn other_models(parts: &[Part], chunks: &[Vec<StoredChunk>], model: &str) -> Vec<OtherModel> {
    let mut others: Vec<OtherModel> = Vec::new();
    for (part, chunk) in parts.iter().zip(chunks).flat_map(|(part, chunks)| chunks.iter().map(move |one| (part, one))) {
        let Outcome::Heard(hearing) = &chunk.outcome else { continue };
        let heard_by = hearing.other_model.as_ref().unwrap_or(&part.listening.key.model);
        match others.iter_mut().find(|other| other.model == *heard_by) {
            Some(other) => other.chunks += 1,
            None if heard_by != model => others.push(OtherModel { model: heard_by.clone(), chunks: 1 }),
            None => {}
        }
    }
    others
}

/// All that was heard in each part, by its beginning.
fn heard_words(chunks: &[Vec<StoredChunk>]) -> Vec<Vec<Word>> {
    let of_part = |chunks: &Vec<StoredChunk>| {
        let heard = chunks.iter().filter_map(|chunk| match &chunk.outcome {
            Outcome::Heard(hearing) => Some(&hearing.words),
            Outcome::Waiting | Outcome::Unheard => None,
        });
        let mut words: Vec<Word> = heard.flatten().cloned().collect();
        words.sort_by_key(|word| word.start_ms);
        words
    };
    chunks.iter().map(of_part).collect()
}

/// The text on the session's clock, with the names of the speakers.
fn utterances(text: &Text, heard: &[Vec<Word>], offsets: &[u64]) -> Vec<Utterance> {
    let named = |id| text.scene.speakers.iter().find(|speaker| Some(speaker.id) == id);
    let segments = &text.scene.segments;
    let count = |at: usize, segment: &Segment| {
        let beside = |at: Option<usize>| segments.get(at?).filter(|other| other.part == segment.part);
        let from = beside(at.checked_sub(1)).map_or(0, |before| before.end_ms);
        let to = beside(Some(at + 1)).map_or(u64::MAX, |behind| behind.start_ms);
        corrected(segment, heard.get(segment.part as usize).map_or(&[], Vec::as_slice), (from, to))
    };
    let segments = segments.iter().enumerate().map(|(at, segment)| Utterance {
        words: segment.words(),
        corrected: count(at, segment),
        respelled: segment.respelled.clone(),
        speaker: named(segment.speaker).map(|speaker| speaker.name.clone()),
        mark: segment.mark,
        touched: segment.touched,
        ..Utterance::heard(segment.part as usize, segment.start_ms, segment.end_ms, segment.faults.clone())
    });
    let on_the_session_s_clock = |mut utterance: Utterance| {
        let offset_ms = offsets.get(utterance.recording).copied().unwrap_or_default();
        utterance.start_ms += offset_ms;
        utterance.end_ms += offset_ms;
        for word in &mut utterance.words {
            word.start_ms += offset_ms;
            word.end_ms += offset_ms;
        }
        utterance
    };
    let mut utterances: Vec<Utterance> =
        segments.chain(text.tails.iter().cloned()).map(on_the_session_s_clock).collect();
    utterances.sort_by_key(|utterance| (utterance.recording, utterance.start_ms));
    utterances
}

/// What must stand at the head of every document.
fn warning(doubtful: bool, unheard: bool) -> Option<String> {
    let demo = doubtful.then(|| sentence("document.demo_model", &[]));
    let rest = unheard.then(|| sentence("document.unfinished", &[]));
    let warnings: Vec<String> = [rest, demo].into_iter().flatten().collect();
    (!warnings.is_empty()).then(|| warnings.join(" "))
}

/// How much of a recording's speech gave text, on the recording's clock.
fn coverage_of(part: &Part, chunks: &[StoredChunk]) -> Coverage {
    let recording = &part.recording;
    let audio_ms = recording.duration_ms.or(recording.claimed_ms).unwrap_or_default();
    let speech: Vec<_> = chunks.iter().map(|chunk| guard::speech_ms(&chunk.speech)).collect();
    let hearings: Vec<Hearing> = chunks.iter().map(hearing).collect();
    let answered: Vec<Answered> = hearings
        .iter()
        .zip(&speech)
        .map(|(Hearing { start_ms, end_ms, words, faults, .. }, speech)| Answered {
            span: *start_ms..*end_ms,
            speech,
            words,
            faults,
        })
        .collect();
    let mut coverage = Coverage::new(audio_ms, &answered);
    if part.listening.ended.is_none() {
        // Nobody knows yet how much speech is in the rest, so all of it counts as missing.
        let cut_ms = chunks.last().map_or(0, |chunk| chunk.span.end_ms());
        coverage.speech_ms += audio_ms.saturating_sub(cut_ms);
        coverage.doubts.push(Doubt { start_ms: cut_ms, end_ms: audio_ms.max(cut_ms), fault: Fault::Unheard });
    }
    if let Some(missing) = recording.shortfall() {
        coverage.doubts.push(Doubt { start_ms: missing.start, end_ms: missing.end, fault: Fault::EndedEarly });
    }
    coverage
}

/// Whether documents can be written into `folder`, tried before hours of listening.
///
/// # Errors
/// [`Error::NotWritable`] or [`Error::DiskFull`].
pub fn check_folder(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).map_err(|error| Error::writing(folder, &error))?;
    let probe = folder.join(format!(".astra-{}.part", std::process::id()));
    File::create(&probe).map_err(|error| Error::writing(folder, &error))?;
    fs::remove_file(&probe).map_err(|error| Error::writing(folder, &error))
}

/// Writes the documents wished for and returns where they are.
///
/// # Errors
/// [`Error::NotWritable`] or [`Error::DiskFull`]; what stood there before stands there still.
pub async fn write(
    app: &App,
    summary: &SessionSummary,
    document: &Document,
    wish: &Wish,
) -> Result<Vec<(Format, PathBuf)>> {
    check_folder(&wish.out)?;
    // Two programs must not look for a free name, or write beside the same one, at once.
    let _claim = app.folder().claim()?;
    let stem = file_stem(&summary.session.title);
    let mut written = Vec::with_capacity(wish.formats.len());
    for format in &wish.formats {
        app.emit(Event::DocumentStarted { format: *format });
        let bytes = export::write(document, *format)?;
        let path = write_one(app, summary, format.extension(), &wish.out, &stem, &bytes).await?;
        app.emit(Event::DocumentWritten { format: *format, path: path.display().to_string() });
        written.push((*format, path));
    }
    Ok(written)
}

/// Writes one document of a session under a name of its own, or beside what somebody else keeps there.
///
/// # Errors
/// Those of [`write`].
pub async fn write_alone(
    app: &App,
    summary: &SessionSummary,
    extension: &str,
    folder: &Path,
    name: &str,
    bytes: &[u8],
) -> Result<PathBuf> {
    check_folder(folder)?;
    let _claim = app.folder().claim()?;
    write_one(app, summary, extension, folder, name, bytes).await
}

/// Finds a name that is free, or holds what Astra wrote and nobody changed or has open, and
/// writes there.
async fn write_one(
    app: &App,
    summary: &SessionSummary,
    extension: &str,
    folder: &Path,
    stem: &str,
    bytes: &[u8],
) -> Result<PathBuf> {
    let sha256 = Fingerprint::of(bytes);
    for number in 1_u32.. {
        let path = match number {
            1 => folder.join(format!("{stem}.{extension}")),
            _ => folder.join(format!("{stem} ({number}).{extension}")),
        };
        if app.store().holds_issued_acta(&path).await? {
            continue;
        }
        if path.exists() {
            let found = fs::read(&path).map(|bytes| Fingerprint::of(&bytes)).unwrap_or_default();
            if found != sha256 {
                let ours =
                    app.store().document_sha256(summary.session.id, &path).await?.is_some_and(|known| known == found);
                if !ours || is_open_elsewhere(&path) || !replace(&path, bytes)? {
                    continue;
                }
            }
        } else if !replace(&path, bytes)? {
            continue;
        }
        app.store().put_document(summary.session.id, extension, &path, &sha256).await?;
        return Ok(path);
    }
    Err(Error::Broken { reason: "no free name for a document".to_owned() })
}

/// Word and LibreOffice leave a file beside a document while it is open.
fn is_open_elsewhere(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    // Word drops the first two letters of names longer than eight to make room for its mark.
    let shortened: String = name.chars().skip(2).collect();
    [format!("~${name}"), format!("~${shortened}"), format!(".~lock.{name}#")]
        .iter()
        .any(|mark| path.with_file_name(mark).exists())
}

/// Writes beside the target and renames, so that nobody ever sees half a document. `false` when
/// the target is held by another program, which only Windows forbids to replace.
fn replace(path: &Path, bytes: &[u8]) -> Result<bool> {
    let part =
        path.with_file_name(format!(".astra-{}.part", &Fingerprint::of(path.as_os_str().as_encoded_bytes())[..16]));
    let outcome = write_through(&part, bytes).and_then(|()| fs::rename(&part, path));
    match outcome {
        Ok(()) => {
            disk::sync_folder_of(path);
            Ok(true)
        }
        Err(error) => {
            // What is left of a failed attempt is ours to remove; if that fails too, the first
            // error is the one to tell.
            let _ = fs::remove_file(&part);
            if is_held(&error) && path.exists() {
                return Ok(false);
            }
            Err(Error::writing(path, &error))
        }
    }
}

/// Whether another program holds the file. Windows has codes of its own for that: 32 and 33 are
/// sharing and lock violations.
fn is_held(error: &std::io::Error) -> bool {
    error.kind() == std::io::ErrorKind::PermissionDenied
        || (cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33)))
}

fn write_through(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// A name of a file that holds a title as far as file systems allow.
pub fn file_stem(title: &str) -> String {
    let clean = sanitize_filename::sanitize_with_options(
        title,
        sanitize_filename::Options { windows: true, truncate: false, replacement: "-" },
    );
    let mut clean = clean.trim().trim_start_matches('.').to_owned();
    while clean.len() > LONGEST_STEM {
        clean.pop();
    }
    let clean = clean.trim_end().to_owned();
    if clean.is_empty() { sentence("document.untitled", &[]) } else { clean }
}

/// What was heard in a chunk. One that nobody has listened to yet is as good as unheard.
pub(crate) fn hearing(chunk: &StoredChunk) -> Hearing {
    let (words, faults) = match &chunk.outcome {
        Outcome::Heard(hearing) => (hearing.words.clone(), hearing.faults.clone()),
        Outcome::Waiting | Outcome::Unheard => (Vec::new(), vec![Fault::Unheard]),
    };
    Hearing {
        start_ms: chunk.span.start_ms(),
        end_ms: chunk.span.end_ms(),
        overlap_ms: samples_to_ms(chunk.overlap),
        words,
        faults,
    }
}

fn facts(recording: &Recording, offset_ms: u64) -> RecordingFacts {
    RecordingFacts {
        name: recording.name.clone(),
        sha256: recording.sha256.clone(),
        streamed: matches!(recording.source, super::Source::Url(_)),
        offset_ms,
        duration_ms: recording.duration_ms.or(recording.claimed_ms).unwrap_or_default(),
    }
}
