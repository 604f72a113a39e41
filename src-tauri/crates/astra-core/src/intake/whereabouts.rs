//! A recording that is gone, and a file that may be it: the card is back, the share has another
//! letter, somebody tidied up.

use std::io::ErrorKind;
use std::path::Path;

use crate::engine::Stop;
use crate::error::{Error, Result};
use crate::fingerprint;
use crate::sessions::Recording;

/// Whether the file at `candidate` is the recording, whatever it is called: the quick fingerprint
/// rules out nearly everything at once, the hash of every byte decides. A recording whose hash was
/// never finished is known by its fingerprint alone, and one without either is never found again.
///
/// # Errors
/// [`Error::RecordingMissing`], [`Error::RecordingIsFolder`] or [`Error::RecordingUnreadable`] of
/// the candidate; [`Error::Stopped`].
pub fn is_same(recording: &Recording, candidate: &Path, stop: &Stop) -> Result<bool> {
    if candidate.is_dir() {
        return Err(Error::RecordingIsFolder { path: candidate.display().to_string() });
    }
    let found = fingerprint::quick(candidate).map_err(|error| unreadable(candidate, &error))?;
    if recording.fingerprint.as_ref() != Some(&found) {
        return Ok(false);
    }
    let Some(known) = &recording.sha256 else { return Ok(true) };
    let found = fingerprint::of_file(candidate, stop).map_err(|error| unreadable(candidate, &error))?;
    found.map(|found| found == *known).ok_or(Error::Stopped)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Error {
    let path = path.display().to_string();
    match error.kind() {
        ErrorKind::NotFound => Error::RecordingMissing { path },
        _ => Error::RecordingUnreadable { path, reason: error.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::id::RecordingId;
    use crate::sessions::Source;

    #[test]
    fn a_moved_recording_is_known_by_every_byte_and_not_by_its_name() {
        let place = tempfile::tempdir().unwrap();
        let file = |name: &str, bytes: &[u8]| {
            let path = place.path().join(name);
            fs::write(&path, bytes).unwrap();
            path
        };
        let mut bytes = vec![7; 5 << 20];
        let original = file("REC001.MP3", &bytes);
        let moved = file("sesión del lunes.mp3", &bytes);
        // Both ends are the same, so only the hash of every byte tells them apart.
        bytes[2 << 20] = 8;
        let like_it = file("parecida.mp3", &bytes);
        let other = file("otra.mp3", b"otra");
        let recording = Recording {
            id: RecordingId::new(),
            source: Source::File(original.clone()),
            name: "REC001.MP3".to_owned(),
            bytes: Some(5 << 20),
            fingerprint: Some(fingerprint::quick(&original).unwrap()),
            sha256: fingerprint::of_file(&original, &Stop::default()).unwrap(),
            claimed_ms: None,
            claim_is_exact: false,
            duration_ms: None,
            started_at_ms: None,
        };
        fs::remove_file(&original).unwrap();

        let is_same = |candidate: &Path| is_same(&recording, candidate, &Stop::default());
        assert!(is_same(&moved).unwrap());
        assert!(!is_same(&like_it).unwrap());
        assert!(!is_same(&other).unwrap());
        assert_eq!(is_same(&original).unwrap_err().code(), "recording_missing");
        assert_eq!(is_same(place.path()).unwrap_err().code(), "recording_is_folder");

        let half_hashed = Recording { sha256: None, ..recording.clone() };
        assert!(super::is_same(&half_hashed, &moved, &Stop::default()).unwrap());
        let unknown = Recording { fingerprint: None, ..recording.clone() };
        assert!(!super::is_same(&unknown, &moved, &Stop::default()).unwrap());
        let stop = Stop::default();
        stop.set();
        assert_eq!(super::is_same(&recording, &moved, &stop).unwrap_err(), Error::Stopped);
    }
}
