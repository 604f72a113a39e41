//! Where words were taken out, two gaps become one: which of their marks stay, and whether the
//! next word now begins the sentence. Marks are only ever left out, none is put in.

use std::ops::Range;

use super::draft::Edit;
use super::speech::{Cut, Speech};
use super::{Rule, lexicon};

/// What stands between two words: marks that belong to the left, space, marks that open what
/// follows. Bytes of the text.
struct Gap {
    marks: Range<usize>,
    space: Range<usize>,
    opening: Range<usize>,
}

/// The edit that makes a cut, or nothing when the marks around it would lose their sense.
pub(super) fn edit(speech: &Speech<'_>, rule: Rule, cut: Cut) -> Option<Edit> {
    match cut {
        Cut::Aside(words) => aside(speech, rule, &words).filter(|edit| still_apart(speech, &words, edit)),
        Cut::Anew(words) => anew(speech, rule, &words).filter(|edit| still_apart(speech, &words, edit)),
        Cut::Question(words) => question(speech, rule, &words).filter(|edit| still_apart(speech, &words, edit)),
        Cut::Inside(at, gone) => {
            let raised = (speech.words[at].capital && begins_small(speech, gone.end)).then_some(gone.end);
            Some(Edit { gone: vec![gone], rule, raised })
        }
    }
}

/// A parenthesis goes together with its pauses; one comma stays where there may be a reason for it.
fn aside(speech: &Speech<'_>, rule: Rule, words: &Range<usize>) -> Option<Edit> {
    let left = gap(speech, words.start)?;
    let right = gap(speech, words.end)?;
    let closes = speech.text[right.marks.clone()].contains(['?', '!', ')', '»', '”', '"']);
    if closes && !left.opening.is_empty() {
        return None;
    }
    let said = speech.words[words.start].range.start..speech.words[words.end - 1].range.end;
    if speech.begins(words.start) {
        let last = words.end == speech.words.len() && left.opening.is_empty();
        let start = if last { left.space.start } else { said.start };
        return (!closes).then(|| without(speech, rule, words, start..right.space.end));
    }
    // After yes and no, and between two numbers, the pause tells opposite things apart.
    let before = speech.before(words.start)?;
    let counted = lexicon::binds(before)
        && speech
            .words
            .get(words.end)
            .is_some_and(|next| lexicon::binds(next) || ["y", "coma", "punto", "por"].contains(&next.lower.as_str()));
    if lexicon::turns(before) || counted {
        return None;
    }
    let left_pause = own_pause(speech, &left);
    let ends = closes || words.end == speech.words.len() || speech.begins(words.end) || !is_pause(speech, &right);
    let gone = if ends {
        left.opening.is_empty().then_some(left_pause.start..said.end)?
    } else if lexicon::announces(before) && left.opening.is_empty() {
        // «De, eh, la vía»: no reason for a comma between words that belong together.
        return Some(Edit { gone: vec![left_pause, said.start..right.space.end], rule, raised: None });
    } else if left.marks.is_empty() && left.opening.is_empty() && speech.comma(words.end) {
        left.space.start..said.end
    } else {
        said.start..right.space.end
    };
    Some(Edit { gone: vec![gone], rule, raised: None })
}

/// What is said anew takes the place of what was broken off, and the pause between goes with it.
fn anew(speech: &Speech<'_>, rule: Rule, words: &Range<usize>) -> Option<Edit> {
    let right = gap(speech, words.end)?;
    let start = speech.words[words.start].range.start;
    right.opening.is_empty().then(|| without(speech, rule, words, start..right.space.end))
}

/// «…, ¿cierto?, …» goes with its marks and one of its two commas.
fn question(speech: &Speech<'_>, rule: Rule, words: &Range<usize>) -> Option<Edit> {
    let left = gap(speech, words.start)?;
    let right = gap(speech, words.end)?;
    let before = speech.before(words.start)?;
    let asked = left.opening.start..speech.words[words.end - 1].range.end;
    if speech.begins(words.start) || lexicon::turns(before) || &speech.text[left.opening.clone()] != "¿" {
        return None;
    }
    let gone = match (&speech.text[right.marks.clone()], own_pause(speech, &left).is_empty()) {
        ("?,", true) => left.space.start..right.marks.end - 1,
        ("?" | "?,", _) => asked.start..right.space.end,
        _ => return None,
    };
    Some(Edit { gone: vec![gone], rule, raised: None })
}

/// An edit that lets the word after `words` inherit their capital.
fn without(speech: &Speech<'_>, rule: Rule, words: &Range<usize>, gone: Range<usize>) -> Edit {
    let next = speech.words.get(words.end).map(|word| word.range.start);
    let raised = next.filter(|&at| speech.words[words.start].capital && begins_small(speech, at));
    Edit { gone: vec![gone], rule, raised }
}

/// Whether a space still parts the words on both sides.
fn still_apart(speech: &Speech<'_>, words: &Range<usize>, edit: &Edit) -> bool {
    let around = speech.gap(words.start).start..speech.gap(words.end).end;
    let mut rest = speech.text[around.clone()].char_indices().map(|(at, letter)| (around.start + at, letter));
    words.start == 0
        || words.end == speech.words.len()
        || rest.any(|(at, letter)| letter.is_whitespace() && !edit.gone.iter().any(|gone| gone.contains(&at)))
}

fn begins_small(speech: &Speech<'_>, at: usize) -> bool {
    speech.text[at..].chars().next().is_some_and(char::is_lowercase)
}

/// The comma or the three points that end the marks of a gap.
fn own_pause(speech: &Speech<'_>, gap: &Gap) -> Range<usize> {
    let marks = &speech.text[gap.marks.clone()];
    gap.marks.start + marks.trim_end_matches([',', '…', '.']).len()..gap.marks.end
}

/// Whether the marks of a gap are a comma, three points or nothing.
fn is_pause(speech: &Speech<'_>, gap: &Gap) -> bool {
    own_pause(speech, gap) == gap.marks
}

/// The parts of the gap before the word at this position; nothing when it holds other marks.
fn gap(speech: &Speech<'_>, at: usize) -> Option<Gap> {
    let whole = speech.gap(at);
    let text = &speech.text[whole.clone()];
    let marks = text.len() - text.trim_start_matches(['.', ',', '…', ';', ':', '?', '!', ')', '»', '”', '"']).len();
    let marks = if at == 0 { 0 } else { marks };
    let space = text.len() - text[marks..].trim_start().len();
    let known = text[space..].trim_start_matches(['¿', '¡', '(', '«', '“', '"']).is_empty();
    let place = |from: usize, to: usize| whole.start + from..whole.start + to;
    known.then(|| Gap { marks: place(0, marks), space: place(marks, space), opening: place(space, text.len()) })
}
