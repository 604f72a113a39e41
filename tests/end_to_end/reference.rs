//! The sample's exact text and times, and how far a transcript is from them.

use serde_json::Value;

use crate::astra::root;

/// A sentence of the sample as it was spoken.
pub struct Utterance {
    pub start_ms: u64,
    pub words: Vec<String>,
}

/// A word that was heard, and whether a segment starts with it.
pub struct HeardWord {
    pub text: String,
    pub start_ms: u64,
    pub starts_segment: bool,
}

pub fn utterances() -> Vec<Utterance> {
    let text = std::fs::read_to_string(root().join("assets/sample/sesion-de-muestra.json")).unwrap();
    let utterances: Vec<Value> = serde_json::from_str(&text).unwrap();
    let read = |one: &Value| Utterance {
        start_ms: one["start_ms"].as_u64().unwrap(),
        words: words(one["text"].as_str().unwrap()),
    };
    utterances.iter().map(read).collect()
}

/// The words of a transcript in JSON.
pub fn heard_words(transcript: &Value) -> Vec<HeardWord> {
    let segments = transcript["segments"].as_array().unwrap();
    let mut heard = Vec::new();
    for segment in segments {
        for (position, word) in segment["words"].as_array().unwrap().iter().enumerate() {
            let start_ms = if position == 0 { &segment["start_ms"] } else { &word["start_ms"] };
            for text in words(word["text"].as_str().unwrap()) {
                heard.push(HeardWord { text, start_ms: start_ms.as_u64().unwrap(), starts_segment: position == 0 });
            }
        }
    }
    heard
}

/// A transcript of the sample beside what was spoken.
pub struct Comparison {
    pub utterances: Vec<Utterance>,
    pub heard: Vec<HeardWord>,
    /// How many words were spoken.
    pub spoken: usize,
    /// The share of wrong words.
    pub rate: f64,
    /// For each spoken word the position of the heard word that is the same.
    pub matches: Vec<Option<usize>>,
}

pub fn compared(transcript: &Value) -> Comparison {
    let (utterances, heard) = (utterances(), heard_words(transcript));
    let spoken: Vec<String> = utterances.iter().flat_map(|one| one.words.clone()).collect();
    let texts: Vec<String> = heard.iter().map(|word| word.text.clone()).collect();
    let (errors, matches) = align(&spoken, &texts);
    Comparison { rate: errors as f64 / spoken.len() as f64, spoken: spoken.len(), utterances, heard, matches }
}

impl Comparison {
    /// What was heard, in a line.
    pub fn text(&self) -> String {
        self.heard.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// Words without case and punctuation.
pub fn words(text: &str) -> Vec<String> {
    let plain: String =
        text.to_lowercase().chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
    plain.split_whitespace().map(str::to_owned).collect()
}

/// Substitutions, deletions and insertions that lead from `spoken` to `heard`, and for each
/// spoken word the position of the heard word that stands for it, if it is the same.
pub fn align(spoken: &[String], heard: &[String]) -> (usize, Vec<Option<usize>>) {
    let mut cost = vec![vec![0_usize; heard.len() + 1]; spoken.len() + 1];
    for (row, line) in cost.iter_mut().enumerate() {
        line[0] = row;
    }
    cost[0] = (0..=heard.len()).collect();
    for row in 1..=spoken.len() {
        for column in 1..=heard.len() {
            let same = usize::from(spoken[row - 1] != heard[column - 1]);
            cost[row][column] =
                (cost[row - 1][column - 1] + same).min(cost[row - 1][column] + 1).min(cost[row][column - 1] + 1);
        }
    }
    let mut matches = vec![None; spoken.len()];
    let (mut row, mut column) = (spoken.len(), heard.len());
    while row > 0 && column > 0 {
        let same = spoken[row - 1] == heard[column - 1];
        if cost[row][column] == cost[row - 1][column - 1] + usize::from(!same) {
            matches[row - 1] = same.then_some(column - 1);
            (row, column) = (row - 1, column - 1);
        } else if cost[row][column] == cost[row - 1][column] + 1 {
            row -= 1;
        } else {
            column -= 1;
        }
    }
    (cost[spoken.len()][heard.len()], matches)
}

#[test]
fn the_error_counts_each_kind_of_difference_once() {
    let count = |spoken: &str, heard: &str| align(&words(spoken), &words(heard)).0;
    assert_eq!(count("se abre la sesión", "Se abre la sesión."), 0);
    assert_eq!(count("se abre la sesión", "se la sesión hoy"), 2);
    assert_eq!(count("", "nada"), 1);
}
