//! Small numbers, hours of the clock and minutes as they are said, in words or in figures.

/// An hour of the clock as it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hour {
    /// 0 to 24.
    pub hour: u32,
    /// 0 to 59.
    pub minute: u32,
    /// Whether the half of the day was said, so that nothing is left to guess.
    pub certain: bool,
}

impl Hour {
    /// `HH:MM`.
    pub(super) fn written(self) -> String {
        format!("{:02}:{:02}", self.hour % 24, self.minute)
    }

    /// Minutes since midnight.
    pub(super) fn minutes(self) -> u32 {
        self.hour % 24 * 60 + self.minute
    }
}

const UNITS: [&str; 31] = [
    "cero",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciseis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidos",
    "veintitres",
    "veinticuatro",
    "veinticinco",
    "veintiseis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
    "treinta",
];

const TENS: [(&str, u32); 8] = [
    ("veinte", 20),
    ("treinta", 30),
    ("cuarenta", 40),
    ("cincuenta", 50),
    ("sesenta", 60),
    ("setenta", 70),
    ("ochenta", 80),
    ("noventa", 90),
];

const ORDINALS: [&str; 15] = [
    "primer",
    "segund",
    "tercer",
    "cuart",
    "quint",
    "sext",
    "septim",
    "octav",
    "noven",
    "decim",
    "undecim",
    "duodecim",
    "decimotercer",
    "decimocuart",
    "decimoquint",
];

/// The number that `words` begin with, up to 999, and how many words say it.
pub(super) fn number(words: &[&str]) -> Option<(u32, usize)> {
    let first = *words.first()?;
    if first.len() <= 3 && first.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some((first.parse().ok()?, 1));
    }
    if let Some(&(_, tens)) = TENS.iter().find(|(word, _)| *word == first) {
        let unit = if words.get(1) == Some(&"y") { words.get(2).and_then(|word| unit(word)) } else { None };
        return Some(unit.filter(|unit| (1..10).contains(unit)).map_or((tens, 1), |unit| (tens + unit, 3)));
    }
    if first == "diez"
        && words.get(1) == Some(&"y")
        && let Some(unit @ 6..=9) = words.get(2).and_then(|word| unit(word))
    {
        return Some((10 + unit, 3));
    }
    unit(first).map(|unit| (unit, 1))
}

/// The ordinal that is `word`, from 1 on: «tercero», «3ro».
pub(super) fn ordinal(word: &str) -> Option<u32> {
    let stem = word.trim_end_matches(['o', 'a']);
    if let Some(at) = ORDINALS.iter().position(|ordinal| *ordinal == stem) {
        return u32::try_from(at + 1).ok();
    }
    let figures =
        ["ero", "ro", "do", "er", "to", "mo", "vo", "no", "o"].iter().find_map(|end| word.strip_suffix(end))?;
    (!figures.is_empty() && figures.len() <= 2 && figures.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| figures.parse().ok())?
}

/// How many minutes `words` begin with: «quince minutos», «media hora», «un cuarto de hora».
pub(super) fn minutes(words: &[&str]) -> Option<u32> {
    match words {
        ["media", "hora", ..] => return Some(30),
        ["un", "cuarto", "de", "hora", ..] | ["cuarto", "de", "hora", ..] => return Some(15),
        ["hora", "y", "media", ..] => return Some(90),
        ["una" | "1", "hora", "y", "media", ..] => return Some(90),
        _ => {}
    }
    let (count, used) = number(words)?;
    let rest = &words[used..];
    match rest {
        ["minuto" | "minutos" | "minuticos" | "minutico" | "min", ..] => Some(count),
        ["o" | "a", more @ ..] if number(more).is_some() => minutes(more),
        ["hora" | "horas", ..] => Some(count * 60),
        _ => None,
    }
}

/// The hour that `words` are, said without its article in answer to a question.
pub(super) fn answered(words: &[&str]) -> Option<Hour> {
    clock(words).filter(|(hour, used)| hour.certain || *used > 1).map(|(hour, _)| hour)
}

/// The hours of the clock in `words`: the first and the last word of each, and the hour. What is corrected
/// at once («nueve y diez, perdón, nueve y cinco») is the hour after the correction.
pub(super) fn hours(words: &[&str]) -> Vec<(usize, usize, Hour)> {
    let mut found: Vec<(usize, usize, Hour)> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some((hour, used)) = hour_at(words, at) else {
            at += 1;
            continue;
        };
        let mut end = at + used;
        let mut said = hour;
        if matches!(words.get(end), Some(&("perdon" | "corrijo" | "digo" | "disculpe" | "mejor"))) {
            let next =
                end + 1 + usize::from(matches!(words.get(end + 1), Some(&("dicho" | "las" | "a" | "no" | "son"))));
            if let Some((better, more)) = clock(&words[next.min(words.len())..]) {
                said = better;
                end = next + more;
            }
        }
        found.push((at, end, said));
        at = end.max(at + 1);
    }
    found
}

fn unit(word: &str) -> Option<u32> {
    let word = match word {
        "un" | "una" => "uno",
        "ningun" | "ninguno" | "ninguna" => "cero",
        "veintiun" | "veintiuna" => "veintiuno",
        other => other,
    };
    UNITS.iter().position(|unit| *unit == word).and_then(|at| u32::try_from(at).ok())
}

fn hour_at(words: &[&str], at: usize) -> Option<(Hour, usize)> {
    let before = at.checked_sub(1).map(|before| words[before]);
    match words[at] {
        "las" | "la" => {
            let (hour, used) = clock(&words[at + 1..])?;
            if words[at] == "la" && hour.hour % 12 != 1 {
                return None;
            }
            let announced =
                matches!(before, Some("siendo" | "son" | "a" | "es" | "hora" | "sobre" | "siendose" | "eran"));
            (announced || used > 1 || words[at + 1].contains(':')).then_some((hour, used + 1))
        }
        "cuarto" | "diez" | "cinco" | "veinte" | "veinticinco" | "5" | "10" | "15" | "20" | "25"
            if to_the_hour(words, at).is_some() =>
        {
            to_the_hour(words, at)
        }
        "pasan" | "pasaban" | "pasando" => past_the_hour(&words[at + 1..]).map(|(hour, used)| (hour, used + 1)),
        "mediodia" if matches!(before, Some("al" | "el" | "siendo")) => {
            Some((Hour { hour: 12, minute: 0, certain: true }, 1))
        }
        word if number(&[word]).is_some_and(|(hour, _)| (1..=12).contains(&hour)) && !matches!(before, Some("y")) => {
            clock(&words[at..]).filter(|(_, used)| said_with_half(&words[at + 1..at + used]))
        }
        word if word.contains(':') => clock(&words[at..]),
        _ if matches!(before, Some("siendo" | "cierre" | "hora")) => clock(&words[at..]).filter(|(_, used)| *used > 1),
        _ => None,
    }
}

/// «Ocho y cinco de la mañana» is an hour without its article too.
fn said_with_half(after: &[&str]) -> bool {
    matches!(
        after,
        [.., "de", "la", "manana" | "tarde" | "noche" | "madrugada"] | [.., "a" | "p", "m"] | [.., "am" | "pm"]
    )
}

/// «diez para las nueve», «un cuarto para las diez».
fn to_the_hour(words: &[&str], at: usize) -> Option<(Hour, usize)> {
    let (less, used) = if words[at] == "cuarto" { (15, 1) } else { number(&words[at..])? };
    let minutes = usize::from(words.get(at + used) == Some(&"minutos"));
    let rest = words.get(at + used + minutes..)?;
    let ["para", "las" | "la", hour @ ..] = rest else { return None };
    let (hour, more) = clock(hour)?;
    (hour.minute == 0).then(|| (earlier(hour, less), used + minutes + 2 + more))
}

/// «Seis minutos de las siete», behind «pasan».
fn past_the_hour(words: &[&str]) -> Option<(Hour, usize)> {
    let (minute, used) = number(words)?;
    let minutes = usize::from(matches!(words.get(used), Some(&("minutos" | "minuto"))));
    let ["de", "las" | "la", hour @ ..] = words.get(used + minutes..)? else { return None };
    let (hour, more) = clock(hour)?;
    (hour.minute == 0 && minute < 60).then_some((Hour { minute, ..hour }, used + minutes + 2 + more))
}

fn earlier(hour: Hour, less: u32) -> Hour {
    let minutes = (hour.minutes() + 24 * 60 - less) % (24 * 60);
    Hour { hour: minutes / 60, minute: minutes % 60, certain: hour.certain }
}

/// The hour that `words` begin with, without its article, and how many words say it.
fn clock(words: &[&str]) -> Option<(Hour, usize)> {
    let first = *words.first()?;
    let figures: Vec<&str> = first.split([':', '.']).collect();
    let (mut hour, mut minute, mut at) = if figures.len() > 1 {
        let part = |at: usize| figures.get(at).filter(|part| part.len() <= 2)?.parse::<u32>().ok();
        (part(0)?, part(1)?, 1)
    } else {
        let (hour, used) = number(words)?;
        // «veinte y cinco» is an hour and its minutes, «treinta y cinco» can only be a number.
        (hour, 0, if used == 3 && hour < 30 { 1 } else { used })
    };
    if figures.len() == 1 && at == 1 && hour > 20 && words.get(1) == Some(&"y") && first == "veinte" {
        hour = 20;
    }
    if hour > 24 || minute > 59 {
        return None;
    }
    at += usize::from(matches!(words.get(at), Some(&("horas" | "hora"))));
    let mut less = 0;
    if figures.len() == 1 {
        let joined = matches!(words.get(at), Some(&("y" | "con")));
        let rest = words.get(at + usize::from(joined)..).unwrap_or_default();
        match (words.get(at), rest) {
            (Some(&"menos"), [_, "cuarto", ..]) => (less, at) = (15, at + 2),
            (Some(&"menos"), [_, rest @ ..]) if number(rest).is_some() => {
                let (minutes, used) = number(rest)?;
                (less, at) = (minutes, at + 1 + used);
            }
            (_, ["media", ..]) if joined => (minute, at) = (30, at + 2),
            (_, ["cuarto", ..]) if joined => (minute, at) = (15, at + 2),
            (_, ["pico" | "algo", ..]) if joined => at += 2,
            (_, ["cero" | "0", unit, ..]) if number(&[unit]).is_some_and(|(unit, _)| unit < 10) => {
                minute = number(&[unit])?.0;
                at += 2 + usize::from(joined);
            }
            (_, rest) => {
                if let Some((minutes, used)) = number(rest).filter(|(minutes, _)| *minutes < 60)
                    && (joined || minutes >= 10 || rest[0].len() == 2 && rest[0].starts_with('0'))
                {
                    minute = minutes;
                    at += used + usize::from(joined);
                }
            }
        }
    }
    at += usize::from(matches!(words.get(at), Some(&("minutos" | "minuto"))));
    at += usize::from(matches!(words.get(at), Some(&("horas" | "hora"))));
    if let Some(["en", "punto"]) = words.get(at..at + 2) {
        at += 2;
    }
    at += usize::from(matches!(words.get(at), Some(&("ya" | "exactas" | "exactamente"))));
    let (half, used) = half(words.get(at..).unwrap_or_default());
    let certain = half.is_some() || hour > 12;
    // «Las diez de la mañana con un minuto.»
    let mut used = used;
    if let (Some(_), Some(["con", rest @ ..])) = (&half, words.get(at + used..))
        && let Some((minutes, more)) = number(rest).filter(|(minutes, _)| minute == 0 && *minutes < 60)
        && matches!(rest.get(more), Some(&("minuto" | "minutos")))
    {
        minute = minutes;
        used += more + 2;
    }
    hour = match half {
        Some(Half::Afternoon) if hour < 12 => hour + 12,
        Some(Half::Night) if hour < 12 => hour + 12,
        Some(Half::Night | Half::Small) if hour == 12 => 0,
        _ => hour,
    };
    Some((earlier(Hour { hour, minute, certain }, less), at + used))
}

enum Half {
    Morning,
    Afternoon,
    Night,
    /// «De la madrugada».
    Small,
}

fn half(words: &[&str]) -> (Option<Half>, usize) {
    match words {
        ["de" | "en" | "por", "la", "manana", ..] => (Some(Half::Morning), 3),
        ["de" | "en" | "por", "la", "madrugada", ..] => (Some(Half::Small), 3),
        ["de" | "en" | "por", "la", "tarde", ..] => (Some(Half::Afternoon), 3),
        ["de" | "en" | "por", "la", "noche", ..] => (Some(Half::Night), 3),
        ["de", "manana", ..] => (Some(Half::Morning), 2),
        ["del", "mediodia" | "dia", next, ..] if *next != "de" && number(&[next]).is_none() => {
            (Some(Half::Afternoon), 2)
        }
        ["del", "mediodia"] | ["del", "dia"] => (Some(Half::Afternoon), 2),
        ["del", "medio", "dia", ..] => (Some(Half::Afternoon), 3),
        ["del", "mediodia", ..] => (Some(Half::Afternoon), 2),
        ["am", ..] => (Some(Half::Morning), 1),
        ["pm", ..] => (Some(Half::Afternoon), 1),
        ["a", "m", ..] => (Some(Half::Morning), 2),
        ["p", "m", ..] => (Some(Half::Afternoon), 2),
        _ => (None, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<String> {
        let words: Vec<&str> = text.split(' ').collect();
        hours(&words).into_iter().map(|(_, _, hour)| hour.written()).collect()
    }

    #[test]
    fn numbers_are_read_in_words_and_in_figures() {
        assert_eq!(number(&["trece", "concejales"]), Some((13, 1)));
        assert_eq!(number(&["treinta", "y", "cinco"]), Some((35, 3)));
        assert_eq!(number(&["diez", "y", "siete"]), Some((17, 3)));
        assert_eq!(number(&["12"]), Some((12, 1)));
        assert_eq!(number(&["ninguno"]), Some((0, 1)));
        assert_eq!(number(&["2025"]), None);
        assert_eq!(
            (ordinal("tercero"), ordinal("primer"), ordinal("4to"), ordinal("casa")),
            (Some(3), Some(1), Some(4), None)
        );
    }

    #[test]
    fn the_clock_is_read_as_it_is_spoken() {
        for (text, written) in [
            ("siendo las nueve y cinco de la manana", "09:05"),
            ("siendo las 9:05 a m", "09:05"),
            ("a las doce y cuarenta y siete del mediodia", "12:47"),
            ("son las tres y cuarto de la tarde", "15:15"),
            ("siendo las diez menos cuarto de la manana", "09:45"),
            ("faltando diez minutos para las nueve de la manana", "08:50"),
            ("un cuarto para las diez de la manana", "09:45"),
            ("siendo las diecinueve horas", "19:00"),
            ("siendo las nueve horas y diez minutos de la manana", "09:10"),
            ("a las 8 y 30 de la noche", "20:30"),
            ("siendo las nueve cero cinco", "09:05"),
            ("siendo las 6 y 7 de la tarde", "18:07"),
            ("a las doce y veinte de la madrugada", "00:20"),
            ("siendo las once de la manana con tres minutos", "11:03"),
            ("siendo la una y diez de la tarde", "13:10"),
            ("siendo las veinte y cinco", "20:05"),
            ("pasan seis minutos de las siete", "07:06"),
            ("siendo las nueve y diez perdon nueve y cinco de la manana", "09:05"),
            ("a las nueve del dia trece", "09:00"),
            ("hora de inicio diez y quince de la manana", "10:15"),
            ("nueve y cincuenta y nueve de la manana", "09:59"),
        ] {
            assert_eq!(said(text), [written], "{text}");
        }
    }

    #[test]
    fn not_every_article_before_a_number_is_an_hour() {
        assert!(said("las dos obras y la una de la vereda").len() <= 1);
        assert!(said("aprobamos las tres propuestas de las cinco comunas").is_empty());
    }

    #[test]
    fn the_minutes_of_a_recess_are_read() {
        assert_eq!(minutes(&["diez", "minutos"]), Some(10));
        assert_eq!(minutes(&["media", "hora"]), Some(30));
        assert_eq!(minutes(&["cinco", "o", "diez", "minutos"]), Some(10));
        assert_eq!(minutes(&["diez", "concejales"]), None);
    }
}
