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
