//! What taking over a proposal changes in the record, and nothing else of it: what was typed since the proposal
//! was made stays.

use serde::{Deserialize, Serialize};

use super::{Attendance, Attendee, Record};

/// A change of one thing that the record states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RecordChange {
    /// The sitting began.
    Starts {
        /// `HH:MM`.
        time: String,
    },
    /// It ended.
    Ends {
        /// `HH:MM`.
        time: String,
    },
    /// Somebody was there, or was not.
    Attended {
        /// Who.
        name: String,
        /// Whether.
        attendance: Attendance,
    },
}

impl RecordChange {
    /// Makes the change. Who came late or left early stays so when the roll says that they were there or away,
    /// since it was called before or after; and guests, who come and go too, are not put on the roll by it.
    pub fn apply(&self, record: &mut Record) {
        match self {
            Self::Starts { time } => record.starts.clone_from(time),
            Self::Ends { time } => record.ends.clone_from(time),
            Self::Attended { name, attendance } => {
                let came_or_went = |one: Attendance| matches!(one, Attendance::Late | Attendance::LeftEarly);
                let known = record.attendance.iter_mut().find(|attendee| attendee.name.trim() == name.trim());
                match known {
                    Some(known) if came_or_went(known.attendance) && !came_or_went(*attendance) => {}
                    Some(known) => known.attendance = *attendance,
                    None if came_or_went(*attendance) => {}
                    None => record.attendance.push(Attendee {
                        name: name.clone(),
                        attendance: *attendance,
                        ..Attendee::default()
                    }),
                }
            }
        }
    }

    /// Whether the record says so already.
    pub fn is_made(&self, record: &Record) -> bool {
        let mut after = record.clone();
        self.apply(&mut after);
        after == *record
    }
}
