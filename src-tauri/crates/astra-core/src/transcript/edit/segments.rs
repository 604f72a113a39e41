//! Edits of segments: their text, their edges, which there are.

use super::stage::{Stage, opening};
use super::{Altered, Refusal};
use crate::id::SegmentId;
use crate::transcript::find::Pattern;
use crate::transcript::respelling::kept;
use crate::transcript::times::{carry_over, share_out};
use crate::transcript::{Mark, Query, Reheard, Respelling, Segment};

impl Stage<'_> {
    pub(super) fn delete(&mut self, ids: &[SegmentId]) -> Result<String, Refusal> {
        for id in ids {
            let before = Some(self.segment(*id)?.clone());
            self.segments.push(Altered { before, after: None });
        }
        Ok(ids.first().and_then(|id| self.segment(*id).ok()).map(|first| opening(&first.text)).unwrap_or_default())
    }

    pub(super) fn retext(&mut self, id: SegmentId, text: &str) -> Result<String, Refusal> {
        let before = self.segment(id)?.clone();
        let after = with_text(&before, text);
        if after.text == before.text {
            return Err(Refusal::NothingToDo);
        }
        let words = opening(&after.text);
        self.change(&before, after);
        Ok(words)
    }

    pub(super) fn put_back(&mut self, id: SegmentId, word: u32) -> Result<String, Refusal> {
        let before = self.segment(id)?.clone();
        let mut after = before.clone();
        if !after.put_back(word) {
            return Err(Refusal::NothingToDo);
        }
        let heard = before.respelled.iter().find(|one| one.at == word).map(|one| opening(&one.heard));
        self.change(&before, after);
        Ok(heard.unwrap_or_default())
    }

    /// What was changed or taken out since it was listened to stays as it is.
    pub(super) fn rehear(&mut self, passages: &[Reheard], model: &str) -> String {
        for Reheard { segment, instead_of } in passages {
            let Ok(before) = self.segment(segment.id) else { continue };
            if before.text == *instead_of {
                let Segment { part, start_ms, end_ms, speaker, mark, .. } = before.clone();
                let after = Segment { part, start_ms, end_ms, speaker, mark, ..segment.clone() };
                self.segments.push(Altered { before: Some(before.clone()), after: Some(after) });
            }
        }
        model.to_owned()
    }

    pub(super) fn split(&mut self, id: SegmentId, at: u32, fresh: SegmentId) -> Result<String, Refusal> {
        let before = self.segment(id)?.clone();
        let at = byte_of(&before.text, at);
        let (left, right) = (before.text[..at].trim_end(), before.text[at..].trim_start());
        if left.is_empty() || right.is_empty() {
            return Err(Refusal::NothingToSplit);
        }
        let (left_count, right_count) = (left.split_whitespace().count(), right.split_whitespace().count());
        let mut times = before.times.clone();
        if left_count + right_count > before.word_count() {
            // The place is within a word, which becomes two.
            let word = left_count - 1;
            let (start, end) = (times[word * 2], times[word * 2 + 1]);
            let halves = [left.split_whitespace().last(), right.split_whitespace().next()];
            let halves: Vec<&str> = halves.into_iter().flatten().collect();
            let mut shared = Vec::new();
            share_out(&halves, start, end, &mut shared);
            times.splice(word * 2..word * 2 + 2, shared);
        }
        let border = left_count * 2;
        // The later half starts later, whatever the engine said: the order of segments is theirs.
        let from = times[border].max(1);
        let unsure = |first: usize, count: usize| -> Vec<u32> {
            let place = |at: &u32| (*at as usize).checked_sub(first).filter(|at| *at < count).map(|at| at as u32);
            before.unsure.iter().filter_map(place).collect()
        };
        // One that the border runs through is none any more.
        let respelled = |first: usize, count: usize| -> Vec<Respelling> {
            let inside = |one: &&Respelling| one.words().start >= first && one.words().end <= first + count;
            let moved = |one: &Respelling| Respelling { at: one.at - first as u32, ..one.clone() };
            before.respelled.iter().filter(inside).map(moved).collect()
        };
        let later = Segment {
            id: fresh,
            start_ms: before.start_ms + from,
            end_ms: before.end_ms.max(before.start_ms + from),
            text: right.to_owned(),
            times: times[border..].iter().map(|ms| ms.saturating_sub(from)).collect(),
            unsure: unsure(left_count, right_count),
            respelled: respelled(left_count, right_count),
            touched: true,
            doubtful: false,
            ..before.clone()
        };
        let earlier = Segment {
            end_ms: before.start_ms + times[border - 1].min(from),
            text: left.to_owned(),
            times: times[..border].to_vec(),
            unsure: unsure(0, left_count),
            respelled: respelled(0, left_count),
            ..before.clone()
        };
        let words = opening(right);
        self.change(&before, earlier);
        self.segments.push(Altered { before: None, after: Some(later) });
        Ok(words)
    }

    pub(super) fn merge(&mut self, id: SegmentId) -> Result<String, Refusal> {
        let at = self.position(id)?;
        let later = self.scene.segments[at].clone();
        let earlier = at.checked_sub(1).map(|before| self.scene.segments[before].clone());
        let earlier = earlier.filter(|earlier| earlier.part == later.part).ok_or(Refusal::NothingBefore)?;
        let shift = later.start_ms.saturating_sub(earlier.start_ms);
        let count = earlier.word_count() as u32;
        let mut merged = earlier.clone();
        merged.end_ms = earlier.end_ms.max(later.end_ms);
        merged.text = [earlier.text.as_str(), &later.text].map(str::trim).join(" ").trim().to_owned();
        merged.times.extend(later.times.iter().map(|ms| ms + shift));
        merged.unsure.extend(later.unsure.iter().map(|at| at + count));
        let moved = |one: &Respelling| Respelling { at: one.at + count, ..one.clone() };
        merged.respelled.extend(later.respelled.iter().map(moved));
        merged.faults.extend(later.faults.iter().filter(|fault| !earlier.faults.contains(fault)));
        merged.speaker = earlier.speaker.or(later.speaker);
        merged.mark = match (earlier.mark, later.mark) {
            (Some(Mark::Reserved), _) | (_, Some(Mark::Reserved)) => Some(Mark::Reserved),
            // Words of one side must not be called inaudible because of the other.
            (Some(mark), Some(_)) => Some(mark),
            _ => None,
        };
        let words = opening(&merged.text);
        self.change(&earlier, merged);
        self.segments.push(Altered { before: Some(later), after: None });
        Ok(words)
    }

    pub(super) fn retime(&mut self, id: SegmentId, start_ms: u64, end_ms: u64) -> Result<String, Refusal> {
        let at = self.position(id)?;
        let before = self.scene.segments[at].clone();
        let same_part = |other: &&Segment| other.part == before.part;
        let previous = at.checked_sub(1).map(|at| &self.scene.segments[at]).filter(same_part);
        let next = self.scene.segments.get(at + 1).filter(same_part);
        // Edges that already overlap may stay where they are.
        let floor = previous.map_or(0, |previous| previous.end_ms.min(before.start_ms));
        let ceiling = next.map_or(u64::MAX, |next| next.start_ms.max(before.end_ms));
        let (start_ms, end_ms) = (start_ms.max(floor), end_ms.min(ceiling));
        if start_ms >= end_ms {
            return Err(Refusal::NoRoom);
        }
        let (old, new) = (before.end_ms.saturating_sub(before.start_ms).max(1), end_ms - start_ms);
        let scaled = |ms: &u64| (u128::from(*ms) * u128::from(new) / u128::from(old)) as u64;
        let times = before.times.iter().map(scaled).collect();
        // Moving an edge says nothing about the words, so a doubtful passage stays doubtful.
        let after = Segment { start_ms, end_ms, times, touched: true, ..before.clone() };
        let words = opening(&before.text);
        self.segments.push(Altered { before: Some(before), after: Some(after) });
        Ok(words)
    }

    pub(super) fn replace(&mut self, query: &Query, with: &str, skip: &[u32]) -> Result<String, Refusal> {
        let pattern = Pattern::new(query).map_err(|reason| Refusal::Pattern { reason })?;
        let pattern = pattern.ok_or(Refusal::NothingToDo)?;
        let mut number = 0;
        for before in self.scene.segments.iter().filter(|segment| pattern.speaks(segment)) {
            let text = pattern.replace(&before.text, with, || {
                number += 1;
                !skip.contains(&(number - 1))
            });
            if text != before.text {
                let after = with_text(before, &text);
                // The rest of a doubtful passage is no more certain than it was.
                let after = Segment { touched: true, ..after };
                self.segments.push(Altered { before: Some(before.clone()), after: Some(after) });
            }
        }
        Ok(query.text.clone())
    }
}

/// A segment with another text; words that stay keep their times.
fn with_text(before: &Segment, text: &str) -> Segment {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let old: Vec<&str> = before.text.split_whitespace().collect();
    let new: Vec<&str> = text.split_whitespace().collect();
    let (times, origins) = carry_over(&old, &before.times, &new, before.end_ms.saturating_sub(before.start_ms));
    let was_unsure = |origin: &Option<usize>| origin.is_some_and(|at| before.unsure.contains(&(at as u32)));
    let unsure = (0_u32..).zip(&origins).filter(|(_, origin)| was_unsure(origin)).map(|(at, _)| at).collect();
    let respelled = kept(before, &new, &origins);
    Segment { text, times, unsure, respelled, ..before.clone() }
}

/// The byte at a distance in UTF-16 units; within a letter of two units, the letter's start.
fn byte_of(text: &str, units: u32) -> usize {
    let mut reached = 0;
    for (at, letter) in text.char_indices() {
        reached += letter.len_utf16() as u32;
        if reached > units {
            return at;
        }
    }
    text.len()
}
