//! Who had the floor: what was said and what the minutes state of it, in one sequence, in which
//! consecutive utterances of one speaker are a turn.

use super::{Entry, Moment, Stretch, What};
use crate::transcript::{Mark, Utterance};

/// A piece of the sequence.
#[derive(Debug, Clone, PartialEq)]
pub enum Step<'a> {
    /// Somebody spoke.
    Turn(Turn<'a>),
    /// Something was said that is not for the public; only when it is left out.
    Reserved,
    /// Something that the minutes state.
    Entry(&'a Entry),
}

/// What one person said until somebody else spoke or something was dealt with, voted, decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn<'a> {
    /// Who spoke, as the transcript writes it, if somebody said so.
    pub speaker: Option<&'a str>,
    /// Whether it is marked as not for the public.
    pub reserved: bool,
    /// From its first utterance to the end of its last.
    pub heard: Stretch,
    /// What was said, in order.
    pub utterances: Vec<&'a Utterance>,
}

/// Where the recordings of a session start on its clock, by which what is stored for a recording and what
/// is said on the session's clock are compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clock {
    /// The start of each part, in milliseconds of the session.
    pub offsets_ms: Vec<u64>,
}

impl Clock {
    /// Where an utterance stands in its recording.
    pub fn heard(&self, utterance: &Utterance) -> Stretch {
        let part = u32::try_from(utterance.recording).unwrap_or(u32::MAX);
        let offset_ms = self.offset_ms(utterance.recording);
        let at = |ms: u64| Moment { part, ms: ms.saturating_sub(offset_ms) };
        Stretch { from: at(utterance.start_ms), to: at(utterance.end_ms) }
    }

    /// A moment in milliseconds of the session.
    pub fn session_ms(&self, moment: Moment) -> u64 {
        self.offset_ms(moment.part as usize).saturating_add(moment.ms)
    }

    fn offset_ms(&self, part: usize) -> u64 {
        self.offsets_ms.get(part).copied().unwrap_or_default()
    }
}

impl Stretch {
    /// The moment half way, or the end when it reaches over several recordings.
    pub(crate) fn middle(&self) -> Moment {
        if self.from.part == self.to.part {
            Moment { part: self.from.part, ms: self.from.ms.midpoint(self.to.ms) }
        } else {
            self.to
        }
    }

    /// Whether the moment is in it.
    pub(crate) fn holds(&self, moment: Moment) -> bool {
        (self.from..=self.to).contains(&moment)
    }
}

/// What was said and what can be heard of the `entries`, in the order of the sound.
///
/// An item and a bill stand before what was said of them, a recess after the words that begin it,
/// one in which nothing was recorded where it is, everything else after all of it, though never behind the beginning of the next item. An utterance belongs where most of it lies. What was
/// said in a recess is nobody's business and is left out, between the words that begin it and those that
/// end it. Without `reserved`, what is marked so is left out too, with what was stated in it.
pub fn steps<'a>(utterances: &'a [Utterance], entries: &'a [Entry], clock: &Clock, reserved: bool) -> Vec<Step<'a>> {
    let recesses: Vec<Stretch> =
        entries.iter().filter(|entry| matches!(entry.what, What::Recess { .. })).filter_map(|e| e.heard).collect();
    let shown = entries.iter().filter(|entry| reserved || !is_reserved(entry, utterances, clock));
    let mut placed: Vec<(Moment, u8, &Entry)> =
        shown.filter_map(|entry| place(entry, entries).map(|(moment, rank)| (moment, rank, entry))).collect();
    for (moment, _, entry) in &mut placed {
        if matches!(entry.what, What::Recess { lasted_ms: None, .. }) {
            let mut heard = utterances.iter().map(|utterance| clock.heard(utterance));
            *moment = heard.find(|heard| *moment <= heard.from).map_or(*moment, |first| first.to);
        }
    }
    placed.sort_by_key(|(moment, rank, _)| (*moment, *rank));
    let mut placed = placed.into_iter().peekable();

    let mut steps: Vec<Step<'a>> = Vec::new();
    for utterance in utterances {
        let heard = clock.heard(utterance);
        if recesses.iter().any(|recess| recess.from < heard.from && heard.to < recess.to) {
            continue;
        }
        while let Some((_, _, entry)) = placed.next_if(|(moment, _, _)| *moment <= heard.middle()) {
            steps.push(Step::Entry(entry));
        }
        put(&mut steps, utterance, heard, reserved);
    }
    steps.extend(placed.map(|(_, _, entry)| Step::Entry(entry)));
    steps
}

/// Whether what can be heard of an entry is marked as not for the public: every utterance that lies in it for
/// the most part, or else the one in which it lies.
pub fn is_reserved(entry: &Entry, utterances: &[Utterance], clock: &Clock) -> bool {
    let Some(stretch) = entry.heard else { return false };
    if entry.reserves().is_some() {
        return true;
    }
    let of_it = |holds: &dyn Fn(Stretch) -> bool| {
        let marks = utterances.iter().filter(|utterance| holds(clock.heard(utterance))).map(|utterance| utterance.mark);
        marks.map(|mark| mark == Some(Mark::Reserved)).reduce(|all, one| all && one)
    };
    let inside = of_it(&|heard| stretch.holds(heard.middle()));
    inside.or_else(|| of_it(&|heard| heard.holds(stretch.middle()))).unwrap_or(false)
}

fn put<'a>(steps: &mut Vec<Step<'a>>, utterance: &'a Utterance, heard: Stretch, reserved: bool) {
    let is_reserved = utterance.mark == Some(Mark::Reserved);
    if is_reserved && !reserved {
        if steps.last() != Some(&Step::Reserved) {
            steps.push(Step::Reserved);
        }
        return;
    }
    let speaker = utterance.speaker.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let silent = utterance.words.is_empty() && utterance.mark.is_none();
    if silent && (utterance.faults.is_empty() || utterance.touched) {
        return;
    }
    match steps.last_mut() {
        // A gap in which nobody is named is part of the turn around it.
        Some(Step::Turn(turn))
            if turn.reserved == is_reserved && (turn.speaker == speaker || (silent && speaker.is_none())) =>
        {
            turn.heard.to = heard.to;
            turn.utterances.push(utterance);
        }
        _ => steps.push(Step::Turn(Turn { speaker, reserved: is_reserved, heard, utterances: vec![utterance] })),
    }
}

/// Where an entry stands among what was said, and before which of those that stand there too.
fn place(entry: &Entry, entries: &[Entry]) -> Option<(Moment, u8)> {
    let heard = entry.heard?;
    match entry.what {
        What::Item(_) => Some((heard.from, 1)),
        What::Bill(_) | What::Recess { .. } => Some((heard.from, 2)),
        What::Task { .. } | What::Annex { .. } | What::NextSession { .. } => None,
        _ => {
            let items = entries.iter().filter(|other| matches!(other.what, What::Item(_)));
            let next = items.filter_map(|item| item.heard).map(|item| item.from).filter(|from| *from > heard.from);
            Some((next.min().map_or(heard.to, |next| next.min(heard.to)), 0))
        }
    }
}

#[cfg(test)]
mod tests;
