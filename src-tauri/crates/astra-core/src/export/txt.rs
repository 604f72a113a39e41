//! Plain text: title, facts, one line per passage with its time, and what was not understood.
//!
//! UTF-8 with LF and without a byte-order mark: every editor of this decade reads it so, Windows
//! Notepad included, while programs that search, compare or join files would take the mark for a
//! character of the title.

use super::Document;
use super::facts::{self, Fact, Value};
use super::passages::passages;
use super::record::{self, Roll};
use crate::sentences::sentence;

/// The whole file.
pub(crate) fn write(document: &Document) -> String {
    let mut out = String::new();
    if let Some(warning) = facts::warning(document) {
        line(&mut out, &sentence("document.warning", &[("warning", &warning)]));
        line(&mut out, "");
    }
    let record = record::of(document);
    let letterhead = record.map(record::letterhead).unwrap_or_default();
    letterhead.iter().for_each(|name| line(&mut out, name));
    if !letterhead.is_empty() {
        line(&mut out, "");
    }
    heading(&mut out, &facts::title(document), '=');
    line(&mut out, &facts::subtitle(document));
    match record {
        Some(record) => {
            about(&mut out, facts::sitting(document));
            if let Some(roll) = record::roll(record) {
                attendance(&mut out, roll);
            }
        }
        None => about(&mut out, facts::facts(document)),
    }

    line(&mut out, "");
    heading(&mut out, &sentence("document.heading_transcript", &[]), '-');
    if passages(document).next().is_none() {
        line(&mut out, "");
        line(&mut out, &sentence("document.transcript_empty", &[]));
    }
    let mut recording = None;
    for passage in passages(document) {
        line(&mut out, "");
        if document.recordings.len() > 1 && recording != Some(passage.recording) {
            if let Some(facts) = document.recordings.get(passage.recording) {
                line(&mut out, &facts::recording_heading(passage.recording + 1, facts));
                line(&mut out, "");
            }
            recording = Some(passage.recording);
        }
        let text = Some(passage.text).filter(|text| !text.is_empty());
        let time = Some(format!("[{}]", passage.time));
        let parts: Vec<String> = [time, passage.speaker, passage.mark, text].into_iter().flatten().collect();
        line(&mut out, &parts.join(" "));
    }

    if record.is_some() {
        line(&mut out, "");
        heading(&mut out, &sentence("document.heading_sources", &[]), '-');
        about(&mut out, facts::facts(document));
    }
    line(&mut out, "");
    heading(&mut out, &sentence("document.heading_coverage", &[]), '-');
    line(&mut out, "");
    line(&mut out, &facts::coverage(document));
    let doubts = facts::doubts(document);
    let key = if doubts.is_empty() { "document.doubts_none" } else { "document.doubts" };
    line(&mut out, &sentence(key, &[]));
    for doubt in doubts {
        line(&mut out, &format!("{}–{}  {}", doubt.start, doubt.end, doubt.reason));
    }
    out
}

/// Facts after an empty line, one a line; nothing at all when there are none.
fn about(out: &mut String, facts: Vec<Fact>) {
    if !facts.is_empty() {
        line(out, "");
    }
    for fact in facts {
        let value: Vec<String> = fact.value.into_iter().map(plain).collect();
        line(out, &format!("{}: {}", fact.label, value.join(" · ")));
    }
}

fn attendance(out: &mut String, roll: Roll) {
    line(out, "");
    heading(out, &sentence("document.heading_attendance", &[]), '-');
    line(out, "");
    for [name, office, attendance] in roll.rows {
        let person: Vec<String> = [name, office].into_iter().filter(|text| !text.is_empty()).collect();
        line(out, &format!("{}: {attendance}", person.join(", ")));
    }
}

fn plain(value: Value) -> String {
    match value {
        Value::Plain(text) => text,
        Value::Hash(label, hash) => format!("{label} {hash}"),
    }
}

/// A heading underlined to its own width, as plain text has had them since typewriters.
fn heading(out: &mut String, text: &str, rule: char) {
    line(out, text);
    line(out, &rule.to_string().repeat(text.chars().count()));
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::{sample, times};

    #[test]
    fn a_session_as_plain_text() {
        insta::assert_snapshot!(write(&sample::session()));
    }

    #[test]
    fn an_edited_session_as_plain_text() {
        insta::assert_snapshot!(write(&sample::edited()));
    }

    #[test]
    fn the_warning_stands_above_everything() {
        let text = write(&sample::session());
        assert!(text.lines().next().is_some_and(|first| first.contains(sample::WARNING)), "{text}");
        let trusted = Document { warning: None, ..sample::session() };
        assert!(write(&trusted).starts_with(&trusted.title));
    }

    #[test]
    fn lines_end_in_lf_and_no_mark_precedes_the_title() {
        let text = write(&sample::session());
        assert!(!text.contains('\r') && !text.contains('\u{feff}') && text.ends_with('\n'));
    }

    #[test]
    fn a_passage_can_be_found_by_its_time() {
        let document = sample::session();
        let text = write(&document);
        for segment in document.segments.iter().filter(|segment| !segment.words.is_empty()) {
            assert!(text.contains(&format!("[{}]", times::clock(segment.start_ms))));
        }
    }
}
