//! The council's own names: how long learning them from past minutes takes, and what they put right.

use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use astra_core::app::{ActaWish, App, Template};
use astra_core::engine::device::Device;
use astra_core::engine::host::EngineHost;
use astra_core::engine::{Ask, Effort, Engine, Load, Stop};
use astra_core::export::acta::ActaFormat;
use astra_core::export::template::Builtin;
use astra_core::id::SegmentId;
use astra_core::minutes::acta::{Copy, Kind};
use astra_core::settings::DataFolder;
use astra_core::transcript::{Segment, Utterance, Word};
use astra_core::vocabulary::{Speller, Term, TermKind};
use fastrand::Rng;

use crate::figure::{Figure, Target};
use crate::ground::Ground;
use crate::null_engine::NullEngine;
use crate::recording::{self, Sound};
use crate::wording::{differing, words};
use crate::{listening, misheard, speech};

/// How many minutes of the past are learned from, each of so many seconds of speech: some fifty pages.
const MINUTES: usize = 50;
const SITTING_S: u64 = 9_450;
const MOST_FOR_LEARNING: f64 = 10.0;

/// How many names are invented, how often each is said, and how many of a hundred times an engine mishears it.
const NAMES: usize = 200;
const TIMES: usize = 20;
const MISHEARD_PERCENT: u32 = 50;

/// What correcting may do to text without the names, in points of a hundred words.
const MOST_HARM: f64 = 0.1;

/// What is said around the names.
const AROUND: [(&str, &str); 6] = [
    ("la vereda", "pide agua"),
    ("según la concejala", "eso no es así"),
    ("llegamos a", "ayer por la tarde"),
    ("el proyecto de", "fue aprobado"),
    ("tiene la palabra", "por favor"),
    ("los vecinos de", "están esperando"),
];

/// Learns from minutes in Word, then writes invented names in sentences in which they were misheard.
///
/// # Errors
/// When Astra fails.
pub fn measure(ground: &Ground) -> Result<Vec<Figure>> {
    let (seconds, megabytes) = learning(ground)?;
    let learned = Figure::new(
        format!("learning from {MINUTES} minutes in Word"),
        seconds,
        "s",
        Target::AtMost(MOST_FOR_LEARNING),
    );
    let mut figures =
        vec![learned.under(format!("{megabytes:.0} MB, each of two and a half hours of speech; one run"))];

    let names = misheard::names(NAMES, &mut Rng::with_seed(1));
    let terms: Vec<Term> =
        names.iter().map(|name| Term { text: name.clone(), kind: TermKind::Place, ..Term::default() }).collect();
    let speller = Speller::new(&terms, []);
    let (plain, spelled) = wrong_names(&names, &speller);
    let how = format!(
        "{NAMES} invented names, each said {TIMES} times; {MISHEARD_PERCENT} % misheard by rules (same sound, one sound \
         changed, torn apart, an ordinary word), not by an engine"
    );
    figures
        .push(Figure::new("names written wrong without the vocabulary", plain, "%", Target::None).under(how.clone()));
    figures.push(Figure::new("names written wrong with it", spelled, "%", Target::AtMost(plain / 2.0)).under(how));
    let (words, harmed) = harmed(&speller)?;
    figures.push(
        Figure::new("words changed where none of the names was said", harmed, "%", Target::AtMost(MOST_HARM))
            .under(format!("{words} words of Spanish: the manual, the interface and the sample session")),
    );
    let (plain, told) = told_in_vain(ground, &names)?;
    figures.push(
        Figure::new(
            "points of Parakeet's word error rate that its boosting adds where none of the names is said",
            told - plain,
            "",
            Target::AtMost(MOST_HARM),
        )
        .under(format!("the sample session, demonstration model: {plain:.2} %, told {NAMES} names {told:.2} %")),
    );
    Ok(figures)
}

/// Parakeet's word error rate on the sample in percent, without and with the names. How many names it writes right is
/// not asked: the demonstration models know no words but their own, whatever they are told.
fn told_in_vain(ground: &Ground, names: &[String]) -> Result<(f64, f64)> {
    let spoken = words(&speech::words()?.join(" "));
    let chunks = recording::chunks(&speech::sample())?;
    let load =
        Load { engine: "parakeet".to_owned(), model: ground.demo_parakeet()?, threads: num_cpus::get_physical() };
    let mut engine = EngineHost::new(load, [Device::Cpu]);
    engine.start(&Stop::default())?;
    let mut rate = |vocabulary: &[String]| -> Result<f64> {
        let ask = Ask { language: "es".to_owned(), vocabulary: vocabulary.to_vec(), effort: Effort::Usual };
        let mut heard = Vec::new();
        for party in chunks.chunks(engine.abilities().batch.max(1)) {
            heard.extend(engine.listen(party, &ask, &Stop::default())?.into_iter().flat_map(|heard| heard.words));
        }
        let heard: Vec<String> = heard.into_iter().map(|word| word.text).collect();
        Ok(differing(&spoken, &words(&heard.join(" "))) as f64 * 100.0 / spoken.len() as f64)
    };
    Ok((rate(&[])?, rate(names)?))
}

/// How many seconds learning takes, and from how many megabytes.
fn learning(ground: &Ground) -> Result<(f64, f64)> {
    let folder = ground.new_folder()?;
    let words = speech::words()?;
    let engine = move |_, _| -> astra_core::Result<Box<dyn Engine>> { Ok(Box::new(NullEngine::saying(words.clone()))) };
    let recording = ground.recording(Sound::Dictaphone, SITTING_S)?;
    let session = listening::listen(&recording, folder.path(), None, |_| {}, engine)?.session;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let app = App::open(DataFolder::open(Some(&folder.path().join("data")))?, |_| {}).await?;
        let minutes = folder.path().join("minutes");
        let wish = ActaWish {
            kind: Kind::Literal,
            copy: Copy::all()[0],
            format: ActaFormat::Docx,
            template: Template::Builtin(Builtin::Labels),
            style: None,
            folder: minutes.clone(),
            name: Some("acta 0".to_owned()),
        };
        app.acta_write(session, &wish, &Stop::default()).await?;
        let first = minutes.join("acta 0.docx");
        for number in 1..MINUTES {
            fs::copy(&first, minutes.join(format!("acta {number}.docx")))?;
        }
        let began = Instant::now();
        let learned = app.vocabulary_learn(&[minutes]).await?;
        let seconds = began.elapsed().as_secs_f64();
        ensure!(learned.documents as usize == MINUTES, "{} documents were read", learned.documents);
        app.store().close().await;
        Ok((seconds, fs::metadata(first)?.len() as f64 * MINUTES as f64 / 1e6))
    })
}

/// How many of a hundred names are not written as they are, without and with the vocabulary.
fn wrong_names(names: &[String], speller: &Speller) -> (f64, f64) {
    let mut chance = Rng::with_seed(2);
    let (mut plain, mut spelled) = (0, 0);
    for name in names {
        for _ in 0..TIMES {
            let is_misheard = chance.u32(..100) < MISHEARD_PERCENT;
            let heard = if is_misheard { misheard::heard(name, &mut chance) } else { name.clone() };
            let (before, behind) = AROUND[chance.usize(..AROUND.len())];
            let unsure_percent = if is_misheard { 50 } else { 5 };
            let mut segment =
                segment(&format!("{before} {heard} {behind}"), before, &heard, chance.u32(..100) < unsure_percent);
            let is_there = |segment: &Segment| segment.text == format!("{before} {name} {behind}");
            plain += usize::from(!is_there(&segment));
            speller.respell(&mut segment);
            spelled += usize::from(!is_there(&segment));
        }
    }
    let share = |wrong: usize| wrong as f64 * 100.0 / (names.len() * TIMES) as f64;
    (share(plain), share(spelled))
}

/// A segment of words of which those of `heard`, which stand behind `before`, may be unsure.
fn segment(text: &str, before: &str, heard: &str, is_unsure: bool) -> Segment {
    let first = before.split_whitespace().count();
    let names = first..first + heard.split_whitespace().count();
    let words = text.split_whitespace().enumerate().map(|(at, text)| Word {
        text: text.to_owned(),
        start_ms: at as u64 * 300,
        end_ms: at as u64 * 300 + 250,
        confidence: if is_unsure && names.contains(&at) { 0.3 } else { 0.9 },
    });
    let words: Vec<Word> = words.collect();
    Segment::heard(SegmentId::new(), 0, &Utterance { words, ..Utterance::heard(0, 0, 60_000, Vec::new()) })
}

/// How many words of Spanish there are without any of the names, and how many of a hundred of them are changed when
/// one in twenty is unsure.
fn harmed(speller: &Speller) -> Result<(usize, f64)> {
    let mut texts = vec![speech::words()?.join(" ")];
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    texts.push(fs::read_to_string(root.join("MANUAL.md")).context("MANUAL.md")?);
    for entry in fs::read_dir(root.join("ui/src/i18n/es-CO")).context("the words of the interface")? {
        let catalogue: serde_json::Value = serde_json::from_str(&fs::read_to_string(entry?.path())?)?;
        sentences(&catalogue, &mut texts);
    }
    let mut chance = Rng::with_seed(3);
    let (mut words, mut changed) = (0, 0);
    for line in texts.iter().flat_map(|text| text.lines()) {
        let line: Vec<&str> = line.split_whitespace().filter(|word| !word.contains(['{', '`'])).collect();
        let mut segment = segment(&line.join(" "), "", &line.join(" "), false);
        segment.unsure = (0..line.len() as u32).filter(|_| chance.u32(..20) == 0).collect();
        words += line.len();
        speller.respell(&mut segment);
        changed += segment.respelled.len();
    }
    Ok((words, changed as f64 * 100.0 / words as f64))
}

fn sentences(value: &serde_json::Value, into: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) => into.push(text.clone()),
        serde_json::Value::Object(fields) => fields.values().for_each(|value| sentences(value, into)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_invented_name_is_another_one() {
        let names = misheard::names(NAMES, &mut Rng::with_seed(1));
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), NAMES);
    }
}
