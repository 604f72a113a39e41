//! What documents of the past teach: they are read one after the other, and only counts are kept of them. What they
//! name is proposed, the surest and most frequent first, for the secretary to agree to.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::acronyms::acronyms;
use super::laws::laws;
use super::names::{Seen, Usage, names};
use super::phrases::Phrases;
use super::runs::{Run, runs};
use super::variants::Name;
use super::written::{Case, is_in_capitals, words};
use super::{Term, TermKind};
use crate::guard::fold::tokens;

/// A term that is proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ProposedTerm {
    /// The term; what else it is written like stands where a mistake would.
    pub term: Term,
    /// How often it stands in the documents.
    pub count: u32,
    /// Whether it needs no second look.
    pub sure: bool,
    /// Whether the vocabulary has it already.
    pub known: bool,
}

/// What was read so far.
#[derive(Debug, Default)]
pub struct Learning {
    documents: u32,
    usage: Usage,
    runs: HashMap<Run, Seen>,
    acronyms: BTreeMap<String, Acronym>,
    laws: BTreeMap<String, Name>,
    phrases: Phrases,
}

#[derive(Debug, Default)]
struct Acronym {
    name: Name,
    expansions: BTreeMap<String, Name>,
}

/// A name without a word before it that says what it is must stand there so often.
const FEWEST_UNTOLD: u32 = 2;

/// Names that nothing tells apart from an ordinary word stand so often before they need no second look.
const FEWEST_SURE: u32 = 3;

/// How many candidates are given at most.
const MOST: usize = 3_000;

impl Learning {
    /// How many documents were read.
    pub fn documents(&self) -> u32 {
        self.documents
    }

    /// Reads the lines of a document. A sentence that goes on in another line is two.
    pub fn read(&mut self, lines: &[String]) {
        self.documents += 1;
        for line in lines {
            self.read_line(&line.nfc().collect::<String>());
        }
    }

    fn read_line(&mut self, line: &str) {
        let document = self.documents;
        for law in laws(line) {
            count(self.laws.entry(law.key).or_default(), law.text, document);
        }
        let words = words(line);
        for run in runs(&words) {
            self.runs.entry(run).or_default().again(document);
        }
        if is_in_capitals(&words) {
            return;
        }
        for word in &words {
            match word.case {
                Case::Small => *self.usage.small.entry(word.text.to_lowercase()).or_default() += 1,
                Case::Capital if !word.opens() => {
                    *self.usage.capital.entry(word.text.to_lowercase()).or_default() += 1;
                }
                _ => {}
            }
        }
        for found in acronyms(&words) {
            let acronym = self.acronyms.entry(found.key).or_default();
            count(&mut acronym.name, found.text, document);
            if let Some(text) = found.expansion {
                let key = tokens(&text).collect::<Vec<_>>().join(" ");
                count(acronym.expansions.entry(key).or_default(), text, document);
            }
        }
        self.phrases.read(&words, document);
    }

    /// What can be learned, the surest and most frequent first and phrases last; `known` is the vocabulary there is.
    pub fn candidates(&self, known: &[Term]) -> Vec<ProposedTerm> {
        let known: BTreeSet<String> = known.iter().map(|term| key(&term.text)).collect();
        let mut all: Vec<ProposedTerm> = Vec::new();
        for (kind, names) in names(&self.runs, &self.usage) {
            all.extend(names.values().filter_map(|name| of_name(kind, name)));
        }
        all.extend(self.acronyms.iter().filter_map(|(letters, acronym)| self.of_acronym(letters, acronym)));
        all.extend(self.laws.values().map(|law| candidate(TermKind::Law, law, true)));
        all.extend(self.phrases.found().into_iter().map(|phrase| ProposedTerm {
            term: Term { text: phrase.text, kind: TermKind::Phrase, documents: phrase.documents, ..Term::default() },
            count: phrase.count,
            sure: false,
            known: false,
        }));
        for one in &mut all {
            one.known = known.contains(&key(&one.term.text));
        }
        all.sort_by(|one, other| {
            let rank = |one: &ProposedTerm| (one.term.kind == TermKind::Phrase, !one.sure);
            let weight = |one: &ProposedTerm| (one.term.documents, one.count);
            rank(one)
                .cmp(&rank(other))
                .then_with(|| weight(other).cmp(&weight(one)))
                .then_with(|| one.term.text.cmp(&other.term.text))
        });
        let mut seen = BTreeSet::new();
        all.retain(|one| seen.insert(key(&one.term.text)));
        all.truncate(MOST);
        all
    }

    fn of_acronym(&self, letters: &str, acronym: &Acronym) -> Option<ProposedTerm> {
        let expansion = acronym.expansions.values().max_by_key(|name| name.count);
        let often = acronym.name.count >= FEWEST_UNTOLD && !self.usage.small.contains_key(letters);
        if expansion.is_none() && !often {
            return None;
        }
        let sure = expansion.is_some() || acronym.name.documents.len() > 1;
        let mut candidate = candidate(TermKind::Acronym, &acronym.name, sure);
        candidate.term.expansion = expansion.map(|name| name.usual().to_owned()).unwrap_or_default();
        Some(candidate)
    }
}

/// The vocabulary once these terms are agreed to: new ones come first; those that are there get what they lack.
pub fn merged(vocabulary: &[Term], agreed: &[Term]) -> Vec<Term> {
    let mut known = vocabulary.to_vec();
    let mut fresh: Vec<Term> = Vec::new();
    for term in agreed.iter().filter(|term| !term.text.trim().is_empty()) {
        let same = known.iter_mut().chain(&mut fresh).find(|one| key(&one.text) == key(&term.text));
        let Some(same) = same else {
            fresh.push(Term { text: term.text.trim().to_owned(), ..term.clone() });
            continue;
        };
        for spelling in &term.instead_of {
            if !same.instead_of.contains(spelling) && *spelling != same.text {
                same.instead_of.push(spelling.clone());
            }
        }
        if same.kind == TermKind::Other {
            same.kind = term.kind;
        }
        if same.expansion.is_empty() {
            same.expansion.clone_from(&term.expansion);
        }
        same.documents = same.documents.max(term.documents);
    }
    fresh.extend(known);
    fresh
}

fn of_name(kind: TermKind, name: &Name) -> Option<ProposedTerm> {
    let (documents, told) = (name.documents.len(), name.headed);
    if !told && name.count < FEWEST_UNTOLD {
        return None;
    }
    let sure = match kind {
        TermKind::Other => documents > 1 && name.count >= FEWEST_SURE,
        TermKind::Office | TermKind::Programme => documents > 1 || name.count >= FEWEST_SURE,
        _ => documents > 1 || name.count >= FEWEST_UNTOLD,
    };
    Some(candidate(kind, name, sure))
}

fn candidate(kind: TermKind, name: &Name, sure: bool) -> ProposedTerm {
    let term = Term {
        text: name.usual().to_owned(),
        instead_of: name.others(),
        kind,
        documents: u32::try_from(name.documents.len()).unwrap_or(u32::MAX),
        ..Term::default()
    };
    ProposedTerm { term, count: name.count, sure, known: false }
}

fn count(name: &mut Name, text: String, document: u32) {
    *name.spellings.entry(text).or_default() += 1;
    name.count += 1;
    name.documents.insert(document);
}

/// What two spellings of one term have in common.
fn key(text: &str) -> String {
    tokens(text).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
