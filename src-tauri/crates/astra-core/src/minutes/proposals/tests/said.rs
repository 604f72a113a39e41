//! Many ways to say one thing, as data: what is proposed from each, with speakers known and without.

use super::super::*;

const ROSTER: [&str; 11] = [
    "Luis Alirio Barrera Peña",
    "Leidy Johana Bernal Cifuentes",
    "Nidia Esperanza Cubides Rojas",
    "Yaneth Cristina Holguín Mora",
    "Jorge Eliécer Mahecha",
    "Rosalba Quintana de Ortiz",
    "Camilo Andrés Roncancio Vela",
    "Edilberto Sánchez Guarnizo",
    "Diana Marcela Tovar Pulido",
    "Henry Alonso Useche Parra",
    "Gustavo Adolfo Vargas Nieto",
];

/// A Tuesday.
const DATE: &str = "2025-11-11";

/// What is proposed for lines like `C|…`, 2.5 words a second, each in short.
fn proposed(talk: &[(&str, &str)], known: bool) -> Vec<String> {
    let mut now = 0;
    let utterances: Vec<Utterance<'_>> = talk
        .iter()
        .map(|(who, text)| {
            let start_ms = now;
            let end_ms = start_ms + 400 * text.split(' ').count() as u64;
            now = end_ms + 500;
            let role = match &who[..1] {
                "C" => Role::Chair,
                "S" => Role::Secretary,
                _ => Role::Member,
            };
            let seat = who[1..].parse::<usize>().ok();
            Utterance {
                start_ms,
                end_ms,
                voice: Some(who.bytes().map(usize::from).sum()).filter(|_| known),
                role: Some(role).filter(|_| known),
                name: seat.map(|seat| ROSTER[seat]).filter(|_| known),
                text,
            }
        })
        .collect();
    let mut proposed: Vec<String> = propose(&utterances, &Context { roster: &ROSTER, guests: &[], date: DATE })
        .iter()
        .map(|proposal| brief(&proposal.kind))
        .collect();
    proposed.sort();
    proposed
}

fn brief(kind: &Kind) -> String {
    let count = |count: &Option<u32>| count.map_or("-".to_owned(), |count| count.to_string());
    let text = |text: &Option<String>| text.clone().unwrap_or("-".to_owned());
    match kind {
        Kind::Opening { time } => format!("opening {}", text(time)),
        Kind::Adjournment { time } => format!("adjournment {}", text(time)),
        Kind::RollCall { answers } => format!("roll {}", answers.len()),
        Kind::Arrival { name } => format!("arrival {name}"),
        Kind::Departure { name } => format!("departure {name}"),
        Kind::Quorum { holds, count: seats } => format!("quorum {holds} {}", count(seats)),
        Kind::Agenda { items } => format!("agenda {}", items.len()),
        Kind::Item { number, .. } => format!("item {number}"),
        Kind::Floor { name } => format!("floor {name}"),
        Kind::Motion { .. } => "motion".to_owned(),
        Kind::Vote(vote) => {
            let outcome = vote.outcome.map_or("-".to_owned(), |outcome| format!("{outcome:?}").to_lowercase());
            if vote.candidates.is_empty() {
                let sides = [&vote.in_favour, &vote.against, &vote.abstaining].map(count).join("/");
                return format!("vote {sides} {outcome}");
            }
            let first = |name: &str| name.split(' ').next().unwrap_or_default().to_owned();
            let polled = vote.candidates.iter().map(|other| format!("{}:{}", first(&other.name), other.votes));
            let mut polled: Vec<String> = polled.collect();
            polled.sort();
            format!("elect {} blank {} {outcome}", polled.join(" "), count(&vote.blank))
        }
        Kind::Recess { minutes } => format!("recess {}", count(minutes)),
        Kind::Constancia { .. } => "constancia".to_owned(),
        Kind::NextSession { date, time } => format!("next {} {}", text(date), text(time)),
    }
}

#[test]
fn one_thing_said_in_many_ways_is_proposed_alike() {
    let mut missed = String::new();
    for talk in include_str!("said.txt").split("\n\n") {
        let mut wanted: Vec<&str> = talk.lines().filter_map(|line| line.strip_prefix("= ")).collect();
        wanted.sort_unstable();
        let lines: Vec<(&str, &str)> = talk.lines().filter_map(|line| line.split_once('|')).collect();
        for known in [true, false] {
            let found = proposed(&lines, known);
            if found != wanted {
                missed += &format!("{talk}\nproposed, speakers known {known}: {found:?}\n\n");
            }
        }
    }
    assert!(missed.is_empty(), "{missed}");
}

const SPEECH: &str = "yo quiero hablar de la vía que va para la vereda porque está llena de huecos desde abril";

#[test]
fn whoever_the_chair_names_and_who_then_speaks_has_the_floor_whatever_the_words() {
    for words in ["Rosalba, que de eso sabe.", "lo suyo doña rosalba", "¿Y la concejala Quintana qué piensa?"] {
        let talk = [("M9", SPEECH), ("C", words), ("M5", SPEECH)];
        assert_eq!(proposed(&talk, true), ["floor Rosalba Quintana de Ortiz"], "{words}");
    }
}

#[test]
fn who_answers_the_chair_in_a_dialogue_or_is_thanked_is_given_nothing() {
    let talk = [("M5", SPEECH), ("C", "Rosalba, le queda un minuto."), ("M5", SPEECH)];
    assert_eq!(proposed(&talk, true), Vec::<String>::new());
    let talk = [("M9", SPEECH), ("C", "gracias concejal useche"), ("M9", SPEECH)];
    assert_eq!(proposed(&talk, true), Vec::<String>::new());
}

#[test]
fn points_of_an_order_of_the_day_that_nobody_read_are_told_by_their_turn() {
    let talk = [
        ("C", "El primero es el acta. La tenéis desde el lunes."),
        ("M3", SPEECH),
        ("C", "Se rectifica. Segundo, decretos. Se da cuenta de los decretos de alcaldía."),
        ("M4", SPEECH),
        ("C", "Segundo turno, entonces, concejala."),
        ("M4", SPEECH),
        ("C", "Vamos al tercero. La modificación de créditos."),
        ("C", "Bueno. Ruegos y preguntas."),
    ];
    assert_eq!(proposed(&talk, true), ["item 1", "item 2", "item 3", "item 4"]);
}
