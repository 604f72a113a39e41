//! Which sentences a turn has, which come first, and that nothing is lost or rewritten.

use proptest::prelude::*;

use super::*;

fn ranked(text: &str) -> Vec<&str> {
    let turn = Turn { text, start_ms: 0, times: &[] };
    extracts(&turn).into_iter().map(|one| &text[one.range]).collect()
}

fn in_order<'a>(turn: &Turn<'a>) -> Vec<&'a str> {
    sentences::cut(turn).into_iter().map(|range| &turn.text[range]).collect()
}

/// Words of 300 ms in a row, with the pauses given before some of them.
fn times(text: &str, pauses: &[(&str, u64)]) -> Vec<Range<u64>> {
    let mut now = 1000;
    let word = |word: &str| {
        now += pauses.iter().find(|(before, _)| *before == word).map_or(20, |(_, ms)| *ms);
        let start = now;
        now += 300;
        start..now
    };
    text.split_whitespace().map(word).collect()
}

#[test]
fn positions_and_requests_come_first_and_thanks_last() {
    let text = "Muchas gracias, señor presidente. La vía lleva dos años cerrada. No comparto el informe. \
                La tarde está lluviosa. Solicito que se oficie a la Secretaría. La Ley 136 de 1994 lo permite. \
                Propongo una visita. Me comprometo con el barrio. Que conste en el acta.";
    assert_eq!(
        ranked(text),
        [
            "Que conste en el acta.",
            "No comparto el informe.",
            "Solicito que se oficie a la Secretaría.",
            "Propongo una visita.",
            "Me comprometo con el barrio.",
            "La Ley 136 de 1994 lo permite.",
            "La vía lleva dos años cerrada.",
            "La tarde está lluviosa.",
            "Muchas gracias, señor presidente.",
        ]
    );
}

#[test]
fn each_extract_says_why_it_matters() {
    let reasons = |text: &str| {
        let turn = Turn { text, start_ms: 0, times: &[] };
        extracts(&turn).remove(0).reasons
    };
    assert_eq!(
        reasons("Estoy de acuerdo y solicito 300 millones."),
        [Reason::Position, Reason::Request, Reason::Figure]
    );
    assert_eq!(reasons("El artículo 5 de la Ley 136 de 1994 lo dice."), [Reason::Law]);
    assert_eq!(reasons("La Constitución lo dice."), [Reason::Law]);
    assert_eq!(reasons("El proyecto de acuerdo sigue."), []);
    assert_eq!(reasons("El acuerdo número 019 sigue."), [Reason::Law]);
    assert_eq!(reasons("Buenas tardes a las cuatro comunas."), [Reason::Figure, Reason::Courtesy]);
    assert_eq!(reasons("El recompromiso no existe."), []);
    assert_eq!(reasons("Primero hay que ver."), []);
}

#[test]
fn points_of_abbreviations_and_figures_end_no_sentence() {
    let text = "El Sr. Pérez y la Dra. Ruiz vieron 3.106 casas. ¿Y el Art. 5? Voté que no. Sí. Dijo «ya. Basta.» Luego… siguió. J. P. Ruiz vino.";
    let turn = Turn { text, start_ms: 0, times: &[] };
    assert_eq!(
        in_order(&turn),
        [
            "El Sr. Pérez y la Dra. Ruiz vieron 3.106 casas.",
            "¿Y el Art. 5?",
            "Voté que no.",
            "Sí.",
            "Dijo «ya.",
            "Basta.»",
            "Luego… siguió.",
            "J. P. Ruiz vino.",
        ]
    );
}

#[test]
fn speech_without_full_stops_is_cut_at_pauses_and_before_new_beginnings() {
    let text = "la comunidad de la vereda no tiene agua desde hace tres meses y nadie responde \
                por otro lado la vía principal está cerrada desde enero y los niños no llegan \
                solicito que el secretario venga a la vereda esta misma semana";
    let pauses = [("por", 400), ("solicito", 1200), ("vereda", 1500)];
    let times = times(text, &pauses);
    let turn = Turn { text, start_ms: 0, times: &times };
    let expected = [
        "la comunidad de la vereda no tiene agua desde hace tres meses y nadie responde",
        "por otro lado la vía principal está cerrada desde enero y los niños no llegan",
        "solicito que el secretario venga a la vereda esta misma semana",
    ];
    assert_eq!(in_order(&turn), expected, "and never between «la» and «vereda», whatever the pause");
    let first = &extracts(&turn)[0];
    assert_eq!((&text[first.range.clone()], first.start_ms), (expected[2], times[30].start));
    let without = Turn { text, start_ms: 7, times: &[] };
    assert_eq!(in_order(&without).len(), 2, "without times only «por otro lado» tells");
    assert!(extracts(&without).iter().all(|one| one.start_ms == 7));
}

#[test]
fn a_short_stretch_is_one_sentence_however_slowly_it_is_said() {
    let text = "no comparto ese informe presidente";
    let times = times(text, &[("ese", 3000)]);
    assert_eq!(in_order(&Turn { text, start_ms: 0, times: &times }), [text]);
}

#[test]
fn a_long_sentence_with_commas_is_left_whole() {
    let text = "Eso es un esfuerzo de todas las dependencias, es un indicador que está a cargo de la gerencia, pero obedece \
                al cumplimiento de todas, todo lo que hemos hecho en vías y seguridad.";
    assert_eq!(ranked(text), [text]);
}

#[test]
fn an_empty_turn_has_no_extracts() {
    assert_eq!(ranked(" \n"), [""; 0]);
}

proptest! {
    #[test]
    fn every_word_is_in_exactly_one_extract_as_it_was_said(
        text in "((sí|no|la|por otro lado|entonces|gracias|solicito|Ley 5|Sr\\.|vía)[ ,.…?\n]{1,2}){0,80}|\\PC{0,60}",
        pauses in prop::collection::vec(0_u64..2000, 0..90),
    ) {
        let mut now = 0;
        let times: Vec<Range<u64>> = pauses.iter().map(|pause| { now += pause + 300; now - 300..now }).collect();
        let turn = Turn { text: &text, start_ms: 0, times: &times };
        let mut all = extracts(&turn);
        prop_assert_eq!(&all, &extracts(&turn));
        all.sort_by_key(|one| one.range.start);
        let said: Vec<&str> = all.iter().flat_map(|one| text[one.range.clone()].split_whitespace()).collect();
        prop_assert_eq!(said, text.split_whitespace().collect::<Vec<_>>());
        prop_assert!(all.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start));
        prop_assert!(all.iter().all(|one| text[one.range.clone()].trim().len() == one.range.len()));
    }
}
