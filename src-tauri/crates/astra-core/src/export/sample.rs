//! Documents for the tests of the exporters: a session with everything that can happen in one, a
//! session in which nothing did, and arbitrary ones. All of it is invented.

use proptest::collection::vec;
use proptest::prelude::*;

use super::lines::one_line;
use super::{Document, RecordingFacts};
use crate::guard::{Coverage, Doubt, Fault};
use crate::minutes::{Attendance, Attendee, Record};
use crate::transcript::{Mark, Respelling, Utterance, Word};

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
pub(crate) fn segment(recording: usize, start_ms: u64, text: &str) -> Utterance {
    let words = words(text, start_ms);
    let end_ms = words.last().map_or(start_ms, |word| word.end_ms);
    Utterance { words, ..Utterance::heard(recording, start_ms, end_ms, vec![]) }
}

/// Two recordings, a gap, a doubtful passage, characters that every format must escape, and a
/// warning.
pub(crate) fn session() -> Document {
    let gap = |start_ms, end_ms, fault| Utterance::heard(0, start_ms, end_ms, vec![fault]);
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
        Utterance { faults: vec![Fault::Loop], ..doubtful },
        segment(1, 4_221_000, "Agotado el orden del día, se levanta la sesión."),
    ];
    Document {
        title: "Concejo Municipal de Villa Serena: sesión plenaria ordinaria 046".to_owned(),
        began_at_ms: Some(1_795_269_900_000),
        language: "es".to_owned(),
        record: None,
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
        other_models: vec![],
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

/// The session after the secretary worked on it: names, marks, corrections and a record.
pub(crate) fn edited() -> Document {
    let heard = session();
    let by = |speaker: &str, segment: Utterance| Utterance { speaker: Some(speaker.to_owned()), ..segment };
    let marked = |mark, segment: Utterance| Utterance { mark: Some(mark), ..segment };
    let respelled = |at, heard: &str, segment: Utterance| {
        let respelling = Respelling { at, count: 1, heard: heard.to_owned() };
        Utterance { respelled: vec![respelling], ..segment }
    };
    let (president, secretary) = ("María Pérez Ñáñez", "Ana «Nena» O'Brien & <Ruiz>");
    let mut segments = heard.segments;
    segments[0].speaker = Some(president.to_owned());
    segments[1] = Utterance { touched: true, ..by(secretary, segments[1].clone()) };
    segments[3].speaker = Some("José Gómez 🎤".to_owned());
    segments[5] = Utterance { touched: true, ..by(president, segments[5].clone()) };
    segments[6].speaker = Some(president.to_owned());
    let between = [
        by("José Gómez 🎤", segment(0, 92_000, "Esto lo pido con toda claridad, y que quede en el acta.")),
        marked(Mark::Inaudible, by("José Gómez 🎤", segment(0, 98_000, "algo que nadie entiende bien."))),
        segment(0, 103_000, "¡Que se oiga!"),
        marked(
            Mark::Reserved,
            respelled(1, "lombre", by(secretary, segment(0, 105_000, "Un nombre que no debe salir."))),
        ),
        marked(Mark::Reserved, by(president, segment(0, 110_000, "Tampoco este otro."))),
        respelled(3, "re serva", by(president, segment(0, 115_000, "Se levanta la reserva."))),
    ];
    segments.splice(5..5, between);
    let attendee = |name: &str, office: &str, attendance| Attendee {
        name: name.to_owned(),
        office: office.to_owned(),
        attendance,
        ..Attendee::default()
    };
    let record = Record {
        entity: "Municipio de Villa Serena".to_owned(),
        body: "Concejo Municipal".to_owned(),
        kind: "Plenaria ordinaria".to_owned(),
        number: "046".to_owned(),
        date: "2026-11-21".to_owned(),
        place: "Recinto del Concejo, piso 2".to_owned(),
        starts: "09:05".to_owned(),
        ends: "10:36".to_owned(),
        president: president.to_owned(),
        secretary: secretary.to_owned(),
        attendance: vec![
            attendee(president, "Presidenta", Attendance::Present),
            attendee("José Gómez 🎤", "Primer vicepresidente", Attendance::Late),
            attendee("Luz Marina Ángel", "Concejala", Attendance::Excused),
            attendee("Pedro Rincón", "", Attendance::Absent),
            attendee("Rosa Díaz", "Concejala", Attendance::LeftEarly),
        ],
        ..Record::default()
    };
    Document { title: "250211_0012".to_owned(), record: Some(record), warning: None, segments, ..heard }
}

/// One recording without speech, of which little is known.
pub(crate) fn silent() -> Document {
    Document {
        title: "Sesión vacía".to_owned(),
        began_at_ms: None,
        language: "es".to_owned(),
        record: None,
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
        other_models: vec![],
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
            let words: Vec<Word> = words.collect();
            let faults = if doubtful { vec![Fault::TooSlow] } else { vec![] };
            Utterance { words, ..Utterance::heard(0, start_ms, clock, faults) }
        });
        let segments = segments.collect();
        Document { segments, ..silent() }
    })
}

/// Names as people have them and as nobody should.
const NAMES: [&str; 7] = [
    "Ana",
    "María de los Ángeles Fernández de Córdoba y Sotomayor-Valderrama, en representación de la ministra",
    "<b>\"O'Neil\" & 'Co' --> {x}</b>",
    "\u{202e}zepóL esoJ\u{2067} 👩🏽‍⚖️",
    "שרה \u{200f}לוי",
    "Uno\nDos\u{0}\tTres",
    " ",
];

/// Sessions as they are after editing: any speakers, marks and recordings. Every word is a token
/// that stands nowhere else; see [`tokens`].
pub(crate) fn any_edited_session() -> impl Strategy<Value = Document> {
    let name = prop_oneof![1 => Just(None), 3 => (0..NAMES.len()).prop_map(|index| Some(NAMES[index].to_owned()))];
    let mark = prop_oneof![4 => Just(None), 1 => Just(Some(Mark::Inaudible)), 2 => Just(Some(Mark::Reserved))];
    let segment = (0..12_usize, 0..9_000_u64, 1..900_u64, name, mark, any::<[bool; 3]>());
    vec(segment, 0..10).prop_map(|segments| {
        let (mut clock, mut recording) = (0, 0);
        let segments = segments.into_iter().enumerate();
        let segments = segments.map(|(index, (words, pause, length, speaker, mark, [touched, doubtful, next]))| {
            clock += pause;
            recording += usize::from(next && pause > 7_000);
            let start_ms = clock;
            let words = (0..words).map(|word| {
                let start_ms = clock;
                clock += length;
                Word { text: format!("zq{index}w{word}x."), start_ms, end_ms: clock, confidence: 0.5 }
            });
            let words: Vec<_> = words.collect();
            let faults = if doubtful { vec![Fault::Loop] } else { vec![] };
            let heard = Utterance::heard(recording, start_ms, clock, faults);
            let respelled = vec![Respelling { at: 0, count: 1, heard: format!("zq{index}w0x.") }];
            let respelled = if words.is_empty() { vec![] } else { respelled };
            Utterance { words, speaker, mark, touched, respelled, ..heard }
        });
        let segments: Vec<_> = segments.collect();
        let doubts = segments.iter().map(|segment| (segment.start_ms, segment.end_ms));
        let doubts = doubts.map(|(start_ms, end_ms)| Doubt { start_ms, end_ms, fault: Fault::Loop }).collect();
        let coverage = Coverage { doubts, ..silent().coverage };
        Document { segments, coverage, record: edited().record, ..silent() }
    })
}

/// The tokens of [`any_edited_session`] in a text, each as the number of its segment and the token.
pub(crate) fn tokens(text: &str) -> impl Iterator<Item = (usize, String)> {
    text.split("zq").skip(1).filter_map(|rest| {
        let (segment, word) = rest.split_once('x')?.0.split_once('w')?;
        Some((segment.parse().ok()?, format!("zq{segment}w{word}x")))
    })
}

/// Who said a token, as documents write the name.
pub(crate) fn speaker_of(document: &Document, token: &(usize, String)) -> Option<String> {
    let speaker = document.segments[token.0].speaker.as_deref();
    speaker.map(one_line).filter(|name| !name.is_empty())
}

/// The same session without spaces other than the plain one, on which parsers of subtitles disagree.
pub(crate) fn without_odd_spaces(mut document: Document) -> Document {
    for word in document.segments.iter_mut().flat_map(|segment| &mut segment.words) {
        word.text.retain(|character| !character.is_whitespace() || character == ' ');
    }
    document
}
