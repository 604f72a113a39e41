//! The public copy: no text of the page, of its places and of its properties holds what somebody confirmed
//! to be personal data. Other characters stand in its place; nothing is painted over.

use serde_json::Value;

use crate::export::page::{Block, Page, Run};
use crate::minutes::cleaning::{Rule, clean};
use crate::minutes::masks::{Secret, hide};

/// The page without the secrets.
pub(super) fn masked(mut page: Page, secrets: &[Secret]) -> Page {
    let secrets = as_cleaned(secrets);
    if secrets.is_empty() {
        return page;
    }
    let text = |text: &mut String| *text = hidden(text, &secrets);
    let properties = &mut page.properties;
    [&mut properties.title, &mut properties.subject, &mut properties.creator].into_iter().for_each(text);
    page.places.values_mut().for_each(text);
    for block in &mut page.blocks {
        match block {
            Block::Heading { text: heading, bookmark: _, level: _ } => text(heading),
            Block::Index { title } => text(title),
            Block::Paragraph { runs, style: _ } => mask(runs, &secrets),
            Block::List { items, ordered: _ } => items.iter_mut().for_each(|item| mask(item, &secrets)),
            Block::Table(table) => {
                table.head.iter_mut().for_each(text);
                text(&mut table.description);
                table.rows.iter_mut().flatten().for_each(|cell| mask(cell, &secrets));
            }
            Block::Signatures(signatures) => {
                signatures.iter_mut().flat_map(|one| [&mut one.name, &mut one.office]).for_each(text);
            }
            Block::PageBreak => {}
        }
    }
    page
}

/// Every text of a value without the secrets.
pub(crate) fn masked_value(value: Value, secrets: &[Secret]) -> Value {
    masked_strings(value, &as_cleaned(secrets))
}

fn masked_strings(value: Value, secrets: &[Secret]) -> Value {
    match value {
        Value::String(text) => Value::String(hidden(&text, secrets)),
        Value::Array(values) => values.into_iter().map(|value| masked_strings(value, secrets)).collect(),
        Value::Object(fields) => {
            fields.into_iter().map(|(name, value)| (name, masked_strings(value, secrets))).collect()
        }
        other => other,
    }
}

/// A text without the secrets.
fn hidden(text: &str, secrets: &[Secret]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut reached = 0;
    for (place, replacement) in hide(text, secrets) {
        out.push_str(&text[reached..place.start]);
        out.push_str(replacement);
        reached = place.end;
    }
    out + &text[reached..]
}

/// The secrets, and each again as it is after cleaning, which may have taken a word out of its midst.
fn as_cleaned(secrets: &[Secret]) -> Vec<Secret> {
    let cleaned = secrets.iter().filter_map(|secret| {
        let clean = clean(secret.said(), &Rule::ALL, &[]).text;
        (clean != secret.said()).then(|| secret.in_words(clean))
    });
    cleaned.chain(secrets.iter().cloned()).collect()
}

/// Masks what the runs say together: a secret may begin in one and end in another.
fn mask(runs: &mut [Run], secrets: &[Secret]) {
    let whole: String = runs.iter().map(|run| run.text.as_str()).collect();
    let hidden = hide(&whole, secrets);
    if hidden.is_empty() {
        return;
    }
    let mut start = 0;
    for run in runs {
        let end = start + run.text.len();
        let mut text = String::with_capacity(run.text.len());
        let mut reached = start;
        for (place, replacement) in &hidden {
            let (from, to) = (place.start.max(start), place.end.min(end));
            if from >= to {
                continue;
            }
            text.push_str(&whole[reached..from]);
            // The replacement stands where the secret begins.
            if place.start >= start {
                text.push_str(replacement);
            }
            reached = to;
        }
        text.push_str(&whole[reached..end]);
        run.text = text;
        start = end;
    }
}
