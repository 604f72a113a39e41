//! The names in the minutes of an earlier sitting, or in any list: those in tables with a heading of
//! names, and those on the lines below «ASISTENTES» and the like.

use super::columns;
use super::names::{is_name, is_office, is_party, without_titles};
use super::proposal::{Draft, RosterProposal};
use super::table;
use super::{Councillor, Field, RosterFormat, alike};
use crate::guard::fold::tokens;
use crate::papers::{Block, Row, tidy};

/// How a list of members is headed, as folded beginnings of lines.
const LISTS: &[&str] = &[
    "asistentes",
    "asistencia",
    "asistieron",
    "concejales",
    "honorables concejales",
    "miembros",
    "integrantes",
    "contestaron",
    "respondieron",
    "presentes",
    "ausentes",
    "excusados",
    "con excusa",
    "sin excusa",
    "mesa directiva",
    "llamado a lista",
    "relacion de asistentes",
    "registro de asistencia",
    "ediles",
    "concejo en pleno",
    "no asistieron",
    "total asistentes",
    "senores concejales",
    "sres asistentes",
];

/// What ends one.
const ENDS: &[&str] = &[
    "orden del dia",
    "desarrollo",
    "invitados",
    "invitado",
    "funcionarios",
    "citados",
    "otros",
    "hora",
    "lugar",
    "quorum",
    "verificad",
    "secretario",
    "secretaria",
    "interventor",
    "proyecto",
    "lectura",
    "objetivo",
    "administracion",
    "personeria",
    "alcalde",
    "alcaldia",
    "comunidad",
    "publico",
];

/// So many lines in a row without a name end a list too; the foot and head of a page are fewer.
const STRANGERS: usize = 6;

/// Proposes the people of a document; none when it names nobody.
pub(super) fn propose(blocks: Vec<Block>, format: RosterFormat, known: &[Councillor]) -> Option<RosterProposal> {
    let mut draft = Draft::of(format, false);
    let mut list = List::default();
    for (number, block) in (1..).zip(&blocks) {
        match block {
            Block::Table(rows) => {
                draft.take_in(list.end());
                if let Some(heading) = columns::heading(rows) {
                    draft.take_in(people_of(table::of_heading(rows, &heading, format)));
                }
            }
            Block::Line(line) => {
                if let Some(ended) = list.read(number, line) {
                    draft.take_in(ended);
                }
            }
        }
    }
    draft.take_in(list.end());
    (!draft.rows.is_empty()).then(|| draft.finish(known))
}

/// Somebody on a list.
#[derive(Clone, Default)]
struct Person {
    line: u32,
    name: String,
    office: String,
    party: String,
}

/// A list that is being read.
#[derive(Default)]
struct List {
    open: bool,
    people: Vec<Person>,
    strangers: usize,
}

impl List {
    /// Reads a line. Returns the people of the list that it ended.
    fn read(&mut self, number: u32, line: &str) -> Option<Vec<Person>> {
        let line = without_number(line);
        let folded = tokens(line).collect::<Vec<_>>().join(" ");
        let begins = |all: &[&str]| all.iter().any(|text| folded.starts_with(text));
        if folded.is_empty() {
            return None;
        }
        if (begins(LISTS) && !is_name(line)) || is_heading(line) {
            let ended = self.end();
            self.open = true;
            // The names may follow in the same line.
            if let Some((_, rest)) = line.split_once(':') {
                self.take(number, rest);
            }
            return Some(ended);
        }
        if !self.open || self.take(number, line) {
            return None;
        }
        self.strangers += 1;
        (begins(ENDS) || self.strangers >= STRANGERS).then(|| self.end())
    }

    /// Takes the people of a line; whether there were any.
    fn take(&mut self, line: u32, text: &str) -> bool {
        let text = without_titles(text);
        let pieces: Vec<String> = text
            .split(['\t', ',', ';'])
            .flat_map(|piece| piece.split(" – "))
            .flat_map(|piece| piece.split(" - "))
            .map(tidy)
            .collect();
        // «Ana Zapata, Jorge Ospina y Luz Dary Quintero.» is a list, «Ana Zapata, Presidenta» a person.
        let split = |piece: &String| match piece.split_once(" y ") {
            Some((one, other)) if is_name(clean(one)) && is_name(clean(other)) => {
                vec![one.to_owned(), other.to_owned()]
            }
            _ => vec![piece.clone()],
        };
        let pieces: Vec<String> = pieces.iter().flat_map(split).collect();
        let before = self.people.len();
        for piece in pieces.iter().map(|piece| clean(piece)) {
            let first_of_line = self.people.len() == before;
            match self.people.last_mut() {
                _ if is_name(piece) => {
                    self.people.push(Person { line, name: piece.to_owned(), ..Person::default() });
                }
                // In a PDF each cell of a table is a line of its own.
                Some(person) if is_office(piece) && person.office.is_empty() => person.office = piece.to_owned(),
                Some(person) if is_party(piece) && person.party.is_empty() => person.party = piece.to_owned(),
                _ if first_of_line => return piece.chars().all(|letter| letter.is_numeric() || letter == '.'),
                _ => {}
            }
        }
        self.strangers = 0;
        true
    }

    fn end(&mut self) -> Vec<Person> {
        std::mem::take(self).people
    }
}

impl Draft {
    /// Takes in a list. Who stands on an earlier one too is the same person, since minutes name the
    /// present, the excused and those who sign apart; twice on one list are two.
    fn take_in(&mut self, people: Vec<Person>) {
        let earlier = self.rows.len();
        let mut taken: Vec<usize> = Vec::new();
        for person in people {
            let same = self.rows[..earlier]
                .iter()
                .enumerate()
                .find(|(at, row)| !taken.contains(at) && alike(&row.councillor.name, without_titles(&person.name)));
            let Some(at) = same.map(|(at, _)| at) else {
                let values =
                    [(Field::Name, &person.name), (Field::Office, &person.office), (Field::Party, &person.party)];
                self.add(person.line, &values.map(|(field, value)| (field, value.as_str())), false);
                continue;
            };
            taken.push(at);
            let councillor = &mut self.rows[at].councillor;
            if councillor.office.is_empty() {
                councillor.office = person.office;
            }
            if councillor.party.is_empty() {
                councillor.party = person.party;
            }
        }
    }
}

/// The people of a table, as those of a list; what looks like no name is a line of totals, say.
fn people_of(table: Draft) -> Vec<Person> {
    let named = table.rows.into_iter().filter(|row| !row.is_doubtful());
    named
        .map(|row| Person {
            line: row.line,
            name: row.councillor.name,
            office: row.councillor.office,
            party: row.councillor.party,
        })
        .collect()
}

/// Whether a line is the heading of a table of names.
fn is_heading(line: &str) -> bool {
    let cells: Row = line.split('\t').map(tidy).collect();
    cells.len() > 1 && columns::heading(&[cells]).is_some()
}

/// A line without the number or bullet of a list.
fn without_number(line: &str) -> &str {
    let line = line.trim();
    let rest = line.trim_start_matches(|letter: char| letter.is_numeric() || letter.is_whitespace());
    let rest = rest.trim_start_matches(['.', ')', '-', '–', '•', '*', '·', '°', 'º', '\u{f0b7}', '\u{f0a7}']);
    rest.trim()
}

/// A name without what stands around it.
fn clean(piece: &str) -> &str {
    without_titles(without_number(piece).trim_matches(['.', ':', '(', ')', '"', '«', '»', ' ']))
}
