//! What holds for every row of cues.

use proptest::prelude::*;

use super::*;
use crate::export::sample;
use crate::transcript::Utterance;

/// The pieces of a session in which only `segments` happened.
pub(super) fn pieces_of(segments: Vec<Utterance>) -> Vec<Piece> {
    let document = Document { segments, ..sample::silent() };
    let mut turns = Turns::new(&document);
    pieces::pieces(super::shown(&document).filter_map(|stretch| Spoken::of(&stretch, &mut turns, Names::InText)))
}

/// The cues of such a session, without names.
fn cues(segments: &[Utterance]) -> Vec<Cue> {
    of(&Document { segments: segments.to_vec(), ..sample::silent() }, Names::Beside)
}

/// What is read of a text when spaces of all kinds are left out, since a word too long for a line is cut.
fn letters<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    texts.into_iter().map(|text| one_line(text).replace(char::is_whitespace, "")).collect()
}

fn spoken(segments: &[Utterance]) -> String {
    letters(segments.iter().flat_map(|segment| &segment.words).map(|word| word.text.as_str()))
}

fn shown(cues: &[Cue]) -> String {
    letters(cues.iter().flat_map(|cue| &cue.lines).map(String::as_str))
}

fn assert_in_order(cues: &[Cue]) {
    for cue in cues {
        assert!(cue.start_ms < cue.end_ms, "{cue:?} lasts no time");
    }
    for pair in cues.windows(2) {
        assert!(pair[0].end_ms <= pair[1].start_ms, "{:?} overlaps {:?}", pair[0], pair[1]);
    }
}

#[test]
fn a_sentence_becomes_cues_that_read_well() {
    let said = sample::segment(
        0,
        2_000,
        "Buenos días, honorables concejales. Siendo las nueve y cinco de la mañana, damos inicio a la sesión plenaria \
         ordinaria. Señora secretaria, por favor sírvase llamar a lista y verificar el quórum.",
    );
    let texts: Vec<String> = cues(&[said]).iter().map(|cue| cue.lines.join(" / ")).collect();
    insta::assert_snapshot!(texts.join("\n"));
}

#[test]
fn a_short_answer_stays_a_second_when_nobody_speaks_after_it() {
    let cues = cues(&[sample::segment(0, 1_000, "Sí."), sample::segment(0, 9_000, "Gracias.")]);
    assert_eq!((cues[0].start_ms, cues[0].end_ms), (1_000, 2_000));
    assert_eq!(cues.len(), 2);
}

#[test]
fn a_cue_never_stays_until_after_the_next_words() {
    let quick =
        |start_ms, text: &str| Word { text: text.to_owned(), start_ms, end_ms: start_ms + 100, confidence: 1.0 };
    let text = "Presupuestalmente hablando ".repeat(8);
    let words = text.split_whitespace().enumerate().map(|(index, text)| quick(index as u64 * 150, text)).collect();
    let cues = cues(&[Utterance { words, ..Utterance::heard(0, 0, 2_500, vec![]) }]);
    assert_in_order(&cues);
    assert!(cues.windows(2).all(|pair| pair[0].end_ms == pair[1].start_ms));
}

#[test]
fn words_that_all_have_the_same_time_still_give_cues_that_players_accept() {
    let word = |text: &str| Word { text: text.to_owned(), start_ms: 500, end_ms: 500, confidence: 1.0 };
    let words = "una palabra sin tiempo ".repeat(20).split_whitespace().map(word).collect();
    let segment = Utterance { words, ..Utterance::heard(0, 500, 500, vec![]) };
    let cues = cues(std::slice::from_ref(&segment));
    assert_in_order(&cues);
    assert_eq!(shown(&cues), spoken(&[segment]));
}

/// The first cue took a millisecond from the second, whose end had been counted from its old start.
#[test]
fn a_cue_that_waits_for_one_without_length_is_still_shown_long_enough_to_read() {
    let word = |text: &str, end_ms| Word { text: text.to_owned(), start_ms: 0, end_ms, confidence: 1.0 };
    let long = "palabras ".repeat(8).split_whitespace().map(|text| word(text, 0)).collect();
    let segment = Utterance { words: long, ..Utterance::heard(0, 0, 0, vec![]) };
    let next = Utterance { recording: 1, words: vec![word("Aprobado.", 900)], ..segment.clone() };
    let cues = cues(&[segment, next]);
    assert_eq!((cues[0].start_ms, cues[0].end_ms), (0, 1));
    assert_eq!((cues[1].start_ms, cues[1].end_ms), (1, 1_001));
}

#[test]
fn the_warning_is_on_screen_before_anybody_speaks() {
    for start_ms in [0, 400, 900, 5_000, 60_000] {
        let document = Document {
            segments: vec![sample::segment(0, start_ms, "Sí. No. Tal vez. Aprobado el orden del día.")],
            warning: Some(sample::WARNING.to_owned()),
            ..sample::silent()
        };
        let cues = of(&document, Names::InText);
        assert_in_order(&cues);
        assert_eq!(cues[0].start_ms, 0);
        assert!(cues[0].end_ms >= MIN_MS);
        assert_eq!(shown(&cues), letters([sample::WARNING]) + &spoken(&document.segments));
    }
}

#[test]
fn sample_cues_respect_the_reading_speed_wherever_the_speaker_does() {
    for cue in cues(&sample::session().segments) {
        let chars: usize = cue.lines.iter().map(|line| line.chars().count()).sum();
        assert!(chars as u64 * 1000 <= CHARS_PER_SECOND * (cue.end_ms - cue.start_ms) + 1000, "{cue:?}");
    }
}

fn by(speaker: &str, start_ms: u64, text: &str) -> Utterance {
    Utterance { speaker: Some(speaker.to_owned()), ..sample::segment(0, start_ms, text) }
}

fn texts(segments: Vec<Utterance>, names: Names) -> Vec<String> {
    let cues = of(&Document { segments, ..sample::silent() }, names);
    assert_in_order(&cues);
    cues.iter().map(|cue| cue.lines.join(" / ")).collect()
}

#[test]
fn a_name_stands_where_a_turn_begins_and_not_again() {
    let segments = vec![
        by("Ana Ruiz", 0, "Sí."),
        by("Luz", 900, "No, señora presidenta, porque el proyecto no se ha leído todavía en esta sesión."),
        by("Luz", 8_000, "Nada más."),
        sample::segment(0, 9_500, "¿Quién habla?"),
    ];
    assert_eq!(
        texts(segments.clone(), Names::InText),
        [
            "Ana Ruiz: Sí.",
            "Luz: No, señora presidenta, / porque el proyecto no se ha leído todavía",
            "en esta sesión.",
            "Nada más.",
            "Sin identificar: ¿Quién habla?"
        ]
    );
    assert_eq!(texts(segments, Names::Beside)[0], "Sí.");
}

#[test]
fn a_name_longer_than_a_line_is_shortened_and_never_stands_alone() {
    let word = Word { text: "ñ".repeat(90), start_ms: 0, end_ms: 30_000, confidence: 1.0 };
    let long = "María de los Ángeles Fernández de Córdoba y Sotomayor";
    let segment = Utterance { words: vec![word], ..by(long, 0, "Sí.") };
    let texts = texts(vec![segment], Names::InText);
    assert_eq!(texts[0], format!("María de los Ángeles Fernández de…: / {}", "ñ".repeat(42)));
}

#[test]
fn what_is_inaudible_is_a_cue_of_its_own_and_what_is_reserved_is_none() {
    let marked = |mark, segment: Utterance| Utterance { mark: Some(mark), ..segment };
    let segments = vec![
        by("Ana", 0, "Uno,"),
        marked(Mark::Inaudible, by("Ana", 1_000, "secreto uno")),
        by("Ana", 2_000, "dos,"),
        marked(Mark::Reserved, by("Ana", 3_000, "secreto dos")),
        by("Ana", 4_000, "tres."),
    ];
    assert_eq!(texts(segments, Names::InText), ["Ana: Uno,", "[inaudible]", "dos,", "Ana: tres."]);
}

proptest! {
    #[test]
    fn no_cue_holds_the_words_of_two_speakers(document in sample::any_edited_session()) {
        let cues = of(&document, Names::Beside);
        assert_in_order(&cues);
        for cue in &cues {
            let tokens = cue.lines.iter().flat_map(|line| sample::tokens(line));
            let speakers = tokens.map(|token| sample::speaker_of(&document, &token));
            let wanted = cue.speaker.as_deref();
            speakers.for_each(|speaker| assert_eq!(speaker.as_deref(), wanted));
        }
    }

    #[test]
    fn a_name_is_never_on_the_screen_without_words(document in sample::any_edited_session()) {
        for cue in of(&document, Names::InText) {
            prop_assert!(!cue.lines.last().expect("a line").ends_with(':'), "{:?}", cue);
        }
    }

    #[test]
    fn the_words_of_all_cues_in_order_are_the_words_of_the_transcript(document in sample::any_session()) {
        prop_assert_eq!(shown(&cues(&document.segments)), spoken(&document.segments));
    }

    #[test]
    fn cues_keep_every_limit_that_the_words_allow(document in sample::any_session()) {
        let cues = cues(&document.segments);
        assert_in_order(&cues);
        for (index, cue) in cues.iter().enumerate() {
            prop_assert!((1..=2).contains(&cue.lines.len()));
            for line in &cue.lines {
                prop_assert!(!line.trim().is_empty() || line.contains(|c: char| c.is_whitespace() && c != ' '));
                prop_assert!(line.chars().count() <= LINE_CHARS, "{:?}", line);
            }
            let shown_for = cue.end_ms - cue.start_ms;
            prop_assert!(shown_for <= MAX_MS, "{:?}", cue);
            // Less time than reading needs is only excused by the next cue.
            let chars = cue.lines.iter().map(|line| line.chars().count() + 1).sum::<usize>() - 1;
            let wanted = reading_ms(chars).clamp(MIN_MS, MAX_MS);
            let excused = cues.get(index + 1).is_some_and(|next| next.start_ms == cue.end_ms);
            prop_assert!(shown_for >= wanted || excused, "{:?}", cue);
        }
    }

    #[test]
    fn words_are_only_cut_when_no_line_can_hold_them(document in sample::any_session()) {
        let words: Vec<String> = document.segments.iter().flat_map(|segment| &segment.words)
            .flat_map(|word| one_line(&word.text).split(' ').map(str::to_owned).collect::<Vec<_>>())
            .filter(|word| !word.is_empty() && word.chars().count() <= LINE_CHARS)
            .collect();
        let cues = cues(&document.segments);
        let shown: Vec<&str> = cues.iter().flat_map(|cue| &cue.lines).flat_map(|line| line.split(' ')).collect();
        let mut rest = shown.iter();
        for word in &words {
            prop_assert!(rest.any(|shown| shown == word), "{:?} is not shown whole", word);
        }
    }
}
