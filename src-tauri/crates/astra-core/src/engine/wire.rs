//! What Astra and its engine host say to each other, and how it lies in the pipe.
//!
//! A frame is 16 bytes of preamble, a JSON header and raw PCM:
//! `"ASTR" · version u16 · 0 u16 · header bytes u32 · payload bytes u32`, little endian. Pure over
//! [`Read`] and [`Write`]. Sizes are bounded, and memory is taken as bytes arrive and never on the
//! word of the preamble, so garbage in a pipe costs an error and nothing else.

use std::io::{Read, Write};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{Abilities, Ask, EngineError, Heard, Load};
use crate::chunks::{Chunk, Span};

/// The version of the protocol. Both sides refuse any other.
pub const VERSION: u16 = 1;

/// The longest header, in bytes: hours of words.
pub const LONGEST_HEADER: u32 = 16 << 20;

/// The longest payload, in bytes: 64 chunks of 30 s and some air.
pub const LONGEST_PAYLOAD: u32 = 64 << 20;

const MAGIC: [u8; 4] = *b"ASTR";

/// What Astra asks of its engine host.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "message", rename_all = "snake_case")]
pub enum ToHost {
    /// Load this model; answered by [`FromHost::Ready`] or [`FromHost::Failed`] with id 0.
    Load {
        /// Which model, on how many threads.
        load: Load,
    },
    /// Listen to the chunks whose samples follow as payload, one after the other.
    Listen {
        /// Names the request; answers carry it. From 1.
        id: u64,
        /// How to listen.
        ask: Ask,
        /// The chunks, in the order of their samples.
        chunks: Vec<Outline>,
    },
    /// Give up the request in progress; answered by [`EngineError::Stopped`] in a `Failed`.
    Stop,
}

/// A chunk without its samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outline {
    /// Position in the listening.
    pub index: u32,
    /// How many samples of the payload are its own.
    pub samples: u32,
}

/// What the engine host answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "message", rename_all = "snake_case")]
pub enum FromHost {
    /// The model is loaded.
    Ready {
        /// What it can do.
        abilities: Abilities,
    },
    /// A sign of life. Comes at least every two seconds while there is something to wait for.
    Progress {
        /// The request, or 0 while a model is being loaded.
        id: u64,
        /// The index of the chunk being listened to.
        chunk: u32,
        /// How much of that chunk's audio has been passed, from 0 to 100.
        percent: u8,
    },
    /// All chunks of a request were heard.
    Heard {
        /// The request.
        id: u64,
        /// What was heard in each chunk, in the order of the request.
        heard: Vec<Heard>,
    },
    /// The request, or with id 0 the loading, came to nothing.
    Failed {
        /// The request, or 0.
        id: u64,
        /// Why.
        failure: EngineError,
    },
}

/// Why a frame could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// The pipe ended in the middle of a frame.
    #[error("the pipe ended in the middle of a frame")]
    Truncated,
    /// Whatever is in the pipe, it is no frame of ours.
    #[error("there is something in the pipe that is not a frame of Astra's")]
    NotOurs,
    /// The other side is of another version of Astra.
    #[error("the other side speaks version {theirs} of the protocol, this one speaks {ours}")]
    OtherVersion {
        /// The version found.
        theirs: u16,
        /// [`VERSION`].
        ours: u16,
    },
    /// A frame larger than any there can be.
    #[error("a frame announces {bytes} bytes, at most {most} are allowed")]
    TooLong {
        /// The size announced.
        bytes: u32,
        /// The limit.
        most: u32,
    },
    /// The header is not a message that this side knows.
    #[error("a frame has a header that cannot be understood: {reason}")]
    Malformed {
        /// What the parser said.
        reason: String,
    },
    /// The pipe itself failed.
    #[error("the pipe broke: {reason}")]
    Broken {
        /// What the operating system said.
        reason: String,
    },
}

/// Writes one frame and flushes.
///
/// # Errors
/// [`WireError::TooLong`] for what the other side would refuse, [`WireError::Broken`] when the
/// pipe does not take it.
pub fn write<M: Serialize>(to: &mut impl Write, message: &M, pcm: &[&[i16]]) -> Result<(), WireError> {
    to.write_all(&frame(message, pcm)?).and_then(|()| to.flush()).map_err(|error| broken(&error))
}

/// The bytes of one frame, for a writer that lives on another thread.
///
/// # Errors
/// [`WireError::TooLong`] for what the other side would refuse.
pub fn frame<M: Serialize>(message: &M, pcm: &[&[i16]]) -> Result<Vec<u8>, WireError> {
    let header = serde_json::to_vec(message).map_err(|error| WireError::Malformed { reason: error.to_string() })?;
    let samples: usize = pcm.iter().map(|samples| samples.len()).sum();
    let header_bytes = bounded(header.len(), LONGEST_HEADER)?;
    let payload_bytes = bounded(samples.saturating_mul(2), LONGEST_PAYLOAD)?;

    let mut frame = Vec::with_capacity(16 + header.len() + 2 * samples);
    frame.extend_from_slice(&MAGIC);
    frame.extend_from_slice(&VERSION.to_le_bytes());
    frame.extend_from_slice(&[0, 0]);
    frame.extend_from_slice(&header_bytes.to_le_bytes());
    frame.extend_from_slice(&payload_bytes.to_le_bytes());
    frame.extend_from_slice(&header);
    for samples in pcm {
        frame.extend(samples.iter().flat_map(|sample| sample.to_le_bytes()));
    }
    Ok(frame)
}

/// Reads one frame: the message and its samples, or `None` when the pipe ended between frames.
///
/// # Errors
/// As [`WireError`] says. After one the pipe is of no more use, since nobody knows where the
/// next frame starts.
pub fn read<M: DeserializeOwned>(from: &mut impl Read) -> Result<Option<(M, Vec<i16>)>, WireError> {
    let preamble = take(from, 16)?;
    if preamble.is_empty() {
        return Ok(None);
    }
    // Whatever came is looked at before its length, so that text printed into the pipe by
    // mistake is called what it is even when it is shorter than a preamble.
    if !preamble.starts_with(&MAGIC[..preamble.len().min(4)]) {
        return Err(WireError::NotOurs);
    }
    let Ok(preamble) = <[u8; 16]>::try_from(preamble) else { return Err(WireError::Truncated) };
    let [_, _, _, _, v0, v1, _, _, h0, h1, h2, h3, p0, p1, p2, p3] = preamble;
    let theirs = u16::from_le_bytes([v0, v1]);
    if theirs != VERSION {
        return Err(WireError::OtherVersion { theirs, ours: VERSION });
    }
    let header_bytes = allowed(u32::from_le_bytes([h0, h1, h2, h3]), LONGEST_HEADER)?;
    let payload_bytes = allowed(u32::from_le_bytes([p0, p1, p2, p3]), LONGEST_PAYLOAD)?;
    if payload_bytes % 2 == 1 {
        return Err(WireError::Malformed { reason: "half a sample".to_owned() });
    }

    let header = take_all(from, header_bytes)?;
    let message =
        serde_json::from_slice(&header).map_err(|error| WireError::Malformed { reason: error.to_string() })?;
    let payload = take_all(from, payload_bytes)?;
    let pcm = payload.chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]])).collect();
    Ok(Some((message, pcm)))
}

/// Chunks as they are announced in [`ToHost::Listen`].
pub fn outlines(chunks: &[Chunk]) -> Vec<Outline> {
    chunks
        .iter()
        .map(|chunk| Outline { index: chunk.index, samples: u32::try_from(chunk.pcm.len()).unwrap_or(u32::MAX) })
        .collect()
}

/// The chunks of a [`ToHost::Listen`]. Their places in the recording stay with whoever asked: an
/// engine works on the clock of the audio it is given, so each chunk is one piece that starts at 0.
///
/// # Errors
/// [`WireError::Malformed`] when the payload is longer or shorter than the outlines add up to.
pub fn chunks(outlines: &[Outline], pcm: &[i16]) -> Result<Vec<Chunk>, WireError> {
    let announced: u64 = outlines.iter().map(|outline| u64::from(outline.samples)).sum();
    if announced != pcm.len() as u64 {
        let reason = format!("{announced} samples announced, {} sent", pcm.len());
        return Err(WireError::Malformed { reason });
    }
    let mut rest = pcm;
    let mut chunks = Vec::new();
    for outline in outlines {
        let (own, others) = rest.split_at(outline.samples as usize);
        rest = others;
        let span = Span { start: 0, end: u64::from(outline.samples) };
        chunks.push(Chunk {
            index: outline.index,
            span,
            pieces: vec![span],
            speech: Vec::new(),
            overlap: 0,
            pcm: own.to_vec(),
        });
    }
    Ok(chunks)
}

fn bounded(bytes: usize, most: u32) -> Result<u32, WireError> {
    allowed(u32::try_from(bytes).unwrap_or(u32::MAX), most)
}

fn allowed(bytes: u32, most: u32) -> Result<u32, WireError> {
    if bytes > most { Err(WireError::TooLong { bytes, most }) } else { Ok(bytes) }
}

/// Up to `bytes` bytes, fewer only where the pipe ends.
fn take(from: &mut impl Read, bytes: u32) -> Result<Vec<u8>, WireError> {
    let mut taken = Vec::new();
    from.take(u64::from(bytes)).read_to_end(&mut taken).map_err(|error| broken(&error))?;
    Ok(taken)
}

fn take_all(from: &mut impl Read, bytes: u32) -> Result<Vec<u8>, WireError> {
    let taken = take(from, bytes)?;
    if taken.len() < bytes as usize { Err(WireError::Truncated) } else { Ok(taken) }
}

fn broken(error: &std::io::Error) -> WireError {
    WireError::Broken { reason: error.to_string() }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use proptest::prelude::*;

    use super::*;
    use crate::engine::Effort;
    use crate::transcript::Word;

    fn listen() -> ToHost {
        ToHost::Listen {
            id: 7,
            ask: Ask { language: "es".into(), vocabulary: vec!["Nariño\0".into()], effort: Effort::Usual },
            chunks: vec![Outline { index: 3, samples: 2 }, Outline { index: 4, samples: 1 }],
        }
    }

    #[test]
    fn a_request_and_its_samples_survive_the_pipe() {
        let mut pipe = Vec::new();
        write(&mut pipe, &listen(), &[&[1, -2], &[i16::MIN]]).expect("it works");
        write(&mut pipe, &ToHost::Stop, &[]).expect("it works");
        let mut pipe = pipe.as_slice();
        assert_eq!(read(&mut pipe), Ok(Some((listen(), vec![1, -2, i16::MIN]))));
        assert_eq!(read(&mut pipe), Ok(Some((ToHost::Stop, vec![]))));
        assert_eq!(read::<ToHost>(&mut pipe), Ok(None));
    }

    #[test]
    fn chunks_come_back_as_they_were_cut() {
        let made = chunks(&[Outline { index: 3, samples: 2 }, Outline { index: 4, samples: 1 }], &[1, -2, 5])
            .expect("it works");
        assert_eq!((made[0].index, made[0].pcm.as_slice()), (3, [1, -2].as_slice()));
        assert_eq!((made[1].index, made[1].pcm.as_slice()), (4, [5].as_slice()));
        assert_eq!(outlines(&made), [Outline { index: 3, samples: 2 }, Outline { index: 4, samples: 1 }]);
        assert!(chunks(&[Outline { index: 0, samples: 2 }], &[1, 2, 3]).is_err());
        assert!(chunks(&[Outline { index: 0, samples: u32::MAX }; 3], &[1]).is_err());
    }

    #[test]
    fn a_frame_of_another_version_is_refused_by_name() {
        let mut frame = frame(&ToHost::Stop, &[]).expect("it works");
        frame[4] = 9;
        let error = read::<ToHost>(&mut frame.as_slice()).expect_err("it fails");
        assert_eq!(error, WireError::OtherVersion { theirs: 9, ours: VERSION });
        assert!(error.to_string().contains("version 9"), "{error}");
    }

    #[test]
    fn a_frame_cut_anywhere_is_truncated_and_never_half_believed() {
        let whole = frame(&listen(), &[&[1, 2, 3]]).expect("it works");
        for end in 1..whole.len() {
            assert_eq!(read::<ToHost>(&mut &whole[..end]), Err(WireError::Truncated), "{end} bytes");
        }
    }

    #[test]
    fn text_in_the_pipe_is_not_a_frame() {
        assert_eq!(read::<FromHost>(&mut b"ggml: hello".as_slice()), Err(WireError::NotOurs));
        assert_eq!(read::<FromHost>(&mut b"gg".as_slice()), Err(WireError::NotOurs));
    }

    #[test]
    fn a_preamble_that_boasts_takes_no_memory() {
        let mut frame = frame(&ToHost::Stop, &[]).expect("it works");
        frame[12..16].copy_from_slice(&u32::MAX.to_le_bytes());
        let error = read::<ToHost>(&mut frame.as_slice()).expect_err("it fails");
        assert_eq!(error, WireError::TooLong { bytes: u32::MAX, most: LONGEST_PAYLOAD });
        // Within the bounds, but there is nothing behind it: only what came is ever held.
        frame[12..16].copy_from_slice(&LONGEST_PAYLOAD.to_le_bytes());
        assert_eq!(read::<ToHost>(&mut frame.as_slice()), Err(WireError::Truncated));
    }

    #[test]
    fn a_request_too_large_for_the_other_side_is_not_sent() {
        let second = [0_i16; 16_000];
        let much = vec![second.as_slice(); 2200];
        assert!(matches!(frame(&ToHost::Stop, &much), Err(WireError::TooLong { .. })));
    }

    fn words() -> impl Strategy<Value = Vec<Word>> {
        let word = (".{0,12}", any::<u32>(), any::<u32>(), 0.0_f32..=1.0).prop_map(|(text, start, end, confidence)| {
            Word { text, start_ms: start.into(), end_ms: end.into(), confidence }
        });
        proptest::collection::vec(word, 0..20)
    }

    fn answers() -> impl Strategy<Value = FromHost> {
        let heard = (words(), 0.0_f32..=1.0, any::<u64>()).prop_map(|(words, no_speech, took_ms)| Heard {
            words,
            no_speech,
            took_ms,
        });
        prop_oneof![
            (any::<u64>(), any::<u32>(), 0_u8..=100).prop_map(|(id, chunk, percent)| FromHost::Progress {
                id,
                chunk,
                percent
            }),
            (any::<u64>(), proptest::collection::vec(heard, 0..4))
                .prop_map(|(id, heard)| FromHost::Heard { id, heard }),
            (any::<u64>(), ".*")
                .prop_map(|(id, reason)| FromHost::Failed { id, failure: EngineError::Died { reason } }),
        ]
    }

    proptest! {
        #[test]
        fn every_answer_comes_back_as_it_was_sent(answer in answers()) {
            let frame = frame(&answer, &[]).expect("it works");
            prop_assert_eq!(read(&mut frame.as_slice()), Ok(Some((answer, vec![]))));
        }

        #[test]
        fn every_request_comes_back_as_it_was_sent(
            id in any::<u64>(),
            language in ".*",
            vocabulary in proptest::collection::vec(".*", 0..5),
            model in ".*",
            pcm in proptest::collection::vec(any::<i16>(), 0..200),
        ) {
            let ask = Ask { language, vocabulary, effort: Effort::Thorough };
            let chunks = vec![Outline { index: 1, samples: u32::try_from(pcm.len()).expect("it works") }];
            let listen = ToHost::Listen { id, ask, chunks };
            let sent = frame(&listen, &[&pcm]).expect("it works");
            prop_assert_eq!(read(&mut sent.as_slice()), Ok(Some((listen, pcm))));
            let load = Load { engine: "whisper".into(), model: PathBuf::from(model), threads: 2 };
            let load = ToHost::Load { load };
            let sent = frame(&load, &[]).expect("it works");
            prop_assert_eq!(read(&mut sent.as_slice()), Ok(Some((load, vec![]))));
        }

        #[test]
        fn any_bytes_at_all_are_an_error_or_a_message_and_never_a_panic(
            bytes in proptest::collection::vec(any::<u8>(), 0..300),
            honest in any::<bool>(),
        ) {
            let mut frame = bytes;
            if honest && frame.len() >= 6 {
                frame[..4].copy_from_slice(&MAGIC);
                frame[4..6].copy_from_slice(&VERSION.to_le_bytes());
            }
            let _ = read::<ToHost>(&mut frame.as_slice());
            let _ = read::<FromHost>(&mut frame.as_slice());
        }

        #[test]
        fn a_frame_with_a_byte_changed_never_panics(answer in answers(), at in any::<prop::sample::Index>(), to in any::<u8>()) {
            let mut frame = frame(&answer, &[]).expect("it works");
            let at = at.index(frame.len());
            frame[at] = to;
            let _ = read::<FromHost>(&mut frame.as_slice());
        }
    }
}
