//! Where somebody begins to speak: the names that documents print, once for each turn.

use super::Document;
use super::shown::{Shown, shown};
use crate::sentences::sentence;
use crate::transcript::Mark;

/// Whose turn it is while a document is written from beginning to end.
#[derive(Debug)]
pub(crate) struct Turns {
    /// Whether anybody in the session has a name. If nobody has, documents speak of nobody.
    anybody: bool,
    /// The recording and the speaker of the turn that goes on.
    current: Option<(usize, Option<String>)>,
}

impl Turns {
    /// Before the first word.
    pub(crate) fn new(document: &Document) -> Self {
        Self { anybody: shown(document).any(|stretch| stretch.speaker.is_some()), current: None }
    }

    /// The name to print before this stretch, if a turn begins with it. It is called for everything
    /// that the document shows, in order. A gap in which nobody is named is part of the turn around it;
    /// what is reserved ends the turn, and so does a recording.
    pub(crate) fn opened_by(&mut self, stretch: &Shown<'_>) -> Option<String> {
        if stretch.mark == Some(Mark::Reserved) {
            self.current = None;
            return None;
        }
        if !self.anybody || (stretch.words.is_empty() && stretch.speaker.is_none()) {
            return None;
        }
        let turn = Some((stretch.recording, stretch.speaker.clone()));
        if self.current == turn {
            return None;
        }
        self.current = turn;
        Some(stretch.speaker.clone().unwrap_or_else(|| sentence("document.unidentified", &[])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample;
    use crate::guard::Fault;
    use crate::transcript::Utterance;

    fn by(speaker: Option<&str>, recording: usize) -> Utterance {
        Utterance { speaker: speaker.map(str::to_owned), ..sample::segment(recording, 0, "Sí.") }
    }

    fn names(segments: Vec<Utterance>) -> Vec<Option<String>> {
        let document = Document { segments, ..sample::silent() };
        let mut turns = Turns::new(&document);
        shown(&document).map(|stretch| turns.opened_by(&stretch)).collect()
    }

    #[test]
    fn a_name_is_said_once_for_each_turn_and_again_in_the_next_recording() {
        let names = names(vec![
            by(Some("Ana"), 0),
            by(Some(" Ana\n"), 0),
            by(None, 0),
            by(None, 0),
            by(Some("Ana"), 0),
            by(Some("Ana"), 1),
        ]);
        let names: Vec<_> = names.iter().map(Option::as_deref).collect();
        assert_eq!(names, [Some("Ana"), None, Some("Sin identificar"), None, Some("Ana"), Some("Ana")]);
    }

    #[test]
    fn nobody_is_unidentified_where_nobody_was_named() {
        let reserved = Utterance { mark: Some(Mark::Reserved), ..by(Some("Ana"), 0) };
        assert_eq!(names(vec![by(None, 0), by(Some(" "), 0), reserved]), [None, None, None]);
    }

    #[test]
    fn a_gap_does_not_end_a_turn_and_a_reserved_stretch_does() {
        let gap = Utterance::heard(0, 0, 9, vec![Fault::Unheard]);
        let reserved = Utterance { mark: Some(Mark::Reserved), ..by(Some("Luz"), 0) };
        let names = names(vec![by(Some("Ana"), 0), gap, by(Some("Ana"), 0), reserved, by(Some("Ana"), 0)]);
        let names: Vec<_> = names.iter().map(Option::as_deref).collect();
        assert_eq!(names, [Some("Ana"), None, None, None, Some("Ana")]);
    }
}
