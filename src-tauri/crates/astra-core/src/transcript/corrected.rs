//! How much of a text is not as the machine wrote it, counted in words.

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::{Segment, Word};

/// Longer than any chunk, in milliseconds: no word that was heard lasts that long.
const LONGEST_WORD_MS: u64 = 60_000;

/// How many words of `segment` are not among those that were heard there, in their order. Another spelling, a
/// capital letter or a comma make another word; words that were taken out count for nothing, nor do those that the
/// vocabulary wrote. `heard` are the
/// words of its recording by their beginning, and `between` is where it can have come from: from the end of the
/// segment before it to the beginning of the one behind, since its edges may have been moved that far.
pub fn corrected(segment: &Segment, heard: &[Word], between: (u64, u64)) -> u32 {
    if !segment.touched {
        return 0;
    }
    let (from, to) = (between.0.min(segment.start_ms), between.1.max(segment.end_ms));
    let first = heard.partition_point(|word| word.start_ms.saturating_add(LONGEST_WORD_MS) < from);
    let there = heard[first..].iter().take_while(|word| word.start_ms <= to);
    let there: Vec<&str> = there
        .filter(|word| (from..=to).contains(&word.start_ms.midpoint(word.end_ms)))
        .map(|word| word.text.as_str())
        .collect();
    let now: Vec<&str> = segment.text.split_whitespace().collect();
    let differences = capture_diff_slices(Algorithm::Myers, &there, &now);
    let typed = differences.iter().filter(|part| part.tag() != DiffTag::Equal).flat_map(|part| part.new_range());
    let by_machine = |word: &usize| segment.respelled.iter().any(|respelling| respelling.words().contains(word));
    typed.filter(|word| !by_machine(word)).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::SegmentId;
    use crate::transcript::{Utterance, tests::words};

    const HEARD: [(&str, u64, u64); 5] =
        [("se", 0, 100), ("abre", 100, 400), ("la", 400, 500), ("sección", 500, 900), ("hoy", 1_200, 1_400)];

    fn typed(text: &str) -> Segment {
        let utterance = Utterance { words: words(&HEARD[..4]), ..Utterance::heard(0, 0, 900, vec![]) };
        let segment = Segment::heard(SegmentId::new(), 0, &utterance);
        Segment { text: text.to_owned(), touched: true, ..segment }
    }

    fn count(text: &str) -> u32 {
        corrected(&typed(text), &words(&HEARD), (0, 1_000))
    }

    #[test]
    fn only_words_that_were_not_heard_count() {
        assert_eq!(count("se abre la sección"), 0);
        assert_eq!(count("se abre la sesión"), 1);
        assert_eq!(count("Se abre la sesión ordinaria."), 3);
        assert_eq!(count("se abre"), 0, "what was taken out is no word of the text");
        assert_eq!(count("se abre la sección hoy"), 1, "that was said elsewhere");
    }

    #[test]
    fn a_word_that_two_chunks_heard_is_one_word() {
        let twice = [&HEARD[..2], &HEARD[1..]].concat();
        assert_eq!(corrected(&typed("se abre la sección"), &words(&twice), (0, 1_000)), 0);
    }

    #[test]
    fn a_segment_whose_edges_were_moved_still_knows_its_words() {
        let moved = Segment { start_ms: 450, ..typed("se abre la sección") };
        assert_eq!(corrected(&moved, &words(&HEARD), (0, 1_000)), 0);
    }

    #[test]
    fn what_the_vocabulary_wrote_was_not_typed() {
        let mut respelled = typed("se abre la sección");
        respelled.respell(3..4, "Sesión");
        assert_eq!(corrected(&respelled, &words(&HEARD), (0, 1_000)), 0);
    }

    #[test]
    fn what_nobody_touched_is_as_it_was_heard() {
        let untouched = Segment { touched: false, ..typed("otra cosa") };
        assert_eq!(corrected(&untouched, &words(&HEARD), (0, 1_000)), 0);
    }
}
