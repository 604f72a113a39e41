//! The order of the parts of a session: by the start times in their containers when all of them
//! have one, else by the numbers in their names, else by when they were last written.

use std::cmp::Ordering;

use super::Arrival;

/// Puts arrivals into the order in which they were recorded.
pub fn by_time(arrivals: &mut [Arrival]) {
    if all_differ(arrivals, |arrival| arrival.recording.started_at_ms) {
        arrivals.sort_by_key(|arrival| arrival.recording.started_at_ms);
    } else if arrivals.iter().all(|arrival| is_numbered(&arrival.recording.name)) {
        arrivals.sort_by(|one, other| natural(&one.recording.name, &other.recording.name));
    } else if all_differ(arrivals, |arrival| arrival.modified_ms) {
        arrivals.sort_by_key(|arrival| arrival.modified_ms);
    } else {
        arrivals.sort_by(|one, other| natural(&one.recording.name, &other.recording.name));
    }
}

/// Whether every arrival has a time and no two have the same: a clock that stands still says
/// nothing about order.
fn all_differ(arrivals: &[Arrival], time: impl Fn(&Arrival) -> Option<i64>) -> bool {
    let mut times: Vec<Option<i64>> = arrivals.iter().map(time).collect();
    times.sort_unstable();
    times.windows(2).all(|pair| pair[0] != pair[1]) && times.first().is_none_or(Option::is_some)
}

/// Whether a name has a number in it, other than in an extension like mp3.
fn is_numbered(name: &str) -> bool {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.contains(|letter: char| letter.is_ascii_digit())
}

/// Compares names the way a person does: 2.MP3 before 10.MP3, whatever the case.
pub fn natural(one: &str, other: &str) -> Ordering {
    let (mut one_rest, mut other_rest) = (one, other);
    while !one_rest.is_empty() && !other_rest.is_empty() {
        let (one_piece, other_piece);
        (one_piece, one_rest) = piece(one_rest);
        (other_piece, other_rest) = piece(other_rest);
        let order = match (one_piece.parse::<u128>(), other_piece.parse::<u128>()) {
            (Ok(one), Ok(other)) => one.cmp(&other),
            _ => one_piece.to_lowercase().cmp(&other_piece.to_lowercase()),
        };
        if order.is_ne() {
            return order;
        }
    }
    one_rest.len().cmp(&other_rest.len()).then_with(|| one.cmp(other))
}

/// The run of digits, or of anything else, that a name starts with, and the rest.
fn piece(name: &str) -> (&str, &str) {
    let digits = name.starts_with(|letter: char| letter.is_ascii_digit());
    let end = name.find(|letter: char| letter.is_ascii_digit() != digits).unwrap_or(name.len());
    name.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::RecordingId;
    use crate::sessions::{Recording, Source};

    fn ordered(arrivals: &[(&str, Option<i64>, Option<i64>)]) -> Vec<String> {
        let mut arrivals: Vec<Arrival> = arrivals
            .iter()
            .map(|(name, started_at_ms, modified_ms)| Arrival {
                recording: Recording {
                    id: RecordingId::new(),
                    source: Source::File((*name).into()),
                    name: (*name).to_owned(),
                    bytes: None,
                    fingerprint: None,
                    sha256: None,
                    claimed_ms: None,
                    claim_is_exact: false,
                    duration_ms: None,
                    started_at_ms: *started_at_ms,
                },
                modified_ms: *modified_ms,
            })
            .collect();
        by_time(&mut arrivals);
        arrivals.into_iter().map(|arrival| arrival.recording.name).collect()
    }

    #[test]
    fn start_times_in_the_containers_come_first() {
        assert_eq!(ordered(&[("1.mp3", Some(20), None), ("2.mp3", Some(10), None)]), ["2.mp3", "1.mp3"]);
    }

    #[test]
    fn without_a_start_time_in_every_one_the_numbers_in_the_names_count() {
        assert_eq!(
            ordered(&[("REC10.MP3", Some(1), Some(1)), ("rec9.mp3", None, Some(2)), ("REC001.MP3", Some(5), Some(3))]),
            ["REC001.MP3", "rec9.mp3", "REC10.MP3"]
        );
    }

    #[test]
    fn a_clock_that_stood_still_is_not_believed() {
        assert_eq!(ordered(&[("b2.mp3", Some(7), None), ("b1.mp3", Some(7), None)]), ["b1.mp3", "b2.mp3"]);
    }

    #[test]
    fn names_without_numbers_leave_it_to_the_time_of_writing() {
        assert_eq!(
            ordered(&[("mañana.mp3", None, Some(10)), ("cierre.mp3", None, Some(20))]),
            ["mañana.mp3", "cierre.mp3"]
        );
    }
}
