//! Who speaks: by role where it is known, by what each voice says where voices are told apart, and by the
//! course of the talk where nothing is known.

use std::collections::HashMap;

use super::Role;
use super::families::{By, Event, families};
use super::floor::call;
use super::names::is_title;
use super::sitting::{Cue, Sitting};

/// Whose mouth a line comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    Chair,
    Secretary,
    /// A member or a guest.
    Member,
    Unknown,
}

/// A voice that speaks fewer formulas than this is not taken for the chair or the secretary.
const ENOUGH: usize = 3;

/// What answers to a name is so many times surer than what follows when the floor is given.
const ANSWERED: usize = 4;

/// Who thanks a member says so in a line of so many words.
const THANKS: usize = 25;

/// What follows a name that is called alone is so many times surer than what follows when the floor is given.
const CALLED: usize = 2;

/// Minutes are read aloud for so many lines at most.
const READING: usize = 60;

/// What the secretary reports to whoever presides.
const REPORTED: [Event; 7] =
    [Event::Arrival, Event::Departure, Event::Quorum, Event::QuorumNone, Event::Passed, Event::Failed, Event::Tie];

/// What is put to those who vote.
const PUTS: [Event; 6] =
    [Event::Consider, Event::Closing, Event::Question, Event::VoteOpen, Event::Consent, Event::Side];

/// Fills in who speaks in each line, and who that is by name.
pub(super) fn who_speaks(sitting: &mut Sitting<'_>) {
    let (chair, secretary) = table(sitting);
    let mut speech = false;
    let mut holder = None;
    let mut asked = false;
    let mut answers = None;
    let mut reading: Option<usize> = None;
    let mut cue = 0;
    for at in 0..sitting.lines.len() {
        let utterance = sitting.utterances[at];
        let from = cue;
        while sitting.cues.get(cue).is_some_and(|found| found.line == at) {
            cue += 1;
        }
        let found = &sitting.cues[from..cue];
        let firm = found.iter().any(|cue| families().list[cue.family].firm);
        let long = sitting.lines[at].own > 8;
        let reports = reports(sitting, at, found);
        let next = &sitting.cues[cue..];
        let next = &next[..next.partition_point(|found| found.line <= at + 1)];
        // Who is reported to, or tells the secretary what to do, presides.
        let put = found.iter().any(|cue| PUTS.contains(&cue.event)) && agrees(sitting, at + 1, next);
        let thanks = thanks_member(sitting, at);
        let table = put || answers == Some(at) || tells_secretary(sitting, at) || calls(sitting, at) || thanks;
        if put {
            answers = Some(at + 1);
        }
        if firm || reports || thanks || announces_point(sitting, at, found) {
            speech = false;
        } else if (found.iter().any(|cue| cue.event == Event::Speech) || asked) && long {
            speech = true;
        }
        asked = found.iter().any(|cue| cue.event == Event::Floor);
        let who = match (utterance.role, utterance.voice) {
            (Some(Role::Chair), _) => Who::Chair,
            (Some(Role::Secretary), _) => Who::Secretary,
            (Some(Role::Member | Role::Guest), _) => Who::Member,
            (None, Some(voice)) if chair == Some(voice) => Who::Chair,
            (None, Some(voice)) if secretary == Some(voice) => Who::Secretary,
            (None, Some(_)) if chair.is_some() && secretary.is_some() => Who::Member,
            _ if speech && !table => Who::Member,
            _ => Who::Unknown,
        };
        // What the minutes of another day say is no act of this one.
        let voice = utterance.voice;
        let over = |from: usize| {
            let ends = found.iter().any(|cue| matches!(cue.event, Event::Consider | Event::Question));
            sitting.utterances[from].voice != voice || at > from + READING || voice.is_none() && (ends || reports)
        };
        if reading.is_some_and(over) {
            reading = None;
        }
        if who != Who::Chair && who != Who::Member && found.iter().any(|cue| cue.event == Event::MinutesRead) {
            reading = Some(at);
        }
        let who = if reading.is_some() { Who::Member } else { who };
        if let Some(given) = found.iter().rev().find(|cue| cue.event == Event::Floor && who.may_say(By::Chair)) {
            let words = sitting.words(at);
            let after = &words[given.to.min(words.len())..];
            holder = sitting.people.mentions(after, false).first().and_then(|mention| match mention.people[..] {
                [person] => Some(person),
                _ => None,
            });
        }
        let named = utterance.name.and_then(|name| sitting.people.called(name));
        let line = &mut sitting.lines[at];
        line.who = who;
        line.speaker = named.or(if who == Who::Member && utterance.name.is_none() { holder } else { None });
    }
    by_voice(sitting);
}

/// Whether the secretary reports something to whoever presides.
fn reports(sitting: &Sitting<'_>, line: usize, found: &[Cue]) -> bool {
    sitting.lines[line].own <= 25
        && !found.iter().any(|cue| cue.event == Event::Speech)
        && found.iter().any(|cue| REPORTED.contains(&cue.event))
        && sitting.own_words(line).iter().take(3).any(|word| word.starts_with("president"))
}

/// «De acuerdo, presidenta.»
fn agrees(sitting: &Sitting<'_>, line: usize, found: &[Cue]) -> bool {
    let agreed = |cue: &Cue| matches!(cue.event, Event::Assent | Event::Passed | Event::Failed | Event::Unanimous);
    sitting.lines.get(line).is_some_and(|line| line.own <= 14)
        && found.iter().any(agreed)
        && sitting.own_words(line).iter().any(|word| word.starts_with("president"))
}

/// «Secretaria, …», or the secretary's name with a title, at the beginning of a line or behind a word or two.
fn tells_secretary(sitting: &Sitting<'_>, line: usize) -> bool {
    let words = sitting.own_words(line);
    if words.len() > 30 || sitting.utterances[line].voice.is_some() {
        return false;
    }
    let office = |at: usize| {
        let before = at.checked_sub(1).map_or("", |before| words[before]);
        let after = words.get(at + 1).copied().unwrap_or("");
        words[at].starts_with("secretari")
            && !matches!(before, "el" | "la" | "del" | "al" | "un" | "una" | "de" | "su" | "los" | "con" | "por" | "y")
            && !matches!(after, "de" | "del")
    };
    let titled = |at: usize| at > 0 && matches!(words[at - 1], "don" | "dona");
    (0..words.len()).any(office)
        || sitting.people.mentions(&words, true).iter().any(|mention| {
            titled(mention.from) && mention.people.iter().any(|person| sitting.people.is_secretary(*person))
        })
}

/// «Quinto punto, comunicaciones», where nobody is known: a later point than the first, at the beginning of a line.
fn announces_point(sitting: &Sitting<'_>, line: usize, found: &[Cue]) -> bool {
    let words = sitting.own_words(line);
    let begins = found.iter().any(|cue| {
        let next = words.get(cue.to).copied().unwrap_or("");
        cue.event == Event::Point && cue.from == 0 && !matches!(next, "que" | "es" | "y" | "quiero" | "de")
    });
    begins && sitting.utterances[line].voice.is_none() && !words[0].starts_with("primer") && words.len() <= THANKS
}

/// «Gracias, concejal»: who has been given the floor thanks whoever presides, and nobody else.
fn thanks_member(sitting: &Sitting<'_>, line: usize) -> bool {
    let words = sitting.own_words(line);
    let thanks = words.iter().take(3).position(|word| *word == "gracias");
    let next = thanks.and_then(|at| words.get(at + 1..words.len().min(at + 4))).unwrap_or_default();
    let title = next.iter().take(2).any(|word| word.starts_with("concejal") || matches!(*word, "doctor" | "doctora"));
    let named = || sitting.people.mentions(next, true).first().is_some_and(|mention| mention.from == 0);
    words.len() <= THANKS && (title || named())
}

/// A line that is a name and nothing more calls somebody.
fn calls(sitting: &Sitting<'_>, line: usize) -> bool {
    let words = sitting.own_words(line);
    let mentions = if words.len() <= 6 { sitting.people.mentions(&words, true) } else { Vec::new() };
    let named: usize = mentions.iter().map(|mention| mention.to - mention.from).sum();
    let asides = words.iter().filter(|word| is_title(word) || **word == "y").count();
    named > 0 && named + asides >= words.len() || call(sitting, line).is_some()
}

/// The voices that preside and that keep the minutes, when enough was heard to tell.
fn table(sitting: &Sitting<'_>) -> (Option<usize>, Option<usize>) {
    let mut formulas: HashMap<usize, (usize, usize)> = HashMap::new();
    for cue in &sitting.cues {
        let Some(voice) = sitting.utterances[cue.line].voice else { continue };
        let said = formulas.entry(voice).or_default();
        match (families().list[cue.family].by, cue.event) {
            (By::Chair, _) if families().list[cue.family].firm || cue.event == Event::Open => said.0 += 1,
            (By::Secretary, _) | (_, Event::Count) => said.1 += 1,
            _ => {}
        }
    }
    for (at, line) in sitting.lines.iter().enumerate() {
        let words = sitting.own_words(at);
        let Some(voice) = sitting.utterances[at].voice else { continue };
        // Who calls many names in short lines, or reports to the chair in few words, is the secretary.
        let calls = line.own <= 6 && sitting.people.mentions(&words, true).len() == 1 && !words.contains(&"palabra");
        let reports = line.own <= 12
            && words.windows(2).any(|pair| matches!(pair, ["senor", "presidente"] | ["senora", "presidenta"]))
            && words.iter().any(|word| word.starts_with("aprobad") || word.starts_with("negad"));
        let said = formulas.entry(voice).or_default();
        said.1 += usize::from(calls) + usize::from(reports);
    }
    let most = |count: fn(&(usize, usize)) -> usize, not: Option<usize>| {
        let all = formulas.iter().filter(|(voice, said)| Some(**voice) != not && count(said) >= ENOUGH);
        all.max_by_key(|(voice, said)| (count(said), usize::MAX - **voice)).map(|(voice, _)| *voice)
    };
    let chair = most(|said| said.0, None);
    (chair, most(|said| said.1, chair))
}

/// A voice that took the floor when a name was given it, or answered when a name was called, bears that name
/// elsewhere too.
fn by_voice(sitting: &mut Sitting<'_>) {
    let mut heard: HashMap<usize, HashMap<usize, usize>> = HashMap::new();
    let mut before = None;
    for (line, utterance) in sitting.lines.iter().zip(sitting.utterances) {
        if let (Who::Member, Some(voice), Some(person)) = (line.who, utterance.voice, line.speaker)
            && before != Some(voice)
        {
            *heard.entry(voice).or_default().entry(person).or_default() += 1;
        }
        before = utterance.voice;
    }
    for line in 1..sitting.lines.len() {
        let voices = (sitting.utterances[line - 1].voice, sitting.utterances[line].voice);
        if let ((Some(calls), Some(answers)), Some(person)) = (voices, answers_to(sitting, line))
            && calls != answers
        {
            *heard.entry(answers).or_default().entry(person).or_default() += ANSWERED;
        }
    }
    // «Tomás, adelante.»
    for line in 1..sitting.lines.len() {
        let voices = (sitting.utterances[line - 1].voice, sitting.utterances[line].voice);
        if let (Some(calls), Some(answers)) = voices
            && calls != answers
            && sitting.lines[line - 1].who == Who::Chair
            && sitting.lines[line].who == Who::Member
            && let Some(person) = call(sitting, line - 1)
        {
            *heard.entry(answers).or_default().entry(person).or_default() += CALLED;
        }
    }
    let of = |voice: Option<usize>| {
        let people = voice.and_then(|voice| heard.get(&voice))?;
        people.iter().max_by_key(|(person, count)| (**count, usize::MAX - **person)).map(|(person, _)| *person)
    };
    let presides = sitting.lines.iter().zip(sitting.utterances).find(|(line, _)| line.who == Who::Chair);
    let presides = presides.and_then(|(line, utterance)| line.speaker.or_else(|| of(utterance.voice)));
    sitting.chair = presides.filter(|person| *person < sitting.seats).or_else(|| called_chair(sitting));
    for (line, utterance) in sitting.lines.iter_mut().zip(sitting.utterances) {
        if line.who != Who::Member || utterance.name.is_some() {
            continue;
        }
        line.speaker = of(utterance.voice).or(line.speaker);
    }
}

/// The seat that was called by the line before this one, when this one answers with presence.
fn answers_to(sitting: &Sitting<'_>, line: usize) -> Option<usize> {
    let answers = sitting.own_words(line);
    if !answers.iter().take(4).any(|word| matches!(*word, "presente" | "aqui" | "aca")) || answers.len() > 12 {
        return None;
    }
    let calls = sitting.own_words(line - 1);
    let mentions = sitting.people.mentions(&calls, true);
    let last = mentions.last().filter(|mention| mention.to == calls.len())?;
    sitting.seat(&last.people)
}

/// «Presidente Ospina»: whom the table calls so most often.
fn called_chair(sitting: &Sitting<'_>) -> Option<usize> {
    let mut called: HashMap<usize, usize> = HashMap::new();
    for line in 0..sitting.lines.len() {
        let words = sitting.own_words(line);
        // «Sí, señora presidenta. Betancur Ríos …» answers the chair and calls somebody else.
        let called_so =
            |at: usize| words[at].starts_with("president") && (at == 0 || !matches!(words[at - 1], "senor" | "senora"));
        for at in (0..words.len()).filter(|&at| called_so(at)) {
            let named = sitting.people.mentions(&words[at..words.len().min(at + 5)], true);
            if let Some(person) =
                named.first().filter(|mention| mention.from == 1).and_then(|m| sitting.seat(&m.people))
            {
                *called.entry(person).or_default() += 1;
            }
        }
    }
    called.into_iter().max_by_key(|(person, count)| (*count, usize::MAX - *person)).map(|(person, _)| person)
}
