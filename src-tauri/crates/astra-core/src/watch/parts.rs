//! Which recordings of a folder belong together: what goes on without a gap, what follows after a
//! pause that somebody has to explain, what was recorded at once with several microphones.
//!
//! Clocks of recorders are often unset and cards keep local time in steps of two seconds, so times are
//! only compared where they come from the same kind of clock and do not contradict each other. Where
//! they do, the names count, and that is said.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::stamps::{Series, stamp};
use crate::intake::order::natural;

/// A recording as far as it can be placed without hearing it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Where it lies. No two pieces have the same path.
    pub path: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// How long it is, in milliseconds.
    pub duration_ms: Option<u64>,
    /// When it began by its container, in milliseconds since 1970.
    pub started_at_ms: Option<i64>,
    /// When it was last written, which is when it ended unless it was copied, in milliseconds since 1970.
    pub modified_ms: Option<i64>,
}

/// How a piece stands to the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// It has nothing to do with it.
    Apart,
    /// It goes on where that one ends.
    Goes,
    /// It begins this many milliseconds after that one ends: a recess, or another session.
    After(u64),
    /// It is the next by its name, and no clock says whether it goes on.
    Named,
    /// It was recorded at the same time: another microphone.
    Beside,
}

/// A piece in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Which piece, by its position in what was given.
    pub piece: usize,
    /// How it stands to the one before it that was not recorded at the same time as another.
    pub link: Link,
    /// Whether it was placed by its name because its clock cannot be right.
    pub doubted: bool,
}

/// A gap up to this joins by itself, in milliseconds.
const JOINS_MS: i64 = 5_000;

/// FAT keeps the time of writing in steps of two seconds.
const FAT_STEP_MS: i64 = 2_000;

/// A gap beyond this is no recess, in milliseconds: lunch is shorter.
const RECESS_MS: i64 = 3 * 3_600_000;

/// Microphones of one recorder start and stop together but for this, in milliseconds.
const TOGETHER_MS: i64 = 2_000;

/// Nobody recorded before 2000-01-01; clocks that were never set say 1970, 1980 or 1904.
const EARLIEST_MS: i64 = 946_684_800_000;

/// Time zones make a recording of this evening one of tomorrow.
const AHEAD_MS: i64 = 86_400_000;

/// Recorders split after a round number of minutes, here in milliseconds, but for a moment.
const ROUND_MS: u64 = 300_000;
const MOMENT_MS: u64 = 3_000;

/// Where file systems and recorders split by size: 1 GiB, 2 GiB, 4 GiB.
const FULL_BYTES: [u64; 3] = [1 << 30, 2 << 30, 4 << 30];

/// Kinds of clocks, the better first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Clock {
    Container,
    Name,
    File,
}

/// Puts pieces in order and says how each stands to the one before it, folder by folder. The outcome
/// does not depend on the order in which they are given.
pub fn arrange(pieces: &[Piece], now_ms: i64) -> Vec<Placed> {
    let mut folders: BTreeMap<&Path, Vec<usize>> = BTreeMap::new();
    for (index, piece) in pieces.iter().enumerate() {
        folders.entry(piece.path.parent().unwrap_or(Path::new(""))).or_default().push(index);
    }
    folders.values().flat_map(|folder| arrange_folder(pieces, folder, now_ms)).collect()
}

fn arrange_folder(pieces: &[Piece], folder: &[usize], now_ms: i64) -> Vec<Placed> {
    let mut clocks: BTreeMap<Clock, Vec<(i64, usize)>> = BTreeMap::new();
    let mut named: Vec<(usize, bool)> = Vec::new();
    for &index in folder {
        match began(&pieces[index], now_ms) {
            Some((clock, at_ms)) => clocks.entry(clock).or_default().push((at_ms, index)),
            None => named.push((index, true)),
        }
    }
    let mut placed = Vec::with_capacity(folder.len());
    for (clock, mut timed) in clocks {
        timed.sort_by(|one, other| one.0.cmp(&other.0).then_with(|| by_name(pieces, one.1, other.1)));
        let wrong = contradicting(pieces, &timed);
        named.extend(timed.iter().filter(|(_, index)| wrong.contains(index)).map(|(_, index)| (*index, true)));
        timed.retain(|(_, index)| !wrong.contains(index));
        placed.extend(by_time(pieces, clock, &timed));
    }
    named.sort_by(|one, other| by_name(pieces, one.0, other.0));
    placed.extend(by_names(pieces, &named));
    placed
}

/// When a piece began, by the best of its clocks that may be right.
fn began(piece: &Piece, now_ms: i64) -> Option<(Clock, i64)> {
    let believable = |at_ms: &i64| (EARLIEST_MS..now_ms.saturating_add(AHEAD_MS)).contains(at_ms);
    let ended = piece.modified_ms.filter(believable);
    let by_file = ended.zip(piece.duration_ms).and_then(|(at_ms, length)| at_ms.checked_sub_unsigned(length));
    let clocks = [(Clock::Container, piece.started_at_ms), (Clock::Name, stamp(&piece.path)), (Clock::File, by_file)];
    clocks.into_iter().find_map(|(clock, at_ms)| Some((clock, at_ms.filter(believable)?)))
}

/// The pieces of which one would have begun before the one before it ended, which one recorder cannot do.
fn contradicting(pieces: &[Piece], timed: &[(i64, usize)]) -> BTreeSet<usize> {
    let mut wrong = BTreeSet::new();
    let mut leader: Option<(i64, usize)> = None;
    for &(at_ms, index) in timed {
        if let Some((led_ms, led)) = leader {
            if are_together(pieces, (led_ms, led), (at_ms, index)) {
                continue;
            }
            if gap_ms(pieces, (led_ms, led), at_ms).is_some_and(|gap| gap < -JOINS_MS - FAT_STEP_MS) {
                wrong.extend([led, index]);
            }
        }
        leader = Some((at_ms, index));
    }
    wrong
}

fn by_time(pieces: &[Piece], clock: Clock, timed: &[(i64, usize)]) -> Vec<Placed> {
    let mut leader: Option<(i64, usize)> = None;
    let mut placed = Vec::with_capacity(timed.len());
    for &(at_ms, index) in timed {
        let link = leader.map_or(Link::Apart, |led| {
            if are_together(pieces, led, (at_ms, index)) {
                return Link::Beside;
            }
            let in_steps = clock == Clock::File && [led.1, index].iter().all(|one| is_in_steps(&pieces[*one]));
            let joins_ms = JOINS_MS + if in_steps { FAT_STEP_MS } else { 0 };
            match gap_ms(pieces, led, at_ms) {
                Some(gap) if gap.abs() <= joins_ms => Link::Goes,
                Some(gap) if gap > 0 && gap <= RECESS_MS => Link::After(gap as u64),
                _ => Link::Apart,
            }
        });
        if link != Link::Beside {
            leader = Some((at_ms, index));
        }
        placed.push(Placed { piece: index, link, doubted: false });
    }
    placed
}

fn by_names(pieces: &[Piece], named: &[(usize, bool)]) -> Vec<Placed> {
    let mut before: Option<usize> = None;
    let mut placed = Vec::with_capacity(named.len());
    for &(index, doubted) in named {
        let series = |index: usize| Series::of(&pieces[index].path);
        let follows = before.and_then(series).zip(series(index)).is_some_and(|(one, next)| one.is_followed_by(&next));
        let link = match before {
            Some(earlier) if follows && is_full(&pieces[earlier], &pieces[index]) => Link::Goes,
            Some(_) if follows => Link::Named,
            _ => Link::Apart,
        };
        placed.push(Placed { piece: index, link, doubted });
        before = Some(index);
    }
    placed
}

/// From the end of one piece to the beginning of the next, in milliseconds.
fn gap_ms(pieces: &[Piece], (led_ms, led): (i64, usize), at_ms: i64) -> Option<i64> {
    at_ms.checked_sub(led_ms.checked_add_unsigned(pieces[led].duration_ms?)?)
}

fn are_together(pieces: &[Piece], one: (i64, usize), other: (i64, usize)) -> bool {
    let lengths = pieces[one.1].duration_ms.zip(pieces[other.1].duration_ms);
    let alike = lengths.is_some_and(|(one, other)| one.abs_diff(other) <= TOGETHER_MS as u64 && one.min(other) > 0);
    // A piece that is as short as the tolerance would be beside whatever follows it.
    let long = lengths.is_some_and(|(one, other)| one.min(other) > 2 * TOGETHER_MS as u64);
    (other.0 - one.0).abs() <= TOGETHER_MS && alike && long
}

/// Whether a clock of two-second steps may have written the time.
fn is_in_steps(piece: &Piece) -> bool {
    piece.modified_ms.is_some_and(|at_ms| at_ms % FAT_STEP_MS == 0)
}

/// Whether a piece ended because it was full: the next of its series goes on then.
fn is_full(piece: &Piece, next: &Piece) -> bool {
    let by_size = FULL_BYTES.iter().any(|full| piece.bytes <= *full && full - piece.bytes < full / 100);
    let by_length = piece.duration_ms.zip(next.duration_ms).is_some_and(|(length, next)| {
        let beyond = length % ROUND_MS;
        length >= ROUND_MS - MOMENT_MS && beyond.min(ROUND_MS - beyond) <= MOMENT_MS && next <= length + MOMENT_MS
    });
    by_size || by_length
}

fn by_name(pieces: &[Piece], one: usize, other: usize) -> std::cmp::Ordering {
    let name = |index: usize| pieces[index].path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    natural(&name(one), &name(other)).then_with(|| pieces[one].path.cmp(&pieces[other].path))
}

#[cfg(test)]
mod tests;
