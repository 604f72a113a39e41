//! Documents as another program finds them: unzipped and read with an XML parser of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};

use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::Event;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::*;
use crate::export::page::{Block, Language, Level, Paper, Run, Style, Table, sample};

#[expect(dead_code, reason = "what is drawn is looked at here, and written to the disk only by the example")]
#[path = "../../../examples/templates.rs"]
mod drawing;

const W: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;
const END: &str = r#"<w:sectPr><w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:left="1701" w:right="1134"/></w:sectPr>"#;
const PLACE: &str = "<w:p><w:r><w:t>{{acta}}</w:t></w:r></w:p>";

/// A template being made for a test: its parts by their paths.
#[derive(Clone)]
struct Made(BTreeMap<String, Vec<u8>>);

impl Made {
    /// A template with this text and a header with nothing but a word.
    fn with(text: &str) -> Self {
        let main = "application/vnd.openxmlformats-officedocument.wordprocessingml";
        let types = format!(
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{main}.document.main+xml"/><Override PartName="/word/header1.xml" ContentType="{main}.header+xml"/></Types>"#
        );
        let made = Self(BTreeMap::new());
        made.part("[Content_Types].xml", &types)
            .relations("", &[("officeDocument", "word/document.xml", false)])
            .relations("word/document.xml", &[("header", "header1.xml", false)])
            .part("word/document.xml", format!("<w:document {W}><w:body>{text}</w:body></w:document>"))
            .part("word/header1.xml", format!("<w:hdr {W}><w:p><w:r><w:t>Villa</w:t></w:r></w:p></w:hdr>"))
    }

    fn part(mut self, path: &str, text: impl AsRef<[u8]>) -> Self {
        self.0.insert(path.to_owned(), text.as_ref().to_vec());
        self
    }

    fn relations(self, part: &str, to: &[(&str, &str, bool)]) -> Self {
        let each = to.iter().enumerate().map(|(index, (kind, target, external))| {
            let mode = if *external { r#" TargetMode="External""# } else { "" };
            format!(r#"<Relationship Id="r{index}" Type="{RELATION}/{kind}" Target="{target}"{mode}/>"#)
        });
        let text = format!(
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>"#,
            each.collect::<String>()
        );
        self.part(&relations::path_for(part), text)
    }

    fn styles(self, styles: &str) -> Self {
        self.relations("word/document.xml", &[("header", "header1.xml", false), ("styles", "styles.xml", false)])
            .part("word/styles.xml", format!("<w:styles {W}>{styles}</w:styles>"))
    }

    fn file(&self) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (path, bytes) in &self.0 {
            let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
            zip.start_file(path, options).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }
}

fn saying(text: &str) -> Page {
    let blocks = vec![Block::Paragraph { style: Style::Normal, runs: vec![Run::plain(text)] }];
    Page { blocks, ..Page::default() }
}

fn part(file: &[u8], path: &str) -> String {
    let mut text = String::new();
    let mut zip = ZipArchive::new(Cursor::new(file)).unwrap();
    zip.by_name(path).expect(path).read_to_string(&mut text).unwrap();
    text
}

/// The text of a document whose template has this body.
fn text_of(template: &str, page: &Page) -> (String, Vec<Warning>) {
    let (file, warnings) = write(page, &Made::with(template).file()).unwrap();
    let document = part(&file, "word/document.xml");
    let text = document.split_once("<w:body>").unwrap().1.split_once("</w:body>").unwrap().0;
    (text.to_owned(), warnings)
}

fn refused(template: &Made) -> TemplateError {
    write(&saying("x"), &template.file()).unwrap_err()
}

/// The attributes of this name of the elements of that name, in order; checks that the part is well formed.
fn values(xml: &str, element: &str, attribute: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let mut found = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return found,
            Event::Start(tag) | Event::Empty(tag) if tag.name().as_ref() == element.as_bytes() => {
                let all = tag.attributes().map(|one| one.unwrap());
                let of_name = all.filter(|one| one.key.as_ref() == attribute.as_bytes());
                found.extend(
                    of_name.map(|one| unescape(std::str::from_utf8(&one.value).unwrap()).unwrap().into_owned()),
                );
            }
            _ => {}
        }
    }
}

/// What a paragraph of `saying` looks like.
fn said(text: &str) -> String {
    format!(r#"<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>"#)
}

#[test]
fn minutes_as_the_body_of_a_word_document() {
    let (text, warnings) = text_of(&format!("{PLACE}{END}"), &sample::minutes(1));
    assert_eq!(warnings, []);
    insta::assert_snapshot!(
        text.replace("<w:p>", "\n<w:p>").replace("<w:tr>", "\n<w:tr>").replace("<w:tbl>", "\n<w:tbl>")
    );
}

#[test]
fn the_body_takes_the_place_of_its_place() {
    let (text, warnings) = text_of(&format!("<w:p/>{PLACE}<w:p/>{END}"), &saying("uno"));
    assert_eq!((text, warnings), (format!("<w:p/>{}<w:p/>{END}", said("uno")), vec![]));
}

#[test]
fn a_place_cut_into_runs_with_tracked_changes_is_found() {
    let cut = "<w:p><w:pPr><w:jc/></w:pPr><w:r><w:t>{</w:t></w:r><w:bookmarkStart w:id=\"3\" w:name=\"_GoBack\"/><w:ins w:id=\"1\"><w:r><w:t>{Ac</w:t></w:r></w:ins><w:del w:id=\"2\"><w:r><w:delText>bt</w:delText></w:r></w:del><w:r><w:t>ta }</w:t></w:r><w:bookmarkEnd w:id=\"3\"/><w:r><w:t>}</w:t></w:r></w:p>";
    let (text, warnings) = text_of(&format!("{cut}{END}"), &saying("uno"));
    let marks = ["<w:bookmarkStart w:id=\"3\" w:name=\"_GoBack\"/>", "<w:bookmarkEnd w:id=\"3\"/>"];
    assert_eq!((text, warnings), (format!("{}{}{}{END}", marks[0], said("uno"), marks[1]), vec![]));
}

#[test]
fn without_its_place_the_body_stands_at_the_end_before_the_last_section() {
    assert_eq!(
        text_of(&format!("<w:p/>{END}"), &saying("uno")),
        (format!("<w:p/>{}{END}", said("uno")), vec![Warning::NoBody])
    );
    assert_eq!(text_of("<w:p/>", &saying("uno")).0, format!("<w:p/>{}", said("uno")));
    let empty = Made::with("").part("word/document.xml", format!("<w:document {W}><w:body/></w:document>")).file();
    let document = part(&write(&saying("uno"), &empty).unwrap().0, "word/document.xml");
    assert_eq!(document, format!("<w:document {W}><w:body>{}</w:body></w:document>", said("uno")));
}

#[test]
fn a_paragraph_that_ends_a_section_or_says_more_is_kept() {
    let section = format!("<w:p><w:pPr>{END}</w:pPr><w:r><w:t>{{{{acta}}}}</w:t></w:r></w:p>{END}");
    let (text, _) = text_of(&section, &saying("uno"));
    assert_eq!(text, format!("{}{}", said("uno"), section.replace("<w:t>{{acta}}", "<w:t xml:space=\"preserve\">")));
    let more = "<w:p><w:r><w:t>DESARROLLO: {{acta}}</w:t></w:r></w:p>";
    let kept = "<w:p><w:r><w:t xml:space=\"preserve\">DESARROLLO: </w:t></w:r></w:p>";
    assert_eq!(text_of(more, &saying("uno")).0, format!("{kept}{}", said("uno")));
}

#[test]
fn a_place_that_cannot_hold_the_body_leaves_it_after_and_says_so() {
    let table = |inside: &str| format!("<w:tbl><w:tr><w:tc><w:p><w:r>{inside}</w:r></w:p></w:tc></w:tr></w:tbl>");
    let (text, warnings) = text_of(&format!("{}{END}", table("<w:t>{{acta}}</w:t>")), &saying("uno"));
    let emptied = table("<w:t xml:space=\"preserve\"></w:t>");
    let lower = said("uno").replace("<w:p>", "<w:p><w:pPr><w:spacing w:before=\"160\" /></w:pPr>");
    assert_eq!((text, warnings), (format!("{emptied}{lower}{END}"), vec![Warning::BodyMoved]));
    let header = Made::with(END).part("word/header1.xml", format!("<w:hdr {W}>{PLACE}</w:hdr>")).file();
    let (file, warnings) = write(&saying("uno"), &header).unwrap();
    assert!(!part(&file, "word/header1.xml").contains("acta"));
    assert_eq!(warnings, [Warning::NoBody, Warning::BodyMoved]);
    let (text, warnings) = text_of(&format!("{PLACE}{PLACE}"), &saying("uno"));
    assert_eq!((text.matches("uno").count(), warnings), (1, vec![Warning::BodyTwice]));
}

#[test]
fn places_are_filled_in_text_headers_and_footers_and_what_is_missing_is_said() {
    let header = format!(r#"<w:hdr {W}><w:p><w:r><w:t>{{{{número}}}} {{{{fecha}}}}</w:t></w:r></w:p></w:hdr>"#);
    let body = format!("<w:p><w:r><w:t>{{{{Entidad}}}} {{{{alcalde}}}}</w:t></w:r></w:p>{PLACE}{END}");
    let made = Made::with(&body).part("word/header1.xml", header);
    let places = [(Place::Entity, "Neiva & <Huila>"), (Place::Number, "{{fecha}}"), (Place::Date, " ")];
    let page = Page { places: places.map(|(place, text)| (place, text.to_owned())).into(), ..saying("uno") };
    let (file, warnings) = write(&page, &made.file()).unwrap();
    assert!(part(&file, "word/document.xml").contains(">Neiva &amp; &lt;Huila&gt; {{alcalde}}<"));
    assert!(part(&file, "word/header1.xml").contains(">{{fecha}} ________<"));
    let name = |name: &str| name.to_owned();
    assert_eq!(
        warnings,
        [Warning::UnknownPlace { name: name("alcalde") }, Warning::EmptyPlace { name: name("fecha") }]
    );
}

#[test]
fn styles_are_found_by_their_names_and_only_the_missing_ones_are_added() {
    let heading = Block::Heading { level: Level::One, text: "Uno".to_owned(), bookmark: None };
    let quote = Block::Paragraph { style: Style::Quote, runs: vec![Run::plain("dos")] };
    let page = Page { blocks: vec![heading, quote], ..Page::default() };
    let spanish = r#"<w:style w:type="paragraph" w:default="1" w:styleId="Texto"><w:name w:val="Texto normal"/><w:rPr><w:lang w:val="en-US"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Ttulo1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style><w:style w:type="character" w:styleId="Quote"><w:name w:val="Otra"/></w:style>"#;
    let (file, _) = write(&page, &Made::with(PLACE).styles(spanish).file()).unwrap();
    let document = part(&file, "word/document.xml");
    assert_eq!(values(&document, "w:pStyle", "w:val"), ["Ttulo1", "Quote1"]);
    assert_eq!(values(&document, "w:numId", "w:val"), ["0"], "the agenda's numbers are its own");
    let styles = part(&file, "word/styles.xml");
    assert_eq!(values(&styles, "w:styleId", "x"), [] as [&str; 0]);
    assert_eq!(values(&styles, "w:style", "w:styleId"), ["Texto", "Ttulo1", "Quote", "Quote1", "ActaNota"]);
    assert_eq!(values(&styles, "w:basedOn", "w:val"), ["Texto", "Texto"]);
    assert_eq!(values(&styles, "w:lang", "w:val"), ["es-CO"]);
    assert_eq!(values(&styles, "w:style", "w:default"), ["1"]);
}

#[test]
fn a_template_in_the_document_s_language_with_all_styles_keeps_them_byte_for_byte() {
    let page = sample::minutes(1);
    for builtin in [Builtin::Labels, Builtin::Form, Builtin::Running] {
        let (file, warnings) = write(&page, builtin.file()).unwrap();
        assert_eq!(warnings, []);
        let changed = ["[Content_Types].xml", "docProps/core.xml", "word/document.xml"];
        let filled = ["word/_rels/document.xml.rels", "word/header1.xml", "word/footer1.xml"];
        let mut before = ZipArchive::new(Cursor::new(builtin.file())).unwrap();
        let mut after = ZipArchive::new(Cursor::new(file.as_slice())).unwrap();
        for index in 0..before.len() {
            let mut packed = [Vec::new(), Vec::new()];
            let mut entry = before.by_index_raw(index).unwrap();
            let path = entry.name().unwrap().into_owned();
            entry.read_to_end(&mut packed[0]).unwrap();
            let mut entry = after.by_index_raw(index).unwrap();
            assert_eq!(entry.name().unwrap(), path, "the order of the parts");
            entry.read_to_end(&mut packed[1]).unwrap();
            let touched = changed.contains(&path.as_str()) || filled.contains(&path.as_str());
            assert_eq!(packed[0] != packed[1], touched, "{path}");
        }
    }
    let spanish =
        Page { properties: crate::export::page::Properties { language: Language::Spain, ..page.properties }, ..page };
    let (file, _) = write(&spanish, Builtin::Spain.file()).unwrap();
    assert_eq!(part(&file, "word/styles.xml"), part(Builtin::Spain.file(), "word/styles.xml"));
    assert!(part(&file, "docProps/core.xml").contains("<dc:language>es-ES</dc:language>"));
}

#[test]
fn the_templates_that_come_with_astra_are_those_that_the_example_draws() {
    assert!(Builtin::all().iter().all(|builtin| !builtin.name().contains("template.")));
    let drawn = drawing::all().unwrap();
    assert_eq!(drawn.len(), Builtin::all().len());
    for (builtin, (name, drawn)) in Builtin::all().into_iter().zip(drawn) {
        assert_eq!(builtin.id(), name);
        let paths =
            |file| ZipArchive::new(Cursor::new(file)).unwrap().file_names().flatten().map(String::from).collect();
        let (kept, new): (Vec<String>, Vec<String>) = (paths(builtin.file()), paths(drawn.as_slice()));
        assert_eq!(kept, new);
        for path in kept.iter().filter(|path| !path.ends_with(".png")) {
            assert!(part(builtin.file(), path) == part(&drawn, path), "{name}: {path} was not drawn anew");
        }
    }
}

#[test]
fn a_head_stands_on_every_page_and_a_table_says_what_it_shows() {
    let table = |head: &[&str]| {
        let row = || vec![vec![Run::plain("a")], vec![Run::plain("b")]];
        let head = head.iter().map(|&name| name.to_owned()).collect();
        let description = "Votos de «todos»".to_owned();
        Block::Table(Table { head, rows: vec![row(), row()], widths: vec![2, 1], description })
    };
    let page = Page { blocks: vec![table(&["A", "B"]), table(&[])], ..Page::default() };
    let (text, _) = text_of(&format!("{PLACE}{END}"), &page);
    let [listed, form]: [&str; 2] = text.split("</w:tbl>").take(2).collect::<Vec<_>>().try_into().unwrap();
    assert_eq!((listed.matches("<w:tblHeader/>").count(), form.matches("<w:tblHeader/>").count()), (1, 0));
    assert_eq!(listed.matches("<w:cantSplit").count(), 3);
    assert_eq!(values(&text, "w:tblDescription", "w:val"), ["Votos de «todos»", "Votos de «todos»"]);
    assert_eq!(values(&text, "w:gridCol", "w:w"), ["6270", "3135", "6270", "3135"]);
    assert!(form.starts_with("<w:p>"), "two tables are kept apart: {form}");
}

#[test]
fn the_index_lists_the_headings_and_leads_to_them() {
    let (text, _) = text_of(PLACE, &sample::minutes(2));
    let marks: BTreeSet<String> = values(&text, "w:bookmarkStart", "w:name").into_iter().collect();
    let links = values(&text, "w:hyperlink", "w:anchor");
    assert_eq!(links.len(), sample::minutes(2).blocks.iter().filter(|b| matches!(b, Block::Heading { .. })).count());
    assert!(links.iter().all(|link| marks.contains(link)) && marks.contains("punto_1"), "{marks:?}");
    let stale = values(&text, "w:fldChar", "w:dirty");
    assert_eq!(stale.iter().filter(|value| *value == "true").count(), 1, "the pages are asked for once");
    let kinds = values(&text, "w:fldChar", "w:fldCharType");
    let count = |kind: &str| kinds.iter().filter(|found| *found == kind).count();
    assert_eq!([count("begin"), count("separate"), count("end")], [links.len() + 1; 3]);
}

#[test]
fn signatures_stay_with_the_text_before_them() {
    let (text, _) = text_of(PLACE, &sample::minutes(1));
    let (before, after) = text.split_once("La presidenta convocó").unwrap();
    assert!(before.rsplit_once("<w:p>").unwrap().1.contains("<w:keepNext"));
    let cells = after.split_once("</w:tbl>").unwrap().0;
    assert_eq!(values(&format!("<a>{}", cells.split_once("</w:p>").unwrap().1), "w:pStyle", "w:val").len(), 4);
}

#[test]
fn another_paper_is_put_under_every_section() {
    let mut page = saying("uno");
    page.properties.paper = Some(Paper::Oficio);
    let (text, _) = text_of(&format!("{PLACE}{END}"), &page);
    assert_eq!(values(&text, "w:pgSz", "w:h"), ["18709"]);
}

#[test]
fn a_file_saved_as_template_becomes_a_document() {
    let made = Made::with(PLACE);
    let types = String::from_utf8(made.0["[Content_Types].xml"].clone()).unwrap();
    let made = made.part("[Content_Types].xml", types.replace("document.main", "template.main"));
    let (file, _) = write(&saying("uno"), &made.file()).unwrap();
    assert!(part(&file, "[Content_Types].xml").contains("document.main+xml"));
}

#[test]
fn the_template_of_the_template_is_forgotten_and_links_to_click_on_stay() {
    let to = [
        ("header", "header1.xml", false),
        ("hyperlink", "https://concejo.example", true),
        ("settings", "settings.xml", false),
    ];
    let settings = format!(
        r#"<w:settings {W} xmlns:r="{RELATION}"><w:zoom/><w:attachedTemplate r:id="r0"/><w:compat/></w:settings>"#
    );
    let made = Made::with(PLACE)
        .relations("word/document.xml", &to)
        .part("word/settings.xml", settings)
        .relations("word/settings.xml", &[("attachedTemplate", "file:///\\\\server\\x.dotm", true)]);
    let (file, _) = write(&saying("uno"), &made.file()).unwrap();
    assert!(!part(&file, "word/_rels/settings.xml.rels").contains("server"));
    assert!(part(&file, "word/settings.xml").contains("<w:zoom/><w:compat/>"));
    assert!(part(&file, "word/_rels/document.xml.rels").contains("https://concejo.example"));
}

#[test]
fn what_would_fetch_something_is_refused() {
    for kind in ["image", "oleObject", "frame", "subDocument"] {
        let made = Made::with(PLACE).relations("word/header1.xml", &[(kind, "https://x.example/a", true)]);
        assert_eq!(refused(&made), TemplateError::External { target: "https://x.example/a".to_owned() }, "{kind}");
    }
    let field = r#"<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> INCLUDE</w:instrText></w:r><w:r><w:instrText>PICTURE "http://x"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>"#;
    assert!(matches!(refused(&Made::with(field)), TemplateError::External { target } if target.contains("http://x")));
    let simple = r#"<w:p><w:fldSimple w:instr=" ddeauto excel x"/></w:p>"#;
    assert!(matches!(refused(&Made::with(simple)), TemplateError::External { .. }));
    assert!(write(&saying("x"), &Made::with(r#"<w:p><w:fldSimple w:instr=" PAGE "/></w:p>"#).file()).is_ok());
}

#[test]
fn programs_are_refused_wherever_they_are_named() {
    let types = |change: &str| {
        let made = Made::with(PLACE);
        let types = String::from_utf8(made.0["[Content_Types].xml"].clone()).unwrap();
        made.part("[Content_Types].xml", types.replace("<Default", &format!("{change}<Default")))
    };
    let docm = r#"<Override PartName="/x" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>"#;
    let controls =
        r#"<Override PartName="/word/activeX/activeX1.xml" ContentType="application/vnd.ms-office.activeX+xml"/>"#;
    assert_eq!(refused(&types(docm)), TemplateError::Macros);
    assert_eq!(refused(&types(controls)), TemplateError::Macros);
    assert_eq!(refused(&Made::with(PLACE).part("word/vbaProject.bin", "x")), TemplateError::Macros);
}

#[test]
fn what_is_no_word_document_is_refused_with_its_own_reason() {
    let write = |file: &[u8]| write(&saying("x"), file).unwrap_err();
    assert_eq!(write(b""), TemplateError::NotWord);
    assert_eq!(write(b"%PDF-1.7"), TemplateError::NotWord);
    assert_eq!(write(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]), TemplateError::OldOrLocked);
    let mut spreadsheet = Made::with(PLACE);
    spreadsheet.0.remove("word/document.xml");
    assert_eq!(refused(&spreadsheet), TemplateError::NotWord);
    spreadsheet.0.remove("[Content_Types].xml");
    assert_eq!(refused(&spreadsheet), TemplateError::NotWord);
    let strict = Made::with(PLACE);
    let document = String::from_utf8(strict.0["word/document.xml"].clone()).unwrap();
    assert_eq!(
        refused(&strict.clone().part("word/document.xml", document.replace(document::TRANSITIONAL, document::STRICT))),
        TemplateError::Strict
    );
    assert_eq!(refused(&strict.part("word/document.xml", document.replace("w:", "x:"))), TemplateError::NotWord);
}

#[test]
fn damage_is_found_before_the_document_is_written() {
    let file =
        Made::with(PLACE).part("word/media/a.png", (0..9000_u32).flat_map(u32::to_le_bytes).collect::<Vec<_>>()).file();
    for cut in [10, file.len() / 2, file.len() - 5] {
        assert!(matches!(write(&saying("x"), &file[..cut]), Err(TemplateError::Damaged { .. })), "{cut}");
    }
    let picture = file.windows(16).position(|window| window == b"word/media/a.png").unwrap();
    let mut flipped = file.clone();
    flipped[picture + 2_000] ^= 0x55;
    assert_eq!(write(&saying("x"), &flipped), Err(TemplateError::Damaged { part: "word/media/a.png".to_owned() }));
    let torn = Made::with("<w:p><w:r></w:p>");
    assert_eq!(refused(&torn), TemplateError::Damaged { part: "word/document.xml".to_owned() });
    let laughs = "<!DOCTYPE a [<!ENTITY a \"ja\">]><w:document/>";
    let made = Made::with(PLACE).part("word/document.xml", laughs);
    assert_eq!(refused(&made), TemplateError::Entities { part: "word/document.xml".to_owned() });
}

#[test]
fn what_unpacks_to_far_more_than_it_is_is_refused() {
    assert_eq!(refused(&Made::with(PLACE).part("word/media/a.bmp", vec![0; 40 << 20])), TemplateError::TooLarge);
    let spaces = [b"<w:document>".to_vec(), vec![b' '; 33 << 20], b"</w:document>".to_vec()].concat();
    let noise: Vec<u8> = (0..60_000_u32).flat_map(|number| number.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
    let made = Made::with(PLACE).part("word/document.xml", spaces).part("word/media/a.bmp", noise);
    assert_eq!(refused(&made), TemplateError::TooLarge);
    let many = (0..5_000).fold(Made::with(PLACE), |made, number| made.part(&format!("x/{number}"), ""));
    assert_eq!(refused(&many), TemplateError::TooLarge);
}

#[test]
fn every_error_and_warning_has_a_spanish_sentence() {
    let name = || "x y".to_owned();
    let errors = [
        TemplateError::NotWord,
        TemplateError::OldOrLocked,
        TemplateError::Strict,
        TemplateError::Damaged { part: name() },
        TemplateError::TooLarge,
        TemplateError::Macros,
        TemplateError::External { target: name() },
        TemplateError::Entities { part: name() },
        TemplateError::Broken { reason: name() },
    ];
    let warnings = [
        Warning::NoBody,
        Warning::BodyMoved,
        Warning::BodyTwice,
        Warning::UnknownPlace { name: name() },
        Warning::EmptyPlace { name: name() },
    ];
    let said = errors.iter().map(TemplateError::sentence).chain(warnings.iter().map(Warning::sentence));
    for sentence in said {
        assert!(sentence.contains(' ') && !sentence.replace("{{acta}}", "").contains('{'), "{sentence}");
    }
}

/// Checks what must hold in any document, whatever was put into it.
fn sound(file: &[u8]) -> Result<(), TestCaseError> {
    let document = part(file, "word/document.xml");
    let styles = part(file, &styles_path(file));
    let defined: BTreeSet<String> = values(&styles, "w:style", "w:styleId").into_iter().collect();
    for element in ["w:pStyle", "w:rStyle", "w:tblStyle"] {
        for used in values(&document, element, "w:val") {
            prop_assert!(defined.contains(&used), "{} is not defined", used);
        }
    }
    for attribute in ["w:id", "w:name"] {
        let marks = values(&document, "w:bookmarkStart", attribute);
        prop_assert_eq!(marks.iter().collect::<BTreeSet<_>>().len(), marks.len());
    }
    let ids = |element| values(&document, element, "w:id");
    prop_assert_eq!(ids("w:bookmarkStart").len(), ids("w:bookmarkEnd").len());
    let types = part(file, "[Content_Types].xml");
    let lists = values(&types, "Override", "PartName").into_iter().find(|path| path.contains("numbering"));
    let lists = lists.map(|path| values(&part(file, &path[1..]), "w:num", "w:numId")).unwrap_or_default();
    for used in values(&document, "w:numId", "w:val").into_iter().filter(|id| id != "0") {
        prop_assert!(lists.contains(&used), "list {}", used);
    }
    prop_assert!(!document.contains("</w:tbl><w:tbl>") && !document.contains("</w:tcPr></w:tc>"));
    prop_assert!(!document.contains("</w:tbl><w:sectPr") && !document.contains("</w:tbl></w:body>"));
    Ok(())
}

fn styles_path(file: &[u8]) -> String {
    let types = part(file, "[Content_Types].xml");
    let path = values(&types, "Override", "PartName").into_iter().find(|path| path.contains("styles"));
    path.unwrap().trim_start_matches('/').to_owned()
}

/// The document without the elements of a name, which hold nothing.
fn without(document: &str, element: &str) -> String {
    let begin = format!("<{element} ");
    let mut parts = document.split(&begin);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |kept, part| kept + part.split_once("/>").map_or("", |(_, rest)| rest))
}

/// The words by which `any_page` marks its texts.
fn tokens(text: &str) -> BTreeSet<String> {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    words.filter(|word| word.starts_with("zq")).map(str::to_owned).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_page_in_any_template_is_a_sound_document_with_all_its_texts(mut page in sample::any_page(), which in 0_usize..6) {
        let bare = [Made::with(&format!("{PLACE}{END}")).file(), Made::with("").file()];
        let template = match which {
            0 | 1 => bare[which].as_slice(),
            builtin => Builtin::all()[builtin - 2].file(),
        };
        let (file, _) = write(&page, template).unwrap();
        prop_assert_eq!(&write(&page, template).unwrap().0, &file, "the same bytes");
        sound(&file)?;
        let document = part(&file, "word/document.xml");
        let wanted: BTreeSet<String> = page.texts().iter().flat_map(|text| tokens(text.split(' ').next().unwrap_or_default())).collect();
        // What is for eyes that do not see is not what the body says.
        let found = tokens(&without(&document, "w:tblDescription"));
        prop_assert!(wanted.is_subset(&found), "{:?} of {:?}", found, wanted);
    }

    #[test]
    fn no_bytes_at_all_can_break_it(bytes in prop::collection::vec(any::<u8>(), 0..200), at in 0_usize..4_000) {
        prop_assert!(write(&Page::default(), &bytes).is_err());
        let mut file = Builtin::Form.file().to_vec();
        let at = at % (file.len() - bytes.len());
        file.splice(at..at + bytes.len(), bytes);
        let _ = write(&Page::default(), &file);
    }
}
