//! What a proposal states in the minutes.

use crate::id::EntryId;
use crate::minutes::acta::capital;
use crate::minutes::proposals::Kind;
use crate::minutes::turns::Clock;
use crate::minutes::{Business, Entry, Item, Minutes, Stretch, What};

/// The entries that a proposal makes; none when they are there.
pub(super) fn of(
    kind: &Kind,
    heard: Stretch,
    minutes: &Minutes,
    clock: &Clock,
    fresh: &mut impl FnMut() -> EntryId,
) -> Vec<Entry> {
    if let Kind::Agenda { items } = kind {
        let numbered = (1..).zip(items).filter(|(number, _)| item(minutes, *number).is_none());
        return numbered
            .map(|(number, title)| Entry { id: fresh(), heard: None, what: point(number, title) })
            .collect();
    }
    let Some(what) = stated(kind) else { return vec![] };
    let there = minutes.entries.iter().filter(|entry| entry.what.is_like(&what));
    if there.filter_map(|entry| entry.heard).any(|other| is_same_sound(other, heard, clock)) {
        return vec![];
    }
    // A point that was read with the order of the day gets its place when it is dealt with.
    let waiting = match &what {
        What::Item(new) => item(minutes, new.number).filter(|entry| entry.heard.is_none()),
        _ => None,
    };
    vec![match waiting {
        Some(entry) => Entry { heard: Some(heard), ..entry.clone() },
        None => Entry { id: fresh(), heard: Some(heard), what },
    }]
}

fn stated(kind: &Kind) -> Option<What> {
    Some(match kind.clone() {
        Kind::Quorum { holds, count } => What::Quorum { holds, count },
        Kind::Item { number, title } => point(number, &title),
        Kind::Motion { by, about } => What::Motion { by: by.into_iter().collect(), text: about },
        Kind::Vote(vote) => What::Vote(vote),
        Kind::Constancia { by } => What::Constancia { by: by.unwrap_or_default() },
        Kind::Recess { .. } => What::Recess { reason: String::new(), lasted_ms: None },
        Kind::NextSession { date, time } => {
            What::NextSession { date: date.unwrap_or_default(), time: time.unwrap_or_default(), place: String::new() }
        }
        Kind::Opening { .. }
        | Kind::Adjournment { .. }
        | Kind::RollCall { .. }
        | Kind::Arrival { .. }
        | Kind::Departure { .. }
        | Kind::Agenda { .. }
        | Kind::Floor { .. } => return None,
    })
}

fn point(number: u32, title: &str) -> What {
    What::Item(Item { number, title: capital(title), business: Business::told_by(title) })
}

fn item(minutes: &Minutes, number: u32) -> Option<&Entry> {
    minutes.entries.iter().find(|entry| matches!(&entry.what, What::Item(item) if item.number == number))
}

/// Whether two stretches have at least half of the shorter one in common: a vote that follows another at once
/// touches it, and is another vote.
fn is_same_sound(one: Stretch, other: Stretch, clock: &Clock) -> bool {
    let in_session = |stretch: Stretch| (clock.session_ms(stretch.from), clock.session_ms(stretch.to));
    let ((one_from, one_to), (other_from, other_to)) = (in_session(one), in_session(other));
    let shorter_ms = one_to.saturating_sub(one_from).min(other_to.saturating_sub(other_from));
    let shared_ms = one_to.min(other_to).checked_sub(one_from.max(other_from));
    shared_ms.is_some_and(|shared_ms| 2 * shared_ms >= shorter_ms)
}

impl What {
    /// Whether both state the same kind of thing, and for points of the order of the day the same one.
    fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Item(one), Self::Item(other)) => one.number == other.number,
            _ => self.kind() == other.kind(),
        }
    }
}
