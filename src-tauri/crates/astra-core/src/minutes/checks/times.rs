//! Hours and days that contradict each other.

use super::{Finding, Findings};
use crate::minutes::acta::{day, minute};
use crate::minutes::cleaning::words::fold;
use crate::minutes::figures::{Value, figures};
use crate::minutes::{Attendance, What};
use crate::transcript::Utterance;

/// How many utterances from the beginning or the end may hold the formula with the hour.
const FORMULA_WITHIN: usize = 15;

/// How many minutes the recorder may run before and after the sitting before that is worth a look.
const RECORDER_MINUTES: u32 = 15;

/// Minutes of half a day: an hour said without its half is either of two.
const HALF_DAY: u16 = 12 * 60;

/// Looks at the hours of the sitting and of those who came and left, and at the next sitting.
pub(super) fn look(findings: &mut Findings<'_>) {
    let material = findings.material;
    let record = &material.minutes.record;
    let (starts, ends) = (minute(&record.starts), minute(&record.ends));
    if let (Some(from), Some(to)) = (starts, ends) {
        if to < from {
            findings.add(Finding::EndsBeforeStart { starts: record.starts.clone(), ends: record.ends.clone() }, None);
        }
        let lasted = u32::from(if to < from { to + 2 * HALF_DAY - from } else { to - from });
        let recorded_ms: u64 = material.recordings.iter().map(|recording| recording.duration_ms).sum();
        let recorded = u32::try_from(recorded_ms / 60_000).unwrap_or(u32::MAX);
        if recorded > lasted.saturating_add(RECORDER_MINUTES) {
            findings.add(Finding::LongerThanSitting { recorded, lasted }, None);
        }
    }
    let utterances = &material.utterances;
    said(findings, utterances.iter().take(FORMULA_WITHIN), &record.starts, &["inicio", "abre", "abierta", "instala"]);
    said(findings, utterances.iter().rev().take(FORMULA_WITHIN), &record.ends, &["levanta", "clausura", "termina"]);
    coming_and_going(findings, starts, ends);
    next_sitting(findings);
}

/// Compares the hour of the formula that opens or closes the sitting, if it was said, with what was typed.
fn said<'a>(findings: &mut Findings<'_>, utterances: impl Iterator<Item = &'a Utterance>, typed: &str, verbs: &[&str]) {
    let Some(wanted) = minute(typed) else { return };
    for utterance in utterances {
        let text = utterance.text();
        let folded = fold(&text);
        if !(folded.contains("siendo la") && verbs.iter().any(|verb| folded.contains(verb))) {
            continue;
        }
        let hour = figures(&text).into_iter().find_map(|figure| match figure.value {
            Value::Hour { minute, half_said } => Some((minute, half_said, figure.range)),
            _ => None,
        });
        let Some((minute, half_said, range)) = hour else { continue };
        let same = if half_said { minute == wanted } else { minute % HALF_DAY == wanted % HALF_DAY };
        if !same {
            let finding = Finding::HourSaid { said: text[range].to_owned(), typed: typed.to_owned() };
            findings.add_at(finding, Some(findings.material.clock().heard(utterance)));
        }
        return;
    }
}

fn coming_and_going(findings: &mut Findings<'_>, starts: Option<u16>, ends: Option<u16>) {
    let material = findings.material;
    for called in &material.minutes.record.attendance {
        let typed = |hour: &'_ String| Some(hour.clone()).filter(|hour| !hour.trim().is_empty());
        let (arrived, left) = (typed(&called.arrived), typed(&called.left));
        let missing = match called.attendance {
            Attendance::Late => arrived.is_none(),
            Attendance::LeftEarly => left.is_none(),
            _ => false,
        };
        if missing {
            findings.add(Finding::HourMissing { name: called.name.clone() }, None);
        }
        // After midnight the hours begin anew, and say nothing.
        let overnight = starts.zip(ends).is_some_and(|(from, to)| to < from);
        let mut before = starts;
        for hour in [arrived, left].into_iter().flatten().filter(|_| !overnight) {
            let at = minute(&hour);
            let outside = at.is_none_or(|at| before.is_some_and(|from| at < from) || ends.is_some_and(|to| at > to));
            if outside {
                findings.add(Finding::HourOutside { name: called.name.clone(), hour: hour.clone() }, None);
            }
            before = at.or(before);
        }
    }
}

fn next_sitting(findings: &mut Findings<'_>) {
    let today = day(&findings.material.minutes.record.date);
    for entry in findings.entries() {
        let What::NextSession { date, .. } = &entry.what else { continue };
        match day(date) {
            _ if date.trim().is_empty() => {}
            None => findings.add(Finding::NotADate { date: date.clone() }, Some(entry)),
            Some(next) if today.is_some_and(|today| next <= today) => {
                findings.add(Finding::NextNotAfter { date: date.clone() }, Some(entry));
            }
            Some(_) => {}
        }
    }
}
