//! The acta as files: a Word document in the council's template, and open data.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::page::Place;
use super::template::{self, TemplateError, Warning};
use crate::minutes::acta::{Copy, Heading, Kind, Material, Style, compose, data};
use crate::{Error, Result};

/// What an acta is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum ActaFormat {
    /// A Word document.
    #[default]
    Docx,
    /// The pages of the Word document, to be read.
    Pdf,
    /// Open data.
    Json,
}

impl ActaFormat {
    /// The end of its files' names.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Pdf => "pdf",
            Self::Json => "json",
        }
    }

    /// The one that the end of a file's name tells.
    pub fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_lowercase();
        [Self::Docx, Self::Pdf, Self::Json].into_iter().find(|format| format.extension() == extension)
    }
}

/// The acta in a template: the bytes of a `.docx`, and what a person should look at in it. Title and data of
/// the sitting are in its body only where the template has no place for them.
///
/// # Errors
/// See [`TemplateError`].
pub fn write(
    material: &Material,
    kind: Kind,
    copy: Copy,
    template: &[u8],
    style: &Style,
) -> Result<(Vec<u8>, Vec<Warning>), TemplateError> {
    let places = template::places(template)?;
    let mut style = style.clone();
    if [Place::Hours, Place::Starts].iter().any(|place| places.contains(place)) {
        style.heading = Heading::Template;
    }
    style.titled = !places.contains(&Place::Title);
    template::write(&compose(material, kind, copy, &style), template)
}

/// The acta as open data: see [`data`] for the format.
///
/// # Errors
/// [`Error::Broken`] if a value cannot be JSON, which no [`Material`] holds.
pub fn json(material: &Material, kind: Kind, copy: Copy, style: &Style) -> Result<Vec<u8>> {
    let broken = |error: serde_json::Error| Error::Broken { reason: format!("acta as JSON: {error}") };
    let mut bytes = serde_json::to_vec_pretty(&data(material, kind, copy, style)).map_err(broken)?;
    bytes.push(b'\n');
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read, Write};

    use proptest::prelude::*;

    use super::*;
    use crate::export::sample::{any_edited_session, tokens};
    use crate::export::template::Builtin;
    use crate::id::EntryId;
    use crate::minutes::acta::{Index, sample};
    use crate::minutes::masks::{Secret, suggest};
    use crate::minutes::wording::{Hours, Wording};
    use crate::minutes::{Entry, Minutes, Record, What};
    use crate::transcript::{Mark, Utterance};

    static SCHEMA_FILE: &str = include_str!("../../../../../assets/schema/acta-1.json");

    fn every_kind_and_copy() -> impl Iterator<Item = (Kind, Copy)> {
        Kind::all().into_iter().flat_map(|kind| Copy::all().map(|copy| (kind, copy)))
    }

    fn style_for(template: Builtin) -> Style {
        match template {
            Builtin::Labels => Style::default(),
            Builtin::Form => {
                Style { wording: Wording { hours: Hours::Twelve, ..Wording::default() }, ..Style::default() }
            }
            Builtin::Running => Style { heading: Heading::Running, index: Index::WithTurns, ..Style::default() },
            Builtin::Spain => Style::spain(),
        }
    }

    fn unzipped(bytes: &[u8]) -> Vec<(String, String)> {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let read = |index| {
            let mut entry = zip.by_index(index).unwrap();
            let mut part = Vec::new();
            entry.read_to_end(&mut part).unwrap();
            (entry.name().unwrap().into_owned(), String::from_utf8_lossy(&part).into_owned())
        };
        (0..zip::ZipArchive::new(Cursor::new(bytes)).unwrap().len()).map(read).collect()
    }

    /// All that a file says: every part of the package, and once more without markup, in which a text may be
    /// cut into pieces.
    fn all_of(bytes: &[u8]) -> String {
        let parts: String = unzipped(bytes).into_iter().map(|(_, text)| text).collect();
        let bare: String = parts.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, text)| text).collect();
        parts + &bare
    }

    fn digits(text: &str) -> String {
        text.chars().filter(char::is_ascii_digit).collect()
    }

    /// Writes each into the folder that `ASTRA_ACTAS` names, to be looked at.
    #[test]
    fn every_template_kind_and_copy_is_written_without_a_warning() {
        for template in Builtin::all() {
            for (kind, copy) in every_kind_and_copy() {
                let written = write(&sample::session(), kind, copy, template.file(), &style_for(template));
                let (bytes, warnings) = written.unwrap();
                assert_eq!(warnings, [], "{} {kind:?} {copy:?}", template.id());
                if let Ok(folder) = std::env::var("ASTRA_ACTAS") {
                    let name = format!("{}-{}-{}.docx", template.id(), kind.id(), copy.id());
                    std::fs::write(std::path::Path::new(&folder).join(name), bytes).unwrap();
                }
            }
        }
    }

    #[test]
    fn a_template_without_places_gets_title_and_data_in_the_body() {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in unzipped(Builtin::Labels.file()) {
            let bare = ["titulo", "tipo", "fecha", "horario", "lugar"]
                .iter()
                .fold(text, |text, place| text.replace(&format!("{{{{{place}}}}}"), ""));
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(bare.as_bytes()).unwrap();
        }
        let template = zip.finish().unwrap().into_inner();
        let (bytes, _) =
            write(&sample::session(), Kind::Decisions, Copy::Complete, &template, &Style::default()).unwrap();
        let text = all_of(&bytes);
        assert!(text.contains("ACTA No. 045 de 2026") && text.contains("De las 09:05 a las 12:40 horas"), "{text}");
    }

    #[test]
    fn what_is_masked_is_nowhere_in_the_public_copy_and_is_in_the_complete_one() {
        for (kind, copy) in every_kind_and_copy() {
            let style = Style::default();
            let (bytes, _) = write(&sample::session(), kind, copy, Builtin::Labels.file(), &style).unwrap();
            let data = String::from_utf8(json(&sample::session(), kind, copy, &style).unwrap()).unwrap();
            for text in [all_of(&bytes), data] {
                let found = digits(&text).contains(&digits(sample::TELEPHONE));
                assert_eq!(found, copy == Copy::Complete, "{kind:?} {copy:?}");
                let found = text.contains(sample::IDENTITY);
                assert_eq!(found, copy == Copy::Complete && kind == Kind::Literal, "{kind:?} {copy:?}");
            }
        }
    }

    #[test]
    fn what_is_reserved_is_nowhere_in_the_public_copy() {
        for kind in Kind::all() {
            let style = Style { tasks: true, ..Style::default() };
            let (bytes, _) = write(&sample::session(), kind, Copy::Public, Builtin::Form.file(), &style).unwrap();
            let data = String::from_utf8(json(&sample::session(), kind, Copy::Public, &style).unwrap()).unwrap();
            assert!(!all_of(&bytes).contains(sample::RESERVED) && !data.contains(sample::RESERVED), "{kind:?}");
        }
    }

    #[test]
    fn open_data_obey_the_published_schema() {
        let schema = serde_json::from_str(SCHEMA_FILE).unwrap();
        let mut compiler = boon::Compiler::new();
        let mut schemas = boon::Schemas::new();
        compiler.add_resource("acta-1.json", schema).unwrap();
        let index = compiler.compile("acta-1.json", &mut schemas).unwrap();
        for (kind, copy) in every_kind_and_copy() {
            for material in [sample::session(), Material::default()] {
                let bytes = json(&material, kind, copy, &Style::spain()).unwrap();
                let value = serde_json::from_slice(&bytes).unwrap();
                if let Err(error) = schemas.validate(&value, index) {
                    panic!("{kind:?} {copy:?}: {error:#}");
                }
            }
        }
    }

    /// A session in which somebody says a telephone number in three pieces, and somebody typed it as the place.
    fn with_telephone(mut utterances: Vec<Utterance>, at: prop::sample::Index, pieces: &[String]) -> Material {
        let said = format!("Mi celular es el {}.", pieces.join(" "));
        let place = at.index(utterances.len());
        utterances[place].words = crate::export::sample::words(&said, utterances[place].start_ms);
        utterances[place].mark = None;
        let masks = suggest(&said).iter().filter_map(|found| Secret::new(&said, found)).collect();
        let record = Record { place: format!("Llamar al {}", pieces.concat()), ..Record::default() };
        let title = Entry {
            id: EntryId::new(),
            heard: None,
            what: What::Task { who: pieces.join("-"), text: said, due: String::new() },
        };
        Material {
            minutes: Minutes { record, entries: vec![title] },
            utterances,
            masks,
            warning: Some(pieces.join(".")),
            ..Material::default()
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn a_telephone_that_is_masked_is_in_no_part_of_any_public_file(
            document in any_edited_session(),
            at in any::<prop::sample::Index>(),
            (first, second, third) in ("3[0-5][0-9]", "[1-9][0-9]{2}", "[1-9][0-9]{3}"),
            template in prop::sample::select(Builtin::all().to_vec()),
        ) {
            prop_assume!(!document.segments.is_empty());
            let material = with_telephone(document.segments, at, &[first.clone(), second.clone(), third.clone()]);
            prop_assert_eq!(material.masks.len(), 1);
            for (kind, copy) in every_kind_and_copy() {
                let style = Style { tasks: true, ..style_for(template) };
                let (bytes, _) = write(&material, kind, copy, template.file(), &style).unwrap();
                let data = String::from_utf8(json(&material, kind, copy, &style).unwrap()).unwrap();
                for text in [all_of(&bytes), data] {
                    let found = digits(&text).contains(&format!("{first}{second}{third}"));
                    prop_assert_eq!(found, copy == Copy::Complete, "{:?} {:?}", kind, copy);
                }
            }
        }

        #[test]
        fn whatever_was_said_the_literal_acta_has_all_of_it_and_the_public_one_all_but_what_is_reserved(
            document in any_edited_session()
        ) {
            let utterances = document.segments;
            let material = Material { utterances: utterances.clone(), ..Material::default() };
            for copy in Copy::all() {
                let (bytes, _) =
                    write(&material, Kind::Literal, copy, Builtin::Spain.file(), &Style::default()).unwrap();
                let body = unzipped(&bytes).into_iter().find(|(name, _)| name == "word/document.xml").unwrap().1;
                let found: Vec<String> = tokens(&body).map(|(_, token)| token).collect();
                let shown = utterances.iter().filter(|utterance| match utterance.mark {
                    Some(Mark::Reserved) => copy == Copy::Complete,
                    Some(Mark::Inaudible) => false,
                    None => true,
                });
                let said = shown.flat_map(|utterance| &utterance.words);
                let said: Vec<String> = said.map(|word| word.text.trim_end_matches('.').to_owned()).collect();
                prop_assert_eq!(found, said, "{:?}", copy);
            }
        }
    }
}
