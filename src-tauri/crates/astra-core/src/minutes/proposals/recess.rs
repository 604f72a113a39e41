//! Recesses: declared by the chair, over when the session goes on.

use super::families::Event;
use super::numbers::minutes;
use super::sitting::{Cue, Sitting};
use super::{Kind, Proposal};

/// A silence as long as this after a recess was declared is the recess itself.
const SILENCE_MS: u64 = 120_000;

/// Nobody waits longer than so many lines for a session to go on.
const LONGEST: usize = 40;

/// Every recess, each once.
pub(super) fn recesses(sitting: &Sitting<'_>) -> Vec<Proposal> {
    let mut proposals = Vec::new();
    let mut until = None;
    let found: Vec<&Cue> = sitting.signs(&[Event::Recess]).filter(|cue| !wished(sitting, cue)).collect();
    for cue in found {
        if until.is_some_and(|until| cue.line <= until) {
            continue;
        }
        let last = last(sitting, cue.line);
        until = Some(last.max(cue.line + 5));
        let minutes = announced(sitting, cue.line).or_else(|| announced(sitting, cue.line + 1));
        let sure = if minutes.is_some() { 0.9 } else { 0.7 };
        proposals.push(sitting.proposal(Kind::Recess { minutes }, cue.line..=last, cue, sure));
    }
    proposals
}

/// Whether the recess is asked for, put to the vote or told, and not declared.
fn wished(sitting: &Sitting<'_>, cue: &Cue) -> bool {
    let words = sitting.own_words(cue.line);
    let signs = sitting.signs_in(cue.line..cue.line + 1);
    let wish =
        signs.iter().any(|sign| sign.event == Event::RecessWish && sign.from <= cue.from && sign.to + 2 >= cue.to);
    let declared = words[cue.from].starts_with("declar") || words[cue.from].starts_with("decret");
    let asked = sitting.utterances[cue.line].text.trim_end().ends_with('?');
    let counted = words.iter().any(|word| {
        matches!(*word, "receso" | "suspende" | "suspendemos" | "suspendo" | "intermedio" | "interrumpimos")
            || matches!(*word, "paramos" | "paremos" | "parar" | "pausa" | "descanso" | "descansamos")
    });
    wish && !declared || asked || !counted && cue.to <= words.len()
}

fn announced(sitting: &Sitting<'_>, line: usize) -> Option<u32> {
    if line >= sitting.lines.len() {
        return None;
    }
    let words = sitting.words(line);
    (0..sitting.lines[line].own).find_map(|at| minutes(&words[at..]).filter(|_| words[at] != "y"))
}

/// The last line before the session goes on, or the line before a long silence.
fn last(sitting: &Sitting<'_>, line: usize) -> usize {
    let end = sitting.lines.len().min(line + LONGEST);
    let resumed = sitting.signs_in(line + 1..end).iter().find(|cue| cue.event == Event::Resume).map(|cue| cue.line);
    let silent = (line..end.saturating_sub(1))
        .find(|at| sitting.utterances[at + 1].start_ms > sitting.utterances[*at].end_ms + SILENCE_MS);
    resumed.or(silent).unwrap_or(line)
}
