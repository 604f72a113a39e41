//! The end of an acta: what was agreed to be done, the next sitting, the closing formula, signatures, annexes.

use super::roll::present;
use super::writing::{BLANK, Writing, given, plain};
use super::{Entry, Kind, Signers, What};
use crate::export::page::{Block, Run, Signature, Style as Look, Table};
use crate::minutes::turns::is_reserved;

/// Everything after the development.
pub(super) fn written(writing: &Writing<'_>) -> Vec<Block> {
    let mut blocks = tasks(writing);
    blocks.extend(next_session(writing));
    blocks.push(writing.heading("heading.closing"));
    blocks.push(plain(Look::Normal, closed(writing)));
    blocks.push(Block::Signatures(signatures(writing)));
    blocks.extend(annexes(writing));
    if let Some(transcriber) = given(&writing.style.transcriber) {
        blocks.push(plain(Look::Note, writing.say("transcriber", &[("name", &transcriber)])));
    }
    blocks
}

/// The entries that this copy may state.
fn shown<'a>(writing: &Writing<'a>) -> impl Iterator<Item = &'a Entry> {
    let (complete, clock) = (writing.is_complete(), writing.clock.clone());
    let material = writing.material;
    material.entries().iter().filter(move |entry| complete || !is_reserved(entry, &material.utterances, &clock))
}

fn tasks(writing: &Writing<'_>) -> Vec<Block> {
    if !(writing.style.tasks || writing.kind == Kind::Decisions) {
        return vec![];
    }
    let rows = shown(writing).filter_map(|entry| match &entry.what {
        What::Task { who, text, due } => {
            let due = writing.date(due).unwrap_or_else(|| BLANK.to_owned());
            let cells = [given(text), given(who), Some(due)];
            Some(cells.map(|cell| vec![Run::plain(cell.unwrap_or_else(|| BLANK.to_owned()))]).to_vec())
        }
        _ => None,
    });
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return vec![];
    }
    let head = ["task.what", "task.who", "task.due"].map(|key| writing.say(key, &[])).to_vec();
    let description = writing.say("heading.tasks", &[]);
    vec![writing.heading("heading.tasks"), Block::Table(Table { head, rows, widths: vec![5, 3, 2], description })]
}

fn next_session(writing: &Writing<'_>) -> Vec<Block> {
    let called = shown(writing).filter_map(|entry| match &entry.what {
        What::NextSession { date, time, place } => {
            let part = |key: &str, value: Option<String>| {
                value.map(|value| writing.say(&format!("next.{key}"), &[("value", &value)])).unwrap_or_default()
            };
            let parts =
                [part("date", writing.date(date)), part("time", writing.the_hour(time)), part("place", given(place))];
            let parts = parts.concat();
            (!parts.is_empty()).then(|| plain(Look::Normal, writing.say("next.whole", &[("parts", &parts)])))
        }
        _ => None,
    });
    let called: Vec<Block> = called.collect();
    if called.is_empty() { vec![] } else { [vec![writing.heading("heading.next")], called].concat() }
}

fn closed(writing: &Writing<'_>) -> String {
    let hour = writing.the_hour(&writing.material.minutes.record.ends);
    let hour = hour.unwrap_or_else(|| format!("las {BLANK}"));
    writing.say("closed", &[("hour", &hour)])
}

/// Who signs. An office without a name leaves a line to sign on.
fn signatures(writing: &Writing<'_>) -> Vec<Signature> {
    let record = &writing.material.minutes.record;
    let signature = |name: &str, key: &str| {
        let name = given(name).unwrap_or_default();
        let office = given(writing.material.office(&name)).unwrap_or_else(|| writing.say(key, &[]));
        Signature { office: writing.say(&format!("{key}_as"), &[("office", &office)]), name }
    };
    let president = signature(&record.president, "signature.president");
    let secretary = signature(&record.secretary, "signature.secretary");
    match writing.style.signers {
        Signers::PresidentFirst => vec![president, secretary],
        Signers::SecretaryFirst => vec![secretary, president],
        Signers::Everybody => {
            let heads = [president.name.clone(), secretary.name.clone()];
            let others = present(writing).into_iter().filter(|name| !heads.contains(name));
            let others = others
                .map(|name| Signature { office: given(writing.material.office(&name)).unwrap_or_default(), name });
            [president, secretary].into_iter().chain(others).collect()
        }
    }
}

fn annexes(writing: &Writing<'_>) -> Vec<Block> {
    let items = shown(writing).filter_map(|entry| match &entry.what {
        What::Annex { title, folios, sha256 } => {
            let title = given(title).unwrap_or_else(|| BLANK.to_owned());
            let leaves = folios.map(|folios| {
                let key = if folios == 1 { "annex.leaf" } else { "annex.leaves" };
                writing.say(key, &[("count", &folios.to_string())])
            });
            let hash = sha256.as_deref().and_then(given).map(|hash| writing.say("annex.hash", &[("hash", &hash)]));
            let text = [Some(title), leaves, hash].into_iter().flatten().collect::<Vec<_>>().join(", ");
            Some(vec![Run::plain(text + ".")])
        }
        _ => None,
    });
    let items: Vec<_> = items.collect();
    if items.is_empty() {
        return vec![];
    }
    vec![writing.heading("heading.annexes"), Block::List { ordered: true, items }]
}
