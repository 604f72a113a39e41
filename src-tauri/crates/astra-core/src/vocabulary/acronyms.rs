//! Acronyms, and what they stand for where a text says it: «Plan de Ordenamiento Territorial (POT)».

use super::lists::{is_empty, is_formal};
use super::written::{Case, Gap, Written};

/// An acronym in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Its letters in small, without points.
    pub key: String,
    /// As it stands there.
    pub text: String,
    /// What it stands for, where the line says so.
    pub expansion: Option<String>,
}

/// The lengths of an acronym, in letters.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=9;

/// Short words in capitals that are none.
const NONE: [&str; 14] = ["hc", "sr", "sra", "dr", "dra", "nit", "cc", "am", "pm", "cp", "tp", "ok", "vo", "bo"];

/// The acronyms of a line, which must not be one in capitals.
pub(super) fn acronyms(words: &[Written<'_>]) -> Vec<Found> {
    let capitals = |at: Option<usize>| at.and_then(|at| words.get(at)).is_some_and(|word| word.case == Case::Capitals);
    let mut all = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let next_is_near = words.get(at + 1).is_some_and(|next| next.gap == Gap::Space);
        // Two in a row are a name in capitals.
        let in_row =
            (word.gap == Gap::Space && capitals(at.checked_sub(1))) || (next_is_near && capitals(Some(at + 1)));
        if word.case != Case::Capitals || in_row || !is_acronym(&word.folded) {
            continue;
        }
        let before = matches!(word.gap, Gap::Open | Gap::Dash).then(|| before(words, at)).flatten();
        let expansion = before.or_else(|| behind(words, at));
        all.push(Found { key: word.folded.clone(), text: word.text.to_owned(), expansion });
    }
    all
}

fn is_acronym(folded: &str) -> bool {
    LENGTHS.contains(&folded.len())
        && !NONE.contains(&folded)
        && !is_formal(folded)
        && !folded.chars().all(|letter| "ivxlcdm".contains(letter))
}

/// The words right before the acronym at `at` that it is made of.
fn before(words: &[Written<'_>], at: usize) -> Option<String> {
    let from = (0..at).rev().find(|&place| words[place].gap != Gap::Space && words[place].gap != Gap::Quote);
    let long = &words[from.unwrap_or(0)..at];
    let starts = (0..long.len()).rev().take(longest(&words[at].folded));
    starts.map(|start| &long[start..]).find(|long| spells(long, &words[at].folded)).map(text)
}

/// The words in the bracket behind the acronym at `at`, when it is made of them.
fn behind(words: &[Written<'_>], at: usize) -> Option<String> {
    let rest = words.get(at + 1..)?;
    if rest.first()?.gap != Gap::Open {
        return None;
    }
    let length = 1 + rest[1..].iter().take_while(|word| word.gap == Gap::Space).count();
    let long = &rest[..length.min(longest(&words[at].folded))];
    spells(long, &words[at].folded).then(|| text(long))
}

/// How many words an acronym may be short for.
fn longest(letters: &str) -> usize {
    letters.len() * 2 + 4
}

/// Whether an acronym is made of these words: each of its letters is found in them, in their order, and each of
/// them that says something gives at least its first letter (after Schwartz and Hearst, 2003, who ask that of the
/// first word only).
fn spells(words: &[Written<'_>], acronym: &str) -> bool {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    if is_empty(&first.folded) || is_empty(&last.folded) || words.iter().any(|word| word.case == Case::Capitals) {
        return false;
    }
    let telling: Vec<&str> = words.iter().map(|word| word.folded.as_str()).filter(|word| !is_empty(word)).collect();
    telling.len() > 1 && follows(&telling, acronym)
}

/// Whether `letters` can be cut into pieces such that each is a beginning of its word, or its first letter and
/// others in order.
fn follows(words: &[&str], letters: &str) -> bool {
    let Some((word, rest)) = words.split_first() else { return letters.is_empty() };
    let mut piece = letters;
    let mut tail = word.chars();
    let mut taken = false;
    // The fewest letters of a word are tried first.
    while let Some(letter) = piece.chars().next() {
        if (!taken && tail.next() != Some(letter)) || (taken && !tail.any(|other| other == letter)) {
            return false;
        }
        taken = true;
        piece = &piece[letter.len_utf8()..];
        if follows(rest, piece) {
            return true;
        }
    }
    false
}

fn text(words: &[Written<'_>]) -> String {
    words.iter().map(|word| word.text).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::written;
    use super::*;

    fn found(line: &str) -> Vec<(String, Option<String>)> {
        acronyms(&written::words(line)).into_iter().map(|found| (found.text, found.expansion)).collect()
    }

    fn one(line: &str) -> String {
        let [(text, expansion)] = found(line).try_into().unwrap();
        format!("{text} = {}", expansion.unwrap_or_default())
    }

    #[test]
    fn what_an_acronym_stands_for_is_found_on_either_side_of_the_bracket() {
        assert_eq!(
            one("ajustar el Plan de Ordenamiento Territorial (POT) este año"),
            "POT = Plan de Ordenamiento Territorial"
        );
        assert_eq!(one("el PAE (Programa de Alimentación Escolar) no llega"), "PAE = Programa de Alimentación Escolar");
        assert_eq!(
            one("el Departamento Administrativo de Gestión del Riesgo de Desastres - DAGRD"),
            "DAGRD = Departamento Administrativo de Gestión del Riesgo de Desastres"
        );
        assert_eq!(one("Sistema de Información de Matrícula (SIMAT)"), "SIMAT = Sistema de Información de Matrícula");
    }

    #[test]
    fn words_that_only_stand_near_an_acronym_are_not_what_it_stands_for() {
        assert_eq!(one("la gerente de la empresa (ICBF) informó"), "ICBF = ");
        assert_eq!(one("la reunión con el DANE fue ayer"), "DANE = ");
    }

    #[test]
    fn names_in_capitals_numerals_and_titles_are_no_acronyms() {
        assert!(found("el concejal ANA ZAPATA, la H.C. y el capítulo XIV a las 3 PM").is_empty());
    }
}
