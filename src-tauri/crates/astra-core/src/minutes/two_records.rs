//! Records that meet: those of two sessions that are one, and a change that is taken back after the
//! record has changed otherwise. What somebody typed is never written over by what is older or empty.

use super::{Attendance, Attendee, Guest, Record};

impl Record {
    /// The record of one sitting of which two were kept. This one, of the earlier part, stands; the later one
    /// completes it: what it leaves empty, who was called or came only there, what it did not say yet of those
    /// on its roll. The sitting ended when the later one did.
    pub fn completed_by(self, later: Self) -> Self {
        Self {
            entity: or(self.entity, later.entity),
            body: or(self.body, later.body),
            kind: or(self.kind, later.kind),
            number: or(self.number, later.number),
            date: or(self.date, later.date),
            call: self.call.or(later.call),
            mode: self.mode.or(later.mode),
            place: or(self.place, later.place),
            planned_start: or(self.planned_start, later.planned_start),
            starts: or(self.starts, later.starts),
            ends: or(later.ends, self.ends),
            president: or(self.president, later.president),
            secretary: or(self.secretary, later.secretary),
            attendance: both(self.attendance, later.attendance, |one| &one.name, Attendee::complete),
            guests: both(self.guests, later.guests, |one| &one.name, Guest::complete),
        }
    }

    /// The record after a change from `before` to `after`, where it is still as before. Fields and people that
    /// say something else by now keep it.
    pub fn changed(&self, before: &Self, after: &Self) -> Self {
        macro_rules! each {
            ($($field:ident),*; $($people:ident),*) => {
                Self {
                    $($field: if self.$field == before.$field { &after.$field } else { &self.$field }.clone(),)*
                    $($people: people(&self.$people, &before.$people, &after.$people, |one| &one.name),)*
                }
            };
        }
        each!(entity, body, kind, number, date, call, mode, place, planned_start, starts, ends, president, secretary;
              attendance, guests)
    }
}

impl Attendee {
    fn complete(&mut self, later: Self) {
        if self.attendance == Attendance::Unstated {
            (self.attendance, self.remote) = (later.attendance, later.remote);
        }
        fill(&mut self.office, later.office);
        fill(&mut self.party, later.party);
        fill(&mut self.reason, later.reason);
        fill(&mut self.arrived, later.arrived);
        fill(&mut self.left, later.left);
        self.gender = self.gender.or(later.gender);
    }
}

impl Guest {
    fn complete(&mut self, later: Self) {
        fill(&mut self.office, later.office);
        self.gender = self.gender.or(later.gender);
    }
}

fn or(text: String, other: String) -> String {
    if text.is_empty() { other } else { text }
}

fn fill(text: &mut String, other: String) {
    if text.is_empty() {
        *text = other;
    }
}

/// Everybody of two lists, each once: whoever is in both is completed.
fn both<T>(mut all: Vec<T>, later: Vec<T>, name: impl Fn(&T) -> &str, complete: impl Fn(&mut T, T)) -> Vec<T> {
    for other in later {
        match all.iter_mut().find(|one| name(one).trim() == name(&other).trim()) {
            Some(known) => complete(known, other),
            None => all.push(other),
        }
    }
    all
}

fn people<T: Clone + PartialEq>(now: &[T], before: &[T], after: &[T], name: impl Fn(&T) -> &str) -> Vec<T> {
    if now == before {
        return after.to_vec();
    }
    let of = |list: &[T], one: &T| list.iter().find(|other| name(other) == name(one)).cloned();
    let mut all = Vec::with_capacity(now.len());
    for one in now {
        match of(before, one) {
            Some(was) if was == *one => all.extend(of(after, one)),
            _ => all.push(one.clone()),
        }
    }
    all.extend(after.iter().filter(|one| of(before, one).is_none() && of(now, one).is_none()).cloned());
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn called(name: &str, attendance: Attendance) -> Attendee {
        Attendee { name: name.to_owned(), attendance, ..Attendee::default() }
    }

    fn record(number: &str, place: &str, ends: &str, attendance: &[Attendee]) -> Record {
        let (number, place, ends) = (number.to_owned(), place.to_owned(), ends.to_owned());
        Record { number, place, ends, attendance: attendance.to_vec(), ..Record::default() }
    }

    #[test]
    fn the_earlier_record_stands_and_the_later_one_completes_it_and_ends_the_sitting() {
        let earlier = record(
            "046",
            "",
            "12:00",
            &[
                called("Ana", Attendance::Unstated),
                called("Luis", Attendance::Excused),
                called("Rosa", Attendance::Late),
            ],
        );
        let absent = Attendee { reason: "Sin excusa".to_owned(), ..called("Ana ", Attendance::Absent) };
        let luis = Attendee { party: "Verde".to_owned(), ..called("Luis", Attendance::Present) };
        let later = record("047", "Recinto", "18:30", &[absent, luis, called("Pedro", Attendance::Present)]);
        let one = earlier.completed_by(later);
        assert_eq!((one.number.as_str(), one.place.as_str(), one.ends.as_str()), ("046", "Recinto", "18:30"));
        let roll: Vec<_> = one.attendance.iter().map(|one| (one.name.as_str(), one.attendance)).collect();
        let expected = [
            ("Ana", Attendance::Absent),
            ("Luis", Attendance::Excused),
            ("Rosa", Attendance::Late),
            ("Pedro", Attendance::Present),
        ];
        assert_eq!(roll, expected);
        assert_eq!((one.attendance[0].reason.as_str(), one.attendance[1].party.as_str()), ("Sin excusa", "Verde"));
    }

    #[test]
    fn a_record_completed_by_an_empty_one_is_itself_and_an_empty_one_becomes_the_other() {
        let one = record("046", "Recinto", "12:00", &[called("Ana", Attendance::Late)]);
        assert_eq!(one.clone().completed_by(Record::default()), one);
        assert_eq!(Record::default().completed_by(one.clone()), one);
    }

    #[test]
    fn a_change_is_taken_back_where_the_record_still_says_what_it_made() {
        let before = record("", "", "", &[called("Ana", Attendance::Unstated), called("Luis", Attendance::Unstated)]);
        let made =
            record("047", "Recinto", "", &[called("Ana", Attendance::Present), called("Eva", Attendance::Present)]);
        assert_eq!(made.changed(&made, &before), before, "nothing else happened");

        let pedro = called("Pedro", Attendance::Present);
        let now = record("046", "Recinto", "18:30", &[made.attendance.clone(), vec![pedro]].concat());
        let back = now.changed(&made, &before);
        assert_eq!((back.number.as_str(), back.place.as_str(), back.ends.as_str()), ("046", "", "18:30"));
        let names: Vec<_> = back.attendance.iter().map(|one| (one.name.as_str(), one.attendance)).collect();
        let unstated = Attendance::Unstated;
        assert_eq!(names, [("Ana", unstated), ("Pedro", Attendance::Present), ("Luis", unstated)]);
    }
}
