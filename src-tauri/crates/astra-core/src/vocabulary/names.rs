//! What runs of capitals name, judged once all documents were read: only then it is known which words are
//! ordinary, who has which given name, and which name is short for another.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::TermKind;
use super::lists::{self, Head};
use super::runs::Run;
use super::variants::{Name, merged};
use crate::guard::fold::tokens;

/// How often and where something stands.
#[derive(Debug, Default, Clone)]
pub(super) struct Seen {
    /// How often.
    pub count: u32,
    /// In which documents, in order.
    pub documents: Vec<u32>,
}

impl Seen {
    /// Counts it once more in a document.
    pub(super) fn again(&mut self, document: u32) {
        self.count += 1;
        if self.documents.last() != Some(&document) {
            self.documents.push(document);
        }
    }
}

/// How words are written where their capitals say something.
#[derive(Debug, Default)]
pub(super) struct Usage {
    /// In small letters.
    pub small: HashMap<String, u32>,
    /// With a capital that nothing but the word asks for.
    pub capital: HashMap<String, u32>,
}

/// A word that stands in small letters more often than once in so many is no name.
const SMALL_ONCE_IN: u32 = 8;

impl Usage {
    /// Whether a word is an ordinary one, which has a capital only where it begins something.
    pub(super) fn is_ordinary(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        let small = self.small.get(&word).copied().unwrap_or_default();
        small > 0 && small * SMALL_ONCE_IN >= self.capital.get(&word).copied().unwrap_or_default()
    }
}

/// How many names of a kind are compared with each other.
const MOST_NAMES: usize = 3_000;

/// The names by their kind.
pub(super) fn names(runs: &HashMap<Run, Seen>, usage: &Usage) -> BTreeMap<TermKind, BTreeMap<String, Name>> {
    let mut sorted: Vec<(&Run, &Seen)> = runs.iter().collect();
    sorted.sort_by_key(|(run, _)| *run);
    let read: Vec<(Reading, &Run, &Seen)> =
        sorted.into_iter().filter_map(|(run, seen)| Some((Reading::of(run, usage)?, run, seen))).collect();
    let first = |reading: &Reading| reading.words.first().map(|word| fold(word));
    let called = read.iter().filter(|(reading, _, _)| reading.is(TermKind::Person) && reading.words.len() > 1);
    let given: BTreeSet<String> = called.filter_map(|(reading, _, _)| first(reading)).collect();
    let is_given = |word: &str| lists::is_given_name(word) || given.contains(word);

    let mut kinds: BTreeMap<TermKind, BTreeMap<String, Name>> = BTreeMap::new();
    for (reading, run, seen) in &read {
        let telling = reading.words.iter().filter(|word| !is_joiner(word)).count();
        let person = (2..=6).contains(&telling) && first(reading).is_some_and(|word| is_given(&word));
        let kind = match reading.kind {
            Some(kind) => kind,
            None if person => TermKind::Person,
            None => TermKind::Other,
        };
        if run.capitals && kind != TermKind::Person {
            continue;
        }
        let name = Name {
            spellings: BTreeMap::from([(reading.text(), if run.capitals { 0 } else { seen.count })]),
            count: seen.count,
            documents: seen.documents.iter().copied().collect(),
            headed: reading.kind.is_some(),
        };
        kinds.entry(kind).or_default().entry(reading.key()).or_default().take(name);
    }
    let mut kinds: BTreeMap<TermKind, BTreeMap<String, Name>> =
        kinds.into_iter().map(|(kind, names)| (kind, merged(most_frequent(names)))).collect();
    name_places_without_their_kind(&mut kinds);
    name_people_without_their_title(&mut kinds);
    if let Some(people) = kinds.get_mut(&TermKind::Person) {
        turn_round(people, lists::is_given_name);
        join_short_names(people);
        // One name alone is somebody only where it was said to be, and no ordinary word.
        people.retain(|key, name| key.contains(' ') || (name.headed && !usage.is_ordinary(name.usual())));
    }
    if let Some(others) = kinds.get_mut(&TermKind::Other) {
        // A given name alone is anybody.
        others.retain(|key, name| {
            !is_given(key) && name.usual().split(' ').any(|word| !is_joiner(word) && is_telling(word, usage))
        });
    }
    kinds
}

/// Leaves the names that stand there most often: comparing each with each must not cost hours, whatever a document
/// holds.
fn most_frequent(names: BTreeMap<String, Name>) -> BTreeMap<String, Name> {
    if names.len() <= MOST_NAMES {
        return names;
    }
    let mut sorted: Vec<(String, Name)> = names.into_iter().collect();
    sorted.sort_by_key(|(_, name)| std::cmp::Reverse(name.count));
    sorted.into_iter().take(MOST_NAMES).collect()
}

/// A run without what only stands around a name.
struct Reading<'a> {
    words: Vec<&'a str>,
    /// The kind, where the run or what goes before it says so.
    kind: Option<TermKind>,
    /// What is written before the name: «vereda».
    before: Option<&'static str>,
}

impl<'a> Reading<'a> {
    fn of(run: &'a Run, usage: &Usage) -> Option<Self> {
        let mut words: Vec<&str> = run.text.split(' ').collect();
        let (mut head, mut opens) = (run.head, run.opens);
        while let Some(word) = words.first() {
            let (first, next) = (fold(word), words.get(1).copied().unwrap_or_default());
            let titled = lists::is_title(&first) && !(lists::is_office(&first) && is_joiner(next));
            let administrative = fold(next) == "administrativo";
            if titled {
                head = Some(Head::Person);
            } else if let Some(place) = lists::place(&first)
                && words.len() > 1
                && head.is_none()
                && !administrative
                && (is_joiner(next) || !lists::is_called_alone(place))
            {
                head = Some(Head::Place(place));
            } else if lists::is_office(&first) || lists::programme(&first).is_some() {
                break;
            } else if !is_joiner(word) && !lists::is_formal(&first) {
                if !opens || head.is_some() || !opens_only(word, usage) {
                    break;
                }
                opens = false;
            }
            words.remove(0);
        }
        while words.last().is_some_and(|word| is_joiner(word) || is_formal(word)) {
            words.pop();
        }
        let first = fold(words.first()?);
        let telling = || words.iter().filter(|word| !is_joiner(word)).skip(1);
        let (kind, before) = if lists::is_office(&first) {
            telling().next()?;
            (Some(TermKind::Office), None)
        } else if lists::programme(&first).is_some() {
            if telling().next().is_none_or(|word| is_formal(word)) {
                return None;
            }
            (Some(TermKind::Programme), None)
        } else {
            match head {
                Some(Head::Person) => {
                    if let Some(end) = words.iter().position(|word| is_formal(word) || lists::is_office(&fold(word))) {
                        words.truncate(end);
                    }
                    (Some(TermKind::Person), None)
                }
                Some(Head::Place(place)) => (Some(TermKind::Place), (!lists::is_called_alone(place)).then_some(place)),
                Some(Head::Programme(programme)) => (Some(TermKind::Programme), Some(programme)),
                None => (None, None),
            }
        };
        let says = |word: &&str| word.chars().count() > 1 && !lists::joins(&fold(word), false);
        words.iter().any(says).then_some(Self { words, kind, before })
    }

    fn is(&self, kind: TermKind) -> bool {
        self.kind == Some(kind)
    }

    fn text(&self) -> String {
        self.before.iter().chain(&self.words).copied().collect::<Vec<_>>().join(" ")
    }

    /// What all spellings of the name have in common.
    fn key(&self) -> String {
        let words = self.before.iter().chain(&self.words).copied();
        words.filter(|word| !lists::joins(&fold(word), false)).map(fold).collect::<Vec<_>>().join(" ")
    }
}

/// «En Chachafruto» is in the vereda of that name, when there is only one place called so.
fn name_places_without_their_kind(kinds: &mut BTreeMap<TermKind, BTreeMap<String, Name>>) {
    let Some(mut others) = kinds.remove(&TermKind::Other) else { return };
    if let Some(places) = kinds.get_mut(&TermKind::Place) {
        let mut bare: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for key in places.keys() {
            if let Some((kind, name)) = key.split_once(' ')
                && lists::place(kind).is_some()
            {
                bare.entry(name.to_owned()).or_default().push(key.clone());
            }
        }
        others.retain(|key, name| {
            let of = match bare.get(key).map(Vec::as_slice) {
                _ if places.contains_key(key) => key,
                Some([only]) => only,
                Some(_) => return false,
                None => return true,
            };
            if let Some(place) = places.get_mut(of) {
                place.take_uses(&name.count, &name.documents);
            }
            false
        });
    }
    kinds.insert(TermKind::Other, others);
}

/// A surname that stands alone is a short name.
fn name_people_without_their_title(kinds: &mut BTreeMap<TermKind, BTreeMap<String, Name>>) {
    let Some(others) = kinds.remove(&TermKind::Other) else { return };
    let people = kinds.entry(TermKind::Person).or_default();
    let (short, others): (BTreeMap<String, Name>, BTreeMap<String, Name>) =
        others.into_iter().partition(|(key, _)| people.keys().any(|long| is_part(key, long)));
    for (key, name) in short {
        people.entry(key).or_default().take(name);
    }
    kinds.insert(TermKind::Other, others);
}

/// Rolls are called by the surnames: «Mahecha Ruiz Jorge» is the Jorge Mahecha Ruiz of all other lines.
fn turn_round(people: &mut BTreeMap<String, Name>, is_given: impl Fn(&str) -> bool) {
    let sorted = |key: &str| {
        let mut words: Vec<String> = key.split(' ').map(str::to_owned).collect();
        words.sort();
        words
    };
    let begins_given = |key: &String| key.split(' ').next().is_some_and(&is_given);
    let usual = people.keys().filter(|key| begins_given(key)).map(|key| (sorted(key), key.clone()));
    let usual: BTreeMap<Vec<String>, String> = usual.collect();
    let turned: Vec<String> = people.keys().filter(|key| !begins_given(key)).cloned().collect();
    for key in turned {
        if let Some(person) = usual.get(&sorted(&key))
            && let Some(name) = people.remove(&key)
            && let Some(person) = people.get_mut(person)
        {
            person.take_uses(&name.count, &name.documents);
        }
    }
}

/// A part of one full name, in its order, is that person; a part of several is nobody in particular.
fn join_short_names(people: &mut BTreeMap<String, Name>) {
    let mut keys: Vec<String> = people.keys().cloned().collect();
    keys.sort_by_key(|key| key.split(' ').count());
    for (at, short) in keys.iter().enumerate() {
        let longer = keys[at + 1..].iter().filter(|long| people.contains_key(*long) && is_part(short, long));
        let longest: Vec<&String> = longer.collect();
        let whole = longest.iter().filter(|one| !longest.iter().any(|other| *other != **one && is_part(one, other)));
        let whole: Vec<String> = whole.map(|key| (*key).clone()).collect();
        if whole.is_empty() {
            continue;
        }
        let Some(name) = people.remove(short) else { continue };
        if let [only] = whole.as_slice()
            && let Some(person) = people.get_mut(only)
        {
            person.take_uses(&name.count, &name.documents);
            person.headed |= name.headed;
        }
    }
}

fn is_part(short: &str, long: &str) -> bool {
    let mut words = long.split(' ');
    short.len() < long.len() && short.split(' ').all(|word| words.any(|other| other == word))
}

/// Whether a word at the beginning of a sentence has its capital from there, as far as is known: one that stands
/// nowhere else with a capital is a verb rather than a name.
fn opens_only(word: &str, usage: &Usage) -> bool {
    let folded = fold(word);
    let elsewhere = || usage.capital.contains_key(&word.to_lowercase()) || lists::is_given_name(&folded);
    usage.is_ordinary(word) || lists::is_empty(&folded) || !elsewhere()
}

/// Whether a word can be what makes a name one.
fn is_telling(word: &str, usage: &Usage) -> bool {
    !usage.is_ordinary(word) && !is_formal(word) && fold(word).len() > 2
}

fn is_formal(word: &str) -> bool {
    let folded = fold(word);
    lists::is_formal(&folded) || lists::is_title(&folded)
}

/// Whether a small word joins others; «La» of «La Palma» is a word of the name.
fn is_joiner(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_lowercase)
}

fn fold(word: &str) -> String {
    tokens(word).collect()
}
