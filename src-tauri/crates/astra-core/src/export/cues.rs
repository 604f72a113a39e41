//! Subtitles before they have a file format: which words stand on screen together, on which lines
//! and for how long. Shared by SRT and VTT.
//!
//! The limits are the usual ones of subtitling in Spanish (two lines, 42 characters, one to seven
//! seconds, 17 characters a second). Where to cut is found for all words between two long silences at
//! once, by dynamic programming over a cost: it prefers ends of sentences and pauses, avoids leaving an
//! article or a preposition behind, and keeps cues on screen long enough to be read.

use std::borrow::Cow;
use std::rc::Rc;

use super::lines::one_line;
use super::shown::{Shown, shown};
use super::turns::Turns;
use super::{Document, facts};
use crate::sentences::sentence;
use crate::transcript::{Mark, Word};

use layout::Layout;
use pieces::Piece;

mod layout;
mod pieces;

/// The most characters a line may hold.
pub(crate) const LINE_CHARS: usize = 42;

/// How long a cue stays on screen at least, in milliseconds, unless the next one needs its place.
pub(crate) const MIN_MS: u64 = 1_000;

/// How long a cue stays on screen at most, in milliseconds.
pub(crate) const MAX_MS: u64 = 7_000;

/// How many characters a second can be read.
pub(crate) const CHARS_PER_SECOND: u64 = 17;

/// How a file says who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    /// In the text, where a turn begins.
    InText,
    /// Beside every cue, outside the text.
    Beside,
}

/// Some text on screen, in milliseconds of the session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cue {
    /// When it appears.
    pub(crate) start_ms: u64,
    /// When it goes: later than `start_ms`, and not later than the next cue appears.
    pub(crate) end_ms: u64,
    /// Whose words they are, once somebody said so. A cue never holds the words of two speakers.
    pub(crate) speaker: Option<Rc<str>>,
    /// One line or two, none of them empty.
    pub(crate) lines: Vec<String>,
}

/// A stretch of the session as far as it is for the screen.
#[derive(Debug)]
struct Spoken<'a> {
    /// Which recording of the session it comes from, from 0.
    recording: usize,
    /// The words, on one line something.
    words: Cow<'a, [Word]>,
    /// Who speaks.
    speaker: Option<Rc<str>>,
    /// What stands before the words because a turn begins: no longer than a line.
    opening: Option<String>,
    /// Whether neither the words before nor those after may share a cue with it.
    apart: bool,
}

/// The cues of a document: the warning first when there is one, since a subtitle has no other head
/// that a viewer sees, and then everything that was said, in order and without loss. Stretches without
/// words give none, unless the secretary says that they are inaudible.
pub(crate) fn of(document: &Document, names: Names) -> Vec<Cue> {
    let mut turns = Turns::new(document);
    let cues = cues(shown(document).filter_map(|stretch| Spoken::of(&stretch, &mut turns, names)));
    match facts::warning(document) {
        Some(warning) => headed_by(&warning, cues),
        None => cues,
    }
}

fn cues<'a>(stretches: impl Iterator<Item = Spoken<'a>>) -> Vec<Cue> {
    let pieces = pieces::pieces(stretches);
    let mut cues = Vec::new();
    let mut start = 0;
    for end in 1..=pieces.len() {
        if end == pieces.len() || pieces[end - 1].ends_block {
            cut(&pieces, start, end, &mut cues);
            start = end;
        }
    }
    schedule(&mut cues);
    cues
}

impl<'a> Spoken<'a> {
    /// What a stretch puts on the screen, or nothing. What is reserved puts nothing there, but the words
    /// around it stay apart.
    fn of(stretch: &Shown<'a>, turns: &mut Turns, names: Names) -> Option<Self> {
        let words = match stretch.mark {
            Some(Mark::Inaudible) => Cow::Owned(vec![Word {
                text: sentence("document.mark_inaudible_cue", &[]),
                start_ms: stretch.start_ms,
                end_ms: stretch.end_ms,
                confidence: 1.0,
            }]),
            Some(Mark::Reserved) => Cow::Borrowed(stretch.words),
            None if one_line(&stretch.text()).is_empty() => return None,
            None => Cow::Borrowed(stretch.words),
        };
        let opening = turns.opened_by(stretch).filter(|_| names == Names::InText).map(|name| label(&name));
        let speaker = stretch.speaker.as_deref().map(Rc::from);
        Some(Self { recording: stretch.recording, words, speaker, opening, apart: stretch.mark.is_some() })
    }
}

/// A name before words, shortened if it would not fit on a line.
fn label(name: &str) -> String {
    let whole = sentence("document.turn", &[("name", name)]);
    let excess = whole.chars().count().saturating_sub(LINE_CHARS);
    if excess == 0 {
        return whole;
    }
    let kept: String = name.chars().take(name.chars().count().saturating_sub(excess + 1)).collect();
    let words = kept.rsplit_once(' ').map_or(kept.as_str(), |(words, _)| words);
    sentence("document.turn", &[("name", &format!("{words}…"))])
}

/// When a cue goes: after its last word, or later when reading takes longer, but never later than
/// the next words are said (`limit`) and never after the longest time.
fn end_of(start: u64, spoken_until: u64, chars: usize, limit: u64) -> u64 {
    let readable = start.saturating_add(reading_ms(chars).max(MIN_MS));
    spoken_until.max(readable).min(start.saturating_add(MAX_MS)).min(limit)
}

fn reading_ms(chars: usize) -> u64 {
    (chars as u64 * 1000).div_ceil(CHARS_PER_SECOND)
}

/// Cuts the pieces `start..end`, which no long silence divides, into the cheapest row of cues.
fn cut(pieces: &[Piece], start: usize, end: usize, cues: &mut Vec<Cue>) {
    // best[k]: the cheapest way to show start..start+k, and where its last cue begins.
    let mut best: Vec<(u64, usize)> = vec![(0, start)];
    for last in start..end {
        let mut cheapest = (u64::MAX, last);
        for first in (start..=last).rev() {
            let Some(cost) = cost(pieces, first, last) else { break };
            let total = best[first - start].0.saturating_add(cost);
            if total < cheapest.0 {
                cheapest = (total, first);
            }
        }
        best.push(cheapest);
    }
    let mut bounds = Vec::new();
    let mut until = end;
    while until > start {
        let from = best[until - start].1;
        bounds.push((from, until));
        until = from;
    }
    for &(from, until) in bounds.iter().rev() {
        let shown = &pieces[from..until];
        let Some(layout) = Layout::of(shown) else { continue };
        let (start_ms, spoken_until) = (shown[0].start_ms, shown[shown.len() - 1].end_ms);
        let speaker = shown[0].speaker.clone();
        cues.push(Cue { start_ms, end_ms: spoken_until, speaker, lines: layout.lines(shown) });
    }
}

/// What it costs to show the pieces `first..=last` together, or nothing when they do not fit. A single
/// piece always fits, and so does a name with one: both are cut to the length of a line before.
fn cost(pieces: &[Piece], first: usize, last: usize) -> Option<u64> {
    /// Each cue costs something, so that short ones are joined.
    const CUE: u64 = 24;
    /// Per second missing to the shortest time on screen, per character a second too many, and for a
    /// text too short to be worth a cue. Weighed by eye on council sessions.
    const HURRY_PER_SECOND: u64 = 80;
    const PER_EXCESS_SPEED: u64 = 6;
    const SCRAP: u64 = 12;
    const SCRAP_CHARS: usize = 14;
    /// A name never stands on the screen without words.
    const NAME_ALONE: u64 = 1_000_000;

    let shown = &pieces[first..=last];
    let layout = Layout::of(shown)?;
    let (start, spoken_until) = (shown[0].start_ms, pieces[last].end_ms);
    let first_word = first + usize::from(pieces[first].is_name);
    if first_word < last && spoken_until - start > MAX_MS {
        return None;
    }
    let limit = pieces.get(last + 1).map_or(u64::MAX, |next| next.start_ms);
    let on_screen = end_of(start, spoken_until, layout.chars, limit) - start;
    let hurry = MIN_MS.saturating_sub(on_screen) * HURRY_PER_SECOND / 1000;
    let speed = layout.chars as u64 * 1000 / on_screen.max(MIN_MS / 2);
    let excess = speed.saturating_sub(CHARS_PER_SECOND) * PER_EXCESS_SPEED;
    let scrap = if layout.chars < SCRAP_CHARS { SCRAP } else { 0 };
    let name_alone = if pieces[last].is_name { NAME_ALONE } else { 0 };
    Some(CUE + hurry + excess + scrap + name_alone + layout.cost + 3 * pieces[last].break_cost)
}

/// Sets when each cue goes, from when its last word was said. Every cue gets a time of its own, if
/// only a millisecond: words without times (an engine that knows none, many words in one instant) would
/// otherwise make cues of no length, which players refuse.
fn schedule(cues: &mut [Cue]) {
    let mut free_from = 0;
    for index in 0..cues.len() {
        let limit = cues.get(index + 1).map_or(u64::MAX, |next| next.start_ms);
        let cue = &mut cues[index];
        let chars = cue.lines.iter().map(|line| line.chars().count() + 1).sum::<usize>().saturating_sub(1);
        cue.start_ms = cue.start_ms.max(free_from);
        cue.end_ms = end_of(cue.start_ms, cue.end_ms, chars, limit).max(cue.start_ms.saturating_add(1));
        free_from = cue.end_ms;
    }
}

/// Puts the warning before the first words, from zero. When somebody speaks at once the words wait
/// for it: a moment's delay is better than subtitles that look trustworthy.
fn headed_by(warning: &str, cues: Vec<Cue>) -> Vec<Cue> {
    let mut clock = 0;
    let words = warning.split(' ').map(|text| {
        let start_ms = clock;
        clock += reading_ms(text.chars().count() + 1);
        Word { text: text.to_owned(), start_ms, end_ms: clock, confidence: 1.0 }
    });
    let words = Cow::Owned(words.collect());
    let warning = Spoken { recording: 0, words, speaker: None, opening: None, apart: false };
    let mut head = self::cues(std::iter::once(warning));
    let wanted = head.last().map_or(0, |last| last.end_ms);
    let room = cues.first().map_or(wanted, |first| first.start_ms);
    if room < wanted {
        // Each cue its shortest time, and of what is left a share by its length.
        let spare = room.saturating_sub(MIN_MS * head.len() as u64);
        let mut clock = 0;
        for cue in &mut head {
            let share = spare * (cue.end_ms - cue.start_ms) / wanted.max(1);
            cue.start_ms = clock;
            clock += MIN_MS + share;
            cue.end_ms = clock;
        }
    }
    let mut free_from = head.last().map_or(0, |last| last.end_ms);
    for mut cue in cues {
        if cue.start_ms < free_from {
            // What has to wait still gets a moment of its own, until a pause makes good the delay.
            let length = (cue.end_ms - cue.start_ms).clamp(1, MIN_MS);
            cue.start_ms = free_from;
            cue.end_ms = cue.end_ms.max(cue.start_ms.saturating_add(length));
        }
        free_from = cue.end_ms;
        head.push(cue);
    }
    head
}

#[cfg(test)]
mod tests;
