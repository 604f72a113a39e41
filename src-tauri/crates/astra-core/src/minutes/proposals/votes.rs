//! Votes: a window that the chair opens, what is announced in it, and what is corrected or annulled later.

use super::announcements::{
    RESULTS, SHORT, affirms, announced, announces, assents, block, figures_before, speaks_for_itself, tells_of_itself,
};
use super::answers::{Roll, Said};
use super::attendance::to_the_chair;
use super::elections::{election, unopened};
use super::families::{Event, families};
use super::matters::about;
use super::sitting::{Cue, Sitting};
use super::speakers::Who;
use super::{Kind, Mode, Outcome, Proposal, Vote, VoteNames};

/// A result is announced within ten minutes of the last sign of voting.
const WINDOW_MS: u64 = 600_000;

/// Signs that the chair is putting something to the vote stand so close, or it was discussed in between.
const CHAIN: usize = 5;

/// So many words of a member between two signs are a discussion.
const SPEECH: usize = 12;

/// A mere «¿de acuerdo?» is answered within so many lines that are no answers of single members.
const ANSWERED: usize = 3;

/// A vote is annulled within so many lines after its result.
const ANNULLED: usize = 40;

/// «Eso no queda» means what was voted within so many lines.
const SCRAPPED: usize = 8;

/// Ballots are cast and counted within so many lines.
const BALLOTS: usize = 20;

/// A result is said again within so many lines.
const ECHO: usize = 6;

const OPENERS: [Event; 6] =
    [Event::Consider, Event::Closing, Event::Question, Event::VoteOpen, Event::Consent, Event::Side];

/// What is being voted.
pub(super) struct Window<'r> {
    pub first: usize,
    pub cue: Cue,
    pub last: usize,
    /// What the last sign was.
    pub asked: Event,
    /// The first question for one side: «¿A favor?»
    pub side: Option<(usize, usize)>,
    /// Members speak: nothing is announced before the chair takes it up again.
    pub discussed: bool,
    pub roll: Option<&'r Roll>,
}

/// A vote with its place.
pub(super) struct Taken {
    pub first: usize,
    pub last: usize,
    pub cue: Cue,
    pub vote: Vote,
}

impl Window<'_> {
    fn at(cue: &Cue) -> Self {
        Self {
            first: cue.line,
            cue: cue.clone(),
            last: cue.line,
            asked: cue.event,
            side: (cue.event == Event::Side).then_some((cue.line, cue.from)),
            discussed: false,
            roll: None,
        }
    }

    fn goes_on(&mut self, cue: &Cue) {
        self.last = cue.line;
        self.asked = cue.event;
        if cue.event == Event::Side && self.side.is_none() {
            self.side = Some((cue.line, cue.from));
        }
    }
}

/// Every vote of the session.
pub(super) fn votes(sitting: &Sitting<'_>, rolls: &[Roll]) -> Vec<Proposal> {
    let mut taken: Vec<Taken> = Vec::new();
    let mut window: Option<Window<'_>> = None;
    let mut rolls = rolls.iter().filter(|roll| roll.votes).peekable();
    let mut settled = (0, 0);
    for cue in &sitting.cues {
        while let Some(roll) = rolls.next_if(|roll| roll.first <= cue.line) {
            window = Some(with_roll(sitting, window.take(), roll, &mut taken));
        }
        if (cue.line, cue.from) < settled {
            continue;
        }
        let in_roll = window.as_ref().and_then(|window| window.roll).is_some_and(|roll| cue.line < roll.last);
        if opens(sitting, cue) {
            if !in_roll {
                open(sitting, &mut window, cue, &mut taken);
            }
        } else if matches!(cue.event, Event::Annul | Event::Again) {
            if !in_roll {
                annul(sitting, &mut window, cue, &mut taken);
            }
        } else if matches!(cue.event, Event::Floor | Event::Speech) {
            if let Some(window) = window.as_mut().filter(|_| !in_roll) {
                // «¿Alguien pide la palabra? ¿Nadie?» is no discussion yet.
                let answered =
                    sitting.lines.get(cue.line + 1).is_some_and(|next| next.own > 6 || next.who == Who::Member);
                window.discussed |=
                    if cue.event == Event::Floor { answered } else { sitting.lines[cue.line].own > SPEECH };
            }
        } else if RESULTS.contains(&cue.event)
            && !in_roll
            && let Some(open) = result_of(sitting, &mut window, cue, &taken)
        {
            let again = matches!(open.cue.event, Event::Annul | Event::Again);
            let repeated = again.then(|| taken.last().map(|last| last.vote.about.clone())).flatten();
            let secret = again && taken.last().is_some_and(|last| last.vote.mode == Mode::Secret);
            // Figures that nobody asked for begin what is announced.
            let begins = open.cue.clone();
            let first = if begins.event == Event::Count { &begins } else { cue };
            let (mut vote, end) = announced(sitting, open, first);
            if secret && vote.vote.mode == Mode::Ordinary {
                vote.vote.mode = Mode::Secret;
            }
            settled = end;
            vote.vote.about = repeated.unwrap_or(vote.vote.about);
            taken.push(vote);
        }
    }
    for roll in rolls {
        window = Some(with_roll(sitting, window.take(), roll, &mut taken));
    }
    unannounced(window, sitting, &mut taken);
    let elected = unopened(sitting, &taken);
    taken.extend(elected);
    taken.into_iter().map(|taken| proposal(sitting, election(sitting, taken))).collect()
}

/// Whether a sign puts something to the vote. What the chair says last in a line and is answered is a question,
/// also where nobody wrote its mark: «lo aprueban».
fn opens(sitting: &Sitting<'_>, cue: &Cue) -> bool {
    let line = &sitting.lines[cue.line];
    let last = cue.to.checked_sub(1).and_then(|at| line.words.get(at)).map_or("", |word| word.text.as_str());
    let asked = cue.event == Event::Passed
        && line.who == Who::Chair
        && cue.to >= line.own
        && matches!(last, "aprueban" | "aprueba" | "adoptan" | "acogen");
    // A question that is no formula counts only where it can be heard as one.
    let loose = cue.event == Event::Consent && line.who == Who::Unknown;
    // Who reports to the chair asks nothing.
    let table = line.who == Who::Secretary || line.who == Who::Unknown && to_the_chair(sitting, cue.line);
    let replies = table && matches!(cue.event, Event::Consent | Event::Side);
    let answers = matches!(cue.event, Event::Question | Event::Consent) && affirms(sitting, cue);
    let heard = !replies
        && !answers
        && !tells_of_itself(sitting, cue)
        && (!loose || line.own <= 30 && cue.from + 18 >= line.own);
    OPENERS.contains(&cue.event) && heard || asked
}

/// The vote of which a sign is the result: the one that is open, or none but itself.
fn result_of<'r>(
    sitting: &Sitting<'_>,
    window: &mut Option<Window<'r>>,
    cue: &Cue,
    taken: &[Taken],
) -> Option<Window<'r>> {
    let answers = |open: &mut Window<'_>| {
        !open.discussed
            && in_time(sitting, cue, open)
            && (cue.event != Event::Assent || assents(sitting, cue, open))
            && announces(sitting, cue, open)
    };
    if let Some(open) = window.take_if(answers) {
        return Some(open);
    }
    let echoes = taken.last().is_some_and(|last| {
        let next = [Event::Point, Event::NextPoint];
        cue.line <= last.last + ECHO && !sitting.has(last.last..cue.line + 1, &next)
    });
    let called = window.as_ref().is_some_and(|open| open.roll.is_some());
    let figures = figures_before(sitting, cue).filter(|_| !echoes && !called);
    let alone = !echoes && !called && speaks_for_itself(sitting, cue);
    figures.or_else(|| alone.then_some(cue)).map(Window::at)
}

fn in_time(sitting: &Sitting<'_>, cue: &Cue, open: &Window<'_>) -> bool {
    let between = (open.last + 1..cue.line).filter(|line| sitting.lines[*line].own > SHORT).count();
    let answered =
        open.asked != Event::Consent || open.roll.is_some() || between < ANSWERED && cue.line <= open.last + CHAIN;
    answered && sitting.utterances[cue.line].start_ms <= sitting.utterances[open.last].end_ms + WINDOW_MS
}

fn open<'r>(sitting: &Sitting<'_>, window: &mut Option<Window<'r>>, cue: &Cue, taken: &mut Vec<Taken>) {
    if let Some(open) = window
        && open.roll.is_none()
        && !open.discussed
        && cue.line - open.last <= CHAIN
        && !spoken(sitting, open.last + 1..cue.line)
    {
        open.goes_on(cue);
        return;
    }
    if let Some(open) = window
        && open.roll.is_some_and(|roll| cue.line <= roll.last + 2)
    {
        return;
    }
    unannounced(window.take(), sitting, taken);
    *window = Some(Window::at(cue));
}

/// Whether somebody makes a speech in these lines.
fn spoken(sitting: &Sitting<'_>, lines: std::ops::Range<usize>) -> bool {
    lines.into_iter().any(|line| match sitting.lines[line].who {
        Who::Member => sitting.lines[line].own > SPEECH,
        Who::Unknown => sitting.lines[line].own > SPEECH * 2,
        Who::Chair | Who::Secretary => false,
    })
}

/// A roll of votes makes the window it stands in a vote by name, or opens one.
fn with_roll<'r>(
    sitting: &Sitting<'_>,
    window: Option<Window<'r>>,
    roll: &'r Roll,
    taken: &mut Vec<Taken>,
) -> Window<'r> {
    match window {
        Some(open) if open.roll.is_none() && !open.discussed && roll.first - open.last.min(roll.first) <= 12 => {
            Window { last: roll.last, roll: Some(roll), ..open }
        }
        other => {
            unannounced(other, sitting, taken);
            let family = families().first_of(Event::Nominal);
            let cue = Cue { event: Event::VoteOpen, line: roll.first, from: 0, to: 1, family };
            Window { last: roll.last, roll: Some(roll), ..Window::at(&cue) }
        }
    }
}

/// A vote by name counts even when nobody announces its result; any other needs the announcement.
fn unannounced(window: Option<Window<'_>>, sitting: &Sitting<'_>, taken: &mut Vec<Taken>) {
    let Some(Window { first, cue, roll: Some(roll), .. }) = window else { return };
    let vote = Vote {
        about: about(sitting, &cue, roll.last),
        mode: Mode::Nominal,
        names: names(sitting, roll),
        ..Vote::default()
    };
    taken.push(Taken { first, last: roll.last, cue, vote });
}

fn annul(sitting: &Sitting<'_>, window: &mut Option<Window<'_>>, cue: &Cue, taken: &mut Vec<Taken>) {
    // Ballots take longer than hands.
    let ballots = |open: &Window<'_>| {
        cue.line - open.last <= BALLOTS && sitting.has(open.first..cue.line, &[Event::Secret]) && !open.discussed
    };
    let voting =
        window.as_ref().is_some_and(|open| open.roll.is_some() || cue.line - open.last <= CHAIN || ballots(open));
    let loose = cue.event == Event::Again;
    if let Some(open) = window.take_if(|_| voting) {
        if matches!(open.cue.event, Event::Annul | Event::Again) && open.roll.is_none() {
            *window = Some(Window { last: cue.line, ..open });
            return;
        }
        let called = open.roll.map_or_else(VoteNames::default, |roll| names(sitting, roll));
        let vote = Vote {
            about: about(sitting, &open.cue, cue.line),
            mode: mode(sitting, open.first, cue.line, open.roll),
            names: called,
            outcome: Some(Outcome::Void),
            ..Vote::default()
        };
        taken.push(Taken { first: open.first, last: cue.line, cue: open.cue, vote });
    } else if let Some(last) =
        taken.last_mut().filter(|last| cue.line <= last.last + if loose { SCRAPPED } else { ANNULLED })
    {
        let scraps = !loose || matches!(sitting.words(cue.line)[cue.from], "eso" | "no");
        // A tie is voted again without losing its own result.
        if last.vote.outcome != Some(Outcome::Tied) {
            if !scraps {
                return;
            }
            last.vote.outcome = Some(Outcome::Void);
        }
    } else {
        return;
    }
    *window = Some(Window::at(cue));
}

pub(super) fn mode(sitting: &Sitting<'_>, first: usize, last: usize, roll: Option<&Roll>) -> Mode {
    let lines = first.saturating_sub(2)..last + 1;
    if roll.is_some() {
        Mode::Nominal
    } else if sitting.has(lines.clone(), &[Event::Secret]) {
        Mode::Secret
    } else if sitting.has(lines, &[Event::Nominal]) {
        Mode::Nominal
    } else {
        Mode::Ordinary
    }
}

pub(super) fn names(sitting: &Sitting<'_>, roll: &Roll) -> VoteNames {
    let mut names = VoteNames::default();
    for (person, said) in &roll.answers {
        let name = sitting.people.name(*person).to_owned();
        match said {
            Some(Said::For) => names.in_favour.push(name),
            Some(Said::Against) => names.against.push(name),
            Some(Said::Abstains) => names.abstaining.push(name),
            _ => {}
        }
    }
    names
}

/// «Con el voto negativo de la concejala Ruiz.»
pub(super) fn named_in(sitting: &Sitting<'_>, from: (usize, usize), end: (usize, usize), names: &mut VoteNames) {
    let words = block(sitting, from, (end.0, usize::MAX));
    for mention in sitting.people.mentions(&words, false) {
        let Some(person) = sitting.seat(&mention.people) else { continue };
        let before = words[mention.from.saturating_sub(9)..mention.from].join(" ");
        let after = words[mention.to..words.len().min(mention.to + 3)].join(" ");
        let name = sitting.people.name(person).to_owned();
        // «Y la concejala Ruiz se abstiene.»
        if ["se abstiene", "se abstuvo", "se ha abstenido"].iter().any(|said| after.starts_with(said)) {
            names.abstaining.push(name);
        } else if before.contains("en contra")
            || before.contains("negativo")
            || ["vota en contra", "voto en contra", "vota negativo", "voto negativo"]
                .iter()
                .any(|said| after.starts_with(said))
        {
            names.against.push(name);
        } else if before.contains("abst") {
            names.abstaining.push(name);
        }
    }
}

/// «Veo de pie a los concejales Ruiz y Mora»: who is named for the votes in favour, when they are as many.
pub(super) fn standing(sitting: &Sitting<'_>, lines: std::ops::Range<usize>, votes: u32) -> Vec<String> {
    let named = |line: usize| {
        let words = sitting.own_words(line);
        let stands = words.windows(2).any(|pair| matches!(pair, ["de", "pie"] | ["la", "mano"] | ["mano", "alzada"]));
        let told = stands && sitting.lines[line].who != Who::Member;
        let mentions = if told { sitting.people.mentions(&words, true) } else { Vec::new() };
        let mut people: Vec<usize> = mentions.iter().filter_map(|mention| sitting.seat(&mention.people)).collect();
        // A name may have been heard as two words.
        for pair in words.windows(2).filter(|_| told) {
            let whole = pair.concat();
            let found = sitting.people.mentions(&[whole.as_str()], true);
            people.extend(found.iter().filter_map(|mention| sitting.seat(&mention.people)));
        }
        people.sort_unstable();
        people.dedup();
        (usize::try_from(votes) == Ok(people.len())).then_some(people)
    };
    let people = lines.into_iter().find_map(named).unwrap_or_default();
    people.into_iter().map(|person| sitting.people.name(person).to_owned()).collect()
}

/// «Póngame en contra»: a member who asks for it right behind the result, where the side is as large as that.
pub(super) fn asked_for(sitting: &Sitting<'_>, lines: std::ops::Range<usize>, votes: u32) -> Vec<String> {
    let asks = |line: &usize| {
        let words = sitting.own_words(*line);
        let me = ["pongame", "anoteme", "registreme", "cuenteme", "apunteme", "dejeme"];
        let against = words.windows(2).any(|pair| matches!(pair, ["en", "contra"])) || words.contains(&"negativo");
        sitting.lines[*line].who == Who::Member && against && words.iter().any(|word| me.contains(word))
    };
    let speaker = |line: usize| sitting.utterances[line].name.map(str::to_owned);
    let mut names: Vec<String> = lines.filter(asks).filter_map(speaker).collect();
    names.sort();
    names.dedup();
    if usize::try_from(votes) == Ok(names.len()) { names } else { Vec::new() }
}

fn proposal(sitting: &Sitting<'_>, taken: Taken) -> Proposal {
    let complete =
        taken.vote.outcome.is_some() && (taken.vote.in_favour.is_some() || taken.vote.mode == Mode::Ordinary);
    let sure = if complete { 0.9 } else { 0.6 };
    sitting.proposal(Kind::Vote(taken.vote), taken.first..=taken.last, &taken.cue, sure)
}
