//! Personal data taken out of what was said, word by word, so that subtitles go without it and the sound is
//! silent where it was said.

use std::ops::Range;

use super::{Secret, hide};
use crate::transcript::{Utterance, Word};

/// Puts other characters in the place of every secret and tells when those words were said, on the clock of the
/// utterances.
pub fn take_out(utterances: &mut [Utterance], secrets: &[Secret]) -> Vec<Range<u64>> {
    let mut said = Vec::new();
    for utterance in utterances {
        let text = utterance.text();
        // From the last to the first, so that what is left before stays where it was.
        for (place, replacement) in hide(&text, secrets).into_iter().rev() {
            said.extend(replace(&mut utterance.words, &place, replacement));
        }
    }
    said.sort_by_key(|range| range.start);
    said
}

/// Makes one word of those that hold these bytes of the text they are together.
fn replace(words: &mut Vec<Word>, place: &Range<usize>, replacement: &str) -> Option<Range<u64>> {
    let mut end = 0;
    let spans: Vec<Range<usize>> = words
        .iter()
        .map(|word| {
            let span = end..end + word.text.len();
            // The space between two words is nobody's.
            end = span.end + 1;
            span
        })
        .collect();
    let first = spans.iter().position(|span| place.start < span.end)?;
    let last = spans.iter().rposition(|span| span.start < place.end)?.max(first);
    let before = words[first].text.get(..place.start.saturating_sub(spans[first].start)).unwrap_or_default();
    let after = words[last].text.get(place.end.saturating_sub(spans[last].start)..).unwrap_or_default();
    let time = words[first].start_ms..words[last].end_ms.max(words[first].end_ms);
    let word = Word {
        text: format!("{before}{replacement}{after}"),
        start_ms: time.start,
        end_ms: time.end,
        confidence: words[first].confidence,
    };
    words.splice(first..=last, [word]);
    Some(time)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::minutes::masks::suggest;

    fn said(text: &str) -> Utterance {
        let words = (0..).zip(text.split(' ')).map(|(at, word)| Word {
            text: word.to_owned(),
            start_ms: at * 1_000,
            end_ms: at * 1_000 + 900,
            confidence: 1.0,
        });
        Utterance { words: words.collect(), ..Utterance::heard(0, 0, 60_000, vec![]) }
    }

    #[test]
    fn the_words_of_a_datum_become_one_and_are_silent_from_the_first_to_the_last() {
        let text = "su cédula es 1.128.456.789 y el celular, 300 555 0142, es suyo";
        let secrets: Vec<Secret> = suggest(text).iter().filter_map(|found| Secret::new(text, found)).collect();
        let mut utterances = [said(text), said("nada que callar")];
        let silent = take_out(&mut utterances, &secrets);
        assert_eq!(
            utterances[0].text(),
            "su cédula es [identificación omitida] y el celular, [teléfono omitido], es suyo"
        );
        assert_eq!(silent, [3_000..3_900, 7_000..9_900]);
        assert_eq!(utterances[1], said("nada que callar"));
    }
}
