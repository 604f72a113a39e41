//! Documents for the tests of the exporters: a session with everything that can happen in one, a
//! session in which nothing did, and arbitrary ones. All of it is invented.

use proptest::collection::vec;
use proptest::prelude::*;

use super::{Document, RecordingFacts};
use crate::guard::{Coverage, Doubt, Fault};
use crate::transcript::{Segment, Word};

/// The warning of [`session`].
pub(crate) const WARNING: &str =
    "Modelo de demostración: reconoce muy pocas palabras. Este texto no sirve como transcripción de una sesión.";

/// Words of `text`, one after the other from `start_ms`, each as long as it would be when spoken.
pub(crate) fn words(text: &str, start_ms: u64) -> Vec<Word> {
    let mut clock = start_ms;
    let word = |text: &str| {
        let start_ms = clock;
        let end_ms = start_ms + 120 + 45 * text.chars().count() as u64;
        clock = end_ms + if text.ends_with(['.', '?', ':']) { 600 } else { 40 };
        Word { text: text.to_owned(), start_ms, end_ms, confidence: 0.93 }
    };
    text.split(' ').map(word).collect()
}

/// A segment of `text` that starts at `start_ms` of the session.
pub(crate) fn segment(recording: usize, start_ms: u64, text: &str) -> Segment {
    let words = words(text, start_ms);
    let end_ms = words.last().map_or(start_ms, |word| word.end_ms);
    Segment { recording, start_ms, end_ms, words, faults: vec![] }
}

/// Two recordings, a gap, a doubtful passage, characters that every format must escape, and a
/// warning.
pub(crate) fn session() -> Document {
    let gap = |start_ms, end_ms, fault| Segment { recording: 0, start_ms, end_ms, words: vec![], faults: vec![fault] };
    let doubtful = segment(1, 4_210_500, "Sí, apruebo. Sí, apruebo. Sí, apruebo.");
    let segments = vec![
        segment(
            0,
            2_340,
            "Buenos días, honorables concejales. Siendo las nueve y cinco de la mañana, damos inicio a la sesión \
             plenaria ordinaria. Señora secretaria, por favor sírvase llamar a lista y verificar el quórum.",
        ),
        segment(
            0,
            19_800,
            "Con mucho gusto, señor presidente. Se encuentran presentes trece (13) concejales: hay quórum.",
        ),
        gap(31_000, 43_000, Fault::Uncovered),
        segment(
            0,
            44_100,
            "El presupuesto de Agua & Aseo pasa de $ 25 000 a $ 31 000 millones, si x < y --> se aprueba con el 64\u{a0}% \
             de los votos; eso dice el artículo 5.º del proyecto de acuerdo.",
        ),
        gap(62_000, 90_000, Fault::Unheard),
        Segment { faults: vec![Fault::Loop], ..doubtful },
        segment(1, 4_221_000, "Agotado el orden del día, se levanta la sesión."),
    ];
    Document {
        title: "Concejo Municipal de Villa Serena: sesión plenaria ordinaria 046".to_owned(),
        began_at_ms: Some(1_795_269_900_000),
        language: "es".to_owned(),
        recordings: vec![
            RecordingFacts {
                name: "250211_0012.MP3".to_owned(),
                sha256: Some("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned()),
                streamed: false,
                offset_ms: 0,
                duration_ms: 4_200_000,
            },
            RecordingFacts {
                name: "https://concejo.example/sesion-046.m4a".to_owned(),
                sha256: Some("60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752".to_owned()),
                streamed: true,
                offset_ms: 4_200_000,
                duration_ms: 1_260_000,
            },
        ],
        engine: "whisper".to_owned(),
        model: "demo-es".to_owned(),
        model_sha256: "fd61a03af4f77d870fc21e05e7e80678095c92d808cfb3b5c279ee04c74aca13".to_owned(),
        warning: Some(WARNING.to_owned()),
        segments,
        coverage: Coverage {
            audio_ms: 5_460_000,
            speech_ms: 5_100_000,
            covered_ms: 5_060_000,
            doubts: vec![
                Doubt { start_ms: 31_000, end_ms: 43_000, fault: Fault::Uncovered },
                Doubt { start_ms: 62_000, end_ms: 90_000, fault: Fault::Unheard },
                Doubt { start_ms: 4_210_500, end_ms: 4_214_200, fault: Fault::Loop },
            ],
        },
    }
}

/// One recording without speech, of which little is known.
pub(crate) fn silent() -> Document {
    Document {
        title: "Sesión vacía".to_owned(),
        began_at_ms: None,
        language: "es".to_owned(),
        recordings: vec![RecordingFacts {
            name: "ZOOM0001.WAV".to_owned(),
            sha256: None,
            streamed: false,
            offset_ms: 0,
            duration_ms: 60_000,
        }],
        engine: "whisper".to_owned(),
        model: "small".to_owned(),
        model_sha256: String::new(),
        warning: None,
        segments: vec![],
        coverage: Coverage { audio_ms: 60_000, ..Coverage::default() },
    }
}

/// The silent session with `text` said in it, and nothing else.
pub(crate) fn saying(text: &str) -> Document {
    Document { segments: vec![segment(0, 0, text)], ..silent() }
}

/// Sessions with any text, any gaps between the words and any order of times within reason.
pub(crate) fn any_session() -> impl Strategy<Value = Document> {
    let text = prop_oneof![
        8 => "[a-záéíóúñ]{1,12}[,.;:?]?",
        1 => "[A-Za-z0-9<>&{}\\-]{1,60}",
        1 => any::<String>(),
    ];
    let word = (text, 0..2_500_u64, 0..1_500_u64, 0.0..=1.0_f32);
    let segment = (vec(word, 0..40), 0..9_000_u64, any::<bool>());
    vec(segment, 0..8).prop_map(|segments| {
        let mut clock = 0;
        let segments = segments.into_iter().map(|(words, pause, doubtful)| {
            clock += pause;
            let start_ms = clock;
            let words = words.into_iter().map(|(text, pause, length, confidence)| {
                // Most words follow each other closely; some after a silence.
                let start_ms = clock + if pause < 2_000 { pause / 40 } else { pause };
                clock = start_ms + length / 3;
                Word { text, start_ms, end_ms: clock, confidence }
            });
            let words = words.collect();
            let faults = if doubtful { vec![Fault::TooSlow] } else { vec![] };
            Segment { recording: 0, start_ms, end_ms: clock, words, faults }
        });
        let segments = segments.collect();
        Document { segments, ..silent() }
    })
}

/// The same session without spaces other than the plain one, on which parsers of subtitles disagree.
pub(crate) fn without_odd_spaces(mut document: Document) -> Document {
    for word in document.segments.iter_mut().flat_map(|segment| &mut segment.words) {
        word.text.retain(|character| !character.is_whitespace() || character == ' ');
    }
    document
}
