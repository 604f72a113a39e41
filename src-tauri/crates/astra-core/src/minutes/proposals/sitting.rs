//! A session as the rules read it: lines of folded words, the signs found in them, and who speaks.

use super::families::{By, Event, Family, NOW, TOLD, families};
use super::folded::{Word, fold};
use super::names::Roster;
use super::numbers::number;
use super::speakers::{Who, who_speaks};
use super::{Context, Evidence, Kind, Proposal, Utterance};

/// How many words of the following speech a line may be read on into: a phrase can be cut in two.
const AHEAD: usize = 14;

/// The mark of a question stands so many words behind what it asks.
const SENTENCE: usize = 9;

/// What is opened and closed within a session.
const DEBATED: [&str; 11] = [
    "discusion",
    "debate",
    "votacion",
    "registro",
    "turno",
    "aprueba",
    "aprueban",
    "punto",
    "receso",
    "inscripcion",
    "periodo",
];

/// Times that no session pauses for.
const TERMS: [&str; 6] = ["dias", "semanas", "mes", "meses", "ano", "anos"];

/// A session, ready to be read.
pub(super) struct Sitting<'a> {
    pub utterances: &'a [Utterance<'a>],
    pub lines: Vec<Line>,
    /// The signs that count, in order.
    pub cues: Vec<Cue>,
    /// Members first, then guests.
    pub people: Roster,
    /// How many of the people have a seat.
    pub seats: usize,
    /// Whoever presides, if that can be told.
    pub chair: Option<usize>,
    pub date: &'a str,
}

/// An utterance, folded.
pub(super) struct Line {
    /// Its words, and the first ones of what the same voice says next.
    pub words: Vec<Word>,
    /// How many words are its own.
    pub own: usize,
    pub who: Who,
    /// Who speaks, or whose turn it is.
    pub speaker: Option<usize>,
}

/// A sign in a line.
#[derive(Debug, Clone)]
pub(super) struct Cue {
    pub event: Event,
    pub line: usize,
    /// The first word of it in the line.
    pub from: usize,
    /// Behind its last word.
    pub to: usize,
    /// The place of its family.
    pub family: usize,
}

impl<'a> Sitting<'a> {
    /// Reads the session.
    pub(super) fn new(utterances: &'a [Utterance<'a>], context: &Context<'a>) -> Self {
        let roster = context.roster.iter().map(|name| (*name, ""));
        let guests = context.guests.iter().map(|guest| (guest.name, guest.office));
        let lines = lines(utterances);
        let mut sitting = Self {
            utterances,
            cues: signs(&lines),
            lines,
            people: Roster::new(roster.chain(guests)),
            seats: context.roster.len(),
            chair: None,
            date: context.date,
        };
        who_speaks(&mut sitting);
        let lines = &sitting.lines;
        sitting.cues.retain(|cue| lines[cue.line].who.may_say(families().list[cue.family].by));
        sitting
    }

    /// The words of a line as they are matched.
    pub(super) fn words(&self, line: usize) -> Vec<&str> {
        self.lines[line].words.iter().map(|word| word.text.as_str()).collect()
    }

    /// Only the words said in this line.
    pub(super) fn own_words(&self, line: usize) -> Vec<&str> {
        self.lines[line].words[..self.lines[line].own].iter().map(|word| word.text.as_str()).collect()
    }

    /// The signs of these kinds, in order.
    pub(super) fn signs<'s>(&'s self, events: &'s [Event]) -> impl DoubleEndedIterator<Item = &'s Cue> {
        self.cues.iter().filter(move |cue| events.contains(&cue.event))
    }

    /// The signs in these lines.
    pub(super) fn signs_in(&self, lines: std::ops::Range<usize>) -> &[Cue] {
        let from = self.cues.partition_point(|cue| cue.line < lines.start);
        let to = self.cues.partition_point(|cue| cue.line < lines.end);
        &self.cues[from..to.max(from)]
    }

    /// Whether one of these signs is in these lines.
    pub(super) fn has(&self, lines: std::ops::Range<usize>, events: &[Event]) -> bool {
        self.signs_in(lines).iter().any(|cue| events.contains(&cue.event))
    }

    /// What was said in a line between two of its own words, as it was said.
    pub(super) fn said(&self, line: usize, from: usize, to: usize) -> &'a str {
        let Line { words, own, .. } = &self.lines[line];
        let to = to.min(*own);
        if from >= to {
            return "";
        }
        self.utterances[line].text.get(words[from].from..words[to - 1].to).unwrap_or("")
    }

    /// The seat that is named, when only one can be meant and has a seat.
    pub(super) fn seat(&self, people: &[usize]) -> Option<usize> {
        match people {
            [person] if *person < self.seats => Some(*person),
            _ => None,
        }
    }

    /// A proposal that rests on a sign.
    pub(super) fn proposal(
        &self,
        kind: Kind,
        lines: std::ops::RangeInclusive<usize>,
        cue: &Cue,
        confidence: f32,
    ) -> Proposal {
        let (first, last) = (*lines.start(), (*lines.end()).min(self.lines.len().saturating_sub(1)));
        Proposal {
            kind,
            start_ms: self.utterances[first].start_ms,
            end_ms: self.utterances[last].end_ms,
            utterances: first..last + 1,
            evidence: self.evidence(cue),
            confidence,
        }
    }

    fn evidence(&self, cue: &Cue) -> Evidence {
        let line = &self.lines[cue.line];
        let last = cue.to.min(line.own).max(cue.from + 1);
        let from = line.words.get(cue.from).map_or(0, |word| word.from);
        let to = line.words.get(last - 1).map_or(from, |word| word.to);
        let family = families().list.get(cue.family).map_or_else(String::new, |family| family.id.clone());
        Evidence { utterance: cue.line, bytes: from..to, family }
    }
}

fn lines(utterances: &[Utterance<'_>]) -> Vec<Line> {
    let folded: Vec<Vec<Word>> = utterances.iter().map(|utterance| fold(utterance.text)).collect();
    (0..folded.len())
        .map(|at| {
            let mut words = folded[at].clone();
            let own = words.len();
            for next in at + 1..folded.len() {
                if words.len() >= own + AHEAD || utterances[next].voice != utterances[at].voice {
                    break;
                }
                words.extend(folded[next].iter().take(own + AHEAD - words.len()).cloned());
            }
            Line { words, own, who: Who::Unknown, speaker: None }
        })
        .collect()
}

/// Every sign in every line, whoever says it.
fn signs(lines: &[Line]) -> Vec<Cue> {
    let families = families();
    let mut cues = Vec::new();
    let (mut text, mut starts) = (String::new(), Vec::new());
    for (line, folded) in lines.iter().enumerate() {
        text.clear();
        starts.clear();
        for word in &folded.words {
            if !text.is_empty() {
                text.push(' ');
            }
            starts.push(text.len());
            text.push_str(&word.text);
        }
        let first = cues.len();
        let ends = if folded.own < starts.len() { starts[folded.own].saturating_sub(1) } else { text.len() };
        let seen = families.in_text(&text).into_iter().filter(|family| !families.list[*family].own);
        let own = families.in_text(&text[..ends]).into_iter().filter(|family| families.list[*family].own);
        for family in seen.chain(own) {
            let Family { own, guarded, event, .. } = families.list[family];
            for place in families.places(family, if own { &text[..ends] } else { &text }) {
                let from = starts.partition_point(|&start| start <= place.start).saturating_sub(1);
                let to = starts.partition_point(|&start| start < place.end);
                // «¿Sí? Queda aprobada» is no condition.
                let sentence = (0..from.min(folded.words.len())).rev().find(|at| folded.words[*at].asks);
                let begins = sentence.map_or(0, |at| starts[at + 1]);
                let told = guarded && is_told(&text[begins.min(place.start)..place.start]);
                if from < folded.own
                    && !told
                    && let Some(event) = meant(event, &folded.words, from, to, folded.own)
                {
                    // «¿A favor? Siete.» asks and counts.
                    let behind = (to - 1..folded.own).find(|at| folded.words[*at].ends).map_or(to, |at| at + 1);
                    let next = |at: usize| folded.words.get(at).filter(|_| event == Event::Side && at < folded.own);
                    let counted = |at: &usize| next(*at).is_some_and(|next| number(&[&next.text]).is_some());
                    if let Some(at) = [to, behind].into_iter().find(counted) {
                        cues.push(Cue { event: Event::Count, line, from: at - 1, to: at + 1, family });
                    }
                    cues.push(Cue { event, line, from, to, family });
                }
            }
        }
        cues[first..].sort_by_key(|cue| (cue.from, cue.to));
    }
    cues
}

/// What a sign means among the words around it; nothing when they take it away.
fn meant(event: Event, words: &[Word], from: usize, to: usize, own: usize) -> Option<Event> {
    let word = |at: usize| words.get(at).map_or("", |word| word.text.as_str());
    let before = from.checked_sub(1).map_or("", word);
    let begins = from == 0 || words[from - 1].ends;
    let last = to.min(own);
    let asks = words[from..last].iter().any(|word| word.asks);
    let asked = words[last.max(1) - 1..own].iter().take(SENTENCE).find(|word| word.ends).is_some_and(|word| word.asks);
    // «¿No? Aprobado.»
    let parted = words[from..last.max(from + 1) - 1].iter().any(|word| word.ends);
    match event {
        Event::Passed
        | Event::Failed
        | Event::Unanimous
        | Event::Casting
        | Event::Arrival
        | Event::Departure
        | Event::Recess
            if parted =>
        {
            None
        }
        // «… dos por el no. Ha sido aprobado.»
        Event::Failed if word(from) == "no" && matches!(before, "el" | "por") => None,
        // «En contra. — Son ocho votos a favor.»
        Event::Count if to > own && words[own - 1].ends => None,
        // «La tasa en once. ¿A favor?»
        Event::Count if parted && words[last.max(from + 1) - 1].asks && number(&[word(from)]).is_some() => None,
        // «Se admite.», and not «se estima que …».
        Event::Passed
            if matches!(word(to - 1), "admite" | "admiten" | "estima" | "estiman" | "aprecia" | "ratifica")
                && !(words[to - 1].ends || to == own || matches!(word(to), "la" | "el" | "por")) =>
        {
            None
        }
        // «¿Lo aprueban?»
        Event::Passed if asks || asked => Some(Event::Consent),
        Event::Unanimous | Event::Failed if asks || asked => None,
        // «Un receso de dos meses» is no recess of this session.
        Event::Recess
            if words[from..words.len().min(to + 2)].iter().any(|word| TERMS.contains(&word.text.as_str())) =>
        {
            None
        }
        // «Se abre la discusión … ¿aprueba la plenaria?», «se levantó la sesión».
        Event::Open | Event::Lift
            if parted
                || words[from..own.min(last + 2).max(last)]
                    .iter()
                    .any(|word| DEBATED.contains(&word.text.as_str()))
                || before == "se" && word(from).ends_with('o') =>
        {
            None
        }
        // «¿Todos?», and not «gracias a todos».
        Event::Consent
            if to == from + 1
                && matches!(
                    word(from),
                    "todos" | "todas" | "conforme" | "conformes" | "unanimidad" | "asentimiento"
                )
                && !(words[from].asks && (begins || before == "por")) =>
        {
            None
        }
        // «Si nadie tiene inconveniente …»
        Event::Consent if before == "si" => None,
        // «¿A favor? Siete.», and not «yo estoy a favor».
        Event::Side => {
            let follows = word(to);
            let told =
                !begins && (number(&[before]).is_some() || matches!(before, "estoy" | "estamos" | "esta" | "votos"));
            let all = matches!(follows, "todos" | "todas" | "nadie" | "ninguno");
            let counted = to < own && (number(&[follows]).is_some() || all || word(to + 1) == "mismos");
            let votes = word(from) == "votos";
            // «Quienes estén por la afirmativa.»
            let puts = to == own
                && own <= 8
                && matches!(word(0), "quien" | "quienes" | "los" | "votos" | "por" | "afirmativos");
            (!told && (asks || asked && from <= 3 || puts || counted && (votes || from <= 2) || votes && to == own))
                .then_some(event)
        }
        // «Nosotros vamos a votar en contra.»
        Event::VoteOpen if word(to.saturating_sub(1)).starts_with("vota") => {
            let declares = matches!(
                (word(to), word(to + 1)),
                ("en", "contra" | "blanco")
                    | ("a", "favor")
                    | ("que" | "por", "si" | "no" | "el")
                    | (
                        "si" | "no" | "positivo" | "negativo" | "afirmativamente" | "negativamente" | "favorablemente",
                        _
                    )
            );
            (!declares || to > own).then_some(event)
        }
        _ => Some(event),
    }
}

fn is_told(before: &str) -> bool {
    TOLD.as_ref().is_some_and(|told| {
        // Only the last words before a phrase can put it into another time.
        let from = before.char_indices().rev().filter(|(_, letter)| *letter == ' ').nth(13).map_or(0, |(at, _)| at);
        let before = before[from..].trim_end();
        let over = NOW.as_ref().and_then(|now| now.find_iter(before).last()).map_or(0, |now| now.end());
        told.is_match(&before[over..])
    })
}

impl Who {
    /// Whether this speaker may say what a family says.
    pub(super) fn may_say(self, by: By) -> bool {
        match by {
            By::Anyone => true,
            By::Member => self != Who::Secretary,
            By::Chair | By::Secretary | By::Table => self != Who::Member,
        }
    }
}
