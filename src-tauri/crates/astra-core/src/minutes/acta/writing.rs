//! What everything that writes a part of an acta needs: the material, what is asked for, and the sentences
//! of the catalogue in the country's variant.

use std::cell::Cell;

use time::{Date, Month};

use super::{Copy, Country, Kind, Material, Style};
use crate::export::page::{Block, Level, Run, Style as Look};
use crate::minutes::turns::Clock;
use crate::minutes::wording::{Form, Hours};
use crate::sentences::sentence;

/// Where something has to be filled in by hand.
pub(super) const BLANK: &str = "________";

/// An acta while it is written.
pub(super) struct Writing<'a> {
    pub(super) material: &'a Material,
    pub(super) kind: Kind,
    pub(super) copy: Copy,
    pub(super) style: &'a Style,
    pub(super) clock: Clock,
    /// Whether anybody who speaks has a name. If nobody has, the acta speaks of nobody.
    pub(super) anybody: bool,
    /// Whether something waits for the secretary to write or confirm it.
    pub(super) draft: Cell<bool>,
}

impl<'a> Writing<'a> {
    pub(super) fn new(material: &'a Material, kind: Kind, copy: Copy, style: &'a Style) -> Self {
        let named = |name: &Option<String>| name.as_deref().is_some_and(|name| !name.trim().is_empty());
        let anybody = material.utterances.iter().any(|utterance| named(&utterance.speaker));
        Self { material, kind, copy, style, clock: material.clock(), anybody, draft: Cell::new(false) }
    }

    /// Whether this is the copy for the archive, with what is reserved.
    pub(super) fn is_complete(&self) -> bool {
        self.copy == Copy::Complete
    }

    /// A sentence of the catalogue under `acta`, in the country's variant if it has one. What ends in a point
    /// («p. m.», a sentence that somebody typed) before the point of the sentence does without its own.
    pub(super) fn say(&self, key: &str, parameters: &[(&str, &str)]) -> String {
        let common = format!("acta.{key}");
        let variant = format!("acta.spain.{key}");
        let known = self.style.country == Country::Spain && sentence(&variant, &[]) != variant;
        let key = if known { variant } else { common };
        let bare = sentence(&key, &[]);
        let parameters: Vec<(&str, &str)> = parameters
            .iter()
            .map(|(name, value)| {
                let ends = bare.contains(&format!("{{{name}}}."));
                (*name, if ends { value.strip_suffix('.').unwrap_or(value) } else { value })
            })
            .collect();
        sentence(&key, &parameters)
    }

    /// A sentence of the catalogue in which what stands for `place` stands out.
    pub(super) fn say_bold(&self, key: &str, parameters: &[(&str, &str)], place: &str, bold: &str) -> Vec<Run> {
        const HERE: &str = "\u{1}";
        let parameters: Vec<(&str, &str)> = parameters.iter().copied().chain([(place, HERE)]).collect();
        let said = self.say(key, &parameters);
        let (before, after) = said.split_once(HERE).unwrap_or((said.as_str(), ""));
        let runs = [Run::plain(before), Run::bold(bold), Run::plain(after)];
        runs.into_iter().filter(|run| !run.text.is_empty()).collect()
    }

    /// A heading of the catalogue.
    pub(super) fn heading(&self, key: &str) -> Block {
        Block::Heading { level: Level::One, text: self.say(key, &[]), bookmark: None }
    }

    /// A count before a masculine noun: «trece (13)».
    pub(super) fn count(&self, number: u32) -> String {
        self.style.wording.number(number.into(), Form::BeforeMasculine)
    }

    /// A count before a feminine noun: «una (1)».
    pub(super) fn feminine(&self, number: u32) -> String {
        self.style.wording.number(number.into(), Form::Feminine)
    }

    /// A day in the style of the house, or as it was typed when no calendar holds it.
    pub(super) fn date(&self, typed: &str) -> Option<String> {
        let typed = given(typed)?;
        Some(day(&typed).map_or(typed, |date| self.style.wording.date(date)))
    }

    /// A time of the day with its article: «las 09:05 horas», «la una de la tarde».
    pub(super) fn the_hour(&self, typed: &str) -> Option<String> {
        let typed = given(typed)?;
        let Some(minute) = minute(&typed) else { return Some(self.say("hour", &[("hour", &typed)])) };
        Some(self.with_unit(self.style.wording.the_hour(minute)))
    }

    /// A time of the day as it stands in a form: «09:05».
    pub(super) fn hour(&self, typed: &str) -> Option<String> {
        let typed = given(typed)?;
        Some(minute(&typed).map_or(typed, |minute| self.style.wording.hour(minute)))
    }

    /// «horas» goes with the bare figures only: the other styles say what they are.
    fn with_unit(&self, hour: String) -> String {
        match self.style.wording.hours {
            Hours::TwentyFour => self.say("hours", &[("hour", &hour)]),
            _ => hour,
        }
    }
}

/// What somebody typed, on one line, if anything.
pub(super) fn given(text: &str) -> Option<String> {
    Some(crate::export::one_line(text)).filter(|text| !text.is_empty())
}

/// A day of the calendar from `YYYY-MM-DD`.
pub(in crate::minutes) fn day(typed: &str) -> Option<Date> {
    let mut parts = typed.trim().splitn(3, '-');
    let mut part = || parts.next().filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    let (year, month, day) = (part()?.parse().ok()?, part()?.parse::<u8>().ok()?, part()?.parse().ok()?);
    Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()
}

/// Minutes after midnight from `HH:MM`.
pub(in crate::minutes) fn minute(typed: &str) -> Option<u16> {
    let (hour, minute) = typed.trim().split_once(':')?;
    let number = |text: &str, below: u16| {
        let plain = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<u16>().ok().filter(|&number| plain && number < below)
    };
    Some(number(hour, 24)? * 60 + number(minute, 60)?)
}

/// A paragraph of the catalogue's or the secretary's.
pub(super) fn paragraph(look: Look, runs: Vec<Run>) -> Block {
    Block::Paragraph { style: look, runs }
}

/// A paragraph of one run.
pub(super) fn plain(look: Look, text: impl Into<String>) -> Block {
    paragraph(look, vec![Run::plain(text)])
}

/// A text with a capital letter at its beginning.
pub(in crate::minutes) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// «A, B y C»; «e» before a name that begins with the sound of *i*.
pub(super) fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [some @ .., last] => {
            let folded = crate::minutes::cleaning::words::fold(last);
            let sounds_i = (folded.starts_with('i') || folded.starts_with("hi"))
                && !["hie", "ia", "ie", "io", "iu"].iter().any(|diphthong| folded.starts_with(diphthong));
            format!("{} {} {last}", some.join(", "), if sounds_i { "e" } else { "y" })
        }
    }
}
