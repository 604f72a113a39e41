//! What a document may show of what was said. Every exporter reads the session through here and
//! never from the utterances themselves, so that what is reserved cannot reach a file by mistake.

use std::ops::Range;

use super::Document;
use super::lines::one_line;
use crate::guard::{Doubt, Fault};
use crate::transcript::{Mark, Respelling, Utterance, Word};

/// What must be left of a doubt, in milliseconds, when the rest of it was settled: less is the breath
/// between two segments, and not speech that is missing.
const REMAINS_MS: u64 = 1_500;

/// A stretch of the session as documents show it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Shown<'a> {
    /// Which recording of the session it comes from, from 0.
    pub(crate) recording: usize,
    /// Where it starts, in milliseconds of the session.
    pub(crate) start_ms: u64,
    /// Where it ends, in milliseconds of the session.
    pub(crate) end_ms: u64,
    /// What was said; nothing where there is a mark.
    pub(crate) words: &'a [Word],
    /// What the guard found and nobody settled.
    pub(crate) faults: &'a [Fault],
    /// Who speaks, on one line, once somebody said so and it is not reserved.
    pub(crate) speaker: Option<String>,
    /// What the secretary said of it.
    pub(crate) mark: Option<Mark>,
    /// Whether somebody corrected or confirmed it.
    pub(crate) touched: bool,
    /// Which of the words the vocabulary wrote.
    pub(crate) respelled: &'a [Respelling],
}

/// The session in order. Reserved utterances that follow each other are one stretch, which tells
/// neither how many spoke nor who.
pub(crate) fn shown(document: &Document) -> impl Iterator<Item = Shown<'_>> {
    let mut utterances = document.segments.iter().peekable();
    std::iter::from_fn(move || {
        let first = utterances.next()?;
        if first.mark != Some(Mark::Reserved) {
            return Some(Shown::of(first));
        }
        let mut stretch = Shown::reserved(first);
        let goes_on = |next: &&Utterance| {
            next.recording == first.recording && (next.mark == Some(Mark::Reserved) || says_nothing(next))
        };
        while let Some(next) = utterances.next_if(goes_on) {
            if next.mark == Some(Mark::Reserved) {
                stretch.end_ms = stretch.end_ms.max(next.end_ms);
            }
        }
        Some(stretch)
    })
}

/// Where the session is reserved, in milliseconds of its clock.
pub fn reserved(document: &Document) -> Vec<Range<u64>> {
    let reserved = shown(document).filter(|stretch| stretch.mark == Some(Mark::Reserved));
    reserved.map(|stretch| stretch.start_ms..stretch.end_ms).collect()
}

/// The stretches that somebody should still listen to, in order of time: what was corrected,
/// confirmed or marked is settled, and what is reserved is nobody else's to listen to.
pub(crate) fn doubts(document: &Document) -> Vec<Doubt> {
    let (settled, open): (Vec<_>, Vec<_>) =
        document.segments.iter().partition(|segment| segment.touched || segment.mark.is_some());
    let mut doubts: Vec<Doubt> =
        document.coverage.doubts.iter().flat_map(|doubt| left_of(doubt, &settled, &open)).collect();
    doubts.sort_by_key(|doubt| (doubt.start_ms, doubt.end_ms));
    doubts
}

impl<'a> Shown<'a> {
    fn of(utterance: &'a Utterance) -> Self {
        let settled = utterance.touched || utterance.mark.is_some();
        let speaker = utterance.speaker.as_deref().map(one_line).filter(|name| !name.is_empty());
        Self {
            recording: utterance.recording,
            start_ms: utterance.start_ms,
            end_ms: utterance.end_ms,
            words: if utterance.mark.is_some() { &[] } else { &utterance.words },
            faults: if settled { &[] } else { &utterance.faults },
            speaker,
            mark: utterance.mark,
            touched: utterance.touched,
            respelled: if utterance.mark.is_some() { &[] } else { &utterance.respelled },
        }
    }

    fn reserved(utterance: &Utterance) -> Self {
        Self {
            recording: utterance.recording,
            start_ms: utterance.start_ms,
            end_ms: utterance.end_ms,
            words: &[],
            faults: &[],
            speaker: None,
            mark: Some(Mark::Reserved),
            touched: false,
            respelled: &[],
        }
    }

    /// The words as one line of text.
    pub(crate) fn text(&self) -> String {
        let words: Vec<&str> = self.words.iter().map(|word| word.text.as_str()).collect();
        words.join(" ")
    }
}

fn says_nothing(utterance: &Utterance) -> bool {
    utterance.mark.is_none() && utterance.words.is_empty() && (utterance.touched || utterance.faults.is_empty())
}

/// The parts of a doubt that nobody settled. A doubt about text lasts as long as some of that text is
/// unread; one about missing text, as long as enough of it is missing.
fn left_of(doubt: &Doubt, settled: &[&Utterance], open: &[&Utterance]) -> Vec<Doubt> {
    let overlaps = |part: &Doubt, segment: &Utterance| segment.start_ms < part.end_ms && part.start_ms < segment.end_ms;
    let mut settled = settled.iter().filter(|segment| overlaps(doubt, segment)).peekable();
    if settled.peek().is_none() {
        return vec![doubt.clone()];
    }
    let mut parts = vec![doubt.clone()];
    for segment in settled {
        parts = parts.into_iter().flat_map(|part| without(part, segment)).collect();
    }
    let about_missing_text = matches!(doubt.fault, Fault::Uncovered | Fault::Unheard | Fault::EndedEarly);
    parts.retain(|part| match about_missing_text {
        true => part.end_ms - part.start_ms >= REMAINS_MS,
        false => open.iter().any(|segment| overlaps(part, segment) && !segment.faults.is_empty()),
    });
    parts
}

/// What is left of a doubt before and after a segment.
fn without(doubt: Doubt, segment: &Utterance) -> Vec<Doubt> {
    let before = Doubt { end_ms: doubt.end_ms.min(segment.start_ms), ..doubt.clone() };
    let after = Doubt { start_ms: doubt.start_ms.max(segment.end_ms), ..doubt };
    [before, after].into_iter().filter(|part| part.start_ms < part.end_ms).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::export::sample;

    fn marked(start_ms: u64, text: &str, mark: Mark) -> Utterance {
        Utterance { mark: Some(mark), speaker: Some("Ana".to_owned()), ..sample::segment(0, start_ms, text) }
    }

    #[test]
    fn reserved_utterances_in_a_row_are_one_stretch_without_words_or_speakers() {
        let (first, last) = (marked(0, "Uno.", Mark::Reserved), marked(9_000, "Dos.", Mark::Reserved));
        let end_ms = last.end_ms;
        let silence = Utterance::heard(0, 4_000, 5_000, vec![]);
        let document =
            Document { segments: vec![first, silence, last, sample::segment(0, 20_000, "Tres.")], ..sample::silent() };
        let shown: Vec<_> = shown(&document).collect();
        assert_eq!(shown.len(), 2);
        assert_eq!((shown[0].start_ms, shown[0].end_ms, shown[0].mark), (0, end_ms, Some(Mark::Reserved)));
        assert_eq!((shown[0].text(), &shown[0].speaker), (String::new(), &None));
        assert_eq!(shown[1].text(), "Tres.");
    }

    #[test]
    fn what_is_inaudible_keeps_its_speaker_and_loses_its_words() {
        let document = Document { segments: vec![marked(0, "Quizá sí.", Mark::Inaudible)], ..sample::silent() };
        let only = shown(&document).next().expect("a stretch");
        assert_eq!((only.text().as_str(), only.speaker.as_deref()), ("", Some("Ana")));
    }

    /// The doubts of a session of `segments`, in which the guard found `doubt`.
    fn left(doubt: (u64, u64, Fault), segments: Vec<Utterance>) -> Vec<(u64, u64)> {
        let mut document = Document { segments, ..sample::silent() };
        let (start_ms, end_ms, fault) = doubt;
        document.coverage.doubts = vec![Doubt { start_ms, end_ms, fault }];
        doubts(&document).into_iter().map(|doubt| (doubt.start_ms, doubt.end_ms)).collect()
    }

    fn stretch(start_ms: u64, end_ms: u64, touched: bool) -> Utterance {
        Utterance { touched, ..Utterance::heard(0, start_ms, end_ms, vec![Fault::Loop]) }
    }

    #[test]
    fn a_doubt_about_text_goes_with_the_last_segment_somebody_read() {
        let doubt = (10_000, 30_000, Fault::Loop);
        assert_eq!(
            left(doubt, vec![stretch(10_500, 18_000, false), stretch(20_000, 29_000, false)]),
            [(10_000, 30_000)]
        );
        assert_eq!(
            left(doubt, vec![stretch(10_500, 18_000, true), stretch(20_000, 29_000, false)]),
            [(18_000, 30_000)]
        );
        assert_eq!(left(doubt, vec![stretch(10_500, 18_000, true), stretch(20_000, 29_000, true)]), []);
    }

    #[test]
    fn a_doubt_about_missing_text_keeps_what_nobody_filled() {
        let doubt = (10_000, 30_000, Fault::Uncovered);
        assert_eq!(left(doubt, vec![stretch(11_000, 20_000, true)]), [(20_000, 30_000)]);
        assert_eq!(left(doubt, vec![]), [(10_000, 30_000)]);
    }

    #[test]
    fn what_is_marked_is_no_doubt_any_more() {
        for mark in [Mark::Inaudible, Mark::Reserved] {
            let segment = Utterance { mark: Some(mark), ..stretch(10_000, 30_000, false) };
            assert_eq!(left((10_000, 30_000, Fault::Unheard), vec![segment]), []);
        }
    }

    proptest! {
        #[test]
        fn nothing_that_was_read_or_marked_is_in_doubt(document in sample::any_edited_session()) {
            let doubts = doubts(&document);
            for settled in document.segments.iter().filter(|segment| segment.touched || segment.mark.is_some()) {
                let doubted = |doubt: &Doubt| doubt.start_ms < settled.end_ms && settled.start_ms < doubt.end_ms;
                prop_assert!(!doubts.iter().any(doubted), "{:?}", doubts);
            }
            let open = document.segments.iter().filter(|segment| !segment.touched && segment.mark.is_none());
            for open in open.filter(|segment| !segment.words.is_empty() && !segment.faults.is_empty()) {
                prop_assert!(doubts.iter().any(|doubt| doubt.start_ms <= open.start_ms && open.end_ms <= doubt.end_ms));
            }
        }
    }
}
