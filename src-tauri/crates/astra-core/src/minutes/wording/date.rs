//! Days of the calendar: «10 de noviembre de 2025», «diez (10) de noviembre de dos mil veinticinco».

use time::Date;

use super::cardinal::{Form, cardinal};
use super::{Dates, Wording};
use crate::minutes::figures::date::MONTHS;

impl Wording {
    /// A day of the calendar, from the day on. In words the first of a month is «primero».
    pub fn date(&self, date: Date) -> String {
        let day = date.day();
        let in_words = || match day {
            1 => "primero".to_owned(),
            _ => cardinal(day.into(), Form::Alone),
        };
        let month = MONTHS[usize::from(u8::from(date.month())) - 1];
        let year = date.year().unsigned_abs();
        let year_in_words = || cardinal(year.into(), Form::Alone);
        match self.dates {
            Dates::Figures => format!("{day} de {month} de {year}"),
            Dates::Solemn => format!("{} ({day}) de {month} de {}", in_words(), year_in_words()),
            Dates::Words => format!("{} de {month} de {}", in_words(), year_in_words()),
        }
    }
}
