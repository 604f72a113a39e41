//! What ffmpeg is told to do for a rendition. Pure: facts about the files in, arguments out.
//!
//! Every file is brought to exactly the length it has on the session's clock, padded or cut, before they are
//! joined, so that subtitles and silences stand at the session's milliseconds whatever the containers say.

use std::ffi::OsString;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::profile::{MadeOf, Profile, Subtitles};
use crate::media::FORMATS;
use crate::media::decode::mixing;
use crate::media::probe::{Picture, file_url};

/// No more pictures a second than this: the room does not move faster.
const FASTEST: u32 = 30;

/// How long the stretch is in which the most telling picture is looked for, in milliseconds.
pub const STILL_MS: u64 = 4_000;

/// A file, and how long a stretch of the session it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The file.
    pub path: PathBuf,
    /// In milliseconds.
    pub length_ms: u64,
    /// How many channels its sound has.
    pub channels: u32,
    /// What moves beside the sound.
    pub picture: Option<Picture>,
    /// Whether the length in its head is wrong, as a recorder leaves it that was cut off.
    pub ignore_length: bool,
}

/// What is to be rendered.
#[derive(Debug, Clone)]
pub struct Order<'a> {
    /// As what.
    pub profile: &'a Profile,
    /// The files, in the order of the session.
    pub sources: &'a [Source],
    /// Where nothing may be heard, in milliseconds of the session.
    pub silent: &'a [Range<u64>],
    /// Where nothing may be seen.
    pub dark: &'a [Range<u64>],
    /// The SubRip file of what is said, if anything is.
    pub subtitles: Option<&'a Path>,
    /// The language of that, as ISO 639-1.
    pub language: &'a str,
}

impl Order<'_> {
    /// How long the session is, in milliseconds.
    pub fn length_ms(&self) -> u64 {
        self.sources.iter().map(|source| source.length_ms).sum()
    }

    /// The arguments that make ffmpeg write the rendition to `out`. None when there is nothing to see that may be
    /// seen.
    pub fn arguments(&self, out: &Path) -> Option<Vec<OsString>> {
        let mut arguments = words("-hide_banner -loglevel error -nostats -nostdin -progress pipe:2 -y");
        match self.profile.made_of {
            MadeOf::Still => {
                let (source, at_ms) = self.still()?;
                arguments.extend([OsString::from("-ss"), seconds(at_ms).into()]);
                arguments.extend(input(source));
                let filter = format!("thumbnail=60,scale=-2:'min({},ih)'", self.profile.height);
                arguments.extend(words("-map 0:V:0 -frames:v 1 -vf"));
                arguments.push(filter.into());
            }
            made_of => {
                arguments.extend(self.sources.iter().flat_map(input));
                let picture = made_of == MadeOf::Picture;
                let soft = self.subtitles.filter(|_| picture && self.profile.subtitles == Some(Subtitles::Soft));
                if let Some(subtitles) = soft {
                    arguments.extend(words("-protocol_whitelist file -f srt -i"));
                    arguments.push(file_url(subtitles));
                }
                arguments.push("-filter_complex".into());
                arguments.push(self.filter(picture).into());
                arguments.extend(words(if picture { "-map [v] -map [a]" } else { "-map [a]" }));
                if soft.is_some() {
                    arguments.extend(words(&format!("-map {}:s:0 -c:s mov_text", self.sources.len())));
                    let language =
                        format!("-metadata:s:s:0 language={} -disposition:s:0 default", three(self.language));
                    arguments.extend(words(&language));
                }
                arguments.extend(words(&format!("-t {}", seconds(self.length_ms()))));
            }
        }
        arguments.extend(words(&self.profile.encoding));
        // A telephone writes down where it was.
        arguments.extend(words("-map_metadata -1 -map_chapters -1 -f"));
        arguments.push(self.profile.format.clone().into());
        arguments.push(file_url(out));
        Some(arguments)
    }

    fn filter(&self, picture: bool) -> String {
        let mut chains: Vec<String> = Vec::new();
        let mut joined = String::new();
        let (width, height, rate) = self.frame();
        for (at, source) in self.sources.iter().enumerate() {
            let length = seconds(source.length_ms);
            if picture {
                chains.push(match source.picture {
                    Some(_) => format!(
                        "[{at}:V:0]fps={rate}:start_time=0,scale={width}:{height}:force_original_aspect_ratio=decrease,\
                         pad={width}:{height}:(ow-iw)/2:(oh-ih)/2,setsar=1,\
                         tpad=stop_mode=clone:stop_duration={length},trim=end={length}[v{at}]"
                    ),
                    None => format!("color=black:s={width}x{height}:r={rate}:d={length},setsar=1[v{at}]"),
                });
                joined += &format!("[v{at}]");
            }
            chains.push(format!(
                "[{at}:a:0]{},aformat=sample_rates={}:channel_layouts={},apad=whole_dur={length},atrim=end={length}[a{at}]",
                mixing(source.channels),
                self.profile.sample_rate,
                self.layout()
            ));
            joined += &format!("[a{at}]");
        }
        let (count, with_picture) = (self.sources.len(), u8::from(picture));
        let names = if picture { "[seen][heard]" } else { "[heard]" };
        chains.push(format!("{joined}concat=n={count}:v={with_picture}:a=1{names}"));
        if picture {
            let dark = during(self.dark).map(|when| format!("drawbox=color=black:t=fill:enable='{when}'"));
            let burnt = self.subtitles.filter(|_| self.profile.subtitles == Some(Subtitles::Burnt));
            let burnt = burnt.map(|path| format!("subtitles=filename={}", escaped(path)));
            chains.push(format!("[seen]{}[v]", chain([dark, burnt], "null")));
        }
        let silent = during(self.silent).map(|when| format!("volume=volume=0:enable='{when}'"));
        chains.push(format!("[heard]{}[a]", chain([silent, None], "anull")));
        chains.join(";")
    }

    /// Width, height and pictures a second of what comes out: those of the first picture, within the profile's.
    fn frame(&self) -> (u64, u64, String) {
        let first = self.sources.iter().find_map(|source| source.picture.as_ref());
        let Some(Picture { width, height, rate }) = first else { return (2, 2, FASTEST.to_string()) };
        let even = |pixels: u64| (pixels / 2 * 2).max(2);
        let high = even(u64::from((*height).min(self.profile.height)));
        let wide = even((u64::from(*width) * high).div_ceil(u64::from(*height)));
        let rate = rate.filter(|(count, seconds)| u64::from(*count) <= u64::from(FASTEST) * u64::from(*seconds));
        (wide, high, rate.map_or_else(|| FASTEST.to_string(), |(count, seconds)| format!("{count}/{seconds}")))
    }

    /// Two channels stay two; more are one microphone each and are mixed as the engine hears them.
    fn layout(&self) -> &'static str {
        if self.sources.iter().any(|source| source.channels == 2) { "stereo" } else { "mono" }
    }

    /// The file and the moment in it, in milliseconds, from which the picture is taken: a tenth into the session,
    /// when everybody sits, or the first moment after it that may be seen.
    fn still(&self) -> Option<(&Source, u64)> {
        let mut starts = Vec::new();
        let mut clock = 0;
        for source in self.sources {
            starts.push((source, clock));
            clock += source.length_ms;
        }
        let seen = starts.iter().filter(|(source, _)| source.picture.is_some());
        let tenth = clock / 10;
        let moments: Vec<u64> = (tenth..clock).chain(0..tenth).step_by(1_000).collect();
        let free = |at: u64| self.dark.iter().all(|range| at + STILL_MS < range.start || range.end < at);
        let mut moments = moments.into_iter().filter(|&at| free(at));
        moments.find_map(|at| {
            let mut within = seen.clone().filter(|(source, from)| (*from..from + source.length_ms).contains(&at));
            within.next().map(|(source, from)| (*source, at - from))
        })
    }
}

fn input(source: &Source) -> Vec<OsString> {
    let mut arguments = words("-protocol_whitelist file -format_whitelist");
    arguments.push(FORMATS.into());
    if source.ignore_length {
        arguments.extend(words("-ignore_length 1"));
    }
    arguments.extend([OsString::from("-i"), file_url(&source.path)]);
    arguments
}

fn words(text: &str) -> Vec<OsString> {
    text.split_whitespace().map(OsString::from).collect()
}

fn chain(filters: [Option<String>; 2], none: &str) -> String {
    let filters: Vec<String> = filters.into_iter().flatten().collect();
    if filters.is_empty() { none.to_owned() } else { filters.join(",") }
}

/// The times in which a filter works, as ffmpeg's expressions say them.
fn during(ranges: &[Range<u64>]) -> Option<String> {
    let between = |range: &Range<u64>| format!("between(t,{},{})", seconds(range.start), seconds(range.end));
    let ranges: Vec<String> = ranges.iter().map(between).collect();
    (!ranges.is_empty()).then(|| ranges.join("+"))
}

fn seconds(ms: u64) -> String {
    format!("{}.{:03}", ms / 1000, ms % 1000)
}

/// A path as an option of a filter within a graph: escaped once for the option and once more for the graph
/// (ffmpeg-filters(1), «Notes on filtergraph escaping»).
fn escaped(path: &Path) -> String {
    let behind_slashes = |text: &str, special: &[char]| {
        text.chars().fold(String::new(), |mut out, letter| {
            if special.contains(&letter) {
                out.push('\\');
            }
            out.push(letter);
            out
        })
    };
    let option = behind_slashes(&path.to_string_lossy().replace('\\', "/"), &['\\', '\'', ':']);
    behind_slashes(&option, &['\\', '\'', '[', ']', ',', ';'])
}

/// A language as MP4 writes it, by ISO 639-2.
fn three(language: &str) -> &'static str {
    match language {
        "es" => "spa",
        "ca" => "cat",
        "gl" => "glg",
        "eu" => "eus",
        "en" => "eng",
        "pt" => "por",
        _ => "und",
    }
}

#[cfg(test)]
mod tests;
