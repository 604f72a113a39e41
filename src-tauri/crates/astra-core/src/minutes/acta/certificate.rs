//! The last page: which recordings the acta was made from and how they became text. It claims what was
//! measured and no more.

use super::writing::{Writing, given, plain};
use crate::export::page::{Block, Run, Style as Look, Table};
use crate::export::{self, clock, length};
use crate::minutes::What;
use crate::transcript::{Mark, Utterance};

/// The page, unless the house does without or there is no recording.
pub(super) fn written(writing: &Writing<'_>) -> Vec<Block> {
    let material = writing.material;
    if !writing.style.certificate || material.recordings.is_empty() {
        return vec![];
    }
    let mut rows: Vec<(String, String)> = Vec::new();
    let several = material.recordings.len() > 1;
    for (index, recording) in material.recordings.iter().enumerate() {
        let number = (index + 1).to_string();
        let label = match several {
            true => writing.say("certificate.recording_number", &[("number", &number)]),
            false => writing.say("certificate.recording", &[]),
        };
        let hash = match recording.sha256.as_deref().and_then(given) {
            Some(hash) if recording.streamed => writing.say("certificate.hash_streamed", &[("hash", &hash)]),
            Some(hash) => writing.say("certificate.hash", &[("hash", &hash)]),
            None => writing.say("certificate.no_hash", &[]),
        };
        let lasts = writing.say("certificate.lasts", &[("length", &length(recording.duration_ms))]);
        rows.push((label, format!("{}\n{lasts}\n{hash}", given(&recording.name).unwrap_or_default())));
    }
    if let Some(listening) = &material.listening {
        let engine = export::engine_name(&listening.engine);
        let model = given(&listening.model).unwrap_or_default();
        let mut said = writing.say("certificate.engine_and_model", &[("engine", &engine), ("model", &model)]);
        if let Some(hash) = given(&listening.model_sha256) {
            said = format!("{said}\n{}", writing.say("certificate.hash", &[("hash", &hash)]));
        }
        for other in &listening.other_models {
            said = format!("{said}\n{}", export::other_model(other));
        }
        rows.push((writing.say("certificate.engine", &[]), said));
        rows.push((writing.say("certificate.coverage", &[]), export::coverage_sentence(&listening.coverage)));
    }
    if let Some(said) = touched(writing) {
        rows.push((writing.say("certificate.touched", &[]), said));
    }
    rows.push((writing.say("certificate.inaudible", &[]), inaudible(writing)));
    if let Some(recesses) = recesses(writing) {
        rows.push((writing.say("certificate.recess", &[]), recesses));
    }
    let rows = rows.into_iter().map(|(label, value)| vec![vec![Run::plain(label)], vec![Run::plain(value)]]).collect();
    let description = writing.say("heading.certificate", &[]);
    vec![
        Block::PageBreak,
        writing.heading("heading.certificate"),
        plain(Look::Normal, writing.say("certificate.introduction", &[])),
        Block::Table(Table { head: vec![], rows, widths: vec![18, 82], description }),
        plain(Look::Note, writing.say("certificate.note", &[])),
    ]
}

/// How much of the text of this copy stands in passages that a person corrected or confirmed, and, if a machine
/// listened, how many of its words are not the machine's. Of words that a person took out nothing is said.
fn touched(writing: &Writing<'_>) -> Option<String> {
    let Revision { words, touched, corrected } = Revision::of(writing);
    if words == 0 {
        return None;
    }
    let share = writing.say("certificate.share", &[("percent", &export::percent(touched, words))]);
    let (typed, all, percent) = (corrected.to_string(), words.to_string(), export::percent(corrected, words));
    let parameters = [("count", typed.as_str()), ("words", &all), ("percent", &percent)];
    let counted = writing.material.listening.as_ref().map(|_| writing.say("certificate.corrected", &parameters));
    Some([Some(share), counted].into_iter().flatten().collect::<Vec<_>>().join("\n"))
}

/// What people did to the text of a copy, in words.
pub(super) struct Revision {
    /// How many words it has.
    pub(super) words: u64,
    /// How many of them stand in passages that somebody corrected or confirmed.
    pub(super) touched: u64,
    /// How many of them are not as the machine wrote them.
    pub(super) corrected: u64,
}

impl Revision {
    /// Of the text of this copy: what is inaudible has none, what is reserved is in the complete one only.
    pub(super) fn of(writing: &Writing<'_>) -> Self {
        let shown = writing.material.utterances.iter().filter(|utterance| match utterance.mark {
            Some(Mark::Reserved) => writing.is_complete(),
            Some(Mark::Inaudible) => false,
            None => true,
        });
        let mut revision = Self { words: 0, touched: 0, corrected: 0 };
        for utterance in shown {
            let words = utterance.words.len() as u64;
            revision.words += words;
            revision.touched += if utterance.touched { words } else { 0 };
            revision.corrected += u64::from(utterance.corrected).min(words);
        }
        revision
    }
}

/// Where nothing could be understood, on the session's clock.
fn inaudible(writing: &Writing<'_>) -> String {
    let silent = |utterance: &&Utterance| match utterance.mark {
        Some(mark) => mark == Mark::Inaudible,
        None => utterance.words.is_empty() && !utterance.faults.is_empty() && !utterance.touched,
    };
    let passages = writing.material.utterances.iter().filter(silent);
    let passages: Vec<String> = passages.map(|one| between(writing, one.start_ms, one.end_ms)).collect();
    match passages.is_empty() {
        true => writing.say("certificate.none", &[]),
        false => passages.join("; "),
    }
}

/// What is left out because it was said while the sitting paused.
fn recesses(writing: &Writing<'_>) -> Option<String> {
    let recesses = writing.material.entries().iter().filter(|entry| matches!(entry.what, What::Recess { .. }));
    let recesses: Vec<String> = recesses
        .filter_map(|entry| entry.heard)
        // While nothing was recorded nothing was said.
        .filter(|heard| heard.from < heard.to)
        .map(|heard| (writing.clock.session_ms(heard.from), writing.clock.session_ms(heard.to)))
        .map(|(from, to)| between(writing, from, to))
        .collect();
    (!recesses.is_empty()).then(|| writing.say("certificate.recess_between", &[("passages", &recesses.join("; "))]))
}

fn between(writing: &Writing<'_>, from_ms: u64, to_ms: u64) -> String {
    // The end is the second in which it ends, so that short passages do not read as empty.
    let to_ms = to_ms.max(from_ms).div_ceil(1000).saturating_mul(1000);
    writing.say("certificate.between", &[("from", &clock(from_ms)), ("to", &clock(to_ms))])
}
