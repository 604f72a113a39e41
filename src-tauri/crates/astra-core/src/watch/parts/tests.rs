//! Recorders as they are: cut by the hour, with clocks that were never set, with a file for each
//! microphone.

use proptest::prelude::*;

use super::*;

/// 2025-02-11 09:00:00 UTC.
const NINE: i64 = 1_739_264_400_000;
const NOW: i64 = NINE + 30 * 86_400_000;
const MINUTE: u64 = 60_000;

/// A piece that was last written when it ended, as cards keep it.
fn piece(name: &str, began_ms: i64, length_ms: u64) -> Piece {
    let modified_ms = Some(began_ms + length_ms as i64);
    let path = PathBuf::from("/tarjeta").join(name);
    Piece { path, bytes: 1_000, duration_ms: Some(length_ms), started_at_ms: None, modified_ms }
}

/// The names in order, each with how it stands to the one before it.
fn arranged(pieces: &[Piece]) -> Vec<(String, Link)> {
    let name = |placed: &Placed| pieces[placed.piece].path.file_name().unwrap().to_string_lossy().into_owned();
    arrange(pieces, NOW).iter().map(|placed| (name(placed), placed.link)).collect()
}

fn links(pieces: &[Piece]) -> Vec<Link> {
    arrange(pieces, NOW).iter().map(|placed| placed.link).collect()
}

#[test]
fn parts_of_an_hour_that_follow_each_other_go_on() {
    let hour = 60 * MINUTE;
    let pieces = [("003.MP3", 2, 20 * MINUTE), ("001.MP3", 0, hour), ("002.MP3", 1, hour)]
        .map(|(name, after, length)| piece(name, NINE + after * hour as i64 + after * 3_000, length));
    let expected = [("001.MP3", Link::Apart), ("002.MP3", Link::Goes), ("003.MP3", Link::Goes)];
    assert_eq!(arranged(&pieces), expected.map(|(name, link)| (name.to_owned(), link)));
}

#[test]
fn a_pause_is_for_a_person_to_explain_and_an_afternoon_is_another_session() {
    let first = piece("001.MP3", NINE, 50 * MINUTE);
    let end = NINE + 50 * MINUTE as i64;
    assert_eq!(links(&[first.clone(), piece("002.MP3", end + 900_000, MINUTE)])[1], Link::After(900_000));
    assert_eq!(links(&[first.clone(), piece("002.MP3", end + 5_001, MINUTE)])[1], Link::After(5_001));
    assert_eq!(links(&[first.clone(), piece("002.MP3", end + 5_000, MINUTE)])[1], Link::Goes);
    assert_eq!(links(&[first, piece("002.MP3", end + RECESS_MS + 1, MINUTE)])[1], Link::Apart);
}

#[test]
fn a_card_that_counts_in_steps_of_two_seconds_joins_all_the_same() {
    let on_card = |name: &str, began_ms: i64| {
        let mut piece = piece(name, began_ms, 10 * MINUTE);
        piece.modified_ms = piece.modified_ms.map(|at_ms| at_ms / 2_000 * 2_000);
        piece
    };
    let second = NINE + 10 * MINUTE as i64 + 6_500;
    assert_eq!(links(&[on_card("001.MP3", NINE), on_card("002.MP3", second)])[1], Link::Goes);
}

#[test]
fn microphones_of_one_recorder_stand_beside_each_other_and_their_next_parts_go_on() {
    let hour = 60 * MINUTE;
    let next = NINE + hour as i64 + 1_000;
    let pieces = [
        piece("D1_a.wav", NINE, hour),
        piece("D2_a.wav", NINE + 900, hour - 700),
        piece("D1_b.wav", next, 9 * MINUTE),
        piece("D2_b.wav", next, 9 * MINUTE),
    ];
    assert_eq!(links(&pieces), [Link::Apart, Link::Beside, Link::Goes, Link::Beside]);
}

#[test]
fn without_a_clock_the_names_count_and_that_is_said() {
    let never_set =
        |name: &str, length_ms: u64| Piece { modified_ms: Some(315_532_800_000), ..piece(name, 0, length_ms) };
    let pieces =
        [never_set("REC9.MP3", 60 * MINUTE), never_set("REC10.MP3", 12 * MINUTE), never_set("REC11.MP3", MINUTE)];
    let placed = arrange(&pieces, NOW);
    assert_eq!(placed.iter().map(|placed| placed.link).collect::<Vec<_>>(), [Link::Apart, Link::Goes, Link::Named]);
    assert!(placed.iter().all(|placed| placed.doubted));
}

#[test]
fn recordings_that_were_copied_at_once_are_known_by_their_names() {
    let copied = |name: &str, at_ms: i64| Piece { modified_ms: Some(at_ms), ..piece(name, 0, 30 * MINUTE) };
    let pieces = [copied("b.mp3", NINE), copied("a 1.mp3", NINE + 4_000), copied("a 2.mp3", NINE + 8_000)];
    assert_eq!(
        arranged(&pieces),
        [("a 1.mp3", Link::Apart), ("a 2.mp3", Link::Goes), ("b.mp3", Link::Apart)]
            .map(|(name, link)| (name.to_owned(), link))
    );
}

#[test]
fn a_recording_that_filled_its_card_is_followed_by_the_next() {
    let unset = |name: &str, bytes: u64| Piece { bytes, duration_ms: None, modified_ms: None, ..piece(name, 0, 0) };
    assert_eq!(links(&[unset("ZOOM0001.WAV", (2 << 30) - 100), unset("ZOOM0002.WAV", 5)])[1], Link::Goes);
    assert_eq!(links(&[unset("ZOOM0001.WAV", 1 << 20), unset("ZOOM0002.WAV", 5)])[1], Link::Named);
}

#[test]
fn what_lies_in_different_folders_is_never_joined() {
    let other = Piece { path: "/otra/002.MP3".into(), ..piece("002.MP3", NINE + MINUTE as i64, MINUTE) };
    assert_eq!(links(&[piece("001.MP3", NINE, MINUTE), other]), [Link::Apart, Link::Apart]);
}

fn any_piece() -> impl Strategy<Value = Piece> {
    let moment =
        || prop::option::of(prop_oneof![NINE..NINE + 20_000_000, Just(315_532_800_000), Just(NINE), any::<i64>()]);
    let length = prop::option::of(prop_oneof![0..8_000_000_u64, Just(3_600_000), any::<u64>()]);
    let name = prop_oneof!["[a-c][0-9]{1,3}\\.MP3", "2025021[0-9]_09[0-5][0-9]0[0-9]\\.wav", "[ñé\"\n]{1,8}"];
    (name, 0..2_u8, any::<u64>(), length, moment(), moment()).prop_map(
        |(name, folder, bytes, duration_ms, started_at_ms, modified_ms)| Piece {
            path: PathBuf::from(format!("/{folder}")).join(name),
            bytes,
            duration_ms,
            started_at_ms,
            modified_ms,
        },
    )
}

proptest! {
    #[test]
    fn nothing_is_lost_nothing_comes_twice_and_the_order_given_does_not_matter(
        pieces in prop::collection::vec(any_piece(), 0..12), turn in 0..12_usize,
    ) {
        let mut pieces = pieces;
        pieces.sort_by(|one, other| one.path.cmp(&other.path));
        pieces.dedup_by(|one, other| one.path == other.path);
        let of = |pieces: &[Piece]| -> Vec<(PathBuf, Link, bool)> {
            let placed = arrange(pieces, NOW);
            placed.iter().map(|one| (pieces[one.piece].path.clone(), one.link, one.doubted)).collect()
        };
        let once = of(&pieces);
        let mut paths: Vec<_> = once.iter().map(|(path, _, _)| path.clone()).collect();
        paths.sort();
        prop_assert_eq!(paths, pieces.iter().map(|piece| piece.path.clone()).collect::<Vec<_>>());
        pieces.reverse();
        if !pieces.is_empty() {
            let middle = turn % pieces.len();
            pieces.rotate_left(middle);
        }
        prop_assert_eq!(of(&pieces), once);
    }
}
