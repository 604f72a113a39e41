//! What a recording is, before anyone listens: ffprobe's answer, and the refusal of playlists.

use std::ffi::{OsStr, OsString};
use std::io::Read;
use std::path::Path;

use serde::Deserialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::FORMATS;
use super::priority::Priority;
use super::program::Program;
use crate::engine::Stop;
use crate::error::{Error, Result};

/// What ffprobe tells about a recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// How long the sound track is, in milliseconds, if the container says so.
    pub duration_ms: Option<u64>,
    /// Whether that length is written in the container, and not reckoned from the size.
    pub duration_is_exact: bool,
    /// How many channels the first sound track has.
    pub channels: u32,
    /// When the recording began, in milliseconds since 1970 UTC, if the container says so.
    pub started_at_ms: Option<i64>,
    /// What moves beside the sound. The cover of an album does not.
    pub picture: Option<Picture>,
}

/// A moving picture as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Pictures a second as a fraction, if the container says so.
    pub rate: Option<(u32, u32)>,
}

/// Looks at a file.
///
/// # Errors
/// [`Error::PlaylistRefused`], [`Error::NoAudio`], [`Error::UnreadableMedia`],
/// [`Error::ProgramMissing`].
pub fn probe(path: &Path) -> Result<Media> {
    let shown = path.display().to_string();
    if looks_like_a_playlist(&head(path)) {
        return Err(Error::PlaylistRefused { path: shown });
    }
    let url = file_url(path);
    let arguments = [
        "-v",
        "error",
        "-protocol_whitelist",
        "file",
        "-format_whitelist",
        FORMATS,
        "-of",
        "json",
        "-show_format",
        "-show_streams",
    ];
    let mut arguments: Vec<&OsStr> = arguments.iter().map(OsStr::new).collect();
    arguments.push(&url);
    let program = Program::start("ffprobe", &arguments, false, Priority::Usual, &Stop::default(), |_| false)?;
    let mut answer = Vec::new();
    if let Some(mut output) = program.take_output() {
        output
            .read_to_end(&mut answer)
            .map_err(|error| Error::Broken { reason: format!("cannot read from ffprobe: {error}") })?;
    }
    let (status, said) = program.finish()?;
    if !status.success() {
        return Err(Error::UnreadableMedia { path: shown, reason: said });
    }
    let answer: Answer = serde_json::from_slice(&answer)
        .map_err(|error| Error::UnreadableMedia { path: shown.clone(), reason: error.to_string() })?;
    answer.media().ok_or(Error::NoAudio { path: shown })
}

/// A path as ffmpeg takes it, whatever it starts with or contains.
pub(super) fn file_url(path: &Path) -> OsString {
    let mut url = OsString::from("file:");
    url.push(path);
    url
}

/// Whether bytes are the start of a playlist or of a description of a stream: HLS, ffconcat,
/// SDP, DASH, PLS, ASX, or a list of addresses.
pub fn looks_like_a_playlist(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
    let starts =
        ["#extm3u", "ffconcat", "v=0\r", "v=0\n", "[playlist]", "<asx", "<mpd", "<smil", "http://", "https://"];
    starts.iter().any(|start| text.starts_with(start))
        || (text.starts_with("<?xml") && text.contains("<mpd"))
        || (text.starts_with("file '") || text.starts_with("file \"") || text.starts_with("# concat"))
}

fn head(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Ok(file) = std::fs::File::open(path) {
        // A file that cannot be read is ffprobe's to explain.
        drop(file.take(4096).read_to_end(&mut bytes));
    }
    bytes
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    streams: Vec<Stream>,
    #[serde(default)]
    format: Format,
}

#[derive(Deserialize)]
struct Stream {
    codec_type: Option<String>,
    channels: Option<u32>,
    duration: Option<String>,
    width: Option<u32>,
    height: Option<u32>,
    avg_frame_rate: Option<String>,
    #[serde(default)]
    disposition: Disposition,
    #[serde(default)]
    side_data_list: Vec<SideData>,
}

#[derive(Deserialize, Default)]
struct Disposition {
    #[serde(default)]
    attached_pic: u8,
}

#[derive(Deserialize)]
struct SideData {
    rotation: Option<f64>,
}

#[derive(Deserialize, Default)]
struct Format {
    format_name: Option<String>,
    duration: Option<String>,
    #[serde(default)]
    tags: std::collections::BTreeMap<String, String>,
}

impl Answer {
    fn media(&self) -> Option<Media> {
        let first = self.streams.iter().find(|stream| stream.codec_type.as_deref() == Some("audio"))?;
        let seconds = first.duration.as_deref().or(self.format.duration.as_deref()).and_then(|text| text.parse().ok());
        Some(Media {
            duration_ms: seconds.filter(|seconds: &f64| *seconds >= 0.0).map(|seconds| (seconds * 1000.0) as u64),
            duration_is_exact: self.format.states_its_length(),
            channels: first.channels.unwrap_or_default(),
            started_at_ms: self.format.started_at_ms(),
            picture: self.streams.iter().find_map(Stream::picture),
        })
    }
}

impl Stream {
    fn picture(&self) -> Option<Picture> {
        if self.codec_type.as_deref() != Some("video") || self.disposition.attached_pic != 0 {
            return None;
        }
        let (width, height) = (self.width.filter(|&width| width > 0)?, self.height.filter(|&height| height > 0)?);
        let rate = self.avg_frame_rate.as_deref().and_then(|rate| rate.split_once('/'));
        let rate = rate.and_then(|(count, seconds)| Some((count.parse().ok()?, seconds.parse().ok()?)));
        let rate = rate.filter(|&(count, seconds): &(u32, u32)| count > 0 && seconds > 0);
        // A telephone held upright says by how much its picture is to be turned.
        let turned = self.side_data_list.iter().filter_map(|data| data.rotation).any(|by| by.abs() as u32 % 180 == 90);
        let (width, height) = if turned { (height, width) } else { (width, height) };
        Some(Picture { width, height, rate })
    }
}

impl Format {
    /// MP3, AAC and AMR have no place for their length: ffprobe reckons it from the size, and is
    /// wrong by minutes when the bit rate varies.
    fn states_its_length(&self) -> bool {
        const STATED: [&str; 9] = ["mov", "matroska", "wav", "w64", "flac", "ogg", "asf", "avi", "aiff"];
        self.format_name.iter().flat_map(|names| names.split(',')).any(|name| STATED.contains(&name))
    }

    /// MP4 and Matroska carry a moment in `creation_time`; a recorder's WAV has the day in
    /// `date` and the hour in `creation_time`. A clock that was never set says 1904, 1970 or 1980.
    fn started_at_ms(&self) -> Option<i64> {
        let value =
            |name: &str| self.tags.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value);
        let time = value("creation_time")?;
        let moment = OffsetDateTime::parse(time, &Rfc3339).ok().or_else(|| {
            let day = value("date")?;
            OffsetDateTime::parse(&format!("{day}T{time}Z"), &Rfc3339).ok()
        })?;
        (moment.year() > 1990).then(|| (moment.unix_timestamp_nanos() / 1_000_000) as i64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn media(json: &str) -> Option<Media> {
        serde_json::from_str::<Answer>(json).unwrap().media()
    }

    #[test]
    fn the_first_sound_track_counts_and_its_own_length_before_the_container_s() {
        let found = media(
            r#"{"streams":[{"codec_type":"video","duration":"9.0"},{"codec_type":"audio","codec_name":"aac","channels":2,"duration":"12.5"}],
                "format":{"duration":"13.0"}}"#,
        );
        let found = found.unwrap();
        assert_eq!((found.duration_ms, found.channels), (Some(12_500), 2));
    }

    #[test]
    fn only_a_length_that_the_container_states_is_exact() {
        let exact = |name: &str| {
            let text = format!(r#"{{"streams":[{{"codec_type":"audio"}}],"format":{{"format_name":"{name}"}}}}"#);
            media(&text).unwrap().duration_is_exact
        };
        assert!(exact("mov,mp4,m4a,3gp,3g2,mj2"));
        assert!(!exact("mp3"));
    }

    #[test]
    fn the_picture_is_as_it_is_shown_and_a_cover_is_none() {
        let picture =
            |video: &str| media(&format!(r#"{{"streams":[{{"codec_type":"audio"}},{video}]}}"#)).unwrap().picture;
        let upright = picture(
            r#"{"codec_type":"video","width":1920,"height":1080,"avg_frame_rate":"30000/1001","side_data_list":[{"rotation":-90}]}"#,
        );
        assert_eq!(upright, Some(Picture { width: 1080, height: 1920, rate: Some((30_000, 1001)) }));
        let odd = picture(r#"{"codec_type":"video","width":640,"height":360,"avg_frame_rate":"0/0"}"#);
        assert_eq!(odd, Some(Picture { width: 640, height: 360, rate: None }));
        let cover = r#"{"codec_type":"video","width":600,"height":600,"disposition":{"attached_pic":1}}"#;
        assert_eq!(picture(cover), None);
    }

    #[test]
    fn video_alone_is_no_recording() {
        assert_eq!(media(r#"{"streams":[{"codec_type":"video"}],"format":{}}"#), None);
    }

    #[test]
    fn the_beginning_is_read_from_phones_and_from_recorders_but_not_from_a_clock_never_set() {
        let started = |tags: &str| {
            media(&format!(r#"{{"streams":[{{"codec_type":"audio"}}],"format":{{"tags":{tags}}}}}"#))
                .unwrap()
                .started_at_ms
        };
        assert_eq!(started(r#"{"creation_time":"2025-11-10T14:00:05.000000Z"}"#), Some(1_762_783_205_000));
        assert_eq!(started(r#"{"date":"2025-11-10","creation_time":"14:00:05"}"#), Some(1_762_783_205_000));
        assert_eq!(started(r#"{"creation_time":"1980-01-01T00:00:00Z"}"#), None);
        assert_eq!(started(r#"{"creation_time":"14:00:05"}"#), None);
    }

    #[test]
    fn playlists_are_known_by_their_first_words() {
        for head in [
            "#EXTM3U\n",
            "\u{feff}#extm3u",
            "ffconcat version 1.0",
            "v=0\no=-",
            "[playlist]",
            "<?xml ?><MPD>",
            "file '/etc/passwd'",
        ] {
            assert!(looks_like_a_playlist(head.as_bytes()), "{head}");
        }
        assert!(!looks_like_a_playlist(b"ID3\x04\0\0"));
        assert!(!looks_like_a_playlist(b"RIFF\0\0\0\0WAVE"));
    }
}
