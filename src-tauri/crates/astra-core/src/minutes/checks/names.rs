//! Names: speakers without one, and one person with two spellings.

use std::collections::BTreeMap;

use super::{Finding, Findings};
use crate::minutes::cleaning::words::fold;
use crate::minutes::{Stretch, What};

/// Above this share of common letters two names may be one person's: «Jiménez» and «Giménez».
const ALIKE: f32 = 0.88;

/// The same for a word of theirs: «Luis» and «Luiz», but not «Rosa» and «Rosalba».
const WORDS_ALIKE: f32 = 0.75;

/// Looks at everybody who is named, and at who is not.
pub(super) fn look(findings: &mut Findings<'_>) {
    let clock = findings.material.clock();
    let unnamed = findings.material.utterances.iter().find(|utterance| {
        !utterance.words.is_empty() && utterance.speaker.as_deref().is_none_or(|name| name.trim().is_empty())
    });
    if let Some(utterance) = unnamed {
        findings.add_at(Finding::SpeakerMissing, Some(clock.heard(utterance)));
    }
    let names: Vec<(String, Option<Stretch>)> = named(findings).into_iter().collect();
    let keys: Vec<String> = names.iter().map(|(name, _)| fold(name)).collect();
    for (at, (one, first)) in names.iter().enumerate() {
        for (other_at, (other, second)) in names.iter().enumerate().skip(at + 1) {
            if is_perhaps_one(&keys[at], &keys[other_at]) {
                let finding = Finding::TwoSpellings { one: one.clone(), other: other.clone() };
                findings.add_at(finding, first.or(*second));
            }
        }
    }
}

/// Every name once, and where it can be heard.
fn named(findings: &Findings<'_>) -> BTreeMap<String, Option<Stretch>> {
    let material = findings.material;
    let mut names: BTreeMap<String, Option<Stretch>> = BTreeMap::new();
    let mut add = |name: &str, heard: Option<Stretch>| {
        let name = crate::export::one_line(name);
        if !name.is_empty() {
            let known = names.entry(name).or_default();
            *known = known.or(heard);
        }
    };
    material.minutes.record.people().for_each(|name| add(name, None));
    for entry in &material.minutes.entries {
        let mut stated = |names: &[String]| names.iter().for_each(|name| add(name, entry.heard));
        match &entry.what {
            What::Motion { by, .. } => stated(by),
            What::Bill(bill) => stated(&bill.rapporteurs),
            What::Constancia { by } => add(by, entry.heard),
            What::Vote(vote) => {
                let sides = [&vote.names.in_favour, &vote.names.against, &vote.names.abstaining, &vote.names.excluded];
                sides.into_iter().for_each(|names| stated(names));
            }
            _ => {}
        }
    }
    let clock = material.clock();
    for utterance in &material.utterances {
        if let Some(speaker) = &utterance.speaker {
            add(speaker, Some(clock.heard(utterance)));
        }
    }
    names
}

/// Whether two folded names may be one person's: the same but for accents, the same words in another order,
/// one with a surname more, or nearly the same letters.
fn is_perhaps_one(one: &str, other: &str) -> bool {
    let (mut few, mut many): (Vec<&str>, Vec<&str>) = (one.split(' ').collect(), other.split(' ').collect());
    if few.len() > many.len() {
        std::mem::swap(&mut few, &mut many);
    }
    let contained = few.len() >= 2 && few.iter().all(|word| many.contains(word));
    if contained || one == other {
        return true;
    }
    // «Luis» and «Luisa Pérez» differ by one letter and are two people: every word must have its like.
    few.len() == many.len()
        && few.iter().zip(&many).all(|(one, other)| alike(one, other) >= WORDS_ALIKE)
        && alike(one, other) >= ALIKE
        && few.iter().zip(&many).filter(|(one, other)| one == other).count() + 1 >= few.len()
        && !differ_in_gender(&few, &many)
}

/// Twice the letters that both have in order, as a share of all: 1 for the same word.
fn alike(one: &str, other: &str) -> f32 {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut row = vec![0_u16; other.len() + 1];
    for letter in &one {
        let mut diagonal = 0;
        for (at, other) in other.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if letter == other { diagonal + 1 } else { above.max(row[at]) };
            diagonal = above;
        }
    }
    let common = f32::from(row.last().copied().unwrap_or_default());
    2.0 * common / (one.len() + other.len()).max(1) as f32
}

/// «Mario» and «María», «Daniel» and «Daniela».
fn differ_in_gender(few: &[&str], many: &[&str]) -> bool {
    let stem = |word: &str| word.trim_end_matches(['a', 'o', 'e']).to_owned();
    few.iter().zip(many).any(|(one, other)| one != other && stem(one) == stem(other))
}
