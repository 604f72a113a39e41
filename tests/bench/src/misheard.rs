//! Invented names, and what somebody writes who hears them for the first time.

use fastrand::Rng;

const BEGINNINGS: [&str; 24] = [
    "Cha", "Gua", "Ti", "Que", "Zu", "Ve", "Bo", "Ye", "Lla", "Je", "Ha", "Ce", "Ñan", "Pu", "Tun", "Cun", "Sa", "Mon",
    "Ibar", "Pie", "Fu", "Gi", "Ur", "Ne",
];
const MIDDLES: [&str; 20] = [
    "ca", "rre", "qui", "za", "ba", "vi", "lle", "ño", "gua", "que", "si", "to", "mbe", "nda", "ju", "ma", "cho", "pe",
    "hue", "ri",
];
const ENDINGS: [&str; 16] =
    ["yo", "ví", "zal", "bara", "quén", "tá", "ñez", "llo", "rú", "ja", "gón", "huil", "nza", "co", "var", "dega"];

/// So many names of three to five syllables.
pub fn names(count: usize, chance: &mut Rng) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    while names.len() < count {
        let middles: String = (0..1 + chance.u32(..3)).map(|_| one(&MIDDLES, chance)).collect();
        let name = format!("{}{middles}{}", one(&BEGINNINGS, chance), one(&ENDINGS, chance));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// How a name is written by ear: of ten times six with the same sound, two with another sound, one in two words,
/// and once as an ordinary word that nothing can tell from what was said.
pub fn heard(name: &str, chance: &mut Rng) -> String {
    match chance.u32(..10) {
        0..6 => same_sound(name, chance),
        6..8 => other_sound(name, chance),
        8 => torn(name, chance),
        _ => "mientras".to_owned(),
    }
}

/// Another spelling of every sound that has one, by chance; a small letter at the beginning once in three times.
fn same_sound(name: &str, chance: &mut Rng) -> String {
    const SPELLINGS: [(&str, &str); 12] = [
        ("v", "b"),
        ("b", "v"),
        ("z", "s"),
        ("ll", "y"),
        ("y", "ll"),
        ("h", ""),
        ("que", "ke"),
        ("qui", "ki"),
        ("á", "a"),
        ("é", "e"),
        ("í", "i"),
        ("ú", "u"),
    ];
    let mut text = name.to_lowercase();
    for (one, other) in SPELLINGS {
        if chance.u32(..2) == 0 {
            text = text.replacen(one, other, 1);
        }
    }
    if chance.u32(..3) == 0 { text } else { capital(&text) }
}

/// One letter behind the first is another one.
fn other_sound(name: &str, chance: &mut Rng) -> String {
    let mut letters: Vec<char> = name.to_lowercase().chars().collect();
    let at = 1 + chance.usize(..letters.len() - 1);
    letters[at] = if "aeiouáéíóú".contains(letters[at]) { 'e' } else { 't' };
    capital(&letters.into_iter().collect::<String>())
}

fn torn(name: &str, chance: &mut Rng) -> String {
    let letters: Vec<char> = name.to_lowercase().chars().collect();
    let at = 2 + chance.usize(..letters.len() - 3);
    format!("{} {}", letters[..at].iter().collect::<String>(), letters[at..].iter().collect::<String>())
}

fn one<'a>(all: &[&'a str], chance: &mut Rng) -> &'a str {
    all[chance.usize(..all.len())]
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
