//! SHA-256 of files and streams, as 64 lower-case hexadecimal digits: of every byte, which stands
//! in the certificate of the acta, or of size and both ends, which finds candidates at once.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::engine::Stop;

/// How much is read at a time: large enough for a slow USB stick, small enough to stop at once.
const BLOCK: usize = 1 << 20;

/// How much of each end of a file the quick fingerprint looks at, in bytes.
const EDGE: u64 = 1 << 20;

/// A SHA-256 that grows with the bytes given to it.
#[derive(Debug, Clone, Default)]
pub struct Fingerprint(Sha256);

impl Fingerprint {
    /// Takes in more bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The hash of all bytes taken in.
    pub fn finish(self) -> String {
        self.0.finalize().iter().fold(String::with_capacity(64), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// The hash of some bytes in memory.
    pub fn of(bytes: &[u8]) -> String {
        let mut fingerprint = Self::default();
        fingerprint.add(bytes);
        fingerprint.finish()
    }
}

/// A quick fingerprint of a file: SHA-256 of its size, its first and its last MiB.
///
/// # Errors
/// Those of reading the file.
pub fn quick(path: &Path) -> io::Result<String> {
    quick_of(path, std::fs::metadata(path)?.len())
}

/// The quick fingerprint that a file had when it was `length` bytes long, if it only grew since then.
///
/// # Errors
/// Those of reading the file.
pub fn quick_of(path: &Path, length: u64) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut fingerprint = Fingerprint::default();
    fingerprint.add(&length.to_le_bytes());
    let mut add = |block: &[u8]| {
        fingerprint.add(block);
        Ok::<_, io::Error>(())
    };
    let edge = EDGE.min(length);
    read_blocks((&mut file).take(edge), &Stop::default(), &mut add)?;
    file.seek(SeekFrom::Start(length - edge))?;
    read_blocks(file.take(edge), &Stop::default(), &mut add)?;
    Ok(fingerprint.finish())
}

/// SHA-256 of every byte of a file; none when `stop` was set before the end.
///
/// # Errors
/// Those of reading the file.
pub fn of_file(path: &Path, stop: &Stop) -> io::Result<Option<String>> {
    let mut fingerprint = Fingerprint::default();
    let whole = read_blocks(File::open(path)?, stop, |block| {
        fingerprint.add(block);
        Ok::<_, io::Error>(())
    })?;
    Ok(whole.then(|| fingerprint.finish()))
}

/// SHA-256 of the first `length` bytes of a file; none when `stop` was set before their end.
///
/// # Errors
/// Those of reading the file.
pub fn of_beginning(path: &Path, length: u64, stop: &Stop) -> io::Result<Option<String>> {
    let mut fingerprint = Fingerprint::default();
    let whole = read_blocks(File::open(path)?.take(length), stop, |block| {
        fingerprint.add(block);
        Ok::<_, io::Error>(())
    })?;
    Ok(whole.then(|| fingerprint.finish()))
}

/// Reads to the end, giving every block to `each`. Returns false when `stop` was set before the end.
///
/// # Errors
/// Those of reading, and those `each` returns.
pub fn read_blocks<E: From<io::Error>>(
    mut reader: impl Read,
    stop: &Stop,
    mut each: impl FnMut(&[u8]) -> Result<(), E>,
) -> Result<bool, E> {
    let mut block = vec![0; BLOCK];
    loop {
        if stop.is_set() {
            return Ok(false);
        }
        match reader.read(&mut block) {
            Ok(0) => return Ok(true),
            Ok(count) => each(&block[..count])?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_sha_256_of_the_standard() {
        // FIPS 180-2, appendix B.1.
        assert_eq!(Fingerprint::of(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn the_quick_one_sees_both_ends_and_the_whole_one_the_middle() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("a");
        let mut bytes = vec![7_u8; 5 << 20];
        let look = |bytes: &[u8]| {
            std::fs::write(&path, bytes).unwrap();
            (quick(&path).unwrap(), of_file(&path, &Stop::default()).unwrap())
        };
        let (quickly, whole) = look(&bytes);
        bytes[2 << 20] = 8;
        assert_eq!(look(&bytes).0, quickly);
        assert_ne!(look(&bytes).1, whole);
        let last = bytes.len() - 1;
        bytes[last] = 8;
        assert_ne!(look(&bytes).0, quickly);
    }

    #[test]
    fn a_file_that_only_grew_is_known_by_its_beginning() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("a");
        for length in [3_usize, 5 << 20] {
            let mut bytes: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            std::fs::write(&path, &bytes).unwrap();
            let before = quick(&path).unwrap();
            bytes.extend([1; 1000]);
            std::fs::write(&path, &bytes).unwrap();
            assert_eq!(quick_of(&path, length as u64).unwrap(), before);
            assert_ne!(quick(&path).unwrap(), before);
            bytes[0] += 1;
            std::fs::write(&path, &bytes).unwrap();
            assert_ne!(quick_of(&path, length as u64).unwrap(), before);
        }
    }

    #[test]
    fn reading_stops_when_asked() {
        let stop = Stop::default();
        let asker = stop.clone();
        let bytes = vec![7; 3 * BLOCK];
        let mut seen = 0;
        let ended = read_blocks(bytes.as_slice(), &stop, |block| {
            seen += block.len();
            asker.set();
            Ok::<_, io::Error>(())
        });
        assert!(!ended.expect("read"));
        assert_eq!(seen, BLOCK);
    }
}
