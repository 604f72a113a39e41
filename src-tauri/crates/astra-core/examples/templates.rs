//! Draws the templates in `assets/templates`: `cargo run --package astra-core --example templates`.
//! The same code always draws the same bytes, so that a change in them is a change here.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter};

/// A template: its file's name and what is in it.
struct Template {
    name: &'static str,
    language: &'static str,
    /// Width and height, and the margins above, right, below and left, in twentieths of a point.
    paper: [u32; 6],
    body: fn(u32) -> String,
}

/// Letter, with the margins of GTC 185: three centimetres above and on the left, where folders are punched.
const LETTER: [u32; 6] = [12_240, 15_840, 1_701, 1_134, 1_417, 1_701];

/// A4 with two and a half centimetres on each side.
const A4: [u32; 6] = [11_906, 16_838, 1_701, 1_417, 1_417, 1_417];

const TEMPLATES: [Template; 4] = [
    Template { name: "co-icontec", language: "es-CO", paper: LETTER, body: labels },
    Template { name: "co-formulario", language: "es-CO", paper: LETTER, body: form },
    Template { name: "co-corrido", language: "es-CO", paper: LETTER, body: running },
    Template { name: "es-rof109", language: "es-ES", paper: A4, body: spain },
];

fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/templates");
    for (name, file) in all()? {
        fs::write(folder.join(name).with_extension("docx"), file)?;
    }
    Ok(())
}

/// Every template: the name of its file, and the file.
///
/// # Errors
/// Those of writing a zip.
pub fn all() -> std::io::Result<Vec<(&'static str, Vec<u8>)>> {
    TEMPLATES.iter().map(|template| Ok((template.name, drawn(template)?))).collect()
}

fn drawn(template: &Template) -> std::io::Result<Vec<u8>> {
    let spoken = |part: &str| part.replace("{language}", template.language).replace("es-CO", template.language);
    let text = template.paper[0] - template.paper[3] - template.paper[5];
    let parts: [(&str, Vec<u8>); 12] = [
        ("[Content_Types].xml", CONTENT_TYPES.into()),
        ("_rels/.rels", include_str!("../src/export/docx/parts/package.rels.xml").into()),
        ("docProps/app.xml", include_str!("../src/export/docx/parts/app.xml").into()),
        ("docProps/core.xml", core(template.language).into()),
        ("word/document.xml", document(template, text).into()),
        ("word/_rels/document.xml.rels", DOCUMENT_RELATIONS.into()),
        ("word/styles.xml", spoken(include_str!("../src/export/template/styles.xml")).into()),
        ("word/settings.xml", spoken(include_str!("../src/export/docx/parts/settings.xml")).into()),
        ("word/fontTable.xml", include_str!("../src/export/docx/parts/fontTable.xml").into()),
        ("word/header1.xml", header(text).into()),
        ("word/_rels/header1.xml.rels", HEADER_RELATIONS.into()),
        ("word/footer1.xml", footer(text).into()),
    ];
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default()).unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let shield = ("word/media/escudo.png", include_bytes!("../../../../assets/templates/escudo.png").to_vec());
    for (path, bytes) in parts.into_iter().chain([shield]) {
        zip.start_file(path, options)?;
        zip.write_all(&bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Colombia with labels, after GTC 185.
fn labels(_text: u32) -> String {
    [
        line("Title", "{{titulo}}"),
        line("Subtitle", "Sesión {{tipo}}"),
        fact("FECHA:", "{{fecha}}"),
        fact("HORA:", "{{horario}}"),
        fact("LUGAR:", "{{lugar}}"),
        line("Normal", "{{acta}}"),
    ]
    .concat()
}

/// Colombia with a form.
fn form(text: u32) -> String {
    let rows = [
        ["FECHA", "{{fecha}}", "CLASE DE SESIÓN", "{{tipo}}"],
        ["HORA DE INICIACIÓN", "{{hora_inicio}}", "HORA DE TERMINACIÓN", "{{hora_fin}}"],
        ["PRESIDENCIA", "{{presidente}}", "SECRETARÍA", "{{secretario}}"],
    ];
    let widths = [text * 20 / 100, text * 30 / 100, text * 22 / 100, text - text * 72 / 100];
    let mut table = rows.map(|row| table_row(&widths, &row)).concat();
    // The last row is one value beside its label.
    table += &format!(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>{}<w:tc><w:tcPr><w:tcW w:w=\"{wide}\" w:type=\"dxa\"/><w:gridSpan \
         w:val=\"3\"/></w:tcPr>{}</w:tc></w:tr>",
        labelled(widths[0], "LUGAR"),
        line("ActaCelda", "{{lugar}}"),
        wide = text - widths[0],
    );
    let grid = widths.map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).concat();
    [
        line("Title", "{{titulo}}"),
        line("Subtitle", "{{corporacion}} · {{entidad}}"),
        format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"ActaFormulario\"/><w:tblW w:w=\"{text}\" \
             w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0600\" w:firstRow=\"0\" \
             w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"1\" \
             w:noVBand=\"1\"/><w:tblDescription w:val=\"Datos de la sesión: fecha, clase, horas, presidencia, \
             secretaría y lugar\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{table}</w:tbl>"
        ),
        line("Normal", "{{acta}}"),
    ]
    .concat()
}

/// Colombia in a running paragraph, which the acta writes itself: a sentence with holes would not agree with
/// what stands in them.
fn running(_text: u32) -> String {
    [line("Title", "{{titulo}}"), line("Subtitle", "Sesión {{tipo}}"), line("Normal", "{{acta}}")].concat()
}

/// Spain, after article 109 of the ROF, with a running paragraph too.
fn spain(_text: u32) -> String {
    [
        line("Title", "{{titulo}}"),
        line("Subtitle", "Sesión {{tipo}} celebrada el {{fecha}}"),
        line("Normal", "{{acta}}"),
    ]
    .concat()
}

fn line(style: &str, text: &str) -> String {
    let properties = match style {
        "Normal" => String::new(),
        style => format!("<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>"),
    };
    format!("<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn fact(label: &str, value: &str) -> String {
    format!(
        "<w:p><w:pPr><w:pStyle w:val=\"ActaDato\"/></w:pPr><w:r><w:rPr><w:b/><w:bCs/></w:rPr><w:t>{label}</w:t></w:r>\
         <w:r><w:tab/><w:t>{value}</w:t></w:r></w:p>"
    )
}

fn labelled(width: u32, label: &str) -> String {
    format!(
        "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/><w:shd w:val=\"clear\" w:color=\"auto\" \
         w:fill=\"E7E9ED\"/></w:tcPr>{}</w:tc>",
        line("ActaCeldaTitulo", label)
    )
}

fn table_row(widths: &[u32; 4], texts: &[&str; 4]) -> String {
    let cell = |column: usize| match column % 2 {
        0 => labelled(widths[column], texts[column]),
        _ => format!(
            "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/></w:tcPr>{}</w:tc>",
            widths[column],
            line("ActaCelda", texts[column])
        ),
    };
    format!("<w:tr><w:trPr><w:cantSplit/></w:trPr>{}</w:tr>", [0, 1, 2, 3].map(cell).concat())
}

fn document(template: &Template, text: u32) -> String {
    let [width, height, top, right, bottom, left] = template.paper;
    format!(
        "{XML}<w:document {NAMESPACES}><w:body>{}<w:sectPr><w:headerReference w:type=\"default\" \
         r:id=\"rIdHeader1\"/><w:footerReference w:type=\"default\" r:id=\"rIdFooter1\"/><w:pgSz w:w=\"{width}\" \
         w:h=\"{height}\"/><w:pgMar w:top=\"{top}\" w:right=\"{right}\" w:bottom=\"{bottom}\" w:left=\"{left}\" \
         w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/><w:cols w:space=\"708\"/></w:sectPr></w:body></w:document>",
        (template.body)(text)
    )
}

/// Shield, council and number, over a thin line.
fn header(text: u32) -> String {
    let widths = [964, text - 964 - 2_835, 2_835];
    let grid = widths.map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).concat();
    let cell = |column: usize, inside: String| {
        format!(
            "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/><w:tcBorders><w:bottom w:val=\"single\" w:sz=\"6\" \
             w:space=\"0\" w:color=\"7F858E\"/></w:tcBorders><w:vAlign w:val=\"center\"/></w:tcPr>{inside}</w:tc>",
            widths[column]
        )
    };
    let words = |bold: bool, align: &str, text: &str| {
        let bold = if bold { "<w:rPr><w:b/><w:bCs/></w:rPr>" } else { "" };
        format!(
            "<w:p><w:pPr><w:pStyle w:val=\"Header\"/><w:jc w:val=\"{align}\"/></w:pPr><w:r>{bold}<w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let shield = format!(
        "<w:p><w:pPr><w:pStyle w:val=\"Header\"/><w:spacing w:after=\"60\"/></w:pPr><w:r>{}</w:r></w:p>",
        SHIELD
    );
    let council = words(true, "left", "{{corporacion}}") + &words(false, "left", "{{entidad}}");
    let number = words(false, "right", "{{titulo}}");
    format!(
        "{XML}<w:hdr {NAMESPACES}><w:tbl><w:tblPr><w:tblW w:w=\"{text}\" w:type=\"dxa\"/><w:tblLayout \
         w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" \
         w:type=\"dxa\"/></w:tblCellMar><w:tblLook w:val=\"0600\" w:firstRow=\"0\" w:lastRow=\"0\" \
         w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>\
         <w:tr>{}{}{}</w:tr></w:tbl><w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr></w:p></w:hdr>",
        cell(0, shield),
        cell(1, council),
        cell(2, number)
    )
}

/// «Página X de Y», with both numbers counted by whoever shows the document.
fn footer(text: u32) -> String {
    let field = |name: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> {name} \
             </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar \
             w:fldCharType=\"end\"/></w:r>"
        )
    };
    format!(
        "{XML}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val=\"Footer\"/><w:tabs><w:tab w:val=\"right\" \
         w:pos=\"{text}\"/></w:tabs></w:pPr><w:r><w:t>{{{{corporacion}}}} · {{{{entidad}}}}</w:t></w:r><w:r><w:tab/><w:t \
         xml:space=\"preserve\">Página </w:t></w:r>{}<w:r><w:t xml:space=\"preserve\"> de </w:t></w:r>{}</w:p></w:ftr>",
        field("PAGE"),
        field("NUMPAGES")
    )
}

fn core(language: &str) -> String {
    format!(
        "{XML}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>Plantilla de \
         acta</dc:title><dc:creator>Astra</dc:creator><dc:language>{language}</dc:language></cp:coreProperties>"
    )
}

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

const NAMESPACES: &str = concat!(
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" ",
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" ",
    "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" ",
    "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" ",
    "xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\""
);

/// The shield, 1.2 by 1.44 cm.
const SHIELD: &str = concat!(
    "<w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"432000\" cy=\"518400\"/>",
    "<wp:docPr id=\"1\" name=\"Escudo\" descr=\"Escudo de la entidad. Es un dibujo provisional: cámbielo por el suyo.\"/>",
    "<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect=\"1\"/></wp:cNvGraphicFramePr><a:graphic>",
    "<a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr>",
    "<pic:cNvPr id=\"1\" name=\"escudo.png\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"rIdEscudo\"/>",
    "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/>",
    "<a:ext cx=\"432000\" cy=\"518400\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>",
    "</a:graphicData></a:graphic></wp:inline></w:drawing>"
);

const CONTENT_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
  <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
  <Default Extension="xml" ContentType="application/xml"/>
  <Default Extension="png" ContentType="image/png"/>
  <Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
  <Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>
  <Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/>
  <Override PartName="/word/fontTable.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"/>
  <Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>
  <Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>
  <Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>
  <Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>
</Types>
"#;

const DOCUMENT_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
  <Relationship Id="rIdStyles" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>
  <Relationship Id="rIdSettings" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings" Target="settings.xml"/>
  <Relationship Id="rIdFonts" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/fontTable" Target="fontTable.xml"/>
  <Relationship Id="rIdHeader1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/>
  <Relationship Id="rIdFooter1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/>
</Relationships>
"#;

const HEADER_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
  <Relationship Id="rIdEscudo" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/escudo.png"/>
</Relationships>
"#;
