//! How long an Ogg Opus file is, from its first and its last page, without decoding it.
//!
//! The formats: RFC 3533 (pages) and RFC 7845 (Opus in them). A file whose writer was killed has
//! no last page that is marked as such, and is told apart by that.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use crate::chunks::SAMPLE_RATE;

/// Opus counts at this rate, whatever it was made from (RFC 7845, 4).
const OPUS_RATE: u64 = 48_000;

/// The largest page there can be, in bytes (RFC 3533, 6).
const LARGEST_PAGE: u64 = 65_307;

/// A page's header without its table of segments, in bytes.
const HEADER: usize = 27;

/// Length of a whole Ogg Opus file in samples at [`SAMPLE_RATE`]; none when it is not whole, or
/// something else.
///
/// # Errors
/// Those of reading the file.
pub fn samples(path: &Path) -> io::Result<Option<u64>> {
    let mut file = File::open(path)?;
    let mut start = Vec::new();
    (&mut file).take(512).read_to_end(&mut start)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(LARGEST_PAGE)))?;
    let mut end = Vec::new();
    file.take(LARGEST_PAGE).read_to_end(&mut end)?;
    Ok(skipped(&start)
        .zip(last_moment(&end))
        .and_then(|(skipped, moment)| Some(moment.checked_sub(u64::from(skipped))? * SAMPLE_RATE / OPUS_RATE)))
}

/// How many samples a player throws away at the start, which the encoder had put there.
fn skipped(start: &[u8]) -> Option<u16> {
    let body = start.get(page_header(start)?..)?;
    let skipped = body.strip_prefix(b"OpusHead")?.get(2..4)?;
    Some(u16::from_le_bytes(skipped.try_into().ok()?))
}

/// The position that the last page tells, if that page is marked as the last and ends with the file.
fn last_moment(end: &[u8]) -> Option<u64> {
    (0..end.len().saturating_sub(HEADER)).rev().find_map(|at| {
        let page = &end[at..];
        let header = page_header(page)?;
        let body: usize = page[HEADER..header].iter().map(|length| usize::from(*length)).sum();
        let is_last = page[5] & 4 != 0;
        (is_last && header + body == page.len()).then(|| u64::from_le_bytes(page[6..14].try_into().unwrap_or_default()))
    })
}

/// Length of the header of the page that bytes begin with.
fn page_header(page: &[u8]) -> Option<usize> {
    let header = HEADER + usize::from(*page.get(HEADER - 1)?);
    (page.starts_with(b"OggS\0") && page.len() >= header).then_some(header)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page with one segment.
    fn page(kind: u8, moment: u64, body: &[u8]) -> Vec<u8> {
        let mut bytes = b"OggS\0".to_vec();
        bytes.push(kind);
        bytes.extend(moment.to_le_bytes());
        bytes.extend([0; 12]);
        bytes.extend([1, body.len() as u8]);
        bytes.extend(body);
        bytes
    }

    fn head() -> Vec<u8> {
        page(2, 0, b"OpusHead\x01\x01\x38\x01\x80\x3e\0\0\0\0\0")
    }

    fn length(bytes: &[u8]) -> Option<u64> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        samples(file.path()).unwrap()
    }

    #[test]
    fn the_length_is_what_the_last_page_says_without_what_the_encoder_put_before() {
        let bytes = [head(), page(0, 48_312, b"x"), page(4, 96_312, b"OggS, in the middle of sound")].concat();
        assert_eq!(length(&bytes), Some(32_000));
    }

    #[test]
    fn a_file_whose_writer_was_killed_is_not_whole() {
        let whole = [head(), page(0, 48_312, b"x"), page(4, 96_312, b"xyz")].concat();
        for cut in 0..whole.len() {
            assert_eq!(length(&whole[..cut]), None, "cut at {cut}");
        }
        assert_eq!(length(&[head(), page(0, 48_312, b"x")].concat()), None);
        assert_eq!(length(b"RIFF and so on, which is long enough to be looked at from both ends"), None);
    }
}
