//! Runs of words with capitals, which may be names, with what the words before them say of them.

use super::lists::{self, Head};
use super::written::{Case, Gap, Written};

/// Words with capitals in a row, with the small words that join them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Run {
    /// The words with a space between. What was in capitals has them at the beginnings of its words only.
    pub text: String,
    /// What goes before it.
    pub head: Option<Head>,
    /// Whether its first word would have a capital anyway.
    pub opens: bool,
    /// Whether all of it was in capitals, which hide accents and what is a name.
    pub capitals: bool,
}

/// How many small words may join two others: «de la», «de los».
const JOINERS: usize = 3;

/// How many words a run has at most.
const LONGEST: usize = 12;

/// The runs of a line.
pub(super) fn runs(words: &[Written<'_>]) -> Vec<Run> {
    let mut runs = Vec::new();
    // «las veredas El Rosario, La Palma y Buenos Aires» are three places.
    let mut listed: Option<Head> = None;
    let mut at = 0;
    while let Some(word) = words.get(at) {
        if word.gap == Gap::Stop {
            listed = None;
        }
        if !matches!(word.case, Case::Capital | Case::Capitals) {
            if !matches!(word.folded.as_str(), "y" | "e" | "de" | "del" | "la" | "el" | "los" | "las") {
                listed = None;
            }
            at += 1;
            continue;
        }
        let end = end(words, at);
        let (head, plural) = match head_before(words, at) {
            Some((head, plural)) => (Some(head), plural),
            None => (listed, listed.is_some()),
        };
        listed = head.filter(|_| plural);
        let capitals = word.case == Case::Capitals;
        if !capitals || end - at > 1 {
            let text = if capitals { from_capitals(&words[at..end]) } else { text(&words[at..end]) };
            runs.push(Run { text, head, opens: word.opens(), capitals });
        }
        at = end;
    }
    runs
}

/// Behind the last word of the run that begins at `at`.
fn end(words: &[Written<'_>], at: usize) -> usize {
    let first = &words[at];
    let wide = lists::is_office(&first.folded) || lists::programme(&first.folded).is_some();
    let goes_on = |place: usize| words.get(place).is_some_and(|word| word.gap == Gap::Space);
    let mut end = at + 1;
    while goes_on(end) && end - at < LONGEST {
        let small = words[end..].iter().take(JOINERS);
        let small = small
            .take_while(|word| word.gap == Gap::Space && word.case == Case::Small && lists::joins(&word.folded, wide));
        let next = end + small.count();
        if !goes_on(next) || words[next].case != first.case {
            break;
        }
        end = next + 1;
    }
    end
}

/// What the word before the run at `at` says of it, and whether it says that of several.
fn head_before(words: &[Written<'_>], at: usize) -> Option<(Head, bool)> {
    if !matches!(words[at].gap, Gap::Space | Gap::Quote | Gap::Colon) {
        return None;
    }
    let small = words[..at].iter().rev().take(2);
    let small = small.take_while(|word| matches!(word.folded.as_str(), "de" | "del" | "la" | "el" | "los" | "las"));
    let small = small.count();
    let before = words.get(at.checked_sub(small + 1)?)?;
    let near = words[at - small..at].iter().all(|word| word.gap == Gap::Space);
    let plural = before.folded.ends_with('s');
    let head = if let Some(place) = lists::place(&before.folded).or_else(|| lists::places(&before.folded)) {
        Head::Place(place)
    } else if let Some(programme) = lists::programme(&before.folded) {
        Head::Programme(programme)
    } else if lists::is_title(&before.folded) && small == 0 {
        Head::Person
    } else {
        return None;
    };
    near.then_some((head, plural))
}

fn text(words: &[Written<'_>]) -> String {
    words.iter().map(|word| word.text).collect::<Vec<_>>().join(" ")
}

fn from_capitals(words: &[Written<'_>]) -> String {
    let word = |(at, word): (usize, &Written<'_>)| {
        let small = word.text.to_lowercase();
        if at > 0 && lists::joins(&word.folded, false) {
            return small;
        }
        let mut letters = small.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
    };
    words.iter().enumerate().map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::written;
    use super::*;

    fn texts(line: &str) -> Vec<String> {
        runs(&written::words(line)).into_iter().map(|run| run.text).collect()
    }

    fn heads(line: &str) -> Vec<Option<Head>> {
        runs(&written::words(line)).into_iter().map(|run| run.head).collect()
    }

    #[test]
    fn a_name_goes_on_over_the_small_words_within_it_and_ends_at_any_other() {
        assert_eq!(texts("con María de la Cruz Ríos y Jorge Ospina vino"), ["María de la Cruz Ríos", "Jorge Ospina"]);
        assert_eq!(
            texts("la Secretaría de Planeación y Obras Públicas dijo"),
            ["Secretaría de Planeación y Obras Públicas"]
        );
    }

    #[test]
    fn every_place_of_a_list_is_known_by_the_word_before_the_first() {
        let vereda = Some(Head::Place("vereda"));
        assert_eq!(heads("las veredas El Rosario, La Palma y Buenos Aires con Ana"), [vereda, vereda, vereda, None]);
        assert_eq!(heads("la vereda de La Palma, Ana Zapata dijo"), [vereda, None]);
    }

    #[test]
    fn a_title_says_that_a_person_follows_at_once() {
        assert_eq!(heads("el concejal Ospina"), [Some(Head::Person)]);
        assert_eq!(heads("el secretario de Hacienda"), [None]);
        assert_eq!(heads("el programa “Manos Amigas”"), [Some(Head::Programme("programa"))]);
    }

    #[test]
    fn a_name_in_capitals_is_written_as_names_are() {
        assert_eq!(texts("el concejal MARÍA DE LA CRUZ RÍOS votó"), ["María de la Cruz Ríos"]);
        assert!(texts("el POT").is_empty(), "one word in capitals is an acronym");
    }
}
