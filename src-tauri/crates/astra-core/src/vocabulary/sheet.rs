//! The vocabulary as a table that a spreadsheet opens, and a table as vocabulary: what it is, how it is written, what
//! it stands for, what it was mistaken for.

use std::fmt::Write;

use super::{Term, TermKind};
use crate::guard::fold::tokens;
use crate::papers::{MOST_TEXT, PaperDamage, separated};
use crate::sentences::sentence;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Kind,
    Text,
    Expansion,
    InsteadOf,
    Documents,
}

/// The columns as they are written, each with its key in the catalogue.
const COLUMNS: [(Column, &str); 5] = [
    (Column::Kind, "sheet.kind"),
    (Column::Text, "sheet.text"),
    (Column::Expansion, "sheet.expansion"),
    (Column::InsteadOf, "sheet.instead_of"),
    (Column::Documents, "sheet.documents"),
];

/// Other words for the headings, folded.
const HEADINGS: [(Column, &[&str]); 3] = [
    (Column::Text, &["palabra", "palabras", "termino", "terminos", "nombre", "nombres", "vocabulario"]),
    (Column::Expansion, &["significado", "expansion"]),
    (Column::InsteadOf, &["variantes", "errores"]),
];

/// The terms as lines of values with semicolons between, in UTF-8 with the mark by which Excel knows it.
pub fn written(terms: &[Term]) -> String {
    let mut text = String::from("\u{feff}");
    let heading = COLUMNS.map(|(_, key)| sentence(key, &[]));
    line(&mut text, &heading);
    for term in terms {
        let documents = if term.documents == 0 { String::new() } else { term.documents.to_string() };
        let values =
            [kind_word(term.kind), term.text.clone(), term.expansion.clone(), term.instead_of.join(", "), documents];
        line(&mut text, &values);
    }
    text
}

/// The terms of a table with a heading of ours, or of a list with one on each line.
///
/// # Errors
/// [`PaperDamage`] when it is no text, or too large.
pub fn read(bytes: &[u8]) -> Result<Vec<Term>, PaperDamage> {
    if bytes.len() > MOST_TEXT {
        return Err(PaperDamage::TooLarge);
    }
    let rows = separated::rows(bytes)?;
    let columns: Option<Vec<Option<Column>>> = rows.first().and_then(|row| {
        let columns: Vec<Option<Column>> = row.iter().map(|cell| column(cell)).collect();
        columns.contains(&Some(Column::Text)).then_some(columns)
    });
    let skipped = usize::from(columns.is_some());
    let columns = columns.unwrap_or_else(|| vec![Some(Column::Text)]);
    let terms = rows.iter().skip(skipped).map(|row| {
        let mut term = Term::default();
        for (column, value) in columns.iter().zip(row) {
            // What a program would take for a formula was written with a sign before it.
            let value = value.strip_prefix('\'').unwrap_or(value);
            match column {
                Some(Column::Kind) => term.kind = kind_of(value),
                Some(Column::Text) => value.clone_into(&mut term.text),
                Some(Column::Expansion) => value.clone_into(&mut term.expansion),
                Some(Column::InsteadOf) => {
                    let spellings = value.split([',', ';']).map(str::trim).filter(|text| !text.is_empty());
                    term.instead_of = spellings.map(str::to_owned).collect();
                }
                Some(Column::Documents) => term.documents = value.parse().unwrap_or_default(),
                None => {}
            }
        }
        term
    });
    Ok(terms.filter(|term| term.text.chars().any(char::is_alphanumeric)).collect())
}

/// The kind as people call it.
pub fn kind_word(kind: TermKind) -> String {
    sentence(&format!("term_kind.{}", kind.id()), &[])
}

fn kind_of(word: &str) -> TermKind {
    let folded = |text: &str| tokens(text).collect::<Vec<_>>();
    TermKind::all().into_iter().find(|kind| folded(&kind_word(*kind)) == folded(word)).unwrap_or_default()
}

fn column(heading: &str) -> Option<Column> {
    let folded = |text: &str| tokens(text).collect::<Vec<_>>().join(" ");
    let heading = folded(heading);
    let ours = COLUMNS.iter().find(|(_, key)| folded(&sentence(key, &[])) == heading).map(|(column, _)| *column);
    ours.or_else(|| HEADINGS.iter().find(|(_, words)| words.contains(&heading.as_str())).map(|(column, _)| *column))
}

fn line(text: &mut String, values: &[String; 5]) {
    let quoted = values.each_ref().map(|value| {
        // A program must not take a value for a formula.
        let guard = if value.starts_with(['=', '+', '-', '@', '\'']) { "'" } else { "" };
        format!("\"{guard}{}\"", value.replace('"', "\"\""))
    });
    // Writing into a text cannot fail.
    let _ = write!(text, "{}\r\n", quoted.join(";"));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn term(text: &str, kind: TermKind, expansion: &str, instead_of: &[&str]) -> Term {
        let instead_of = instead_of.iter().map(|text| (*text).to_owned()).collect();
        Term { text: text.to_owned(), instead_of, kind, expansion: expansion.to_owned(), documents: 3 }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let terms = [
            term("POT", TermKind::Acronym, "Plan de Ordenamiento Territorial", &["pote"]),
            term("vereda «La \"Palma\"»", TermKind::Place, "", &["la palma", "palmas"]),
            term("=SUMA", TermKind::Other, "", &[]),
        ];
        assert_eq!(read(written(&terms).as_bytes()), Ok(terms.to_vec()));
        assert!(written(&terms).contains("\"'=SUMA\""));
    }

    #[test]
    fn a_plain_list_is_one_term_a_line_and_a_heading_of_others_is_understood() {
        let texts = |bytes: &str| read(bytes.as_bytes()).unwrap().into_iter().map(|term| term.text).collect::<Vec<_>>();
        assert_eq!(texts("Chachafruto\r\n\r\nAnorí\n"), ["Chachafruto", "Anorí"]);
        assert_eq!(texts("Término,Significado\nPAE,Programa de Alimentación Escolar\n"), ["PAE"]);
    }

    proptest! {
        #[test]
        fn every_vocabulary_survives_the_table(texts in proptest::collection::vec("[a-zñA-Z=+\"';,. ]{1,20}", 0..8)) {
            let terms: Vec<Term> = texts
                .iter()
                .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
                .filter(|text| text.chars().any(char::is_alphanumeric))
                .map(|text| term(&text, TermKind::Person, "", &[]))
                .collect();
            prop_assert_eq!(read(written(&terms).as_bytes()), Ok(terms));
        }
    }
}
