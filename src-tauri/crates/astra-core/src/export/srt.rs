//! SubRip subtitles, as every player and every video site reads them.
//!
//! The format has no escapes and no head: what players would take for markup or for a line of times
//! is replaced by look-alikes, since the alternative is that they swallow words. A speaker's name stands
//! before the first words of a turn, as it does in subtitles for the deaf. UTF-8 without a
//! byte-order mark and with LF, which all current players expect.

use super::cues::{self, Cue, Names};
use super::{Document, times};

/// The whole file. Hours take more than two digits when they need them.
pub(crate) fn write(document: &Document) -> String {
    let cues = cues::of(document, Names::InText);
    let mut out = String::new();
    for (index, cue) in cues.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        out.push_str(&block(index + 1, cue));
    }
    out
}

fn block(number: usize, cue: &Cue) -> String {
    let (start, end) = (times::stamp(cue.start_ms, ','), times::stamp(cue.end_ms, ','));
    let lines: Vec<String> = cue.lines.iter().map(|line| plain(line)).collect();
    format!("{number}\n{start} --> {end}\n{}\n", lines.join("\n"))
}

/// Angle brackets would be read as `<i>`, braces as `{\an8}`, and `-->` as times.
fn plain(line: &str) -> String {
    line.replace('<', "‹").replace('>', "›").replace('{', "(").replace('}', ")")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use subtp::srt::{SrtTimestamp, SubRip};

    use super::*;
    use crate::export::sample;

    fn ms(stamp: SrtTimestamp) -> u64 {
        let seconds = (u64::from(stamp.hours) * 60 + u64::from(stamp.minutes)) * 60 + u64::from(stamp.seconds);
        seconds * 1000 + u64::from(stamp.milliseconds)
    }

    /// A player's view of the file, through a parser that shares nothing with the writer.
    fn read(text: &str) -> Vec<Cue> {
        let parsed = SubRip::parse(text).expect("a player can read it");
        for (index, subtitle) in parsed.subtitles.iter().enumerate() {
            assert_eq!(subtitle.sequence as usize, index + 1);
        }
        let cue = |subtitle: subtp::srt::SrtSubtitle| Cue {
            start_ms: ms(subtitle.start),
            end_ms: ms(subtitle.end),
            speaker: None,
            lines: subtitle.text,
        };
        parsed.subtitles.into_iter().map(cue).collect()
    }

    fn expected(document: &Document) -> Vec<Cue> {
        let mut cues = cues::of(document, Names::InText);
        // The format has names in the text and nowhere else.
        cues.iter_mut().for_each(|cue| cue.speaker = None);
        for line in cues.iter_mut().flat_map(|cue| &mut cue.lines) {
            // The parser trims lines of every kind of space.
            *line = plain(line).trim().to_owned();
        }
        cues
    }

    #[test]
    fn a_session_as_srt() {
        insta::assert_snapshot!(write(&sample::session()));
    }

    #[test]
    fn an_edited_session_as_srt() {
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
        let document = sample::saying("si --> entonces <i>no</i> {\\an8} 00:00:01,000 --> 00:00:02,000");
        let text = write(&document);
        assert_eq!(text.matches("-->").count(), cues::of(&document, Names::InText).len());
        assert!(!text.contains(['<', '{']));
        assert_eq!(read(&text), expected(&document));
    }

    #[test]
    fn hours_beyond_ninety_nine_keep_all_their_digits() {
        let mut document = sample::silent();
        document.segments =
            vec![sample::segment(0, 10 * 3_600_000, "Diez."), sample::segment(0, 100 * 3_600_000, "Cien.")];
        let text = write(&document);
        assert!(text.contains("\n10:00:00,000 --> 10:00:01,000\n"), "{text}");
        assert!(text.contains("\n100:00:00,000 --> 100:00:01,000\n"), "{text}");
    }

    #[test]
    fn a_session_without_words_is_an_empty_file() {
        assert_eq!(write(&sample::silent()), "");
    }

    proptest! {
        #[test]
        fn whatever_was_said_players_read_all_of_it(document in sample::any_session()) {
            let document = sample::without_odd_spaces(document);
            prop_assert_eq!(read(&write(&document)), expected(&document));
        }
    }
}
