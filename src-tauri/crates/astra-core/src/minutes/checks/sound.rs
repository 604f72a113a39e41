//! What somebody should listen to: figures, doubtful passages, speech without text.

use super::{Finding, Findings};
use crate::minutes::Stretch;
use crate::minutes::figures::{Figure, Norm, Value, figures};
use crate::minutes::turns::Clock;
use crate::transcript::Utterance;

/// Less speech than this many hundredths with text is worth saying.
const COVERED: u64 = 95;

/// Looks at what was heard.
pub(super) fn look(findings: &mut Findings<'_>) {
    let material = findings.material;
    let clock = material.clock();
    for utterance in material.utterances.iter().filter(|utterance| utterance.mark.is_none()) {
        let heard = clock.heard(utterance);
        if !utterance.touched && !utterance.faults.is_empty() {
            findings.add_at(Finding::DoubtfulPassage, Some(heard));
        }
        let text = utterance.text();
        for figure in figures(&text).into_iter().filter(|figure| is_sensitive(figure.value)) {
            let said = stretch(&clock, utterance, &text, &figure).unwrap_or(heard);
            let listened = material.figures_heard.iter().any(|done| done.from <= said.to && said.from <= done.to);
            if !listened {
                findings.add_at(Finding::FigureNotHeard { text: text[figure.range].to_owned() }, Some(said));
            }
        }
    }
    if let Some(listening) = &material.listening {
        let coverage = &listening.coverage;
        let percent = coverage.covered_ms.saturating_mul(100) / coverage.speech_ms.max(1);
        if coverage.speech_ms > 0 && percent < COVERED {
            findings.add(Finding::Coverage { percent: u32::try_from(percent).unwrap_or(u32::MAX) }, None);
        }
    }
}

/// Whether a wrong figure would do harm: sums, shares and laws, but not the articles that are counted through.
fn is_sensitive(value: Value) -> bool {
    match value {
        Value::Money(_) | Value::Percentage(_) => true,
        Value::Law(law) => law.norm != Norm::Article,
        Value::Number(_) | Value::Hour { .. } | Value::Date(_) => false,
    }
}

/// Where a figure can be heard: the words that hold it.
fn stretch(clock: &Clock, utterance: &Utterance, text: &str, figure: &Figure) -> Option<Stretch> {
    let before = |at: usize| text[..at].split_whitespace().count();
    let first = before(figure.range.start);
    let first = if text[..figure.range.start].ends_with(char::is_whitespace) { first } else { first.saturating_sub(1) };
    let first = utterance.words.get(if figure.range.start == 0 { 0 } else { first })?;
    let last = utterance.words.get(before(figure.range.end).checked_sub(1)?)?;
    Some(clock.heard(&Utterance::heard(utterance.recording, first.start_ms, last.end_ms, vec![])))
}
