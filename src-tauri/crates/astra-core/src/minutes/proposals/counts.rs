//! The figures of a vote as they are announced: how many for, against and abstaining, and what is corrected.

use super::names::is_title;
use super::numbers::number;

/// What was counted. What was not said is empty.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub in_favour: Option<u32>,
    pub against: Option<u32>,
    pub abstaining: Option<u32>,
    pub blank: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Favour,
    Against,
    Abstaining,
    Blank,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// A number, whether it counts votes in so many words, and whether it is only a total.
    Number {
        value: u32,
        votes: bool,
        total: bool,
    },
    Side(Side),
    /// «Doce contra tres».
    Versus,
    Correction,
}

/// How many words a number may stand from its side.
const NEAR: usize = 6;

impl Counts {
    /// Whether nothing was counted.
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The figure of a side.
    pub(super) fn of(&mut self, side: Side) -> &mut Option<u32> {
        match side {
            Side::Favour => &mut self.in_favour,
            Side::Against => &mut self.against,
            Side::Abstaining => &mut self.abstaining,
            Side::Blank => &mut self.blank,
        }
    }
}

/// The figures in `words`. A number belongs to the side it stands before, or else to the side it follows.
pub(super) fn counts(words: &[&str]) -> Counts {
    let parts = said(parts(words));
    if let Some(counts) = sides_first(&parts) {
        return counts;
    }
    let mut counts = Counts::default();
    let mut pending: Option<(usize, u32)> = None;
    let mut used = vec![false; parts.len()];
    let mut corrects = false;
    let mut last: Option<Side> = None;
    let mut unanswered: Option<Side> = None;
    // «¿En contra? Tres, perdón, dos. ¿Abstenciones? Una.» gives each side before its number.
    let mut asked = false;
    for at in 0..parts.len() {
        let (place, part) = parts[at];
        if used[at] {
            continue;
        }
        match part {
            Part::Correction => {
                corrects = true;
                if let Some(side) = last
                    && let Some((later, (_, Part::Number { value, .. }))) = next_number(&parts, at)
                    && (!side_follows(&parts, later) || asked && answers(&parts, later + 1))
                {
                    *counts.of(side) = Some(value);
                    used[later] = true;
                }
                pending = None;
            }
            Part::Number { total: true, .. } => {}
            Part::Number { value, .. } => pending = Some((place, value)),
            Part::Versus => {
                if let (Some((_, value)), Some((later, (_, Part::Number { value: other, .. })))) =
                    (pending.take(), parts.get(at + 1).map(|part| (at + 1, *part)))
                {
                    // «Ocho a ocho» sums up what was counted side by side before.
                    counts.in_favour = Some(value);
                    counts.against = Some(other);
                    used[later] = true;
                }
            }
            Part::Side(side) => {
                let answered =
                    matches!(parts.get(at + 1), Some((to, Part::Number { total: false, .. })) if to - place <= NEAR);
                // «¿A favor? El grupo mixto y los de la lista, siete. ¿En contra? Cuatro.»
                if let Some(open) = unanswered.filter(|open| *open != side && counts.of(*open).is_none() && answered)
                    && let Some((_, value)) = pending.take()
                {
                    *counts.of(open) = Some(value);
                }
                let before = pending.take().filter(|(from, _)| place - from <= NEAR);
                asked = before.is_none();
                let value = before.map(|(_, value)| value).or_else(|| match parts.get(at + 1) {
                    Some((to, Part::Number { value, total: false, .. }))
                        if to - place <= NEAR && !matches!(parts.get(at + 2), Some((_, Part::Versus))) =>
                    {
                        used[at + 1] = true;
                        Some(*value)
                    }
                    _ => None,
                });
                if let Some(value) = value
                    && (counts.of(side).is_none() || corrects)
                {
                    *counts.of(side) = Some(value);
                }
                unanswered = Some(side).filter(|_| value.is_none());
                if value.is_some() {
                    last = Some(side);
                }
            }
        }
    }
    if counts.is_empty()
        && let Some((in_favour, against)) = (0..words.len()).find_map(|at| pair(&words[at..]))
    {
        counts.in_favour = Some(in_favour);
        counts.against = Some(against);
    }
    // «Nueve votos y una abstención.»
    if counts.is_empty() || counts.in_favour.or(counts.against).is_none() {
        let voted = parts.iter().rev().find_map(|(_, part)| match part {
            Part::Number { value, votes: true, .. } => Some(*value),
            _ => None,
        });
        counts.in_favour = voted;
    }
    counts
}

/// «Igual, siete uno»: two numbers of one word each that nothing parts, behind a word for the same result.
fn pair(words: &[&str]) -> Option<(u32, u32)> {
    let [led, first, second, rest @ ..] = words else { return None };
    let alone = |word: &str| number(&[word]).map(|(value, _)| value);
    let led = matches!(*led, "igual" | "queda" | "quedo" | "quedan" | "mismo" | "resultado");
    let value = alone(first).zip(alone(second))?;
    let more = rest.first().is_some_and(|next| alone(next).is_some());
    (led && !more && number(&[first, second]).is_none_or(|(_, used)| used == 1)).then_some(value)
}

/// «Votos a favor, los del grupo mixto y los de la lista, nueve; en contra, los demás, siete»: where every side stands
/// before its numbers, however many words are between them. A total that goes before them all is none of theirs.
fn sides_first(parts: &[(usize, Part)]) -> Option<Counts> {
    let value = |(_, part): &(usize, Part)| match part {
        Part::Number { value, .. } => Some(*value),
        _ => None,
    };
    if parts.iter().any(|(_, part)| matches!(part, Part::Versus)) {
        return None;
    }
    let first = parts.iter().position(|(_, part)| matches!(part, Part::Side(_)))?;
    let before: Vec<u32> = parts[..first].iter().filter_map(value).collect();
    let mut counts = Counts::default();
    let mut sum = 0;
    let mut at = first;
    while at < parts.len() {
        let Part::Side(side) = parts[at].1 else { return None };
        let end = (at + 1..parts.len()).find(|next| matches!(parts[*next].1, Part::Side(_))).unwrap_or(parts.len());
        let numbers: Vec<u32> = parts[at + 1..end].iter().filter_map(value).collect();
        let (first, last) = (*numbers.first()?, *numbers.last()?);
        // «Nueve: ocho del grupo y uno más.»
        let parted = numbers.len() > 2 && numbers[1..].iter().sum::<u32>() == first;
        if counts.of(side).is_some() {
            return None;
        }
        *counts.of(side) = Some(if parted { first } else { last });
        sum += if parted { first } else { last };
        at = end;
    }
    let several = parts.iter().filter(|(_, part)| matches!(part, Part::Side(_))).count() > 1;
    // «Quince concejales: por el sí diez, por el no cinco», and not «diez por el sí, nueve por el no, por un voto».
    let apart = first.checked_sub(1).is_none_or(|before| {
        let close = parts[first].0 - parts[before].0 < 2;
        matches!(parts[before].1, Part::Number { votes: false, .. } | Part::Number { total: true, .. }) && !close
    });
    (several && apart && (before.is_empty() || before == [sum])).then_some(counts)
}

/// Without what is only counted aloud: of «uno, dos, tres, cuatro» four is meant.
fn said(parts: Vec<(usize, Part)>) -> Vec<(usize, Part)> {
    let value = |at: usize| match parts.get(at) {
        Some((_, Part::Number { value, total: false, .. })) => Some(*value),
        _ => None,
    };
    let counted = |from: usize| (0..3).all(|step| value(from + step).is_some_and(|value| value as usize == step + 1));
    let mut kept = Vec::with_capacity(parts.len());
    let mut at = 0;
    while at < parts.len() {
        if counted(at) {
            while value(at + 1).is_some() && value(at + 1) == value(at).map(|value| value + 1) {
                at += 1;
            }
        }
        kept.push(parts[at]);
        at += 1;
    }
    kept
}

/// Whether the side at `at` stands before a number of its own.
fn answers(parts: &[(usize, Part)], at: usize) -> bool {
    matches!(parts.get(at + 1), Some((_, Part::Number { total: false, .. })))
}

fn next_number(parts: &[(usize, Part)], at: usize) -> Option<(usize, (usize, Part))> {
    let next = parts.get(at + 1)?;
    (matches!(next.1, Part::Number { .. }) && next.0 - parts[at].0 <= NEAR + 2).then_some((at + 1, *next))
}

/// Whether the number at `at` stands before a side of its own.
fn side_follows(parts: &[(usize, Part)], at: usize) -> bool {
    match parts.get(at + 1) {
        Some((place, Part::Side(_))) => place - parts[at].0 <= 4,
        _ => false,
    }
}

fn parts(words: &[&str]) -> Vec<(usize, Part)> {
    let mut parts = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let (part, used) = part(words, at);
        parts.extend(part.map(|part| (at, part)));
        at += used;
    }
    parts
}

fn part(words: &[&str], at: usize) -> (Option<Part>, usize) {
    let before = at.checked_sub(1).map_or("", |before| words[before]);
    let before_that = at.checked_sub(2).map_or("", |before| words[before]);
    match &words[at..] {
        ["a", "favor", ..] => (Some(Part::Side(Side::Favour)), 2),
        ["por", "el", "si", ..] | ["por", "la", "afirmativa", ..] => (Some(Part::Side(Side::Favour)), 3),
        ["por", "el", "no", ..] | ["por", "la", "negativa", ..] => (Some(Part::Side(Side::Against)), 3),
        ["positivo" | "positivos" | "afirmativo" | "afirmativos" | "favorables" | "positiva" | "aprobatorios", ..] => {
            (Some(Part::Side(Side::Favour)), 1)
        }
        ["en", "contra", ..] => (Some(Part::Side(Side::Against)), 2),
        ["negativo" | "negativos" | "desfavorables" | "negativa", ..] => (Some(Part::Side(Side::Against)), 1),
        ["abstencion" | "abstenciones" | "abstuvo" | "abstuvieron" | "abstiene" | "abstienen", ..] => {
            (Some(Part::Side(Side::Abstaining)), 1)
        }
        ["en", "blanco", ..] => (Some(Part::Side(Side::Blank)), 2),
        ["blanco" | "blancos", ..] if before.starts_with("voto") || number(&[before]).is_some() => {
            (Some(Part::Side(Side::Blank)), 1)
        }
        ["que", "si", ..] if number(&[before]).is_some() => (Some(Part::Side(Side::Favour)), 2),
        ["que", "no", ..] if number(&[before]).is_some() => (Some(Part::Side(Side::Against)), 2),
        ["con", "el" | "la" | "los", ..] if number(&[before]).is_some() => (Some(Part::Side(Side::Favour)), 2),
        // «Seis y seis.»
        ["y", next, rest @ ..]
            if before == *next
                && number(&[next]).is_some_and(|(value, _)| value > 1)
                && !rest
                    .first()
                    .is_some_and(|after| after.starts_with("abst") || *after == "en" || *after == "votos") =>
        {
            (Some(Part::Versus), 1)
        }
        ["si", ..] if number(&[before]).is_some() || before == "votos" => (Some(Part::Side(Side::Favour)), 1),
        ["no", ..] if number(&[before]).is_some() && before_that != "y" || before == "votos" => {
            (Some(Part::Side(Side::Against)), 1)
        }
        ["contra" | "a", next, ..] if number(&[before]).is_some() && number(&[next]).is_some() => {
            (Some(Part::Versus), 1)
        }
        ["contra", next, ..] if before == "votos" && number(&[next]).is_some() => (Some(Part::Versus), 1),
        [
            "perdon" | "corrijo" | "rectifico" | "correccion" | "disculpe" | "disculpen" | "digo" | "equivoque"
            | "perdone" | "rectificacion",
            ..,
        ] => (Some(Part::Correction), 1),
        // «El voto negativo de la concejala Ruiz», and not that of a group.
        ["el", "voto", "negativo" | "contrario", rest @ ..] | ["el", "voto", "en", "contra", rest @ ..] if matches!(rest, ["de", "la" | "el", title, ..] | ["del", title, ..] if is_title(title)) => {
            (Some(Part::Number { value: 1, votes: false, total: false }), 2)
        }
        ["sin", "votos" | "voto" | "ningun" | "ninguna" | "abstenciones" | "abstencion", ..] => {
            (Some(Part::Number { value: 0, votes: false, total: false }), 1)
        }
        ["nadie", ..] => (Some(Part::Number { value: 0, votes: false, total: false }), 1),
        // «Ocho de nueve.»
        rest if of_all(rest).is_some() => {
            let (value, used) = of_all(rest).unwrap_or_default();
            (Some(Part::Number { value, votes: true, total: false }), used)
        }
        rest => match number(rest) {
            Some((value, used)) if counts_votes(rest, used, before, before_that) => {
                let next = rest.get(used).copied().unwrap_or("");
                let after = rest.get(used + 1).copied().unwrap_or("");
                let total = matches!(before, "total" | "votaron" | "votado" | "emitieron")
                    && !matches!(
                        (next, after),
                        ("a", "favor") | ("por", "el") | ("votos", "a" | "positivos" | "afirmativos" | "por")
                    )
                    || before == "de" && matches!(before_that, "total" | "presencia")
                    || next == "votos" && matches!(after, "emitidos" | "depositados");
                // «Aprobado por los nueve concejales presentes.»
                let all = (matches!((before_that, before), ("por", "los" | "las")) || before == "por")
                    && (next.starts_with("concejal") || matches!(next, "presentes" | "asistentes" | "honorables"));
                (Some(Part::Number { value, votes: next.starts_with("voto") || all, total }), used)
            }
            Some((_, used)) => (None, used),
            None => (None, 1),
        },
    }
}

/// How many of how many: the first number, and how many words say it.
fn of_all(words: &[&str]) -> Option<(u32, usize)> {
    let (value, used) = number(words)?;
    let article = usize::from(matches!(words.get(used + 1), Some(&("los" | "las"))));
    let (all, more) = number(words.get(used + 1 + article..)?)?;
    (words[used] == "de" && value <= all && value > 1).then_some((value, used + 1 + article + more))
}

/// Whether a number can count votes: it is no number of an act, and «un» alone is an article.
fn counts_votes(rest: &[&str], used: usize, before: &str, before_that: &str) -> bool {
    let next = rest.get(used).copied().unwrap_or("");
    let cited =
        ["articulo", "articulos", "acuerdo", "acta", "numero", "proposicion", "punto", "proyecto", "ley", "decreto"];
    let dated = matches!(next, "de" | "del")
        && rest.get(used + 1).is_some_and(|word| MONTHS.contains(word) || word.len() == 4 && word.starts_with("20"));
    let sided = matches!(before, "contra" | "negativa" | "favor" | "afirmativa" | "abstenciones" | "no" | "si");
    let article = matches!(rest[0], "un" | "una")
        && !sided
        && !matches!(
            next,
            "voto"
                | "votos"
                | "abstencion"
                | "en"
                | "a"
                | "negativo"
                | "positivo"
                | "concejal"
                | "concejala"
                | "se"
                | "sola"
        );
    let measures = next == "minutos" || next == "por" && rest.get(used + 1) == Some(&"ciento");
    !(cited.contains(&before) || before_that == "numero" || dated || article || measures)
}

pub(super) const MONTHS: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(text: &str) -> (Option<u32>, Option<u32>, Option<u32>) {
        let words: Vec<&str> = text.split(' ').collect();
        let counts = counts(&words);
        (counts.in_favour, counts.against, counts.abstaining)
    }

    #[test]
    fn a_number_belongs_to_the_side_it_stands_before_or_after() {
        let all = (Some(12), Some(1), Some(0));
        for text in [
            "doce votos a favor uno en contra y cero abstenciones",
            "12 votos positivos 1 negativo ninguna abstencion",
            "votos a favor doce votos en contra uno abstenciones cero",
            "por el si doce por el no uno sin abstenciones",
            "votos positivos doce negativos uno abstenciones ninguna",
            "doce votos por el si un voto por el no cero abstenciones",
            "han votado trece concejales doce a favor uno en contra ninguno en abstencion",
            "con un resultado de doce votos afirmativos y un voto en contra sin abstenciones",
            "doce votos a favor un concejal en contra y cero abstenciones",
            "total trece votos doce positivos uno negativo cero abstenciones",
            "votos a favor los del grupo socialista y los de la lista doce en contra el del grupo popular uno abstenciones ninguna",
            "registran su voto trece concejales por el si doce por el no uno abstenciones ninguna",
            "a favor doce ocho del grupo popular y cuatro del mixto en contra uno abstenciones ninguna",
        ] {
            assert_eq!(counted(text), all, "{text}");
        }
    }

    #[test]
    fn what_is_corrected_counts_as_corrected() {
        assert_eq!(counted("trece votos a favor perdon doce votos a favor uno en contra"), (Some(12), Some(1), None));
        assert_eq!(counted("once votos a favor perdon son doce"), (Some(12), None, None));
        assert_eq!(counted("once perdon doce votos a favor dos en contra"), (Some(12), Some(2), None));
        assert_eq!(counted("doce a favor dos en contra perdon tres en contra"), (Some(12), Some(3), None));
        assert_eq!(
            counted("siete a favor dos en contra perdon corrijo son seis a favor y tres en contra"),
            (Some(6), Some(3), None)
        );
        assert_eq!(
            counted("doce a favor dos en contra corrijo trece a favor dos en contra"),
            (Some(13), Some(2), None)
        );
    }

    #[test]
    fn so_many_of_so_many_are_the_first() {
        assert_eq!(counted("ocho de nueve votos"), (Some(8), None, None));
        assert_eq!(counted("doce de los trece votos a favor"), (Some(12), None, None));
        assert_eq!(
            counted("por la afirmativa siete por la negativa una y una abstencion"),
            (Some(7), Some(1), Some(1))
        );
        assert_eq!(counted("quedaron cuatro y cuatro"), (Some(4), Some(4), None));
    }

    #[test]
    fn a_side_that_was_asked_for_keeps_its_number() {
        let asked = "a favor votan a favor el grupo popular y el concejal zapata siete quien en contra los cuatro del grupo \
                     mixto abstenciones ninguna";
        assert_eq!(counted(asked), (Some(7), Some(4), Some(0)));
    }

    #[test]
    fn a_blank_vote_is_no_abstention() {
        let words: Vec<&str> = "cinco a favor dos en contra y un voto en blanco".split(' ').collect();
        let counts = counts(&words);
        assert_eq!((counts.in_favour, counts.abstaining, counts.blank), (Some(5), None, Some(1)));
    }

    #[test]
    fn votes_without_a_side_are_for_it() {
        assert_eq!(counted("aprobado por trece votos senor presidente"), (Some(13), None, None));
        assert_eq!(counted("aprobado con doce votos contra uno"), (Some(12), Some(1), None));
        assert_eq!(counted("empate seis a seis"), (Some(6), Some(6), None));
        assert_eq!(counted("aprobado el proyecto de acuerdo numero 12 de 2025"), (None, None, None));
    }
}
