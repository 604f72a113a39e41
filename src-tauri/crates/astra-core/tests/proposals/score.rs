//! How well proposals match the marks: the same kind, at most two lines away, and every field that the mark
//! gives the same.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use astra_core::minutes::proposals::Proposal;
use serde_json::{Map, Value};
use unicode_normalization::UnicodeNormalization;

use crate::gold::Gold;

/// A first line may be so far from the marked one.
const NEAR: i64 = 2;

/// What is compared beside the line.
const FIELDS: [&str; 15] = [
    "time",
    "date",
    "holds",
    "count",
    "in_favour",
    "against",
    "abstaining",
    "blank",
    "candidates",
    "outcome",
    "name",
    "minutes",
    "number",
    "answers",
    "names",
];

/// Proposals, marks, and how many of each met.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub proposed: usize,
    pub marked: usize,
    pub met: usize,
    /// Marks with a proposal of their kind in the right place, whatever its fields.
    pub placed: usize,
}

/// The tallies by kind.
#[derive(Default)]
pub struct Score {
    kinds: BTreeMap<String, Tally>,
    /// What was missed and what was proposed in vain, one on each line.
    pub complaints: String,
}

/// A proposal or a mark, to be compared.
struct Event {
    kind: String,
    line: i64,
    last: i64,
    fields: Map<String, Value>,
}

impl Score {
    /// Adds what was proposed for a session.
    pub fn add(&mut self, gold: &Gold, proposals: &[Proposal]) {
        let mut proposed: Vec<Event> = proposals.iter().filter_map(Event::proposed).collect();
        let mut marked: Vec<Event> = gold.structure.iter().filter_map(Event::marked).collect();
        // Whether the roll and the reading of the order of the day are points themselves, which nobody announces,
        // is marked in some sessions and not in others.
        let read = marked.iter().find(|mark| mark.kind == "agenda").map_or(0, |agenda| agenda.last);
        for events in [&mut proposed, &mut marked] {
            events.retain(|event| event.kind != "item" || event.line > read);
        }
        let mut used = vec![false; proposed.len()];
        for event in &proposed {
            self.kinds.entry(event.kind.clone()).or_default().proposed += 1;
        }
        for mark in &marked {
            let mut near: Vec<usize> = (0..proposed.len())
                .filter(|&at| {
                    !used[at] && proposed[at].kind == mark.kind && (proposed[at].line - mark.line).abs() <= NEAR
                })
                .collect();
            near.sort_by_key(|&at| (!mark.agrees(&proposed[at]), (proposed[at].line - mark.line).abs()));
            let tally = self.kinds.entry(mark.kind.clone()).or_default();
            tally.marked += 1;
            tally.placed += usize::from(!near.is_empty());
            match near.first().filter(|&&at| mark.agrees(&proposed[at])) {
                Some(&at) => {
                    tally.met += 1;
                    used[at] = true;
                }
                None => self.complain("missed", gold, mark, near.first().map(|&at| &proposed[at])),
            }
            if mark.kind == "roll_call" {
                let overlaps =
                    |event: &&Event| event.kind == "roll_call" && event.line <= mark.last && event.last >= mark.line;
                let answers = proposed.iter().find(overlaps).map(Event::answers).unwrap_or_default();
                let wanted = mark.answers();
                let tally = self.kinds.entry("  answers".to_owned()).or_default();
                tally.proposed += answers.len();
                tally.marked += wanted.len();
                tally.met += wanted.iter().filter(|answer| answers.contains(answer)).count();
                tally.placed = tally.met;
            }
        }
        for (event, _) in proposed.iter().zip(&used).filter(|(_, used)| !**used) {
            self.complain("vain", gold, event, None);
        }
    }

    /// One line for each kind.
    pub fn table(&self) -> String {
        let mut table = format!(
            "{:14}{:>9}{:>7}{:>6}{:>11}{:>8}{:>8}\n",
            "", "proposed", "marked", "met", "precision", "recall", "placed"
        );
        for (kind, tally) in &self.kinds {
            let Tally { proposed, marked, met, placed } = *tally;
            let share = |part: usize, whole: usize| {
                if whole == 0 { "-".to_owned() } else { format!("{:.2}", part as f64 / whole as f64) }
            };
            let (precision, recall, placed) = (share(met, proposed), share(met, marked), share(placed, marked));
            let _ = writeln!(table, "{kind:14}{proposed:>9}{marked:>7}{met:>6}{precision:>11}{recall:>8}{placed:>8}");
        }
        table
    }

    /// The tally of a kind.
    pub fn of(&self, kind: &str) -> Tally {
        self.kinds.get(kind).copied().unwrap_or_default()
    }

    fn complain(&mut self, what: &str, gold: &Gold, event: &Event, instead: Option<&Event>) {
        let instead = instead
            .map(|event| format!(" — proposed {}: {}", event.line, Value::Object(event.fields.clone())))
            .unwrap_or_default();
        let said = usize::try_from(event.line).map(|line| gold.said(line)).unwrap_or_default();
        let fields = Value::Object(event.fields.clone());
        let _ = writeln!(
            self.complaints,
            "{what} {} {}:{} {fields}{instead}\n      «{said}»",
            event.kind, gold.name, event.line
        );
    }
}

impl Event {
    fn proposed(proposal: &Proposal) -> Option<Self> {
        let mut fields = serde_json::to_value(&proposal.kind).ok()?.as_object()?.clone();
        fields.retain(|_, value| !value.is_null());
        Self::new(fields, proposal.utterances.start as i64 + 1, proposal.utterances.end as i64)
    }

    fn marked(mark: &Value) -> Option<Self> {
        let fields = mark.as_object()?.clone();
        let line = mark["line"].as_i64()?;
        let last = mark["to"].as_i64().unwrap_or(line);
        Self::new(fields, line, last)
    }

    fn new(mut fields: Map<String, Value>, line: i64, last: i64) -> Option<Self> {
        let kind = fields.remove("kind")?.as_str()?.to_owned();
        Some(Self { kind, line, last, fields })
    }

    /// Whether a proposal has every field of this mark.
    fn agrees(&self, proposal: &Self) -> bool {
        FIELDS.iter().filter_map(|field| Some((*field, self.fields.get(*field)?))).all(|(field, wanted)| {
            let found = proposal.fields.get(field).unwrap_or(&Value::Null);
            match field {
                // Marks also give the sides for which nobody voted and of which nobody spoke.
                "against" | "abstaining" | "blank" if wanted == 0 && found.is_null() => true,
                "candidates" => polled(wanted) == polled(found),
                // Each answer is counted on its own.
                "answers" => true,
                "names" => wanted
                    .as_object()
                    .is_some_and(|sides| sides.iter().all(|(side, names)| folded(names) == folded(&found[side]))),
                _ => folded(wanted) == folded(found),
            }
        })
    }

    fn answers(&self) -> Vec<String> {
        let answers = self.fields.get("answers").and_then(Value::as_array).cloned().unwrap_or_default();
        answers.iter().map(|answer| format!("{:?} {}", folded(&answer["name"]), answer["answer"])).collect()
    }
}

/// Who had how many votes.
fn polled(candidates: &Value) -> Vec<String> {
    let candidates = candidates.as_array().cloned().unwrap_or_default();
    let mut polled: Vec<String> =
        candidates.iter().map(|candidate| format!("{:?} {}", folded(&candidate["name"]), candidate["votes"])).collect();
    polled.sort();
    polled
}

/// A value for comparing: names without accents and case, lists in order of the alphabet.
fn folded(value: &Value) -> Vec<String> {
    let plain = |text: &str| {
        let bare = text.nfd().filter(|letter| !unicode_normalization::char::is_combining_mark(*letter));
        bare.collect::<String>().to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let mut all: Vec<String> = match value {
        Value::Null => Vec::new(),
        Value::Array(values) => values.iter().map(|value| plain(value.as_str().unwrap_or_default())).collect(),
        Value::String(text) => vec![plain(text)],
        other => vec![other.to_string()],
    };
    all.sort();
    all
}
