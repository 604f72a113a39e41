//! What the minutes state between the turns: the quorum, earlier minutes, motions, bills, letters,
//! recesses, what somebody wanted on the record.

use super::writing::{BLANK, Writing, given, paragraph, plain};
use super::{Entry, Kind, What};
use crate::export::page::{Block, Run, Style as Look, Table};
use crate::export::times::length;
use crate::minutes::Bill;

impl Writing<'_> {
    /// An entry as blocks, where it stands among the turns.
    pub(super) fn entry(&self, entry: &Entry) -> Vec<Block> {
        match &entry.what {
            What::Quorum { holds, count } => vec![self.quorum(*holds, *count)],
            What::EarlierMinutes { number, observations } => self.earlier_minutes(number, observations),
            What::Motion { by, text } => self.motion(by, text),
            What::Bill(bill) => vec![self.bill(bill)],
            What::Vote(vote) => self.vote(vote),
            What::Summary { .. } => vec![],
            What::Constancia { by } => self.constancia(entry, by),
            What::Recess { reason, lasted_ms } => vec![self.recess(reason, *lasted_ms)],
            What::Communication { reference, date, from, to, subject } => {
                vec![self.communication(reference, date, from, to, subject)]
            }
            // What it says of the sound, the marks of the passages say.
            What::Reserved { .. } => vec![],
            // They have sections of their own.
            What::Item(_) | What::Task { .. } | What::Annex { .. } | What::NextSession { .. } => vec![],
        }
    }

    fn quorum(&self, holds: bool, count: Option<u32>) -> Block {
        let word = self.style.wording.quorum();
        let number = count.map(|count| self.count(count)).unwrap_or_default();
        let key = match (holds, count) {
            (true, None) => "quorum.holds",
            (true, Some(1)) => "quorum.holds_one",
            (true, Some(_)) => "quorum.holds_count",
            (false, None) => "quorum.fails",
            (false, Some(1)) => "quorum.fails_one",
            (false, Some(_)) => "quorum.fails_count",
        };
        plain(Look::Normal, self.say(key, &[("quorum", word), ("count", &number)]))
    }

    fn earlier_minutes(&self, number: &str, observations: &str) -> Vec<Block> {
        let number = given(number).unwrap_or_else(|| BLANK.to_owned());
        let said = plain(Look::Normal, self.say("earlier_minutes", &[("number", &number)]));
        let observed =
            given(observations).map(|text| plain(Look::Normal, self.say("observations", &[("text", &text)])));
        std::iter::once(said).chain(observed).collect()
    }

    fn motion(&self, by: &[String], text: &str) -> Vec<Block> {
        let movers = self.of_people(by);
        let text = lines(text);
        let key = match (movers.is_empty(), text.is_empty()) {
            (true, true) => return vec![],
            (false, true) => "motion.without_text",
            (true, false) => "motion.without_mover",
            (false, false) => "motion.whole",
        };
        let look = if text.is_empty() { Look::Normal } else { Look::LeadIn };
        let said = plain(look, self.say(key, &[("by", &movers)]));
        let text = (!text.is_empty()).then(|| plain(Look::Quote, self.style.wording.quoted(&text)));
        std::iter::once(said).chain(text).collect()
    }

    fn bill(&self, bill: &Bill) -> Block {
        let number = given(&bill.number).unwrap_or_else(|| BLANK.to_owned());
        let names = |names: &[String]| {
            let names: Vec<String> = names.iter().filter_map(|name| given(name)).collect();
            if names.is_empty() { BLANK.to_owned() } else { names.join("\n") }
        };
        let debate = match bill.debate {
            Some(1) => Some(self.say("bill.first", &[])),
            Some(2) => Some(self.say("bill.second", &[])),
            Some(other) => Some(other.to_string()),
            None => None,
        };
        let rows = [
            ("number", Some(number)),
            ("title", given(&bill.title)),
            ("authors", Some(names(&bill.authors))),
            ("rapporteurs", Some(names(&bill.rapporteurs))),
            ("debate", debate),
            ("first_debate", self.date(&bill.first_debate)),
        ];
        let rows = rows.into_iter().filter_map(|(key, value)| {
            let label = match (key, bill.authors.len(), bill.rapporteurs.len()) {
                ("authors", 0..=1, _) => "author",
                ("rapporteurs", _, 0..=1) => "rapporteur",
                _ => key,
            };
            let label = self.say(&format!("bill.{label}"), &[]);
            value.map(|value| vec![vec![Run::plain(label)], vec![Run::plain(value)]])
        });
        Block::Table(Table {
            head: vec![],
            rows: rows.collect(),
            widths: vec![28, 72],
            description: self.say("bill.description", &[]),
        })
    }

    fn constancia(&self, entry: &Entry, by: &str) -> Vec<Block> {
        let who = given(by).map(|name| self.of_people(&[name]));
        if self.kind == Kind::Literal {
            let key = if who.is_some() { "constancia.above_of" } else { "constancia.above" };
            return vec![plain(Look::Note, self.say(key, &[("who", &who.unwrap_or_default())]))];
        }
        let key = if who.is_some() { "constancia.of" } else { "constancia.nobody" };
        let said = entry.heard.map(|stretch| self.word_for_word(stretch)).unwrap_or_default();
        let said = if said.is_empty() { vec![BLANK.to_owned()] } else { said };
        let last = said.len() - 1;
        let said = said.iter().enumerate().map(|(index, text)| {
            let quoted = text != BLANK;
            let text = self.style.wording.quoted_part(text, quoted && index == 0, quoted && index == last);
            plain(Look::Quote, text)
        });
        let lead_in = plain(Look::LeadIn, self.say(key, &[("who", &who.unwrap_or_default())]));
        std::iter::once(lead_in).chain(said).collect()
    }

    fn recess(&self, reason: &str, lasted_ms: Option<u64>) -> Block {
        let (reason, length) = (given(reason), lasted_ms.map(length));
        let key = match (&reason, &length) {
            (Some(_), Some(_)) => "recess.of_because",
            (None, Some(_)) => "recess.of",
            (Some(_), None) => "recess.because",
            (None, None) => "recess.plain",
        };
        let fields = [("reason", reason.unwrap_or_default()), ("length", length.unwrap_or_default())];
        plain(Look::Normal, self.say(key, &fields.each_ref().map(|(name, value)| (*name, value.as_str()))))
    }

    fn communication(&self, reference: &str, date: &str, from: &str, to: &str, subject: &str) -> Block {
        let part = |key: &str, value: Option<String>| {
            value.map(|value| self.say(&format!("communication.{key}"), &[("value", &value)])).unwrap_or_default()
        };
        let parts = [
            part("reference", given(reference)),
            part("date", self.date(date)),
            part("from", given(from)),
            part("to", given(to)),
            part("subject", given(subject)),
        ];
        let said = parts.concat();
        let said = format!("{}.", said.strip_suffix('.').unwrap_or(&said));
        let runs = vec![Run::bold(self.say("communication.name", &[])), Run::plain(said)];
        paragraph(Look::Normal, runs)
    }
}

/// A text of the secretary's with its line breaks, without empty lines.
fn lines(text: &str) -> String {
    text.lines().filter_map(given).collect::<Vec<_>>().join("\n")
}
