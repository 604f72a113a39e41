//! Which words of the vocabulary a sitting is likely to say. Engines take few: Whisper reads its first hundred tokens.

use std::collections::BTreeSet;

use super::{Term, TermKind};
use crate::guard::fold::tokens;

/// What is known of a sitting before anybody listens to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sitting {
    /// Who is on the roll, those who are known to be there first.
    pub people: Vec<String>,
    /// What it will be about: its title and the points of its order of the day.
    pub matters: Vec<String>,
}

/// Shorter words of a title say nothing about its matter.
const TELLING: usize = 4;

/// The words that engines are told, the most important first and at most `most`. What the order of the day names
/// comes before all else; then, by turns so that neither crowds out the other, people of the roll and terms: those
/// that somebody taught, then those that were learned, by how many documents they stand in. Engines write the
/// phrases of every sitting rightly by themselves.
pub fn for_sitting(terms: &[Term], sitting: &Sitting, most: usize) -> Vec<String> {
    let matters: BTreeSet<String> = sitting.matters.iter().flat_map(|matter| telling(matter)).collect();
    let named = |term: &Term| telling(&format!("{} {}", term.text, term.expansion)).any(|word| matters.contains(&word));
    let (agenda, mut rest): (Vec<&Term>, Vec<&Term>) =
        terms.iter().filter(|term| term.kind != TermKind::Phrase).partition(|term| named(term));
    rest.sort_by_key(|term| (term.documents > 0, std::cmp::Reverse(term.documents)));

    let mut chosen: Vec<String> = Vec::new();
    let mut take = |text: &str| {
        if !text.is_empty() && chosen.len() < most && chosen.iter().all(|known| known != text) {
            chosen.push(text.to_owned());
        }
    };
    agenda.iter().for_each(|term| take(&term.text));
    let mut people = sitting.people.iter();
    let mut terms = rest.iter();
    loop {
        let pair = [terms.next().map(|term| term.text.as_str()), people.next().map(String::as_str)];
        if pair == [None, None] {
            return chosen;
        }
        pair.into_iter().flatten().for_each(&mut take);
    }
}

/// The words of a text that say something about its matter.
fn telling(text: &str) -> impl Iterator<Item = String> + '_ {
    let folded = tokens(text).filter(|word| !super::lists::is_formal(word) && !super::lists::is_empty(word));
    folded.filter(|word| word.len() >= TELLING || text.contains(&word.to_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(text: &str, documents: u32) -> Term {
        Term { text: text.to_owned(), documents, ..Term::default() }
    }

    fn chosen(terms: &[Term], people: &[&str], matters: &[&str], most: usize) -> Vec<String> {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        for_sitting(terms, &Sitting { people: owned(people), matters: owned(matters) }, most)
    }

    #[test]
    fn what_the_order_of_the_day_names_comes_first() {
        let pot = Term { expansion: "Plan de Ordenamiento Territorial".to_owned(), ..term("POT", 2) };
        let terms = [term("Neiva", 0), term("vereda Chachafruto", 40), pot, term("Sisbén", 50)];
        let told = chosen(&terms, &["Ana Zapata"], &["Debate del POT en Chachafruto"], 10);
        assert_eq!(told, ["vereda Chachafruto", "POT", "Neiva", "Ana Zapata", "Sisbén"]);
    }

    #[test]
    fn people_and_terms_come_by_turns_and_nobody_twice() {
        let terms = [term("Neiva", 0), term("Ana Zapata", 0), term("Sisbén", 3)];
        let told = chosen(&terms, &["Ana Zapata", "Luz Quintero", "Jorge Ospina"], &[], 10);
        assert_eq!(told, ["Neiva", "Ana Zapata", "Luz Quintero", "Sisbén", "Jorge Ospina"]);
        assert_eq!(chosen(&terms, &["Ana Zapata"], &[], 1), ["Neiva"]);
    }

    #[test]
    fn phrases_are_not_told_and_formal_words_name_no_matter() {
        let phrase = Term { kind: TermKind::Phrase, ..term("quórum deliberatorio", 50) };
        let terms = [phrase, term("Comisión del Plan", 1), term("Neiva", 2)];
        assert_eq!(chosen(&terms, &[], &["Lectura del orden del día"], 10), ["Neiva", "Comisión del Plan"]);
    }
}
