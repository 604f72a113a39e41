//! What a server answers, read with all the differences there are between servers: words of their own, inside their
//! segments, or in tokens; lengths as numbers or as text; an error that calls itself a success.

use serde::Deserialize;
use serde_json::Value;

/// What was heard in a piece, as the server has it. Times are in seconds of the piece and nobody has checked them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answer {
    /// All of it, with punctuation.
    pub text: String,
    /// The words, where the server gives them; they may lack punctuation.
    pub words: Vec<Said>,
    /// Stretches of text, where the server gives them.
    pub segments: Vec<Said>,
    /// How long the server thinks the piece is, in seconds.
    pub duration: Option<f64>,
}

/// A word or a stretch of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The text, without spaces around it.
    pub text: String,
    /// Where it starts, in seconds.
    pub start: f64,
    /// Where it ends, in seconds.
    pub end: f64,
    /// How sure the server is, from 0 to 1, if it says.
    pub confidence: Option<f64>,
}

/// Why an answer is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoAnswer {
    /// A web page: that of a proxy, or of something else than a server of transcriptions.
    WebPage,
    /// The server says what it did not like.
    Refusal(String),
    /// Not what was asked for: cut short, or something else.
    Malformed(String),
}

/// Reads the body of an answer that calls itself a success.
///
/// # Errors
/// [`NoAnswer`] of any kind.
pub fn read(body: &[u8]) -> Result<Answer, NoAnswer> {
    if body.trim_ascii_start().starts_with(b"<") {
        return Err(NoAnswer::WebPage);
    }
    // A token may end in the middle of a letter; the rest is as good as ever.
    let text = String::from_utf8_lossy(body);
    let whole: Value = serde_json::from_str(&text).map_err(|error| NoAnswer::Malformed(error.to_string()))?;
    if whole.get("error").is_some_and(|error| !error.is_null()) {
        return Err(NoAnswer::Refusal(complaint(body)));
    }
    let read: Read = serde_json::from_value(whole).map_err(|error| NoAnswer::Malformed(error.to_string()))?;
    let segments = read.segments.unwrap_or_default();
    let apart: Vec<RawWord> = segments.iter().flat_map(|segment| segment.words.iter().flatten().cloned()).collect();
    let words = read.words.filter(|words| !words.is_empty()).unwrap_or(apart);
    let (segments, broken) = whole_segments(segments);
    let joined = || segments.iter().map(|segment| segment.text.as_str()).collect::<Vec<_>>().join(" ");
    let text = match read.text {
        Some(text) if broken && same_letters(&text, &joined()) => joined(),
        Some(text) => text,
        None if segments.is_empty() => return Err(NoAnswer::Malformed("there is no text in it".to_owned())),
        None => joined(),
    };
    Ok(Answer { text: text.trim().to_owned(), words: whole_words(&words), segments, duration: seconds(read.duration) })
}

/// What a server says in a body that is no answer, in a few words.
pub fn complaint(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let said = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(list) => list.first().map(ToString::to_string),
        Value::Object(inner) => inner.get("message").and_then(Value::as_str).map(str::to_owned),
        _ => None,
    };
    let parsed: Option<Value> = serde_json::from_str(&text).ok();
    let found = parsed.and_then(|whole| ["error", "detail", "message"].iter().find_map(|name| said(whole.get(name)?)));
    let words = found.unwrap_or_else(|| if text.trim_start().starts_with('<') { String::new() } else { text.into() });
    words.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST_COMPLAINT).collect()
}

/// How much of what a server complains of is kept, in letters.
const LONGEST_COMPLAINT: usize = 200;

#[derive(Deserialize)]
struct Read {
    text: Option<String>,
    words: Option<Vec<RawWord>>,
    segments: Option<Vec<RawSegment>>,
    duration: Option<Value>,
}

#[derive(Clone, Deserialize)]
struct RawWord {
    #[serde(alias = "text")]
    word: String,
    start: Option<f64>,
    end: Option<f64>,
    #[serde(alias = "confidence", alias = "score")]
    probability: Option<f64>,
}

#[derive(Deserialize)]
struct RawSegment {
    #[serde(default)]
    text: String,
    start: Option<f64>,
    end: Option<f64>,
    words: Option<Vec<RawWord>>,
    avg_logprob: Option<f64>,
}

impl RawSegment {
    fn said(self) -> Said {
        let confidence = self.avg_logprob.map(|logarithm| logarithm.exp().clamp(0.0, 1.0));
        said(&self.text, self.start, self.end, confidence)
    }
}

/// A time that is missing is none that could be believed.
fn said(text: &str, start: Option<f64>, end: Option<f64>, confidence: Option<f64>) -> Said {
    let (start, end) = (start.unwrap_or(f64::NAN), end.unwrap_or(f64::NAN));
    Said { text: text.trim().to_owned(), start, end, confidence }
}

/// Stretches of whole words, and whether any had to be made whole: whisper.cpp's server ends a stretch after sixty
/// letters, be it in the middle of a word, and a line of its text with it. As with tokens, what begins without a space
/// goes on with the word before where others begin with one.
fn whole_segments(raw: Vec<RawSegment>) -> (Vec<Said>, bool) {
    let spaced = raw.iter().skip(1).any(|segment| segment.text.starts_with(char::is_whitespace));
    let mut segments: Vec<Said> = Vec::with_capacity(raw.len());
    let mut broken = false;
    for mut segment in raw {
        if let Some(before) = segments.last_mut().filter(|before| spaced && goes_on(&before.text, &segment.text)) {
            broken = true;
            let rest = segment.text.split_off(segment.text.find(char::is_whitespace).unwrap_or(segment.text.len()));
            before.text.push_str(&segment.text);
            if rest.trim().is_empty() {
                before.end = segment.end.unwrap_or(f64::NAN);
                continue;
            }
            segment.text = rest;
        }
        segments.push(segment.said());
    }
    (segments, broken)
}

/// Whether a word may have been cut between these two. Behind the end of a sentence none is.
fn goes_on(before: &str, text: &str) -> bool {
    before.ends_with(char::is_alphanumeric) && text.starts_with(char::is_alphanumeric)
}

/// Whether two texts differ in nothing but spaces.
fn same_letters(one: &str, other: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>();
    letters(one) == letters(other)
}

/// Words of what may be pieces of words: where some begin with a space, the others go on with the one before.
fn whole_words(raw: &[RawWord]) -> Vec<Said> {
    let spaced = raw.iter().skip(1).any(|token| token.word.starts_with(char::is_whitespace));
    let mut words: Vec<Said> = Vec::with_capacity(raw.len());
    for token in raw {
        let goes_on = spaced && !token.word.starts_with(char::is_whitespace);
        match words.last_mut().filter(|_| goes_on) {
            Some(word) => {
                word.text.push_str(token.word.trim_end());
                word.end = token.end.unwrap_or(f64::NAN);
                word.confidence = match (word.confidence, token.probability) {
                    (Some(one), Some(other)) => Some(one.min(other)),
                    (one, other) => one.or(other),
                };
            }
            None => words.push(said(&token.word, token.start, token.end, token.probability)),
        }
    }
    words.retain(|word| !word.text.is_empty());
    words
}

/// A length that may be written as a number or as text.
fn seconds(value: Option<Value>) -> Option<f64> {
    match value? {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().trim_end_matches('s').parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(said: &[Said]) -> Vec<&str> {
        said.iter().map(|one| one.text.as_str()).collect()
    }

    #[test]
    fn words_beside_the_segments_are_read() {
        let body = r#"{"task":"transcribe","language":"spanish","duration":"8.47","text":" Se abre.",
            "words":[{"word":"Se","start":0.0,"end":0.2},{"word":"abre","start":0.2,"end":0.9}],
            "segments":[{"id":0,"start":0,"end":1,"text":" Se abre.","avg_logprob":-0.1}]}"#;
        let answer = read(body.as_bytes()).unwrap();
        assert_eq!((answer.text.as_str(), answer.duration), ("Se abre.", Some(8.47)));
        assert_eq!(texts(&answer.words), ["Se", "abre"]);
        assert!(answer.segments[0].confidence.unwrap() > 0.9);
    }

    #[test]
    fn tokens_inside_the_segments_become_words() {
        let body = r#"{"text":"La sesión.","segments":[{"start":0,"end":1,"text":" La sesión.","words":[
            {"word":" La","start":0.0,"end":0.2,"probability":0.9},{"word":" ses","start":0.2,"end":0.5,"probability":0.8},
            {"word":"ión","start":0.5,"end":0.8,"probability":0.4},{"word":".","start":0.8,"end":0.8,"probability":0.9}]}]}"#;
        let words = read(body.as_bytes()).unwrap().words;
        assert_eq!(texts(&words), ["La", "sesión."]);
        assert_eq!((words[1].start, words[1].end, words[1].confidence), (0.2, 0.8, Some(0.4)));
    }

    #[test]
    fn a_word_that_a_stretch_ends_in_is_whole_in_the_stretches_and_in_the_text() {
        let body = r#"{"text":" verificar el qu\nórum.\n Presente.\nsí\n diecio\ncho\n de\n","segments":[
            {"start":0,"end":2,"text":" verificar el qu"},{"start":2,"end":2.5,"text":"órum."},
            {"start":3,"end":4,"text":" Presente."},{"start":4,"end":5,"text":"sí"},{"start":5,"end":6,"text":" diecio"},
            {"start":6,"end":6.5,"text":"cho de"}]}"#;
        let answer = read(body.as_bytes()).unwrap();
        assert_eq!(texts(&answer.segments), ["verificar el quórum.", "Presente.", "sí", "dieciocho", "de"]);
        assert_eq!(answer.text, "verificar el quórum. Presente. sí dieciocho de");
        assert_eq!((answer.segments[0].end, answer.segments[4].start), (2.5, 6.0));
    }

    #[test]
    fn stretches_that_never_begin_with_a_space_are_whole_words() {
        let body =
            r#"{"text":"uno dos","segments":[{"start":0,"end":1,"text":"uno"},{"start":1,"end":2,"text":"dos"}]}"#;
        let answer = read(body.as_bytes()).unwrap();
        assert_eq!((texts(&answer.segments), answer.text.as_str()), (vec!["uno", "dos"], "uno dos"));
    }

    #[test]
    fn a_text_alone_is_an_answer_and_so_is_silence() {
        assert_eq!(read(br#"{"text":"Buenos dias"}"#).unwrap().text, "Buenos dias");
        assert_eq!(read(br#"{"text":"","segments":[],"words":null}"#).unwrap(), Answer::default());
    }

    #[test]
    fn a_web_page_half_an_answer_and_an_error_that_calls_itself_a_success_are_told_apart() {
        assert_eq!(read(b"\n<!DOCTYPE html><html>"), Err(NoAnswer::WebPage));
        assert!(matches!(read(br#"{"text":"Se ab"#), Err(NoAnswer::Malformed(_))));
        assert!(matches!(read(b""), Err(NoAnswer::Malformed(_))));
        assert!(matches!(read(b"[]"), Err(NoAnswer::Malformed(_))));
        assert!(matches!(read(br#"{"usage":1}"#), Err(NoAnswer::Malformed(_))));
        assert!(matches!(read(br#"{"text":7}"#), Err(NoAnswer::Malformed(_))));
        let refused = read(br#"{"error":"failed to read audio data"}"#);
        assert_eq!(refused, Err(NoAnswer::Refusal("failed to read audio data".to_owned())));
    }

    #[test]
    fn what_a_server_complains_of_is_found_wherever_it_stands() {
        assert_eq!(complaint(br#"{"error":{"message":"no such  model","code":404}}"#), "no such model");
        assert_eq!(complaint(br#"{"detail":"Not Found"}"#), "Not Found");
        assert_eq!(complaint(br#"{"detail":[{"msg":"field required"}]}"#), r#"{"msg":"field required"}"#);
        assert_eq!(complaint(b"busy"), "busy");
        assert_eq!(complaint(b"<html>"), "");
        assert_eq!(complaint("x".repeat(9_000).as_bytes()).len(), LONGEST_COMPLAINT);
    }

    proptest! {
        #[test]
        fn no_body_breaks_the_reading(body in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&body);
            let _ = complaint(&body);
        }

        #[test]
        fn an_answer_cut_short_anywhere_is_malformed(cut in 1_usize..70) {
            let whole = br#"{"text":"Se abre","words":[{"word":"Se","start":0.1,"end":0.2}]}"#;
            let cut = cut.min(whole.len() - 1);
            prop_assert!(matches!(read(&whole[..cut]), Err(NoAnswer::Malformed(_))));
        }
    }
}
