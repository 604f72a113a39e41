//! Rolls: names that are called one after the other, aligned with what was answered to each. The same
//! alignment serves attendance and votes by name, with voices and without.

use super::attendance::to_the_chair;
use super::families::Event;
use super::names::{Mention, is_title};
use super::sitting::Sitting;

/// A roll that was called.
pub(super) struct Roll {
    /// The line of the first name.
    pub first: usize,
    /// The last line that belongs to it.
    pub last: usize,
    /// Whether it was a vote.
    pub votes: bool,
    /// Who was called, in order, and what was answered.
    pub answers: Vec<(usize, Option<Said>)>,
}

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    Present,
    Absent,
    Excused,
    For,
    Against,
    Abstains,
    /// «Sí», which is presence or a vote.
    Yes,
    /// «No», which is a vote when it stands alone.
    No,
}

/// So many lines of something else do not end a roll.
const PATIENCE: usize = 4;

/// Somebody may explain a vote for so many lines before the next name.
const EXPLANATION: usize = 24;

/// After so many lines an excuse still belongs to the roll before it.
const LATE_EXCUSE: usize = 6;

/// Every roll of the session.
pub(super) fn rolls(sitting: &Sitting<'_>) -> Vec<Roll> {
    let mut rolls: Vec<Roll> = Vec::new();
    let mut run = Run::default();
    for line in 0..sitting.lines.len() {
        let signs = sitting.signs_in(line..line + 1);
        let order = signs.iter().any(|cue| matches!(cue.event, Event::RollOrder | Event::VoteOpen | Event::Question));
        if order {
            run.close(sitting, &mut rolls);
            if run.answered() < 2 {
                run = Run::default();
            }
        }
        let reading = Reading::of(sitting, line, &run);
        if reading.events.is_empty() {
            run.quiet += 1;
            let ended = signs.iter().any(|cue| {
                matches!(
                    cue.event,
                    Event::Floor
                        | Event::Consider
                        | Event::Count
                        | Event::Quorum
                        | Event::Tie
                        | Event::Lift
                        | Event::Annul
                )
            });
            if run.quiet > EXPLANATION || ended && run.called() >= 3 {
                run.close(sitting, &mut rolls);
                run = Run::default();
            }
            continue;
        }
        if run.quiet > PATIENCE && !run.goes_on_with(&reading) {
            run.close(sitting, &mut rolls);
            run = Run::default();
        }
        run.take(line, reading);
    }
    run.close(sitting, &mut rolls);
    rolls
}

/// A roll while it is called.
#[derive(Default)]
struct Run {
    first: usize,
    last: usize,
    answers: Vec<(usize, Option<Said>)>,
    /// The place in `answers` of who was called last.
    current: Option<usize>,
    quiet: usize,
    strong_votes: usize,
    presences: usize,
}

enum Heard {
    Call(Mention),
    Answer { said: Said, names_follow: bool },
    Correction,
}

/// What a line says to a roll.
struct Reading {
    events: Vec<Heard>,
}

impl Run {
    fn called(&self) -> usize {
        self.answers.len()
    }

    fn answered(&self) -> usize {
        self.answers.iter().filter(|(_, said)| said.is_some()).count()
    }

    /// Whether a line after a long silence still belongs to the roll: it calls somebody new.
    fn goes_on_with(&self, reading: &Reading) -> bool {
        let votes = self.strong_votes > self.presences;
        let new = |event: &Heard| match event {
            Heard::Call(mention) => !mention.people.iter().all(|person| self.place(*person).is_some()),
            _ => false,
        };
        self.called() >= 3 && votes && reading.events.iter().any(new)
    }

    fn place(&self, person: usize) -> Option<usize> {
        self.answers.iter().position(|(called, _)| *called == person)
    }

    fn take(&mut self, line: usize, reading: Reading) {
        let calls = reading.events.iter().any(|event| matches!(event, Heard::Call(_)));
        if self.answers.is_empty() {
            if !calls {
                return;
            }
            self.first = line;
        }
        let mut pending: Option<Said> = None;
        let mut corrected = false;
        for event in reading.events {
            match event {
                Heard::Call(mention) => {
                    let person = self.choose(&mention.people);
                    let place = self.place(person).unwrap_or_else(|| {
                        self.answers.push((person, None));
                        self.answers.len() - 1
                    });
                    self.current = Some(place);
                    if let Some(said) = pending {
                        self.answer(said, true);
                    }
                }
                Heard::Answer { said, names_follow: true, .. } => pending = Some(said),
                Heard::Answer { said, .. } => {
                    pending = None;
                    match said {
                        Said::For | Said::Against | Said::Abstains => self.strong_votes += 1,
                        Said::Present => self.presences += 1,
                        _ => {}
                    }
                    self.answer(said, corrected);
                }
                Heard::Correction => corrected = true,
            }
        }
        self.last = line;
        self.quiet = 0;
    }

    /// Whom an ambiguous name means: the next one who has not been called.
    fn choose(&self, people: &[usize]) -> usize {
        let last = self.current.map_or(0, |place| self.answers[place].0);
        let open = |person: &&usize| self.place(**person).is_none();
        let next = people.iter().filter(open).find(|person| **person >= last);
        *next.or_else(|| people.iter().find(open)).unwrap_or(&people[0])
    }

    fn answer(&mut self, said: Said, again: bool) {
        let Some((_, answer)) = self.current.and_then(|place| self.answers.get_mut(place)) else { return };
        let better = match (*answer, said) {
            (None, _) => true,
            (Some(Said::Yes | Said::No), Said::Yes | Said::No) => again,
            (Some(Said::Yes | Said::No | Said::Absent), _) => true,
            (Some(Said::Present), Said::Absent | Said::Excused) => false,
            (Some(Said::Excused), Said::Absent) => false,
            _ => again && !matches!(said, Said::Yes | Said::No),
        };
        if better {
            *answer = Some(said);
        }
    }

    fn close(&mut self, sitting: &Sitting<'_>, rolls: &mut Vec<Roll>) {
        let answered = self.answered();
        if self.called() < 3 || answered < 2 || answered * 2 < self.called() {
            return;
        }
        let run = std::mem::take(self);
        let before = run.first.saturating_sub(12)..run.first + 1;
        let called_to_vote = sitting.has(before, &[Event::VoteOpen, Event::Question, Event::Nominal, Event::Closing]);
        let votes = run.strong_votes > run.presences || run.presences == 0 && called_to_vote;
        let answers = run.answers.into_iter().map(|(person, said)| (person, said.and_then(|said| said.as_in(votes))));
        rolls.push(Roll { first: run.first, last: run.last, votes, answers: answers.collect() });
    }
}

impl Said {
    /// The answer as it counts in a vote, or in a roll of attendance.
    fn as_in(self, votes: bool) -> Option<Self> {
        match (self, votes) {
            (Self::Yes, true) => Some(Self::For),
            (Self::No, true) => Some(Self::Against),
            (Self::For | Self::Against | Self::Abstains, true) => Some(self),
            (_, true) => None,
            (Self::Yes | Self::Present, false) => Some(Self::Present),
            (Self::No, false) => None,
            (Self::Absent | Self::Excused, false) => Some(self),
            (_, false) => Some(Self::Present),
        }
    }
}

impl Reading {
    fn of(sitting: &Sitting<'_>, line: usize, run: &Run) -> Self {
        let words = sitting.own_words(line);
        let nothing = Self { events: Vec::new() };
        let elsewhere = [Event::Floor, Event::FloorShort, Event::Arrival, Event::Departure, Event::Tie];
        let counts = words.len() > 3
            && sitting.signs_in(line..line + 1).iter().any(|cue| {
                cue.to <= words.len() && matches!(cue.event, Event::Count | Event::Headcount | Event::Quorum)
            });
        let reports = sitting.has(line..line + 1, &[Event::Passed, Event::Failed]) && to_the_chair(sitting, line);
        if words.is_empty() || counts || reports || sitting.has(line..line + 1, &elsewhere) {
            return nothing;
        }
        let mut mentions = sitting.people.mentions(&words, true);
        mentions.retain(|mention| mention.people.iter().any(|person| *person < sitting.seats));
        mentions.retain(|mention| {
            let before = &words[mention.from.saturating_sub(3)..mention.from];
            !before
                .iter()
                .any(|word| matches!(*word, "gracias" | "acta" | "proposicion" | "oficio" | "favor" | "palabra"))
        });
        let marks = marks(&words, &mentions);
        let comes = sitting.has(line..line + 1, &[Event::ArrivalOwn]);
        if mentions.is_empty() && marks.is_empty() || comes && marks.iter().all(|mark| mark.said == Some(Said::Present))
        {
            return nothing;
        }
        let named: usize = mentions.iter().map(|mention| mention.to - mention.from).sum();
        let said: usize = marks.iter().map(|mark| mark.to - mark.from).sum();
        let titles = words.iter().filter(|word| is_title(word) || POLITE.contains(word)).count();
        let dense = (named + said + titles) * 20 >= words.len() * 11 || words.len() <= 8;
        let away = marks.iter().any(|mark| matches!(mark.said, Some(Said::Excused | Said::Absent)));
        let answering = run.current.is_some() && marks.first().is_some_and(|mark| mark.from <= 8 && mark.explicit);
        let excuses = away && !mentions.is_empty() && words.len() <= 30 && run.quiet <= LATE_EXCUSE;
        if !(dense || excuses || answering) {
            return nothing;
        }
        if !dense && answering && !away {
            mentions.clear();
        }
        let mut events: Vec<(usize, Heard)> = Vec::new();
        let firsts: Vec<usize> = mentions.iter().map(|mention| mention.from).collect();
        // «Presentes: … Ausentes: …»: the names follow the answer.
        let plural = |mark: &Mark| words[mark.from].ends_with('s') && words[mark.from] != "buenos";
        let listed =
            marks.first().is_some_and(|mark| plural(mark) && firsts.first().is_some_and(|from| *from > mark.from));
        for mark in marks {
            let before = firsts.iter().any(|from| *from < mark.from);
            let after = firsts.iter().find(|from| **from >= mark.to).copied();
            let bound = after.is_some_and(|after| {
                let between = &words[mark.to..after];
                between.len() <= 7
                    && (between.iter().any(|word| is_title(word) || matches!(*word, "del" | "los" | "las" | "de")))
            });
            let away = matches!(mark.said, Some(Said::Excused | Said::Absent));
            let names_follow = listed && after.is_some() || away && !before && bound;
            events.push((
                mark.from,
                match mark.said {
                    Some(said) => Heard::Answer { said, names_follow },
                    None => Heard::Correction,
                },
            ));
        }
        events.extend(mentions.into_iter().map(|mention| (mention.from, Heard::Call(mention))));
        events.sort_by_key(|(from, _)| *from);
        Self { events: events.into_iter().map(|(_, event)| event).collect() }
    }
}

/// An answer in a line.
struct Mark {
    from: usize,
    to: usize,
    /// `None` is a correction.
    said: Option<Said>,
    explicit: bool,
}

/// What surrounds a name or an answer and says nothing of its own.
const POLITE: [&str; 27] = [
    "senor",
    "senora",
    "presidente",
    "presidenta",
    "secretaria",
    "secretario",
    "gracias",
    "buenos",
    "buenas",
    "dias",
    "tardes",
    "noches",
    "muy",
    "y",
    "el",
    "la",
    "los",
    "mi",
    "voto",
    "es",
    "honorable",
    "de",
    "a",
    "con",
    "su",
    "para",
    "del",
];

fn marks(words: &[&str], mentions: &[Mention]) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if let Some(mention) = mentions.iter().find(|mention| (mention.from..mention.to).contains(&at)) {
            at = mention.to;
            continue;
        }
        let Some((used, said, explicit)) = mark(words, at, mentions) else {
            at += 1;
            continue;
        };
        marks.push(Mark { from: at, to: at + used, said, explicit });
        at += used;
    }
    marks
}

fn mark(words: &[&str], at: usize, mentions: &[Mention]) -> Option<(usize, Option<Said>, bool)> {
    let alone = words.len() <= 5 || mentions.iter().any(|mention| mention.to == at);
    let answer = |used, said| Some((used, Some(said), true));
    match &words[at..] {
        ["no", "contesta" | "contesto" | "responde" | "respondio" | "esta" | "asiste" | "asistio" | "llego", ..] => {
            answer(2, Said::Absent)
        }
        ["no", "se" | "ha", "encuentra" | "hace" | "llegado" | "hizo" | "contestado" | "respondido", ..] => {
            answer(3, Said::Absent)
        }
        ["sin", "excusa", ..] => answer(2, Said::Absent),
        ["ausente" | "ausentes" | "inasistente", ..] => answer(1, Said::Absent),
        ["con" | "presento" | "presenta" | "tiene" | "hay" | "envio" | "paso" | "mando" | "dejo", "excusa", ..] => {
            answer(2, Said::Excused)
        }
        [
            "excusa" | "excusado" | "excusada" | "excusados" | "excuso" | "incapacidad" | "incapacitado"
            | "incapacitada" | "licencia" | "calamidad",
            ..,
        ] => answer(1, Said::Excused),
        ["con", "permiso", ..] => answer(2, Said::Excused),
        ["presente" | "presentes" | "presento" | "present", next, ..]
            if matches!(*next, "proyecto" | "acuerdo" | "sesion" | "acta" | "ano" | "periodo" | "en" | "que") =>
        {
            None
        }
        ["presente" | "presentes" | "present", ..] => answer(1, Said::Present),
        ["aqui" | "aca", ..] if words.len() <= 8 => answer(1, Said::Present),
        ["buenos" | "buenas", "dias" | "tardes" | "noches", ..] | ["a", "la", "orden", ..] if words.len() <= 6 => {
            Some((2, Some(Said::Yes), false))
        }
        ["voto", "es", "no", ..] => answer(3, Said::Against),
        ["voto", "es", "si", ..] => answer(3, Said::For),
        ["no", "apruebo", ..] => answer(2, Said::Against),
        ["voto", "no", ..] | ["voto", "por", "el", "no", ..] | ["en", "contra", ..] => answer(2, Said::Against),
        ["negativo" | "negativa" | "contra", ..] => answer(1, Said::Against),
        ["voto", "si", ..] | ["a", "favor", ..] | ["voto", "por", "el", "si", ..] => answer(2, Said::For),
        ["positivo" | "positiva" | "afirmativo" | "afirmativa" | "apruebo" | "favorable", ..] => answer(1, Said::For),
        ["abstengo" | "abstencion" | "abstiene" | "abstenerme", ..] => answer(1, Said::Abstains),
        ["voto", "en", "blanco", ..] => answer(3, Said::Abstains),
        ["aprobado" | "aprobada", ..] if alone && words.len() <= 5 => answer(1, Said::For),
        ["si", ..] if alone => Some((1, Some(Said::Yes), false)),
        ["no", ..] if alone => Some((1, Some(Said::No), false)),
        ["perdon" | "corrijo" | "cambio" | "disculpe", ..] => Some((1, None, false)),
        _ => None,
    }
}
