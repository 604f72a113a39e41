//! WebVTT subtitles, for video on web pages (<https://www.w3.org/TR/webvtt1/>).
//!
//! UTF-8 with LF. The head names the language as YouTube writes and reads it; the title and the
//! warning stand in a note, which browsers skip, and the warning is also the first cue, which they show.

use super::cues::{self, Cue, Names};
use super::lines::one_line;
use super::{Document, facts, times};
use crate::sentences::sentence;

/// The whole file. Hours take more than two digits when they need them.
pub(crate) fn write(document: &Document) -> String {
    let mut out = String::from("WEBVTT\nKind: captions\n");
    let language: String = document.language.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    if !language.is_empty() {
        out.push_str(&format!("Language: {language}\n"));
    }
    out.push_str(&format!("\nNOTE\n{}\n", note(&facts::title(document))));
    if let Some(warning) = facts::warning(document) {
        out.push_str(&format!("{}\n", note(&sentence("document.warning", &[("warning", &warning)]))));
    }
    for cue in cues::of(document, Names::Beside) {
        out.push('\n');
        out.push_str(&block(&cue));
    }
    out
}

fn block(cue: &Cue) -> String {
    let (start, end) = (times::stamp(cue.start_ms, '.'), times::stamp(cue.end_ms, '.'));
    let lines: Vec<String> = cue.lines.iter().map(|line| escaped(line)).collect();
    // The voice lasts to the end of the cue, so that its tag needs no closing.
    let voice = cue.speaker.as_deref().map(|name| format!("<v {}>", escaped(name))).unwrap_or_default();
    format!("{start} --> {end}\n{voice}{}\n", lines.join("\n"))
}

/// Cue text with its markup escaped; an arrow loses its head by it and cannot pass for times.
fn escaped(line: &str) -> String {
    line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A line of a note, where nothing can be escaped and an arrow would end it.
fn note(text: &str) -> String {
    one_line(text).replace("-->", "→")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use subtp::vtt::{VttBlock, VttTimestamp, WebVtt};

    use super::*;
    use crate::export::sample;

    fn ms(stamp: VttTimestamp) -> u64 {
        let seconds = (u64::from(stamp.hours) * 60 + u64::from(stamp.minutes)) * 60 + u64::from(stamp.seconds);
        seconds * 1000 + u64::from(stamp.milliseconds)
    }

    /// A player's view of the file, through a parser that shares nothing with the writer.
    fn read(text: &str) -> Vec<Cue> {
        let parsed = WebVtt::parse(text).expect("a player can read it");
        let cue = |block| match block {
            VttBlock::Que(cue) => Some(cue),
            _ => None,
        };
        let cues = parsed.blocks.into_iter().filter_map(cue);
        cues.map(|cue| {
            let payload = cue.payload.join("\n");
            let voiced = payload.strip_prefix("<v ").and_then(|rest| rest.split_once('>'));
            let (speaker, said) = voiced.map_or((None, payload.as_str()), |(name, said)| (Some(name), said));
            Cue {
                start_ms: ms(cue.timings.start),
                end_ms: ms(cue.timings.end),
                speaker: speaker.map(|name| unescaped(name).into()),
                lines: said.lines().map(unescaped).collect(),
            }
        })
        .collect()
    }

    fn unescaped(line: &str) -> String {
        line.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    }

    fn expected(document: &Document) -> Vec<Cue> {
        let mut cues = cues::of(document, Names::Beside);
        for line in cues.iter_mut().flat_map(|cue| &mut cue.lines) {
            // The parser trims lines of every kind of space.
            *line = line.trim().to_owned();
        }
        cues
    }

    #[test]
    fn a_session_as_vtt() {
        insta::assert_snapshot!(write(&sample::session()));
    }

    #[test]
    fn an_edited_session_as_vtt() {
        insta::assert_snapshot!(write(&sample::edited()));
    }

    #[test]
    fn a_session_reads_back_as_it_was_written() {
        for document in [sample::session(), sample::edited()] {
            assert_eq!(read(&write(&document)), expected(&document));
        }
    }

    #[test]
    fn an_arrow_or_a_tag_in_the_text_is_not_taken_for_one() {
        let mut document = sample::saying("si --> entonces <i>no</i> & ya &lt;");
        document.title = "acta --> 046\n\n00:00.000 --> 00:01.000".to_owned();
        let text = write(&document);
        assert_eq!(text.matches("-->").count(), cues::of(&document, Names::Beside).len());
        assert!(!text.contains("<i>"));
        assert_eq!(read(&text), expected(&document));
    }

    #[test]
    fn hours_beyond_ninety_nine_keep_all_their_digits() {
        let document = Document { segments: vec![sample::segment(0, 100 * 3_600_000, "Cien.")], ..sample::silent() };
        assert!(write(&document).contains("\n100:00:00.000 --> 100:00:01.000\n"));
    }

    #[test]
    fn a_session_without_words_is_a_head_without_cues() {
        assert_eq!(write(&sample::silent()), "WEBVTT\nKind: captions\nLanguage: es\n\nNOTE\nSesión vacía\n");
    }

    proptest! {
        #[test]
        fn whatever_was_said_players_read_all_of_it(document in sample::any_session()) {
            let document = sample::without_odd_spaces(document);
            prop_assert_eq!(read(&write(&document)), expected(&document));
        }
    }
}
