//! How whisper.cpp is told to decode.

use std::collections::HashMap;

use astra_core::engine::{Ask, Effort};
use whisper_rs::{FullParams, SamplingStrategy, WhisperContext, WhisperTokenId};

/// Room for the council's words before the text. Whisper would take 223 tokens, but a long list
/// begins to be read back instead of listened for.
const LONGEST_PROMPT: usize = 100;

/// How many hypotheses are followed when trying hard.
const BEAMS: i32 = 5;

/// The parameters for each language and effort, made once: whisper-rs allocates the language's
/// name anew at each setting and never frees it.
#[derive(Default)]
pub(super) struct Settings {
    made: HashMap<(String, Effort), FullParams<'static, 'static>>,
    prompt: Option<(Vec<String>, Vec<WhisperTokenId>)>,
}

impl Settings {
    /// The parameters for `ask`, whose language must be one the model knows, and the tokens to
    /// put before the text.
    pub(super) fn for_ask(
        &mut self,
        ask: &Ask,
        context: &WhisperContext,
    ) -> (FullParams<'static, 'static>, &[WhisperTokenId]) {
        let key = (ask.language.clone(), ask.effort);
        let params = self.made.entry(key).or_insert_with(|| parameters(&ask.language, ask.effort)).clone();
        if ask.effort == Effort::Thorough || ask.vocabulary.is_empty() {
            return (params, &[]);
        }
        let known = self.prompt.take().filter(|(vocabulary, _)| *vocabulary == ask.vocabulary);
        let made = known.unwrap_or_else(|| {
            let tokens = prompt(&ask.vocabulary, LONGEST_PROMPT, |term| {
                context.tokenize(term, LONGEST_PROMPT).unwrap_or_default()
            });
            (ask.vocabulary.clone(), tokens)
        });
        (params, &self.prompt.insert(made).1)
    }
}

/// Thresholds as in OpenAI's implementation but for the entropy, which is stricter because it is
/// what ends a loop (whisper.cpp #1507).
fn parameters(language: &str, effort: Effort) -> FullParams<'static, 'static> {
    let mut params = FullParams::new(match effort {
        Effort::Usual => SamplingStrategy::Greedy { best_of: 1 },
        Effort::Thorough => SamplingStrategy::BeamSearch { beam_size: BEAMS, patience: -1.0 },
    });
    // Known to the model, see there, so known to the library; its own copy lives forever.
    params.set_language(whisper_rs::get_lang_id(language).and_then(whisper_rs::get_lang_str));
    params.set_translate(false);
    params.set_no_context(true);
    params.set_single_segment(false);
    params.set_no_timestamps(false);
    params.set_token_timestamps(false);
    params.set_temperature(0.0);
    // The ladder goes up to 1.0 inclusive. A hair more than 0.2 makes it end at 0.8, before the
    // step that brings nothing but noise.
    params.set_temperature_inc(0.2001);
    params.set_entropy_thold(2.6);
    params.set_logprob_thold(-1.0);
    params.set_no_speech_thold(0.6);
    params.set_suppress_blank(true);
    params.set_suppress_nst(true);
    params.set_max_initial_ts(1.0);
    params.set_print_special(false);
    params.set_print_progress(false);
    params.set_print_realtime(false);
    params.set_print_timestamps(false);
    params
}

/// The terms as Whisper best takes them: a list, the most important last, because what is nearest
/// to the text weighs most. Terms are taken in their order until `room` tokens are full.
fn prompt(vocabulary: &[String], room: usize, tokenize: impl Fn(&str) -> Vec<WhisperTokenId>) -> Vec<WhisperTokenId> {
    let mut terms = Vec::new();
    let mut left = room;
    for term in vocabulary {
        let term: String = term.chars().filter(|letter| !letter.is_control()).collect();
        let term = term.trim();
        if term.is_empty() {
            continue;
        }
        let mark = if terms.is_empty() { '.' } else { ',' };
        let tokens = tokenize(&format!(" {term}{mark}"));
        if tokens.is_empty() || tokens.len() > left {
            continue;
        }
        left -= tokens.len();
        terms.push(tokens);
    }
    terms.into_iter().rev().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one_token_a_letter(text: &str) -> Vec<WhisperTokenId> {
        text.chars().map(|letter| letter as WhisperTokenId).collect()
    }

    fn text(tokens: &[WhisperTokenId]) -> String {
        tokens.iter().filter_map(|token| u32::try_from(*token).ok().and_then(char::from_u32)).collect()
    }

    #[test]
    fn the_most_important_term_stands_nearest_to_the_text() {
        let vocabulary = ["Ximena".to_owned(), "Nariño".to_owned(), "PBOT".to_owned()];
        assert_eq!(text(&prompt(&vocabulary, 100, one_token_a_letter)), " PBOT, Nariño, Ximena.");
    }

    #[test]
    fn terms_beyond_the_room_are_left_out_from_the_least_important() {
        let vocabulary = ["Ximena".to_owned(), "Nariño".to_owned(), "POT".to_owned()];
        assert_eq!(text(&prompt(&vocabulary, 14, one_token_a_letter)), " POT, Ximena.");
        assert_eq!(text(&prompt(&vocabulary, 3, one_token_a_letter)), "");
    }

    #[test]
    fn a_term_that_would_break_a_c_string_is_cleaned() {
        let vocabulary = ["Ni\0ño\n".to_owned(), "\0".to_owned()];
        assert_eq!(text(&prompt(&vocabulary, 100, one_token_a_letter)), " Niño.");
    }
}
