//! The relationships between the parts of a package (ISO/IEC 29500-2, §6.5): which part is the document,
//! and which are its styles, its numbering, its headers.

use super::TemplateError;
use super::package::Package;
use super::xml::{Changes, Xml};

/// From one part to another, or to something outside the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Relation {
    /// Its id, by which the part refers to it.
    pub(super) id: String,
    /// The last word of its type: `styles`, `header`, `image`.
    pub(super) kind: String,
    /// The path in the package, or the address when it is outside.
    pub(super) target: String,
    /// Whether it points outside the file.
    pub(super) external: bool,
}

/// The path of the part with the relationships of `part`; of the package when that is empty.
pub(super) fn path_for(part: &str) -> String {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let slash = if folder.is_empty() { "" } else { "/" };
    format!("{folder}{slash}_rels/{name}.rels")
}

/// The relationships of a part, none if it has none.
///
/// # Errors
/// Those of reading the package and its XML.
pub(super) fn of(package: &mut Package<'_>, part: &str) -> Result<Vec<Relation>, TemplateError> {
    let path = path_for(part);
    let Some(bytes) = package.part(&path)? else { return Ok(Vec::new()) };
    let xml = Xml::read(&path, &bytes)?;
    let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
    let relations = xml.children(xml.root()).filter_map(|element| {
        let external = xml.attribute(element, "TargetMode").is_some_and(|mode| mode == "External");
        let target = xml.attribute(element, "Target")?;
        let kind = xml.attribute(element, "Type")?;
        Some(Relation {
            id: xml.attribute(element, "Id")?,
            kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
            target: if external { target } else { resolved(folder, &target) },
            external,
        })
    });
    Ok(relations.collect())
}

/// Adds a relationship of `part` to another part, and gives that part its content type.
///
/// # Errors
/// Those of reading the package and its XML.
pub(super) fn add(
    package: &mut Package<'_>,
    part: &str,
    (kind, target, content_type): (&str, &str, &str),
) -> Result<(), TemplateError> {
    let path = path_for(part);
    let empty = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>"#;
    let bytes = package.part(&path)?.unwrap_or_else(|| empty.as_bytes().to_vec());
    let ids: Vec<String> = of(package, part)?.into_iter().map(|relation| relation.id).collect();
    let id = (1..).map(|number| format!("rIdActa{number}")).find(|id| !ids.contains(id)).unwrap_or_default();
    append(package, &path, &bytes, |prefix| {
        format!(r#"<{prefix}Relationship Id="{id}" Type="{kind}" Target="/{target}"/>"#)
    })?;
    let types = "[Content_Types].xml";
    let bytes = package.part(types)?.ok_or(TemplateError::NotWord)?;
    append(package, types, &bytes, |prefix| {
        format!(r#"<{prefix}Override PartName="/{target}" ContentType="{content_type}"/>"#)
    })
}

/// Adds an element at the end of a part, in the prefix of its root.
fn append(
    package: &mut Package<'_>,
    path: &str,
    bytes: &[u8],
    element: impl Fn(&str) -> String,
) -> Result<(), TemplateError> {
    let xml = Xml::read(path, bytes)?;
    let prefix = xml.name(xml.root()).rsplit_once(':').map(|(prefix, _)| format!("{prefix}:")).unwrap_or_default();
    let mut changes = Changes::default();
    changes.push(xml.append(xml.root(), &element(&prefix)));
    package.put(path, changes.made(xml.text));
    Ok(())
}

/// A target as a path from the root of the package.
fn resolved(folder: &str, target: &str) -> String {
    let whole = match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("{folder}/{target}"),
    };
    let mut steps: Vec<&str> = Vec::new();
    for step in whole.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_found_from_wherever_they_are_named() {
        assert_eq!(resolved("word", "styles.xml"), "word/styles.xml");
        assert_eq!(resolved("word", "/word/document2.xml"), "word/document2.xml");
        assert_eq!(resolved("word", "../customXml/./item1.xml"), "customXml/item1.xml");
        assert_eq!(resolved("", "word/document.xml"), "word/document.xml");
    }

    #[test]
    fn relationships_lie_beside_their_part() {
        assert_eq!(path_for(""), "_rels/.rels");
        assert_eq!(path_for("word/document.xml"), "word/_rels/document.xml.rels");
    }
}
