//! From Whisper's tokens to words.
//!
//! Tokens are pieces of bytes: one that begins with a space begins a word, a letter may be spread
//! over two of them, and punctuation comes alone. Sounds that Whisper describes («[Música]») are
//! not words.

/// A token of text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    /// Its bytes, which need not be whole letters.
    pub(super) bytes: Vec<u8>,
    /// How likely the model thinks it, from 0 to 1.
    pub(super) probability: f32,
}

/// A word that has no time yet.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Untimed {
    /// As [`astra_core::transcript::Word::text`].
    pub(super) text: String,
    /// As [`astra_core::transcript::Word::confidence`].
    pub(super) confidence: f32,
}

/// What Whisper writes between round brackets or asterisks when nobody speaks, without accents.
const SOUNDS: [&str; 22] = [
    "aplauso",
    "applause",
    "audio",
    "campana",
    "golpe",
    "grito",
    "himno",
    "inaudible",
    "laugh",
    "llanto",
    "murmullo",
    "music",
    "ruido",
    "risa",
    "silencio",
    "silence",
    "sonido",
    "suena",
    "suspiro",
    "timbre",
    "tos",
    "voces",
];

/// The words in the tokens of one segment.
pub(super) fn words(tokens: &[Token]) -> Vec<Untimed> {
    let mut words = Vec::new();
    let mut opening = String::new();
    for (text, confidence) in without_sounds(grouped(tokens)) {
        if text.chars().any(|letter| letter.is_alphanumeric() || is_read_aloud(letter)) {
            let text = std::mem::take(&mut opening) + &text;
            words.push(Untimed { text, confidence });
        } else if text.chars().all(|mark| "¿¡(«“\"‘".contains(mark)) {
            opening.push_str(&text);
        } else if text.chars().all(|mark| ".,;:!?…)»”\"’".contains(mark))
            && let Some(last) = words.last_mut()
        {
            last.text.push_str(&text);
        }
        // Lone dashes, asterisks and notes are neither said nor do they touch a word.
    }
    words
}

/// Signs that stand for a word: «5 %», «$ 100».
fn is_read_aloud(letter: char) -> bool {
    "%‰€$£°ºª+=&§@#".contains(letter)
}

/// The tokens joined where no space parts them.
fn grouped(tokens: &[Token]) -> Vec<(String, f32)> {
    let mut groups: Vec<Vec<&Token>> = Vec::new();
    for token in tokens {
        match groups.last_mut() {
            Some(group) if !token.bytes.starts_with(b" ") => group.push(token),
            _ => groups.push(vec![token]),
        }
    }
    groups.iter().flat_map(|group| split_at_spaces(group)).collect()
}

/// A token may hold a space inside, and a group so more than one word.
fn split_at_spaces(group: &[&Token]) -> Vec<(String, f32)> {
    let bytes: Vec<u8> = group.iter().flat_map(|token| token.bytes.iter().copied()).collect();
    let text = String::from_utf8_lossy(&bytes).replace(char::REPLACEMENT_CHARACTER, "").replace(['♪', '♫', '\0'], " ");
    let confidence = confidence(group);
    text.split_whitespace().map(|word| (word.to_owned(), confidence)).collect()
}

/// The geometric mean of the probabilities of the tokens that hold letters or digits; how sure the
/// model is of a comma says nothing about the word before it.
fn confidence(group: &[&Token]) -> f32 {
    let telling = |token: &&&Token| token.bytes.iter().any(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii());
    let some: Vec<f32> = group.iter().filter(telling).map(|token| token.probability).collect();
    let all: Vec<f32> = if some.is_empty() { group.iter().map(|token| token.probability).collect() } else { some };
    let logarithms: f32 = all.iter().map(|probability| probability.clamp(1e-6, 1.0).ln()).sum();
    let mean = (logarithms / all.len().max(1) as f32).exp();
    if mean.is_finite() { mean.clamp(0.0, 1.0) } else { 0.0 }
}

/// Leaves out descriptions of sounds: everything in square brackets, and what stands in round ones
/// or between asterisks when it begins with a word for a sound.
fn without_sounds(groups: Vec<(String, f32)>) -> Vec<(String, f32)> {
    let mut kept = Vec::new();
    let mut rest = groups.as_slice();
    while let Some(((text, _), others)) = rest.split_first() {
        let closing = match text.chars().find(|mark| mark.is_alphanumeric() || "[(*".contains(*mark)) {
            Some('[') => Some(']'),
            Some('(') if begins_a_sound(text, others) => Some(')'),
            Some('*') if begins_a_sound(text, others) => Some('*'),
            _ => None,
        };
        let end = closing.and_then(|closing| end_of_sound(rest, closing));
        match end {
            Some(end) => rest = &rest[end..],
            None => {
                kept.push(rest[0].clone());
                rest = others;
            }
        }
    }
    kept
}

/// The position after the group that closes what the first one opens, within a few words.
fn end_of_sound(groups: &[(String, f32)], closing: char) -> Option<usize> {
    let first = groups.first()?.0.chars().skip_while(|mark| !"[(*".contains(*mark)).skip(1);
    if first.clone().any(|mark| mark == closing) {
        return Some(1);
    }
    let found = groups.iter().skip(1).take(6).position(|(text, _)| text.contains(closing));
    found.map(|position| position + 2)
}

fn begins_a_sound(text: &str, others: &[(String, f32)]) -> bool {
    let inside = |text: &str| text.chars().any(char::is_alphanumeric);
    let first = if inside(text) { Some(text) } else { others.first().map(|(text, _)| text.as_str()) };
    let bare: String = first.unwrap_or_default().to_lowercase().chars().filter_map(bare_letter).collect();
    SOUNDS.iter().any(|sound| bare.starts_with(sound) && bare.len() <= sound.len() + 3)
}

fn bare_letter(letter: char) -> Option<char> {
    Some(match letter {
        'á' => 'a',
        'é' => 'e',
        'í' => 'i',
        'ó' => 'o',
        'ú' => 'u',
        letter if letter.is_alphanumeric() => letter,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(pieces: &[&str]) -> Vec<Token> {
        pieces.iter().map(|piece| Token { bytes: piece.as_bytes().to_vec(), probability: 0.5 }).collect()
    }

    fn texts(pieces: &[&str]) -> Vec<String> {
        words(&tokens(pieces)).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn a_token_with_a_space_begins_a_word() {
        assert_eq!(texts(&[" Buenos", " d", "ías", ",", " conce", "jales", "."]), ["Buenos", "días,", "concejales."]);
    }

    #[test]
    fn the_first_word_needs_no_space() {
        assert_eq!(texts(&["Se", " abre"]), ["Se", "abre"]);
    }

    #[test]
    fn a_letter_cut_in_two_is_joined() {
        let mut cut = tokens(&[" Nari", "o"]);
        cut.insert(1, Token { bytes: vec![0xC3], probability: 0.5 });
        cut.insert(2, Token { bytes: vec![0xB1], probability: 0.5 });
        assert_eq!(words(&cut)[0].text, "Nariño");
    }

    #[test]
    fn half_a_letter_is_left_out() {
        let mut cut = tokens(&[" Nari"]);
        cut.push(Token { bytes: vec![0xC3], probability: 0.5 });
        assert_eq!(words(&cut)[0].text, "Nari");
    }

    #[test]
    fn punctuation_touches_its_word() {
        assert_eq!(texts(&[" ¿", "Qué", " dijo", "?", " —", " Nada", " ."]), ["¿Qué", "dijo?", "Nada."]);
        assert_eq!(texts(&[" ¿", " Qué", " «", " Nada", " »"]), ["¿Qué", "«Nada»"]);
        assert_eq!(texts(&[".", " ..."]), Vec::<String>::new());
    }

    #[test]
    fn signs_that_are_read_aloud_are_words() {
        assert_eq!(texts(&[" El", " 5", " %", " de", " $", " 100"]), ["El", "5", "%", "de", "$", "100"]);
    }

    #[test]
    fn descriptions_of_sounds_are_not_words() {
        assert_eq!(texts(&[" [", "Mús", "ica", "]"]), Vec::<String>::new());
        assert_eq!(texts(&[" [", "Música", " de", " fondo", "]", " Hola"]), ["Hola"]);
        assert_eq!(texts(&[" (", "aplausos", ")", " Gracias"]), ["Gracias"]);
        assert_eq!(texts(&[" (", " Risas", " del", " público", " )", " Gracias"]), ["Gracias"]);
        assert_eq!(texts(&[" *", "Aplausos", "*"]), Vec::<String>::new());
        assert_eq!(texts(&[" ♪", " ♪"]), Vec::<String>::new());
        assert_eq!(texts(&[" ♪", " Oh", " gloria", " ♪"]), ["Oh", "gloria"]);
    }

    #[test]
    fn words_in_brackets_that_were_said_stay() {
        assert_eq!(texts(&[" El", " artículo", " (", "quinto", ")", " rige"]), ["El", "artículo", "(quinto)", "rige"]);
        assert_eq!(
            texts(&[" un", " [", "corchete", " que", " nadie", " cierra"]),
            ["un", "[corchete", "que", "nadie", "cierra"]
        );
    }

    #[test]
    fn confidence_is_that_of_the_letters() {
        let mut some = tokens(&[" con", "cejo", "."]);
        some[0].probability = 0.9;
        some[1].probability = 0.4;
        some[2].probability = 0.01;
        let confidence = words(&some)[0].confidence;
        assert!((confidence - 0.6).abs() < 1e-3, "{confidence}");
        some[0].probability = f32::NAN;
        assert!(words(&some)[0].confidence.is_finite());
    }
}
