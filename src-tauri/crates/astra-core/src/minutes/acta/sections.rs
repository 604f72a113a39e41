//! The order of the day and the development: a section for each item, with what was said and stated in it.

use super::writing::{BLANK, Writing, given, paragraph, plain};
use super::{Entry, Kind, Step, What, steps};
use crate::export::page::{Block, Level, Run, Style as Look};
use crate::minutes::turns::{Turn, is_reserved};
use crate::minutes::{Business, Item};

/// The list of the items, by number.
pub(super) fn agenda(writing: &Writing<'_>) -> Vec<Block> {
    let items = items(writing);
    if items.is_empty() {
        return vec![];
    }
    let titles = items.iter().map(|item| given(&item.title).unwrap_or_else(|| BLANK.to_owned()));
    let counted = items.iter().zip(1..).all(|(item, number)| item.number == number);
    let list = match counted {
        true => vec![Block::List { ordered: true, items: titles.map(|title| vec![Run::plain(title)]).collect() }],
        // Word would count from one.
        false => items
            .iter()
            .zip(titles)
            .map(|(item, title)| plain(Look::Normal, format!("{}. {title}", item.number)))
            .collect(),
    };
    [vec![writing.heading("heading.agenda")], list].concat()
}

/// Everything that was dealt with, as blocks.
pub(super) fn written(writing: &Writing<'_>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for section in sections(writing) {
        let body = section.body(writing);
        match section.item {
            Some(_) if section.again && body.is_empty() => continue,
            Some(item) => {
                blocks.push(heading(writing, item, section.again));
                if body.is_empty() {
                    blocks.push(nothing(writing, &section));
                }
            }
            None if blocks.is_empty() || body.is_empty() => {}
            None => {
                let text = writing.say("heading.rest", &[]);
                blocks.push(Block::Heading { level: Level::Two, text, bookmark: None });
            }
        }
        blocks.extend(body);
    }
    if !blocks.is_empty() {
        blocks.insert(0, writing.heading("heading.development"));
    }
    blocks
}

/// An item with all that belongs under it, or what belongs under none.
#[derive(Default)]
pub(super) struct Section<'a> {
    pub(super) item: Option<&'a Item>,
    /// Whether the item was dealt with before.
    pub(super) again: bool,
    pub(super) steps: Vec<Step<'a>>,
}

/// What was dealt with, in order. Under each item stands what was heard of it; what nobody heard stands
/// under the item that it is the business of, or else after all of them. What was said before the first item
/// comes first.
pub(super) fn sections<'a>(writing: &Writing<'a>) -> Vec<Section<'a>> {
    let entries = writing.material.entries();
    let steps = steps(&writing.material.utterances, entries, &writing.clock, writing.is_complete());
    let mut sections = vec![Section::default()];
    for step in steps {
        match step {
            Step::Entry(Entry { what: What::Item(item), .. }) => sections.push(Section::of(item)),
            step => {
                if let Some(section) = sections.last_mut() {
                    section.steps.push(step);
                }
            }
        }
    }
    for item in items(writing) {
        if !sections.iter().any(|section| section.item.is_some_and(|other| other.number == item.number)) {
            let before = sections.iter().rposition(|section| section.item.is_none_or(|it| it.number < item.number));
            sections.insert(before.map_or(0, |at| at + 1), Section::of(item));
        }
    }
    let mut rest = Section::default();
    for entry in entries.iter().filter(|entry| entry.heard.is_none() && !matches!(entry.what, What::Item(_))) {
        let wanted = business(&entry.what);
        let home = sections.iter_mut().find(|section| section.item.is_some_and(|item| Some(item.business) == wanted));
        home.unwrap_or(&mut rest).steps.push(Step::Entry(entry));
    }
    sections.push(rest);
    let mut seen: Vec<u32> = Vec::new();
    for section in &mut sections {
        let Some(item) = section.item else { continue };
        section.again = seen.contains(&item.number);
        seen.push(item.number);
    }
    sections
}

impl<'a> Section<'a> {
    fn of(item: &'a Item) -> Self {
        Self { item: Some(item), ..Self::default() }
    }

    fn body(&self, writing: &Writing<'_>) -> Vec<Block> {
        let mut reserved = false;
        let mut blocks = Vec::new();
        for step in &self.steps {
            match step {
                Step::Turn(turn) => {
                    let written = writing.turn(turn);
                    if !written.is_empty() {
                        reserve(writing, turn, &mut reserved, &mut blocks);
                    }
                    blocks.extend(written);
                }
                Step::Reserved if writing.kind == Kind::Decisions => {}
                Step::Reserved => blocks.push(reservation(writing, "reserved.omitted")),
                Step::Entry(entry) => blocks.extend(writing.entry(entry)),
            }
        }
        if reserved {
            blocks.push(reservation(writing, "reserved.ends"));
        }
        blocks
    }
}

/// Says in the complete copy where what is not for the public begins and ends.
fn reserve(writing: &Writing<'_>, turn: &Turn<'_>, reserved: &mut bool, blocks: &mut Vec<Block>) {
    if turn.reserved != *reserved {
        let key = if turn.reserved { "reserved.begins" } else { "reserved.ends" };
        blocks.push(reservation(writing, key));
        *reserved = turn.reserved;
    }
}

fn reservation(writing: &Writing<'_>, key: &str) -> Block {
    paragraph(Look::Note, vec![Run::bold(writing.say(key, &[]))])
}

/// The items by number, each once, in its first words.
pub(super) fn items<'a>(writing: &Writing<'a>) -> Vec<&'a Item> {
    let mut items: Vec<&Item> = Vec::new();
    for entry in writing.material.entries() {
        let What::Item(item) = &entry.what else { continue };
        let hidden = !writing.is_complete() && is_reserved(entry, &writing.material.utterances, &writing.clock);
        if !hidden && !items.iter().any(|known| known.number == item.number) {
            items.push(item);
        }
    }
    items.sort_by_key(|item| item.number);
    items
}

fn heading(writing: &Writing<'_>, item: &Item, again: bool) -> Block {
    let title = given(&item.title).unwrap_or_else(|| BLANK.to_owned());
    let title = title.strip_suffix('.').unwrap_or(&title);
    let number = item.number.to_string();
    let key = if again { "item_again" } else { "item" };
    Block::Heading {
        level: Level::Two,
        text: writing.say(key, &[("number", &number), ("title", title)]),
        bookmark: (!again).then(|| format!("punto_{number}")),
    }
}

/// What stands under an item of which there is nothing to tell.
fn nothing(writing: &Writing<'_>, section: &Section<'_>) -> Block {
    let heard = section.item.is_some_and(|item| {
        let mut items = writing.material.entries().iter();
        items.any(|entry| entry.heard.is_some() && matches!(&entry.what, What::Item(it) if it.number == item.number))
    });
    if heard {
        return plain(Look::Normal, writing.say("item_without_decisions", &[]));
    }
    writing.draft.set(true);
    paragraph(Look::Normal, vec![Run::bold(writing.say("pending", &[]))])
}

/// The business that an entry is of when nobody heard where it belongs.
fn business(what: &What) -> Option<Business> {
    match what {
        What::Quorum { .. } => Some(Business::RollCall),
        What::EarlierMinutes { .. } => Some(Business::EarlierMinutes),
        What::Motion { .. } => Some(Business::Motions),
        What::Bill(_) => Some(Business::Bill),
        What::Communication { .. } => Some(Business::Communications),
        _ => None,
    }
}
