//! Where people live: «Calle 45 # 23-17», «calle Mayor, número 5, piso 3», «barrio La Floresta,
//! casa 12». A street, a corner, a neighbourhood alone is everybody's.

use super::reading::Reading;
use super::{Confidence, Kind, Suggestion};
use crate::minutes::cleaning::words::{is_number, listed};

const WAYS: &str = "\
    calle cl cll carrera cra kra kr cr krr avenida av avda transversal tv transv diagonal dg diag circular autopista \
    paseo plaza camino ronda travesia";

/// What a house, a flat or a floor is called.
const HOUSES: &str = "\
    casa apartamento apto apartaestudio interior int torre bloque oficina piso planta puerta escalera lote manzana mz \
    finca local portal bajo";

/// Neighbourhoods, which make an address only with a house.
const PLACES: &str = "barrio vereda urbanizacion conjunto sector corregimiento manzana mz";

/// Who says one of these is speaking of where somebody lives.
const RESIDENCE: &str = "\
    vivo vive vivimos viven resido reside residente residentes residencia domicilio domiciliado domiciliada direccion \
    habita habito ubicado ubicada vivienda casa empadronado empadronada notificaciones";

/// How far before an address the words for living count.
const NEAR: usize = 10;

/// Addresses with the number of a house.
pub(super) fn find(reading: &Reading<'_>) -> Vec<Suggestion> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < reading.words.len() {
        let end = if listed(WAYS, reading.word(at)) {
            plate(reading, at).or_else(|| named(reading, at))
        } else if listed(PLACES, reading.word(at)) {
            house(reading, at)
        } else {
            None
        };
        let Some(end) = end else {
            at += 1;
            continue;
        };
        let end = extended(reading, end);
        let lived = reading.near_before(at, RESIDENCE, NEAR);
        let confidence = if lived { Confidence::Likely } else { Confidence::Possible };
        found.extend(reading.suggestion(at..=end - 1, Kind::Address, confidence));
        at = end;
    }
    found
}

/// Colombia: «Calle 45 Sur # 23-17», «carrera 70 A número 12 B guion 34», with numerals too. The end
/// of the address in words.
fn plate(reading: &Reading<'_>, way: usize) -> Option<usize> {
    let number = "numero nro num no n";
    let street = way + 1 + usize::from(listed(number, reading.word(way + 1)));
    let crossing = qualified(reading, part(reading, street)?);
    let said = listed(number, reading.word(crossing));
    let sign = said || reading.gap(crossing).contains('#');
    let crossing = crossing + usize::from(said);
    let end = qualified(reading, part(reading, crossing)?);
    if reading.word(crossing).contains('-') {
        return Some(end);
    }
    // The distance to the corner: after a hyphen, or right behind the crossing when a sign told it.
    let guion = reading.word(end) == "guion";
    let hyphen = guion || reading.gap(end).contains(['-', '–']);
    let behind = sign && reading.gap(end).trim().is_empty();
    let distance = part(reading, end + usize::from(guion)).filter(|_| hyphen || behind);
    distance.map(|end| qualified(reading, end)).or(sign.then_some(end))
}

/// Spain: «calle Mayor, número 5», «avenida de la Constitución 12, 3.º B».
fn named(reading: &Reading<'_>, way: usize) -> Option<usize> {
    let small = "de del la las los el san santa y";
    let mut at = way + 1;
    while at < way + 7 && (listed(small, reading.word(at)) || reading.words.get(at).is_some_and(|word| word.capital)) {
        at += 1;
    }
    let name = (way + 1..at).any(|at| reading.words.get(at).is_some_and(|word| word.capital));
    let said = listed("numero n num nro no", reading.word(at));
    let end = at + usize::from(said) + 1;
    let number = reading.word(end - 1);
    let figures = (1..=3).contains(&number.len()) && number.bytes().all(|digit| digit.is_ascii_digit());
    let closed = reading.gap(end).starts_with([',', '.', ';'])
        || reading.gap(end).is_empty()
        || listed(HOUSES, reading.word(end));
    (name && ((said && is_number(number)) || (figures && closed && reading.gap(at).len() <= 2))).then_some(end)
}

/// «Barrio La Floresta, casa 12»: a neighbourhood, then the number of a house.
fn house(reading: &Reading<'_>, place: usize) -> Option<usize> {
    let near = (place + 1..place + 8).take_while(|&at| !reading.breaks(at));
    let house = near.clone().find(|&at| listed("casa apartamento apto interior lote finca torre", reading.word(at)))?;
    let at = house + 1 + usize::from(listed("numero nro no", reading.word(house + 1)));
    is_number(reading.word(at)).then_some(at + 1)
}

/// The end of an address with its floor, its flat, its tower.
fn extended(reading: &Reading<'_>, mut end: usize) -> usize {
    while listed(HOUSES, reading.word(end)) && !reading.breaks(end) {
        let named = is_number(reading.word(end + 1)) || reading.word(end + 1).len() == 1;
        let numbered = listed("numero nro no", reading.word(end + 1)) && is_number(reading.word(end + 2));
        if !named && !numbered {
            break;
        }
        end += 2 + usize::from(numbered);
    }
    end
}

/// The end of a number at this position: figures, figures with a letter, or numerals.
fn part(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let word = reading.word(at);
    let figures = word.starts_with(|letter: char| letter.is_ascii_digit()) && word.len() <= 9;
    if figures { Some(at + 1) } else { reading.numerals(at).map(|number| number.words.end) }
}

/// The end of a number with what belongs to it: «45 A Bis Sur».
fn qualified(reading: &Reading<'_>, mut end: usize) -> usize {
    let letter = |at: usize| {
        reading.word(at).len() == 1 && reading.words.get(at).is_some_and(|word| word.capital) && reading.word(at) != "n"
    };
    while listed("bis sur norte este oeste", reading.word(end)) || letter(end) {
        end += 1;
    }
    end
}
