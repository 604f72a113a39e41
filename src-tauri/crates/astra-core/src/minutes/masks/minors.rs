//! Minors: their names become initials; a passage that speaks of one without a name is pointed out.

use super::reading::Reading;
use super::{Confidence, Kind, Suggestion, echoes};
use crate::minutes::cleaning::words::{listed, words};

/// Who is a minor by the word itself.
const CHILDREN: &str = "\
    niño niña niños niñas nino nina ninos ninas menor menores adolescente adolescentes bebe bebes infante infantes";

/// Who may be one.
const RELATIVES: &str =
    "hijo hija hijos hijas nieto nieta nietos nietas sobrino sobrina hijita hijito hermanito hermanita";

/// Ages of minors in words, as «de siete años» says them; the position is the age.
const AGES: [&str; 18] = [
    "cero",
    "un",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciseis",
    "diecisiete",
];

/// Small words inside a name.
const PARTICLES: &str = "de del la las los";

/// Names of minors wherever they stand, and mentions of minors without a name.
pub(super) fn find(reading: &Reading<'_>) -> Vec<Suggestion> {
    let mut found = Vec::new();
    let mut names: Vec<(usize, usize)> = Vec::new();
    for at in 0..reading.words.len() {
        let Some(mention) = mention(reading, at) else { continue };
        if mention.names.is_empty() {
            let flag = reading.suggestion(at..=mention.end - 1, Kind::Minor, mention.confidence);
            found.extend(flag.map(|flag| Suggestion { replacement: None, ..flag }));
        }
        for (start, end) in mention.names {
            found.extend(reading.suggestion(start..=end - 1, Kind::Minor, mention.confidence));
            names.push((start, end));
        }
    }
    found.extend(again(reading, &names));
    found
}

/// Initials for a name: «María de los Ángeles Ruiz» is «M. Á. R.».
pub(super) fn initials(name: &str) -> String {
    let names = words(name).into_iter().filter(|word| !listed(PARTICLES, &word.folded) && word.folded != "y");
    let first = |range: std::ops::Range<usize>| name[range].chars().next().into_iter().flat_map(char::to_uppercase);
    let initials: Vec<String> = names.map(|word| first(word.range).collect::<String>() + ".").collect();
    initials.join(" ")
}

/// Words that speak of a minor, up to `end`, and the names that follow.
struct Mention {
    end: usize,
    confidence: Confidence,
    names: Vec<(usize, usize)>,
}

fn mention(reading: &Reading<'_>, at: usize) -> Option<Mention> {
    let word = reading.words.get(at)?;
    let child = listed(CHILDREN, &word.folded);
    if (!child && !listed(RELATIVES, &word.folded)) || (word.capital && !reading.breaks(at)) {
        return None;
    }
    let mut end = at + 1;
    let of_age = reading.says(end, "de edad");
    end += if of_age { 2 } else { 0 };
    let age = age(reading, end);
    end = age.unwrap_or(end);
    let named = reading.longest(end, &["llamado", "llamada", "de nombre", "que se llama", "se llama", "su nombre es"]);
    let names = names(reading, end + named, named > 0);
    let names = if names.is_empty() { named_before(reading, at).into_iter().collect() } else { names };
    // «Por menor valor», «a menor costo»: the word alone says nothing.
    let menor = word.folded.starts_with("menor");
    let certain = age.is_some() || (of_age && menor) || (child && !names.is_empty());
    // «Los menores de edad» are all of them, and «las niñas Emberá» have that name from their people.
    let many = word.folded.ends_with('s');
    let confidence = if certain && !many { Confidence::Likely } else { Confidence::Possible };
    (certain || !names.is_empty()).then_some(Mention { end, confidence, names })
}

/// The end of «de siete años» when that is the age of a minor.
fn age(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let at = at + usize::from(reading.word(at) == "de");
    let figures = reading.word(at).parse::<usize>().ok();
    let years = figures.or_else(|| AGES.iter().position(|&age| age == reading.word(at)))?;
    (years < 18 && listed("años anos año ano meses", reading.word(at + 1))).then_some(at + 2)
}

/// The names from this position on: «María Ruiz», «María y Ana», each with its end.
fn names(reading: &Reading<'_>, mut at: usize, announced: bool) -> Vec<(usize, usize)> {
    let capital = |at: usize| reading.words.get(at).is_some_and(|word| word.capital);
    let mut names = Vec::new();
    let apart = |at: usize| !["", " ", ", ", ": "].contains(&reading.gap(at));
    while capital(at) && !apart(at) && !(names.is_empty() && !announced && listed("dios jesus", reading.word(at))) {
        let mut end = at + 1;
        loop {
            let small = reading.after(end, PARTICLES, 2);
            let joined = (end..=small).all(|at| reading.gap(at) == " ");
            if !capital(small) || !joined || end - at >= 6 {
                break;
            }
            end = small + 1;
        }
        names.push((at, end));
        at = end + usize::from(reading.word(end) == "y");
        // A comma after one name may begin anything; «y» goes on with the list.
        if at == end {
            break;
        }
    }
    names
}

/// The name in «María Ruiz, una niña».
fn named_before(reading: &Reading<'_>, at: usize) -> Option<(usize, usize)> {
    let article = at.checked_sub(1).filter(|&at| listed("un una", reading.word(at)) && reading.gap(at) == ", ")?;
    let capital = |at: &usize| reading.words.get(*at).is_some_and(|word| word.capital);
    let joined = |at: &usize| at + 1 == article || reading.gap(at + 1) == " ";
    let start = (0..article).rev().take_while(|at| capital(at) && joined(at)).last()?;
    // «Entonces, una niña vino»: one capital at the beginning of a sentence is no name.
    (!reading.breaks(start) || start + 1 < article).then_some((start, article))
}

/// Where the names found stand again: a whole name surely, a first name perhaps, and not where it
/// is another person's, with other surnames.
fn again(reading: &Reading<'_>, names: &[(usize, usize)]) -> Vec<Suggestion> {
    let same = |at: usize, start: usize, length: usize| {
        (0..length).all(|ahead| reading.word(at + ahead) == reading.word(start + ahead))
            && reading.words.get(at).is_some_and(|word| word.capital)
    };
    let mut found = Vec::new();
    for &(start, end) in names {
        for at in (0..reading.words.len()).filter(|at| !names.iter().any(|(from, to)| (from..to).contains(&at))) {
            let alone = echoes::goes_on(reading.text, reading.words[at].range.end).is_none();
            if end - start > 1 && same(at, start, end - start) {
                found.extend(reading.suggestion(at..=at + end - start - 1, Kind::Minor, Confidence::Likely));
            } else if alone && same(at, start, 1) {
                found.extend(reading.suggestion(at..=at, Kind::Minor, Confidence::Possible));
            }
        }
    }
    found
}
