//! Cardinal numbers in words, by the rules of the academies: «veintiún votos», «veintiuna concejalas»,
//! «doscientas mil personas», «un billón» for 10^12.

/// The form a number takes by the noun it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Without a noun after it: «veintiuno».
    Alone,
    /// Before a masculine noun: «veintiún votos».
    BeforeMasculine,
    /// Before or for a feminine noun: «veintiuna concejalas».
    Feminine,
}

const BELOW_THIRTY: [&str; 30] = [
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
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidós",
    "veintitrés",
    "veinticuatro",
    "veinticinco",
    "veintiséis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
];

const TENS: [&str; 10] = ["", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"];

/// Without their ending, «os» or «as».
const HUNDREDS: [&str; 10] =
    ["", "", "doscient", "trescient", "cuatrocient", "quinient", "seiscient", "setecient", "ochocient", "novecient"];

/// From the largest down: what one and what several of each are called. They are masculine.
const SCALES: [(u64, &str, &str); 3] = [
    (1_000_000_000_000_000_000, "trillón", "trillones"),
    (1_000_000_000_000, "billón", "billones"),
    (1_000_000, "millón", "millones"),
];

/// The number in words. After whole millions a noun takes «de», which is not written here.
pub fn cardinal(number: u64, form: Form) -> String {
    if number == 0 {
        return BELOW_THIRTY[0].to_owned();
    }
    let mut words = Vec::new();
    let mut rest = number;
    for (power, one, several) in SCALES {
        let count = rest / power;
        rest %= power;
        if count > 0 {
            push_below_million(&mut words, count, Form::BeforeMasculine);
            words.push(if count == 1 { one } else { several }.to_owned());
        }
    }
    push_below_million(&mut words, rest, form);
    words.join(" ")
}

fn push_below_million(words: &mut Vec<String>, number: u64, form: Form) {
    let (thousands, rest) = (number / 1_000, number % 1_000);
    if thousands > 1 {
        // «veintiún mil personas», but «doscientas mil»: only the hundreds agree across «mil».
        push_below_thousand(words, thousands, Form::BeforeMasculine, form == Form::Feminine);
    }
    if thousands > 0 {
        words.push("mil".to_owned());
    }
    push_below_thousand(words, rest, form, form == Form::Feminine);
}

fn push_below_thousand(words: &mut Vec<String>, number: u64, form: Form, feminine_hundreds: bool) {
    let (hundreds, rest) = (number / 100, number % 100);
    match (hundreds, rest) {
        (0, _) => {}
        (1, 0) => words.push("cien".to_owned()),
        (1, _) => words.push("ciento".to_owned()),
        (hundreds, _) => {
            let ending = if feminine_hundreds { "as" } else { "os" };
            words.push(format!("{}{ending}", HUNDREDS[hundreds as usize]));
        }
    }
    match (rest / 10, rest % 10) {
        (0, 0) => {}
        (0..=2, _) => words.push(in_form(BELOW_THIRTY[rest as usize], form)),
        (tens, 0) => words.push(TENS[tens as usize].to_owned()),
        (tens, units) => {
            words.push(format!("{} y {}", TENS[tens as usize], in_form(BELOW_THIRTY[units as usize], form)));
        }
    }
}

/// «uno» and «veintiuno» before their noun; all others never change.
fn in_form(word: &str, form: Form) -> String {
    match (word, word.strip_suffix("uno"), form) {
        ("veintiuno", _, Form::BeforeMasculine) => "veintiún".to_owned(),
        (_, Some(stem), Form::BeforeMasculine) => format!("{stem}un"),
        (_, Some(stem), Form::Feminine) => format!("{stem}una"),
        _ => word.to_owned(),
    }
}
