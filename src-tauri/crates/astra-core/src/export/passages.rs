//! The transcript as a reader meets it: passages with a time, and marks where the text is missing or
//! must not be trusted. Shared by the documents made to be read.

use super::lines::one_line;
use super::shown::{Shown, shown};
use super::turns::Turns;
use super::{Document, times};
use crate::guard::Fault;
use crate::sentences::sentence;
use crate::transcript::Mark;

/// One paragraph of the transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Passage {
    /// Which recording of the session it comes from, from 0.
    pub(crate) recording: usize,
    /// Where it starts, as `hh:mm:ss` of the session.
    pub(crate) time: String,
    /// Who begins to speak with it, followed by a colon.
    pub(crate) speaker: Option<String>,
    /// What the reader must know of it, in square brackets: `[inaudible, 12 s]`, `[por revisar]`.
    pub(crate) mark: Option<String>,
    /// What was said; empty when nothing could be heard or it is not for the reader.
    pub(crate) text: String,
}

/// The passages of a document in order. A segment without words and without faults says nothing and
/// is left out; one without words but with faults is marked inaudible.
pub(crate) fn passages(document: &Document) -> impl Iterator<Item = Passage> {
    let mut turns = Turns::new(document);
    shown(document).filter_map(move |stretch| passage(&stretch, &mut turns))
}

/// What is wrong with a stretch, in a few words. A fault that the catalogue does not know yet still
/// asks the reader to listen.
pub(crate) fn reason(fault: Fault) -> String {
    let name = serde_json::to_value(fault).unwrap_or_default();
    let key = format!("document.fault.{}", name.as_str().unwrap_or("other"));
    match sentence(&key, &[]) {
        unknown if unknown == key => sentence("document.fault.other", &[]),
        reason => reason,
    }
}

fn passage(stretch: &Shown<'_>, turns: &mut Turns) -> Option<Passage> {
    let text = one_line(&stretch.text());
    let mark = match (stretch.mark, text.is_empty(), stretch.faults.is_empty()) {
        (Some(Mark::Reserved), _, _) => Some(sentence("document.mark_reserved", &[])),
        (Some(Mark::Inaudible), _, _) | (None, true, false) => Some(inaudible(stretch)),
        (None, true, true) => return None,
        (None, false, true) => None,
        (None, false, false) => Some(sentence("document.mark_doubtful", &[])),
    };
    let speaker = turns.opened_by(stretch).map(|name| sentence("document.turn", &[("name", &name)]));
    Some(Passage { recording: stretch.recording, time: times::clock(stretch.start_ms), speaker, mark, text })
}

/// The mark of a gap. That nobody listened is another thing than that nothing could be understood,
/// and only the first is Astra's fault.
fn inaudible(stretch: &Shown<'_>) -> String {
    let key = match stretch.faults.contains(&Fault::Unheard) {
        true => "document.mark_unheard",
        false => "document.mark_inaudible",
    };
    let length = times::length(stretch.end_ms.saturating_sub(stretch.start_ms));
    sentence(key, &[("length", &length)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample;
    use crate::transcript::Utterance;

    #[test]
    fn silence_without_a_fault_is_no_passage_and_with_one_it_is_marked() {
        let mut document = sample::silent();
        let empty = Utterance::heard(0, 5_000, 17_000, vec![]);
        document.segments = vec![
            empty.clone(),
            Utterance { faults: vec![Fault::Uncovered], ..empty.clone() },
            Utterance { faults: vec![Fault::Unheard], ..empty },
        ];
        let marks: Vec<_> = passages(&document).filter_map(|passage| passage.mark).collect();
        assert_eq!(marks, ["[inaudible, 12 s]", "[inaudible, 12 s: Astra no pudo escuchar este fragmento]"]);
    }

    #[test]
    fn text_that_stayed_doubtful_says_so() {
        let document = sample::session();
        let doubtful: Vec<_> = passages(&document).filter(|p| p.mark.is_some() && !p.text.is_empty()).collect();
        assert_eq!(doubtful.len(), 1);
        assert_eq!(doubtful[0].mark.as_deref(), Some("[por revisar]"));
    }

    #[test]
    fn what_somebody_read_is_not_to_be_read_again() {
        let mut document = sample::session();
        document.segments.iter_mut().for_each(|segment| segment.touched = true);
        assert!(passages(&document).all(|passage| passage.mark.is_none() && !passage.text.is_empty()));
    }

    #[test]
    fn every_fault_has_words_of_its_own() {
        use Fault::*;
        let faults = [
            Loop,
            TextOverSilence,
            StockPhrase,
            TooFast,
            TooSlow,
            SameAsNeighbour,
            PromptEcho,
            Drift,
            Uncovered,
            Unheard,
        ];
        for fault in faults {
            let reason = reason(fault);
            assert!(!reason.contains('.') && reason != sentence("document.fault.other", &[]), "{fault:?}: {reason}");
        }
    }
}
