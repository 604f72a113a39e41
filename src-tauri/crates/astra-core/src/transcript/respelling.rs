//! Words that the vocabulary wrote in the place of what was heard: marked, and put back with one edit.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Segment;
use super::times::share_out;

/// Words of a segment that are not as they were heard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Respelling {
    /// The position of the first of them among the words of the text.
    pub at: u32,
    /// How many they are.
    pub count: u32,
    /// What was heard.
    pub heard: String,
}

impl Respelling {
    /// The positions of its words.
    pub fn words(&self) -> Range<usize> {
        self.at as usize..(self.at + self.count) as usize
    }
}

impl Segment {
    /// Writes a name in the place of some words and keeps what was heard there. The punctuation around them stays.
    pub fn respell(&mut self, words: Range<usize>, name: &str) {
        let heard = self.write_over(words.clone(), name);
        let respelling = Respelling { at: words.start as u32, count: name.split_whitespace().count() as u32, heard };
        let place = self.respelled.partition_point(|other| other.at < respelling.at);
        self.respelled.insert(place, respelling);
    }

    /// Writes again what was heard in the place of the respelling that begins at a word. Tells whether there is one.
    pub fn put_back(&mut self, at: u32) -> bool {
        let Some(place) = self.respelled.iter().position(|respelling| respelling.at == at) else { return false };
        let respelling = self.respelled.remove(place);
        self.write_over(respelling.words(), &respelling.heard);
        true
    }

    /// Puts other words in the place of some between their punctuation, and returns those. They share the time that
    /// the others took, and are unsure if any of those was.
    fn write_over(&mut self, words: Range<usize>, name: &str) -> String {
        let mut text: Vec<&str> = self.text.split_whitespace().collect();
        let (first, last) = (text[words.start], text[words.end - 1]);
        let opening = first.len() - first.trim_start_matches(is_around).len();
        let closing = last.trim_end_matches(is_around).len();
        let was = text[words.clone()].join(" ");
        let heard = was[opening..was.len() - (last.len() - closing)].to_owned();
        let put = format!("{}{name}{}", &first[..opening], &last[closing..]);
        let put: Vec<&str> = put.split_whitespace().collect();

        let mut times = Vec::new();
        share_out(&put, self.times[words.start * 2], self.times[words.end * 2 - 1], &mut times);
        self.times.splice(words.start * 2..words.end * 2, times);
        let moved = |at: u32| at + put.len() as u32 - words.len() as u32;
        let behind = words.end as u32;
        let was_unsure = self.unsure.iter().any(|at| words.contains(&(*at as usize)));
        let mut unsure: Vec<u32> = self.unsure.iter().copied().filter(|at| (*at as usize) < words.start).collect();
        unsure.extend((words.start..words.start + put.len()).map(|at| at as u32).filter(|_| was_unsure));
        unsure.extend(self.unsure.iter().filter(|at| **at >= behind).map(|at| moved(*at)));
        self.unsure = unsure;
        self.respelled.iter_mut().filter(|other| other.at >= behind).for_each(|other| other.at = moved(other.at));
        text.splice(words, put);
        self.text = text.join(" ");
        heard
    }
}

/// Whether a letter is punctuation around a word and no part of it.
pub(crate) fn is_around(letter: char) -> bool {
    !letter.is_alphanumeric()
}

/// The respellings of `before` whose words all stand in `after` as they stood, given which word of `before` each word
/// of `after` was.
pub(super) fn kept(before: &Segment, after: &[&str], origins: &[Option<usize>]) -> Vec<Respelling> {
    let words: Vec<&str> = before.text.split_whitespace().collect();
    let stays = |respelling: &Respelling| {
        let at = origins.iter().position(|origin| *origin == Some(respelling.at as usize))?;
        let same = |(step, old): (usize, usize)| {
            origins.get(at + step).copied().flatten() == Some(old) && after[at + step] == words[old]
        };
        respelling.words().enumerate().all(same).then(|| Respelling { at: at as u32, ..respelling.clone() })
    };
    before.respelled.iter().filter_map(stays).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Utterance, Word};
    use super::*;
    use crate::id::SegmentId;

    /// A segment of words of 100 ms each, of which the ones named are unsure.
    fn segment(text: &str, unsure: &[usize]) -> Segment {
        let words = text.split_whitespace().enumerate().map(|(at, text)| Word {
            text: text.to_owned(),
            start_ms: at as u64 * 100,
            end_ms: at as u64 * 100 + 90,
            confidence: if unsure.contains(&at) { 0.1 } else { 0.9 },
        });
        let words: Vec<Word> = words.collect();
        let utterance = Utterance { words, ..Utterance::heard(0, 0, 5_000, Vec::new()) };
        Segment::heard(SegmentId::new(), 0, &utterance)
    }

    #[test]
    fn a_name_takes_the_place_the_time_and_the_doubt_of_what_was_heard() {
        let mut respelled = segment("vive en «chacha fruto», señores", &[2, 4]);
        respelled.respell(2..4, "Chachafruto");
        assert_eq!(respelled.text, "vive en «Chachafruto», señores");
        assert_eq!(respelled.times, [0, 90, 100, 190, 200, 390, 400, 490]);
        assert_eq!(respelled.unsure, [2, 3]);
        assert_eq!(respelled.respelled, [Respelling { at: 2, count: 1, heard: "chacha fruto".to_owned() }]);
    }

    #[test]
    fn what_was_heard_comes_back_and_nothing_else_changes() {
        let mut respelled = segment("la doctora enao y el señor baldes.", &[]);
        respelled.respell(2..3, "Luz Henao");
        respelled.respell(7..8, "Valdés");
        assert_eq!(respelled.text, "la doctora Luz Henao y el señor Valdés.");
        assert!(respelled.put_back(2));
        assert_eq!(respelled.text, "la doctora enao y el señor Valdés.");
        assert_eq!(respelled.respelled, [Respelling { at: 6, count: 1, heard: "baldes".to_owned() }]);
        assert!(!respelled.put_back(2), "it was put back before");
    }

    proptest! {
        #[test]
        fn respelling_and_putting_back_leaves_every_word_and_as_many_times(
            count in 1_usize..12,
            from in 0_usize..12,
            length in 1_usize..4,
            name in "[A-Z][a-z]{1,8}( [A-Z][a-z]{1,8}){0,3}",
        ) {
            let text: Vec<String> = (0..count).map(|at| format!("¿p{at},")).collect();
            let original = segment(&text.join(" "), &[count / 2]);
            let from = from % count;
            let to = (from + length).min(count);
            let mut changed = original.clone();
            changed.respell(from..to, &name);
            prop_assert_eq!(changed.times.len(), changed.word_count() * 2);
            prop_assert!(changed.times.is_sorted());
            prop_assert!(changed.put_back(from as u32));
            prop_assert_eq!((&changed.text, changed.times.len()), (&original.text, original.times.len()));
            prop_assert!(changed.respelled.is_empty());
        }
    }
}
