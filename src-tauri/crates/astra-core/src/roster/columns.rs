//! Which column of a table holds what: by its heading, in the words of councils, or, without one,
//! by what stands in it.

use super::names::{is_name, is_office};
use super::{Column, Field};
use crate::guard::fold::tokens;
use crate::papers::Row;

/// What the columns of a table hold.
pub(super) struct Heading {
    /// The row it stands in; none when there is no heading.
    pub(super) row: Option<usize>,
    /// All columns in order.
    pub(super) columns: Vec<Column>,
    /// Whether names are written «Pérez Ñáñez, María».
    pub(super) surnames_first: bool,
}

/// Titles and empty lines may stand above a heading, in so many rows.
const ABOVE: usize = 20;

/// The words of headings, folded, by what they stand over; those further up win, since «nombre del
/// partido» is a party and «cargo del concejal» an office.
const WORDS: &[(Field, &[&str])] = &[
    (Field::Party, &["partido", "bancada", "movimiento", "colectividad", "coalicion", "aval", "filiacion", "fraccion"]),
    (Field::Office, &["cargo", "dignidad", "investidura", "funcion", "rol", "calidad"]),
    (
        Field::InsteadOf,
        &[
            "evitar",
            "variantes",
            "variante",
            "alias",
            "grafias",
            "errores",
            "errado",
            "errada",
            "incorrecta",
            "incorrecto",
        ],
    ),
    (Field::Term, &["periodo", "mandato", "cuatrienio", "corporacion", "legislatura"]),
    (Field::Since, &["desde", "inicio", "ingreso", "posesion", "alta"]),
    (Field::Until, &["hasta", "fin", "retiro", "terminacion", "finalizacion", "baja"]),
    (Field::Surnames, &["apellido", "apellidos"]),
    (Field::Name, &["nombre", "nombres"]),
    (Field::Seat, &["curul", "orden", "puesto", "escano", "silla", "no", "nro", "num", "numero", "item"]),
];

/// What people of the council are called: over a column that no other word explains, a name.
const MEMBERS: &[&str] = &[
    "concejal",
    "concejala",
    "concejales",
    "concejalas",
    "edil",
    "ediles",
    "corporado",
    "corporados",
    "miembro",
    "miembros",
    "integrante",
    "integrantes",
    "asistente",
    "asistentes",
];

/// The heading of a table; none when no row names a column of names.
pub(super) fn heading(rows: &[Row]) -> Option<Heading> {
    rows.iter().take(ABOVE).enumerate().find_map(|(at, row)| {
        let words: Vec<Vec<String>> = row.iter().map(|cell| tokens(cell).collect()).collect();
        let mut fields: Vec<Option<Field>> = words.iter().map(|words| field(words)).collect();
        let surnames_first = (words.iter().zip(&fields)).any(|(words, field)| {
            let place = |part: &str| words.iter().position(|word| word.starts_with(part));
            *field == Some(Field::Name) && place("apellido").is_some_and(|surname| Some(surname) < place("nombre"))
        });
        if !fields.contains(&Some(Field::Name)) {
            // «Concejal» stands over names unless something else does, or beside them as an office.
            let is_member = |words: &Vec<String>| words.iter().any(|word| MEMBERS.contains(&word.as_str()));
            let over_names =
                |column: &usize| rows[at..].iter().filter_map(|row| row.get(*column)).any(|text| is_name(text));
            let member = (0..words.len()).filter(|column| is_member(&words[*column])).find(over_names)?;
            fields[member] = Some(Field::Name);
        }
        let columns = row.iter().zip(fields).map(|(heading, field)| Column { heading: heading.clone(), field });
        Some(Heading { row: Some(at), columns: columns.collect(), surnames_first })
    })
}

/// What the columns of a table without a heading hold: the first one that is nearly all names, and
/// one that is all offices. The rest is nobody's guess.
pub(super) fn guess(rows: &[Row]) -> Option<Heading> {
    let width = rows.iter().map(Vec::len).max()?;
    let values = |column: usize| rows.iter().filter_map(move |row| row.get(column)).filter(|value| !value.is_empty());
    let share = |column: usize, test: fn(&str) -> bool| {
        let (fitting, all) = (values(column).filter(|value| test(value)).count(), values(column).count());
        all > 0 && fitting * 10 >= all * 8
    };
    let name = (0..width).find(|column| share(*column, is_name))?;
    let office = (0..width).find(|column| *column != name && share(*column, is_office));
    let field = |column: usize| match column {
        column if column == name => Some(Field::Name),
        column if Some(column) == office => Some(Field::Office),
        _ => None,
    };
    let columns = (0..width).map(|column| Column { heading: String::new(), field: field(column) });
    Some(Heading { row: None, columns: columns.collect(), surnames_first: false })
}

/// What a heading of these words stands over.
fn field(words: &[String]) -> Option<Field> {
    // A heading is short; a sentence that holds such a word is none.
    if words.len() > 6 {
        return None;
    }
    let holds = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let of = |wanted: Field| WORDS.iter().find(|(field, _)| *field == wanted).is_some_and(|(_, list)| holds(list));
    if of(Field::Surnames) && of(Field::Name) {
        return Some(Field::Name);
    }
    WORDS.iter().find(|(_, list)| holds(list)).map(|(field, _)| *field)
}
