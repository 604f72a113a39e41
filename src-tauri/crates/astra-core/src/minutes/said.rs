//! What was said, cut for the secretary to look at: figures with their place in the sound, turns in sentences
//! to pick from for the succinct minutes, and what may be personal data.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::acta::asks_for_words;
use super::extracts::{self, Reason, extracts};
use super::figures::{Value, figures};
use super::masks::{Confidence, Kind, Secret, suggest};
use super::turns::{Clock, Step, steps};
use super::wording::{Form, Wording};
use super::{Entry, Moment, RefusedProposal, Stretch};
use crate::transcript::{Mark, Utterance, Word};

/// A figure that was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct SaidFigure {
    /// The words that say it.
    pub said: String,
    /// What kind of figure.
    pub kind: FigureKind,
    /// As the council's minutes write it.
    pub written: String,
    /// Where it can be heard.
    pub heard: Stretch,
    /// Whether somebody changed or confirmed the passage it is in.
    pub confirmed: bool,
}

/// A kind of figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum FigureKind {
    /// A number without a unit.
    Number,
    /// A sum of money.
    Money,
    /// Parts of a hundred.
    Percentage,
    /// A law or article.
    Law,
    /// A time of the day.
    Hour,
    /// A day.
    Date,
}

/// What one person said in one go, in its sentences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct SaidTurn {
    /// Who, if somebody said so.
    pub speaker: Option<String>,
    /// From its first to its last word.
    pub heard: Stretch,
    /// Its sentences, in the order they were said.
    pub sentences: Vec<SaidSentence>,
    /// Whether the succinct minutes wait for words about it, as long as they have none.
    pub asks: bool,
}

/// A sentence of a turn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct SaidSentence {
    /// The sentence.
    pub text: String,
    /// Where it can be heard.
    pub heard: Stretch,
    /// Why it may matter, weightiest first.
    pub reasons: Vec<Reason>,
}

/// Something said, or typed into an entry, that may be personal data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct SaidSecret {
    /// The words.
    pub said: String,
    /// What it may be.
    pub kind: Kind,
    /// How sure that is.
    pub confidence: Confidence,
    /// What the public copy says in its place; nothing where a person must rephrase or reserve the passage.
    pub replacement: Option<String>,
    /// Where it can be heard; nothing for what was only typed, of which nobody knows where.
    pub heard: Option<Stretch>,
    /// What it is called when somebody says that it is no personal data.
    pub refusal: RefusedProposal,
    /// Whether somebody said so; the public copy shows it then.
    pub shown: bool,
}

/// Every figure that was said, in order.
pub fn said_figures(utterances: &[Utterance], clock: &Clock, wording: &Wording) -> Vec<SaidFigure> {
    let of_one = |utterance: &Utterance| {
        let text = utterance.text();
        let found = figures(&text).into_iter().map(|figure| SaidFigure {
            said: text[figure.range.clone()].to_owned(),
            kind: figure.value.into(),
            written: written(figure.value, wording).unwrap_or_else(|| text[figure.range.clone()].to_owned()),
            heard: stretch(utterance, &text, figure.range.start..figure.range.end, clock),
            confirmed: utterance.touched,
        });
        found.collect::<Vec<_>>()
    };
    utterances.iter().filter(|utterance| utterance.mark != Some(Mark::Inaudible)).flat_map(of_one).collect()
}

/// Every turn in its sentences.
pub fn said_turns(utterances: &[Utterance], entries: &[Entry], clock: &Clock) -> Vec<SaidTurn> {
    let turns = steps(utterances, entries, clock, true).into_iter().filter_map(|step| match step {
        Step::Turn(turn) => Some(turn),
        Step::Reserved | Step::Entry(_) => None,
    });
    let cut = turns.map(|turn| {
        let words: Vec<(usize, &Word)> = turn
            .utterances
            .iter()
            .filter(|utterance| utterance.mark != Some(Mark::Inaudible))
            .flat_map(|utterance| utterance.words.iter().map(|word| (utterance.recording, word)))
            .collect();
        let text = words.iter().map(|(_, word)| word.text.as_str()).collect::<Vec<_>>().join(" ");
        let times: Vec<_> = words.iter().map(|(_, word)| word.start_ms..word.end_ms).collect();
        let start_ms = times.first().map_or(0, |time| time.start);
        let mut found = extracts(&extracts::Turn { text: &text, start_ms, times: &times });
        found.sort_by_key(|extract| extract.range.start);
        let sentences = found.into_iter().filter_map(|extract| {
            let of = held(&text, &extract.range);
            let (first, last) = (words.get(of.start)?, words.get(of.end.checked_sub(1)?)?);
            let heard = |(recording, word): &(usize, &Word)| {
                clock.heard(&Utterance::heard(*recording, word.start_ms, word.end_ms, vec![]))
            };
            Some(SaidSentence {
                text: text[extract.range].trim().to_owned(),
                heard: Stretch { from: heard(first).from, to: heard(last).to },
                reasons: extract.reasons,
            })
        });
        SaidTurn {
            speaker: turn.speaker.map(str::to_owned),
            heard: turn.heard,
            sentences: sentences.collect(),
            asks: asks_for_words(&turn, entries, clock),
        }
    });
    cut.filter(|turn| !turn.sentences.is_empty()).collect()
}

/// Everything said that may be personal data, in order, then what was only typed. Of the same words only the
/// first place is told, since the public copy does without all of them.
pub fn said_secrets(
    utterances: &[Utterance],
    entries: &[Entry],
    clock: &Clock,
    refused: &[RefusedProposal],
) -> Vec<SaidSecret> {
    let mut found: Vec<SaidSecret> = Vec::new();
    let mut look = |text: &str, heard: &dyn Fn(Range<usize>) -> Option<Stretch>| {
        for suggestion in suggest(text) {
            let said = match Secret::new(text, &suggestion) {
                Some(secret) => secret.said().to_owned(),
                None => text[suggestion.range.clone()].to_owned(),
            };
            if found.iter().any(|known| known.said == said && known.kind == suggestion.kind) {
                continue;
            }
            let heard = heard(suggestion.range);
            let at = heard.map_or(Moment { part: 0, ms: 0 }, |heard| heard.from);
            let known = refusal_of(&said, refused);
            found.push(SaidSecret {
                refusal: known.cloned().unwrap_or(RefusedProposal { kind: refusal_kind(&said), at }),
                said,
                kind: suggestion.kind,
                confidence: suggestion.confidence,
                replacement: suggestion.replacement,
                heard,
                shown: known.is_some(),
            });
        }
    };
    for utterance in utterances.iter().filter(|utterance| utterance.mark.is_none()) {
        let text = utterance.text();
        look(&text, &|bytes| Some(stretch(utterance, &text, bytes, clock)));
    }
    for entry in entries {
        entry.what.texts().into_iter().for_each(|text| look(text, &|_| entry.heard));
    }
    found
}

/// What the public copy does without: all that may be personal data, said or typed, and nobody said is none.
pub fn secrets(utterances: &[Utterance], entries: &[Entry], refused: &[RefusedProposal]) -> Vec<Secret> {
    let mut secrets: Vec<Secret> = Vec::new();
    let mut look = |text: &str| {
        for secret in suggest(text).iter().filter_map(|suggestion| Secret::new(text, suggestion)) {
            if refusal_of(secret.said(), refused).is_none() && !secrets.contains(&secret) {
                secrets.push(secret);
            }
        }
    };
    utterances.iter().for_each(|utterance| look(&utterance.text()));
    entries.iter().flat_map(|entry| entry.what.texts()).for_each(look);
    secrets
}

/// What a datum is called when somebody says that it is none. The words alone tell it: the public copy hides them
/// wherever they stand, and the place at which they were refused may have moved since.
fn refusal_kind(said: &str) -> String {
    format!("mask:{said}")
}

fn refusal_of<'a>(said: &str, refused: &'a [RefusedProposal]) -> Option<&'a RefusedProposal> {
    let kind = refusal_kind(said);
    refused.iter().find(|refused| refused.kind == kind)
}

/// Where bytes of an utterance's text can be heard: the words that hold them.
fn stretch(utterance: &Utterance, text: &str, bytes: Range<usize>, clock: &Clock) -> Stretch {
    let of = held(text, &bytes);
    let words = utterance.words.get(of.start).zip(of.end.checked_sub(1).and_then(|last| utterance.words.get(last)));
    words.map_or_else(
        || clock.heard(utterance),
        |(first, last)| clock.heard(&Utterance::heard(utterance.recording, first.start_ms, last.end_ms, vec![])),
    )
}

/// The words, the pieces between white space, that hold these bytes.
fn held(text: &str, bytes: &Range<usize>) -> Range<usize> {
    let before = &text[..bytes.start];
    let first = before.split_whitespace().count();
    let inside = !before.is_empty() && !before.ends_with(char::is_whitespace);
    let first = if inside { first - 1 } else { first };
    first..text[..bytes.end].split_whitespace().count()
}

/// A value as the council writes it; nothing where what was said is all there is.
fn written(value: Value, wording: &Wording) -> Option<String> {
    match value {
        Value::Number(number) => match number.whole() {
            Some(whole) => Some(wording.number(whole, Form::Alone)),
            None => Some(wording.figures(number)),
        },
        Value::Money(money) => Some(wording.money(money)),
        Value::Percentage(number) => Some(wording.percentage(number)),
        Value::Hour { minute, .. } => Some(wording.hour(minute)),
        Value::Date(_) | Value::Law(_) => None,
    }
}

impl From<Value> for FigureKind {
    fn from(value: Value) -> Self {
        match value {
            Value::Number(_) => Self::Number,
            Value::Money(_) => Self::Money,
            Value::Percentage(_) => Self::Percentage,
            Value::Law(_) => Self::Law,
            Value::Hour { .. } => Self::Hour,
            Value::Date(_) => Self::Date,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::EntryId;
    use crate::minutes::What;

    /// What was said, each for ten seconds, one after the other; nobody is named.
    fn session(said: &[&str]) -> (Vec<Utterance>, Clock) {
        let utterances = (0_u64..).zip(said).map(|(at, text)| {
            let words: Vec<&str> = text.split_whitespace().collect();
            let each_ms = 10_000 / words.len() as u64;
            let words = (0_u64..).zip(words).map(|(word, text)| Word {
                text: text.to_owned(),
                start_ms: at * 10_000 + word * each_ms,
                end_ms: at * 10_000 + (word + 1) * each_ms,
                confidence: 1.0,
            });
            Utterance { words: words.collect(), ..Utterance::heard(0, at * 10_000, (at + 1) * 10_000, vec![]) }
        });
        (utterances.collect(), Clock { offsets_ms: vec![0] })
    }

    #[test]
    fn a_figure_is_written_as_the_council_does_and_stands_where_it_can_be_heard() {
        let (mut said, clock) =
            session(&["El contrato vale veinte millones de pesos", "según la ley 136 de 1994 con el cinco por ciento"]);
        said[1].touched = true;
        let found = said_figures(&said, &clock, &Wording::default());
        let kinds: Vec<FigureKind> = found.iter().map(|figure| figure.kind).collect();
        assert_eq!(kinds, [FigureKind::Money, FigureKind::Law, FigureKind::Percentage]);
        assert_eq!(found[0].written, "$\u{a0}20\u{a0}millones");
        // «veinte» is the fourth of seven words in ten seconds.
        assert_eq!(found[0].heard.from.ms, 3 * (10_000 / 7));
        assert_eq!(found.iter().map(|figure| figure.confirmed).collect::<Vec<_>>(), [false, true, true]);
    }

    #[test]
    fn every_word_of_a_turn_is_in_one_sentence_at_its_seconds() {
        let (mut said, clock) = session(&["Buenos días. Solicito que se oficie a la secretaría.", "Gracias."]);
        for utterance in &mut said {
            utterance.speaker = Some("Ana Paz".to_owned());
        }
        let turns = said_turns(&said, &[], &clock);
        assert_eq!(turns.len(), 1);
        let sentences: Vec<&str> = turns[0].sentences.iter().map(|sentence| sentence.text.as_str()).collect();
        assert_eq!(sentences, ["Buenos días.", "Solicito que se oficie a la secretaría.", "Gracias."]);
        assert!(turns[0].sentences[1].reasons.contains(&Reason::Request));
        assert!(turns[0].sentences.windows(2).all(|pair| pair[0].heard.to <= pair[1].heard.from));
        assert_eq!(turns[0].sentences[2].heard.from.ms, 10_000);
    }

    #[test]
    fn personal_data_are_told_once_and_hidden_until_somebody_says_that_they_are_none() {
        let (said, clock) =
            session(&["mi celular es 310 555 01 42 para lo que necesiten", "repito el celular es 310 555 01 42"]);
        let found = said_secrets(&said, &[], &clock, &[]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].kind == Kind::Telephone && !found[0].shown);
        assert_eq!(secrets(&said, &[], &[]).len(), 1);
        let refused = [found[0].refusal.clone()];
        assert!(said_secrets(&said, &[], &clock, &refused)[0].shown);
        assert_eq!(secrets(&said, &[], &refused), []);

        // The first passage is taken out, or gets other edges: what takes the refusal back is still the refusal.
        let (again, clock) = session(&["buenos días", "repito el celular es 310 555 01 42"]);
        let moved = said_secrets(&again, &[], &clock, &refused);
        assert!(moved[0].shown && moved[0].heard != found[0].heard);
        assert_eq!(moved[0].refusal, refused[0]);
    }

    #[test]
    fn personal_data_that_were_only_typed_are_hidden_too() {
        let (said, clock) = session(&["repito el celular es 310 555 01 42"]);
        let typed = |text: &str| Entry {
            id: EntryId::new(),
            heard: None,
            what: What::Motion { by: vec![], text: text.to_owned() },
        };
        let entries = [typed("Llamar al celular 310 555 01 42."), typed("Citar a quien tiene la cédula 71.345.678.")];
        let found = said_secrets(&said, &entries, &clock, &[]);
        let places: Vec<(Kind, bool)> = found.iter().map(|found| (found.kind, found.heard.is_some())).collect();
        assert_eq!(places, [(Kind::Telephone, true), (Kind::Identity, false)]);
        assert_eq!(secrets(&said, &entries, &[]).len(), 2);
        let refused = [found[1].refusal.clone()];
        assert!(said_secrets(&said, &entries, &clock, &refused)[1].shown);
        assert_eq!(secrets(&said, &entries, &refused).len(), 1);
    }

    #[test]
    fn what_nobody_can_understand_has_no_figures() {
        let (mut said, clock) = session(&["cinco mil pesos"]);
        said[0].mark = Some(Mark::Inaudible);
        assert_eq!(said_figures(&said, &clock, &Wording::default()), []);
    }
}
