//! A text as the rules see it: words, and what stands between them.

use std::ops::Range;

use super::draft::Edit;
use super::words::{Word, words};
use super::{Rule, fillers, lexicon, repeats, seam, starts};

/// A text cut into words.
pub(super) struct Speech<'a> {
    pub(super) text: &'a str,
    pub(super) words: Vec<Word>,
    untouchable: Vec<Range<usize>>,
}

/// What a rule would take out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cut {
    /// Words said in a parenthesis, which take the pauses around them along.
    Aside(Range<usize>),
    /// Words said anew right after: what follows takes their place.
    Anew(Range<usize>),
    /// A question in the middle of a sentence, with its marks.
    Question(Range<usize>),
    /// The beginning of one word.
    Inside(usize, Range<usize>),
}

/// A rule's eye: what it would take out from the word at this position on.
type Look = fn(&Speech<'_>, usize) -> Option<Cut>;

const LOOKS: [(Rule, Look); 9] = [
    (Rule::Hesitation, fillers::hesitation),
    (Rule::Este, fillers::este),
    (Rule::OSea, fillers::o_sea),
    (Rule::Digamos, fillers::digamos),
    (Rule::Tag, fillers::tag),
    (Rule::Opening, fillers::opening),
    (Rule::Stutter, starts::stutter),
    (Rule::FalseStart, starts::false_start),
    (Rule::Repetition, repeats::repetition),
];

impl<'a> Speech<'a> {
    /// Cuts `text` into words; those that touch `untouchable` are nothing that any rule knows.
    pub(super) fn new(text: &'a str, untouchable: Vec<Range<usize>>) -> Self {
        let mut words = words(text);
        for word in &mut words {
            if untouchable.iter().any(|range| meet(range, &word.range)) {
                *word = Word { range: word.range.clone(), ..Word::default() };
            }
        }
        Self { text, words, untouchable }
    }

    /// What the rules take out in one round: edits in order, none of which touches another.
    pub(super) fn edits(&self, rules: &[Rule]) -> Vec<Edit> {
        let looks: Vec<&(Rule, Look)> = LOOKS.iter().filter(|(rule, _)| rules.contains(rule)).collect();
        let mut edits = Vec::new();
        let mut left = self.words.len();
        let mut at = 0;
        while at < self.words.len() {
            let found = looks.iter().find_map(|(rule, look)| self.edit(*rule, look(self, at)?, rules));
            let Some((edit, gone)) = found.filter(|(_, gone)| gone.len() < left) else {
                at += 1;
                continue;
            };
            // The word after it may have risen to a capital; it waits for the next round.
            at = gone.end.max(at + 1) + 1;
            left -= gone.len();
            edits.push(edit);
        }
        if edits.is_empty() && rules.contains(&Rule::Spacing) {
            edits = self.spacing();
        }
        edits
    }

    /// What stands before the word at this position; after the last word, what ends the text.
    pub(super) fn gap(&self, at: usize) -> Range<usize> {
        let start = at.checked_sub(1).map_or(0, |before| self.words[before].range.end);
        start..self.words.get(at).map_or(self.text.len(), |word| word.range.start)
    }

    /// The word before this position.
    pub(super) fn before(&self, at: usize) -> Option<&Word> {
        self.words.get(at.checked_sub(1)?)
    }

    /// The word at this position in small letters; beyond the ends, nothing.
    pub(super) fn lower(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.lower.as_str())
    }

    /// Whether a sentence begins with the word at this position.
    pub(super) fn begins(&self, at: usize) -> bool {
        let gap = &self.text[self.gap(at)];
        at == 0
            || gap.contains(['?', '!', '\n'])
            || (gap.contains('.') && !gap.contains(".."))
            || (is_ellipsis(gap) && self.words.get(at).is_some_and(|word| word.capital))
    }

    /// Whether nothing but space stands before the word at this position, and something does.
    pub(super) fn flows(&self, at: usize) -> bool {
        let gap = &self.text[self.gap(at)];
        self.inner(at) && !gap.is_empty() && gap.trim().is_empty() && !gap.contains('\n')
    }

    /// Whether a comma stands before the word at this position, or at the end of the text.
    pub(super) fn comma(&self, at: usize) -> bool {
        at > 0 && self.text[self.gap(at)].trim_end() == ","
    }

    /// Whether a comma or three points stand before the word at this position.
    pub(super) fn pauses(&self, at: usize) -> bool {
        self.comma(at) || self.trails(at)
    }

    /// Whether three points stand before the word at this position, and no sentence begins.
    pub(super) fn trails(&self, at: usize) -> bool {
        at > 0 && is_ellipsis(&self.text[self.gap(at)]) && !self.begins(at)
    }

    /// Whether the word at this position is not all capitals, as an acronym would be.
    pub(super) fn is_sentence_case(&self, at: usize) -> bool {
        let mut letters = self.text[self.words[at].range.clone()].chars();
        letters.next().is_some() && !letters.any(char::is_uppercase)
    }

    fn inner(&self, at: usize) -> bool {
        at > 0 && at < self.words.len()
    }

    /// The edit for a cut, with the positions of the words that go, unless it would take out what
    /// decides something or reaches into untouchable text.
    fn edit(&self, rule: Rule, cut: Cut, rules: &[Rule]) -> Option<(Edit, Range<usize>)> {
        let gone = match &cut {
            Cut::Aside(words) | Cut::Anew(words) | Cut::Question(words) => words.clone(),
            Cut::Inside(at, _) => *at..*at,
        };
        if self.words[gone.clone()].iter().any(lexicon::binds) {
            return None;
        }
        let mut edit = seam::edit(self, rule, cut)?;
        edit.raised = edit.raised.filter(|_| rules.contains(&Rule::Capital));
        let touched = |range: &Range<usize>| self.untouchable.iter().any(|held| meet(held, range));
        let raised = edit.raised.map(|at| at..at + 1);
        (!edit.gone.iter().chain(&raised).any(touched)).then_some((edit, gone))
    }

    /// All but the first of several spaces in a row.
    fn spacing(&self) -> Vec<Edit> {
        let mut edits: Vec<Edit> = Vec::new();
        let mut run = 0..0;
        let blank = |letter: char| [' ', '\t', '\u{a0}'].contains(&letter);
        for (at, letter) in self.text.char_indices().filter(|&(_, letter)| blank(letter)) {
            let next = at + letter.len_utf8();
            if run.end == at && at > 0 {
                let gone = at..next;
                if !self.untouchable.iter().any(|held| meet(held, &gone)) {
                    edits.push(Edit { gone: vec![gone], rule: Rule::Spacing, raised: None });
                }
            }
            run = at..next;
        }
        edits
    }
}

/// Whether a gap is three points and space.
pub(super) fn is_ellipsis(gap: &str) -> bool {
    let marks = gap.trim();
    !marks.is_empty() && (marks.contains('…') || marks.contains("..")) && marks.trim_matches(['…', '.', ',']).is_empty()
}

fn meet(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}
