//! The rules against sessions that were marked by hand: every folder of `tests/fixtures/actas`, and those
//! that `ASTRA_ACTAS` lists, separated like `PATH`. The table is shown with `--nocapture`; `ASTRA_ACTAS_WHY`
//! adds what was missed and what was proposed in vain.

#![expect(clippy::unwrap_used, reason = "a session that cannot be read has failed")]
#![expect(clippy::print_stdout, reason = "the table is what the test is run for")]

#[path = "proposals/gold.rs"]
mod gold;
#[path = "proposals/score.rs"]
mod score;

use std::path::{Path, PathBuf};

use gold::{Gold, Knowledge};
use score::Score;

/// Kinds that minutes cannot be wrong about.
const GRAVE: [&str; 8] = ["vote", "quorum", "roll_call", "  answers", "arrival", "departure", "opening", "adjournment"];

/// The sessions by which the rules were made. What the others say of the rules is shown and demanded of nobody.
const KNOWN: [&str; 13] = [
    "co-mesa-directiva-ballots-tie",
    "co-nine-members-mended-count",
    "co-nineteen-members-school-meals-control",
    "control-hospital",
    "es-ordinary-plenary-terraces",
    "extraordinaria-medianoche",
    "laguna-clara",
    "mesa-directiva-papeletas",
    "pleno-consorcio-residuos",
    "pleno-voto-de-calidad",
    "proposiciones-sin-quorum",
    "segundo-debate-acueductos",
    "valle-sereno",
];

fn sessions() -> Vec<Gold> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/actas");
    let mut folders: Vec<PathBuf> = std::fs::read_dir(fixtures).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.extend(std::env::var_os("ASTRA_ACTAS").iter().flat_map(std::env::split_paths));
    folders.retain(|folder| folder.join("structure.json").exists());
    folders.sort();
    folders.iter().map(|folder| Gold::read(folder).unwrap()).collect()
}

fn score<'a>(what: &str, sessions: impl Iterator<Item = &'a Gold>, knowledge: Knowledge) -> Score {
    let mut score = Score::default();
    let mut count = 0;
    for gold in sessions {
        score.add(gold, &gold.proposals(knowledge));
        count += 1;
    }
    println!("{knowledge:?}, {count} {what} sessions\n{}", score.table());
    if std::env::var_os("ASTRA_ACTAS_WHY").is_some() {
        println!("{}", score.complaints);
    }
    score
}

#[test]
fn sessions_the_rules_were_made_by_are_proposed_as_marked_whether_voices_are_known_or_not() {
    let sessions = sessions();
    let is_known = |gold: &&Gold| KNOWN.contains(&gold.name.as_str());
    assert_eq!(sessions.iter().filter(is_known).count(), KNOWN.len());
    for knowledge in [Knowledge::Speakers, Knowledge::Voices, Knowledge::Words] {
        score("unseen", sessions.iter().filter(|gold| !is_known(gold)), knowledge);
        let score = score("known", sessions.iter().filter(is_known), knowledge);
        for kind in GRAVE {
            let tally = score.of(kind);
            assert!(tally.met * 100 >= tally.proposed * 90, "{kind} is proposed in vain, {knowledge:?}");
            assert!(tally.met * 100 >= tally.marked * 70, "{kind} is missed, {knowledge:?}");
        }
    }
}
