//! Names that were gathered from many places under one spelling: the most usual one stands for the rest.

use std::collections::{BTreeMap, BTreeSet};

use super::sound::sound;

/// A name in all its spellings.
#[derive(Debug, Clone, Default)]
pub(super) struct Name {
    /// Each spelling and how often it stands somewhere; 0 for one that was only seen in capitals.
    pub spellings: BTreeMap<String, u32>,
    /// How often it stands anywhere.
    pub count: u32,
    /// In which documents.
    pub documents: BTreeSet<u32>,
    /// Whether a word before it said somewhere what it names.
    pub headed: bool,
}

/// A wrong spelling is at least so much rarer than the right one.
const RARER: u32 = 3;

/// From this length of a word on, one letter that differs is a slip and not another name.
const LONG_WORD: usize = 7;

/// How many other spellings are kept.
const MOST_OTHERS: usize = 8;

impl Name {
    /// The spelling that is used most; of two, the one with more accents.
    pub(super) fn usual(&self) -> &str {
        let accents = |text: &str| text.chars().filter(|letter| !letter.is_ascii()).count();
        let best = self.spellings.iter().max_by_key(|(text, count)| (**count, accents(text)));
        best.map_or("", |(text, _)| text)
    }

    /// The other spellings, the most frequent first; capitals alone make no other one.
    pub(super) fn others(&self) -> Vec<String> {
        let mut seen = BTreeSet::from([self.usual().to_lowercase()]);
        let mut others: Vec<(&String, &u32)> = self.spellings.iter().filter(|(_, count)| **count > 0).collect();
        others.sort_by(|one, other| other.1.cmp(one.1).then(one.0.cmp(other.0)));
        let others = others.into_iter().map(|(text, _)| text.clone());
        others.filter(|text| seen.insert(text.to_lowercase())).take(MOST_OTHERS).collect()
    }

    /// Takes in another name, which is the same.
    pub(super) fn take(&mut self, other: Name) {
        for (text, count) in other.spellings {
            *self.spellings.entry(text).or_default() += count;
        }
        self.take_uses(&other.count, &other.documents);
        self.headed |= other.headed;
    }

    /// Counts the uses of a shorter form, whose spelling is no spelling of this one.
    pub(super) fn take_uses(&mut self, count: &u32, documents: &BTreeSet<u32>) {
        self.count += count;
        self.documents.extend(documents);
    }
}

/// Takes rare spellings into the usual ones. The keys are folded words with spaces between.
pub(super) fn merged(mut names: BTreeMap<String, Name>) -> BTreeMap<String, Name> {
    // Only names that begin alike, word for word, can be one.
    let mut alike: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for key in names.keys() {
        let beginnings = key.split(' ').filter_map(|word| sound(word).chars().next()).collect();
        alike.entry(beginnings).or_default().push(key.clone());
    }
    for keys in alike.values() {
        let mut keys: Vec<&String> = keys.iter().collect();
        keys.sort_by_key(|key| (std::cmp::Reverse(names[*key].count), (*key).clone()));
        for at in (1..keys.len()).rev() {
            let rare = names[keys[at]].count;
            let usual =
                keys[..at].iter().find(|usual| names[**usual].count >= rare * RARER && is_same(usual, keys[at]));
            if let Some(usual) = usual
                && let Some(slip) = names.remove(keys[at])
                && let Some(name) = names.get_mut(*usual)
            {
                name.take(slip);
            }
        }
    }
    names
}

/// Whether two names differ as spellings do.
fn is_same(one: &str, other: &str) -> bool {
    let (ones, others): (Vec<&str>, Vec<&str>) = (one.split(' ').collect(), other.split(' ').collect());
    ones.len() == others.len() && ones.iter().zip(&others).all(|(one, other)| is_same_word(one, other))
}

fn is_same_word(one: &str, other: &str) -> bool {
    // «Fernanda» is no slip for «Fernando», nor is «Segunda» for «Segundo».
    let slip = || {
        one.len().min(other.len()) >= LONG_WORD
            && one.chars().next_back() == other.chars().next_back()
            && strsim::damerau_levenshtein(one, other) == 1
    };
    one == other || sound(one) == sound(other) || slip()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spellings(names: &[(&str, u32)]) -> Vec<String> {
        let name = |text: &str, count| Name {
            spellings: BTreeMap::from([(text.to_owned(), count)]),
            count,
            documents: BTreeSet::from([1]),
            headed: true,
        };
        let names = names.iter().map(|(text, count)| (text.to_lowercase(), name(text, *count))).collect();
        merged(names).values().map(|name| [vec![name.usual().to_owned()], name.others()].concat().join(" < ")).collect()
    }

    #[test]
    fn a_rare_spelling_of_the_same_sound_is_taken_in() {
        assert_eq!(spellings(&[("Fabio Echeverri", 9), ("Fabio Echeverry", 2)]), ["Fabio Echeverri < Fabio Echeverry"]);
        assert_eq!(spellings(&[("Chachafruto", 9), ("Chachafurto", 1)]), ["Chachafruto < Chachafurto"]);
    }

    #[test]
    fn two_usual_spellings_and_two_people_stay_two() {
        assert_eq!(spellings(&[("Henao", 9), ("Enao", 8)]).len(), 2);
        assert_eq!(spellings(&[("Luis Fernando Arias", 9), ("Luis Fernanda Arias", 1)]).len(), 2);
        assert_eq!(spellings(&[("Juan Carlos Toro", 9), ("Juan Camilo Toro", 1)]).len(), 2);
    }
}
