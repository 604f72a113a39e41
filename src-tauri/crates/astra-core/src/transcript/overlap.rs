//! Where two chunks heard the same second and a half: which words are taken from which.

use std::ops::Range;

use crate::guard::fold::tokens;

use super::Word;

/// Two hearings of one word differ by less than this, in milliseconds, between their middles.
const SAME_WITHIN_MS: u64 = 700;

/// Words whose middle lies this far outside the overlap, in milliseconds, may belong to it.
const SLACK_MS: u64 = 300;

/// How many words of `before` to keep, and how many of `after` to leave out, so that no word that
/// both heard in `overlap`, milliseconds of the recording, comes twice or is lost. Both are in
/// order of their starts.
///
/// The seam lies behind a word that both heard at about the same time: the one nearest the middle
/// of the overlap, where neither heard half a word. Without such a word it lies in the middle.
pub(super) fn seam(before: &[Word], after: &[Word], overlap: &Range<u64>) -> (usize, usize) {
    let middle = u64::midpoint(overlap.start, overlap.end);
    let tail = before.partition_point(|word| mid(word) + SLACK_MS < overlap.start);
    let head = after.partition_point(|word| mid(word) <= overlap.end + SLACK_MS);
    let pairs = aligned(&before[tail..], &after[..head]);
    let far = |&(one, other): &(usize, usize)| (mid(&before[tail + one]) + mid(&after[other])).abs_diff(2 * middle);
    if let Some((one, other)) = pairs.into_iter().min_by_key(far) {
        return (tail + one + 1, other + 1);
    }
    // Behind the middle `before` gives way to `after`, but only where that heard something.
    let heard_again = |word: &Word| {
        after.iter().any(|other| other.start_ms < word.end_ms + SLACK_MS && word.start_ms < other.end_ms + SLACK_MS)
    };
    let kept = before.iter().position(|word| mid(word) >= middle && heard_again(word)).unwrap_or(before.len());
    // What follows the last kept word comes from `after`, even before the middle: the two clocks
    // differ a little, and a word just behind the middle in one may lie just before it in the other.
    let reached = before[..kept].iter().map(|word| word.end_ms.min(middle.max(mid(word)))).max().unwrap_or(0);
    (kept, after.partition_point(|word| mid(word) < reached))
}

/// The pairs of positions of words that are the same word, in order: as many as possible, and of
/// these the ones nearest in time.
fn aligned(tail: &[Word], head: &[Word]) -> Vec<(usize, usize)> {
    let fold = |words: &[Word]| words.iter().map(|word| tokens(&word.text).collect()).collect::<Vec<String>>();
    let (left, right) = (fold(tail), fold(head));
    let worth = |one: usize, other: usize| {
        let apart = mid(&tail[one]).abs_diff(mid(&head[other]));
        let same = !left[one].is_empty() && left[one] == right[other] && apart <= SAME_WITHIN_MS;
        // A pair is always worth more than the time that another choice of pairs could save.
        if same { 1_000_000 - apart } else { 0 }
    };
    // best[i][j] is the worth of the best alignment of tail[i..] with head[j..].
    let mut best = vec![vec![0_u64; head.len() + 1]; tail.len() + 1];
    for one in (0..tail.len()).rev() {
        for other in (0..head.len()).rev() {
            let paired = match worth(one, other) {
                0 => 0,
                worth => worth + best[one + 1][other + 1],
            };
            best[one][other] = paired.max(best[one + 1][other]).max(best[one][other + 1]);
        }
    }
    let (mut one, mut other) = (0, 0);
    let mut pairs = Vec::new();
    while one < tail.len() && other < head.len() {
        let worth = worth(one, other);
        if worth > 0 && best[one][other] == worth + best[one + 1][other + 1] {
            pairs.push((one, other));
            (one, other) = (one + 1, other + 1);
        } else if best[one][other] == best[one + 1][other] {
            one += 1;
        } else {
            other += 1;
        }
    }
    pairs
}

/// The middle of a word, in milliseconds.
fn mid(word: &Word) -> u64 {
    u64::midpoint(word.start_ms, word.end_ms)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::{text, words};
    use super::*;

    const OVERLAP: Range<u64> = 28_500..30_000;

    fn merged(before: &[(&str, u64, u64)], after: &[(&str, u64, u64)]) -> String {
        let (before, after) = (words(before), words(after));
        let (kept, left_out) = seam(&before, &after, &OVERLAP);
        text(&[&before[..kept], &after[left_out..]].concat())
    }

    #[test]
    fn the_same_words_come_once_though_their_times_differ() {
        let before =
            [("el", 28_300, 28_500), ("orden", 28_600, 29_000), ("del", 29_050, 29_200), ("día", 29_300, 29_700)];
        let after =
            [("orden", 28_750, 29_200), ("del", 29_250, 29_400), ("Día,", 29_450, 29_800), ("leído", 30_100, 30_500)];
        assert_eq!(merged(&before, &after), "el orden del Día, leído");
    }

    #[test]
    fn words_cut_in_half_are_taken_from_the_side_that_heard_them_whole() {
        let before = [("municipalidad", 28_100, 28_900), ("de", 29_000, 29_200), ("Guata", 29_700, 30_000)];
        let after = [("palidad", 28_500, 28_900), ("de", 29_010, 29_200), ("Guatapé", 29_700, 30_200)];
        assert_eq!(merged(&before, &after), "municipalidad de Guatapé");
        // The same without a word in common.
        let before = [("municipalidad", 28_100, 28_900), ("Guata", 29_700, 30_000)];
        let after = [("palidad", 28_500, 28_900), ("Guatapé", 29_700, 30_200)];
        assert_eq!(merged(&before, &after), "municipalidad Guatapé");
    }

    #[test]
    fn a_word_repeated_by_the_speaker_is_kept_as_often_as_it_was_said() {
        let before = [("no", 28_600, 28_800), ("no", 29_000, 29_200), ("no", 29_400, 29_600)];
        let after = [("no", 28_650, 28_850), ("no", 29_100, 29_200), ("no", 29_500, 29_600), ("señor", 30_100, 30_400)];
        assert_eq!(merged(&before, &after), "no no no señor");
    }

    #[test]
    fn the_seam_lies_as_near_the_middle_as_it_can() {
        let before =
            [("de", 28_550, 28_700), ("exacta", 28_800, 29_000), ("acta", 29_100, 29_400), ("fi", 29_600, 29_900)];
        let after =
            [("de", 28_550, 28_700), ("sexta", 28_800, 29_000), ("acta", 29_100, 29_400), ("fin", 29_600, 29_900)];
        assert_eq!(merged(&before, &after), "de exacta acta fin");
    }

    #[test]
    fn a_word_near_the_middle_that_was_heard_differently_is_neither_lost_nor_doubled() {
        // Middle 29,250: by its own clock each side would leave the word to the other.
        let before = [("acta", 28_600, 28_900), ("siete", 29_100, 29_500)];
        let after = [("exacta", 28_550, 28_900), ("sientes", 29_000, 29_400), ("fin", 30_200, 30_400)];
        assert_eq!(merged(&before, &after), "acta sientes fin");
    }

    #[test]
    fn one_side_alone_keeps_all_its_words() {
        let some = [("uno", 28_600, 28_900), ("dos", 29_100, 29_400), ("tres", 29_700, 29_900)];
        assert_eq!(merged(&some, &[]), "uno dos tres");
        assert_eq!(merged(&[], &some), "uno dos tres");
        assert_eq!(merged(&[("cero", 20_000, 20_500)], &some), "cero uno dos tres");
    }

    proptest! {
        /// A sentence of different words runs through the overlap; both sides hear it, with times
        /// off by up to 150 ms, and a word that reaches over the edge of the audio only in half.
        #[test]
        fn no_word_is_doubled_and_none_is_lost(
            lengths in prop::collection::vec((120_u64..700, 0_u64..200), 12..30),
            shifts in prop::collection::vec((0_i64..300, 0_i64..300), 30),
        ) {
            let mut start = 27_000;
            let mut spoken = Vec::new();
            for (n, &(length, gap)) in lengths.iter().enumerate() {
                spoken.push((format!("palabra{n}"), start, start + length));
                start += length + gap;
            }
            let hear = |edges: Range<u64>, shift: &dyn Fn(usize) -> i64| -> Vec<Word> {
                let mut heard: Vec<Word> = Vec::new();
                for (n, (name, start, end)) in spoken.iter().enumerate() {
                    let (from, to) = ((*start).max(edges.start), (*end).min(edges.end));
                    // Less than a third of a word is not heard at all.
                    if to <= from || (to - from) * 3 < end - start {
                        continue;
                    }
                    let half = to - from < end - start;
                    let text = if half { format!("{name}…medio") } else { name.clone() };
                    let at = |moment: u64| (moment as i64 + shift(n) - 150).clamp(edges.start as i64, edges.end as i64) as u64;
                    let start_ms = at(from).max(heard.last().map_or(0, |last| last.start_ms));
                    heard.push(Word { text, start_ms, end_ms: at(to).max(start_ms), confidence: 1.0 });
                }
                heard
            };
            let before = hear(0..OVERLAP.end, &|n| shifts[n].0);
            let after = hear(OVERLAP.start..90_000, &|n| shifts[n].1);
            let (kept, left_out) = seam(&before, &after, &OVERLAP);
            let merged: Vec<String> = [&before[..kept], &after[left_out..]].concat().into_iter().map(|w| w.text).collect();
            let expected: Vec<String> = spoken.iter().map(|(name, ..)| name.clone()).collect();
            prop_assert_eq!(merged, expected);
        }
    }
}
