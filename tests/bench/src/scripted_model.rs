//! A Whisper model of the shape and the cost of `base` with random weights, which always says the
//! same hundred tokens.
//!
//! What a Transformer costs does not depend on its weights, but how many tokens it says does, and
//! purely random ones babble until whisper.cpp gives up and tries again. So the positions of the
//! decoder, which are added to what it sees, are made so large that each by itself points to the
//! token to come: the start, the words of the sample session, the end. All else is random.
//!
//! The format is the one that `whisper_model_load` of whisper.cpp 1.8.3 reads; mel filters and
//! vocabulary are those of the built-in demo model.

use std::collections::HashMap;
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::speech;

use weights::{MELS, TEXT_CONTEXT, VOCABULARY, Weights};

mod weights;

/// The tokens of a vocabulary, by their bytes.
type Tokens<'a> = HashMap<&'a [u8], usize>;

/// How many text tokens it says for each chunk: 4 a second of 25 s, as Spanish has them.
pub const TEXT_TOKENS: usize = 100;

/// Tokens of a multilingual vocabulary with 99 languages.
const END_OF_TEXT: usize = 50_257;
const FIRST_TIME: usize = 50_364;
const LAST_TIME: usize = FIRST_TIME + 1_500;

/// Start of transcript, language and task stand before the text.
const PROMPT: usize = 3;

/// The file's first number, its eleven dimensions, then the mel filters.
const HEADER: usize = 48;

/// Writes the model to `path`: 148 MB.
///
/// # Errors
/// When it cannot be written, or the sample's text is too short.
pub fn write(path: &Path) -> Result<()> {
    let (middle, tokens) = vocabulary(astra_core::models::DEMO_BYTES)?;
    let script = script(&tokens, &speech::words()?.join(" "))?;
    let file = File::create(path).with_context(|| path.display().to_string())?;
    Weights::into(BufWriter::with_capacity(1 << 20, file)).write(middle, &script)
}

/// What lies between the dimensions and the tensors of a model, and the tokens in it.
fn vocabulary(model: &[u8]) -> Result<(&[u8], Tokens<'_>)> {
    let number = |at: usize| -> Result<usize> {
        let bytes = model.get(at..at + 4).context("the demo model ends early")?;
        Ok(bytes.iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte)))
    };
    let (mels, bins) = (number(HEADER)?, number(HEADER + 4)?);
    ensure!(mels == MELS && number(4)? == VOCABULARY, "the demo model has another vocabulary or other mel filters");
    let mut at = HEADER + 8 + mels * bins * 4;
    let count = number(at)?;
    at += 4;
    let mut tokens = Tokens::new();
    for token in 0..count {
        let length = number(at)?;
        at += 4;
        tokens.insert(model.get(at..at + length).context("the demo model ends early")?, token);
        at += length;
    }
    Ok((&model[HEADER..at], tokens))
}

/// Which token follows on each position of the decoder.
fn script(tokens: &Tokens, text: &str) -> Result<Vec<usize>> {
    // Whisper is told not to say most other signs.
    let plain: String = text.chars().filter(|letter| letter.is_alphabetic() || " ,.".contains(*letter)).collect();
    let spoken = tokenized(tokens, format!(" {plain}").as_bytes())?;
    ensure!(spoken.len() >= TEXT_TOKENS, "the sample's text has only {} tokens", spoken.len());
    let mut script = vec![END_OF_TEXT; TEXT_CONTEXT];
    // Before the text nothing is asked but whether anybody speaks at all; any word says so.
    script[..PROMPT - 1].fill(spoken[0]);
    script[PROMPT - 1] = FIRST_TIME;
    script[PROMPT..PROMPT + TEXT_TOKENS].copy_from_slice(&spoken[..TEXT_TOKENS]);
    script[PROMPT + TEXT_TOKENS] = LAST_TIME;
    Ok(script)
}

/// Always the longest token that fits, which is near enough to how the tokens were made.
fn tokenized(tokens: &Tokens, mut text: &[u8]) -> Result<Vec<usize>> {
    let longest = tokens.keys().map(|token| token.len()).max().unwrap_or_default();
    let mut found = Vec::new();
    while !text.is_empty() {
        let lengths = (1..=longest.min(text.len())).rev();
        let (length, token) = lengths
            .filter_map(|length| Some((length, *tokens.get(&text[..length])?)))
            .next()
            .context("the vocabulary lacks a byte")?;
        found.push(token);
        text = &text[length..];
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_is_the_beginning_of_the_sample() {
        let (_, tokens) = vocabulary(astra_core::models::DEMO_BYTES).unwrap();
        let text = speech::words().unwrap().join(" ");
        let script = script(&tokens, &text).unwrap();
        let spelled: HashMap<usize, &[u8]> = tokens.iter().map(|(bytes, token)| (*token, *bytes)).collect();
        let said: Vec<u8> =
            script.iter().skip(PROMPT).take(TEXT_TOKENS).flat_map(|token| spelled[token]).copied().collect();
        assert!(format!(" {text}").as_bytes().starts_with(&said[..60]), "{}", String::from_utf8_lossy(&said));
        assert_eq!(script[PROMPT - 1], FIRST_TIME);
        assert_eq!(script[PROMPT + TEXT_TOKENS..][..2], [LAST_TIME, END_OF_TEXT]);
    }
}
