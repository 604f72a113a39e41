//! Whom a name means: what was heard against the names of the roster, forgiving what a recogniser mishears.

use super::folded::fold;
use crate::vocabulary::sound::sound;

/// The people who can be named.
pub(super) struct Roster {
    people: Vec<Person>,
}

struct Person {
    name: String,
    words: Vec<Heard>,
    /// From which word on the surnames stand.
    surnames: usize,
    office: Vec<String>,
}

struct Heard {
    text: String,
    sound: String,
}

/// A name that was said.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mention {
    /// Those it can mean, best first; more than one when it fits them alike.
    pub people: Vec<usize>,
    /// The first word of it.
    pub from: usize,
    /// Behind the last word of it.
    pub to: usize,
    /// How many words of the name were said.
    pub words: usize,
    /// How well it fits, up to 1.
    pub likeness: f64,
}

const PARTICLES: [&str; 7] = ["de", "la", "del", "los", "las", "y", "el"];

/// Surnames and given names that are also ordinary words: alone they name nobody.
const ORDINARY: [&str; 64] = [
    "para",
    "pena",
    "vela",
    "mora",
    "nieto",
    "sierra",
    "guerra",
    "torres",
    "ramos",
    "prieto",
    "pardo",
    "palacio",
    "iglesias",
    "cortes",
    "valle",
    "robles",
    "pozo",
    "leal",
    "real",
    "toro",
    "hoyos",
    "salas",
    "rueda",
    "barrera",
    "plaza",
    "fuentes",
    "montes",
    "bravo",
    "delgado",
    "pilar",
    "paz",
    "cruz",
    "rosa",
    "rosas",
    "flores",
    "luz",
    "mar",
    "leon",
    "rios",
    "rio",
    "casas",
    "castillo",
    "mesa",
    "puerta",
    "puertas",
    "calle",
    "campo",
    "campos",
    "bueno",
    "blanco",
    "rubio",
    "moreno",
    "franco",
    "cuesta",
    "vega",
    "vargas",
    "piedad",
    "consuelo",
    "dolores",
    "amparo",
    "gloria",
    "esperanza",
    "mercedes",
    "salud",
];

/// Words of courtesy that sound like a name.
const COURTESY: [&str; 5] = ["favor", "gracias", "para", "presente", "senores"];

/// How a word that may be a name is introduced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Call {
    /// By «concejal» or «doctora».
    Titled,
    /// In a line that calls names.
    Listed,
    /// Not at all.
    Free,
}

/// Below this two words are not the same name (Jaro-Winkler).
const ALIKE: f64 = 0.88;

impl Roster {
    /// From full names and offices.
    pub(super) fn new<'a>(people: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let people = people
            .map(|(name, office)| {
                let words: Vec<Heard> = fold(name)
                    .into_iter()
                    .filter(|word| !PARTICLES.contains(&word.text.as_str()))
                    .map(|word| Heard { sound: sound(&word.text), text: word.text })
                    .collect();
                let surnames = match words.len() {
                    0 | 1 => 0,
                    2 | 3 => 1,
                    _ => 2,
                };
                let office = fold(office).into_iter().map(|word| word.text).filter(|word| word.len() > 3).collect();
                Person { name: name.to_owned(), words, surnames, office }
            })
            .collect();
        Self { people }
    }

    /// How they are called.
    pub(super) fn name(&self, person: usize) -> &str {
        self.people.get(person).map_or("", |person| &person.name)
    }

    /// Who is called exactly so.
    pub(super) fn called(&self, name: &str) -> Option<usize> {
        let plain = |name: &str| fold(name).into_iter().map(|word| word.text).collect::<Vec<_>>();
        let wanted = plain(name);
        self.people.iter().position(|person| plain(&person.name) == wanted)
    }

    /// The names in `words`, from left to right. `lenient` says that names are being called, so that one given
    /// name is enough.
    pub(super) fn mentions(&self, words: &[&str], lenient: bool) -> Vec<Mention> {
        let mut mentions = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let titled = at > 0 && is_title(words[at - 1]);
            let call = if titled {
                Call::Titled
            } else if lenient {
                Call::Listed
            } else {
                Call::Free
            };
            match self.mention_at(words, at, call) {
                Some(mention) => {
                    at = mention.to;
                    mentions.push(mention);
                }
                None => at += 1,
            }
        }
        mentions
    }

    /// The guest whose office is said in `words`, when only one has it.
    pub(super) fn by_office(&self, words: &[&str]) -> Option<usize> {
        let fits = |person: &Person| {
            !person.office.is_empty() && person.office.iter().all(|word| words.contains(&word.as_str()))
        };
        let mut fitting = (0..self.people.len()).filter(|&person| fits(&self.people[person]));
        let longest = fitting.next()?;
        let longest = fitting.fold(longest, |best, other| {
            if self.people[other].office.len() > self.people[best].office.len() { other } else { best }
        });
        Some(longest)
    }

    /// Whether somebody keeps the minutes, by the office.
    pub(super) fn is_secretary(&self, person: usize) -> bool {
        let whole = ["general", "interventor", "interventora", "concejo", "corporacion", "pleno"];
        self.people.get(person).is_some_and(|person| match &person.office[..] {
            [first, rest @ ..] => {
                first.starts_with("secretari") && rest.iter().all(|word| whole.contains(&word.as_str()))
            }
            [] => false,
        })
    }

    fn mention_at(&self, words: &[&str], from: usize, call: Call) -> Option<Mention> {
        if words[from].len() < 3 || PARTICLES.contains(&words[from]) || is_title(words[from]) {
            return None;
        }
        let heard = sound(words[from]);
        let mut best: Option<Mention> = None;
        for (at, person) in self.people.iter().enumerate() {
            if !person.words.iter().any(|word| likeness(&word.text, &word.sound, words[from], &heard) > 0.0) {
                continue;
            }
            let Some(mention) = person.said(words, from, at, call) else { continue };
            best = Some(match best.take() {
                None => mention,
                Some(held) if (held.words, held.likeness) == (mention.words, mention.likeness) => {
                    Mention { people: held.people.iter().copied().chain([at]).collect(), ..held }
                }
                Some(held) if (held.words, held.likeness) > (mention.words, mention.likeness) => held,
                Some(_) => mention,
            });
        }
        best
    }
}

/// Whether a word goes before a name.
pub(super) fn is_title(word: &str) -> bool {
    const TITLES: [&str; 29] = [
        "concejal",
        "concejala",
        "concejales",
        "doctor",
        "doctora",
        "senor",
        "senora",
        "don",
        "dona",
        "honorable",
        "honorables",
        "edil",
        "edila",
        "ediles",
        "ingeniero",
        "ingeniera",
        "profesor",
        "profesora",
        "profe",
        "regidor",
        "regidora",
        "companero",
        "companera",
        "licenciado",
        "licenciada",
        "abogado",
        "abogada",
        "hc",
        "corporado",
    ];
    TITLES.contains(&word)
}

impl Person {
    fn said(&self, words: &[&str], from: usize, person: usize, call: Call) -> Option<Mention> {
        let mut used = vec![false; self.words.len()];
        let (mut to, mut total, mut surname, mut at) = (from, 0.0, false, from);
        let mut count = 0;
        while at < words.len() && count < self.words.len() {
            if at > from && PARTICLES.contains(&words[at]) && at + 1 < words.len() {
                at += 1;
                continue;
            }
            let heard = sound(words[at]);
            let fits = (0..self.words.len())
                .filter(|&place| !used[place])
                .map(|place| (place, likeness(&self.words[place].text, &self.words[place].sound, words[at], &heard)))
                .filter(|(_, likeness)| *likeness > 0.0)
                .max_by(|one, other| one.1.total_cmp(&other.1));
            let Some((place, fit)) = fits else { break };
            used[place] = true;
            surname |= place >= self.surnames;
            total += fit;
            count += 1;
            at += 1;
            to = at;
        }
        let likeness = total / count as f64;
        let alone = count == 1;
        let known = match call {
            Call::Titled => true,
            Call::Listed => likeness >= 0.95 && !COURTESY.contains(&words[from]),
            Call::Free => likeness >= 0.95 && surname && words[from].len() >= 4 && !ORDINARY.contains(&words[from]),
        };
        (count > 0 && (!alone || known)).then(|| Mention { people: vec![person], from, to, words: count, likeness })
    }
}

/// How alike a name and a heard word are: 0 when they are not the same.
fn likeness(name: &str, name_sound: &str, heard: &str, heard_sound: &str) -> f64 {
    if name == heard {
        return 1.0;
    }
    if heard.len() < 3 || name.len() < 3 {
        return 0.0;
    }
    if name_sound == heard_sound {
        return 0.97;
    }
    if name.len() < 5 || heard.len() < 4 || super::numbers::number(&[heard]).is_some() {
        return 0.0;
    }
    if name.len() >= 6 && heard.len() >= 6 && name[..1] == heard[..1] && bones(name_sound) == bones(heard_sound) {
        return if name[name.len() - 1..] == heard[heard.len() - 1..] { 0.95 } else { 0.0 };
    }
    let alike = strsim::jaro_winkler(name_sound, heard_sound);
    // Names of women and men that differ in the last letter only are two people.
    let gendered = name.len() == heard.len() && name[..name.len() - 1] == heard[..heard.len() - 1];
    if alike >= ALIKE && !gendered && strsim::damerau_levenshtein(name_sound, heard_sound) <= 1 + name.len() / 5 {
        alike.min(0.96)
    } else {
        0.0
    }
}

/// The consonants of a sound: recognisers take one vowel for another first.
fn bones(sound: &str) -> String {
    sound.chars().filter(|letter| !"aeiou".contains(*letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roster() -> Roster {
        let names = ["Juan Carlos Betancur Ríos", "María Elena Quiceno", "Juan Diego Vélez Hoyos", "Rosa Cruz Paz"];
        Roster::new(names.into_iter().map(|name| (name, "")).chain([("Ana Lucía Mejía", "Secretaria de Hacienda")]))
    }

    fn named(text: &str) -> Vec<String> {
        let roster = roster();
        let words: Vec<&str> = text.split(' ').collect();
        let mentions = roster.mentions(&words, false);
        mentions.iter().filter(|m| m.people.len() == 1).map(|m| roster.name(m.people[0]).to_owned()).collect()
    }

    #[test]
    fn a_misheard_surname_is_still_the_name() {
        assert_eq!(named("el concejal betancourt tiene la palabra"), ["Juan Carlos Betancur Ríos"]);
        assert_eq!(named("concejal belez oyos"), ["Juan Diego Vélez Hoyos"]);
        assert_eq!(named("concejala kiseno"), ["María Elena Quiceno"]);
    }

    #[test]
    fn a_first_name_of_two_people_names_neither() {
        assert!(named("concejal juan").is_empty());
        assert_eq!(named("concejal juan diego"), ["Juan Diego Vélez Hoyos"]);
    }

    #[test]
    fn ordinary_words_name_nobody_without_a_title() {
        assert!(named("queremos la paz y una cruz roja").is_empty());
        assert_eq!(named("concejala rosa"), ["Rosa Cruz Paz"]);
    }

    #[test]
    fn what_is_no_name_names_nobody() {
        let roster = Roster::new(["Ramiro Echeverri Lozano", "Fabio Nelson Henao"].into_iter().map(|name| (name, "")));
        let words: Vec<&str> = "si senora presidenta concejal echavarri lozano ramiro presente".split(' ').collect();
        let found: Vec<_> = roster.mentions(&words, true).into_iter().map(|m| (m.people, m.from)).collect();
        assert_eq!(found, [(vec![0], 4)]);
    }

    #[test]
    fn a_guest_is_known_by_the_office() {
        let roster = roster();
        let who = roster.by_office(&["la", "secretaria", "de", "hacienda"]).unwrap();
        assert_eq!(roster.name(who), "Ana Lucía Mejía");
    }
}
