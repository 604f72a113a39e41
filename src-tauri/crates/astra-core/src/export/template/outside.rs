//! What a template may not bring along: programs, and anything that is fetched from somewhere else when
//! the document is opened. Minutes are passed on to many people who did not choose the template.

use super::TemplateError;
use super::package::Package;
use super::relations;
use super::xml::{Changes, Xml};

/// Words in types of content and of relationships, and in names of parts, that mean programs.
const PROGRAMS: [&str; 5] = ["macroenabled", "vbaproject", "vbadata", "activex", "wordvbadata"];

/// Fields that bring in other files, or start other programs, when Word updates them.
const FETCHING: [&str; 9] =
    ["DDE", "DDEAUTO", "DATABASE", "IMPORT", "INCLUDE", "INCLUDEPICTURE", "INCLUDETEXT", "LINK", "RD"];

/// Refuses programs, wherever the package admits to them.
///
/// # Errors
/// [`TemplateError::Macros`].
pub(super) fn refuse_programs(package: &mut Package<'_>) -> Result<(), TemplateError> {
    let types = package.part("[Content_Types].xml")?.unwrap_or_default();
    let types = String::from_utf8_lossy(&types).to_lowercase();
    let names = package.paths().join("\n").to_lowercase();
    match PROGRAMS.iter().any(|word| types.contains(word) || names.contains(word)) {
        true => Err(TemplateError::Macros),
        false => Ok(()),
    }
}

/// Forgets the template that the template itself was made from, which Word would look for on the
/// network, and refuses every other link to outside but those that a reader clicks on.
///
/// # Errors
/// [`TemplateError::External`] with what it points to.
pub(super) fn cut_links(package: &mut Package<'_>) -> Result<(), TemplateError> {
    for path in package.paths().into_iter().filter(|path| path.ends_with(".rels")) {
        let Some(part) = path.strip_suffix(".rels").filter(|path| path.contains("_rels/")) else { continue };
        let part = part.replacen("_rels/", "", 1);
        let mut parents = Vec::new();
        for relation in relations::of(package, &part)?.into_iter().filter(|relation| relation.external) {
            match relation.kind.as_str() {
                "hyperlink" => {}
                "attachedTemplate" => parents.push(relation.id),
                _ => return Err(TemplateError::External { target: relation.target }),
            }
        }
        if !parents.is_empty() {
            forget(package, &path, "Relationship", |id| parents.iter().any(|parent| parent == id))?;
            forget(package, &part, "w:attachedTemplate", |_| true)?;
        }
    }
    Ok(())
}

/// Takes the elements of a part away whose name is `name` and whose id is `unwanted`.
fn forget(
    package: &mut Package<'_>,
    path: &str,
    name: &str,
    unwanted: impl Fn(&str) -> bool,
) -> Result<(), TemplateError> {
    let Some(bytes) = package.part(path)? else { return Ok(()) };
    let xml = Xml::read(path, &bytes)?;
    let mut changes = Changes::default();
    for element in xml.elements().filter(|&element| xml.name(element).ends_with(name)) {
        let id = xml.attribute(element, "Id").or_else(|| xml.attribute(element, "r:id")).unwrap_or_default();
        if unwanted(&id) {
            changes.push((xml.place(element), Vec::new()));
        }
    }
    package.put(path, changes.made(xml.text));
    Ok(())
}

/// Refuses fields in the text that fetch something.
///
/// # Errors
/// [`TemplateError::External`] with the field.
pub(super) fn refuse_fetching_fields(xml: &Xml<'_>) -> Result<(), TemplateError> {
    // A field's instruction may be cut into several runs.
    let mut instruction = String::new();
    for element in xml.elements() {
        match xml.name(element) {
            "w:instrText" => instruction.push_str(&xml.words(element)),
            "w:fldChar" => refuse(&std::mem::take(&mut instruction))?,
            "w:fldSimple" => refuse(&xml.attribute(element, "w:instr").unwrap_or_default())?,
            _ => {}
        }
    }
    refuse(&instruction)
}

fn refuse(instruction: &str) -> Result<(), TemplateError> {
    let first = instruction.split_whitespace().next().unwrap_or_default().to_uppercase();
    match FETCHING.contains(&first.as_str()) {
        true => Err(TemplateError::External { target: instruction.trim().to_owned() }),
        false => Ok(()),
    }
}
