//! How many chunks are heard at the same time on a processor, and with how many threads each.
//!
//! The threads of one chunk wait for each other after every operation, thousands of times for every
//! word, and ggml waits by spinning: whenever another program takes one of the cores, all of them
//! crawl. Threads that hear a chunk each do not wait. Two chunks with one thread each took half the
//! time of two chunks with two threads, one after the other, with weights of `base` on a busy computer.
//! So a chunk that has several threads has only as many as find a core that nobody else uses.

use astra_core::computer;
use whisper_rs::WhisperContext;

/// Frames of the encoder for the 30 s it always hears.
const FRAMES: u64 = 1_500;

/// Rows of keys and values that a layer of the decoder keeps: those frames and a whole text, padded.
const ROWS: u64 = 1_536 + 512;

/// The text with its prompt that the decoder takes at most, in tokens.
const TEXT_TOKENS: u64 = 448;

/// The share of the free memory that states may fill; the rest is for what the secretary does meanwhile.
const SHARE: u64 = 2;

/// How many states there are for so many threads: one for each, or as many as there is memory for. They take less where
/// whisper.cpp is `divided` and encodes nothing.
pub(super) fn count(threads: usize, context: &WhisperContext, divided: bool) -> usize {
    let size = |number: std::ffi::c_int| u64::try_from(number).unwrap_or_default();
    let state = Sizes {
        heads: if divided { 0 } else { size(context.model_n_audio_head()) },
        layers: size(context.model_n_text_layer()),
        width: size(context.model_n_text_state()),
        vocabulary: size(context.model_n_vocab()),
    };
    fitting(threads, computer::free_memory(), state.bytes())
}

fn fitting(threads: usize, free: Option<u64>, state: u64) -> usize {
    let Some(free) = free else { return 1 };
    let states = free / SHARE / state.max(1);
    usize::try_from(states).unwrap_or(usize::MAX).clamp(1, threads.max(1))
}

/// How many of `threads` find a core of their own while other programs keep so many of the cores busy, at least one.
pub(super) fn beside(busy: f64, cores: usize, threads: usize) -> usize {
    let left = (cores as f64 - busy).round().max(1.0) as usize;
    left.min(threads)
}

/// How many of `threads` each of `chunks` gets, at least one.
pub(super) fn shared(threads: usize, chunks: usize) -> impl Iterator<Item = usize> {
    let (each, more) = (threads / chunks.max(1), threads % chunks.max(1));
    (0..chunks).map(move |chunk| (each + usize::from(chunk < more)).max(1))
}

/// What decides how much memory a state of whisper.cpp takes.
struct Sizes {
    /// Attention heads of a layer of the encoder, if it has layers.
    heads: u64,
    /// Layers of the decoder.
    layers: u64,
    /// Numbers in a row of the decoder.
    width: u64,
    /// Tokens there are.
    vocabulary: u64,
}

impl Sizes {
    /// The three that take most: what each frame of the encoder thinks of each other one, in 32 bits; keys and values
    /// in 16; the odds of every token at every place of a whole prompt, in 32. The rest is a quarter of that
    /// (`whisper_init_state` of whisper.cpp 1.8.3 prints them all: 231 MB for `base`).
    fn bytes(&self) -> u64 {
        let attention = 4 * self.heads * FRAMES * FRAMES;
        let keys_and_values = 2 * 2 * self.layers * self.width * ROWS;
        let odds = 4 * self.vocabulary * TEXT_TOKENS;
        (attention + keys_and_values + odds) * 5 / 4
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GB: u64 = 1 << 30;
    const TURBO: Sizes = Sizes { heads: 20, layers: 4, width: 1_280, vocabulary: 51_866 };

    #[test]
    fn every_thread_has_a_state_where_there_is_memory() {
        assert_eq!(fitting(4, Some(8 * GB), TURBO.bytes()), 4);
        assert_eq!(fitting(16, Some(4 * GB), TURBO.bytes()), 5);
        assert_eq!(fitting(4, Some(GB / 8), TURBO.bytes()), 1);
        assert_eq!(fitting(4, None, TURBO.bytes()), 1, "nobody knows how much there is");
    }

    #[test]
    fn a_core_that_another_program_keeps_busy_gets_no_thread() {
        let of_two_cores = |busy| beside(busy, 2, 2);
        assert_eq!([0.0, 0.4, 0.6, 1.0, 2.0, 9.0].map(of_two_cores), [2, 2, 1, 1, 1, 1]);
        assert_eq!(beside(1.2, 8, 4), 4, "the second threads of the cores are left for it");
        assert_eq!(beside(0.0, 8, 1), 1);
    }

    #[test]
    fn all_threads_are_given_to_whatever_is_heard() {
        let of = |threads, chunks| shared(threads, chunks).collect::<Vec<_>>();
        assert_eq!(of(8, 1), [8]);
        assert_eq!(of(8, 3), [3, 3, 2]);
        assert_eq!(of(4, 4), [1; 4]);
        assert_eq!(of(1, 2), [1, 1]);
    }

    #[test]
    fn a_state_is_reckoned_as_large_as_whisper_cpp_says() {
        let base = Sizes { heads: 8, layers: 6, width: 512, vocabulary: 51_865 };
        let demo = Sizes { heads: 2, layers: 4, width: 128, vocabulary: 51_865 };
        for (sizes, said_mb) in [(base, 231.5), (demo, 130.5)] {
            let reckoned = sizes.bytes() as f64 / 1e6 / said_mb;
            assert!((0.9..1.15).contains(&reckoned), "{reckoned}");
        }
    }
}
