//! Telephone numbers and addresses for electronic mail, written or said: «arroba», «punto com».

use super::reading::{Number, Reading};
use super::{Confidence, Kind, Suggestion};
use crate::minutes::cleaning::words::listed;

/// What announces a telephone number.
const TELEPHONES: &str = "\
    telefono telefonos celular celulares movil moviles whatsapp wasap fijo tel cel telefonico telefonica llamar \
    llamarme llame llamen llamenos comunicarse contacto marcar";

/// What may stand between the telephone and its number.
const BETWEEN: &str = "al a el la es numero nro num no n o de del en mi su que con whatsapp o contacto indicativo mas";

/// What has numbers that look like telephones.
const FILES: &str = "nit cedula radicado ley expediente oficio contrato cuenta resolucion acta codigo bpin";

/// A spoken telephone number has at least so many numerals.
const SPOKEN: usize = 5;

/// Endings that a spoken address has after its last «punto».
const ENDINGS: &str = "com co es net org edu gov gob mx ar pe cl ec info";

/// Houses of mail whose name alone ends a spoken address.
const HOUSES: &str = "gmail hotmail outlook yahoo icloud live";

/// Telephone numbers and mail addresses.
pub(super) fn find(reading: &Reading<'_>) -> Vec<Suggestion> {
    let mut found: Vec<Suggestion> = written_addresses(reading);
    for at in 0..reading.words.len() {
        found.extend(spoken_address(reading, at));
        found.extend(telephone(reading, at));
    }
    found
}

/// A telephone behind its word, or one that looks like nothing else.
fn telephone(reading: &Reading<'_>, at: usize) -> Option<Suggestion> {
    let announced = listed(TELEPHONES, reading.word(at));
    let start = if announced { reading.after(at + 1, BETWEEN, 6) } else { at };
    let number = if announced { reading.number(start)? } else { reading.figures(at)? };
    let confidence = if announced { announced_as(&number) } else { looks_like(reading, &number) };
    let confidence = confidence.filter(|_| !reading.counts(&number.words))?;
    reading.suggestion(start..=number.words.end - 1, Kind::Telephone, confidence)
}

/// How sure a number is a telephone where the word says so.
fn announced_as(number: &Number) -> Option<Confidence> {
    let spoken = number.digits.is_empty() && number.parts >= SPOKEN;
    let written = (7..=15).contains(&number.digits.len());
    let known = form(&number.digits).is_some();
    (spoken || written).then_some(if known { Confidence::Certain } else { Confidence::Likely })
}

/// How sure a number is a telephone where nothing says so but its form.
fn looks_like(reading: &Reading<'_>, number: &Number) -> Option<Confidence> {
    let at = number.words.start;
    let form = form(&number.digits)?;
    let abroad = reading.gap(at).ends_with('+');
    // «3.106.000.000» and «3 106 000 000» are large numbers.
    let large = is_large(reading.word(at)) || (!abroad && number.parts > 1 && reading.word(at).len() < 3);
    let continued = reading.gap(at).trim().is_empty()
        && at.checked_sub(1).and_then(|at| reading.figures(at)).is_some_and(|other| other.words.end > at);
    if large || continued || reading.near_before(at, FILES, 4) {
        return None;
    }
    match form {
        _ if abroad => Some(Confidence::Certain),
        Form::Mobile => Some(Confidence::Likely),
        Form::Other => (number.parts > 1).then_some(Confidence::Possible),
    }
}

/// What a number of telephones looks like.
enum Form {
    /// A mobile telephone of Colombia, or any with the country before it.
    Mobile,
    /// A landline of Colombia, or a telephone of Spain.
    Other,
}

/// Colombia: ten digits, mobiles from 3, landlines from 60 (Resolución CRC 5826 de 2019). Spain:
/// nine digits from 6, 7, 8 or 9 (Plan Nacional de Numeración Telefónica).
fn form(digits: &str) -> Option<Form> {
    match (digits.len(), digits.as_bytes()) {
        (10, [b'3', ..]) => Some(Form::Mobile),
        (12, [b'5', b'7', b'3' | b'6', ..]) | (11, [b'3', b'4', b'6'..=b'9', ..]) => Some(Form::Mobile),
        (10, [b'6', b'0', ..]) | (9, [b'6'..=b'9', ..]) => Some(Form::Other),
        _ => None,
    }
}

/// Whether points or commas part a number in groups of three.
fn is_large(word: &str) -> bool {
    let mut groups = word.split(['.', ',']);
    let lead = groups.next().map_or(0, str::len);
    let mut rest = groups.peekable();
    lead <= 3 && rest.peek().is_some() && rest.all(|group| group.len() == 3)
}

/// Addresses with their sign.
fn written_addresses(reading: &Reading<'_>) -> Vec<Suggestion> {
    let text = reading.text;
    let local = |letter: char| letter.is_alphanumeric() || "._%+-".contains(letter);
    let signs = text.match_indices('@').map(|(at, _)| at);
    let address = |at: usize| {
        let name: usize = text[..at].chars().rev().take_while(|&letter| local(letter)).map(char::len_utf8).sum();
        let domain: usize = text[at + 1..].chars().take_while(|&letter| local(letter)).map(char::len_utf8).sum();
        let domain = text[at + 1..at + 1 + domain].trim_end_matches(['.', '-', '_']);
        let whole = name > 0 && domain.contains('.');
        let range = at - name..at + 1 + domain.len();
        whole.then(|| Suggestion::new(text, range, Kind::Email, confidence(domain)))?
    };
    signs.filter_map(address).collect()
}

/// «Juan punto pérez arroba gmail punto com», from the word that is the sign.
fn spoken_address(reading: &Reading<'_>, at: usize) -> Option<Suggestion> {
    if reading.word(at) != "arroba" || at == 0 {
        return None;
    }
    let dotted = |at: usize| listed("punto guion bajo", reading.word(at)) || reading.gap(at + 1) == ".";
    let mut end = at + 1;
    while reading.word(end + 1) == "punto" || reading.gap(end + 1) == "." {
        end += if reading.word(end + 1) == "punto" { 2 } else { 1 };
    }
    let ending = listed(ENDINGS, reading.word(end));
    if !ending && !listed(HOUSES, reading.word(end)) {
        return None;
    }
    // The name before the sign is one word, and more where it is joined or counted, or where
    // «correo» says that all that follows is the address.
    let announced =
        (at.saturating_sub(7)..at).rev().find(|&at| listed("correo electronico email mail", reading.word(at)));
    let mut start = at - 1;
    match announced.map(|mail| reading.after(mail + 1, "electronico es el de mi su institucional al a", 4)) {
        Some(first) if first < at => start = first,
        _ => {
            while start > 0 && (dotted(start - 1) || dotted(start) || reading.numerals(start).is_some()) {
                start -= 1;
            }
        }
    }
    let domain = &reading.text[reading.words.get(at + 1)?.range.start..reading.words.get(end)?.range.end];
    reading.suggestion(start..=end, Kind::Email, confidence(domain))
}

/// A public office's address is for everybody.
fn confidence(domain: &str) -> Confidence {
    let office = domain.split(|letter: char| !letter.is_alphanumeric()).any(|part| listed("gov gob", part));
    if office { Confidence::Possible } else { Confidence::Certain }
}
