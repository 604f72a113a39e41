//! Who was there: rolls of attendance, the quorum announced after them, who came late and who left.

use std::collections::HashMap;

use super::answers::{Roll, Said};
use super::families::{Event, families};
use super::names::is_title;
use super::numbers::number;
use super::sitting::{Cue, Sitting};
use super::speakers::Who;
use super::{Answer, Kind, Presence, Proposal};

/// The order to call the roll stands so many lines before its first name at most.
const ORDER: usize = 6;

/// The quorum is announced so many lines after a roll, or after it was asked for.
const ANNOUNCED: usize = 60;

/// Whoever presides says without being asked that there is a quorum only in so many first lines.
const BEGINNING: usize = 15;

/// Who is counted is counted so many lines after a roll, and after an order to count.
const CALLED: usize = 3;
const ORDERED: usize = 2;

/// Who says goodbye is answered within so many lines.
const ANSWERED: usize = 2;

/// Where and when somebody comes or goes.
const PLACES: [&str; 20] = [
    "recinto",
    "sesion",
    "salon",
    "pleno",
    "plenaria",
    "hora",
    "momento",
    "sala",
    "mesa",
    "curul",
    "corporacion",
    "reunion",
    "debate",
    "presidenta",
    "presidente",
    "misma",
    "mismo",
    "manana",
    "tarde",
    "noche",
];

/// All who could be there and those who are stand so close.
const BESIDE: usize = 8;

/// Announcements so close together are one.
const TOGETHER: usize = 8;

/// Rolls, quorums, arrivals and departures.
pub(super) fn attendance(sitting: &Sitting<'_>, rolls: &[Roll]) -> Vec<Proposal> {
    let mut proposals: Vec<Proposal> =
        rolls.iter().filter(|roll| !roll.votes).map(|roll| called(sitting, roll)).collect();
    let quorums = quorums(sitting, rolls);
    let counted = counted(sitting, rolls, &quorums);
    proposals.extend(quorums);
    proposals.extend(counted);
    proposals.extend(comings_and_goings(sitting, rolls));
    proposals
}

fn called(sitting: &Sitting<'_>, roll: &Roll) -> Proposal {
    let answers = roll.answers.iter().map(|(person, said)| Answer {
        name: sitting.people.name(*person).to_owned(),
        answer: match said {
            Some(Said::Present) => Presence::Present,
            Some(Said::Excused) => Presence::Excused,
            _ => Presence::Absent,
        },
    });
    let order = sitting.signs_in(roll.first.saturating_sub(ORDER)..roll.first + 1);
    let order = order.iter().rev().find(|cue| cue.event == Event::RollOrder);
    let first = order.map_or(roll.first, |cue| cue.line.max(roll.first.saturating_sub(2)));
    let cue = order.cloned().unwrap_or_else(|| Cue {
        event: Event::RollOrder,
        line: roll.first,
        from: 0,
        to: 1,
        family: families().first_of(Event::RollOrder),
    });
    let sure = if order.is_some() { 0.95 } else { 0.8 };
    sitting.proposal(Kind::RollCall { answers: answers.collect() }, first..=roll.last, &cue, sure)
}

/// Quorums, each once: an announcement needs a roll or an order to verify before it that no other used.
fn quorums(sitting: &Sitting<'_>, rolls: &[Roll]) -> Vec<Proposal> {
    let mut proposals: Vec<Proposal> = Vec::new();
    let found: Vec<&Cue> =
        sitting.signs(&[Event::Quorum, Event::QuorumNone]).filter(|cue| !asks(sitting, cue)).collect();
    let mut at = 0;
    let mut settled: Option<usize> = None;
    while at < found.len() {
        let mut end = at + 1;
        while end < found.len() && found[end].line - found[end - 1].line <= TOGETHER {
            end += 1;
        }
        let together = &found[at..end];
        at = end;
        let first = together[0].line;
        let after = settled.map_or(0, |line| line + 1);
        let roll = rolls.iter().rev().find(|roll| !roll.votes && roll.last <= first + 2 && roll.last >= after);
        let reported = roll.is_some_and(|roll| first <= roll.last + ANNOUNCED);
        let ordered = sitting
            .signs_in(first.saturating_sub(ANNOUNCED / 2).max(after)..first + 1)
            .iter()
            .any(|cue| cue.event == Event::RollOrder && !sitting.has(cue.line..cue.line + 1, &[Event::AgendaRead]));
        let best = together.iter().max_by_key(|cue| {
            let told = headcount(sitting, cue.line..cue.line + 1).is_some();
            let secretary = sitting.lines[cue.line].who == Who::Secretary || to_the_chair(sitting, cue.line);
            (u8::from(secretary) * 2 + u8::from(told), usize::MAX - cue.line)
        });
        let Some(best) = best else { continue };
        let from = best.line.saturating_sub(3).max(roll.map_or(0, |roll| roll.last));
        let count = headcount(sitting, best.line..best.line + 1)
            .or_else(|| headcount(sitting, from..best.line))
            .or_else(|| headcount(sitting, best.line + 1..best.line + 3));
        let known = match sitting.lines[best.line].who {
            Who::Secretary => count.is_some(),
            Who::Chair => count.is_some() || settled.is_none() && best.line <= BEGINNING,
            Who::Unknown => count.is_some() && (to_the_chair(sitting, best.line) || best.line <= BEGINNING),
            Who::Member => false,
        };
        if !(reported || ordered && (settled.is_none() || count.is_some()) || known) {
            continue;
        }
        settled = Some(together[together.len() - 1].line);
        let none = together.iter().any(|cue| cue.event == Event::QuorumNone && cue.line == best.line);
        let kind = Kind::Quorum { holds: !none, count };
        proposals.push(sitting.proposal(kind, best.line..=best.line, best, if reported { 0.95 } else { 0.8 }));
    }
    proposals
}

/// «Asisten once de trece, alcalde»: who is counted in answer to a roll or to the chair, where nobody says whether
/// that is a quorum. It is one when it is more than half.
fn counted(sitting: &Sitting<'_>, rolls: &[Roll], quorums: &[Proposal]) -> Vec<Proposal> {
    let mut proposals: Vec<Proposal> = Vec::new();
    let orders = sitting.signs(&[Event::RollOrder]).map(|cue| (cue.line, ORDERED));
    let called = rolls.iter().filter(|roll| !roll.votes).map(|roll| (roll.last, CALLED));
    for (after, within) in called.chain(orders) {
        let lines = after + 1..sitting.lines.len().min(after + 1 + within);
        let told = |proposal: &Proposal| (after..=after + TOGETHER).contains(&proposal.utterances.start);
        if quorums.iter().chain(&proposals).any(told) {
            continue;
        }
        let found = lines.into_iter().find_map(|line| {
            let speaks = match sitting.lines[line].who {
                Who::Secretary => true,
                Who::Unknown => to_the_chair(sitting, line),
                Who::Chair | Who::Member => false,
            };
            let words = sitting.own_words(line);
            let sign = sitting.signs_in(line..line + 1).iter().find(|cue| cue.event == Event::Headcount);
            let first = || {
                let (value, used) = number(&words)?;
                words
                    .get(used)
                    .filter(|next| next.starts_with("president") || next.starts_with("alcald"))
                    .map(|_| value)
            };
            let count = if sign.is_some() { headcount(sitting, line..line + 1) } else { first() };
            let family = families().first_of(Event::Headcount);
            let cue = sign.cloned().unwrap_or(Cue { event: Event::Headcount, line, from: 0, to: 2, family });
            let votes = [Event::Passed, Event::Failed, Event::Count, Event::Unanimous, Event::Assent];
            let voted = sitting.has(line..line + 1, &votes);
            count.filter(|_| speaks && !voted).map(|count| (cue, count))
        });
        let Some((cue, count)) = found else { continue };
        let holds = usize::try_from(count).is_ok_and(|count| count * 2 > sitting.seats);
        proposals.push(sitting.proposal(Kind::Quorum { holds, count: Some(count) }, cue.line..=cue.line, &cue, 0.7));
    }
    proposals
}

/// «¿Hay quórum, señora secretaria?»
fn asks(sitting: &Sitting<'_>, cue: &Cue) -> bool {
    let words = sitting.own_words(cue.line);
    let text = sitting.utterances[cue.line].text;
    let to_secretary = words.iter().any(|word| word.starts_with("secretari")) && !to_the_chair(sitting, cue.line);
    let about = words.get(cue.from.saturating_sub(2)..cue.from).unwrap_or_default();
    let whether = about.iter().any(|word| matches!(*word, "si" | "informe" | "informar" | "certifique" | "digame"));
    to_secretary && (text.contains('?') || words.len() <= 10 || whether)
}

/// Whether the line speaks to whoever presides.
pub(super) fn to_the_chair(sitting: &Sitting<'_>, line: usize) -> bool {
    let words = sitting.own_words(line);
    let called = |at: usize| {
        let before = at.checked_sub(1).map_or("", |before| words[before]);
        let article = matches!(before, "el" | "la" | "al" | "del" | "un" | "una" | "vice");
        // A mayor presides in Spain, and is somebody else where «señor» stands before.
        let mayor = matches!(words[at], "alcalde" | "alcaldesa") && !matches!(before, "senor" | "senora" | "nuestro");
        !article && (words[at].starts_with("president") || mayor)
    };
    (0..words.len()).any(called)
}

/// How many are said to be there.
fn headcount(sitting: &Sitting<'_>, lines: std::ops::Range<usize>) -> Option<u32> {
    let mut told = None;
    for line in lines.start..lines.end.min(sitting.lines.len()) {
        let words = sitting.words(line);
        let counted = sitting.signs_in(line..line + 1).iter().filter(|cue| cue.event == Event::Headcount);
        for cue in counted {
            let span = &words[from_the_first(&words, cue.from)..cue.to.min(words.len())];
            let mut at = 0;
            let mut found = None;
            while at < span.len() && found.is_none() {
                match number(&span[at..]) {
                    // «Un total de trece».
                    Some((_, used)) if span[at] == "un" || span[at] == "una" => at += used,
                    Some((value, _)) => found = Some(value),
                    None => at += 1,
                }
            }
            told = told.or(found);
            if let Some(better) = corrected(&words[cue.to.min(words.len())..]) {
                told = Some(better);
            }
        }
        let quorum = sitting.has(line..line + 1, &[Event::Quorum]);
        if told.is_none() && quorum {
            told = counted_here(&words).or_else(|| {
                (0..words.len().min(sitting.lines[line].own)).find_map(|at| {
                    let (value, used) = number(&words[at..])?;
                    let before = at.checked_sub(1).map_or("", |before| words[before]);
                    let people = words.get(at + used).is_some_and(|next| {
                        ["concejal", "honorable", "president", "senor", "miembro", "presente", "edil"]
                            .iter()
                            .any(|start| next.starts_with(start))
                    }) || matches!(before, "somos" | "estamos" | "quedamos" | "quedan")
                        || before == "los" && at > 1 && matches!(words[at - 2], "estan" | "estamos" | "somos")
                        || matches!(before, "con" | "son" | "presentes" | "de") && at + used == words.len();
                    let counts = value >= 2 && people && !matches!(before, "las" | "numero" | "y");
                    let all = number(&words[from_the_first(&words, at)..]).map_or(value, |(value, _)| value);
                    counts.then(|| corrected(&words[at + used..]).unwrap_or(all))
                })
            });
        }
    }
    told
}

/// «De los diecisiete miembros hay dieciséis»: who is there is counted behind all who could be.
fn counted_here(words: &[&str]) -> Option<u32> {
    let all = (0..words.len()).find_map(|at| {
        let (value, used) = number(&words[at..])?;
        let of = at > 0 && matches!(words[at - 1], "los" | "las") && at > 1 && words[at - 2] == "de";
        (of && value > 1).then_some((value, at + used))
    })?;
    let verbs = ["hay", "son", "somos", "asisten", "asistimos", "estamos", "estan", "contestaron", "acuden", "faltan"];
    let at = (all.1..words.len().min(all.1 + BESIDE)).find(|at| verbs.contains(&words[*at]))?;
    let (value, _) = number(words.get(at + 1..)?)?;
    (value <= all.0).then(|| if words[at] == "faltan" { all.0 - value } else { value })
}

/// Where a count begins: «siete de los once concejales» counts seven.
fn from_the_first(words: &[&str], from: usize) -> usize {
    let reached =
        |at: &usize| number(&words[*at..]).is_some_and(|(_, used)| of_all(&words[at + used..], from - at - used));
    (from.saturating_sub(5)..from).find(reached).unwrap_or(from)
}

/// Whether «de los» leads to the word that stands `away` words behind.
fn of_all(words: &[&str], away: usize) -> bool {
    let led = match words {
        ["de", "los" | "las", ..] => 2,
        ["de", ..] => 1,
        _ => return false,
    };
    away == led
}

/// «Perdón, doce.»
fn corrected(after: &[&str]) -> Option<u32> {
    let at = after
        .iter()
        .take(6)
        .position(|word| matches!(*word, "perdon" | "corrijo" | "rectifico" | "disculpe" | "digo"))?;
    (at + 1..after.len().min(at + 5)).find_map(|from| number(&after[from..]).map(|(value, _)| value))
}

fn comings_and_goings(sitting: &Sitting<'_>, rolls: &[Roll]) -> Vec<Proposal> {
    let mut proposals = Vec::new();
    let mut here: HashMap<usize, bool> = HashMap::new();
    let mut noted: HashMap<(usize, bool), usize> = HashMap::new();
    let mut rolls = rolls.iter().filter(|roll| !roll.votes).peekable();
    let mut called = false;
    let signs = [Event::Arrival, Event::ArrivalTold, Event::ArrivalOwn, Event::Departure, Event::DepartureOwn];
    for cue in sitting.signs(&signs) {
        while let Some(roll) = rolls.next_if(|roll| roll.last < cue.line) {
            called = true;
            here.extend(roll.answers.iter().map(|(person, said)| (*person, *said == Some(Said::Present))));
        }
        let in_roll = rolls.peek().is_some_and(|roll| roll.first <= cue.line);
        let comes = matches!(cue.event, Event::Arrival | Event::ArrivalOwn | Event::ArrivalTold);
        let own = matches!(cue.event, Event::ArrivalOwn | Event::DepartureOwn);
        if in_roll && (own || comes)
            || cue.event == Event::ArrivalTold && !arrives(sitting, cue)
            || cue.event == Event::DepartureOwn && !leaves(sitting, cue)
        {
            continue;
        }
        for person in if own { speaks_of_self(sitting, cue).into_iter().collect() } else { named(sitting, cue) } {
            // Nobody arrives who is there, and nobody leaves who is not.
            let already = here.get(&person) == Some(&comes);
            let again = noted.get(&(person, comes)).is_some_and(|line| cue.line - line <= 30);
            // A welcome is an arrival only when the roll has been called.
            let welcome = sitting.words(cue.line)[cue.from].starts_with("bienvenid");
            if welcome && !called || already || again {
                continue;
            }
            noted.insert((person, comes), cue.line);
            here.insert(person, comes);
            let name = sitting.people.name(person).to_owned();
            let kind = if comes { Kind::Arrival { name } } else { Kind::Departure { name } };
            proposals.push(sitting.proposal(kind, cue.line..=cue.line, cue, if own { 0.8 } else { 0.9 }));
        }
    }
    proposals
}

/// «Llega la concejala Ríos», and not «nunca llegó», «llega más tarde», «llega hasta la diecisiete».
fn arrives(sitting: &Sitting<'_>, cue: &Cue) -> bool {
    let words = sitting.words(cue.line);
    let before = &words[cue.from.saturating_sub(4)..cue.from];
    let after = &words[cue.to.min(words.len())..words.len().min(cue.to + 4)];
    let denied = before.iter().any(|word| matches!(*word, "no" | "nunca" | "si" | "cuando" | "aunque" | "tampoco"));
    let elsewhere = after.iter().any(|word| {
        matches!(
            *word,
            "hasta" | "tarde" | "luego" | "despues" | "manana" | "en" | "con" | "por" | "para" | "un" | "una"
        )
    });
    let near = [before, after].iter().any(|words| !sitting.people.mentions(words, true).is_empty());
    !denied && !elsewhere && near
}

/// Whether somebody who says so leaves now. What is also said of other things needs an answer of the table.
fn leaves(sitting: &Sitting<'_>, cue: &Cue) -> bool {
    let words = sitting.words(cue.line);
    let said = &words[cue.from..cue.to.min(words.len())];
    let before = cue.from.checked_sub(1).map_or("", |before| words[before]);
    let after = &words[cue.to.min(words.len())..words.len().min(cue.to + 6)];
    let later = after.iter().any(|word| matches!(*word, "rato" | "tarde" | "luego" | "despues" | "momento" | "cuando"));
    let now = after.iter().any(|word| matches!(*word, "ya" | "ahora"));
    if before == "no" || later && !now {
        return false;
    }
    let formal = said.iter().any(|word| word.starts_with("retir") || word.starts_with("ausent"));
    let wished =
        said.iter().any(|word| matches!(*word, "quisiera" | "quiero" | "voy" | "toca" | "tengo" | "debo" | "necesito"));
    if formal && !wished {
        return true;
    }
    let lines = cue.line + 1..sitting.lines.len().min(cue.line + 1 + ANSWERED);
    lines.into_iter().any(|line| {
        let words = sitting.own_words(line);
        // Where voices are unknown, only the first words can be the answer of the table.
        let known = sitting.lines[line].who != Who::Member;
        let first = if sitting.utterances[line].voice.is_none() && !known { 2 } else { words.len() };
        let bids = words.iter().take(first).any(|word| {
            matches!(
                *word,
                "siga"
                    | "vaya"
                    | "tranquilo"
                    | "tranquila"
                    | "autorizado"
                    | "autorizada"
                    | "anote"
                    | "registre"
                    | "nota"
                    | "constancia"
                    | "permiso"
                    | "retira"
                    | "sale"
                    | "salen"
                    | "pueda"
                    | "puede"
                    | "retirarse"
            )
        });
        bids && words.len() <= 25 && (known || sitting.utterances[line].voice.is_none())
    })
}

/// The seats that a sign of coming or going is about: «salen los doctores Doria y Macea».
fn named(sitting: &Sitting<'_>, cue: &Cue) -> Vec<usize> {
    let words = sitting.own_words(cue.line);
    let to = cue.to.min(words.len());
    let many = words[cue.from.min(to)..to].iter().any(|word| {
        matches!(
            *word,
            "salen"
                | "han"
                | "retiran"
                | "ausentan"
                | "van"
                | "llegan"
                | "entran"
                | "incorporan"
                | "ingresan"
                | "hacen"
        )
    });
    if !many {
        return one_named(sitting, cue).into_iter().collect();
    }
    let mentions = sitting.people.mentions(&words[to..], true);
    mentions.iter().filter_map(|mention| sitting.seat(&mention.people)).collect()
}

/// The seat that is named after a sign, or else before it.
fn one_named(sitting: &Sitting<'_>, cue: &Cue) -> Option<usize> {
    let words = sitting.words(cue.line);
    // «Se incorpora la propuesta del concejal Ríos»: something else comes.
    let strange = |between: &[&str]| {
        between.windows(2).any(|pair| {
            matches!(pair[0], "el" | "la" | "los" | "las" | "un" | "una" | "su" | "al" | "del")
                && !is_title(pair[1])
                && !PLACES.contains(&pair[1])
                && number(&[pair[1]]).is_none()
        })
    };
    let own = sitting.lines[cue.line].own;
    let to = cue.to.min(words.len());
    // «Que conste que el concejal Ríos se retiró.»
    if let [mention] = &sitting.people.mentions(&words[cue.from..to], false)[..] {
        return sitting.seat(&mention.people);
    }
    let start = cue.from.saturating_sub(10);
    let before = &words[start..cue.from];
    let mentions = sitting.people.mentions(before, false);
    let thanked = |from: usize| before[..from].iter().rev().take(3).any(|word| *word == "gracias");
    let last = mentions
        .last()
        .filter(|mention| before.len() - mention.to <= 4 && !strange(&before[mention.to..]) && !thanked(mention.from));
    // «Hoyos, ya se fue el tiempo»: what follows is what goes.
    let object = words[to..own.min(to + 2).max(to)].len() == 2 && strange(&words[to..to + 2]);
    let last = last.filter(|_| !object);
    let beside = last.filter(|mention| before.len() - mention.to <= 1);
    if let Some(person) = beside.and_then(|mention| sitting.seat(&mention.people)) {
        return Some(person);
    }
    let follows = |end: usize| {
        let after = &words[to..end.min(to + 14).max(to)];
        let mentions = sitting.people.mentions(after, false);
        let first = mentions.iter().find(|mention| mention.from <= 9 && !strange(&after[..mention.from]));
        first.and_then(|mention| sitting.seat(&mention.people))
    };
    let here = follows(own).or_else(|| last.and_then(|mention| sitting.seat(&mention.people)));
    here.or_else(|| follows(words.len()))
}

/// The seat of who says «me retiro»: known by voice, or named by the table in the next lines.
fn speaks_of_self(sitting: &Sitting<'_>, cue: &Cue) -> Option<usize> {
    let line = &sitting.lines[cue.line];
    let words = sitting.words(cue.line);
    let after = words.get(cue.to.min(words.len())..).unwrap_or_default();
    if after.iter().take(4).any(|word| {
        matches!(*word, "proposicion" | "proyecto" | "tema" | "discusion" | "palabra" | "debate" | "mocion")
    }) {
        return None;
    }
    if sitting.utterances[cue.line].name.is_some() {
        return line.speaker.filter(|person| *person < sitting.seats);
    }
    let replied = (cue.line + 1..sitting.lines.len().min(cue.line + 4)).find_map(|next| {
        let words = sitting.own_words(next);
        if words.len() > 20 {
            return None;
        }
        let bids = words.iter().take(3).any(|word| matches!(*word, "siga" | "vaya" | "autorizado" | "autorizada"));
        sitting.people.mentions(&words, bids).iter().find_map(|mention| sitting.seat(&mention.people))
    });
    let who_says = |words: &[&str]| {
        let own = sitting.people.mentions(words, false);
        let habla = words.iter().position(|word| matches!(*word, "habla" | "soy" | "concejal" | "concejala"))?;
        own.iter()
            .find(|mention| mention.from >= habla && mention.from <= habla + 2)
            .and_then(|m| sitting.seat(&m.people))
    };
    who_says(&sitting.own_words(cue.line)).or(replied).or(line.speaker.filter(|person| *person < sitting.seats))
}
