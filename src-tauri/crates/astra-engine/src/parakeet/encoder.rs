//! The encoder: features of several chunks in, encoded frames out.
//!
//! Chunks of about the same length are padded to the same number of frames and encoded at once.
//! Lengths are few, and counts too, because a graphics card prepares itself anew for each.

use astra_core::engine::EngineError;
use ort::environment::Environment;
use ort::inputs;
use ort::session::{RunOptions, Session};
use ort::value::{TensorElementType, TensorRef};

use super::features::{BANDS, Features};
use super::folder::Part;
use crate::onnx::outlets::{Size, Wanted};
use crate::onnx::{self, outlets};

/// Feature frames that chunks are padded to: 5 s and more, closer together where most chunks end.
/// What is longer is padded to a multiple of the last.
pub(super) const LENGTHS: [usize; 8] = [500, 1000, 1500, 2000, 2250, 2500, 2750, 3000];

/// The encoder of a model.
pub(super) struct Encoder {
    session: Session,
    /// How many chunks are encoded at once.
    at_once: usize,
    /// Whether it must be one: see [`Part::quantised`].
    alone: bool,
}

/// A chunk as the encoder hands it on.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Encoded {
    /// How many frames there are.
    pub(super) frames: usize,
    /// The numbers of each frame, frame by frame.
    pub(super) values: Vec<f32>,
}

impl Encoder {
    /// Loads the encoder, whose frames must have `depth` numbers where that is known.
    ///
    /// # Errors
    /// [`EngineError::ModelUnreadable`], also when it is not what an encoder should be.
    pub(super) fn load(
        environment: &Environment,
        part: &Part,
        threads: usize,
        at_once: usize,
        depth: Option<usize>,
    ) -> Result<Self, EngineError> {
        let tensor_rt = super::tensor_rt::tensor_rt(part, at_once, LENGTHS[0]..=LENGTHS[LENGTHS.len() - 1]);
        let session = onnx::session(environment, &part.path, threads, tensor_rt)?;
        let mut encoder = Self { session, at_once: 1, alone: part.quantised };
        encoder.go_with(at_once);
        let (float, long) = (TensorElementType::Float32, TensorElementType::Int64);
        let (rows, depth) = (Size::up_to(encoder.at_once), depth.map_or(Size::Any, Size::Exactly));
        let inputs = [
            Wanted { name: "audio_signal", kind: float, sizes: &[rows, Size::Exactly(BANDS), Size::Varying] },
            Wanted { name: "length", kind: long, sizes: &[rows] },
        ];
        let outputs = [
            Wanted { name: "outputs", kind: float, sizes: &[Size::Any, depth, Size::Any] },
            Wanted { name: "encoded_lengths", kind: long, sizes: &[Size::Any] },
        ];
        outlets::check(&encoder.session, &part.path, &inputs, &outputs)?;
        Ok(encoder)
    }

    /// Lets so many chunks be encoded at once, if it may be more than one.
    pub(super) fn go_with(&mut self, at_once: usize) {
        self.at_once = if self.alone { 1 } else { at_once };
    }

    /// The positions of chunks in the order and the company in which they are encoded.
    pub(super) fn parties(&self, lengths: &[usize]) -> Vec<Vec<usize>> {
        parties(lengths, self.at_once)
    }

    /// Encodes the chunks of one party.
    ///
    /// # Errors
    /// [`EngineError::Failed`]; also when `options` are told to end meanwhile.
    pub(super) fn encode(&mut self, party: &[&Features], options: &RunOptions) -> Result<Vec<Encoded>, EngineError> {
        let padded = party.iter().map(|features| padded(features.frames)).max().unwrap_or_default();
        let rows = party.len().next_power_of_two();
        let mut signal = vec![0.0; rows * BANDS * padded];
        for (features, signal) in party.iter().zip(signal.chunks_exact_mut(BANDS * padded)) {
            for (band, row) in features.values.chunks_exact(features.frames).zip(signal.chunks_exact_mut(padded)) {
                row[..features.frames].copy_from_slice(band);
            }
        }
        let mut lengths: Vec<i64> = party.iter().map(|features| features.frames as i64).collect();
        lengths.resize(rows, padded as i64);
        let outputs = self
            .session
            .run_with_options(
                inputs! {
                    "audio_signal" => TensorRef::from_array_view(([rows, BANDS, padded], signal.as_slice())).map_err(onnx::failed)?,
                    "length" => TensorRef::from_array_view(([rows], lengths.as_slice())).map_err(onnx::failed)?,
                },
                options,
            )
            .map_err(onnx::failed)?;
        let (shape, values) = outputs["outputs"].try_extract_tensor::<f32>().map_err(onnx::failed)?;
        let (_, counts) = outputs["encoded_lengths"].try_extract_tensor::<i64>().map_err(onnx::failed)?;
        let &[answered, width, frames] = shape.as_ref() else { return Err(unexpected()) };
        let (width, frames) = (width as usize, frames as usize);
        if answered as usize != rows || counts.len() != rows || width * frames == 0 {
            return Err(unexpected());
        }
        let answers = values.chunks_exact(width * frames).zip(counts).take(party.len());
        Ok(answers.map(|(values, count)| turned(values, frames, usize::try_from(*count).unwrap_or(0))).collect())
    }
}

/// Chunks of the same padded length, at most `at_once` of them together. One without a frame is in
/// no party.
fn parties(lengths: &[usize], at_once: usize) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..lengths.len()).filter(|chunk| lengths[*chunk] > 0).collect();
    order.sort_by_key(|chunk| (padded(lengths[*chunk]), *chunk));
    let same = order.chunk_by(|a, b| padded(lengths[*a]) == padded(lengths[*b]));
    same.flat_map(|same| same.chunks(at_once.max(1))).map(<[usize]>::to_vec).collect()
}

/// How many frames a chunk of so many is padded to.
fn padded(frames: usize) -> usize {
    let longest = LENGTHS[LENGTHS.len() - 1];
    LENGTHS.into_iter().find(|length| frames <= *length).unwrap_or_else(|| frames.next_multiple_of(longest))
}

/// One row of the encoder's answer, which has the frames of a number side by side, with the
/// numbers of a frame side by side, and without the frames of the padding.
fn turned(values: &[f32], frames: usize, count: usize) -> Encoded {
    let count = count.min(frames);
    let width = values.len() / frames;
    let mut turned = vec![0.0; count * width];
    for (place, row) in values.chunks_exact(frames).enumerate() {
        for (frame, value) in row[..count].iter().enumerate() {
            turned[frame * width + place] = *value;
        }
    }
    Encoded { frames: count, values: turned }
}

fn unexpected() -> EngineError {
    EngineError::Failed { reason: "the encoder answers with another shape than it should".to_owned() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn chunks_of_about_the_same_length_are_encoded_together() {
        assert_eq!(parties(&[2900, 100, 0, 2990, 2800, 3000, 1], 3), [vec![1, 6], vec![0, 3, 4], vec![5]]);
        assert_eq!(parties(&[10, 10], 1), [vec![0], vec![1]]);
    }

    #[test]
    fn padding_is_never_shorter_and_little_longer() {
        for frames in 1..7000 {
            let padded = padded(frames);
            assert!(padded >= frames && (frames < 1500 || padded <= frames * 2), "{frames}: {padded}");
            assert!(!(2000..=3000).contains(&frames) || padded - frames < 250);
        }
    }

    #[test]
    fn frames_are_turned_and_those_of_the_padding_left_out() {
        let encoded = turned(&[1.0, 2.0, 3.0, 10.0, 20.0, 30.0], 3, 2);
        assert_eq!(encoded, Encoded { frames: 2, values: vec![1.0, 10.0, 2.0, 20.0] });
        assert_eq!(turned(&[1.0, 2.0], 2, 9).frames, 2);
    }

    proptest! {
        #[test]
        fn every_chunk_with_sound_is_encoded_once(
            lengths in proptest::collection::vec(0_usize..4000, 0..40),
            at_once in 1_usize..10,
        ) {
            let parties = parties(&lengths, at_once);
            prop_assert!(parties.iter().all(|party| !party.is_empty() && party.len() <= at_once));
            let mut all = parties.concat();
            all.sort_unstable();
            let with_sound: Vec<usize> = (0..lengths.len()).filter(|chunk| lengths[*chunk] > 0).collect();
            prop_assert_eq!(all, with_sound);
        }
    }
}
