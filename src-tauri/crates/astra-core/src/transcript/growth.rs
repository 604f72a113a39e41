//! The transcript while it grows: which segments are certain, and what may still change.
//!
//! The last words of a chunk are heard again at the start of the next one, and a sentence runs on
//! over the cut, so the end of the transcript is not settled until more was heard. What is settled
//! never changes again, whatever is heard later: that is why it can be edited while the rest of
//! the session is being heard.

use super::join::{Piece, Place, pieces};
use super::{Hearing, Mark, Part, Segment, Utterance};
use crate::id::{ListeningId, SegmentId};
use crate::minutes::Stretch;

/// How far the segments of a listening are settled.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Growing {
    /// The chunk of the first word that is not settled, from 0.
    pub chunk: u32,
    /// Which of the words that are left of that chunk it is, from 0.
    pub word: u32,
    /// No settled segment starts later, in milliseconds of the recording.
    pub reached_ms: u64,
}

/// What came of hearing more.
#[derive(Debug, Clone, PartialEq)]
pub struct Grown {
    /// The segments that are settled now and were not before, each with the place of its first word.
    pub settled: Vec<(Growing, Segment)>,
    /// How far that is.
    pub reached: Growing,
    /// What was heard behind that and may still change.
    pub tail: Option<Utterance>,
}

impl Grown {
    /// The same, with all that lies in a stretch that is not for the public marked so, however little of it does.
    pub fn reserving(mut self, reserved: &[Stretch]) -> Self {
        let is_reserved = |heard: Stretch| reserved.iter().any(|stretch| stretch.meets(heard));
        for (_, segment) in self.settled.iter_mut().filter(|(_, segment)| is_reserved(segment.stretch())) {
            segment.mark = Some(Mark::Reserved);
        }
        if let Some(tail) = &mut self.tail
            && is_reserved(Stretch::of_part(tail.recording as u32, tail.start_ms..tail.end_ms))
        {
            tail.mark = Some(Mark::Reserved);
        }
        self
    }
}

/// Settles what can be settled. `hearings` begin with the chunk before `from.chunk` (or with that
/// chunk when it is the first), and `complete` says that the recording was heard to its end.
pub fn grow(listening: ListeningId, part: u32, from: Growing, hearings: Vec<Hearing>, complete: bool) -> Grown {
    let first_chunk = from.chunk.saturating_sub(1);
    let place = Place { hearing: (from.chunk - first_chunk) as usize, word: from.word as usize };
    let joined = Part { recording: part as usize, offset_ms: 0, hearings };
    let mut grown = Grown { settled: Vec::new(), reached: from, tail: None };
    let mut rest = Vec::new();
    for piece in pieces(&joined, place, complete) {
        let chunk = |place: Place| first_chunk + place.hearing as u32;
        if !rest.is_empty() || !piece.settled {
            rest.push(piece);
            continue;
        }
        let id = SegmentId::of_heard(listening, chunk(piece.from), piece.from.word as u32);
        let mut segment = Segment::heard(id, part, &piece.utterance);
        // Segments are ordered by their starts, so no two may share one.
        if (chunk(piece.from), piece.from.word) != (0, 0) && segment.start_ms <= grown.reached.reached_ms {
            segment.start_ms = grown.reached.reached_ms + 1;
            segment.end_ms = segment.end_ms.max(segment.start_ms);
        }
        let reached_ms = segment.start_ms;
        let begins = Growing { chunk: chunk(piece.from), word: piece.from.word as u32, ..grown.reached };
        grown.reached = Growing { chunk: chunk(piece.next), word: piece.next.word as u32, reached_ms };
        grown.settled.push((begins, segment));
    }
    grown.tail = tail(rest);
    grown
}

/// What is not settled yet, as one stretch of text.
fn tail(rest: Vec<Piece>) -> Option<Utterance> {
    let mut utterances = rest.into_iter().map(|piece| piece.utterance).filter(|utterance| !utterance.words.is_empty());
    let mut tail = utterances.next()?;
    for utterance in utterances {
        tail.end_ms = utterance.end_ms;
        tail.words.extend(utterance.words);
    }
    Some(tail)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Word, join};
    use super::*;
    use crate::guard::Fault;

    /// Settles chunk by chunk, as while listening; returns the segments and the last tail.
    fn grown(hearings: &[Hearing], step: usize) -> (Vec<Segment>, Option<Utterance>) {
        let listening = ListeningId::new();
        let (mut at, mut segments, mut tail) = (Growing::default(), Vec::new(), None);
        let mut heard = 0;
        while heard < hearings.len() {
            heard = (heard + step).min(hearings.len());
            let from = at.chunk.saturating_sub(1) as usize;
            let more = grow(listening, 0, at, hearings[from..heard].to_vec(), heard == hearings.len());
            segments.extend(more.settled.into_iter().map(|(_, segment)| segment));
            (at, tail) = (more.reached, more.tail);
        }
        (segments, tail)
    }

    fn hearing(start_ms: u64, end_ms: u64, overlap_ms: u64, words: &[(&str, u64)], faults: &[Fault]) -> Hearing {
        let word = |&(text, start_ms): &(&str, u64)| Word {
            text: text.to_owned(),
            start_ms,
            end_ms: start_ms + 300,
            confidence: 0.9,
        };
        let words = words.iter().map(word).collect();
        Hearing { start_ms, end_ms, overlap_ms, words, faults: faults.to_vec() }
    }

    #[test]
    fn the_end_of_what_was_heard_is_a_tail_until_more_is_heard() {
        let first = hearing(0, 28_000, 0, &[("queda", 27_000), ("aprobada", 27_400)], &[]);
        let second = hearing(28_000, 50_000, 0, &[("el", 28_100), ("acta.", 28_500)], &[]);
        let listening = ListeningId::new();
        let begun = grow(listening, 0, Growing::default(), vec![first.clone()], false);
        assert!(begun.settled.is_empty());
        assert_eq!(begun.tail.unwrap().text(), "queda aprobada");
        let ended = grow(listening, 0, begun.reached, vec![first, second], true);
        assert_eq!(ended.settled[0].1.text, "queda aprobada el acta.");
        assert_eq!(ended.tail, None);
    }

    #[test]
    fn a_chunk_that_nobody_could_hear_is_a_doubtful_segment_without_words() {
        let lost = hearing(0, 30_000, 0, &[], &[Fault::Unheard]);
        let (segments, _) = grown(&[lost], 1);
        assert_eq!((segments[0].start_ms, segments[0].end_ms, segments[0].doubtful), (0, 30_000, true));
    }

    #[test]
    fn the_same_words_always_get_the_same_id() {
        let listening = ListeningId::new();
        let hearings = vec![hearing(0, 28_000, 0, &[("hola.", 1_000), ("adiós.", 9_000)], &[])];
        let ids = || -> Vec<SegmentId> {
            let grown = grow(listening, 0, Growing::default(), hearings.clone(), true);
            grown.settled.into_iter().map(|(_, segment)| segment.id).collect()
        };
        assert_eq!(ids(), ids());
        assert_ne!(ids()[0], ids()[1]);
    }

    /// Chunks of spoken words with pauses, ends of sentences, overlaps and faults.
    fn any_hearings() -> impl Strategy<Value = Vec<Hearing>> {
        let word = (0_usize..6, prop_oneof![4 => 0_u64..300, 1 => 300_u64..2_500]);
        let chunk = (proptest::collection::vec(word, 0..40), any::<bool>(), 0_usize..6);
        proptest::collection::vec(chunk, 1..8).prop_map(|chunks| {
            const TEXTS: [&str; 6] = ["señor", "presidente,", "sí.", "aprobado", "¿votan?", "No."];
            let mut start_ms = 0;
            let mut hearings: Vec<Hearing> = Vec::new();
            for (words, overlapping, fault) in chunks {
                let overlap_ms = if overlapping && !hearings.is_empty() { 1_504 } else { 0 };
                let begins = start_ms - overlap_ms.min(start_ms);
                let mut at = begins;
                let words: Vec<(&str, u64)> = words
                    .into_iter()
                    .map(|(text, pause)| {
                        at += pause + 300;
                        (TEXTS[text], at - 300)
                    })
                    .collect();
                start_ms = at.max(start_ms) + 2_600;
                let faults: &[Fault] = if fault == 0 { &[Fault::TooFast] } else { &[] };
                hearings.push(hearing(begins, start_ms, overlap_ms, &words, faults));
            }
            hearings
        })
    }

    proptest! {
        #[test]
        fn growing_by_one_chunk_or_by_many_gives_what_joining_everything_gives(hearings in any_hearings()) {
            let all = join(&[Part { recording: 0, offset_ms: 0, hearings: hearings.clone() }]);
            let texts: Vec<String> = all.iter().map(Utterance::text).collect();
            for step in [1, 2, hearings.len()] {
                let (segments, tail) = grown(&hearings, step);
                let found: Vec<&str> = segments.iter().map(|segment| segment.text.as_str()).collect();
                prop_assert_eq!(&found, &texts);
                prop_assert_eq!(&tail, &None);
                prop_assert!(segments.windows(2).all(|pair| pair[0].start_ms < pair[1].start_ms));
            }
        }
    }
}
