//! The decoder over networks that are tables, against the plainest way to decode one chunk.

use proptest::prelude::*;

use super::*;
use crate::parakeet::pieces::Pieces;

const BLANK: usize = 6;

/// A network whose answers depend in an arbitrary way on the frame, on the piece said last and on
/// all pieces said before.
struct Table {
    /// A number for each frame of each chunk.
    frames: Vec<Vec<u64>>,
    /// Of each chunk: the state that is kept, and the one after the last step.
    states: Vec<(u64, u64)>,
    answers: Vec<f32>,
    /// How many rows each step had.
    asked: Vec<usize>,
}

impl Table {
    fn new(frames: &[Vec<u64>]) -> Self {
        Self { frames: frames.to_vec(), states: vec![(1, 1); frames.len()], answers: Vec::new(), asked: Vec::new() }
    }
}

fn mixed(a: u64, b: u64) -> u64 {
    let mixed = (a ^ b.rotate_left(17)).wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed ^ (mixed >> 27)
}

/// The answer for a frame, and the state after it.
fn answer(frame: u64, last: usize, state: u64) -> (Vec<f32>, u64) {
    let seed = mixed(mixed(frame, last as u64), state);
    let number = |place: usize| {
        let number = (mixed(seed, place as u64) % 1000) as f32 / 100.0;
        // As often as in speech, nothing is said.
        if place == BLANK { number + 3.0 } else { number }
    };
    ((0..=BLANK + SKIPS).map(number).collect(), mixed(state, last as u64))
}

impl Joint for Table {
    fn step(&mut self, rows: &[Row]) -> Result<&[f32], EngineError> {
        self.asked.push(rows.len());
        self.answers.clear();
        for row in rows {
            let (kept, after) = &mut self.states[row.chunk];
            if row.said {
                *kept = *after;
            }
            let (numbers, next) = answer(self.frames[row.chunk][row.frame], row.last, *kept);
            *after = next;
            self.answers.extend(numbers);
        }
        Ok(&self.answers)
    }
}

/// One chunk, as the papers have it.
fn plainly(frames: &[u64]) -> Vec<(usize, usize)> {
    let (mut said, mut frame, mut last, mut state, mut here) = (Vec::new(), 0, BLANK, 1, 0);
    while frame < frames.len() {
        let (numbers, after) = answer(frames[frame], last, state);
        let token = greatest(&numbers[..=BLANK]).expect("numbers");
        let skip = greatest(&numbers[BLANK + 1..]).expect("numbers");
        if token != BLANK {
            said.push((token, frame));
            (last, state) = (token, after);
            here += 1;
        }
        if skip > 0 {
            (frame, here) = (frame + skip, 0);
        } else if token == BLANK || here == 10 {
            (frame, here) = (frame + 1, 0);
        }
    }
    said
}

fn decoded(table: &mut impl Joint, lengths: &[usize]) -> Vec<Vec<Said>> {
    decode(table, lengths, BLANK, None, &mut |_| Ok(())).expect("it decodes")
}

/// A network that always answers with the same.
struct Same(Vec<f32>, Vec<f32>);

impl Joint for Same {
    fn step(&mut self, rows: &[Row]) -> Result<&[f32], EngineError> {
        self.1 = self.0.repeat(rows.len());
        Ok(&self.1)
    }
}

/// Says `token` and skips `skip` frames.
fn always(token: usize, skip: usize) -> Same {
    let mut answer = vec![0.0; BLANK + 1 + SKIPS];
    answer[token] = 1.0;
    answer[BLANK + 1 + skip] = 1.0;
    Same(answer, Vec::new())
}

proptest! {
    #[test]
    fn chunks_in_lockstep_are_heard_as_they_are_one_by_one(
        frames in proptest::collection::vec(proptest::collection::vec(any::<u64>(), 0..40), 0..9),
    ) {
        let lengths: Vec<usize> = frames.iter().map(Vec::len).collect();
        let together = decoded(&mut Table::new(&frames), &lengths);
        for (chunk, frames) in frames.iter().enumerate() {
            let alone = decoded(&mut Table::new(std::slice::from_ref(frames)), &lengths[chunk..=chunk]);
            prop_assert_eq!(&together[chunk], &alone[0]);
            let said: Vec<(usize, usize)> = alone[0].iter().map(|said| (said.token, said.frame)).collect();
            prop_assert_eq!(said, plainly(frames));
        }
    }

    #[test]
    fn pieces_are_said_on_frames_in_order_and_each_with_a_probability(
        frames in proptest::collection::vec(any::<u64>(), 0..200),
    ) {
        for said in &decoded(&mut Table::new(std::slice::from_ref(&frames)), &[frames.len()])[0] {
            prop_assert!(said.frame < frames.len() && said.token < BLANK && said.frames < SKIPS);
            prop_assert!(said.probability > 0.0 && said.probability <= 1.0);
        }
    }
}

#[test]
fn no_step_asks_about_a_chunk_that_is_at_its_end() {
    let frames: Vec<Vec<u64>> = [0, 3, 40, 0].map(|length| (0..length).collect()).to_vec();
    let mut table = Table::new(&frames);
    decoded(&mut table, &[0, 3, 40, 0]);
    assert!(table.asked.iter().all(|rows| (1..=2).contains(rows)));
    assert!(table.asked.last() == Some(&1));
}

#[test]
fn nothing_to_hear_asks_nothing() {
    let mut table = Table::new(&[]);
    assert_eq!(decoded(&mut table, &[]), Vec::<Vec<Said>>::new());
    assert_eq!(decoded(&mut table, &[0, 0]), [vec![], vec![]]);
    assert!(table.asked.is_empty());
}

#[test]
fn frames_are_skipped_as_the_network_says() {
    let said = decoded(&mut always(2, 4), &[10]);
    assert_eq!(said[0].iter().map(|said| (said.frame, said.frames)).collect::<Vec<_>>(), [(0, 4), (4, 4), (8, 4)]);
}

#[test]
fn a_network_that_skips_nothing_says_ten_pieces_on_a_frame_and_goes_on() {
    let said = decoded(&mut always(2, 0), &[3]);
    assert_eq!(said[0].len(), 30);
    assert_eq!(decoded(&mut always(BLANK, 0), &[3]), [vec![]]);
}

#[test]
fn what_is_no_number_is_an_error() {
    for nonsense in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
        let heard =
            decode(&mut Same(vec![nonsense; BLANK + 1 + SKIPS], Vec::new()), &[1], BLANK, None, &mut |_| Ok(()));
        assert!(matches!(heard, Err(EngineError::Failed { .. })), "{heard:?}");
    }
    let mut nearly_sound = always(2, 1);
    nearly_sound.0[4] = f32::NAN;
    let heard = decode(&mut nearly_sound, &[1], BLANK, None, &mut |_| Ok(()));
    assert!(matches!(heard, Err(EngineError::Failed { .. })), "one is enough: {heard:?}");
    for numbers in [BLANK, BLANK + SKIPS, BLANK + SKIPS + 2] {
        let heard = decode(&mut Same(vec![0.0; numbers], Vec::new()), &[1], BLANK, None, &mut |_| Ok(()));
        assert!(matches!(heard, Err(EngineError::Failed { .. })), "{numbers}: {heard:?}");
    }
}

#[test]
fn decoding_ends_when_it_is_told_to_and_says_how_far_it_is() {
    let mut told = Vec::new();
    let heard = decode(&mut always(BLANK, 1), &[10, 10], BLANK, None, &mut |done| {
        told.push(done);
        if done < 0.5 { Ok(()) } else { Err(EngineError::Stopped) }
    });
    assert_eq!(heard, Err(EngineError::Stopped));
    assert!(told.is_sorted() && told.len() == 6 && told[0] == 0.0);
}

#[test]
fn the_vocabulary_sways_which_piece_is_said_and_nothing_else() {
    let pieces = Pieces::parse("▁a 0\nb 1\nc 2\n▁d 3\ne 4\nf 5\n<blk> 6\n").expect("sound");
    let boost = Boost::new(&["abc".to_owned()], &pieces).expect("a term");
    let hear = |joint: &mut Same| decode(joint, &[4], BLANK, Some(&boost), &mut |_| Ok(())).expect("it decodes");
    let plain = decoded(&mut always(3, 1), &[4]);
    let swayed = hear(&mut always(3, 1));
    let tokens = |said: &[Vec<Said>]| said[0].iter().map(|said| said.token).collect::<Vec<_>>();
    assert_eq!(tokens(&plain), [3, 3, 3, 3]);
    // «▁a» is as near as its bonus is large and no nearer; «b» and «c» then follow from it.
    assert_eq!(tokens(&hear(&mut nearly(3, 0, 0.9))), [0, 1, 2, 0]);
    assert_eq!(tokens(&swayed), [3, 3, 3, 3]);
    let times = |said: &[Vec<Said>]| said[0].iter().map(|said| (said.frame, said.frames)).collect::<Vec<_>>();
    assert_eq!(times(&hear(&mut nearly(3, 0, 0.9))), times(&plain));
    assert_eq!(hear(&mut always(BLANK, 1)), [vec![]]);
}

/// Says `token`, likes `near` by so much less, and skips one frame.
fn nearly(token: usize, near: usize, by: f32) -> Same {
    let Same(mut answer, _) = always(token, 1);
    answer[near] = answer[token] - by;
    Same(answer, Vec::new())
}
