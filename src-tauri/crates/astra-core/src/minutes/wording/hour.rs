//! Times of the day: «19:30», «7:30 p. m.», «siete y treinta de la noche», «diecinueve horas y treinta
//! minutos». Noon is «12:00 m.» and «doce del día», midnight «doce de la noche».

use super::cardinal::{Form, cardinal};
use super::{Hours, NO_BREAK, Wording};

/// Minutes in a day.
const DAY: u16 = 24 * 60;

impl Wording {
    /// A time of the day without its article, from minutes after midnight; a day later is the same time.
    pub fn hour(&self, minute: u16) -> String {
        let (hour, minutes) = (minute % DAY / 60, minute % 60);
        let on_the_dial = if hour.is_multiple_of(12) { 12 } else { hour % 12 };
        match self.hours {
            Hours::TwentyFour => format!("{hour:02}:{minutes:02}"),
            Hours::Twelve => {
                let half = match (hour, minutes) {
                    (12, 0) => "m.".to_owned(),
                    (0..12, _) => format!("a.{NO_BREAK}m."),
                    _ => format!("p.{NO_BREAK}m."),
                };
                format!("{on_the_dial}:{minutes:02}{NO_BREAK}{half}")
            }
            Hours::Words => {
                let past = match minutes {
                    0 => String::new(),
                    minutes => format!(" y {}", cardinal(minutes.into(), Form::Alone)),
                };
                let half = match (hour, minutes) {
                    (12, 0) => "del día",
                    (0 | 19.., _) => "de la noche",
                    (1..6, _) => "de la madrugada",
                    (6..12, _) => "de la mañana",
                    _ => "de la tarde",
                };
                format!("{}{past} {half}", cardinal(on_the_dial.into(), Form::Feminine))
            }
            Hours::SolemnWords => {
                let hours = if hour == 1 { "hora" } else { "horas" };
                let past = match minutes {
                    0 => String::new(),
                    1 => " y un minuto".to_owned(),
                    minutes => format!(" y {} minutos", cardinal(minutes.into(), Form::BeforeMasculine)),
                };
                format!("{} {hours}{past}", cardinal(hour.into(), Form::Feminine))
            }
        }
    }

    /// A time of the day with its article, as it follows «siendo»: «las 19:30», «la una de la tarde».
    pub fn the_hour(&self, minute: u16) -> String {
        let hour = minute % DAY / 60;
        let dial_of_twelve = matches!(self.hours, Hours::Twelve | Hours::Words);
        let article = if hour == 1 || (hour == 13 && dial_of_twelve) { "la" } else { "las" };
        format!("{article} {}", self.hour(minute))
    }
}
