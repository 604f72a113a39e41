//! The acta of the sample sitting, in every kind and copy.

use super::*;
use crate::export::page::{Block, Level, Run};

/// What a page says, block by block, with a sign for what each block is.
pub(crate) fn outline(page: &Page) -> String {
    let text = |runs: &[Run]| {
        let runs = runs.iter().map(|run| if run.bold { format!("**{}**", run.text) } else { run.text.clone() });
        runs.collect::<String>().replace('\n', " / ").replace('\t', " → ")
    };
    let mut out = String::new();
    for (place, text) in &page.places {
        out += &format!("{{{{{}}}}} {text}\n", place.name());
    }
    for block in &page.blocks {
        match block {
            Block::Heading { level, text, bookmark } => {
                let marks = match level {
                    Level::One => "#",
                    Level::Two => "##",
                    Level::Three => "###",
                };
                let bookmark = bookmark.as_ref().map(|name| format!(" [{name}]")).unwrap_or_default();
                out += &format!("\n{marks} {text}{bookmark}\n");
            }
            Block::Paragraph { style, runs } => out += &format!("{style:?}: {}\n", text(runs)),
            Block::List { ordered, items } => {
                let sign = if *ordered { "1." } else { "-" };
                items.iter().for_each(|item| out += &format!("{sign} {}\n", text(item)));
            }
            Block::Table(table) => {
                out += &format!("| {} | ({})\n", table.head.join(" | "), table.description);
                for row in &table.rows {
                    out += &format!("| {} |\n", row.iter().map(|cell| text(cell)).collect::<Vec<_>>().join(" | "));
                }
            }
            Block::Index { title } => out += &format!("index: {title}\n"),
            Block::PageBreak => out += "\n----\n",
            Block::Signatures(signatures) => {
                signatures.iter().for_each(|one| out += &format!("sign: {}, {}\n", one.name, one.office));
            }
        }
    }
    out
}

fn written(kind: Kind, copy: Copy, style: &Style) -> String {
    outline(&compose(&sample::session(), kind, copy, style))
}

#[test]
fn the_literal_acta_of_colombia() {
    insta::assert_snapshot!(written(Kind::Literal, Copy::Complete, &Style::default()));
}

#[test]
fn the_acta_of_decisions_of_colombia() {
    insta::assert_snapshot!(written(Kind::Decisions, Copy::Complete, &Style::default()));
}

#[test]
fn the_succinct_acta_of_spain() {
    insta::assert_snapshot!(written(Kind::Succinct, Copy::Complete, &Style::spain()));
}

#[test]
fn the_public_copy_of_the_literal_acta_of_colombia() {
    insta::assert_snapshot!(written(Kind::Literal, Copy::Public, &Style::default()));
}
