//! The files of one watched folder: which are known as they are, which are waited for, and which can
//! be opened now. Values in, values out; `app/watching.rs` looks at the disk.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use super::readiness::{Readiness, Verdict, Wait};
use super::{Look, Patience, Place};

/// A file that was found not to be whole, or not to be readable, is opened again after these pauses, in
/// milliseconds, and from then on only when it changes.
const PAUSES_MS: [u64; 3] = [60_000, 300_000, 900_000];

/// The files of one folder.
#[derive(Debug, Clone)]
pub struct Files {
    place: Place,
    patience: Patience,
    /// Judged files as they were then. Nothing happens to them until they change.
    settled: HashMap<PathBuf, Look>,
    waiting: BTreeMap<PathBuf, Waiting>,
}

/// A file that is waited for.
#[derive(Debug, Clone)]
struct Waiting {
    readiness: Readiness,
    said: Option<Wait>,
    /// Opened in vain so often, and not to be opened again before.
    tries: usize,
    not_before_ms: u64,
    /// Whether it was told that it may not be read.
    forbidden: bool,
}

/// What a look at a file that is waited for means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It is waited for; the reason, when it is another than at the last look.
    Wait(Option<Wait>),
    /// It can be opened.
    Open,
}

impl Files {
    /// The files of a folder, of which the ledger knows some.
    pub fn new(place: Place, patience: Patience, settled: HashMap<PathBuf, Look>) -> Self {
        Self { place, patience, settled, waiting: BTreeMap::new() }
    }

    /// Takes note of everything there is in the folder. What is neither known as it is nor waited for
    /// is waited for from now on; what is not there any more is not.
    pub fn scanned(&mut self, found: &[(PathBuf, Look)], now_ms: u64) {
        let there: BTreeSet<&Path> = found.iter().map(|(path, _)| path.as_path()).collect();
        self.waiting.retain(|path, _| there.contains(path.as_path()));
        for (path, look) in found {
            if self.settled.get(path) != Some(look) && !self.waiting.contains_key(path) {
                let readiness = Readiness::begin(*look, now_ms);
                self.waiting.insert(
                    path.clone(),
                    Waiting { readiness, said: None, tries: 0, not_before_ms: 0, forbidden: false },
                );
            }
        }
    }

    /// Takes note of how a file is that is waited for.
    pub fn looked(&mut self, path: &Path, look: Option<Look>, now_ms: u64) -> Step {
        let Some(look) = look else {
            self.waiting.remove(path);
            return Step::Wait(None);
        };
        let Some(waiting) = self.waiting.get_mut(path) else { return Step::Wait(None) };
        if look != waiting.readiness.last() {
            (waiting.tries, waiting.not_before_ms) = (0, 0);
        }
        match waiting.readiness.look(look, now_ms, self.place, &self.patience) {
            Verdict::Still if now_ms >= waiting.not_before_ms => Step::Open,
            Verdict::Still => Step::Wait(None),
            Verdict::Waiting(reason, _) => {
                let news = (waiting.said != Some(reason)).then_some(reason);
                waiting.said = Some(reason);
                Step::Wait(news)
            }
        }
    }

    /// Notes that a file was judged as it was at a look.
    pub fn settle(&mut self, path: PathBuf, look: Look) {
        self.waiting.remove(&path);
        self.settled.insert(path, look);
    }

    /// Notes that a file was opened in vain. It is opened again after a while, unless it is given up:
    /// then it is settled until it changes, and false comes back.
    pub fn put_off(&mut self, path: &Path, now_ms: u64) -> bool {
        let Some(waiting) = self.waiting.get_mut(path) else { return false };
        match PAUSES_MS.get(waiting.tries) {
            Some(pause_ms) => {
                waiting.tries += 1;
                waiting.not_before_ms = now_ms + pause_ms;
                true
            }
            None => {
                let look = waiting.readiness.last();
                self.settle(path.to_owned(), look);
                false
            }
        }
    }

    /// Notes that something else than a file stands in the way; it is opened again in a minute,
    /// however often.
    pub fn hinder(&mut self, path: &Path, now_ms: u64) {
        if let Some(waiting) = self.waiting.get_mut(path) {
            waiting.not_before_ms = now_ms + PAUSES_MS[0];
        }
    }

    /// Notes that a file may not be read, which nothing tells that has changed: it is opened again in a minute,
    /// however often. Whether that is news.
    pub fn forbid(&mut self, path: &Path, now_ms: u64) -> bool {
        self.hinder(path, now_ms);
        self.waiting.get_mut(path).is_some_and(|waiting| !std::mem::replace(&mut waiting.forbidden, true))
    }

    /// How often a file was opened in vain.
    pub fn tries(&self, path: &Path) -> usize {
        self.waiting.get(path).map_or(0, |waiting| waiting.tries)
    }

    /// Forgets what is known of files, so that they are new when they are seen next.
    pub fn forget(&mut self, paths: impl IntoIterator<Item = PathBuf>) {
        for path in paths {
            self.settled.remove(&path);
        }
    }

    /// The files that are waited for.
    pub fn waiting(&self) -> impl Iterator<Item = &Path> {
        self.waiting.keys().map(PathBuf::as_path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(known: &[(&str, u64)]) -> Files {
        let settled = known.iter().map(|(path, bytes)| (PathBuf::from(path), look(*bytes))).collect();
        Files::new(Place::Local, Patience::default(), settled)
    }

    fn look(bytes: u64) -> Look {
        Look { bytes, modified_ms: Some(1) }
    }

    fn found(files: &[(&str, u64)]) -> Vec<(PathBuf, Look)> {
        files.iter().map(|(path, bytes)| (PathBuf::from(path), look(*bytes))).collect()
    }

    /// Looks every two seconds until the file may be opened; the moment, in milliseconds.
    fn opened(files: &mut Files, path: &str, bytes: u64, from_ms: u64) -> u64 {
        let looks = (1..2_000).map(|at| from_ms + at * 2_000);
        looks.into_iter().find(|now| files.looked(Path::new(path), Some(look(bytes)), *now) == Step::Open).unwrap()
    }

    #[test]
    fn what_the_ledger_knows_is_not_waited_for_and_what_changed_under_its_name_is() {
        let mut files = files(&[("a.mp3", 5), ("b.mp3", 5)]);
        files.scanned(&found(&[("a.mp3", 5), ("b.mp3", 6), ("c.mp3", 1)]), 0);
        assert_eq!(files.waiting().collect::<Vec<_>>(), [Path::new("b.mp3"), Path::new("c.mp3")]);
    }

    #[test]
    fn what_goes_away_while_it_is_waited_for_begins_anew_when_it_comes_back() {
        let mut files = files(&[]);
        files.scanned(&found(&[("a.mp3", 5)]), 0);
        assert_eq!(files.looked(Path::new("a.mp3"), None, 9_000), Step::Wait(None));
        files.scanned(&found(&[("a.mp3", 5)]), 9_000);
        assert_eq!(opened(&mut files, "a.mp3", 5, 9_000), 19_000);
    }

    #[test]
    fn each_reason_to_wait_is_told_once() {
        let mut files = files(&[]);
        files.scanned(&found(&[("a.mp3", 5)]), 0);
        let path = Path::new("a.mp3");
        assert_eq!(files.looked(path, Some(look(5)), 2_000), Step::Wait(Some(Wait::Settling)));
        assert_eq!(files.looked(path, Some(look(5)), 4_000), Step::Wait(None));
        assert_eq!(files.looked(path, Some(look(6)), 6_000), Step::Wait(Some(Wait::Growing)));
    }

    #[test]
    fn a_file_that_is_not_whole_is_opened_four_times_and_again_when_it_is_completed() {
        let mut files = files(&[]);
        files.scanned(&found(&[("a.wav", 5)]), 0);
        let path = Path::new("a.wav");
        let mut now = opened(&mut files, "a.wav", 5, 0);
        for pause in [60_000, 300_000, 900_000] {
            assert!(files.put_off(path, now));
            let again = opened(&mut files, "a.wav", 5, now);
            assert_eq!(again, now + pause);
            now = again;
        }
        assert!(!files.put_off(path, now), "it is given up");
        files.scanned(&found(&[("a.wav", 5)]), now);
        assert_eq!(files.waiting().count(), 0);
        files.scanned(&found(&[("a.wav", 9)]), now);
        assert_eq!(opened(&mut files, "a.wav", 9, now), now + 10_000);
    }

    #[test]
    fn a_file_that_may_not_be_read_is_named_once_and_opened_every_minute_until_it_may() {
        let mut files = files(&[]);
        files.scanned(&found(&[("a.wav", 5)]), 0);
        let mut now = opened(&mut files, "a.wav", 5, 0);
        for round in 0..10 {
            assert_eq!(files.forbid(Path::new("a.wav"), now), round == 0);
            let again = opened(&mut files, "a.wav", 5, now);
            assert_eq!(again, now + 60_000);
            now = again;
        }
    }

    #[test]
    fn a_clock_that_is_set_back_a_day_makes_a_file_a_changed_one_and_no_more() {
        let mut files = files(&[("a.wav", 5)]);
        let set_back = Look { bytes: 5, modified_ms: Some(1 - 86_400_000) };
        files.scanned(&[(PathBuf::from("a.wav"), set_back)], 0);
        let looks = (1..100).map(|at| at * 2_000);
        let path = Path::new("a.wav");
        let opened = looks.into_iter().find(|now| files.looked(path, Some(set_back), *now) == Step::Open);
        assert_eq!(opened, Some(10_000));
        files.settle(path.to_owned(), set_back);
        files.scanned(&[(PathBuf::from("a.wav"), set_back)], 20_000);
        assert_eq!(files.waiting().count(), 0);
    }

    #[test]
    fn a_file_that_is_replaced_while_it_is_waited_for_begins_to_stand_still_anew() {
        let mut files = files(&[]);
        files.scanned(&found(&[("a.wav", 5)]), 0);
        let path = Path::new("a.wav");
        for now in [2_000, 4_000, 6_000, 8_000] {
            assert_ne!(files.looked(path, Some(look(5)), now), Step::Open);
        }
        assert_eq!(opened(&mut files, "a.wav", 3, 8_000), 20_000);
        files.settle(path.to_owned(), look(3));
        files.scanned(&found(&[("a.wav", 4)]), 30_000);
        assert_eq!(opened(&mut files, "a.wav", 4, 30_000), 40_000);
    }

    #[test]
    fn what_stands_in_the_way_of_a_file_never_makes_it_given_up() {
        let mut files = files(&[]);
        files.scanned(&found(&[("a.wav", 5)]), 0);
        let mut now = opened(&mut files, "a.wav", 5, 0);
        for _ in 0..10 {
            files.hinder(Path::new("a.wav"), now);
            let again = opened(&mut files, "a.wav", 5, now);
            assert_eq!(again, now + 60_000);
            now = again;
        }
    }
}
