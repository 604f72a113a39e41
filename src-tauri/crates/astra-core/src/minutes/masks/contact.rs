//! Telephone numbers and addresses for electronic mail, written or said: «arroba», «punto com».

use super::reading::Reading;
use super::{Confidence, Kind, Suggestion};
use crate::minutes::cleaning::words::listed;

/// What announces a telephone number.
const TELEPHONES: &str = "\
    telefono telefonos celular celulares movil moviles whatsapp wasap fijo tel cel telefonico telefonica llamar \
    llamarme llame llamen llamenos comunicarse contacto marcar";

/// What may stand between the telephone and its number.
const BETWEEN: &str = "al a el la es numero nro num no n o de del en mi su que con whatsapp o contacto indicativo mas";

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

fn telephone(reading: &Reading<'_>, at: usize) -> Option<Suggestion> {
    if listed(TELEPHONES, reading.word(at)) {
        let start = reading.after(at + 1, BETWEEN, 6);
        let number = reading.number(start)?;
        let enough =
            if number.digits.is_empty() { number.parts >= SPOKEN } else { (7..=15).contains(&number.digits.len()) };
        let known = form(&number.digits).is_some();
        let confidence = if known { Confidence::Certain } else { Confidence::Likely };
        let telephone = enough && !reading.counts(&number.words);
        return telephone.then(|| reading.suggestion(start..=number.words.end - 1, Kind::Telephone, confidence))?;
    }
    let number = reading.figures(at)?;
    let form = form(&number.digits)?;
    let written = reading.words.get(at).map(|word| &reading.text[word.range.start..])?;
    let thousands =
        written.get(..5).is_some_and(|start| start.matches(['.', ',']).count() > 0 && !start.starts_with('3'))
            || (1..=3).any(|lead| thousands_follow(written, lead));
    let abroad = reading.gap(at).ends_with('+');
    // «3 106 000 000»: a large number in groups begins with less than three digits.
    let thousands = thousands || (!abroad && number.digits.len() == 10 && reading.word(at).len() < 3);
    let confidence = match form {
        _ if abroad => Confidence::Certain,
        Form::Mobile => Confidence::Likely,
        Form::Other if number.parts > 1 => Confidence::Possible,
        Form::Other => return None,
    };
    // A number of a document, a law or a sum is no telephone; a group of figures before it neither.
    let other = reading.counts(&number.words)
        || reading.near_before(
            at,
            "nit cedula radicado ley expediente oficio contrato cuenta resolucion acta codigo bpin",
            4,
        )
        || (at > 0
            && reading.gap(at).trim().is_empty()
            && reading.figures(at - 1).is_some_and(|other| other.words.end > at));
    (!thousands && !other).then(|| reading.suggestion(at..=number.words.end - 1, Kind::Telephone, confidence))?
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

/// Whether after so many figures groups of three follow as in a large number: «3.106.000.000».
fn thousands_follow(written: &str, lead: usize) -> bool {
    let mut groups = written.split(['.', ',']);
    let digits = |group: &str| group.bytes().take_while(u8::is_ascii_digit).count();
    groups.next().is_some_and(|first| digits(first) == lead && first.len() == lead)
        && groups.clone().take(2).filter(|group| digits(group) == 3).count() == 2
        && groups.nth(2).is_some_and(|third| digits(third) == 3)
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
