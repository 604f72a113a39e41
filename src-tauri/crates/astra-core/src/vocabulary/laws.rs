//! The laws and other rules that a text cites by number and year.

use std::sync::LazyLock;

use regex::Regex;

use crate::guard::fold::tokens;

/// A citation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Law {
    /// What all citations of the same rule have in common.
    pub key: String,
    /// As it is written down: «Ley 136 de 1994».
    pub text: String,
}

/// The rules that a line cites.
pub(super) fn laws(line: &str) -> Vec<Law> {
    static CITED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(concat!(
            r"(?i)\b(ley|decreto[ -]ley|decreto|resoluci[óo]n|ordenanza|acuerdo|sentencia|circular|acto legislativo)",
            r"(?:\s+(?:municipal|nacional|departamental|org[áa]nica|estatutaria))?",
            r"\s+(?:(?:no|nro|n[úu]m|n[úu]mero|n)?\s?[.°º]?\s*)?",
            r"(\d{1,2}\.\d{3}|\d{1,5}|[cstu]{1,2}-\d{1,4})",
            r"\s*(?:de|del|/)\s*(?:\d{1,2}\s+de\s+\p{L}+\s+del?\s+)?(?:año\s+)?((?:19|20)\d{2})\b"
        ))
        .ok()
    });
    let found = CITED.as_ref().into_iter().flat_map(|cited| cited.captures_iter(line));
    found
        .filter_map(|parts| {
            // A bill is not a rule yet.
            let before: Vec<String> = tokens(&line[..parts.get(0)?.start()]).collect();
            if before.ends_with(&["proyecto".to_owned(), "de".to_owned()]) {
                return None;
            }
            let (kind, number, year) = (parts.get(1)?.as_str(), parts.get(2)?.as_str(), parts.get(3)?.as_str());
            let number = number.replace('.', "").to_uppercase();
            let folded: Vec<String> = tokens(kind).collect();
            let kind = kind.to_lowercase();
            let mut letters = kind.chars();
            let kind: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
            Some(Law {
                key: format!("{} {} {year}", folded.join(" "), number.trim_start_matches('0')),
                text: format!("{kind} {number} de {year}"),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(line: &str) -> Vec<String> {
        laws(line).into_iter().map(|law| law.text).collect()
    }

    #[test]
    fn a_law_is_known_however_it_is_cited() {
        assert_eq!(
            texts("según la ley 136 de 1994 y el Decreto No. 1.333 de 1986"),
            ["Ley 136 de 1994", "Decreto 1333 de 1986"]
        );
        assert_eq!(texts("ACUERDO N° 012 DEL 30 DE MAYO DE 2020"), ["Acuerdo 012 de 2020"]);
        assert_eq!(
            texts("la Ley 1551/2012; la sentencia C-123 de 2014"),
            ["Ley 1551 de 2012", "Sentencia C-123 de 2014"]
        );
    }

    #[test]
    fn a_bill_is_no_law_and_neither_is_an_amount() {
        assert!(texts("el proyecto de acuerdo 014 de 2025 por valor de 12.000 de pesos").is_empty());
        assert!(texts("de acuerdo con 3 de los 5").is_empty());
    }
}
