//! The first bytes of a model file, looked at before whisper.cpp is.
//!
//! whisper.cpp believes every number in a file that begins with the right four bytes: a model of
//! another kind makes it loop for minutes or ask for all memory there is.

use std::io::{self, Read};

/// Whisper's input: frames of 25 ms have 201 frequencies.
const FREQUENCIES: i32 = 201;

/// Whether `model` begins as a Whisper model in whisper.cpp's format does; if not, in what it differs.
pub(super) fn check(model: &mut impl Read) -> Result<(), String> {
    let mut bytes = [0; 56];
    model.read_exact(&mut bytes).map_err(|error| match error.kind() {
        io::ErrorKind::UnexpectedEof => "the file is shorter than a model's header".to_owned(),
        _ => error.to_string(),
    })?;
    let (magic, numbers) = bytes.split_at(4);
    if magic != b"lmgg" {
        return Err("it is not a model in whisper.cpp's format".to_owned());
    }
    let numbers: Vec<i32> = numbers
        .chunks_exact(4)
        .map(|four| four.iter().rev().fold(0, |number, byte| number << 8 | i32::from(*byte)))
        .collect();
    // The order of whisper.cpp's `whisper_hparams`; the largest Whisper has states of 1280 in 20
    // heads and 32 layers.
    let bounds = [
        ("tokens", 51_864..=51_866),
        ("audio positions", 1..=1500),
        ("audio state", 1..=4096),
        ("audio heads", 1..=64),
        ("audio layers", 1..=64),
        ("text positions", 1..=448),
        ("text state", 1..=4096),
        ("text heads", 1..=64),
        ("text layers", 1..=64),
        ("mel bands", 1..=128),
        ("kind of numbers", 0..=9999),
        ("mel bands of the filters", 1..=128),
        ("frequencies of the filters", FREQUENCIES..=FREQUENCIES),
    ];
    for (number, (name, bounds)) in numbers.iter().zip(bounds) {
        if !bounds.contains(number) {
            return Err(format!("it is not a Whisper model: {number} {name}"));
        }
    }
    let agree = [(2, 3), (6, 7)].iter().all(|(state, heads)| numbers[*state] % numbers[*heads] == 0);
    if !agree || numbers[2] != numbers[6] || numbers[9] != numbers[11] {
        return Err("its header contradicts itself".to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TINY: [i32; 13] = [51_865, 1500, 384, 6, 4, 448, 384, 6, 4, 80, 1, 80, 201];

    fn header(numbers: [i32; 13]) -> Vec<u8> {
        let mut bytes = b"lmgg".to_vec();
        bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
        bytes
    }

    #[test]
    fn a_whisper_model_passes() {
        assert_eq!(check(&mut header(TINY).as_slice()), Ok(()));
    }

    #[test]
    fn a_number_out_of_bounds_is_named() {
        for place in 0..13 {
            for wrong in [-1, i32::MIN, i32::MAX] {
                let mut numbers = TINY;
                numbers[place] = wrong;
                assert!(check(&mut header(numbers).as_slice()).is_err(), "{place} {wrong}");
            }
        }
    }

    #[test]
    fn other_files_are_called_what_they_are() {
        let page = b"<!DOCTYPE html><html><head><title>Not found</title></head></html>";
        assert!(check(&mut page.as_slice()).is_err_and(|reason| reason.contains("format")));
        assert!(check(&mut b"lmgg".as_slice()).is_err_and(|reason| reason.contains("shorter")));
        assert!(check(&mut io::empty()).is_err());
    }
}
