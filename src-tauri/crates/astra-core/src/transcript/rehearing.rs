//! Passages that are listened to again: which are heard together, and whose each word is.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::{Segment, Utterance, Word};
use crate::guard::Fault;
use crate::id::SegmentId;

/// Passages of one recording that stand side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Together {
    /// Which part of the session.
    pub part: u32,
    /// Where to listen from, in milliseconds of the recording.
    pub start_ms: u64,
    /// Where to listen to.
    pub end_ms: u64,
    /// The passages, in order.
    pub segments: Vec<Segment>,
}

/// What was heard in a passage when it was listened to again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Reheard {
    /// The passage as it is to be.
    pub segment: Segment,
    /// What its text was: it stays as it is when somebody changed it meanwhile.
    pub instead_of: String,
}

/// What is heard before another part of it is shown, in milliseconds: as much as nobody minds losing.
const LONGEST_MS: u64 = 300_000;

/// The first and the last word of a passage may have begun a little earlier and ended a little later than the engine
/// said.
const MARGIN_MS: u64 = 200;

/// Groups passages of a session, all of whose segments are `all` in their order.
pub fn together(all: &[Segment], chosen: &HashSet<SegmentId>) -> Vec<Together> {
    let mut groups: Vec<Together> = Vec::new();
    for (at, segment) in all.iter().enumerate().filter(|(_, segment)| chosen.contains(&segment.id)) {
        let same_part = |other: &&Segment| other.part == segment.part;
        let before = at.checked_sub(1).map(|before| &all[before]).filter(same_part);
        let behind = all.get(at + 1).filter(same_part);
        // Half of a pause is the neighbour's.
        let start_ms = before.map_or(0, |before| segment.start_ms.min(before.end_ms.midpoint(segment.start_ms)));
        let start_ms = start_ms.max(segment.start_ms.saturating_sub(MARGIN_MS));
        let end_ms = behind.map_or(u64::MAX, |behind| segment.end_ms.max(segment.end_ms.midpoint(behind.start_ms)));
        let end_ms = end_ms.min(segment.end_ms + MARGIN_MS);
        match groups.last_mut() {
            Some(group)
                if group.part == segment.part
                    && group.segments.last().map(|last| last.id) == before.map(|before| before.id)
                    && end_ms - group.start_ms <= LONGEST_MS =>
            {
                group.end_ms = end_ms;
                group.segments.push(segment.clone());
            }
            _ => groups.push(Together { part: segment.part, start_ms, end_ms, segments: vec![segment.clone()] }),
        }
    }
    groups
}

impl Together {
    /// The passages in which words were heard, with those. A word is of the passage that is nearest to its middle.
    /// A passage in which nothing was heard keeps its text: it is not among them.
    pub fn with(&self, heard: &[Utterance]) -> Vec<Reheard> {
        let mut found: Vec<(Vec<Word>, Vec<Fault>)> = vec![Default::default(); self.segments.len()];
        for utterance in heard {
            for word in &utterance.words {
                let (words, faults) = &mut found[self.nearest(word.start_ms.midpoint(word.end_ms))];
                words.push(word.clone());
                for fault in &utterance.faults {
                    if !faults.contains(fault) {
                        faults.push(*fault);
                    }
                }
            }
        }
        let passages = self.segments.iter().zip(found).filter(|(_, (words, _))| !words.is_empty());
        passages.map(|(segment, (words, faults))| reheard(segment, words, faults)).collect()
    }

    fn nearest(&self, ms: u64) -> usize {
        let away = |segment: &Segment| segment.start_ms.saturating_sub(ms) + ms.saturating_sub(segment.end_ms);
        let nearest = self.segments.iter().enumerate().min_by_key(|(_, segment)| away(segment));
        nearest.map_or(0, |(at, _)| at)
    }
}

/// A passage with other words. Where it begins and ends, who speaks and how it is marked stays.
fn reheard(segment: &Segment, mut words: Vec<Word>, faults: Vec<Fault>) -> Reheard {
    for word in &mut words {
        word.start_ms = word.start_ms.clamp(segment.start_ms, segment.end_ms);
        word.end_ms = word.end_ms.clamp(word.start_ms, segment.end_ms);
    }
    let utterance =
        Utterance { words, ..Utterance::heard(segment.part as usize, segment.start_ms, segment.end_ms, faults) };
    let heard = Segment::heard(segment.id, segment.part, &utterance);
    let segment_now = Segment { speaker: segment.speaker, mark: segment.mark, ..heard };
    Reheard { segment: segment_now, instead_of: segment.text.clone() }
}

#[cfg(test)]
mod tests {
    use super::super::tests::words;
    use super::*;

    fn segment(part: u32, start_ms: u64, end_ms: u64, text: &str) -> Segment {
        let utterance =
            Utterance { words: words(&[(text, start_ms, end_ms)]), ..Utterance::heard(0, start_ms, end_ms, vec![]) };
        Segment::heard(SegmentId::new(), part, &utterance)
    }

    fn all() -> Vec<Segment> {
        let at = |part, start_ms, text| segment(part, start_ms, start_ms + 900, text);
        vec![at(0, 0, "uno"), at(0, 1_000, "dos"), at(0, 9_000, "tres"), at(1, 500, "cuatro")]
    }

    fn spans(groups: &[Together]) -> Vec<(u32, u64, u64, usize)> {
        groups.iter().map(|group| (group.part, group.start_ms, group.end_ms, group.segments.len())).collect()
    }

    #[test]
    fn neighbours_are_heard_together_and_nothing_of_the_others_is() {
        let all = all();
        let chosen = |places: &[usize]| places.iter().map(|at| all[*at].id).collect();
        assert_eq!(spans(&together(&all, &chosen(&[0, 1]))), [(0, 0, 2_100, 2)]);
        assert_eq!(spans(&together(&all, &chosen(&[1]))), [(0, 950, 2_100, 1)]);
        assert_eq!(
            spans(&together(&all, &chosen(&[0, 2, 3]))),
            [(0, 0, 950, 1), (0, 8_800, 10_100, 1), (1, 300, 1_600, 1)]
        );
    }

    #[test]
    fn what_takes_long_is_shown_by_and_by() {
        let all: Vec<Segment> = (0..100).map(|at| segment(0, at * 10_000, at * 10_000 + 9_000, "dice")).collect();
        let groups = together(&all, &all.iter().map(|segment| segment.id).collect());
        assert!(groups.len() == 4 && groups.iter().all(|group| group.end_ms - group.start_ms <= LONGEST_MS));
        assert_eq!(groups.iter().map(|group| group.segments.len()).sum::<usize>(), 100);
    }

    #[test]
    fn each_word_goes_to_the_passage_it_was_said_in_and_one_without_words_stays() {
        let mut all = all();
        all[0].mark = Some(crate::transcript::Mark::Reserved);
        let group = &together(&all, &all[..3].iter().map(|segment| segment.id).collect())[0];
        let heard = words(&[("Uno,", 20, 400), ("otro", 500, 880), ("tres.", 9_100, 9_500)]);
        let utterance = Utterance { words: heard, ..Utterance::heard(0, 0, 9_900, vec![]) };
        let found = group.with(&[utterance]);
        let texts: Vec<(&str, &str)> =
            found.iter().map(|one| (one.segment.text.as_str(), one.instead_of.as_str())).collect();
        assert_eq!(texts, [("Uno, otro", "uno"), ("tres.", "tres")]);
        assert_eq!((found[0].segment.id, found[0].segment.mark), (all[0].id, all[0].mark));
        assert_eq!(found[0].segment.times, [20, 400, 500, 880]);
    }
}
