//! Bank accounts, cards and number plates.

use super::checks;
use super::reading::Reading;
use super::{Confidence, Kind, Suggestion};
use crate::minutes::cleaning::words::{is_number, listed};

/// What announces the number of an account.
const ACCOUNTS: [&str; 9] = [
    "cuenta de ahorros",
    "cuenta de ahorro",
    "cuenta corriente",
    "cuenta bancaria",
    "cuenta numero",
    "nequi",
    "daviplata",
    "tarjeta de credito",
    "tarjeta debito",
];

/// What may stand between the account and its number.
const BETWEEN: &str = "\
    numero nro num no n es la el de del a mi su en banco bancolombia davivienda bbva agrario bogota popular caja social \
    terminada";

/// What announces a plate.
const PLATES: &str = "placa placas matricula matriculas patente patentes";

/// Accounts and plates.
pub(super) fn find(reading: &Reading<'_>) -> Vec<Suggestion> {
    (0..reading.words.len())
        .filter_map(|at| iban(reading, at).or_else(|| account(reading, at)).or_else(|| plate(reading, at)))
        .collect()
}

/// An IBAN, in one piece or in groups, that its check digits prove.
fn iban(reading: &Reading<'_>, at: usize) -> Option<Suggestion> {
    let first = reading.words.get(at)?;
    let bytes = first.folded.as_bytes();
    let lead =
        bytes.len() >= 4 && bytes[..2].iter().all(u8::is_ascii_lowercase) && bytes[2..4].iter().all(u8::is_ascii_digit);
    let ends = (at + 1..=at + 9).take_while(|&end| end <= reading.words.len());
    let proven = |end: &usize| {
        let last = reading.words.get(end - 1).map_or(first.range.end, |word| word.range.end);
        checks::iban(&reading.text[first.range.start..last])
    };
    let end = if lead { ends.filter(proven).last()? } else { return None };
    reading.suggestion(at..=end - 1, Kind::Account, Confidence::Certain)
}

/// The number behind the word for an account.
fn account(reading: &Reading<'_>, at: usize) -> Option<Suggestion> {
    let length = reading.longest(at, &ACCOUNTS);
    let iban = reading.says(at, "iban");
    let start = reading.after(at + length.max(usize::from(iban)), BETWEEN, 7);
    if iban {
        let groups =
            (start..start + 9).take_while(|&at| reading.word(at).bytes().any(|letter| letter.is_ascii_digit()));
        return reading.suggestion(start..=groups.last()?, Kind::Account, Confidence::Likely);
    }
    let number = if length > 0 { reading.number(start)? } else { return None };
    let enough = if number.digits.is_empty() { number.parts >= 5 } else { number.digits.len() >= 6 };
    (enough && !reading.counts(&number.words))
        .then(|| reading.suggestion(start..=number.words.end - 1, Kind::Account, Confidence::Likely))?
}

/// A plate behind its word: «ABC 123», «ABC-12D», «1234 BCD», «A B C uno dos tres».
fn plate(reading: &Reading<'_>, at: usize) -> Option<Suggestion> {
    if !listed(PLATES, reading.word(at)) {
        return None;
    }
    let start = reading.after(at + 1, "numero nro no n de del la el es con vehiculo carro moto placa", 6);
    let form = |end: usize| {
        let words = reading.words.get(start..end).unwrap_or_default();
        let text: String =
            words.iter().flat_map(|word| word.folded.chars().filter(char::is_ascii_alphanumeric)).collect();
        let shape: String = text.chars().map(|letter| if letter.is_ascii_digit() { '0' } else { 'a' }).collect();
        ["aaa000", "aaa00a", "aaa00", "0000aaa"].contains(&shape.as_str())
    };
    let letters = reading.after(start, "a b c d e f g h i j k l m n o p q r s t u v w x y z", 3) - start;
    let end = (start + 1..=start + 6).find(|&end| form(end)).or_else(|| {
        let spelled = letters == 3 || reading.word(start).len() == 3;
        let numerals =
            (start + letters.max(1)..start + letters.max(1) + 3).take_while(|&at| is_number(reading.word(at)));
        (spelled && numerals.clone().count() == 3).then(|| numerals.last().map(|at| at + 1))?
    })?;
    reading.suggestion(start..=end - 1, Kind::Plate, Confidence::Likely)
}
