//! The sides of a vote that are asked for one by one: «¿Votos a favor?», «¿los que no?», and what is answered to
//! each before the next is asked for.

use super::counts::Counts;
use super::numbers::number;
use super::sitting::Sitting;
use super::speakers::Who;
use super::{VoteNames, counts::Side};

/// A side is asked for in so many words.
const ASKED: usize = 14;

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
        for at in 0..end {
            if words[at].ends || at + 1 == end {
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
    if !table || counted || own || words.len() > ASKED {
        return None;
    }
    let mut sides = (0..words.len()).filter_map(|at| side(&words[at..], words.len()));
    let first = sides.next()?;
    sides.all(|other| other == first).then_some(first)
}

/// The side that words name.
fn side(words: &[&str], all: usize) -> Option<Side> {
    match words {
        ["a", "favor", ..] | ["por", "el", "si", ..] | ["por", "la", "afirmativa", ..] | ["los" | "quienes", "que", "si", ..] => {
            Some(Side::Favour)
        }
        ["positivos" | "afirmativos", ..] => Some(Side::Favour),
        ["en", "contra", ..] | ["por", "el", "no", ..] | ["por", "la", "negativa", ..] | ["los" | "quienes", "que", "no", ..] => {
            Some(Side::Against)
        }
        ["negativos" | "contrarios", ..] => Some(Side::Against),
        ["abstenciones" | "abstencion" | "abstienen" | "abstiene", ..] => Some(Side::Abstaining),
        ["contra"] if all <= 2 => Some(Side::Against),
        _ => None,
    }
}

/// Takes the last number of an answer: what goes before it is added up to it or corrected by it.
fn settle(sitting: &Sitting<'_>, asked: Option<(Side, Vec<Sentence>)>, counts: &mut Counts, names: &mut VoteNames) {
    let Some((side, answers)) = asked else { return };
    let mut told = None;
    for sentence in &answers {
        let words = words(sitting, *sentence);
        // Whoever counts more than what was asked for is understood elsewhere.
        if (0..words.len()).any(|at| self::side(&words[at..], words.len()).is_some_and(|other| other != side)) {
            return;
        }
        told = last_number(&words).or(told);
    }
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

/// «Cuatro y tres, siete», «los mismos ocho», «la de Ruiz, una», «nadie».
fn last_number(words: &[&str]) -> Option<u32> {
    let mut told = None;
    let mut at = 0;
    while at < words.len() {
        let article = matches!(words[at], "un" | "una") && at + 1 < words.len() && !words[at + 1].starts_with("vot");
        match number(&words[at..]).filter(|_| !article) {
            // «Doce de los trece.»
            Some((_, used)) if at > 0 && told.is_some() && matches!(words[at - 1], "de") => at += used,
            Some((_, used)) if at > 1 && told.is_some() && matches!(words[at - 2..at], ["de", "los" | "las"]) => at += used,
            Some((value, used)) => {
                told = Some(value);
                at += used;
            }
            None => {
                if matches!(words[at], "nadie" | "ningun" | "ninguno" | "ninguna") {
                    told = Some(0);
                }
                at += 1;
            }
        }
    }
    told
}
