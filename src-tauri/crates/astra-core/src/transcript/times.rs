//! Times of words that were typed: unchanged words keep theirs, the others share what is left.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Gives the words of `new` times after those of `old`, two numbers for each word in milliseconds
/// of one clock, within `0..length_ms`. Also returns for each new word which old one it is.
///
/// Words are compared without case and punctuation, so that correcting a capital or a comma
/// moves nothing.
pub(super) fn carry_over(
    old: &[&str],
    old_times: &[u64],
    new: &[&str],
    length_ms: u64,
) -> (Vec<u64>, Vec<Option<usize>>) {
    let (before, after) = (keys(old), keys(new));
    let mut times = Vec::with_capacity(new.len() * 2);
    let mut origins = vec![None; new.len()];
    let start_of = |at: usize| old_times.get(at * 2).copied().unwrap_or(length_ms);
    let end_of = |at: usize| old_times.get(at * 2 + 1).copied().unwrap_or(length_ms);
    for operation in capture_diff_slices(Algorithm::Myers, &before, &after) {
        let (_, old_range, new_range) = operation.as_tag_tuple();
        if let DiffOp::Equal { .. } = operation {
            for (from, to) in old_range.zip(new_range) {
                times.extend([start_of(from), end_of(from)]);
                origins[to] = Some(from);
            }
            continue;
        }
        // What was put in the place of other words takes their time; what was put between two
        // words takes the pause between them.
        let reached = times.last().copied().unwrap_or(0);
        let (start, end) = if old_range.is_empty() {
            (reached, start_of(old_range.start).max(reached))
        } else {
            (start_of(old_range.start).max(reached), end_of(old_range.end - 1).max(reached))
        };
        share_out(&new[new_range], start, end, &mut times);
    }
    (times, origins)
}

/// Shares the time from `start` to `end` out over words, by their letters.
pub(super) fn share_out(words: &[&str], start: u64, end: u64, times: &mut Vec<u64>) {
    let letters: Vec<u64> = words.iter().map(|word| word.chars().count().max(1) as u64).collect();
    let all = letters.iter().sum::<u64>().max(1);
    let mut before = 0;
    for count in letters {
        let at = |letters: u64| start + end.saturating_sub(start) * letters / all;
        times.extend([at(before), at(before + count)]);
        before += count;
    }
}

/// A word as it is compared: without case and the punctuation that touches it.
fn keys(words: &[&str]) -> Vec<String> {
    let key = |word: &&str| {
        let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        if bare.is_empty() { (*word).to_owned() } else { bare.to_lowercase() }
    };
    words.iter().map(key).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn carried(old: &str, new: &str) -> Vec<u64> {
        let old: Vec<&str> = old.split_whitespace().collect();
        let times: Vec<u64> = (0..old.len() as u64).flat_map(|at| [at * 100, at * 100 + 90]).collect();
        let new: Vec<&str> = new.split_whitespace().collect();
        carry_over(&old, &times, &new, old.len() as u64 * 100).0
    }

    #[test]
    fn a_corrected_word_takes_the_time_of_the_wrong_one_and_moves_no_other() {
        assert_eq!(carried("el concejo de nieva sesiona", "el Concejo de Neiva, sesiona")[4..8], [200, 290, 300, 390]);
        assert_eq!(carried("uno dos tres", "Uno, dos tres."), carried("uno dos tres", "uno dos tres"));
    }

    #[test]
    fn two_words_for_one_share_its_time_and_one_for_two_takes_both() {
        assert_eq!(carried("porsupuesto sí", "por supuesto sí"), [0, 24, 24, 90, 100, 190]);
        assert_eq!(carried("por supuesto sí", "porsupuesto sí"), [0, 190, 200, 290]);
    }

    #[test]
    fn words_put_between_others_take_the_pause() {
        assert_eq!(carried("uno tres", "uno dos tres"), [0, 90, 90, 100, 100, 190]);
    }

    #[test]
    fn a_text_for_nothing_and_nothing_for_a_text_are_possible() {
        assert_eq!(carry_over(&[], &[], &["sí", "señor"], 700).0, [0, 200, 200, 700]);
        assert!(carried("uno dos", "").is_empty());
    }
}
