//! Corrected passages as pieces of sound with their text, for making a model better elsewhere.

use std::ops::Range;

use serde_json::json;

use crate::transcript::Segment;

/// A piece lasts no longer than this, in milliseconds: NeMo's recipes leave out what does, and Whisper hears 30 s.
const LONGEST_MS: u64 = 20_000;

/// Nor shorter than this: one word more or less would be all of it.
const SHORTEST_MS: u64 = 1_000;

/// Passages with no more silence than this between them may be one piece.
const GAP_MS: u64 = 1_000;

/// What was said from one moment of a recording to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Where it starts, in milliseconds of the recording.
    pub start_ms: u64,
    /// Where it ends.
    pub end_ms: u64,
    /// What was said.
    pub text: String,
}

impl Piece {
    /// How long it is, in milliseconds.
    pub fn length_ms(&self) -> u64 {
        self.end_ms.saturating_sub(self.start_ms)
    }

    /// Its line in a manifest as NeMo reads it; `file` is where its sound lies from there.
    pub fn manifest_line(&self, file: &str) -> String {
        let duration = self.length_ms() as f64 / 1_000.0;
        json!({ "audio_filepath": file, "duration": duration, "text": self.text }).to_string()
    }
}

/// The pieces of the segments of one recording, in its order. Only what somebody corrected or took as right is true
/// enough to learn from; with `whole`, of a session that was read to its end, also what the machine was sure of. What is
/// reserved or inaudible is never there, nor what lies in a `reserved` stretch, in milliseconds of the recording.
pub fn pieces(segments: &[Segment], reserved: &[Range<u64>], whole: bool) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut before: Option<&Segment> = None;
    for segment in segments {
        let text = segment.text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() || !is_true(segment, whole) || meets(segment, reserved) {
            before = None;
            continue;
        }
        let follows = before.is_some_and(|before| {
            before.speaker == segment.speaker && segment.start_ms.saturating_sub(before.end_ms) <= GAP_MS
        });
        match pieces.last_mut().filter(|last| follows && segment.end_ms.saturating_sub(last.start_ms) <= LONGEST_MS) {
            Some(last) => {
                last.end_ms = segment.end_ms;
                last.text = format!("{} {text}", last.text);
            }
            None => pieces.push(Piece { start_ms: segment.start_ms, end_ms: segment.end_ms, text }),
        }
        before = Some(segment);
    }
    pieces.retain(|piece| (SHORTEST_MS..=LONGEST_MS).contains(&piece.length_ms()));
    pieces
}

fn is_true(segment: &Segment, whole: bool) -> bool {
    segment.mark.is_none() && !segment.doubtful && (whole || segment.touched)
}

fn meets(segment: &Segment, stretches: &[Range<u64>]) -> bool {
    stretches.iter().any(|stretch| segment.start_ms < stretch.end && stretch.start < segment.end_ms)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::SegmentId;
    use crate::transcript::Mark;

    /// A segment that somebody confirmed, from one second to another.
    fn said(start_s: u64, end_s: u64, text: &str) -> Segment {
        Segment {
            id: SegmentId::new(),
            part: 0,
            start_ms: start_s * 1_000,
            end_ms: end_s * 1_000,
            text: text.to_owned(),
            times: vec![],
            unsure: vec![],
            respelled: vec![],
            faults: vec![],
            doubtful: false,
            speaker: None,
            mark: None,
            touched: true,
        }
    }

    fn texts(segments: &[Segment], reserved: &[Range<u64>], whole: bool) -> Vec<String> {
        pieces(segments, reserved, whole).into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn passages_that_follow_each_other_are_one_piece_until_it_is_long_enough() {
        let segments =
            [said(0, 9, "Se abre"), said(9, 18, "la  sesión."), said(18, 27, "Llame"), said(40, 45, "a lista.")];
        assert_eq!(texts(&segments, &[], false), ["Se abre la sesión.", "Llame", "a lista."]);
    }

    #[test]
    fn only_what_somebody_looked_at_is_learnt_from_unless_all_of_it_was_read() {
        let machine = Segment { touched: false, ..said(0, 5, "Sin tocar") };
        let doubtful = Segment { doubtful: true, ..machine.clone() };
        assert!(texts(&[machine.clone(), doubtful.clone()], &[], false).is_empty());
        assert_eq!(texts(&[machine, doubtful], &[], true), ["Sin tocar"]);
    }

    #[test]
    fn nothing_reserved_is_ever_there_and_nothing_is_joined_over_it() {
        let marked = Segment { mark: Some(Mark::Reserved), ..said(5, 10, "Reservado") };
        let segments = [said(0, 5, "Antes"), marked, said(10, 15, "después"), said(15, 20, "en la hora reservada")];
        assert_eq!(texts(&segments, &[14_900..18_000, 18_000..30_000], true), ["Antes"]);
        assert_eq!(texts(&segments, &[16_000..18_000, 18_000..30_000], true), ["Antes", "después"]);
    }

    #[test]
    fn what_is_too_short_or_too_long_teaches_nothing() {
        let short = Segment { end_ms: 700, ..said(0, 1, "Sí.") };
        assert!(texts(&[short, said(10, 40, "Medio minuto")], &[], false).is_empty());
    }

    #[test]
    fn a_line_of_the_manifest_is_as_nemo_reads_it() {
        let piece = Piece { start_ms: 1_500, end_ms: 4_000, text: "«Sí», dijo.".to_owned() };
        assert_eq!(
            piece.manifest_line("audio/uno.wav"),
            r#"{"audio_filepath":"audio/uno.wav","duration":2.5,"text":"«Sí», dijo."}"#
        );
    }
}
