//! The bookmarks of the headings: names that neither the template nor Word has given yet.

use std::collections::BTreeSet;

use super::xml::Xml;
use crate::export::page::{Block, Page};

/// The longest name that Word takes, in characters.
const LONGEST: usize = 40;

/// For each heading its bookmarks: an id and a name.
pub(super) struct Marks(Vec<Vec<(usize, String)>>);

impl Marks {
    /// The bookmarks of a page for a template's document. Headings have one for the index, if there
    /// is an index, and then the one they were given.
    pub(super) fn new(page: &Page, template: &Xml<'_>) -> Self {
        let theirs: Vec<_> = template.named("w:bookmarkStart").collect();
        let names = theirs.iter().filter_map(|&mark| template.attribute(mark, "w:name"));
        let mut taken: BTreeSet<String> = names.map(|name| name.to_lowercase()).collect();
        let largest = theirs.iter().filter_map(|&mark| template.number(mark, "w:id")).max();
        let mut next = largest.map_or(1, |id| id as usize + 1);
        let indexed = page.blocks.iter().any(|block| matches!(block, Block::Index { .. }));
        let mut mark = |wanted: String| {
            let free = (2..).map(|number| format!("{}_{number}", shortened(&wanted, LONGEST - 8)));
            let name = std::iter::once(wanted.clone()).chain(free).find(|name| taken.insert(name.to_lowercase()));
            next += 1;
            (next - 1, name.unwrap_or_default())
        };
        let headings = page.blocks.iter().filter_map(|block| match block {
            Block::Heading { bookmark, .. } => Some(bookmark),
            _ => None,
        });
        let headings = headings.enumerate().map(|(number, bookmark)| {
            // Word deletes bookmarks that are called like this when it makes the index anew.
            let of_index = indexed.then(|| format!("_Toc{:09}", 460_000_000 + number));
            let given = bookmark.as_deref().map(allowed).filter(|name| !name.is_empty());
            of_index.into_iter().chain(given).map(&mut mark).collect()
        });
        Self(headings.collect())
    }

    /// The bookmarks of a heading, counted from nought.
    pub(super) fn of_heading(&self, number: usize) -> &[(usize, String)] {
        self.0.get(number).map_or(&[], Vec::as_slice)
    }
}

/// A name with only what Word allows in one: letters, digits and `_`, with a letter first.
fn allowed(name: &str) -> String {
    let letters = name.trim().chars().map(|letter| if letter.is_alphanumeric() { letter } else { '_' });
    let letters: String = letters.skip_while(|letter| !letter.is_alphabetic()).collect();
    shortened(&letters, LONGEST)
}

fn shortened(name: &str, most: usize) -> String {
    name.chars().take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::page::Level;

    fn heading(bookmark: &str) -> Block {
        Block::Heading { level: Level::One, text: "a".to_owned(), bookmark: Some(bookmark.to_owned()) }
    }

    #[test]
    fn names_and_ids_are_nobody_else_s() {
        let template = r#"<a><w:bookmarkStart w:id="7" w:name="Votos"/></a>"#;
        let xml = Xml::read("a", template.as_bytes()).unwrap();
        let blocks = vec![heading("votos"), heading("1. votos: número"), heading("votos"), heading("--")];
        let marks = Marks::new(&Page { blocks, ..Page::default() }, &xml);
        assert_eq!(marks.of_heading(0), [(8, "votos_2".to_owned())]);
        assert_eq!(marks.of_heading(1), [(9, "votos__número".to_owned())]);
        assert_eq!(marks.of_heading(2), [(10, "votos_3".to_owned())]);
        assert_eq!(marks.of_heading(3), []);
    }
}
