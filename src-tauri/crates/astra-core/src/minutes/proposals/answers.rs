//! Rolls: names that are called one after the other, aligned with what was answered to each. The same
//! alignment serves attendance and votes by name, with voices and without.

use super::attendance::to_the_chair;
use super::families::Event;
use super::names::{Mention, is_title};
use super::replies::{Reply, is_aside, replies};
use super::sitting::Sitting;
use super::speakers::Who;

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
    /// «Tampoco»: as the one before.
    Neither,
    /// A blank vote, or one for somebody who stands for election.
    Other,
}

/// Before a roll they say that it is a vote.
const CALLS: [Event; 8] = [
    Event::VoteOpen,
    Event::Question,
    Event::Nominal,
    Event::Closing,
    Event::Consent,
    Event::Annul,
    Event::Again,
    Event::Side,
];

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
        let reading = Reading::of(sitting, line, &run);
        // «Herazo levanta la mano, presente» orders nothing.
        if order && !reading.calls_and_answers() {
            run.close(sitting, &mut rolls);
            if run.answered() < 2 {
                run = Run::default();
            }
        }
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
        if before_the_count(sitting, line) < sitting.lines[line].own && run.called() >= 3 {
            run.close(sitting, &mut rolls);
            run = Run::default();
        }
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
    /// How many were called last, each behind other talk, and did not answer.
    called_alone: usize,
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
                Heard::Call(mention) if mention.people.is_empty() => self.current = None,
                Heard::Call(mention) => {
                    let person = self.choose(&mention.people);
                    let place = self.place(person).unwrap_or_else(|| {
                        self.answers.push((person, None));
                        self.called_alone = if self.quiet > 0 { self.called_alone + 1 } else { 0 };
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
                        Said::For | Said::Against | Said::Abstains | Said::Other => self.strong_votes += 1,
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
            // «No está en el recinto. — Bueno, sí, es verdad.»
            (Some(Said::Absent), Said::Yes | Said::No) => again,
            (Some(Said::Yes | Said::No | Said::Absent), _) => true,
            (Some(Said::Present), Said::Absent | Said::Excused) => false,
            (Some(Said::Excused), Said::Absent) => false,
            _ => again && !matches!(said, Said::Yes | Said::No),
        };
        if better {
            *answer = Some(said);
        }
        self.called_alone = 0;
    }

    fn close(&mut self, sitting: &Sitting<'_>, rolls: &mut Vec<Roll>) {
        let answered = self.answered();
        if self.called() < 3 || answered < 2 || answered * 2 < self.called() {
            return;
        }
        let mut run = std::mem::take(self);
        // A name that is said behind the last answer is no longer called.
        while run.answers.last().is_some_and(|(_, said)| said.is_none()) && run.called_alone > 0 {
            run.answers.pop();
            run.called_alone -= 1;
        }
        let before = run.first.saturating_sub(12)..run.first + 1;
        let called_to_vote = sitting.has(before, &CALLS);
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
            (Self::Neither, false) => Some(Self::Absent),
            (Self::Other, _) => None,
            (Self::No | Self::Neither, true) => Some(Self::Against),
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
        let nothing = Self { events: Vec::new() };
        let all = sitting.own_words(line);
        let words = &all[..before_the_count(sitting, line)];
        let reports = sitting.has(line..line + 1, &[Event::Passed, Event::Failed])
            && to_the_chair(sitting, line)
            && words.len() == all.len();
        if words.is_empty() || reports {
            return nothing;
        }
        let utterance = &sitting.utterances[line];
        let who = sitting.lines[line].who;
        let listens = who == Who::Member && (utterance.role.is_some() || utterance.voice.is_some());
        let mut mentions = if listens { Vec::new() } else { sitting.people.mentions(words, true) };
        mentions.retain(|mention| mention.people.iter().any(|person| *person < sitting.seats));
        mentions.retain(|mention| {
            let before = &words[mention.from.saturating_sub(3)..mention.from];
            !before
                .iter()
                .any(|word| matches!(*word, "gracias" | "acta" | "proposicion" | "oficio" | "favor" | "palabra"))
        });
        if who != Who::Member {
            mentions.extend(presides(sitting, line, words, run, &mentions));
            mentions.sort_by_key(|mention| mention.from);
        }
        let turn = run.current.is_some_and(|place| run.answers[place].1.is_none())
            && run.quiet == 0
            && who != Who::Secretary
            && (utterance.voice.is_none() || utterance.voice != sitting.utterances[run.last].voice);
        let marks = replies(words, &mentions, turn);
        let many = mentions.len() >= 2 && run.called() >= 2 && marks.iter().any(|mark| mark.said.is_some());
        let elsewhere = [Event::Floor, Event::FloorShort, Event::Arrival, Event::Departure, Event::Tie];
        let replied = turn && marks.first().is_some_and(|mark| mark.from == 0 && mark.said.is_some());
        if words.len() == all.len() && !many && !replied && sitting.has(line..line + 1, &elsewhere) {
            return nothing;
        }
        let comes = sitting.has(line..line + 1, &[Event::ArrivalOwn]);
        if mentions.is_empty() && marks.is_empty() || comes && marks.iter().all(|mark| mark.said == Some(Said::Present))
        {
            return nothing;
        }
        let named: usize = mentions.iter().map(|mention| mention.to - mention.from).sum();
        let said: usize = marks.iter().map(|mark| mark.to - mark.from).sum();
        let aside = words.iter().filter(|word| is_aside(word)).count();
        let share = (named + said + aside) * 20;
        let goes_on = run.current.is_some() && run.quiet <= PATIENCE;
        let short = words.len() <= 8 && (turn && mentions.is_empty() || goes_on && share >= words.len() * 8);
        let dense = share >= words.len() * 11 || short || many && share >= words.len() * 8;
        let away = marks.iter().any(|mark| matches!(mark.said, Some(Said::Excused | Said::Absent)));
        let answering = run.current.is_some() && marks.first().is_some_and(|mark| mark.from <= 8 && mark.explicit);
        let excuses =
            away && run.called() >= 1 && !mentions.is_empty() && words.len() <= 30 && run.quiet <= LATE_EXCUSE;
        if !(dense || excuses || answering) {
            return nothing;
        }
        if !dense && answering && !away {
            mentions.clear();
        }
        Self { events: in_order(words, mentions, marks) }
    }

    /// Whether the line is itself part of a roll.
    fn calls_and_answers(&self) -> bool {
        let calls = self.events.iter().any(|event| matches!(event, Heard::Call(_)));
        calls && self.events.iter().any(|event| matches!(event, Heard::Answer { .. }))
    }
}

/// How many words of a line stand before the sentence that counts.
fn before_the_count(sitting: &Sitting<'_>, line: usize) -> usize {
    let own = sitting.lines[line].own;
    let counts = [Event::Count, Event::Headcount, Event::Quorum, Event::Tie];
    let words = &sitting.lines[line].words[..own];
    let mut signs = sitting.signs_in(line..line + 1).iter().filter(|cue| counts.contains(&cue.event) && cue.to <= own);
    let Some(first) = signs.next().filter(|_| own > 3) else { return own };
    (0..first.from).rev().find(|&at| words[at].ends).map_or(first.from, |at| at + 1)
}

/// Whoever presides, called by the office: «usted, presidente», «la presidenta sigue en no». It names nobody where
/// nobody knows who that is, so that the reply is not taken for another's.
fn presides(sitting: &Sitting<'_>, line: usize, words: &[&str], run: &Run, mentions: &[Mention]) -> Option<Mention> {
    if run.called() == 0 && mentions.len() < 2 {
        return None;
    }
    let secretary = sitting.lines[line].who == Who::Secretary;
    (0..words.len()).find_map(|at| {
        if !(words[at].starts_with("president") || words[at].starts_with("alcald")) {
            return None;
        }
        let named = |mention: &&Mention| mention.from == at + 1 || mention.to == at || mention.to + 1 == at;
        if mentions.iter().any(|mention| named(&mention)) {
            return None;
        }
        let before = at.checked_sub(1).map_or("", |before| words[before]);
        let alone = words.len() <= 3 && words.iter().all(|word| is_aside(word)) && before != "si";
        let beside = secretary || matches!(before, "la" | "el" | "usted") || words.get(at + 1) == Some(&"usted");
        let end = words.len().min(at + 5);
        let next =
            (at + 1..end).find(|&next| matches!(words[next], "si" | "no" | "presente" | "positivo" | "negativo"));
        let answered = next.is_some_and(|next| {
            words[at + 1..next].iter().all(|word| matches!(*word, "usted" | "sigue" | "en" | "vota" | "dice" | "voto"))
        });
        (alone || beside && answered).then(|| Mention {
            people: sitting.chair.into_iter().collect(),
            from: at,
            to: at + 1,
            words: 1,
            likeness: 1.0,
        })
    })
}

/// Names and replies as they follow each other.
fn in_order(words: &[&str], mentions: Vec<Mention>, marks: Vec<Reply>) -> Vec<Heard> {
    let mut events: Vec<(usize, Heard)> = Vec::new();
    let firsts: Vec<usize> = mentions.iter().map(|mention| mention.from).collect();
    // «Presentes: … Ausentes: …»: the names follow the answer.
    let plural = |mark: &Reply| words[mark.from].ends_with('s') && words[mark.from] != "buenos";
    let listed = marks.first().is_some_and(|mark| plural(mark) && firsts.first().is_some_and(|from| *from > mark.from));
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
    events.into_iter().map(|(_, event)| event).collect()
}
