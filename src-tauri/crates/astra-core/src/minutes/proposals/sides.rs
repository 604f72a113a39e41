//! The sides of a vote that are asked for one by one: «¿Votos a favor?», «¿los que no?», and what is answered to
//! each before the next is asked for.

use super::VoteNames;
use super::counts::{Counts, Side};
use super::numbering::paused;
use super::numbers::number;
use super::sitting::Sitting;
use super::speakers::Who;

/// A side is asked for in so many words.
const ASKED: usize = 18;

/// So many are named at most.
const NAMED: usize = 3;

/// A sentence: its line, its first word and the place behind its last.
type Sentence = (usize, usize, usize);

/// What was answered to the sides that were asked for from one place to another, and who was named with it.
pub(super) fn asked(sitting: &Sitting<'_>, from: (usize, usize), to: (usize, usize)) -> (Counts, VoteNames) {
    let mut counts = Counts::default();
    let mut names = VoteNames::default();
    let mut open: Option<(Side, Vec<Sentence>)> = None;
    for sentence in sentences(sitting, from, to) {
        match asks(sitting, sentence) {
            Some(side) => {
                settle(sitting, open.replace((side, Vec::new())), &mut counts, &mut names);
                // «¿En contra, nadie?»
                if words(sitting, sentence).contains(&"nadie") {
                    *counts.of(side) = Some(0);
                }
            }
            None => {
                if let Some((_, answers)) = &mut open {
                    answers.push(sentence);
                }
            }
        }
    }
    settle(sitting, open, &mut counts, &mut names);
    (counts, names)
}

/// The sentences between two places; a line ends one.
fn sentences(sitting: &Sitting<'_>, from: (usize, usize), to: (usize, usize)) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    for line in from.0..=to.0.min(sitting.lines.len().saturating_sub(1)) {
        let words = &sitting.lines[line].words[..sitting.lines[line].own];
        let end = if line == to.0 { to.1.min(words.len()) } else { words.len() };
        let mut start = 0;
        for (at, word) in words.iter().enumerate().take(end) {
            if word.ends || at + 1 == end {
                if line > from.0 || at >= from.1 {
                    sentences.push((line, start, at + 1));
                }
                start = at + 1;
            }
        }
    }
    sentences
}

fn words<'s>(sitting: &'s Sitting<'_>, (line, from, to): Sentence) -> Vec<&'s str> {
    sitting.lines[line].words[from..to].iter().map(|word| word.text.as_str()).collect()
}

/// The side that the table asks for in a sentence, when it is one and is not counted in the same breath.
fn asks(sitting: &Sitting<'_>, sentence: Sentence) -> Option<Side> {
    let words = words(sitting, sentence);
    let table = matches!(sitting.lines[sentence.0].who, Who::Chair | Who::Secretary | Who::Unknown);
    let counted = (0..words.len()).any(|at| number(&words[at..]).is_some_and(|(value, _)| value != 1));
    let own = words.iter().any(|word| matches!(*word, "yo" | "estoy" | "estamos" | "voto" | "votamos" | "nosotros"));
    let told = own && !words.windows(2).any(|pair| matches!(pair, ["los" | "las", "que"]) || pair[0] == "quienes");
    if !table || counted || told || words.len() > ASKED {
        return None;
    }
    let mut sides = (0..words.len()).filter_map(|at| side(&words[at..], words.len()));
    let Some(first) = sides.next() else { return agreeing(&words) };
    sides.all(|other| other == first).then_some(first)
}

/// «Los que estén de acuerdo», «quienes no lo estén».
fn agreeing(words: &[&str]) -> Option<Side> {
    let who = words.iter().take(4).any(|word| matches!(*word, "los" | "las" | "quien" | "quienes"));
    let agrees =
        words.iter().any(|word| matches!(*word, "acuerdo" | "acompanen" | "apoyen" | "aprueben" | "esten" | "quieran"));
    let denies = words.iter().take(6).any(|word| *word == "no");
    let raises =
        words.iter().any(|word| matches!(*word, "alzan" | "alcen" | "levantan" | "levanten" | "vota" | "votan"));
    (who && (agrees || raises)).then_some(if denies { Side::Against } else { Side::Favour })
}

/// The side that words name.
fn side(words: &[&str], all: usize) -> Option<Side> {
    match words {
        ["a", "favor", ..]
        | ["por", "el", "si", ..]
        | ["por", "la", "afirmativa", ..]
        | ["los" | "quienes", "que", "si", ..] => Some(Side::Favour),
        ["digan" | "dicen" | "voten" | "votan" | "vayan" | "esten", "que", "si", ..]
        | ["digan" | "dicen" | "voten" | "votan", "si", ..] => Some(Side::Favour),
        ["digan" | "dicen" | "voten" | "votan" | "vayan" | "esten", "que", "no", ..]
        | ["digan" | "dicen" | "voten" | "votan", "no", ..] => Some(Side::Against),
        ["positivos" | "afirmativos", ..] => Some(Side::Favour),
        ["en", "contra", ..]
        | ["por", "el", "no", ..]
        | ["por", "la", "negativa", ..]
        | ["los" | "quienes", "que", "no", ..] => Some(Side::Against),
        ["negativos" | "contrarios", ..] => Some(Side::Against),
        ["abstenciones" | "abstencion" | "abstienen" | "abstiene", ..] => Some(Side::Abstaining),
        ["sies", ..] => Some(Side::Favour),
        ["noes", ..] => Some(Side::Against),
        ["negativo" | "negativa"] if all <= 3 => Some(Side::Against),
        ["contra"] if all <= 2 => Some(Side::Against),
        _ => None,
    }
}

/// Takes the last number of an answer: what goes before it is added up to it or corrected by it.
fn settle(sitting: &Sitting<'_>, asked: Option<(Side, Vec<Sentence>)>, counts: &mut Counts, names: &mut VoteNames) {
    let Some((side, answers)) = asked else { return };
    let mut told: Option<(u32, bool)> = None;
    for sentence in &answers {
        let words = words(sitting, *sentence);
        // Whoever counts more than what was asked for is understood elsewhere.
        if (0..words.len()).any(|at| self::side(&words[at..], words.len()).is_some_and(|other| other != side)) {
            return;
        }
        let Some((value, sure)) = counted(sitting, *sentence) else { continue };
        // «Nueve. Los ocho del grupo y uno más.»
        if sure || told.is_none_or(|(_, sure)| !sure) {
            told = Some((value, sure));
        }
    }
    let told = told.map(|(value, _)| value);
    let Some(value) = told else { return };
    *counts.of(side) = Some(value);
    let mut people: Vec<usize> = Vec::new();
    for sentence in &answers {
        let words = words(sitting, *sentence);
        people.extend(sitting.people.mentions(&words, true).iter().filter_map(|mention| sitting.seat(&mention.people)));
    }
    people.dedup();
    if people.len() <= NAMED && usize::try_from(value) == Ok(people.len()) {
        let named = match side {
            Side::Against => &mut names.against,
            Side::Abstaining => &mut names.abstaining,
            Side::Favour | Side::Blank => return,
        };
        named.extend(people.into_iter().map(|person| sitting.people.name(person).to_owned()));
    }
}

/// How many a sentence counts, and whether it says nothing else or corrects: «cuatro y tres, siete», «nueve: los ocho
/// del grupo y uno más», «los mismos ocho», «la de Ruiz, una», «trece, perdón, doce», «nadie».
fn counted(sitting: &Sitting<'_>, sentence: Sentence) -> Option<(u32, bool)> {
    let words = words(sitting, sentence);
    let numbers = numbers(&words);
    // «La de la concejala Ruiz», «el del grupo mixto».
    if numbers.is_empty()
        && matches!(words[..], ["la" | "el", "del", ..] | ["la" | "el", "de", "la" | "el" | "don" | "dona", ..])
    {
        return Some((1, true));
    }
    let (last, first) = (*numbers.last()?, numbers[0]);
    let corrected = |at: usize| {
        let denies = words[at] == "no" && words.get(at + 1..).and_then(number).is_some();
        denies || matches!(words[at], "perdon" | "corrijo" | "digo" | "rectifico")
    };
    let corrects = (0..words.len()).any(corrected);
    let sum: u32 = numbers[..numbers.len() - 1].iter().map(|(_, _, value)| value).sum();
    let aloud = numbers.len() > 2 && numbers.iter().zip(1..).all(|((_, _, value), place)| *value == place);
    let behind = (sentence.0, sentence.1 + first.1);
    let led = first.0 == 0 && (first.1 == words.len() || paused(sitting, behind));
    let added = numbers.len() > 2 && sum == last.2;
    if led && !corrects && !aloud && !added {
        return Some((first.2, true));
    }
    Some((last.2, corrects || last.0 == 0 || added))
}

/// The numbers that count people, with their places; of «doce de trece» the first.
fn numbers(words: &[&str]) -> Vec<(usize, usize, u32)> {
    let mut numbers: Vec<(usize, usize, u32)> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let article = matches!(words[at], "un" | "una")
            && words.get(at + 1).is_some_and(|next| !next.starts_with("vot") && !matches!(*next, "la" | "el"));
        let of = !numbers.is_empty() && matches!(words[..at], [.., "de"] | [.., "de", "los" | "las"]);
        let none = matches!(words[at], "nadie" | "ningun" | "ninguno" | "ninguna").then_some((0, 1));
        match number(&words[at..]).or(none) {
            Some((_, used)) if article || of => at += used,
            Some((value, used)) => {
                numbers.push((at, at + used, value));
                at += used;
            }
            None => at += 1,
        }
    }
    numbers
}
