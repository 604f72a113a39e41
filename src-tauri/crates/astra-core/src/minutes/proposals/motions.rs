//! What members move, and what they want on the record.

use super::families::{Event, families};
use super::floor::call;
use super::numbers::number;
use super::sitting::{Cue, Sitting};
use super::speakers::Who;
use super::{Kind, Proposal};

/// What a member proposes is a motion when the chair takes it up within so many lines, unless it is called
/// one.
const TAKEN_UP: usize = 25;

/// One motion of one speaker is not two within so many lines.
const ONCE: usize = 12;

/// Nor are those of two speakers within so many.
const SAME: usize = 2;

/// What is moved is named within so many words behind the verb.
const NAMED: usize = 4;

/// What only a motion speaks of, by name.
const PROCEDURE: [&str; 19] = [
    "proposicion",
    "mocion",
    "enmienda",
    "sustitutiva",
    "transaccional",
    "dia",
    "nominal",
    "nominalmente",
    "ilustracion",
    "ilustrados",
    "permanente",
    "receso",
    "quorum",
    "aplazamiento",
    "mesa",
    "accidental",
    "prorroga",
    "punto",
    "verbal",
];

/// What only a motion wants done, by the beginnings of the verbs.
const CHANGES: [&str; 9] = ["aplac", "aplaz", "modifiqu", "inviert", "incluy", "retire", "prorrog", "verifi", "altere"];

/// What a written proposition orders, by the verbs to which «se» is joined.
const ORDERED: [&str; 18] = [
    "cite",
    "exhorte",
    "otorgue",
    "solicite",
    "oficie",
    "invite",
    "conforme",
    "nombre",
    "autorice",
    "rechace",
    "reconozca",
    "declare",
    "requiera",
    "ordene",
    "inste",
    "conmemore",
    "cree",
    "adicione",
];

/// Where nobody is known, who reads a motion out says so many words at most.
const READ: usize = 45;

/// How many words of a motion are quoted.
const QUOTED: usize = 18;

/// A line, and who spoke in it.
type Spoken = (usize, Option<String>);

/// Every motion and every wish for the record.
pub(super) fn motions(sitting: &Sitting<'_>) -> Vec<Proposal> {
    let mut proposals = Vec::new();
    let (mut moved, mut recorded): (Option<Spoken>, Option<Spoken>) = (None, None);
    for cue in sitting.signs(&[Event::Motion, Event::Record]) {
        let by = sitting.lines[cue.line].speaker.map(|person| sitting.people.name(person).to_owned());
        let fresh = moved.as_ref().is_none_or(|(before, who)| {
            let other = by.is_some() && *who != by && cue.line > before + SAME;
            cue.line > before + ONCE || other
        });
        let noted = recorded.as_ref().is_some_and(|(before, who)| {
            let other = by.is_some() && *who != by;
            cue.line <= before + ONCE && !other
        });
        if cue.event == Event::Motion && fresh && is_moved(sitting, cue) {
            moved = Some((cue.line, by.clone()));
            let about = sitting.said(cue.line, cue.from, cue.to + QUOTED).to_owned();
            proposals.push(sitting.proposal(Kind::Motion { by, about }, cue.line..=cue.line, cue, 0.7));
        } else if cue.event == Event::Record && !noted && is_recorded(sitting, cue) {
            recorded = Some((cue.line, by.clone()));
            proposals.push(sitting.proposal(Kind::Constancia { by }, cue.line..=cue.line, cue, 0.8));
        }
    }
    proposals.extend((0..sitting.lines.len()).filter_map(|line| read_out(sitting, line)));
    proposals
}

/// «Proposición treinta y uno, de la concejala Ríos. Cítese al gerente …»: what the secretary reads has been moved by
/// whom it names.
fn read_out(sitting: &Sitting<'_>, line: usize) -> Option<Proposal> {
    let words = sitting.own_words(line);
    let reads = match sitting.lines[line].who {
        Who::Secretary => true,
        Who::Unknown => words.len() <= READ,
        Who::Chair | Who::Member => false,
    };
    let start = words.iter().take(6).position(|word| *word == "proposicion");
    let numbered = start.is_some_and(|at| {
        let skip = usize::from(words.get(at + 1) == Some(&"numero"));
        number(words.get(at + 1 + skip..).unwrap_or_default()).is_some()
    });
    let orders = words.iter().any(|word| ORDERED.iter().any(|verb| word.strip_suffix("se") == Some(*verb)));
    let table = [Event::Passed, Event::Failed, Event::Consider];
    if !reads || !(orders || numbered) || sitting.has(line..line + 1, &table) {
        return None;
    }
    let mentions = sitting.people.mentions(&words, false);
    let by = mentions.iter().find(|mention| {
        let before = &words[mention.from.saturating_sub(4)..mention.from];
        before.iter().any(|word| matches!(*word, "de" | "del" | "por"))
    })?;
    let by = sitting.seat(&by.people).or(by.people.first().copied().filter(|person| *person < sitting.seats))?;
    let from = start.unwrap_or(0);
    let cue = Cue { event: Event::Motion, line, from, to: from + 1, family: families().first_of(Event::Motion) };
    let about = sitting.said(line, from, from + READ).to_owned();
    let kind = Kind::Motion { by: Some(sitting.people.name(by).to_owned()), about };
    Some(sitting.proposal(kind, line..=line, &cue, 0.7))
}

fn is_moved(sitting: &Sitting<'_>, cue: &Cue) -> bool {
    if sitting.lines[cue.line].who == Who::Chair {
        return false;
    }
    let words = sitting.words(cue.line);
    let signs = sitting.signs_in(cue.line..cue.line + 1);
    let over = |event: Event| signs.iter().any(|sign| sign.event == event && sign.from < cue.to && sign.to > cue.from);
    let own = sitting.lines[cue.line].own;
    let denied = words[cue.from.saturating_sub(2)..cue.from].contains(&"no");
    let asks = sitting.lines[cue.line].words[cue.from..cue.to.min(own)].iter().any(|word| word.asks);
    // Where nobody is known, who puts, counts or gives the floor is no member.
    let table =
        [Event::Consider, Event::Passed, Event::Failed, Event::Count, Event::Question, Event::VoteOpen, Event::Floor];
    let own_wish = words
        .iter()
        .take(own)
        .any(|word| matches!(*word, "yo" | "quiero" | "quisiera" | "solicito" | "pido" | "propongo"));
    let put = sitting.lines[cue.line].who == Who::Unknown
        && !own_wish
        && (sitting.has(cue.line..cue.line + 1, &table) || call(sitting, cue.line).is_some());
    if sitting.has(cue.line..cue.line + 1, &[Event::DepartureOwn]) || denied || asks || put || over(Event::Record) {
        return false;
    }
    let span = &words[cue.from..cue.to.min(words.len())];
    let end = words.len().min(cue.to + NAMED);
    let called = words[cue.from..end].iter().any(|word| {
        PROCEDURE.contains(word) || CHANGES.iter().any(|start| word.starts_with(start) && word.len() <= start.len() + 5)
    });
    let end = sitting.lines.len().min(cue.line + TAKEN_UP);
    called && span[0] != "tengo" || sitting.has(cue.line + 1..end, &[Event::Consider, Event::VoteOpen, Event::Recess])
}

/// Who came or left is noted elsewhere.
fn is_recorded(sitting: &Sitting<'_>, cue: &Cue) -> bool {
    let moves = [Event::Arrival, Event::ArrivalOwn, Event::Departure, Event::DepartureOwn];
    let table = matches!(sitting.lines[cue.line].who, Who::Chair | Who::Secretary);
    // «Yo dejé constancia en la comisión» tells of another day.
    let words = sitting.words(cue.line);
    let before = cue.from.checked_sub(1).map_or("", |at| words[at]);
    let told = words[cue.from] == "deje" && matches!(before, "yo" | "ya" | "siempre" | "tambien");
    !sitting.has(cue.line..cue.line + 1, &moves) && !table && !told
}
