//! Documents as councils have them, and as nobody should make them. What makes them serves the tests of those who
//! read names in them too.

use std::io::{Cursor, Write};

use docx_rs::{Docx, Paragraph, Run, Table, TableCell, TableRow};
use encoding_rs::WINDOWS_1252;
use lopdf::content::{Content, Operation};
use lopdf::{Document, EncryptionState, EncryptionVersion, Object, Permissions, Stream, StringFormat, dictionary};
use proptest::prelude::*;
use zip::ZipArchive;
use zip::write::SimpleFileOptions;

use super::*;

/// An archive with these files.
pub(crate) fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A document of Word as bytes.
pub(crate) fn word(document: Docx) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    document.build().pack(&mut bytes).unwrap();
    bytes.into_inner()
}

/// A paragraph of a document of Word.
pub(crate) fn paragraph(text: &str) -> Paragraph {
    Paragraph::new().add_run(Run::new().add_text(text))
}

/// A document of Word with these paragraphs.
pub(crate) fn lines(texts: &[&str]) -> Docx {
    texts.iter().fold(Docx::new(), |document, text| document.add_paragraph(paragraph(text)))
}

/// A page of lines in the plainest PDF there is.
pub(crate) fn page(lines: &[&str]) -> Vec<u8> {
    let placed_lines: Vec<(i64, i64, &str)> = (0..).zip(lines).map(|(at, line)| (50, 700 - 16 * at, *line)).collect();
    placed(&placed_lines)
}

/// A page of texts, each with how far it is from the left and from the foot, in points; a letter is
/// 7.2 points wide.
pub(crate) fn placed(texts: &[(i64, i64, &str)]) -> Vec<u8> {
    saved(&mut pages(&[texts.to_vec()]))
}

/// Such pages as a document.
fn pages(all: &[Vec<(i64, i64, &str)>]) -> Document {
    let mut document = Document::with_version("1.5");
    let tree = document.new_object_id();
    let widths: Vec<Object> = (0..256).map(|_| 600.into()).collect();
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Courier", "Encoding" => "WinAnsiEncoding",
        "FirstChar" => 0, "Widths" => widths,
    });
    let mut kids: Vec<Object> = Vec::new();
    for texts in all {
        let mut operations = Vec::new();
        for (x, y, text) in texts {
            let (bytes, _, _) = WINDOWS_1252.encode(text);
            operations.push(Operation::new("BT", vec![]));
            operations.push(Operation::new("Tf", vec!["F1".into(), 12.into()]));
            operations.push(Operation::new("Td", vec![(*x).into(), (*y).into()]));
            operations.push(Operation::new("Tj", vec![Object::string_literal(bytes.into_owned())]));
            operations.push(Operation::new("ET", vec![]));
        }
        let content = document.add_object(Stream::new(dictionary! {}, Content { operations }.encode().unwrap()));
        let page = document.add_object(dictionary! {
            "Type" => "Page", "Parent" => tree, "Contents" => content,
            "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
            "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        });
        kids.push(page.into());
    }
    let count = i64::try_from(kids.len()).unwrap();
    let whole = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count };
    document.objects.insert(tree, Object::Dictionary(whole));
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    document
}

fn saved(document: &mut Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn the_paragraphs_and_cells_of_word_are_its_lines() {
    let row =
        |cells: [&str; 2]| TableRow::new(cells.map(|cell| TableCell::new().add_paragraph(paragraph(cell))).to_vec());
    let document = lines(&["Se abre la sesión.", ""]).add_table(Table::new(vec![row(["Ana Zapata", "Verde"])]));
    let read = super::lines(&word(document)).unwrap();
    assert_eq!(
        read.iter().filter(|line| !line.is_empty()).collect::<Vec<_>>(),
        ["Se abre la sesión.", "Ana Zapata", "Verde"]
    );
}

#[test]
fn what_the_width_of_a_page_broke_is_whole_in_a_pdf_and_in_a_text() {
    let broken =
        ["El concejal Jorge Iván Ospina pide que la vereda El", "Rosario tenga escuela.", "Se levanta la sesión."];
    let whole = ["El concejal Jorge Iván Ospina pide que la vereda El Rosario tenga escuela.", "Se levanta la sesión."];
    assert_eq!(super::lines(&page(&broken)).unwrap(), whole);
    assert_eq!(super::lines(broken.join("\r\n").as_bytes()).unwrap(), whole);
    let (latin, _, _) = WINDOWS_1252.encode("Vereda Ñáñez");
    assert_eq!(super::lines(&latin).unwrap(), ["Vereda Ñáñez"]);
}

#[test]
fn a_scanned_pdf_says_so_even_when_it_has_a_stamp() {
    let damage = |pages: &mut Document| super::lines(&saved(pages)).unwrap_err();
    assert_eq!(damage(&mut pages(&[vec![], vec![]])), PaperDamage::Scanned);
    assert_eq!(damage(&mut pages(&vec![vec![(50, 20, "Folio 12 · firmado")]; 9])), PaperDamage::Scanned);
}

#[test]
fn a_pdf_with_a_password_says_so_and_one_that_anybody_may_read_is_read() {
    let text = "El concejal Jorge Iván Ospina pide que la vereda El Rosario tenga escuela.";
    let locked = |password: &str| {
        let mut document = pages(&[vec![(50, 700, text)]]);
        let id = Object::String(b"0123456789abcdef".to_vec(), StringFormat::Literal);
        document.trailer.set("ID", vec![id.clone(), id]);
        let version = EncryptionVersion::V1 {
            document: &document,
            owner_password: "alcaldía",
            user_password: password,
            permissions: Permissions::all(),
        };
        let state = EncryptionState::try_from(version).unwrap();
        document.encrypt(&state).unwrap();
        super::lines(&saved(&mut document))
    };
    assert_eq!(locked("secreto"), Err(PaperDamage::Locked));
    assert_eq!(locked(""), Ok(vec![text.to_owned()]));
}

#[test]
fn minutes_of_three_hundred_pages_are_read_to_their_end() {
    let texts: Vec<String> =
        (0..300).map(|page| format!("Página {page}: la vereda número {page} tiene acueducto y escuela.")).collect();
    let all: Vec<Vec<(i64, i64, &str)>> = texts.iter().map(|text| vec![(50, 700, text.as_str())]).collect();
    assert_eq!(super::lines(&saved(&mut pages(&all))).unwrap(), texts);
}

#[test]
fn what_is_no_document_says_why() {
    let damage = |bytes: &[u8]| super::lines(bytes).unwrap_err();
    assert_eq!(damage(b""), PaperDamage::NoText);
    assert_eq!(damage(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0"), PaperDamage::OldOrLocked);
    assert_eq!(damage(b"\0\x01\x02"), PaperDamage::NoDocument);
    assert_eq!(damage(b"PK\x03\x04 cortado"), PaperDamage::Broken);
    assert_eq!(damage(b"%PDF-1.7 cortado"), PaperDamage::Broken);
    assert_eq!(damage(&archive(&[("mimetype", "x")])), PaperDamage::NoDocument);
    assert_eq!(damage(&vec![b'a'; (MOST_BYTES + 1) as usize]), PaperDamage::TooLarge);
}

#[test]
fn a_document_that_unpacks_to_more_than_any_minutes_is_not_read() {
    let bytes = archive(&[("word/document.xml", &" ".repeat(80 << 20))]);
    assert!(bytes.len() < 1 << 20);
    assert_eq!(super::lines(&bytes), Err(PaperDamage::TooLarge));
}

#[test]
fn an_archive_that_unpacks_to_more_than_it_may_is_not_read() {
    let bytes = archive(&[("word/document.xml", &" ".repeat(5_000)), ("b", &" ".repeat(5_000))]);
    let weighed = |most| weigh(&mut ZipArchive::new(Cursor::new(bytes.as_slice())).unwrap(), most);
    assert_eq!(weighed(10_000), Ok(()));
    assert_eq!(weighed(9_999), Err(PaperDamage::TooLarge));
}

proptest! {
    #[test]
    fn no_file_breaks_the_reading(magic in 0_usize..4, bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let start: &[u8] = [&b""[..], b"PK\x03\x04", b"%PDF-1.4\n", b"El concejal\n"][magic];
        let _ = super::lines(&[start, &bytes].concat());
    }

    #[test]
    fn no_damage_to_a_good_file_breaks_the_reading(is_pdf: bool, at in 0_usize..4_000, byte in any::<u8>(), cut in 0_usize..4_000) {
        let text = ["El concejal Jorge Ospina pide que la vereda tenga escuela."];
        let mut bytes = if is_pdf { page(&text) } else { word(lines(&text)) };
        let place = at % bytes.len();
        bytes[place] = byte;
        let _ = super::lines(&bytes);
        bytes.truncate(cut);
        let _ = super::lines(&bytes);
    }
}
