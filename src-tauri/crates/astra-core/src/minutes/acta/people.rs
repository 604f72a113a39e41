//! People as the acta writes them: «el concejal X», «la honorable concejala X», «D.ª X», or the bare name
//! where neither the office nor anybody says how to address them.

use super::writing::{Writing, capital, given, listed};
use super::{SpeakerFormula, Treatment};
use crate::export::page::Run;
use crate::minutes::wording::{Gender, Number, agree};

/// A name with what stands around it.
pub(super) struct Named {
    /// «el concejal », or empty.
    before: String,
    name: String,
    /// «, concejal», or empty.
    after: String,
}

impl Writing<'_> {
    /// Somebody in the middle of a sentence.
    pub(super) fn person(&self, name: &str) -> String {
        self.named(name).whole()
    }

    /// «del concejal X», «de la concejala X», «de X».
    pub(super) fn of_people(&self, names: &[String]) -> String {
        let of = |person: String| match person.strip_prefix("el ") {
            Some(rest) => format!("del {rest}"),
            None => format!("de {person}"),
        };
        listed(&self.persons(names).into_iter().map(of).collect::<Vec<_>>())
    }

    /// What stands before a few words in the same line: «La concejala X: ».
    pub(super) fn named_in_line(&self, speaker: Option<&str>) -> Vec<Run> {
        let Some(name) = speaker.and_then(given) else {
            return vec![Run::plain(self.say("speaker.nobody_in_line", &[]))];
        };
        let named = self.named(&name);
        vec![Run::plain(capital(&named.before)), Run::bold(named.name), Run::plain(format!("{}: ", named.after))]
    }

    /// What stands before what somebody said, with its time if the house wants it.
    pub(super) fn introduced(&self, speaker: Option<&str>, clock: &str) -> Vec<Run> {
        let code = if self.style.time_codes { format!(" [{clock}]") } else { String::new() };
        let Some(name) = speaker.and_then(given) else {
            return match self.anybody {
                true => vec![Run::plain(self.say("speaker.nobody", &[("code", &code)]))],
                false if code.is_empty() => vec![],
                false => vec![Run::plain(code.trim().to_owned())],
            };
        };
        let party = match self.style.party {
            true => self.party(&name).map(|party| format!(" ({party})")).unwrap_or_default(),
            false => String::new(),
        };
        if self.style.speaker == SpeakerFormula::Label {
            let office = self.office(&name).map(|office| format!(", {office}")).unwrap_or_default();
            return vec![Run::bold(name), Run::plain(format!("{office}{party}{code}:"))];
        }
        let named = self.named(&name);
        let key = match self.style.speaker {
            SpeakerFormula::TakesFloor => "speaker.takes_floor",
            _ => "speaker.intervened",
        };
        let said = [("before", named.before.as_str()), ("after", &named.after), ("party", &party), ("code", &code)];
        self.say_bold(key, &said, "name", &named.name)
    }

    /// The office of somebody in the middle of a sentence.
    pub(super) fn office(&self, name: &str) -> Option<String> {
        given(self.material.office(name)).map(|office| small(&office))
    }

    /// The party of somebody.
    pub(super) fn party(&self, name: &str) -> Option<String> {
        self.material.called(name).and_then(|attendee| given(&attendee.party))
    }

    /// The gender of somebody, if it is known.
    pub(super) fn gender(&self, name: &str) -> Option<Gender> {
        self.material.gender(name).or_else(|| self.gender_of(&self.office(name)?))
    }

    fn persons(&self, names: &[String]) -> Vec<String> {
        names.iter().filter_map(|name| given(name)).map(|name| self.person(&name)).collect()
    }

    fn named(&self, name: &str) -> Named {
        let bare = Named { before: String::new(), name: name.to_owned(), after: String::new() };
        let (office, gender) = (self.office(name), self.gender(name));
        if self.style.treatment == Treatment::Don {
            let after = office.map(|office| format!(", {office}")).unwrap_or_default();
            let before = match gender {
                Some(Gender::Masculine) => self.say("treatment.don", &[]),
                Some(Gender::Feminine) => self.say("treatment.dona", &[]),
                None => String::new(),
            };
            return Named { before, after, ..bare };
        }
        match (office, gender) {
            (None, _) => bare,
            (Some(office), None) => Named { after: format!(", {office}"), ..bare },
            (Some(office), Some(gender)) => {
                let article = if gender == Gender::Feminine { "la" } else { "el" };
                let office = match self.style.treatment {
                    Treatment::Initials if is_member(&office) => self.say("treatment.initials", &[]),
                    Treatment::Honourable if is_member(&office) => {
                        format!("{} {office}", agree("honorable", gender, Number::Singular))
                    }
                    _ => office,
                };
                Named { before: format!("{article} {office} "), ..bare }
            }
        }
    }

    /// The gender that an office tells: «secretaria», «personero», «directora». «Concejal» and «presidente» may be
    /// anybody, unless the house writes «concejala» and «presidenta» too.
    fn gender_of(&self, office: &str) -> Option<Gender> {
        let noun = office.split_whitespace().next()?;
        if noun.ends_with("ista") {
            return None;
        }
        if noun.ends_with('a') {
            return Some(Gender::Feminine);
        }
        if noun.ends_with('o') || noun.ends_with("or") || ["alcalde", "primer", "tercer"].contains(&noun) {
            return Some(Gender::Masculine);
        }
        let twin = match noun.strip_suffix('e') {
            Some(stem) => format!("{stem}a"),
            None => format!("{noun}a"),
        };
        let called = self.material.minutes.record.attendance.iter().map(|attendee| attendee.office.as_str());
        let guests = self.material.minutes.record.guests.iter().map(|guest| guest.office.as_str());
        let spoke = self.material.people.iter().map(|person| person.office.as_str());
        let mut nouns = called.chain(guests).chain(spoke).filter_map(|office| office.split_whitespace().next());
        nouns.any(|other| other.to_lowercase() == twin).then_some(Gender::Masculine)
    }
}

impl Named {
    fn whole(&self) -> String {
        format!("{}{}{}", self.before, self.name, self.after)
    }
}

/// Whether an office is that of a member of the body, which is addressed with honours.
pub(super) fn is_member(office: &str) -> bool {
    let noun = office.split_whitespace().next().unwrap_or_default().to_lowercase();
    ["concejal", "concejala", "edil", "edila", "diputado", "diputada", "regidor", "regidora"].contains(&noun.as_str())
}

/// An office as it goes on in a sentence: «Secretaria de Hacienda» → «secretaria de Hacienda». An abbreviation in
/// capitals stays one.
fn small(office: &str) -> String {
    let mut letters = office.chars();
    let first = letters.next();
    match letters.clone().next().is_some_and(char::is_uppercase) {
        true => office.to_owned(),
        false => first.into_iter().flat_map(char::to_lowercase).chain(letters).collect(),
    }
}
