//! What a server takes and gives, found out with the first piece: servers differ in the files they read and in how
//! much they tell, and say so only by refusing.

use crate::media::encode::Codec;

/// How much a server is asked to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Words and segments with their times.
    Words,
    /// Segments with their times.
    Segments,
    /// Nothing but the text.
    Text,
}

/// How to speak with a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// How sound is packed for it.
    pub codec: Codec,
    /// How much it is asked to tell.
    pub detail: Detail,
}

impl Dialect {
    /// What is best: the smallest file, and everything told.
    pub const BEST: Self = Self { codec: Codec::SMALLEST_FIRST[0], detail: Detail::Words };

    /// What to try when a server refused this with these words; none when nothing is left. Where it does not say what
    /// it minds, other files are tried before less is asked for.
    pub fn after_refusal(self, complaint: &str) -> Option<Self> {
        let complaint = complaint.to_lowercase();
        let minds = |signs: &[&str]| signs.iter().any(|sign| complaint.contains(sign));
        if minds(&["granularit"]) && self.detail == Detail::Words {
            return Some(Self { detail: Detail::Segments, ..self });
        }
        if minds(&["response_format", "verbose_json"]) && self.detail != Detail::Text {
            return Some(Self { detail: Detail::Text, ..self });
        }
        let at = Codec::SMALLEST_FIRST.iter().position(|codec| *codec == self.codec).unwrap_or_default();
        if let Some(codec) = Codec::SMALLEST_FIRST.get(at + 1) {
            return Some(Self { codec: *codec, ..self });
        }
        let detail = match self.detail {
            Detail::Words => Detail::Segments,
            Detail::Segments => Detail::Text,
            Detail::Text => return None,
        };
        Some(Self { codec: Codec::SMALLEST_FIRST[0], detail })
    }

    /// The same with the next kind of file: what packs this one is not on this computer.
    pub fn without_codec(self) -> Self {
        let at = Codec::SMALLEST_FIRST.iter().position(|codec| *codec == self.codec).unwrap_or_default();
        let codec = Codec::SMALLEST_FIRST.get(at + 1).copied().unwrap_or(Codec::Wav);
        Self { codec, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_server_says_it_minds_is_what_is_changed() {
        let after = |complaint| Dialect::BEST.after_refusal(complaint).unwrap();
        let segments = after("timestamp_granularities[] is not supported");
        assert_eq!(segments, Dialect { detail: Detail::Segments, ..Dialect::BEST });
        let text = after("response_format 'verbose_json' is not compatible with this model");
        assert_eq!(text, Dialect { detail: Detail::Text, ..Dialect::BEST });
        assert_eq!(after("Invalid file format."), Dialect { codec: Codec::Flac, ..Dialect::BEST });
    }

    #[test]
    fn every_way_is_tried_once_and_then_none_is_left() {
        let mut tried = vec![Dialect::BEST];
        while let Some(next) = tried[tried.len() - 1].after_refusal("no") {
            assert!(!tried.contains(&next), "{next:?}");
            tried.push(next);
        }
        assert_eq!(tried.len(), 12);
    }

    #[test]
    fn a_server_that_always_minds_the_same_comes_to_an_end_too() {
        for complaint in ["granularities", "verbose_json", "response_format and granularities"] {
            let mut at = Dialect::BEST;
            let steps = std::iter::from_fn(|| {
                at = at.after_refusal(complaint)?;
                Some(at)
            });
            assert!(steps.take(50).count() < 50, "{complaint}");
        }
    }
}
