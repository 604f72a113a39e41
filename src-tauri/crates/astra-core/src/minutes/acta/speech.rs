//! What was said in a turn, as the kind of acta wants it.

use std::ops::Range;

use super::writing::{Writing, given, paragraph, plain};
use super::{Kind, Summary};
use crate::export::page::{Block, Run, Style as Look};
use crate::export::{clock, length};
use crate::minutes::cleaning::clean;
use crate::minutes::extracts::{self, Reason, extracts};
use crate::minutes::masks::{Secret, hide};
use crate::minutes::turns::{Clock, Turn};
use crate::minutes::{Entry, Moment, Stretch, What};
use crate::transcript::{Mark, Utterance};

/// How many words a paragraph has before it ends with the next sentence, and before it ends anyway: «short
/// paragraphs» of GTC 185, and speech without full stops.
const PARAGRAPH: usize = 90;
const LONGEST_PARAGRAPH: usize = 180;

/// A turn of so many words stands in one line with the name: «presente», «aprobado, señor presidente».
const ONE_LINE: usize = 8;

/// A turn below this many words, none of which is worth an extract («presente», «gracias, presidente»), is no
/// matter for succinct minutes.
const WORTH_SUMMING_UP: usize = 12;

/// A piece of a paragraph.
enum Piece {
    /// Words, and where among them cleaning may not go, in bytes.
    Said { text: String, untouched: Vec<Range<usize>> },
    /// Something that stands for words.
    Mark(String),
}

/// What of a turn stands in the acta.
pub(super) enum Said {
    /// These paragraphs.
    Paragraphs(Vec<String>),
    /// What the secretary has still to write.
    Pending,
    /// Nothing.
    Nothing,
}

impl Writing<'_> {
    /// A turn as blocks.
    pub(super) fn turn(&self, turn: &Turn<'_>) -> Vec<Block> {
        match self.said(turn) {
            Said::Nothing => vec![],
            Said::Pending => {
                self.draft.set(true);
                let pending = Run::bold(self.say("pending", &[]));
                [self.lead_in(turn), vec![paragraph(Look::Speech, vec![pending])]].concat()
            }
            Said::Paragraphs(paragraphs) if self.kind == Kind::Literal => self.literal(turn, &paragraphs),
            Said::Paragraphs(paragraphs) => {
                let paragraphs = paragraphs.into_iter().map(|text| plain(Look::Speech, text)).collect();
                [self.lead_in(turn), paragraphs].concat()
            }
        }
    }

    /// What of a turn stands in this kind of acta.
    pub(super) fn said(&self, turn: &Turn<'_>) -> Said {
        match self.kind {
            Kind::Literal => {
                let groups = paragraphs(&turn.utterances).into_iter();
                Said::Paragraphs(groups.map(|group| self.joined(&self.pieces(group), true)).collect())
            }
            Kind::Succinct => self.summed_up(turn),
            Kind::Decisions => Said::Nothing,
        }
    }

    /// What was said in a stretch, word for word, in paragraphs: a *constancia*.
    pub(super) fn word_for_word(&self, stretch: Stretch) -> Vec<String> {
        let within: Vec<Utterance> = self.material.utterances.iter().filter_map(|one| self.cut(one, stretch)).collect();
        let within: Vec<&Utterance> = within.iter().collect();
        paragraphs(&within).into_iter().map(|group| self.joined(&self.pieces(group), false)).collect()
    }

    fn literal(&self, turn: &Turn<'_>, paragraphs: &[String]) -> Vec<Block> {
        let words: usize = turn.utterances.iter().map(|utterance| utterance.words.len()).sum();
        let last = paragraphs.len().saturating_sub(1);
        let mut quoted = paragraphs.iter().enumerate().map(|(index, text)| match self.is_quoted() {
            true => self.style.wording.quoted_part(text, index == 0, index == last),
            false => text.clone(),
        });
        if words <= ONE_LINE && last == 0 && self.anybody && !self.style.time_codes {
            let text = Run::plain(quoted.next().unwrap_or_default());
            let runs = self.named_in_line(turn.speaker).into_iter().chain([text]);
            return vec![paragraph(Look::Speech, runs.collect())];
        }
        [self.lead_in(turn), quoted.map(|text| plain(Look::Speech, text)).collect()].concat()
    }

    fn summed_up(&self, turn: &Turn<'_>) -> Said {
        let said: Vec<&Summary> =
            self.material.summaries.iter().filter(|summary| self.is_of(summary.heard.from, turn)).collect();
        if said.is_empty() {
            let asks = asks_for_words(turn, self.material.entries(), &self.clock);
            return if asks { Said::Pending } else { Said::Nothing };
        }
        if said.iter().any(|summary| !summary.confirmed) {
            self.draft.set(true);
        }
        let text = turn.utterances.iter().map(|utterance| utterance.text()).collect::<Vec<_>>().join(" ");
        let sentences: Vec<String> = said.iter().filter_map(|summary| self.sentence(summary, &text)).collect();
        if sentences.is_empty() { Said::Nothing } else { Said::Paragraphs(vec![sentences.join(" ")]) }
    }

    /// Whether a moment belongs to a turn. The end of one is often the beginning of the next, to which it belongs
    /// then: what was said there may be reserved.
    fn is_of(&self, moment: Moment, turn: &Turn<'_>) -> bool {
        let utterances = &self.material.utterances;
        let begun = utterances.partition_point(|utterance| self.clock.heard(utterance).from <= moment);
        let heard = |utterance: &&Utterance| !utterance.words.is_empty() || utterance.mark.is_some();
        let last = utterances[..begun].iter().rev().find(heard);
        turn.heard.holds(moment)
            && last.is_some_and(|last| turn.utterances.iter().any(|utterance| std::ptr::eq(*utterance, last)))
    }

    /// A sentence of the secretary's; in quotation marks when it is what was said.
    fn sentence(&self, summary: &Summary, said: &str) -> Option<String> {
        let text = given(&summary.text)?;
        if !said.contains(&text) {
            return Some(text);
        }
        let (text, untouched) = without(&text, &[], self.secrets());
        let clean = self.cleaned(&text, &untouched);
        Some(if self.style.quoted { self.style.wording.quoted(&clean) } else { clean })
    }

    fn lead_in(&self, turn: &Turn<'_>) -> Vec<Block> {
        let at = clock(self.clock.session_ms(turn.heard.from));
        let runs = self.introduced(turn.speaker, &at);
        if runs.is_empty() { vec![] } else { vec![paragraph(Look::LeadIn, runs)] }
    }

    /// Whether turns stand in quotation marks: not when nobody is named before them.
    fn is_quoted(&self) -> bool {
        self.style.quoted && self.anybody
    }

    /// The utterances of a paragraph as pieces.
    fn pieces(&self, utterances: &[&Utterance]) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        for utterance in utterances {
            if utterance.mark == Some(Mark::Inaudible) {
                pieces.push(Piece::Mark(self.say("inaudible", &[])));
                continue;
            }
            if utterance.words.is_empty() {
                let lasts = length(utterance.end_ms.saturating_sub(utterance.start_ms));
                pieces.push(Piece::Mark(self.say("gap", &[("length", &lasts)])));
                continue;
            }
            let constancias = self.constancias(utterance);
            if !matches!(pieces.last(), Some(Piece::Said { .. })) {
                pieces.push(Piece::Said { text: String::new(), untouched: vec![] });
            }
            let Some(Piece::Said { text, untouched }) = pieces.last_mut() else { continue };
            for (at, word) in utterance.words.iter().enumerate() {
                let Some(word) = given(&word.text) else { continue };
                if !text.is_empty() {
                    text.push(' ');
                }
                let start = text.len();
                text.push_str(&word);
                if constancias.contains(&at) {
                    untouched.push(start..text.len());
                }
            }
        }
        pieces
    }

    /// The words of an utterance that somebody wanted on the record, which no rule may touch.
    fn constancias(&self, utterance: &Utterance) -> Vec<usize> {
        let entries = self.material.entries().iter();
        let wanted: Vec<Stretch> = entries
            .filter(|entry| matches!(entry.what, What::Constancia { .. }))
            .filter_map(|entry| entry.heard)
            .collect();
        let within = |at: &usize| wanted.iter().any(|stretch| self.is_word_in(utterance, *at, *stretch));
        (0..utterance.words.len()).filter(within).collect()
    }

    fn is_word_in(&self, utterance: &Utterance, at: usize, stretch: Stretch) -> bool {
        let word = &utterance.words[at];
        let alone = Utterance::heard(utterance.recording, word.start_ms, word.end_ms, vec![]);
        stretch.holds(self.clock.heard(&alone).middle())
    }

    /// What of an utterance lies in a stretch.
    fn cut(&self, utterance: &Utterance, stretch: Stretch) -> Option<Utterance> {
        if !self.is_complete() && utterance.mark == Some(Mark::Reserved) {
            return None;
        }
        let heard = self.clock.heard(utterance);
        let words = (0..utterance.words.len()).filter(|&at| self.is_word_in(utterance, at, stretch));
        let words: Vec<_> = words.map(|at| utterance.words[at].clone()).collect();
        let silent = utterance.words.is_empty() && stretch.holds(heard.middle());
        let silent = silent && (utterance.mark.is_some() || !(utterance.faults.is_empty() || utterance.touched));
        (silent || !words.is_empty()).then(|| Utterance { words, ..utterance.clone() })
    }

    /// The text of a paragraph, cleaned or word for word; in the public copy without personal data.
    fn joined(&self, pieces: &[Piece], cleaned: bool) -> String {
        let texts = pieces.iter().map(|piece| match piece {
            Piece::Mark(mark) => mark.clone(),
            Piece::Said { text, untouched } => {
                // Personal data go first: cleaning could take a word out of their midst.
                let (text, untouched) = without(text, untouched, self.secrets());
                if cleaned { self.cleaned(&text, &untouched) } else { text }
            }
        });
        texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// What this copy does without.
    fn secrets(&self) -> &[Secret] {
        if self.is_complete() { &[] } else { &self.material.masks }
    }

    fn cleaned(&self, text: &str, untouched: &[Range<usize>]) -> String {
        clean(text, &self.style.cleaning, untouched).text
    }
}

/// The utterances in groups that make a paragraph each.
fn paragraphs<'a, 'b>(utterances: &'a [&'b Utterance]) -> Vec<&'a [&'b Utterance]> {
    let mut groups = Vec::new();
    let (mut start, mut words) = (0, 0);
    for (index, utterance) in utterances.iter().enumerate() {
        words += utterance.words.len();
        let ends = utterance.words.last().is_some_and(|word| word.text.ends_with(['.', '?', '!', '…']));
        if (words >= PARAGRAPH && ends) || words >= LONGEST_PARAGRAPH {
            groups.push(&utterances[start..=index]);
            (start, words) = (index + 1, 0);
        }
    }
    if start < utterances.len() {
        groups.push(&utterances[start..]);
    }
    groups
}

/// A text without secrets, and where cleaning may not go in it: where it might not before, and the replacements.
fn without(text: &str, untouched: &[Range<usize>], secrets: &[Secret]) -> (String, Vec<Range<usize>>) {
    let hidden = hide(text, secrets);
    if hidden.is_empty() {
        return (text.to_owned(), untouched.to_vec());
    }
    let mut out = String::with_capacity(text.len());
    let mut kept = Vec::new();
    let mut reached = 0;
    for (place, replacement) in hidden {
        keep(text, reached..place.start, untouched, &mut out, &mut kept);
        kept.push(out.len()..out.len() + replacement.len());
        out.push_str(replacement);
        reached = place.end;
    }
    keep(text, reached..text.len(), untouched, &mut out, &mut kept);
    (out, kept)
}

/// Copies a part of a text, and with it what is untouched in it.
fn keep(text: &str, part: Range<usize>, untouched: &[Range<usize>], out: &mut String, kept: &mut Vec<Range<usize>>) {
    let at = out.len();
    let inside = untouched.iter().map(|range| range.start.max(part.start)..range.end.min(part.end));
    kept.extend(
        inside
            .filter(|range| range.start < range.end)
            .map(|range| at + range.start - part.start..at + range.end - part.start),
    );
    out.push_str(&text[part]);
}

/// Whether a turn that nobody summed up asks for it. What an entry states is not told twice.
pub(in crate::minutes) fn asks_for_words(turn: &Turn<'_>, entries: &[Entry], clock: &Clock) -> bool {
    let untold = turn.utterances.iter().filter(|utterance| !is_stated(utterance, entries, clock));
    let untold = untold.map(|utterance| utterance.text()).collect::<Vec<_>>().join(" ");
    let turn = extracts::Turn { text: &untold, start_ms: 0, times: &[] };
    let weighty = |extract: &extracts::Extract| extract.reasons.iter().any(|reason| *reason != Reason::Courtesy);
    untold.split_whitespace().count() >= WORTH_SUMMING_UP || extracts(&turn).iter().any(weighty)
}

/// Whether an utterance is the sound of an entry: the vote that was announced, the letter that was read.
fn is_stated(utterance: &Utterance, entries: &[Entry], clock: &Clock) -> bool {
    let middle = clock.heard(utterance).middle();
    let mut entries = entries.iter();
    entries.any(|entry| !matches!(entry.what, What::Item(_)) && entry.heard.is_some_and(|it| it.holds(middle)))
}
