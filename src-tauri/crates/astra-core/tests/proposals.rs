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
const GRAVE: [&str; 6] = ["vote", "quorum", "  answers", "arrival", "opening", "adjournment"];

fn sessions() -> Vec<Gold> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/actas");
    let mut folders: Vec<PathBuf> = std::fs::read_dir(fixtures).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.extend(std::env::var_os("ASTRA_ACTAS").iter().flat_map(std::env::split_paths));
    folders.retain(|folder| folder.join("structure.json").exists());
    folders.sort();
    folders.iter().map(|folder| Gold::read(folder).unwrap()).collect()
}

fn score(sessions: &[Gold], knowledge: Knowledge) -> Score {
    let mut score = Score::default();
    for gold in sessions {
        score.add(gold, &gold.proposals(knowledge));
    }
    println!("{knowledge:?}, {} sessions\n{}", sessions.len(), score.table());
    if std::env::var_os("ASTRA_ACTAS_WHY").is_some() {
        println!("{}", score.complaints);
    }
    score
}

#[test]
fn marked_sessions_are_proposed_as_marked_whether_voices_are_known_or_not() {
    let sessions = sessions();
    assert!(!sessions.is_empty());
    for knowledge in [Knowledge::Speakers, Knowledge::Voices, Knowledge::Words] {
        let score = score(&sessions, knowledge);
        for kind in GRAVE {
            let tally = score.of(kind);
            assert!(tally.met * 100 >= tally.proposed * 95, "{kind} is proposed in vain, {knowledge:?}");
            assert!(tally.met * 100 >= tally.marked * 90, "{kind} is missed, {knowledge:?}");
        }
    }
}
