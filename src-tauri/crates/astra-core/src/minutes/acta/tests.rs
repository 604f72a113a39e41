//! The acta of the sample sitting, in every kind and copy.

use super::*;
use crate::export::page::{Block, Level, Run, Style as Look};
use crate::id::EntryId;
use crate::minutes::cleaning::{self, Rule};
use crate::minutes::wording::{Hours, Wording};
use crate::minutes::{Attendee, Minutes, Outcome, Record, Vote};
use crate::transcript::Mark;

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

#[test]
fn the_literal_acta_with_its_cleaning_undone_is_what_was_said() {
    let raw = Style { cleaning: vec![], quoted: false, ..Style::default() };
    let clean = Style { quoted: false, ..Style::default() };
    let mut material = sample::session();
    // A constancia stays as it was said: no rule may touch it.
    material.minutes.entries.retain(|entry| !matches!(entry.what, What::Constancia { .. }));
    let speech = |style: &Style| -> Vec<String> {
        let page = compose(&material, Kind::Literal, Copy::Complete, style);
        let paragraphs = page.blocks.into_iter().filter_map(|block| match block {
            Block::Paragraph { style: Look::Speech, runs } => runs.last().map(|run| run.text.clone()),
            _ => None,
        });
        paragraphs.collect()
    };
    let (raw, clean) = (speech(&raw), speech(&clean));
    assert_eq!(raw.len(), clean.len());
    for (raw, written) in raw.iter().zip(&clean).filter(|(raw, _)| !raw.contains("(inaudible)")) {
        let cleaned = cleaning::clean(raw, &Rule::ALL, &[]);
        assert_eq!(written, &cleaned.text);
        assert_eq!(raw, &cleaning::restore(&cleaned));
    }
    assert!(raw != clean);
}

#[test]
fn nothing_is_written_that_nobody_gave() {
    for kind in Kind::all() {
        for style in [Style::default(), Style { heading: Heading::Form, ..Style::default() }, Style::spain()] {
            let page = outline(&compose(&Material::default(), kind, Copy::Complete, &style));
            assert!(page.contains("________"), "{page}");
            assert!(!page.contains("acta."), "{page}");
            let number = page.chars().any(|letter| letter.is_ascii_digit());
            assert!(!number, "{page}");
        }
    }
}

#[test]
fn every_sentence_is_in_the_catalogue_in_both_countries() {
    for style in [Style::default(), Style::spain()] {
        for (kind, copy) in Kind::all().into_iter().flat_map(|kind| Copy::all().map(|copy| (kind, copy))) {
            let page =
                written(kind, copy, &Style { tasks: true, time_codes: true, index: Index::Always, ..style.clone() });
            assert!(!page.contains("acta.") && !page.contains("\u{1}"), "{page}");
        }
    }
}

fn voted(vote: Vote) -> String {
    let entry = Entry { id: EntryId::new(), heard: None, what: What::Vote(vote) };
    let material = Material { minutes: Minutes { entries: vec![entry], ..Minutes::default() }, ..Material::default() };
    let page = outline(&compose(&material, Kind::Decisions, Copy::Complete, &Style::default()));
    page.lines().skip_while(|line| !line.starts_with("# Desarrollo")).nth(1).unwrap_or_default().to_owned()
}

#[test]
fn the_words_of_a_vote_agree_with_what_was_voted() {
    let approved =
        |about: &str| voted(Vote { about: about.to_owned(), outcome: Some(Outcome::Approved), ..Vote::default() });
    let said = |about, words: &str| assert_eq!(approved(about), format!("Normal: {words}"));
    said("orden del día", "Sometido a votación ordinaria el orden del día, **fue aprobado**.");
    said("acta 044", "Sometida a votación ordinaria el acta 044, **fue aprobada**.");
    said("las proposiciones", "Sometidas a votación ordinaria las proposiciones, **fueron aprobadas**.");
    said("los artículos 1 a 7", "Sometidos a votación ordinaria los artículos 1 a 7, **fueron aprobados**.");
    said("¿Quiere la plenaria?", "Votación ordinaria: ¿Quiere la plenaria?. Resultado: **aprobación**.");
}

#[test]
fn a_vote_says_the_numbers_that_were_announced_and_no_others() {
    let counted = |in_favour, against, abstaining| {
        voted(Vote { about: "el acta".to_owned(), in_favour, against, abstaining, ..Vote::default() })
    };
    let with = |numbers: &str| format!("Normal: Votación ordinaria: el acta. Resultado: **________**{numbers}.");
    assert_eq!(counted(None, None, None), with(""));
    assert_eq!(counted(Some(21), None, None), with(", con veintiún (21) votos a favor"));
    assert_eq!(
        counted(Some(1), Some(0), Some(1)),
        with(", con un (1) voto a favor, cero (0) en contra y una (1) abstención")
    );
    assert_eq!(counted(None, Some(2), None), with(", con dos (2) votos en contra"));
}

#[test]
fn an_office_tells_how_to_address_somebody_or_the_formula_does_without() {
    let introduced = |office: &str, others: &str| {
        let attendee = |name: &str, office: &str| Attendee {
            name: name.to_owned(),
            office: office.to_owned(),
            ..Attendee::default()
        };
        let attendance = vec![attendee("Luz Ríos", office), attendee("Ana Paz", others)];
        let record = Record { attendance, ..Record::default() };
        let material = Material { minutes: Minutes { record, ..Minutes::default() }, ..Material::default() };
        let style = Style::default();
        Writing::new(&material, Kind::Literal, Copy::Complete, &style).person("Luz Ríos")
    };
    assert_eq!(introduced("Concejala", ""), "la concejala Luz Ríos");
    assert_eq!(introduced("Secretario de Hacienda", ""), "el secretario de Hacienda Luz Ríos");
    assert_eq!(introduced("Concejal", ""), "Luz Ríos, concejal");
    assert_eq!(introduced("Concejal", "Concejala"), "el concejal Luz Ríos");
    assert_eq!(introduced("Presidente", "Presidenta"), "el presidente Luz Ríos");
    assert_eq!(introduced("Primer vicepresidente", ""), "el primer vicepresidente Luz Ríos");
    assert_eq!(introduced("", ""), "Luz Ríos");
}

#[test]
fn hours_and_points_meet_without_stumbling() {
    let mut material = sample::session();
    material.minutes.record.ends = "13:00".to_owned();
    let closed = |hours| {
        let style = Style { wording: Wording { hours, ..Wording::default() }, ..Style::default() };
        let page = outline(&compose(&material, Kind::Decisions, Copy::Complete, &style));
        page.lines().find(|line| line.contains("se levantó")).unwrap_or_default().to_owned()
    };
    assert!(closed(Hours::Twelve).contains("siendo la 1:00\u{a0}p.\u{a0}m. Para"), "{}", closed(Hours::Twelve));
    assert!(closed(Hours::Words).contains("siendo la una de la tarde."));
    assert!(closed(Hours::TwentyFour).contains("siendo las 13:00 horas."));
}

#[test]
fn succinct_minutes_are_a_draft_until_everything_is_written_and_confirmed() {
    let mut material = sample::session();
    let draft = |material: &Material| {
        outline(&compose(material, Kind::Succinct, Copy::Complete, &Style::default())).contains("BORRADOR")
    };
    assert!(draft(&material));
    let clock = material.clock();
    let whole = |utterance| Summary { heard: clock.heard(utterance), text: "Habló.".to_owned(), confirmed: true };
    material.summaries = material.utterances.iter().map(whole).collect();
    assert!(!draft(&material));
    material.summaries[0].confirmed = false;
    assert!(draft(&material));
}

#[test]
fn what_the_secretary_picked_is_quoted_and_what_she_wrote_is_not() {
    let page = written(Kind::Succinct, Copy::Complete, &Style::default());
    assert!(page.contains("Speech: Presentó la ponencia favorable y explicó las cifras del marco fiscal. “Pido a mis"));
}

#[test]
fn an_item_of_which_nobody_heard_anything_waits_to_be_written() {
    let mut material = sample::session();
    for entry in &mut material.minutes.entries {
        if matches!(&entry.what, What::Item(item) if item.number == 3) {
            entry.heard = None;
        }
    }
    let page = outline(&compose(&material, Kind::Decisions, Copy::Complete, &Style::default()));
    let after = page.split("## 3. Lectura").nth(1).unwrap();
    assert!(after.lines().nth(1).unwrap().contains("pendiente de redactar"), "{after}");
    assert!(page.find("## 2.") < page.find("## 3.") && page.find("## 3.") < page.find("## 4."), "{page}");
}

#[test]
fn a_secret_that_lies_across_two_looks_of_a_paragraph_is_masked() {
    let runs = vec![Run::plain("Llame al 300 "), Run::bold("555"), Run::plain(" 0142 hoy.")];
    let page = Page { blocks: vec![Block::Paragraph { style: Look::Normal, runs }], ..Page::default() };
    let page = public::masked(page, &sample::session().masks);
    assert_eq!(outline(&page), "Normal: Llame al [teléfono omitido]**** hoy.\n");
}

#[test]
fn what_is_told_of_a_reserved_turn_is_not_told_of_the_turn_before_it() {
    let mut material = sample::session();
    let at = material.utterances.iter().position(|utterance| utterance.mark == Some(Mark::Reserved)).unwrap();
    material.utterances[at - 1].end_ms = material.utterances[at].start_ms;
    let clock = material.clock();
    let heard = clock.heard(&material.utterances[at]);
    material.summaries = vec![Summary { heard, text: "Habló de lo reservado.".to_owned(), confirmed: true }];
    let told = |copy| {
        let page = outline(&compose(&material, Kind::Succinct, copy, &Style::default()));
        page.matches("Habló de lo reservado.").count()
    };
    assert_eq!((told(Copy::Complete), told(Copy::Public)), (1, 0));
}
