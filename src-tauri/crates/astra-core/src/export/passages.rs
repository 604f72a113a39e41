//! The transcript as a reader meets it: passages with a time, and marks where the text is missing or
//! must not be trusted. Shared by the documents made to be read.

use super::lines::one_line;
use super::{Document, times};
use crate::guard::Fault;
use crate::sentences::sentence;
use crate::transcript::Segment;

/// One paragraph of the transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Passage {
    /// Which recording of the session it comes from, from 0.
    pub(crate) recording: usize,
    /// Where it starts, as `hh:mm:ss` of the session.
    pub(crate) time: String,
    /// What the reader must know of it, in square brackets: `[inaudible, 12 s]`, `[por revisar]`.
    pub(crate) mark: Option<String>,
    /// What was said; empty when nothing could be heard.
    pub(crate) text: String,
}

/// The passages of a document in order. A segment without words and without faults says nothing and
/// is left out; one without words but with faults is marked inaudible.
pub(crate) fn passages(document: &Document) -> impl Iterator<Item = Passage> {
    document.segments.iter().filter_map(passage)
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

fn passage(segment: &Segment) -> Option<Passage> {
    let text = one_line(&segment.text());
    let mark = match (text.is_empty(), segment.faults.is_empty()) {
        (true, true) => return None,
        (true, false) => Some(inaudible(segment)),
        (false, true) => None,
        (false, false) => Some(sentence("document.mark_doubtful", &[])),
    };
    Some(Passage { recording: segment.recording, time: times::clock(segment.start_ms), mark, text })
}

/// The mark of a gap. That nobody listened is another thing than that nothing could be understood,
/// and only the first is Astra's fault.
fn inaudible(segment: &Segment) -> String {
    let key = match segment.faults.contains(&Fault::Unheard) {
        true => "document.mark_unheard",
        false => "document.mark_inaudible",
    };
    let length = times::length(segment.end_ms.saturating_sub(segment.start_ms));
    sentence(key, &[("length", &length)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample;

    #[test]
    fn silence_without_a_fault_is_no_passage_and_with_one_it_is_marked() {
        let mut document = sample::silent();
        let empty = Segment { recording: 0, start_ms: 5_000, end_ms: 17_000, words: vec![], faults: vec![] };
        document.segments = vec![
            empty.clone(),
            Segment { faults: vec![Fault::Uncovered], ..empty.clone() },
            Segment { faults: vec![Fault::Unheard], ..empty },
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
    fn every_fault_has_words_of_its_own() {
        use Fault::*;
        let faults =
            [Loop, TextOverSilence, StockPhrase, TooFast, TooSlow, SameAsNeighbour, PromptEcho, Uncovered, Unheard];
        for fault in faults {
            let reason = reason(fault);
            assert!(!reason.contains('.') && reason != sentence("document.fault.other", &[]), "{fault:?}: {reason}");
        }
    }
}
