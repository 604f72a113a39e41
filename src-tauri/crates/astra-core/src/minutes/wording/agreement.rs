//! Words that agree with the thing voted on: «el orden del día fue aprobado», «las proposiciones fueron
//! aprobadas», «el acta fue leída».

use serde::{Deserialize, Serialize};

/// The gender of a noun, or of the words for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Gender {
    /// «el proyecto»
    Masculine,
    /// «la moción»
    Feminine,
}

/// Whether one thing is meant or several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Number {
    /// «la moción»
    Singular,
    /// «las mociones»
    Plural,
}

/// Nouns whose gender their ending does not tell, in the singular. «Orden» is the agenda: the order that is
/// feminine is not voted on.
const NOUNS: [(&str, Gender); 12] = [
    ("orden", Gender::Masculine),
    ("día", Gender::Masculine),
    ("tema", Gender::Masculine),
    ("programa", Gender::Masculine),
    ("esquema", Gender::Masculine),
    ("informe", Gender::Masculine),
    ("dictamen", Gender::Masculine),
    ("plan", Gender::Masculine),
    ("receso", Gender::Masculine),
    ("serie", Gender::Feminine),
    ("base", Gender::Feminine),
    ("ley", Gender::Feminine),
];

/// Feminine nouns that begin with a stressed *a* and so take «el» in the singular.
const STRESSED_A: [&str; 5] = ["acta", "área", "aula", "agua", "alma"];

/// An adjective or participle, given in the masculine singular, in the form a noun asks for.
pub fn agree(word: &str, gender: Gender, number: Number) -> String {
    let feminine = match (gender, word.strip_suffix('o')) {
        (Gender::Feminine, Some(stem)) => format!("{stem}a"),
        // «oradora», but «anterior» and «mayor» for both.
        (Gender::Feminine, None) if ["dor", "tor", "sor"].iter().any(|ending| word.ends_with(ending)) => {
            format!("{word}a")
        }
        _ => word.to_owned(),
    };
    match number {
        Number::Singular => feminine,
        Number::Plural => plural(&feminine),
    }
}

/// The gender and number of a phrase, by its article and its first noun: «las proposiciones 12 y 13», «orden
/// del día», «proyecto de acuerdo». `None` when neither tells.
pub fn forms_of(phrase: &str) -> Option<(Gender, Number)> {
    let phrase = phrase.to_lowercase();
    let mut words = phrase.split_whitespace().peekable();
    let article = words.next_if(|word| matches!(*word, "el" | "la" | "los" | "las" | "un" | "una"));
    let noun = words.next()?.trim_matches(|letter: char| !letter.is_alphanumeric());
    let number = match article {
        Some("los" | "las") => Number::Plural,
        Some(_) => Number::Singular,
        None if noun.ends_with('s') && !noun.ends_with("is") => Number::Plural,
        None => Number::Singular,
    };
    let gender = gender_of(&singular(noun, number)).or(match article {
        Some("la" | "las" | "una") => Some(Gender::Feminine),
        Some("los" | "un" | "el") => Some(Gender::Masculine),
        _ => None,
    })?;
    Some((gender, number))
}

/// The definite article before a phrase without one: «el» before «acta», «las» before «mociones». `None` when
/// its gender is unknown.
pub fn article(phrase: &str) -> Option<&'static str> {
    let (gender, number) = forms_of(phrase)?;
    let first = phrase.split_whitespace().next().unwrap_or_default().to_lowercase();
    Some(match (gender, number) {
        (Gender::Feminine, Number::Singular) if STRESSED_A.contains(&first.as_str()) => "el",
        (Gender::Feminine, Number::Singular) => "la",
        (Gender::Feminine, Number::Plural) => "las",
        (Gender::Masculine, Number::Singular) => "el",
        (Gender::Masculine, Number::Plural) => "los",
    })
}

fn plural(word: &str) -> String {
    match word.chars().next_back() {
        Some('a' | 'e' | 'i' | 'o' | 'u' | 'á' | 'é' | 'ó') => format!("{word}s"),
        Some('z') => format!("{}ces", word.trim_end_matches('z')),
        Some(_) => format!("{word}es"),
        None => String::new(),
    }
}

/// The singular as far as the gender needs it: «mociones» → «mocion», «órdenes» → «orden».
fn singular(noun: &str, number: Number) -> String {
    if number == Number::Singular {
        return noun.to_owned();
    }
    match noun {
        "órdenes" => "orden".to_owned(),
        "dictámenes" => "dictamen".to_owned(),
        "leyes" => "ley".to_owned(),
        "planes" => "plan".to_owned(),
        _ => match noun.strip_suffix("ones") {
            Some(stem) => format!("{stem}ón"),
            None => noun.strip_suffix('s').unwrap_or(noun).to_owned(),
        },
    }
}

fn gender_of(noun: &str) -> Option<Gender> {
    if let Some((_, gender)) = NOUNS.iter().find(|(known, _)| *known == noun) {
        return Some(*gender);
    }
    let feminine = ["a", "ción", "sión", "dad", "tad", "dade", "tade"].iter().any(|ending| noun.ends_with(ending));
    match noun.chars().next_back() {
        _ if feminine => Some(Gender::Feminine),
        Some('o') => Some(Gender::Masculine),
        _ => None,
    }
}
