//! Names are written as the council writes them, and nothing else is touched.

use proptest::prelude::*;

use super::*;
use crate::id::SegmentId;
use crate::transcript::{Utterance, Word};

const PLACES: [&str; 6] =
    ["vereda Chachafruto", "barrio Vejarano", "quebrada Ibaguerreño", "Piendamó", "vereda La Honda", "Cúllar"];
const PEOPLE: [&str; 5] =
    ["Luz Dary Henao Echeverri", "Luis Vaca", "Jhon Jairo Valdés", "María González", "Elkin Yepes Zuluaga"];

fn speller() -> Speller {
    let place = |text: &&str| Term { text: (*text).to_owned(), kind: TermKind::Place, ..Term::default() };
    let mut terms: Vec<Term> = PLACES.iter().map(place).collect();
    let acronym = |text: &str| Term { text: text.to_owned(), kind: TermKind::Acronym, ..Term::default() };
    terms.extend([acronym("ICBF"), acronym("POT")]);
    let taught = Term { text: "Casanare".to_owned(), instead_of: vec!["casa nare".to_owned()], ..Term::default() };
    let city = Term { text: "Neiva".to_owned(), instead_of: vec!["nieva".to_owned()], ..Term::default() };
    let ordinary = Term { text: "sesión".to_owned(), instead_of: vec!["sección".to_owned()], ..Term::default() };
    terms.extend([taught, city, ordinary]);
    Speller::new(&terms, PEOPLE.iter().map(|name| (*name, &[][..])))
}

/// A text as the speller leaves it. A word that begins with `~` is one that the engine was not sure of.
fn respelled(text: &str) -> String {
    respelled_by(&speller(), text)
}

/// The same with a speller that knows some people and nothing else.
fn speller_of(people: &[&str], text: &str) -> String {
    respelled_by(&Speller::new(&[], people.iter().map(|name| (*name, &[][..]))), text)
}

fn respelled_by(speller: &Speller, text: &str) -> String {
    let words = text.split_whitespace().enumerate().map(|(at, word)| Word {
        text: word.trim_start_matches('~').to_owned(),
        start_ms: at as u64 * 300,
        end_ms: at as u64 * 300 + 250,
        confidence: if word.starts_with('~') { 0.2 } else { 0.9 },
    });
    let words: Vec<Word> = words.collect();
    let utterance = Utterance { words, ..Utterance::heard(0, 0, 60_000, Vec::new()) };
    let mut segment = Segment::heard(SegmentId::new(), 0, &utterance);
    speller.respell(&mut segment);
    segment.text
}

#[test]
fn a_name_that_sounds_the_same_is_written_as_the_council_writes_it() {
    for (heard, written) in [
        ("la concejala Enao pide la palabra", "la concejala Henao pide la palabra"),
        ("la doctora Hecheberri, gracias", "la doctora Echeverri, gracias"),
        ("en la vereda chachafruto", "en la vereda Chachafruto"),
        ("llegamos a piendamo ayer", "llegamos a Piendamó ayer"),
        ("el señor Llepes Suluaga", "el señor Yepes Zuluaga"),
        ("con el icbf y el pot", "con el ICBF y el POT"),
    ] {
        assert_eq!(respelled(heard), written);
    }
}

#[test]
fn a_name_that_was_torn_apart_is_put_together_and_what_was_taught_is_applied() {
    assert_eq!(respelled("la vereda chacha fruto."), "la vereda Chachafruto.");
    assert_eq!(respelled("esa chacha fruto dio"), "esa chacha fruto dio", "both are words that may have been said");
    assert_eq!(respelled("la vereda chacha, fruto"), "la vereda chacha, fruto", "a comma parts them");
    assert_eq!(respelled("en el departamento de casa nare"), "en el departamento de Casanare");
    assert_eq!(respelled("vengo de Nieva y allá nieva"), "vengo de Neiva y allá nieva");
}

#[test]
fn ordinary_words_are_never_touched() {
    for said in [
        "una baca del carro y la vaca",
        "la onda y lo hondo de la sección",
        "¿cuál era la sección del presupuesto?",
        "Baca dijo que no",
        "la baca Luisa",
    ] {
        assert_eq!(respelled(said), said);
    }
    assert_eq!(
        respelled("el concejal Luis Baca votó"),
        "el concejal Luis Vaca votó",
        "beside its other name it is one"
    );
    assert_eq!(respelled("el concejal Baca votó"), "el concejal Vaca votó", "and after a title");
    assert_eq!(respelled("el concejal baca votó"), "el concejal baca votó");
}

#[test]
fn one_sound_may_differ_only_where_more_speaks_for_the_name() {
    assert_eq!(respelled("la vereda Chachafrito"), "la vereda Chachafruto", "«vereda» stands beside it");
    assert_eq!(respelled("allá en Chachafrito"), "allá en Chachafrito");
    assert_eq!(respelled("allá en ~Chachafrito"), "allá en Chachafruto");
    assert_eq!(respelled("la doctora ~Echeverry"), "la doctora Echeverri");
}

#[test]
fn given_names_are_those_of_many_and_need_their_surname() {
    assert_eq!(respelled("el señor Jon Freddy"), "el señor Jon Freddy");
    assert_eq!(respelled("el señor Jhon Jairo Baldés"), "el señor Jhon Jairo Valdés");
}

#[test]
fn another_surname_after_the_same_given_name_or_title_stays_that_of_somebody_else() {
    for said in ["el señor Osorno pregunta", "el señor Luis Osorno pregunta", "la doctora Luz Osorno pregunta"] {
        assert_eq!(speller_of(&["Luis Osorio", "Luz Osorio"], said), said);
    }
    assert_eq!(speller_of(&["Luis Osorio Ziraque"], "Luis Osorno Ziraque"), "Luis Osorio Ziraque");
    assert_eq!(speller_of(&["Luis Osorio"], "el señor ~Osorno pregunta"), "el señor Osorio pregunta");
}

#[test]
fn a_roll_in_capitals_puts_none_into_the_text() {
    let roll = ["LUZ DARY HENAO", "JORGE GIL"];
    for said in ["la concejala Henao y el señor Gil", "la concejala Enao"] {
        assert_eq!(speller_of(&roll, said), said);
    }
}

#[test]
fn where_two_names_would_do_none_is_written() {
    let text = |said| speller_of(&["Ana Henao", "Luz Enao"], said);
    assert_eq!(text("la señora Henaho"), "la señora Henaho");
    assert_eq!(text("la señora Luz Henaho"), "la señora Luz Enao");
    assert_eq!(text("la señora Enao"), "la señora Enao");
}

proptest! {
    #[test]
    fn what_was_heard_can_always_be_put_back(words in proptest::collection::vec(0_usize..12, 1..20)) {
        const HEARD: [&str; 12] = [
            "la", "Enao,", "chacha", "fruto", "(piendamo)", "casa", "nare.", "Luis", "Baca", "~Chachafrito", "llepes", "voto",
        ];
        let text: Vec<&str> = words.iter().map(|at| HEARD[*at]).collect();
        let heard = text.join(" ").replace('~', "");
        let words = heard.split_whitespace().enumerate().map(|(at, text)| Word {
            text: text.to_owned(), start_ms: at as u64 * 100, end_ms: at as u64 * 100 + 80, confidence: 0.4,
        }).collect();
        let utterance = Utterance { words, ..Utterance::heard(0, 0, 5_000, Vec::new()) };
        let mut segment = Segment::heard(SegmentId::new(), 0, &utterance);
        speller().respell(&mut segment);
        prop_assert_eq!(segment.times.len(), segment.word_count() * 2);
        while let Some(at) = segment.respelled.first().map(|one| one.at) {
            prop_assert!(segment.put_back(at));
        }
        prop_assert_eq!(segment.text, heard);
    }
}
