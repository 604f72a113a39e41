//! Whether a file is a recording at all, and whether its container is whole, by what stands in it and
//! without decoding: a copy that was cut short and a recorder that lost its power both look finished
//! from outside.

use std::io::{self, Read, Seek, SeekFrom};

/// How whole a container is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wholeness {
    /// It says that all of it is there, or its format cannot say.
    Whole,
    /// All of it may be there, but its writer never closed it: a recorder without power, a writer that
    /// has not ended.
    Unclosed,
    /// It says that more belongs to it than is there.
    Cut,
}

/// How much of the beginning is looked at, in bytes.
const HEAD: u64 = 4096;

/// How much of the end: copies that are made room for in advance end with nothing but zeros.
const TAIL: u64 = 4096;

/// Of a WAV file more is looked at, since silence is zeros there, in bytes: five seconds at 48 kHz in stereo.
const TAIL_OF_WAVE: u64 = 960_000;

/// The largest page of an Ogg file, in bytes (RFC 3533, 6).
const LARGEST_PAGE: u64 = 65_307;

/// Whether bytes are the beginning of something that is no sound and no video: documents, pictures,
/// programs, archives, text. What nobody knows may be a recording.
pub fn is_surely_no_recording(head: &[u8]) -> bool {
    const OTHERS: [&[u8]; 19] = [
        b"%PDF",
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"BM",
        b"II*\0",
        b"MM\0*",
        b"\x7fELF",
        b"MZ",
        b"SQLite format 3\0",
        b"{\\rtf",
        b"\xd0\xcf\x11\xe0",
        b"\x1f\x8b",
        b"7z\xbc\xaf",
        b"Rar!",
        b"BZh",
        b"\xfd7zXZ",
    ];
    let riff = head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP");
    !is_surely_sound(head) && (riff || OTHERS.iter().any(|other| head.starts_with(other)) || is_text(head))
}

/// Whether bytes are the beginning of a recording in a format that says so at once, whatever the file is
/// called.
pub fn is_surely_sound(head: &[u8]) -> bool {
    const STARTS: [&[u8]; 15] = [
        b"OggS",
        b"fLaC",
        b"ID3",
        b"\x1aE\xdf\xa3",
        b"\x30\x26\xb2\x75\x8e\x66\xcf\x11",
        b"#!AMR",
        b"caff",
        b"wvpk",
        b".snd",
        b"FLV\x01",
        b"\0\0\x01\xba",
        b"\x02dss",
        b"\x03ds2",
        b"RF64",
        b"BW64",
    ];
    let kind = head.get(8..12);
    STARTS.iter().any(|start| head.starts_with(start))
        || (head.starts_with(b"RIFF") && (kind == Some(b"WAVE") || kind == Some(b"AVI ")))
        || (head.starts_with(b"FORM") && head.get(8..11) == Some(b"AIF"))
        || head.get(4..8) == Some(b"ftyp")
        // The first frame of an MPEG stream (ISO/IEC 11172-3): eleven ones, and a version and a layer there are.
        || (head.first() == Some(&0xff)
            && head.get(1).is_some_and(|byte| byte & 0xe0 == 0xe0 && byte & 0x18 != 0x08 && byte & 0x06 != 0))
}

/// The beginning of a file, as [`is_surely_no_recording`] wants it.
///
/// # Errors
/// Those of reading.
pub fn head(file: &mut (impl Read + Seek)) -> io::Result<Vec<u8>> {
    read_at(file, 0, HEAD)
}

/// How whole a file is. WAV, MP4, Ogg, Matroska and MP3 with a table of contents can say it.
///
/// # Errors
/// Those of reading.
pub fn wholeness(file: &mut (impl Read + Seek)) -> io::Result<Wholeness> {
    let length = file.seek(SeekFrom::End(0))?;
    let head = head(file)?;
    let found = if head.get(8..12) == Some(b"WAVE") {
        wave(file, length, &head)?
    } else if head.get(4..8) == Some(b"ftyp") {
        boxes(file, length)?
    } else if head.starts_with(b"OggS") {
        ogg(file, length)?
    } else if head.starts_with(b"\x1aE\xdf\xa3") {
        matroska(&head, length)
    } else {
        mpeg(file, length, &head)?
    };
    let tail = if head.get(8..12) == Some(b"WAVE") { TAIL_OF_WAVE } else { TAIL };
    let mut hollow =
        || Ok::<_, io::Error>(read_at(file, length.saturating_sub(tail), tail)?.iter().all(|byte| *byte == 0));
    if found == Wholeness::Whole && hollow()? {
        return Ok(Wholeness::Unclosed);
    }
    Ok(found)
}

fn is_text(head: &[u8]) -> bool {
    let valid = match std::str::from_utf8(head) {
        Ok(_) => head.len(),
        // A letter may be cut at the end of what was read.
        Err(error) if error.error_len().is_none() => error.valid_up_to(),
        Err(_) => 0,
    };
    let printable = |byte: &u8| *byte >= b' ' || b"\t\r\n\x0c".contains(byte);
    valid > 0 && head[..valid].iter().all(printable)
}

/// The chunks of a WAV file (RIFF), or of one beyond 4 GiB (EBU Tech 3306), up to its sound. A writer that
/// does not know the length yet writes nothing or all ones.
fn wave(file: &mut (impl Read + Seek), length: u64, head: &[u8]) -> io::Result<Wholeness> {
    let large = !head.starts_with(b"RIFF");
    let mut at = 12;
    while at + 8 <= length {
        let header = read_at(file, at, 8)?;
        let claimed = number(header.get(4..8), false);
        if header.starts_with(b"data") {
            let there = length - at - 8;
            return Ok(match claimed {
                0 | 0xffff_ffff if !large && there > 0 => Wholeness::Unclosed,
                0xffff_ffff => Wholeness::Whole,
                claimed if claimed > there => Wholeness::Cut,
                _ => Wholeness::Whole,
            });
        }
        at += 8 + claimed + claimed % 2;
    }
    Ok(Wholeness::Cut)
}

/// The boxes of an MP4 (ISO/IEC 14496-12): each must end within the file, and one must say what the others
/// hold.
fn boxes(file: &mut (impl Read + Seek), length: u64) -> io::Result<Wholeness> {
    let (mut at, mut described) = (0, false);
    while at + 8 <= length {
        let header = read_at(file, at, 16)?;
        described |= header.get(4..8) == Some(b"moov");
        let size = match number(header.get(..4), true) {
            0 => length - at,
            1 => number(header.get(8..16), true),
            size => size,
        };
        if size < 8 || size > length - at {
            return Ok(Wholeness::Cut);
        }
        at += size;
    }
    Ok(if described { Wholeness::Whole } else { Wholeness::Cut })
}

/// The last page of an Ogg file is marked as such (RFC 3533, 6), and ends with it.
fn ogg(file: &mut (impl Read + Seek), length: u64) -> io::Result<Wholeness> {
    let end = read_at(file, length.saturating_sub(LARGEST_PAGE), LARGEST_PAGE)?;
    let pages = (0..end.len().saturating_sub(26)).rev().filter(|at| end[*at..].starts_with(b"OggS\0"));
    let last = pages.map(|at| &end[at..]).next();
    let whole = last.is_some_and(|page| page[5] & 4 != 0 && page_length(page) == Some(page.len()));
    Ok(if whole { Wholeness::Whole } else { Wholeness::Unclosed })
}

fn page_length(page: &[u8]) -> Option<usize> {
    let segments = usize::from(*page.get(26)?);
    let table = page.get(27..27 + segments)?;
    Some(27 + segments + table.iter().map(|length| usize::from(*length)).sum::<usize>())
}

/// The segment of a Matroska file (RFC 9559) has no length while it is recorded.
fn matroska(head: &[u8], length: u64) -> Wholeness {
    let Some(at) = head.windows(4).position(|id| id == b"\x18\x53\x80\x67") else { return Wholeness::Whole };
    let Some(&first) = head.get(at + 4) else { return Wholeness::Whole };
    let width = first.leading_zeros() as usize + 1;
    let Some(size) = head.get(at + 4..at + 4 + width) else { return Wholeness::Whole };
    let known = size.iter().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte)) & !(1 << (7 * width));
    let begins = (at + 4 + width) as u64;
    match known {
        known if known == (1 << (7 * width)) - 1 => Wholeness::Unclosed,
        known if begins.saturating_add(known) > length => Wholeness::Cut,
        _ => Wholeness::Whole,
    }
}

/// An MP3 whose encoder knew its size says it in its first frame («Xing» or «Info», flags, frames, bytes).
fn mpeg(file: &mut (impl Read + Seek), length: u64, head: &[u8]) -> io::Result<Wholeness> {
    // An ID3 tag stands before it, with its length in groups of seven bits.
    let tag = if head.starts_with(b"ID3") {
        let size = head.get(6..10).unwrap_or_default();
        10 + size.iter().fold(0_u64, |sum, byte| sum << 7 | u64::from(byte & 0x7f))
    } else {
        0
    };
    let first = read_at(file, tag, 256)?;
    let found = first.windows(4).position(|name| name == b"Xing" || name == b"Info");
    let Some(at) = found.filter(|_| first.first() == Some(&0xff)) else { return Ok(Wholeness::Whole) };
    let flags = number(first.get(at + 4..at + 8), true);
    let bytes = at + 8 + if flags & 1 != 0 { 4 } else { 0 };
    let claimed = if flags & 2 != 0 { number(first.get(bytes..bytes + 4), true) } else { 0 };
    Ok(if claimed > length - tag.min(length) { Wholeness::Cut } else { Wholeness::Whole })
}

fn number(bytes: Option<&[u8]>, big_end_first: bool) -> u64 {
    let bytes = bytes.unwrap_or_default();
    let add = |sum: u64, byte: &u8| sum << 8 | u64::from(*byte);
    if big_end_first { bytes.iter().fold(0, add) } else { bytes.iter().rev().fold(0, add) }
}

/// Up to `count` bytes from `at` on.
fn read_at(file: &mut (impl Read + Seek), at: u64, count: u64) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(at))?;
    let mut bytes = Vec::new();
    file.take(count).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use proptest::prelude::*;

    use super::*;

    fn of(bytes: &[u8]) -> Wholeness {
        wholeness(&mut Cursor::new(bytes)).unwrap()
    }

    fn wav(claimed: u32, sound: usize) -> Vec<u8> {
        let mut bytes = b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0".to_vec();
        bytes.extend([1; 16]);
        bytes.extend(b"data");
        bytes.extend(claimed.to_le_bytes());
        bytes.extend(vec![9; sound]);
        bytes
    }

    fn mp4(boxes: &[(&[u8; 4], usize)]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (name, size) in boxes {
            bytes.extend((*size as u32 + 8).to_be_bytes());
            bytes.extend(*name);
            bytes.extend(vec![7; *size]);
        }
        bytes
    }

    fn page(flags: u8, body: u8) -> Vec<u8> {
        let mut page = b"OggS\0".to_vec();
        page.push(flags);
        page.extend([3; 20]);
        page.extend([1, body]);
        page.extend(vec![5; usize::from(body)]);
        page
    }

    #[test]
    fn a_wav_that_was_cut_or_never_closed_is_told_from_a_whole_one() {
        assert_eq!(of(&wav(100, 100)), Wholeness::Whole);
        assert_eq!(of(&wav(100, 60)), Wholeness::Cut);
        assert_eq!(of(&wav(0, 100)), Wholeness::Unclosed);
        assert_eq!(of(&wav(u32::MAX, 100)), Wholeness::Unclosed);
        assert_eq!(of(&wav(100, 100)[..20]), Wholeness::Cut);
    }

    #[test]
    fn a_video_without_its_description_or_its_end_is_not_whole() {
        assert_eq!(of(&mp4(&[(b"ftyp", 16), (b"mdat", 500), (b"moov", 90)])), Wholeness::Whole);
        assert_eq!(of(&mp4(&[(b"ftyp", 16), (b"mdat", 500)])), Wholeness::Cut);
        let whole = mp4(&[(b"ftyp", 16), (b"moov", 90), (b"mdat", 500)]);
        assert_eq!(of(&whole[..whole.len() - 1]), Wholeness::Cut);
    }

    #[test]
    fn an_ogg_file_ends_with_its_last_page() {
        let whole = [page(2, 30), page(4, 30)].concat();
        assert_eq!(of(&whole), Wholeness::Whole);
        assert_eq!(of(&whole[..whole.len() - 1]), Wholeness::Unclosed);
        assert_eq!(of(&page(2, 30)), Wholeness::Unclosed);
    }

    #[test]
    fn a_matroska_file_that_is_being_recorded_has_no_length() {
        let file = |size: &[u8], body: usize| [b"\x1aE\xdf\xa3\x80\x18\x53\x80\x67", size, &vec![1; body]].concat();
        assert_eq!(of(&file(b"\x01\xff\xff\xff\xff\xff\xff\xff", 50)), Wholeness::Unclosed);
        assert_eq!(of(&file(b"\x01\0\0\0\0\0\0\x32", 50)), Wholeness::Whole);
        assert_eq!(of(&file(b"\x01\0\0\0\0\0\0\x33", 50)), Wholeness::Cut);
    }

    #[test]
    fn an_mp3_that_says_its_size_is_measured() {
        let file = |claimed: u32, length: usize| {
            let mut bytes = b"\xff\xfb\x90\x64".to_vec();
            bytes.extend([0; 32]);
            bytes.extend(b"Info\0\0\0\x03\0\0\0\x09");
            bytes.extend(claimed.to_be_bytes());
            bytes.resize(length, 5);
            bytes
        };
        assert_eq!(of(&file(900, 900)), Wholeness::Whole);
        assert_eq!(of(&file(900, 899)), Wholeness::Cut);
    }

    #[test]
    fn room_that_was_made_for_a_copy_is_not_a_recording_yet() {
        let mut bytes = b"\xff\xfb\x90\x64".to_vec();
        bytes.resize(50_000, 0);
        assert_eq!(of(&bytes), Wholeness::Unclosed);
    }

    #[test]
    fn what_lies_beside_recordings_is_known_by_its_first_bytes() {
        for other in ["Acta del 11 de febrero — años", "%PDF-1.7", "PK\u{3}\u{4}docx", "<?xml version='1.0'?>"] {
            assert!(is_surely_no_recording(other.as_bytes()), "{other}");
        }
        for sound in [b"ID3\x04\0\0".as_slice(), b"OggS\0", b"RIFF\0\0\0\0WAVE", b"\xff\xfb\x90", b"", b"\x02dss\0"] {
            assert!(!is_surely_no_recording(sound));
            assert!(is_surely_sound(sound) || sound.is_empty());
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_fail(start in 0..6_usize, bytes in prop::collection::vec(any::<u8>(), 0..600)) {
            let starts: [&[u8]; 6] =
                [b"", b"RIFF\0\0\0\0WAVE", b"\0\0\0\x08ftyp", b"OggS\0", b"\x1aE\xdf\xa3\x18\x53\x80\x67", b"ID3"];
            let whole = [starts[start], &bytes].concat();
            let _ = of(&whole);
            prop_assert!(!(is_surely_no_recording(&whole) && is_surely_sound(&whole)));
        }
    }
}
