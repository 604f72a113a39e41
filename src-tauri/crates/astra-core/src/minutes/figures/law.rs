//! Laws and what else is cited by number: «ley 136 de 1994», «real decreto 2568/1986», «artículo 29».

use super::cardinal::whole;
use super::tokens::Tokens;
use super::{Found, Value, year};

/// A rule cited by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Law {
    /// Of what kind it is.
    pub norm: Norm,
    /// Its number, without the zeros in front.
    pub number: u64,
    /// Its year, if that was said with the number.
    pub year: Option<u16>,
}

/// The kinds of rule that are cited by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Norm {
    /// *Ley*.
    Law,
    /// *Acto legislativo*: in Colombia, a change of the constitution.
    LegislativeAct,
    /// *Decreto*.
    Decree,
    /// *Real decreto*: Spain.
    RoyalDecree,
    /// *Acuerdo*: what a Colombian council passes.
    Accord,
    /// *Ordenanza*.
    Ordinance,
    /// *Resolución*.
    Resolution,
    /// *Proyecto* of any of these, not yet passed.
    Bill,
    /// *Artículo* of a rule that is named elsewhere.
    Article,
}

/// What may stand between the kind and the number: «acuerdo municipal», «ley orgánica», «decreto-ley».
const QUALIFIERS: [&str; 19] = [
    "municipal",
    "distrital",
    "departamental",
    "local",
    "nacional",
    "provincial",
    "foral",
    "autonomica",
    "organica",
    "estatutaria",
    "ordinaria",
    "fiscal",
    "legislativo",
    "reglamentario",
    "reglamentaria",
    "unico",
    "ministerial",
    "ley",
    "-",
];

/// The citation that begins here.
pub(super) fn read(tokens: &Tokens, at: usize) -> Option<Found> {
    let (norm, mut next) = norm(tokens, at)?;
    while QUALIFIERS.contains(&tokens.at(next)) {
        next += 1;
    }
    let marked = marker(tokens, next);
    next += marked;
    let (number, mut next) = number(tokens, next, norm)?;
    let year = after_number(tokens, next).filter(|_| norm != Norm::Article);
    // «estamos de acuerdo trece concejales» cites nothing.
    let agrees = norm == Norm::Accord && tokens.before(at, 1) == "de";
    if agrees && marked == 0 && year.is_none() {
        return None;
    }
    if let Some((_, end)) = year {
        next = end;
    }
    Some((Value::Law(Law { norm, number, year: year.map(|(year, _)| year) }), next))
}

fn norm(tokens: &Tokens, at: usize) -> Option<(Norm, usize)> {
    let norm = match (tokens.at(at), tokens.at(at + 1)) {
        ("acto", "legislativo") => return Some((Norm::LegislativeAct, at + 2)),
        ("real", "decreto") => return Some((Norm::RoyalDecree, at + 2)),
        ("proyecto" | "proyectos", "de") => {
            let (_, next) = norm(tokens, at + 2).filter(|(norm, _)| *norm != Norm::Article)?;
            return Some((Norm::Bill, next));
        }
        ("art" | "arts", ".") => return Some((Norm::Article, at + 2)),
        ("ley" | "leyes", _) => Norm::Law,
        ("decreto" | "decretos", _) => Norm::Decree,
        ("acuerdo" | "acuerdos", _) => Norm::Accord,
        ("ordenanza" | "ordenanzas", _) => Norm::Ordinance,
        ("resolucion" | "resoluciones", _) => Norm::Resolution,
        ("articulo" | "articulos", _) => Norm::Article,
        _ => return None,
    };
    Some((norm, at + 1))
}

/// How many tokens say that a number follows: «número», «No.», «N.º», «#».
fn marker(tokens: &Tokens, at: usize) -> usize {
    let ordinal = |at: usize| matches!(tokens.at(at), "º" | "°");
    match tokens.at(at) {
        "numero" | "#" => 1,
        "no" | "nro" | "num" | "n" => {
            let point = usize::from(tokens.at(at + 1) == "." && tokens.glued(at + 1));
            let signs = point + usize::from(ordinal(at + 1 + point));
            if signs > 0 || tokens.digits(at + 1).is_some() { 1 + signs } else { 0 }
        }
        _ => 0,
    }
}

fn number(tokens: &Tokens, at: usize, norm: Norm) -> Option<(u64, usize)> {
    if let Some(digits) = tokens.digits(at) {
        // «artículo 109.1.e» is cited by its article; «artículo 2.2.6.1» has no number that could stand alone.
        let sections = tokens.at(at + 1) == "." && tokens.at(at + 3) == "." && tokens.digits(at + 4).is_some();
        return whole(tokens, at).or_else(|| (!sections).then_some((digits.parse().ok()?, at + 1)));
    }
    if norm == Norm::Article {
        return whole(tokens, at).or_else(|| ordinal(tokens, at));
    }
    // «acuerdo doce trece concejales» is no 1213, while laws are often read in pairs.
    let paired = |(_, next): &(u64, usize)| {
        matches!(norm, Norm::Law | Norm::Decree | Norm::RoyalDecree) || after_number(tokens, *next).is_some()
    };
    let zeros = (at..).take_while(|at| tokens.at(*at) == "cero").count();
    let at = at + zeros;
    year::pairs(tokens, at).filter(|pair| zeros == 0 && paired(pair)).or_else(|| whole(tokens, at))
}

/// «de 1994», «/1986», «-2023».
fn after_number(tokens: &Tokens, at: usize) -> Option<(u16, usize)> {
    if !matches!(tokens.at(at), "/" | "-" | "–") {
        return year::after_of(tokens, at);
    }
    let joined = tokens.glued(at) && tokens.glued(at + 1);
    year::full(tokens, at + 1).filter(|_| joined && tokens.digits(at + 1).is_some_and(|digits| digits.len() == 4))
}

/// Articles are also counted: «artículo primero», «artículo décimo segundo».
fn ordinal(tokens: &Tokens, at: usize) -> Option<(u64, usize)> {
    let below_ten = |at: usize| {
        Some(match tokens.at(at) {
            "primero" => 1,
            "segundo" => 2,
            "tercero" => 3,
            "cuarto" => 4,
            "quinto" => 5,
            "sexto" => 6,
            "septimo" => 7,
            "octavo" => 8,
            "noveno" => 9,
            _ => return None,
        })
    };
    let tens = match tokens.at(at) {
        "decimo" => 10,
        "vigesimo" => 20,
        "undecimo" => return Some((11, at + 1)),
        "duodecimo" => return Some((12, at + 1)),
        word => {
            let joined = word.strip_prefix("decimo").and_then(|rest| {
                Some(match rest {
                    "primero" => 11,
                    "segundo" => 12,
                    "tercero" => 13,
                    "cuarto" => 14,
                    "quinto" => 15,
                    "sexto" => 16,
                    "septimo" => 17,
                    "ctavo" | "octavo" => 18,
                    "noveno" => 19,
                    _ => return None,
                })
            });
            return Some((below_ten(at).or(joined)?, at + 1));
        }
    };
    match below_ten(at + 1) {
        Some(units) => Some((tens + units, at + 2)),
        None => Some((tens, at + 1)),
    }
}
