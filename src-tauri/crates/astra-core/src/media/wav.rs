//! WAV headers that lie: after a power cut the length field holds nothing, or what had been
//! written by then; beyond 4 GiB it wraps around. ffmpeg believes it and stops early.

use std::io::{Read, Seek, SeekFrom};

/// Whether the data chunk of a WAV file is followed by bytes that are no chunk of their own, so
/// that the length in its header must be wrong and everything to the end is sound.
/// Anything that is not a WAV file, and anything unreadable, is `false`.
pub fn length_is_wrong(file: &mut (impl Read + Seek)) -> bool {
    walk(file).unwrap_or(false)
}

fn walk(file: &mut (impl Read + Seek)) -> std::io::Result<bool> {
    let end = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(0))?;
    let mut riff = [0; 12];
    file.read_exact(&mut riff)?;
    if &riff[..4] != b"RIFF" || &riff[8..] != b"WAVE" {
        return Ok(false);
    }
    let mut position = 12;
    let mut data_seen = false;
    while position + 8 <= end {
        file.seek(SeekFrom::Start(position))?;
        let mut header = [0; 8];
        file.read_exact(&mut header)?;
        if !header[..4].iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b' ') {
            return Ok(data_seen);
        }
        let length = u64::from(u32::from_le_bytes([header[4], header[5], header[6], header[7]]));
        data_seen |= &header[..4] == b"data";
        // Chunks start at even offsets.
        position += 8 + length + length % 2;
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn wav(declared: u32, sound: &[u8], after: &[u8]) -> Cursor<Vec<u8>> {
        let mut bytes = b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0".to_vec();
        bytes.extend([0; 16]);
        bytes.extend(b"data");
        bytes.extend(declared.to_le_bytes());
        bytes.extend(sound);
        bytes.extend(after);
        Cursor::new(bytes)
    }

    #[test]
    fn an_honest_header_is_believed_with_and_without_chunks_behind_the_sound() {
        assert!(!length_is_wrong(&mut wav(64, &[0xee; 64], b"")));
        assert!(!length_is_wrong(&mut wav(64, &[0xee; 64], b"LIST\x04\0\0\0INFO")));
    }

    #[test]
    fn sound_behind_the_declared_end_means_the_length_is_wrong() {
        assert!(length_is_wrong(&mut wav(16, &[0xee; 64], b"")));
        assert!(length_is_wrong(&mut wav(0, &[0xee; 64], b"")));
    }

    #[test]
    fn a_length_beyond_the_end_of_the_file_is_left_to_ffmpeg_which_stops_there() {
        assert!(!length_is_wrong(&mut wav(u32::MAX, &[0xee; 64], b"")));
    }

    #[test]
    fn other_files_are_not_wav() {
        assert!(!length_is_wrong(&mut Cursor::new(b"ID3\x04".to_vec())));
        assert!(!length_is_wrong(&mut Cursor::new(Vec::new())));
    }
}
