//! The acta as files: a Word document in the council's template, and open data.

use super::page::Place;
use super::template::{self, TemplateError, Warning};
use crate::minutes::acta::{Copy, Heading, Kind, Material, Style, compose};

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::template::Builtin;
    use crate::minutes::acta::{Index, sample};
    use crate::minutes::wording::{Hours, Wording};

    /// Writes every built-in template in every kind and copy into the folder that `ASTRA_ACTAS` names, to be
    /// looked at.
    #[test]
    fn every_template_kind_and_copy_is_written() {
        for template in Builtin::all() {
            let style = match template {
                Builtin::Labels => Style::default(),
                Builtin::Form => Style { wording: twelve_hours(), ..Style::default() },
                Builtin::Running => Style { heading: Heading::Running, index: Index::WithTurns, ..Style::default() },
                Builtin::Spain => Style::spain(),
            };
            for (kind, copy) in Kind::all().into_iter().flat_map(|kind| Copy::all().map(|copy| (kind, copy))) {
                let written = write(&sample::session(), kind, copy, template.file(), &style);
                let (bytes, warnings) = written.unwrap();
                assert_eq!(warnings, [], "{} {kind:?} {copy:?}", template.id());
                if let Ok(folder) = std::env::var("ASTRA_ACTAS") {
                    let name = format!("{}-{}-{}.docx", template.id(), kind.id(), copy.id());
                    std::fs::write(std::path::Path::new(&folder).join(name), bytes).unwrap();
                }
            }
        }
    }

    fn twelve_hours() -> Wording {
        Wording { hours: Hours::Twelve, ..Wording::default() }
    }
}
