//! What the file says of itself: title, subject, author, language. The template's own properties name
//! whoever made the template, and go.

use quick_xml::escape::escape;

use super::TemplateError;
use super::package::Package;
use super::relations;
use crate::export::lines::one_line;
use crate::export::page::Properties;

/// Where the properties go in a package that has none.
const PATH: &str = "docProps/core.xml";

/// Writes the properties into the package.
///
/// # Errors
/// Those of reading the package and its XML.
pub(super) fn write(package: &mut Package<'_>, properties: &Properties) -> Result<(), TemplateError> {
    let known = relations::of(package, "")?.into_iter().find(|relation| relation.kind == "core-properties");
    match known {
        Some(relation) => package.put(&relation.target, core(properties)),
        None => {
            let kind = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
            let content = "application/vnd.openxmlformats-package.core-properties+xml";
            relations::add(package, "", (kind, PATH, content))?;
            package.put(PATH, core(properties));
        }
    }
    Ok(())
}

fn core(properties: &Properties) -> Vec<u8> {
    let text = |name: &str, value: &str| match one_line(value) {
        empty if empty.is_empty() => String::new(),
        value => format!("<dc:{name}>{}</dc:{name}>", escape(value.as_str())),
    };
    let said = [
        text("title", &properties.title),
        text("subject", &properties.subject),
        text("creator", &properties.creator),
        text("language", properties.language.tag()),
    ];
    let xml = [
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
        "\n",
        r#"<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">"#,
        &said.concat(),
        "</cp:coreProperties>",
    ];
    xml.concat().into_bytes()
}
