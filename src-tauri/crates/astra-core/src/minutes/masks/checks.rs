//! Check letters and digits of identity and account numbers: a number that passes is what it looks like.

/// The letters of a Spanish NIF by the remainder of its number and 23 (Ministerio del Interior,
/// «Cálculo del dígito de control del NIF/NIE»).
const NIF_LETTERS: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";

/// The weights of the digits of a Colombian NIT from the right (DIAN, Orden Administrativa 4 de 1989).
const NIT_WEIGHTS: [u32; 15] = [3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71];

/// Whether this is a Spanish NIF or NIE: eight digits, or X, Y or Z and seven, and their letter.
pub(super) fn nif(text: &str) -> bool {
    let plain = plain(text);
    let Some((number, letter)) = plain.split_at_checked(8) else { return false };
    let number = match number.as_bytes().first() {
        Some(b'X') => number.replacen('X', "0", 1),
        Some(b'Y') => number.replacen('Y', "1", 1),
        Some(b'Z') => number.replacen('Z', "2", 1),
        _ => number.to_owned(),
    };
    let digits = number.bytes().all(|digit| digit.is_ascii_digit());
    let rest = number.parse::<usize>().map_or(0, |number| number % 23);
    digits && letter.as_bytes() == [NIF_LETTERS[rest]]
}

/// Whether the last digit of a Colombian NIT is the one that follows from the others, modulo 11.
pub(super) fn nit(digits: &str) -> bool {
    let Some((check, number)) = digits.as_bytes().split_last() else { return false };
    let value = |digit: &u8| u32::from(digit.wrapping_sub(b'0'));
    let sum: u32 = number.iter().rev().zip(NIT_WEIGHTS).map(|(digit, weight)| value(digit) * weight).sum();
    let expected = if sum % 11 < 2 { sum % 11 } else { 11 - sum % 11 };
    (6..=15).contains(&number.len()) && value(check) == expected
}

/// Whether this is an IBAN: country, check digits and account leave 1 modulo 97 (ISO 13616-1, by
/// ISO 7064 MOD 97-10).
pub(super) fn iban(text: &str) -> bool {
    let plain = plain(text);
    let bytes = plain.as_bytes();
    let form = (15..=34).contains(&bytes.len())
        && bytes[..2].iter().all(u8::is_ascii_uppercase)
        && bytes[2..4].iter().all(u8::is_ascii_digit);
    // Each letter counts as two digits, from A = 10 to Z = 35.
    let value = |rest: u32, &letter: &u8| match letter {
        b'0'..=b'9' => (rest * 10 + u32::from(letter - b'0')) % 97,
        _ => (rest * 100 + u32::from(letter.wrapping_sub(b'A')) + 10) % 97,
    };
    form && bytes[4..].iter().chain(&bytes[..4]).fold(0, value) == 1
}

/// Letters and digits only, in capitals.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letter_of_a_nif_follows_from_its_number() {
        assert!(nif("12345678Z") && nif("12.345.678-z") && nif("X1234567L") && nif("00000000T"));
        assert!(!nif("12345678A") && !nif("1234567L") && !nif("Z") && !nif("12345678ZZ") && !nif("ABCDEFGHT"));
    }

    #[test]
    fn the_last_digit_of_a_nit_follows_from_the_others() {
        // The numbers of the tax office and of a bank, as they publish them.
        assert!(nit("8001972684") && nit("8909039388"));
        assert!(!nit("8001972685") && !nit("4") && !nit(""));
    }

    #[test]
    fn an_iban_leaves_one() {
        // The examples of ISO 13616 for two countries.
        assert!(iban("ES91 2100 0418 4502 0005 1332") && iban("GB29 NWBK 6016 1331 9268 19"));
        assert!(!iban("ES92 2100 0418 4502 0005 1332") && !iban("ES91") && !iban("2100 0418 4502 0005 1332"));
    }
}
