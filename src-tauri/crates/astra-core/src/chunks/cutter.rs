//! The cutter: a recording goes in as it is decoded, chunks come out as soon as they are closed.
//!
//! It holds at most 31 s of audio. Frames of 16 ms are appended to the open chunk; a silence that
//! grows longer than 2 s is taken out of it again; a chunk that is full is cut at the best place
//! of its last ten seconds. A voice the detector misses is not silence (see [`super::floor`]).

use super::ear::{Ear, Earshot, FRAME};
use super::floor::{Floor, Sense, near_floor};
use super::mark::{Mark, samples_of};
use super::pauses::{self, Cut};
use super::voiced;
use super::{Chunk, LONGEST_CHUNK_MS, Span, ms_to_samples};

/// Frames in the longest chunk: 30 s.
const FULL: usize = (LONGEST_CHUNK_MS as usize * 16) / FRAME;

/// A cut leaves at least this many frames (1.024 s) to the next chunk, so that no crumb that is
/// too short to be understood ends the recording.
const LOOKAHEAD: usize = 64;

/// The cut is looked for in this many frames (10 s) before the last possible place.
const SEARCHED: usize = 625;

/// Silence longer than this many frames (2 s) is left out.
const SILENCE: usize = 125;

/// Frames of a left-out silence that are kept on either side (304 ms).
const PAD: usize = 19;

/// A silence longer than this ends the chunk: nothing is gained by waiting.
const CLOSING_SILENCE_MS: u64 = 10_000;

/// A chunk is cut once it reaches over this much of the recording, whatever was left out.
const WIDEST_SPAN_MS: u64 = 60_000;

/// What became of the audio so far, in samples.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// All audio received.
    pub audio_samples: u64,
    /// Silence that went into no chunk. After [`Cutter::finish`] all other samples are in exactly
    /// one chunk, not counting overlaps.
    pub skipped_samples: u64,
}

/// Cuts one recording into chunks. The chunks depend on the samples alone, not on how they were
/// sliced when pushed.
pub struct Cutter {
    ear: Box<dyn Ear>,
    floor: Floor,
    /// Samples that do not fill a frame yet.
    partial: Vec<i16>,
    tally: Tally,
    index: u32,
    /// The open chunk: its frames and their samples, frame `n` at `n * FRAME`.
    marks: Vec<Mark>,
    pcm: Vec<i16>,
    /// How many of the open chunk's first frames are the end of the chunk before.
    overlap: usize,
    /// How many frames the silence lasts that we are in, and the loudest of them in dB.
    silence: usize,
    loudest: f32,
    /// The frame at which frames are being left out, while a long silence lasts.
    gap: Option<usize>,
}

impl Default for Cutter {
    fn default() -> Self {
        Self::new()
    }
}

impl Cutter {
    /// A cutter with the usual voice detector.
    pub fn new() -> Self {
        Self::with(Box::new(Earshot::new()))
    }

    /// A cutter with another voice detector, which must not have heard anything yet.
    pub fn with(ear: Box<dyn Ear>) -> Self {
        let capacity = FULL + LOOKAHEAD + 1;
        Self {
            ear,
            floor: Floor::new(),
            partial: Vec::with_capacity(FRAME),
            tally: Tally::default(),
            index: 0,
            marks: Vec::with_capacity(capacity),
            pcm: Vec::with_capacity(capacity * FRAME),
            overlap: 0,
            silence: 0,
            loudest: f32::NEG_INFINITY,
            gap: None,
        }
    }

    /// Takes the next samples, any number of them, and returns the chunks they close.
    pub fn push(&mut self, samples: &[i16]) -> Vec<Chunk> {
        let mut chunks = Vec::new();
        let (head, rest) = if self.partial.is_empty() {
            samples.split_at(0)
        } else {
            samples.split_at(self.missing().min(samples.len()))
        };
        self.partial.extend_from_slice(head);
        if self.partial.len() == FRAME {
            let mut frame = [0; FRAME];
            frame.copy_from_slice(&self.partial);
            self.partial.clear();
            self.hear(&frame, FRAME, &mut chunks);
        }
        let frames = rest.chunks_exact(FRAME);
        self.partial.extend_from_slice(frames.remainder());
        for frame in frames {
            self.hear(frame, FRAME, &mut chunks);
        }
        chunks
    }

    /// Closes what is open and returns the last chunks, one or two, or none after silence. The
    /// recording is over: nothing may be pushed any more, but [`Cutter::tally`] may be asked.
    pub fn finish(&mut self) -> Vec<Chunk> {
        let mut chunks = Vec::new();
        if !self.partial.is_empty() {
            let len = self.partial.len();
            let mut frame = [0; FRAME];
            frame[..len].copy_from_slice(&self.partial);
            self.partial.clear();
            self.hear(&frame, len, &mut chunks);
        }
        if let Some(gap) = self.gap.take() {
            self.leave_out(gap, 0);
        }
        if self.marks.len() > FULL {
            self.cut(&mut chunks);
        }
        self.close(self.marks.len(), &mut chunks);
        chunks
    }

    /// What became of the audio so far. Complete after [`Cutter::finish`].
    pub fn tally(&self) -> Tally {
        self.tally
    }

    fn missing(&self) -> usize {
        FRAME - self.partial.len()
    }

    /// Takes one frame, of which the first `len` samples are real.
    fn hear(&mut self, frame: &[i16], len: usize, chunks: &mut Vec<Chunk>) {
        let score = self.ear.score(frame);
        let sense = self.floor.sense(&frame[..len], score);
        let silent = sense.is_silence();
        self.marks.push(Mark { at: self.tally.audio_samples, len, sense, silent });
        self.pcm.extend_from_slice(&frame[..len]);
        self.tally.audio_samples += len as u64;
        self.follow_silence(sense, silent);
        self.leave_silence_out(chunks);
        let reach = match (self.marks.first(), self.marks.last()) {
            (Some(first), Some(last)) => last.end() - first.at,
            _ => 0,
        };
        if self.marks.len() >= FULL + LOOKAHEAD || reach >= ms_to_samples(WIDEST_SPAN_MS) {
            self.cut(chunks);
        }
    }

    /// Counts how long the silence lasts that the newest frame is in.
    fn follow_silence(&mut self, sense: Sense, silent: bool) {
        if !silent {
            self.silence = 0;
            return;
        }
        if self.silence == 0 {
            self.loudest = f32::NEG_INFINITY;
        }
        self.loudest = self.loudest.max(sense.loudness);
        let floor = sense.loudness - sense.above;
        if near_floor(self.loudest - floor) {
            self.silence += 1;
            return;
        }
        // The room turned out to be quieter than what was taken for its noise. What came before
        // may have been a soft voice after all, and it is kept.
        let newest = self.marks.len() - 1;
        let start = newest.saturating_sub(self.silence);
        for mark in &mut self.marks[start..newest] {
            mark.silent = false;
        }
        self.silence = 1;
        self.loudest = sense.loudness;
    }

    /// Takes frames out of the open chunk while a silence is long, and closes the chunk when it
    /// is very long.
    fn leave_silence_out(&mut self, chunks: &mut Vec<Chunk>) {
        match self.gap {
            None if self.silence >= SILENCE => {
                let start = self.marks.len().saturating_sub(self.silence).max(self.overlap);
                // A pad follows speech only: before the first word there is nothing to cut short.
                let pad = if self.is_idle(start) { 0 } else { PAD };
                let gap = start + pad;
                self.leave_out(gap, PAD);
                self.gap = Some(gap);
            }
            Some(gap) if self.silence <= 1 => {
                self.leave_out(gap, PAD + 1);
                self.gap = None;
            }
            Some(gap) => {
                // A second's worth at a time, so that samples are not moved for every frame.
                if self.marks.len() > gap + PAD + LOOKAHEAD {
                    self.leave_out(gap, PAD);
                }
                let lasted = gap.checked_sub(1).map_or(0, |last| self.tally.audio_samples - self.marks[last].end());
                if lasted >= ms_to_samples(CLOSING_SILENCE_MS) {
                    self.close(gap, chunks);
                    self.gap = Some(0);
                }
            }
            None => {}
        }
    }

    /// Whether the open chunk holds nothing but silence, and what the chunk before holds, before
    /// frame `end`.
    fn is_idle(&self, end: usize) -> bool {
        self.marks[self.overlap.min(end)..end].iter().all(|mark| mark.silent)
    }

    /// Leaves out all frames from `from` but the last `kept`.
    fn leave_out(&mut self, from: usize, kept: usize) {
        let from = from.max(self.overlap);
        let to = self.marks.len().saturating_sub(kept);
        if from < to {
            self.tally.skipped_samples += samples_of(&self.marks[from..to]);
            self.marks.drain(from..to);
            self.pcm.drain(from * FRAME..(to * FRAME).min(self.pcm.len()));
        }
    }

    /// Cuts the open chunk at the best place.
    fn cut(&mut self, chunks: &mut Vec<Chunk>) {
        let last = self.marks.len().saturating_sub(LOOKAHEAD).min(FULL);
        let first = last.saturating_sub(SEARCHED).max(self.overlap + 1);
        let cut = if first <= last {
            pauses::choose(&self.marks, first, last)
        } else {
            Cut { at: self.marks.len(), overlap: 0 }
        };
        self.close_and_repeat(cut.at, cut.overlap, chunks);
    }

    fn close(&mut self, at: usize, chunks: &mut Vec<Chunk>) {
        self.close_and_repeat(at, 0, chunks);
    }

    /// Makes a chunk of the frames before `at`, unless they are silence, and starts the next one
    /// `overlap` frames earlier.
    fn close_and_repeat(&mut self, at: usize, overlap: usize, chunks: &mut Vec<Chunk>) {
        if self.is_idle(at) {
            self.tally.skipped_samples += samples_of(&self.marks[self.overlap.min(at)..at]);
        } else {
            chunks.push(self.chunk(at));
            self.index += 1;
        }
        let start = at - overlap;
        self.pcm.drain(..(start * FRAME).min(self.pcm.len()));
        self.marks.drain(..start);
        self.overlap = overlap;
        self.gap = self.gap.map(|gap| gap.saturating_sub(start));
    }

    fn chunk(&self, at: usize) -> Chunk {
        let marks = &self.marks[..at];
        let mut pieces: Vec<Span> = Vec::new();
        for mark in marks {
            match pieces.last_mut() {
                Some(piece) if piece.end == mark.at => piece.end = mark.end(),
                _ => pieces.push(Span { start: mark.at, end: mark.end() }),
            }
        }
        Chunk {
            index: self.index,
            span: Span { start: pieces.first().map_or(0, |p| p.start), end: pieces.last().map_or(0, |p| p.end) },
            speech: voiced::speech(marks),
            overlap: (self.overlap * FRAME) as u64,
            pcm: self.pcm[..(at * FRAME).min(self.pcm.len())].to_vec(),
            pieces,
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// An ear that takes loud samples for a voice.
    struct LoudIsVoice;

    impl Ear for LoudIsVoice {
        fn score(&mut self, frame: &[i16]) -> f32 {
            if frame.iter().any(|sample| sample.abs() > 1_000) { 0.95 } else { 0.05 }
        }
    }

    /// An ear that never hears anybody.
    pub(in crate::chunks) struct Deaf;

    impl Ear for Deaf {
        fn score(&mut self, _: &[i16]) -> f32 {
            0.05
        }
    }

    /// An ear whose scores have nothing to do with the sound: each holds for as many frames.
    struct Fickle(std::iter::Cycle<std::vec::IntoIter<(usize, f32)>>, usize, f32);

    impl Ear for Fickle {
        fn score(&mut self, _: &[i16]) -> f32 {
            while self.1 == 0 {
                (self.1, self.2) = self.0.next().unwrap_or((1, 0.0));
            }
            self.1 -= 1;
            self.2
        }
    }

    const VOICE: i16 = 8_000;
    const HUSH: i16 = 20;

    /// Sound of the given loudnesses: (ms, amplitude). Every sample differs from its neighbours,
    /// so that a chunk with the wrong samples is noticed.
    fn sound(stretches: &[(u64, i16)]) -> Vec<i16> {
        let mut pcm = Vec::new();
        for &(ms, amplitude) in stretches {
            for _ in 0..ms_to_samples(ms) {
                let sign = if pcm.len() % 2 == 0 { 1 } else { -1 };
                pcm.push(sign * (amplitude - (pcm.len() % 11) as i16));
            }
        }
        pcm
    }

    pub(in crate::chunks) fn cut_with(ear: Box<dyn Ear>, pcm: &[i16]) -> (Vec<Chunk>, Tally) {
        let mut cutter = Cutter::with(ear);
        let mut chunks = cutter.push(pcm);
        chunks.extend(cutter.finish());
        (chunks, cutter.tally())
    }

    fn cut(stretches: &[(u64, i16)]) -> (Vec<Chunk>, Tally) {
        let pcm = sound(stretches);
        let (chunks, tally) = cut_with(Box::new(LoudIsVoice), &pcm);
        check(&pcm, &chunks, tally);
        (chunks, tally)
    }

    /// What holds for all chunks of any recording.
    pub(in crate::chunks) fn check(pcm: &[i16], chunks: &[Chunk], tally: Tally) {
        assert_eq!(tally.audio_samples, pcm.len() as u64);
        let mut owned = 0;
        let mut reached = 0;
        for (n, chunk) in chunks.iter().enumerate() {
            assert_eq!(chunk.index as usize, n);
            assert!(chunk.pcm.len() as u64 <= ms_to_samples(LONGEST_CHUNK_MS), "{} samples", chunk.pcm.len());
            assert!(chunk.span.len() <= ms_to_samples(WIDEST_SPAN_MS), "{:?}", chunk.span);
            let of_pieces: Vec<i16> =
                chunk.pieces.iter().flat_map(|p| &pcm[p.start as usize..p.end as usize]).copied().collect();
            assert_eq!(of_pieces, chunk.pcm);
            assert_eq!(chunk.span.start, chunk.pieces[0].start);
            assert_eq!(chunk.span.end, chunk.pieces[chunk.pieces.len() - 1].end);
            assert!(chunk.pieces.iter().all(|piece| !piece.is_empty()));
            assert!(chunk.pieces.windows(2).all(|pair| pair[0].end < pair[1].start));
            assert!(chunk.pieces[0].len() >= chunk.overlap);
            assert!((chunk.pcm.len() as u64) > chunk.overlap);
            if chunk.overlap > 0 {
                assert_eq!(chunk.span.start + chunk.overlap, reached);
            } else {
                assert!(chunk.span.start >= reached);
            }
            for speech in &chunk.speech {
                assert!(chunk.pieces.iter().any(|p| p.start <= speech.start && speech.end <= p.end));
            }
            reached = chunk.span.end;
            owned += chunk.pcm.len() as u64 - chunk.overlap;
        }
        assert!(reached <= tally.audio_samples);
        assert_eq!(owned + tally.skipped_samples, tally.audio_samples);
    }

    fn ms(span: Span) -> (u64, u64) {
        (span.start_ms(), span.end_ms())
    }

    #[test]
    fn a_short_recording_is_one_chunk_to_the_last_sample() {
        let pcm = sound(&[(3_001, VOICE)]);
        let (chunks, tally) = cut_with(Box::new(LoudIsVoice), &pcm);
        check(&pcm, &chunks, tally);
        assert_eq!(chunks.len(), 1);
        assert_eq!(chunks[0].pcm, pcm);
        assert_eq!(chunks[0].speech, [Span { start: 0, end: pcm.len() as u64 }]);
    }

    #[test]
    fn nothing_gives_no_chunk() {
        assert_eq!(cut(&[]).0, []);
    }

    #[test]
    fn silence_gives_no_chunk_and_is_counted() {
        for length in [40, 900, 5_000, 90_000] {
            let (chunks, tally) = cut(&[(length, HUSH)]);
            assert_eq!(chunks, [], "{length} ms");
            assert_eq!(tally.skipped_samples, ms_to_samples(length));
        }
    }

    #[test]
    fn a_full_chunk_is_cut_in_the_middle_of_a_pause() {
        let (chunks, tally) = cut(&[(27_000, VOICE), (600, HUSH), (12_000, VOICE)]);
        assert_eq!(chunks.len(), 2);
        assert!((27_000..27_600).contains(&chunks[0].span.end_ms()), "{:?}", ms(chunks[0].span));
        assert_eq!(chunks[1].overlap, 0);
        assert_eq!(tally.skipped_samples, 0);
    }

    #[test]
    fn without_a_breath_the_cut_is_hard_and_a_second_and_a_half_is_repeated() {
        let (chunks, _) = cut(&[(70_000, VOICE)]);
        assert_eq!(chunks[0].pcm.len() as u64, ms_to_samples(30_000));
        assert_eq!(chunks[1].overlap, 94 * 256);
        assert_eq!(chunks[1].span.start_ms(), 30_000 - 1_504);
        assert_eq!(chunks.len(), 3);
    }

    #[test]
    fn a_recording_a_little_longer_than_a_chunk_leaves_no_crumb() {
        for length in [30_010, 30_500, 31_000, 31_100, 31_500] {
            let (chunks, _) = cut(&[(length, VOICE)]);
            let last = &chunks[chunks.len() - 1];
            assert!(last.pcm.len() as u64 - last.overlap >= 16_000, "{length} ms: {} samples", last.pcm.len());
        }
        assert_eq!(cut(&[(30_000, VOICE)]).0.len(), 1);
    }

    #[test]
    fn a_long_silence_is_left_out_but_for_its_edges() {
        let (chunks, tally) = cut(&[(4_000, VOICE), (5_000, HUSH), (4_000, VOICE)]);
        assert_eq!(chunks.len(), 1);
        let pieces: Vec<(u64, u64)> = chunks[0].pieces.iter().map(|&piece| ms(piece)).collect();
        assert_eq!(pieces.len(), 2);
        assert_eq!(pieces[0].0, 0);
        assert!((4_250..4_450).contains(&pieces[0].1), "{pieces:?}");
        assert!((8_650..8_750).contains(&pieces[1].0), "{pieces:?}");
        assert_eq!(pieces[1].1, 13_000);
        assert!(tally.skipped_samples > ms_to_samples(4_000));
    }

    #[test]
    fn a_left_out_silence_is_the_best_place_to_cut() {
        let (chunks, _) = cut(&[(24_000, VOICE), (5_000, HUSH), (12_000, VOICE)]);
        assert_eq!(chunks.iter().map(|chunk| chunk.pieces.len()).collect::<Vec<_>>(), [1, 1]);
        assert!((24_250..24_450).contains(&chunks[0].span.end_ms()), "{:?}", ms(chunks[0].span));
        assert!((28_650..28_750).contains(&chunks[1].span.start_ms()), "{:?}", ms(chunks[1].span));
    }

    #[test]
    fn the_silence_before_the_first_word_is_left_out_but_for_its_end() {
        let (chunks, _) = cut(&[(5_000, HUSH), (4_000, VOICE)]);
        assert_eq!(chunks[0].pieces.len(), 1);
        assert!((4_650..4_750).contains(&chunks[0].span.start_ms()), "{:?}", ms(chunks[0].span));
    }

    #[test]
    fn what_was_taken_for_noise_is_kept_when_the_room_turns_out_to_be_quieter() {
        let pcm = sound(&[(1_900, 900), (6_000, HUSH)]);
        let (chunks, tally) = cut_with(Box::new(Deaf), &pcm);
        check(&pcm, &chunks, tally);
        assert_eq!(chunks.len(), 1);
        assert!(chunks[0].span.start == 0 && chunks[0].span.end_ms() >= 1_900, "{:?}", ms(chunks[0].span));
    }

    #[test]
    fn a_silence_of_less_than_two_seconds_stays() {
        let (chunks, tally) = cut(&[(4_000, VOICE), (1_900, HUSH), (4_000, VOICE)]);
        assert_eq!(chunks[0].pieces.len(), 1);
        assert_eq!(tally.skipped_samples, 0);
    }

    #[test]
    fn a_very_long_silence_closes_the_chunk_before_it_ends() {
        let mut cutter = Cutter::with(Box::new(LoudIsVoice));
        assert_eq!(cutter.push(&sound(&[(4_000, VOICE), (9_000, HUSH)])), []);
        assert_eq!(cutter.push(&sound(&[(2_000, HUSH)])).len(), 1);
    }

    #[test]
    fn sparse_answers_share_a_chunk_that_never_gets_wider_than_a_minute() {
        let answers: Vec<(u64, i16)> = (0..20).flat_map(|_| [(700, VOICE), (6_000, HUSH)]).collect();
        let (chunks, _) = cut(&answers);
        assert!((2..=4).contains(&chunks.len()), "{}", chunks.len());
        assert_eq!(chunks.iter().map(|chunk| chunk.speech.len()).sum::<usize>(), 20);
    }

    #[test]
    fn a_voice_the_detector_misses_is_kept_because_it_is_not_silent() {
        // Syllables 20 dB over the room, none of which the deaf ear hears.
        let syllables: Vec<(u64, i16)> = (0..40).flat_map(|_| [(150, 10 * HUSH), (100, HUSH)]).collect();
        let pcm = sound(&[&[(3_000, HUSH)], &syllables[..], &[(3_000, HUSH)]].concat());
        let (chunks, tally) = cut_with(Box::new(Deaf), &pcm);
        check(&pcm, &chunks, tally);
        assert_eq!(chunks.len(), 1);
        assert!(chunks[0].span.start_ms() <= 3_000 && chunks[0].span.end_ms() >= 12_900, "{:?}", ms(chunks[0].span));
        assert_eq!(chunks[0].speech, []);
    }

    #[test]
    fn no_more_than_thirty_one_seconds_are_ever_held() {
        let pcm = sound(&[(40_000, VOICE), (70_000, HUSH), (40_000, VOICE), (9_000, HUSH), (3_000, VOICE)]);
        let mut cutter = Cutter::with(Box::new(LoudIsVoice));
        for slice in pcm.chunks(1_000) {
            cutter.push(slice);
            assert!(cutter.pcm.len() <= (FULL + LOOKAHEAD) * FRAME);
            assert_eq!(cutter.pcm.len(), cutter.marks.len() * FRAME);
        }
    }

    /// Speech, hush, noise the ear knows nothing of, and everything between, up to four minutes.
    fn recordings() -> impl Strategy<Value = Vec<(u64, i16)>> {
        let amplitude = prop_oneof![4 => Just(VOICE), 4 => Just(HUSH), 1 => Just(0), 1 => 11_i16..900];
        let length = prop_oneof![3 => 20_u64..900, 2 => 900_u64..4_000, 1 => 4_000_u64..40_000];
        prop::collection::vec((length, amplitude), 0..24)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn every_sample_is_in_one_chunk_or_skipped(stretches in recordings()) {
            cut(&stretches);
        }

        #[test]
        fn whatever_the_detector_says_every_sample_is_in_one_chunk_or_skipped(
            stretches in recordings(),
            scores in prop::collection::vec((1_usize..900, 0_f32..=1.0), 1..30),
        ) {
            let pcm = sound(&stretches);
            let (chunks, tally) = cut_with(Box::new(Fickle(scores.into_iter().cycle(), 0, 0.0)), &pcm);
            check(&pcm, &chunks, tally);
        }

        #[test]
        fn slicing_changes_nothing(stretches in recordings(), slices in prop::collection::vec(1_usize..9_000, 1..20)) {
            let pcm = sound(&stretches);
            let whole = cut_with(Box::new(LoudIsVoice), &pcm);
            let mut cutter = Cutter::with(Box::new(LoudIsVoice));
            let mut chunks = Vec::new();
            let mut rest = &pcm[..];
            for &length in slices.iter().cycle() {
                let (slice, after) = rest.split_at(length.min(rest.len()));
                chunks.extend(cutter.push(slice));
                rest = after;
                if rest.is_empty() {
                    break;
                }
            }
            chunks.extend(cutter.finish());
            prop_assert!(whole == (chunks, cutter.tally()));
        }

        #[test]
        fn no_loud_sample_is_ever_skipped(stretches in recordings()) {
            let pcm = sound(&stretches);
            let (chunks, _) = cut_with(Box::new(LoudIsVoice), &pcm);
            let mut kept = vec![false; pcm.len()];
            for piece in chunks.iter().flat_map(|chunk| &chunk.pieces) {
                kept[piece.start as usize..piece.end as usize].fill(true);
            }
            // A burst shorter than 40 ms is a click to the median, not a voice.
            let mut start = 0;
            for &(length, amplitude) in &stretches {
                let end = start + ms_to_samples(length) as usize;
                if amplitude == VOICE && length >= 100 {
                    prop_assert!(kept[start..end].iter().all(|&kept| kept));
                }
                start = end;
            }
        }
    }
}
