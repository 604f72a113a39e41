//! The Word document as another program finds it: unzipped and read with an XML parser of its own.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::Event;

use super::*;
use crate::export::lines::one_line;
use crate::export::sample;

fn written(document: &Document) -> Vec<u8> {
    write(document).expect("a document")
}

fn opened(docx: &[u8]) -> zip::ZipArchive<Cursor<&[u8]>> {
    zip::ZipArchive::new(Cursor::new(docx)).expect("a zip")
}

fn part(docx: &[u8], path: &str) -> String {
    let mut zip = opened(docx);
    let mut text = String::new();
    zip.by_name(path).expect(path).read_to_string(&mut text).expect("UTF-8");
    text
}

/// A paragraph as read back: its style and its runs, each with its character style and its text.
type Found = (String, Vec<(String, String)>);

fn paragraphs(xml: &str) -> Vec<Found> {
    let mut reader = Reader::from_str(xml);
    let (mut found, mut inside_text): (Vec<Found>, bool) = (vec![], false);
    loop {
        let event = reader.read_event().expect("well-formed XML");
        let value = |element: &quick_xml::events::BytesStart<'_>| {
            let attribute = element.attributes().flatten().find(|a| a.key.as_ref() == b"w:val").expect("a value");
            String::from_utf8(attribute.value.into_owned()).expect("UTF-8")
        };
        match &event {
            Event::Eof => return found,
            Event::Start(e) | Event::Empty(e) => match e.name().as_ref() {
                b"w:p" => found.push((String::new(), vec![])),
                b"w:r" => found.last_mut().expect("an open element").1.push((String::new(), String::new())),
                b"w:pStyle" => found.last_mut().expect("an open element").0 = value(e),
                b"w:rStyle" => {
                    found.last_mut().expect("an open element").1.last_mut().expect("an open element").0 = value(e)
                }
                b"w:t" => inside_text = true,
                _ => {}
            },
            Event::End(e) if e.name().as_ref() == b"w:t" => inside_text = false,
            Event::Text(text) if inside_text => {
                let run = &mut found.last_mut().expect("an open element").1.last_mut().expect("an open element").1;
                run.push_str(std::str::from_utf8(text).expect("UTF-8"));
            }
            Event::GeneralRef(entity) if inside_text => {
                let run = &mut found.last_mut().expect("an open element").1.last_mut().expect("an open element").1;
                let written = format!("&{};", std::str::from_utf8(entity).expect("UTF-8"));
                run.push_str(&unescape(&written).expect("an entity"));
            }
            _ => {}
        }
    }
}

/// What was said, as the document shows it: the runs of the passages without times and marks.
fn said(docx: &[u8]) -> String {
    let paragraphs = paragraphs(&part(docx, "word/document.xml"));
    let speech = paragraphs
        .into_iter()
        .filter(|(style, _)| [parts::style::SPEECH, parts::style::TURN].contains(&style.as_str()));
    let texts: Vec<String> = speech
        .map(|(_, runs)| {
            runs.into_iter().filter(|(style, _)| style.is_empty()).map(|(_, text)| text).collect::<String>()
        })
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
        .collect();
    texts.join("\n")
}

fn spoken(document: &Document) -> String {
    let texts = document.segments.iter().map(|segment| one_line(&segment.text())).filter(|text| !text.is_empty());
    texts.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_session_as_the_body_of_a_word_document() {
    let xml = part(&written(&sample::session()), "word/document.xml");
    // One element a line, so that a change shows where it is.
    insta::assert_snapshot!(xml.replace("<w:p>", "\n<w:p>").replace("<w:r>", "\n  <w:r>").replace("<w:t", "\n<w:t"));
}

#[test]
fn an_edited_session_as_the_body_of_a_word_document() {
    let xml = part(&written(&sample::edited()), "word/document.xml");
    insta::assert_snapshot!(xml.replace("<w:p>", "\n<w:p>").replace("<w:r>", "\n  <w:r>").replace("<w:t", "\n<w:t"));
}

#[test]
fn the_record_opens_the_document_and_what_the_machine_did_comes_after_the_transcript() {
    let docx = written(&sample::edited());
    let styles: Vec<String> =
        paragraphs(&part(&docx, "word/document.xml")).into_iter().map(|(style, _)| style).collect();
    assert_eq!(styles[..4], ["Organisation", "Organisation", "RecordTitle", "RecordSubtitle"]);
    let xml = part(&docx, "word/document.xml");
    let at = |text: &str| xml.find(text).expect(text);
    assert!(
        at("21 de noviembre de 2026<") < at("Ausente con excusa") && at("Ausente con excusa") < at(">Transcripción<")
    );
    assert!(at("Se levanta la reserva.") < at("SHA-256"));
    assert_eq!(xml.matches("<w:tblHeader/>").count(), 2);
    assert!(
        part(&docx, "word/header1.xml")
            .contains("Concejo Municipal · Transcripción de la sesión plenaria ordinaria n.º 046")
    );
}

#[test]
fn a_roll_without_offices_has_no_column_for_them_and_an_empty_record_leaves_no_trace() {
    let mut document = sample::edited();
    let record = document.record.as_mut().expect("a record");
    record.attendance.iter_mut().for_each(|attendee| attendee.office.clear());
    assert!(!part(&written(&document), "word/document.xml").contains(">Cargo<"));
    document.record = Some(Default::default());
    let with_none = Document { record: None, ..document.clone() };
    for format in crate::export::Format::all() {
        assert_eq!(crate::export::write(&document, format), crate::export::write(&with_none, format));
    }
}

/// The names in the order in which the document prints them, with all that was said after each.
fn turns(docx: &[u8]) -> Vec<(String, String)> {
    let mut turns: Vec<(String, String)> = vec![];
    for (style, runs) in paragraphs(&part(docx, "word/document.xml")) {
        for (run, text) in runs {
            match (style.as_str(), run.as_str()) {
                ("Turn", "Speaker") => turns.push((text, String::new())),
                ("Turn" | "Speech", "") => turns.iter_mut().last().into_iter().for_each(|turn| turn.1.push_str(&text)),
                _ => {}
            }
        }
    }
    turns
}

#[test]
fn another_reader_finds_who_said_what() {
    let turns = turns(&written(&sample::edited()));
    let names: Vec<&str> = turns.iter().map(|(name, _)| name.as_str()).collect();
    let (president, secretary, member) = ("María Pérez Ñáñez:", "Ana «Nena» O'Brien & <Ruiz>:", "José Gómez 🎤:");
    assert_eq!(names, [president, secretary, member, "Sin identificar:", president, president]);
    assert!(turns[1].1.contains("hay quórum.") && turns[3].1.contains("¡Que se oiga!"), "{turns:?}");
}

#[test]
fn another_reader_finds_the_transcript_word_for_word() {
    let document = sample::session();
    assert_eq!(said(&written(&document)), spoken(&document));
}

#[test]
fn every_part_is_well_formed_and_every_reference_leads_somewhere() {
    let docx = written(&sample::session());
    let names: Vec<String> = opened(&docx).file_names().map(|name| name.expect("UTF-8").into_owned()).collect();
    assert_eq!(names[0], "[Content_Types].xml");
    for name in &names {
        paragraphs(&part(&docx, name));
    }
    let types = part(&docx, "[Content_Types].xml");
    let relations = part(&docx, "word/_rels/document.xml.rels");
    for name in names.iter().filter(|name| name.starts_with("word/") && !name.contains("_rels")) {
        assert!(types.contains(&format!("\"/{name}\"")), "{name} has no type");
        let target = name.trim_start_matches("word/");
        assert!(
            target == "document.xml" || relations.contains(&format!("Target=\"{target}\"")),
            "{name} is unreachable"
        );
    }
    let body = part(&docx, "word/document.xml");
    for reference in body.split("r:id=\"").skip(1) {
        let id = reference.split('"').next().expect("a value");
        assert!(relations.contains(&format!("Id=\"{id}\"")), "{id} leads nowhere");
    }
}

#[test]
fn every_style_in_use_is_defined_and_none_is_left_without_a_name() {
    let docx = written(&sample::edited());
    let styles = part(&docx, "word/styles.xml");
    assert!(!styles.contains('{') && !styles.contains("\"document."), "a place was not filled");
    let pages = ["word/document.xml", "word/header1.xml", "word/footer1.xml", "word/footer2.xml"];
    let used: BTreeSet<String> = pages
        .iter()
        .map(|page| part(&docx, page))
        .flat_map(|xml| {
            let marks = ["<w:pStyle w:val=\"", "<w:rStyle w:val=\"", "<w:tblStyle w:val=\""];
            marks.map(|mark| {
                xml.split(mark)
                    .skip(1)
                    .map(|rest| rest.split('"').next().expect("a value").to_owned())
                    .collect::<Vec<_>>()
            })
        })
        .flatten()
        .collect();
    assert!(used.len() > 10, "{used:?}");
    for style in used {
        assert!(styles.contains(&format!("w:styleId=\"{style}\"")), "{style} is not defined");
    }
}

#[test]
fn the_language_is_colombian_spanish_by_default_and_in_the_styles() {
    let docx = written(&sample::session());
    let styles = part(&docx, "word/styles.xml");
    let defaults = styles.split("</w:docDefaults>").next().expect("defaults");
    assert!(defaults.contains("<w:lang w:val=\"es-CO\""));
    assert!(styles.matches("<w:lang w:val=\"es-CO\"").count() >= 3);
    assert!(part(&docx, "word/settings.xml").contains("<w:themeFontLang w:val=\"es-CO\"/>"));
    assert!(part(&docx, "docProps/core.xml").contains("<dc:language>es-CO</dc:language>"));
}

#[test]
fn the_properties_come_from_the_session_and_not_from_the_clock() {
    let core = part(&written(&sample::session()), "docProps/core.xml");
    assert!(core.contains("<dc:creator>Astra</dc:creator>"));
    assert!(core.contains(">2026-11-21T14:05:00Z</dcterms:created>"), "{core}");
    assert!(core.contains("<dc:title>Concejo Municipal de Villa Serena"));
    let undated = part(&written(&sample::silent()), "docProps/core.xml");
    assert!(!undated.contains("dcterms:created"));
}

#[test]
fn the_footer_counts_pages_and_the_header_repeats_the_title() {
    let document = sample::session();
    let docx = written(&document);
    for footer in ["word/footer1.xml", "word/footer2.xml"] {
        let xml = part(&docx, footer);
        let text: String = paragraphs(&xml).into_iter().flat_map(|(_, runs)| runs).map(|(_, text)| text).collect();
        assert_eq!(text, "Página 1 de 1");
        assert!(xml.contains(">PAGE</w:instrText>") && xml.contains(">NUMPAGES</w:instrText>"), "{xml}");
    }
    assert!(part(&docx, "word/header1.xml").contains(&document.title));
}

#[test]
fn the_warning_is_the_first_paragraph_and_absent_when_there_is_none() {
    let first = |document: &Document| paragraphs(&part(&written(document), "word/document.xml")).remove(0);
    let warned = first(&sample::session());
    assert_eq!((warned.0.as_str(), warned.1[0].1.as_str()), (parts::style::WARNING, sample::WARNING));
    assert_eq!(first(&sample::silent()).0, parts::style::TITLE);
}

#[test]
fn characters_that_xml_forbids_do_not_reach_the_document() {
    let mut document = sample::saying("uno\u{0} \u{1b}dos \u{fffe}tres & <cuatro> \"cinco\" ]]> --> {seis}");
    document.title = "Acta\u{8} & <046>".to_owned();
    let docx = written(&document);
    assert_eq!(said(&docx), "uno dos tres & <cuatro> \"cinco\" ]]> --> {seis}");
    assert!(part(&docx, "docProps/core.xml").contains("<dc:title>Acta &amp; &lt;046&gt;</dc:title>"));
}

#[test]
fn no_time_of_writing_is_left_in_the_package() {
    let docx = written(&sample::session());
    let mut zip = opened(&docx);
    for index in 0..zip.len() {
        let year = zip.by_index(index).expect("an entry").last_modified().map(|time| time.year());
        assert_eq!(year, Some(1980));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn whatever_the_names_another_reader_finds_each_word_under_its_own(document in sample::any_edited_session()) {
        let named = document.segments.iter().any(|s| s.mark.is_none() && !s.words.is_empty() && s.speaker.as_deref().is_some_and(|name| !one_line(name).is_empty()));
        for (name, text) in turns(&written(&document)) {
            for token in sample::tokens(&text) {
                let speaker = sample::speaker_of(&document, &token).unwrap_or("Sin identificar".to_owned());
                prop_assert_eq!(&name, &format!("{speaker}:"));
            }
        }
        let found: Vec<String> = turns(&written(&document)).iter().flat_map(|(_, text)| sample::tokens(text)).map(|(_, token)| token).collect();
        let public = document.segments.iter().filter(|s| s.mark.is_none()).flat_map(|s| &s.words);
        let public: Vec<String> = public.map(|word| word.text.trim_end_matches('.').to_owned()).collect();
        prop_assert!(!named || found == public, "{:?} {:?}", found, public);
    }
    #[test]
    fn whatever_was_said_another_reader_finds_it(document in sample::any_session()) {
        prop_assert_eq!(said(&written(&document)), spoken(&document));
    }
}
