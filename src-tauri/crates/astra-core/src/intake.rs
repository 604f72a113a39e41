//! From what the secretary hands over to recordings: is it there, is it media, is it new, which
//! part comes first?

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use crate::engine::Stop;
use crate::error::{Error, Result};
use crate::fingerprint;
use crate::id::RecordingId;
use crate::media::decode::{Decoder, Input};
use crate::media::probe;
use crate::sessions::{Recording, Source};

pub mod order;
pub mod place;
pub mod scan;
pub mod stream;
pub mod whereabouts;

/// A recording that was handed over, and what ordering needs to know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The recording, with a fresh id.
    pub recording: Recording,
    /// When the file was last written, in milliseconds since 1970 UTC.
    pub modified_ms: Option<i64>,
}

/// Reads what was typed: an address or a path, which need not be UTF-8.
pub fn source(typed: &OsStr) -> Source {
    let address = typed.to_str().filter(|text| {
        let lower = text.to_ascii_lowercase();
        lower.starts_with("http://") || lower.starts_with("https://")
    });
    match address {
        Some(url) => Source::Url(url.to_owned()),
        None => Source::File(PathBuf::from(typed)),
    }
}

/// Looks at a file, without decoding it: ffprobe and a quick fingerprint.
///
/// # Errors
/// One for each way in which a file can be no recording.
pub fn examine(path: &Path) -> Result<Arrival> {
    let shown = path.display().to_string();
    let unreadable =
        |error: &std::io::Error| Error::RecordingUnreadable { path: shown.clone(), reason: error.to_string() };
    let path = fs::canonicalize(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Error::RecordingMissing { path: shown.clone() },
        _ => unreadable(&error),
    })?;
    let facts = fs::metadata(&path).map_err(|error| unreadable(&error))?;
    if facts.is_dir() {
        return Err(Error::RecordingIsFolder { path: shown });
    }
    if !facts.is_file() {
        return Err(Error::RecordingUnreadable { path: shown, reason: "not a regular file".to_owned() });
    }
    if facts.len() == 0 {
        return Err(Error::RecordingEmpty { path: shown });
    }
    let fingerprint = fingerprint::quick(&path).map_err(|error| unreadable(&error))?;
    let media = probe::probe(&path)?;
    hear_the_beginning(Input::Probed(path.clone(), media.channels))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Arrival {
        recording: Recording {
            id: RecordingId::new(),
            source: Source::File(path),
            name,
            bytes: Some(facts.len()),
            fingerprint: Some(fingerprint),
            sha256: None,
            claimed_ms: media.duration_ms,
            claim_is_exact: media.duration_is_exact,
            duration_ms: None,
            started_at_ms: media.started_at_ms,
        },
        modified_ms: modified_ms(&facts),
    })
}

/// Decodes the first samples: headers promise much, and a session should only be made of
/// something that can be heard.
///
/// # Errors
/// As [`Decoder::finish`].
pub fn hear_the_beginning(input: Input) -> Result<()> {
    let mut decoder = Decoder::start(input, &Stop::default())?;
    if decoder.read(&mut Vec::new())? == 0 {
        return decoder.finish();
    }
    Ok(())
}

/// What is known of an address that answered.
pub fn examine_url(url: &str, arriving: &stream::Arriving) -> Arrival {
    Arrival {
        recording: Recording {
            id: RecordingId::new(),
            source: Source::Url(url.to_owned()),
            name: stream::name_of(url),
            bytes: arriving.bytes,
            fingerprint: arriving.fingerprint.clone(),
            sha256: None,
            claimed_ms: None,
            claim_is_exact: false,
            duration_ms: None,
            started_at_ms: None,
        },
        modified_ms: None,
    }
}

fn modified_ms(facts: &fs::Metadata) -> Option<i64> {
    let since = facts.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    i64::try_from(since.as_millis()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_recording_is_named_for_what_it_is() {
        let place = tempfile::tempdir().unwrap();
        let code = |path: &Path| examine(path).unwrap_err().code();
        let empty = place.path().join("vacía.mp3");
        fs::write(&empty, "").unwrap();
        let text = place.path().join("texto.mp3");
        fs::write(&text, "No soy una grabación, soy un acta.").unwrap();
        let list = place.path().join("lista.mp3");
        fs::write(&list, "#EXTM3U\n/etc/passwd\n").unwrap();
        assert_eq!(code(&place.path().join("no está.mp3")), "recording_missing");
        assert_eq!(code(place.path()), "recording_is_folder");
        assert_eq!(code(&empty), "recording_empty");
        assert_eq!(code(&text), "unreadable_media");
        assert_eq!(code(&list), "playlist_refused");
    }

    #[test]
    fn an_address_is_told_from_a_path() {
        assert_eq!(
            source(OsStr::new("HTTPS://concejo.gov.co/s.mp3")),
            Source::Url("HTTPS://concejo.gov.co/s.mp3".to_owned())
        );
        assert_eq!(source(OsStr::new("http.mp3")), Source::File("http.mp3".into()));
    }
}
