//! Rosters as councils have them: in every spelling of a table, and in the minutes of last time.

use docx_rs::{Table, TableCell, TableRow};
use encoding_rs::{UTF_16LE, WINDOWS_1252};
use proptest::prelude::*;

use super::*;
use crate::papers::tests::{archive, lines, page, paragraph, placed, word};

/// What is proposed for an empty roster.
fn proposed(bytes: &[u8]) -> RosterProposal {
    read(bytes, &[]).unwrap()
}

/// «Name | office | party» of everybody.
fn people(proposal: &RosterProposal) -> Vec<String> {
    let shown = |row: &ProposedCouncillor| {
        let one = &row.councillor;
        let rest = [&one.office, &one.party].map(|text| format!(" | {text}"));
        format!("{}{}", one.name, rest.concat()).trim_end_matches([' ', '|']).to_owned()
    };
    proposal.rows.iter().map(shown).collect()
}

/// A workbook whose only sheet has these rows as they are written in XML.
fn workbook(rows: &str) -> Vec<u8> {
    let spreadsheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    archive(&[
        (
            "_rels/.rels",
            &format!(
                r#"<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            &format!(
                r#"<workbook xmlns="{spreadsheet}" xmlns:r="{relations}"><sheets><sheet name="Lista" sheetId="1" r:id="rId1"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &format!(
                r#"<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            &format!(r#"<worksheet xmlns="{spreadsheet}"><sheetData>{rows}</sheetData></worksheet>"#),
        ),
    ])
}

#[test]
fn a_table_of_excel_in_latin_letters_and_with_semicolons_is_read_as_it_is_meant() {
    let text = "Concejo Municipal de Villa Serena;;;\n;;;\nN.º;Nombres y Apellidos;Partido o movimiento;Dignidad;Cédula\n\
        1;María Pérez Ñáñez;Liberal;Presidenta;123\n2;José Gómez Ruiz;;;456\n;;;;\n";
    let (bytes, _, _) = WINDOWS_1252.encode(text);
    let proposal = proposed(&bytes);
    assert_eq!(people(&proposal), ["María Pérez Ñáñez | Presidenta | Liberal", "José Gómez Ruiz"]);
    assert!(proposal.headed);
    assert_eq!(proposal.columns[4], Column { heading: "Cédula".to_owned(), field: None }, "nobody asked for that");
    assert_eq!(proposal.rows.iter().map(|row| row.councillor.seat).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn one_list_is_the_same_in_every_alphabet_and_with_every_separator() {
    let text = "Concejal,Bancada\nÁngela Nuñez Peña,Verde\n\"Muñoz, Íñigo de la Cruz\",Mira\n";
    let names = ["Ángela Nuñez Peña |  | Verde", "Muñoz, Íñigo de la Cruz |  | Mira"];
    assert_eq!(people(&proposed(text.as_bytes())), names);
    assert_eq!(people(&proposed(format!("\u{feff}{text}").as_bytes())), names);
    let sixteen: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(UTF_16LE.decode(&sixteen).0, text);
    assert_eq!(people(&proposed(&sixteen)), names);
    let tabs = text.replace('"', "").replace(",V", "\tV").replace(",M", "\tM").replace("l,B", "l\tB");
    assert_eq!(people(&proposed(format!("sep=\t\r\n{tabs}").as_bytes())), names);
}

#[test]
fn names_and_surnames_of_two_columns_are_one_name_and_the_other_order_is_turned() {
    let apart = "Apellidos;Nombres;Cargo\nPérez Ñáñez;María;Presidenta\n";
    assert_eq!(people(&proposed(apart.as_bytes())), ["María Pérez Ñáñez | Presidenta"]);
    let turned = proposed("Apellidos y nombres;Partido\nPérez Ñáñez, María;Verde\nGómez Ruiz José;Mira\n".as_bytes());
    assert_eq!(people(&turned), ["María Pérez Ñáñez |  | Verde", "Gómez Ruiz José |  | Mira"]);
    assert_eq!(turned.rows[0].notes, []);
    assert_eq!(turned.rows[1].notes, [Note::SurnamesFirst], "nothing says where the surnames end");
}

#[test]
fn below_a_name_in_its_cell_the_office_may_stand() {
    let text = "Nombre;Bancada\n\"Luz Dary Ñáñez\nSegunda vicepresidenta\";Mira\n\"Ana María\nZapata Ríos\";Verde\n";
    let names = ["Luz Dary Ñáñez | Segunda vicepresidenta | Mira", "Ana María Zapata Ríos |  | Verde"];
    assert_eq!(people(&proposed(text.as_bytes())), names);
}

#[test]
fn days_spellings_and_terms_are_read_and_what_is_no_day_is_said() {
    let text = "Nombre;Periodo;Desde;Hasta;No escribir así (errores)\n\
        Ana Zapata;2024-2027;1/01/2024;;Sapata, Anna Zapata\nLuz Quintero;2024-2027;en enero;2025-06-30;\n";
    let rows = proposed(text.as_bytes()).rows;
    let ana = &rows[0].councillor;
    assert_eq!((ana.term.as_str(), ana.since.as_str(), ana.until.as_str()), ("2024-2027", "2024-01-01", ""));
    assert_eq!(ana.instead_of, ["Sapata", "Anna Zapata"]);
    assert!(ana.sits_on("2026-11-21") && !ana.sits_on("2023-12-31"));
    assert_eq!(rows[1].notes, [Note::DayUnread]);
    assert!(!rows[1].councillor.sits_on("2026-11-21"));
}

#[test]
fn without_a_heading_the_column_of_names_is_found_and_the_guess_is_said() {
    let proposal =
        proposed("1,Ana Zapata,Partido Liberal,Presidenta\n2,Jorge Ospina,Cambio Radical,Concejal\n".as_bytes());
    assert!(!proposal.headed);
    assert_eq!(people(&proposal), ["Ana Zapata | Presidenta", "Jorge Ospina | Concejal"]);
    assert_eq!(read("a,1\nb,2\n".as_bytes(), &[]), Err(RosterDamage::NoNames));
    assert_eq!(people(&proposed("Ana Zapata\nJorge Ospina\n".as_bytes())), ["Ana Zapata", "Jorge Ospina"]);
}

#[test]
fn capitals_become_a_name_to_be_looked_at_and_titles_are_none() {
    let proposal = proposed("Nombre\nH.C. MARÍA DE LA CRUZ O'BRIEN\nDra. Ana Zapata\nTOTAL 2\n".as_bytes());
    assert_eq!(people(&proposal), ["María de la Cruz O'Brien", "Ana Zapata", "Total 2"]);
    let notes: Vec<&[Note]> = proposal.rows.iter().map(|row| row.notes.as_slice()).collect();
    assert_eq!(notes, [&[Note::Capitals][..], &[], &[Note::Capitals, Note::OddName]]);
    assert!(proposal.rows[2].is_doubtful() && !proposal.rows[0].is_doubtful());
}

#[test]
fn two_people_of_one_name_stay_two_however_often_the_list_is_imported() {
    let list = "Nombre;Partido\nJosé Gómez;Verde\nAna Zapata;Mira\nJOSE GOMEZ;Liberal\n".as_bytes();
    let first = proposed(list);
    let namesakes: Vec<bool> = first.rows.iter().map(|row| row.notes.contains(&Note::Namesake)).collect();
    assert_eq!(namesakes, [true, false, true]);
    let roster = merged(&[], &first.rows);
    assert_eq!(roster.len(), 3);
    let second = read(list, &roster).unwrap();
    assert!(second.rows.iter().all(|row| row.known));
    assert_eq!(merged(&roster, &second.rows), roster);
}

#[test]
fn what_a_file_does_not_say_of_somebody_who_is_known_stays() {
    let known = merged(&[], &proposed("Nombre;Partido;Errores\nAna Zapata;Mira;Sapata\n".as_bytes()).rows);
    let later = read("Nombre;Cargo;Errores\nANA ZAPATA;Presidenta;Zapeta\n".as_bytes(), &known).unwrap();
    let now = merged(&known, &later.rows);
    let ana = &now[0];
    assert_eq!((now.len(), ana.name.as_str()), (1, "Ana Zapata"));
    assert_eq!((ana.party.as_str(), ana.office.as_str()), ("Mira", "Presidenta"));
    assert_eq!(ana.instead_of, ["Sapata", "Zapeta"]);
}

#[test]
fn a_workbook_is_read_and_one_that_claims_a_million_columns_takes_no_more_room() {
    let cell = |at: &str, text: &str| format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#);
    let rows = format!(
        r#"<row r="2">{}{}</row><row r="3">{}{}</row><row r="1048576">{}</row>"#,
        cell("A2", "Nombre del concejal"),
        cell("B2", "Partido"),
        cell("A3", "Ana Zapata"),
        cell("B3", "Verde"),
        cell("XFD1048576", "lejos")
    );
    let proposal = proposed(&workbook(&rows));
    assert_eq!((proposal.format, people(&proposal)), (RosterFormat::Xlsx, vec!["Ana Zapata |  | Verde".to_owned()]));
}

#[test]
fn past_minutes_of_word_give_the_people_of_their_lists_and_tables_and_nobody_else() {
    let row =
        |cells: [&str; 3]| TableRow::new(cells.map(|cell| TableCell::new().add_paragraph(paragraph(cell))).to_vec());
    let document = lines(&[
        "ACTA No. 046",
        "Presidió la sesión Pedro Pablo Rincón.",
        "ASISTENTES:",
        "1. H.C. María Pérez Ñáñez, Presidenta",
        "2.\tJosé Gómez Ruiz - Primer vicepresidente",
        "3. José Gómez Ruiz",
        "AUSENTES CON EXCUSA: Rosa Díaz Toro y Édgar Toro.",
        "INVITADOS:",
        "Nubia Salazar, Personera",
        "ORDEN DEL DÍA",
        "1. Llamado a lista",
        "Luz Marina Ángel presentó la proposición.",
    ])
    .add_table(Table::new(vec![
        row(["N.º", "Concejal", "Bancada"]),
        row(["1", "MARÍA PÉREZ ÑÁÑEZ", "Verde"]),
        row(["", "Total", "1"]),
    ]))
    .add_paragraph(paragraph("Sara Ríos Vélez"));
    let proposal = proposed(&word(document));
    assert_eq!(
        people(&proposal),
        [
            "María Pérez Ñáñez | Presidenta | Verde",
            "José Gómez Ruiz | Primer vicepresidente",
            "José Gómez Ruiz",
            "Rosa Díaz Toro",
            "Édgar Toro"
        ]
    );
    assert!(proposal.rows[1].notes.contains(&Note::Namesake), "twice on one list are two");
    assert_eq!(proposal.rows[0].notes, [], "on two lists is one");
}

#[test]
fn past_minutes_as_pdf_give_their_names_too() {
    let proposal = proposed(&page(&[
        "CONCEJO MUNICIPAL DE VILLA SERENA",
        "CONCEJALES PRESENTES",
        "1",
        "María Pérez Ñáñez",
        "Partido Liberal",
        "Presidenta",
        "2",
        "Ana Zapata",
        "Centro Democrático",
        "ORDEN DEL DÍA",
        "1. Himno Nacional de Colombia",
    ]));
    assert_eq!(
        people(&proposal),
        ["María Pérez Ñáñez | Presidenta | Partido Liberal", "Ana Zapata |  | Centro Democrático"]
    );
    assert_eq!((proposal.format, proposal.headed), (RosterFormat::Pdf, false));
}

#[test]
fn a_table_of_a_pdf_is_put_together_from_its_pieces_wherever_and_in_whatever_order_they_were_written() {
    let cells = [
        (300, 640, "Movimiento Cívico"),
        (50, 700, "ASISTENCIA"),
        (50, 660, "Nom"),
        (71, 660, "bre"),
        (300, 660, "Bancada"),
        (50, 640, "Luz Dary "),
        (115, 640, "Ñá"),
        (129, 640, "ñez"),
        (50, 620, "Presidenta"),
        (50, 600, "De los trece llamados asistieron once."),
    ];
    let proposal = proposed(&placed(&cells));
    assert_eq!(people(&proposal), ["Luz Dary Ñáñez | Presidenta | Movimiento Cívico"]);
}

#[test]
fn what_is_no_roster_says_why() {
    let damage = |bytes: &[u8]| read(bytes, &[]).unwrap_err();
    assert_eq!(damage(b""), RosterDamage::NoNames);
    assert_eq!(damage(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0"), RosterDamage::NoRoster);
    assert_eq!(damage(b"PK\x03\x04 cortado"), RosterDamage::Damaged);
    assert_eq!(damage(b"%PDF-1.7 cortado"), RosterDamage::Damaged);
    assert_eq!(damage(&archive(&[("mimetype", "x")])), RosterDamage::NoRoster);
    assert_eq!(damage(&word(lines(&["Nada por aquí"]))), RosterDamage::NoNames);
}

#[test]
fn the_roll_of_a_day_has_who_sits_then_and_says_of_nobody_that_they_are_there() {
    let text = "Nombre;Hasta;Cargo;Partido\nAna Zapata;;Presidenta;Mira\nLuz Quintero;2025-06-30;;\n";
    let roster = merged(&[], &proposed(text.as_bytes()).rows);
    let roll = roll(&roster, "2026-11-21");
    assert_eq!(roll.len(), 1);
    assert_eq!(
        (roll[0].name.as_str(), roll[0].office.as_str(), roll[0].party.as_str()),
        ("Ana Zapata", "Presidenta", "Mira")
    );
    assert_eq!(roll[0].attendance, Attendance::Unstated);
}

proptest! {
    #[test]
    fn no_file_breaks_the_reading(magic in 0_usize..4, bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let start: &[u8] = [&b""[..], b"PK\x03\x04", b"%PDF-1.4\n", b"Nombre;Partido\n"][magic];
        let _ = read(&[start, &bytes].concat(), &[]);
    }

    #[test]
    fn no_damage_to_a_good_file_breaks_the_reading(which in 0_usize..3, at in 0_usize..4_000, byte in any::<u8>(), cut in 0_usize..4_000) {
        let mut bytes = match which {
            0 => page(&["ASISTENTES", "Ana Zapata"]),
            1 => word(lines(&["ASISTENTES", "Ana Zapata"])),
            _ => workbook(r#"<row r="1"><c r="A1" t="inlineStr"><is><t>Nombre</t></is></c></row>"#),
        };
        let place = at % bytes.len();
        bytes[place] = byte;
        let _ = read(&bytes, &[]);
        bytes.truncate(cut);
        let _ = read(&bytes, &[]);
    }
}
