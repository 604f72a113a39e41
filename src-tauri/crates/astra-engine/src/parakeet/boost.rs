//! The council's words, made likelier while Parakeet chooses what to write.
//!
//! A tree of all terms, piece by piece, is walked along with what is said. Where a piece would go
//! on with a term it gets a bonus, the larger the more of the term was said; a walk that leaves
//! its term goes on with the longest end of it that begins another one (Aho and Corasick, 1975),
//! and with it loses what it had gathered. Only which piece is said is swayed: whether one is
//! said, and how long it lasts, is for the network alone to decide. The scores are those of NeMo's
//! word boosting for transducers, but that a bonus has a limit: a name must be nearly heard to be
//! written.

use std::collections::{BTreeMap, HashSet, VecDeque};

use super::pieces::{Pieces, SPACE};

/// What the first piece of a term is worth, in natural logarithms of likelihood.
const FIRST: f32 = 1.0;

/// What each further piece is worth, and the logarithm of its position on top.
const FURTHER: f32 = 2.0;

/// The largest bonus. With it a piece is written whose likelihood is a hundred and fiftieth of
/// that of the likeliest, and no less.
const LARGEST: f32 = 5.0;

/// In how many ways a term is cut into pieces: which one the model uses is not in its files.
const WAYS: usize = 3;

/// The terms of one request.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Boost {
    nodes: Vec<Node>,
}

/// A place in the tree: so much of one or more terms was said.
#[derive(Debug, Clone, PartialEq, Default)]
struct Node {
    next: BTreeMap<usize, usize>,
    /// The bonus for the piece that leads here.
    worth: f32,
    /// What the pieces on the way here are worth together.
    gathered: f32,
    /// Whether a term ends here.
    whole: bool,
    /// Where a walk goes on that leaves its term here.
    back: usize,
    /// How much is lost by whoever leaves for the root.
    held: f32,
}

/// Where one chunk is in the tree.
#[derive(Debug, Clone)]
pub(super) struct Place<'a> {
    boost: &'a Boost,
    node: usize,
}

impl Boost {
    /// The tree of `terms`; `None` when none of them can be written with `pieces`.
    pub(super) fn new(terms: &[String], pieces: &Pieces) -> Option<Self> {
        let ways = Ways::new(pieces);
        let mut boost = Self { nodes: vec![Node::default()] };
        for tokens in terms.iter().flat_map(|term| ways.of(term)) {
            boost.add(&tokens);
        }
        boost.connect();
        (boost.nodes.len() > 1).then_some(boost)
    }

    /// Where a chunk begins.
    pub(super) fn start(&self) -> Place<'_> {
        Place { boost: self, node: 0 }
    }

    fn add(&mut self, tokens: &[usize]) {
        let mut node = 0;
        for (position, token) in tokens.iter().enumerate() {
            let worth = if position == 0 { FIRST } else { FURTHER + (position as f32 + 1.0).ln() };
            let gathered = self.nodes[node].gathered + worth;
            let free = self.nodes.len();
            let next = *self.nodes[node].next.entry(*token).or_insert(free);
            if next == free {
                self.nodes.push(Node { worth, gathered, ..Node::default() });
            }
            node = next;
        }
        self.nodes[node].whole = true;
    }

    /// Finds for every node where a walk goes on that leaves its term there, the nearest to the
    /// root first.
    fn connect(&mut self) {
        let mut waiting: VecDeque<usize> = VecDeque::from([0]);
        while let Some(node) = waiting.pop_front() {
            for (token, next) in self.nodes[node].next.clone() {
                let back = if node == 0 { 0 } else { self.step(self.nodes[node].back, token) };
                let lost =
                    if self.nodes[next].whole { 0.0 } else { self.nodes[next].gathered - self.nodes[back].gathered };
                self.nodes[next].back = back;
                self.nodes[next].held = lost + self.nodes[back].held;
                waiting.push_back(next);
            }
        }
    }

    /// The nodes at which a walk that is at `node` looks for its next piece.
    fn chain(&self, node: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(node), |node| (*node != 0).then(|| self.nodes[*node].back))
    }

    fn step(&self, node: usize, token: usize) -> usize {
        self.chain(node).find_map(|node| self.nodes[node].next.get(&token).copied()).unwrap_or(0)
    }
}

impl Place<'_> {
    /// The piece to write where the network likes `heard` best; `likings` has a number for each
    /// piece, logarithms of likelihood but for a constant.
    pub(super) fn choose(&self, likings: &[f32], heard: usize) -> usize {
        let nodes = &self.boost.nodes;
        let mut best = heard;
        let mut height = likings[heard];
        for node in self.boost.chain(self.node) {
            for (token, next) in &nodes[node].next {
                if self.boost.step(self.node, *token) != *next || *token >= likings.len() {
                    continue;
                }
                let bonus = (nodes[*next].worth + nodes[node].held).min(LARGEST);
                if likings[*token] + bonus > height {
                    (best, height) = (*token, likings[*token] + bonus);
                }
            }
        }
        best
    }

    /// Goes on with the piece that was written.
    pub(super) fn go(&mut self, token: usize) {
        self.node = self.boost.step(self.node, token);
    }
}

/// How words can be cut into pieces.
struct Ways<'a> {
    by_text: BTreeMap<&'a str, usize>,
    longest: usize,
}

impl<'a> Ways<'a> {
    fn new(pieces: &'a Pieces) -> Self {
        let by_text: BTreeMap<&str, usize> = pieces.written().map(|(number, text)| (text, number)).collect();
        let longest = by_text.keys().map(|text| text.len()).max().unwrap_or(0);
        Self { by_text, longest }
    }

    /// The ways to cut `term` that need the fewest pieces; none when it has letters that no piece
    /// has.
    fn of(&self, term: &str) -> Vec<Vec<usize>> {
        let text: String = term.split_whitespace().flat_map(|word| [SPACE.to_string(), word.to_owned()]).collect();
        // For each place in the text, the best ways to get there.
        let mut ways: BTreeMap<usize, Vec<Vec<usize>>> = BTreeMap::from([(0, vec![Vec::new()])]);
        let ends: Vec<usize> = text.char_indices().map(|(place, _)| place).skip(1).chain([text.len()]).collect();
        for end in ends.into_iter().filter(|end| *end > 0) {
            let mut here: Vec<Vec<usize>> = Vec::new();
            for (start, there) in ways.range(end.saturating_sub(self.longest)..end) {
                let Some(token) = self.by_text.get(&text[*start..end]) else { continue };
                here.extend(there.iter().map(|way| [way.as_slice(), &[*token]].concat()));
            }
            here.sort_by_key(Vec::len);
            here.truncate(WAYS);
            if !here.is_empty() {
                ways.insert(end, here);
            }
        }
        let whole = if text.is_empty() { None } else { ways.remove(&text.len()) };
        let mut seen = HashSet::new();
        whole.unwrap_or_default().into_iter().filter(|way| seen.insert(way.clone())).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PIECES: [&str; 10] = ["▁", "a", "b", "ab", "▁a", "▁ab", "c", "▁c", "ñ", "<unk>"];

    fn pieces() -> Pieces {
        let lines = PIECES.iter().chain(&["<blk>"]).enumerate();
        Pieces::parse(&lines.map(|(number, text)| format!("{text} {number}\n")).collect::<String>()).expect("sound")
    }

    fn boost(terms: &[&str]) -> Boost {
        let terms: Vec<String> = terms.iter().map(|term| (*term).to_owned()).collect();
        Boost::new(&terms, &pieces()).expect("terms")
    }

    fn number(piece: &str) -> usize {
        PIECES.iter().position(|text| *text == piece).expect("a piece")
    }

    /// What is written after `said`, when the network likes `heard` by so much more than `near`.
    fn chosen(boost: &Boost, said: &[&str], heard: &str, near: &str, by: f32) -> String {
        let mut place = boost.start();
        said.iter().for_each(|piece| place.go(number(piece)));
        let mut likings = [-20.0; PIECES.len()];
        likings[number(heard)] = by;
        likings[number(near)] = 0.0;
        PIECES[place.choose(&likings, number(heard))].to_owned()
    }

    #[test]
    fn a_piece_that_goes_on_with_a_term_is_preferred() {
        let boost = boost(&["abc"]);
        assert_eq!(chosen(&boost, &[], "b", "▁ab", 0.9), "▁ab");
        assert_eq!(chosen(&boost, &[], "b", "▁ab", 1.1), "b");
        // 2 + ln 2 for the second piece, and 1 that would be lost.
        assert_eq!(chosen(&boost, &["▁ab"], "b", "c", 3.6), "c");
        assert_eq!(chosen(&boost, &["▁ab"], "b", "c", 3.8), "b");
    }

    #[test]
    fn a_name_that_was_not_nearly_heard_is_never_written() {
        let boost = boost(&["abcabcabc"]);
        assert_eq!(chosen(&boost, &["▁ab", "c", "ab", "c", "ab"], "b", "c", LARGEST + 0.1), "b");
        assert_eq!(chosen(&boost, &["▁ab", "c", "ab", "c", "ab"], "b", "c", LARGEST - 0.1), "c");
    }

    #[test]
    fn nothing_is_held_against_leaving_a_term_that_was_said() {
        let boost = boost(&["abc", "abcc"]);
        // 2 + ln 3 for the third piece alone.
        assert_eq!(chosen(&boost, &["▁ab", "c"], "b", "c", 3.0), "c");
        assert_eq!(chosen(&boost, &["▁ab", "c"], "b", "c", 3.2), "b");
    }

    #[test]
    fn a_walk_that_leaves_a_term_goes_on_with_another_that_began_inside() {
        let boost = boost(&["c abc", "abñ"]);
        assert_eq!(chosen(&boost, &["▁c", "▁ab"], "b", "ñ", 2.6), "ñ");
        assert_eq!(chosen(&boost, &["▁c"], "b", "ñ", 0.1), "b");
    }

    #[test]
    fn terms_that_cannot_be_written_are_passed_over() {
        let terms = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        assert_eq!(Boost::new(&terms(&["x", "", "  "]), &pieces()), None);
        assert_eq!(Boost::new(&terms(&["x", "ab"]), &pieces()), Boost::new(&terms(&["ab"]), &pieces()));
    }

    #[test]
    fn a_term_is_cut_in_the_ways_that_need_the_fewest_pieces() {
        let pieces = pieces();
        let ways = Ways::new(&pieces).of("ab  c");
        let texts: Vec<Vec<&str>> = ways.iter().map(|way| way.iter().map(|token| PIECES[*token]).collect()).collect();
        assert_eq!(texts.len(), WAYS);
        assert_eq!(texts[0], ["▁ab", "▁c"]);
        assert!(texts.iter().all(|way| way.concat() == "▁ab▁c"));
    }

    proptest! {
        #[test]
        fn every_way_to_cut_a_term_spells_it(term in "[abcñ]{1,12}( [abcñ]{1,6}){0,2}") {
            let pieces = pieces();
            let ways = Ways::new(&pieces).of(&term);
            prop_assert!(!ways.is_empty() && ways.len() <= WAYS);
            for way in ways {
                let text: String = way.iter().map(|token| PIECES[*token]).collect();
                prop_assert_eq!(text, format!("▁{}", term.replace(' ', "▁")));
            }
        }

        #[test]
        fn no_piece_is_written_that_is_much_less_likely_than_what_was_heard(
            terms in proptest::collection::vec("[abcñ]{1,8}", 1..5),
            said in proptest::collection::vec(0..PIECES.len(), 0..12),
            likings in proptest::collection::vec(-20.0_f32..20.0, PIECES.len()),
        ) {
            let boost = Boost::new(&terms, &pieces()).expect("terms");
            let mut place = boost.start();
            said.iter().for_each(|token| place.go(*token));
            let heard = (0..PIECES.len()).max_by(|a, b| likings[*a].total_cmp(&likings[*b])).expect("pieces");
            let chosen = place.choose(&likings, heard);
            prop_assert!(likings[heard] - likings[chosen] <= LARGEST + 1e-4);
        }
    }
}
