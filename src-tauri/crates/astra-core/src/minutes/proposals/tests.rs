//! What is proposed from what was said, with voices and without.

use super::*;

const ROSTER: [&str; 9] = [
    "Hernán Darío Ospina Loaiza",
    "Carolina Betancur Ríos",
    "Jhon Fredy Quiceno Vélez",
    "Marta Cecilia Hoyos",
    "Óscar Iván Zapata Cano",
    "Nelson Arroyave Mesa",
    "Sandra Milena Yepes Toro",
    "Wilson Andrés Cardona Ruiz",
    "Beatriz Elena Franco",
];

/// What is proposed for lines like `C|…` (chair), `S|…` (secretary) and `M|…` (a member), 2.5 words a second.
fn proposals(talk: &str, known: bool) -> Vec<Proposal> {
    let mut now = 0;
    let utterances: Vec<Utterance<'_>> = talk
        .trim()
        .lines()
        .map(|line| {
            let (who, text) = line.trim().split_once('|').unwrap();
            let start_ms = now;
            let end_ms = start_ms + 400 * text.split(' ').count() as u64;
            now = end_ms + 500;
            let role = match who {
                "C" => Role::Chair,
                "S" => Role::Secretary,
                _ => Role::Member,
            };
            let voice = who.bytes().next().map(usize::from).filter(|_| known);
            Utterance { start_ms, end_ms, voice, role: Some(role).filter(|_| known), name: None, text }
        })
        .collect();
    propose(&utterances, &Context { roster: &ROSTER, guests: &[], date: "2025-11-11" })
}

/// The same proposals must come with voices and roles, and without.
fn kinds(talk: &str) -> Vec<Kind> {
    let kinds = |known| proposals(talk, known).into_iter().map(|proposal| proposal.kind).collect::<Vec<_>>();
    let known = kinds(true);
    assert_eq!(known, kinds(false), "with voices and without");
    known
}

/// In favour, against, abstaining, and what came of it.
type Counted = (Option<u32>, Option<u32>, Option<u32>, Option<Outcome>);

fn votes(talk: &str) -> Vec<Counted> {
    let vote = |kind| match kind {
        Kind::Vote(vote) => Some((vote.in_favour, vote.against, vote.abstaining, vote.result)),
        _ => None,
    };
    kinds(talk).into_iter().filter_map(vote).collect()
}

#[test]
fn an_hour_beside_the_words_is_the_hour_of_the_opening() {
    let talk =
        "C|muy buenos días siendo las ocho y quince de la mañana nos permitimos dar apertura a la sesión ordinaria";
    assert_eq!(kinds(talk), [Kind::Opening { time: Some("08:15".to_owned()) }]);
}

#[test]
fn who_is_called_and_does_not_answer_is_absent() {
    let talk = "
        C|señora secretaria favor hacer el llamado a lista
        S|ospina loaiza hernán darío
        C|presente
        S|betancourt ríos carolina
        M|acá
        S|zapata cano
        S|yepes toro sandra presente cardona wilson presentó excusa
        S|presidente contamos con la asistencia de tres concejales por lo tanto hay quórum para deliberar";
    let found = kinds(talk);
    let Kind::RollCall { answers } = &found[0] else { panic!("a roll call first, not {found:?}") };
    let answers: Vec<_> = answers.iter().map(|answer| (answer.name.as_str(), answer.answer)).collect();
    assert_eq!(
        answers,
        [
            (ROSTER[0], Presence::Present),
            (ROSTER[1], Presence::Present),
            (ROSTER[4], Presence::Absent),
            (ROSTER[6], Presence::Present),
            (ROSTER[7], Presence::Excused),
        ]
    );
    assert_eq!(found[1..], [Kind::Quorum { holds: true, count: Some(3) }]);
}

#[test]
fn three_questions_in_a_row_are_three_votes() {
    let talk = "
        C|someto a consideración el informe de ponencia se abre su discusión queda cerrada aprueba la plenaria el informe
        S|aprobado señor presidente
        C|en consideración el articulado en bloque se abre la discusión queda cerrada lo aprueban
        S|ha sido aprobado
        C|título y preámbulo en consideración sigue en discusión queda cerrado aprueban
        S|aprobado presidente por ocho votos";
    let approved = Some(Outcome::Approved);
    assert_eq!(
        votes(talk),
        [(None, None, None, approved), (None, None, None, approved), (Some(8), None, None, approved)]
    );
}

#[test]
fn sides_that_are_asked_one_by_one_are_one_vote() {
    let talk = "
        C|Se somete a votación el proyecto de acuerdo 015. Quienes estén a favor, levanten la mano.
        S|Ocho votos a favor.
        C|¿En contra?
        S|Uno, el concejal Quiceno.
        C|¿Abstenciones?
        S|Ninguna.
        C|Queda aprobado el proyecto por ocho votos.";
    assert_eq!(votes(talk), [(Some(8), Some(1), Some(0), Some(Outcome::Approved))]);
}

#[test]
fn figures_that_are_corrected_in_the_next_breath_count_as_corrected() {
    let talk = "
        C|en consideración el acta
        S|aprobada con siete votos positivos y dos negativos
        S|perdón presidente corrijo son seis votos positivos y tres negativos";
    assert_eq!(votes(talk), [(Some(6), Some(3), None, Some(Outcome::Approved))]);
}

#[test]
fn the_no_of_a_side_does_not_refuse_what_follows() {
    let talk = "
        C|se cierra la votación secretaria informe el resultado
        S|honorable presidente con siete votos por el sí y dos por el no ha sido aprobado el proyecto de acuerdo";
    assert_eq!(votes(talk), [(Some(7), Some(2), None, Some(Outcome::Approved))]);
}

#[test]
fn a_tie_is_voted_again_and_stays_a_tie() {
    let talk = "
        C|vamos a votar nominalmente secretaria
        S|concejal ospina
        C|sí
        S|concejala betancur
        M|voto negativo
        S|concejal quiceno
        M|no apruebo
        S|concejala hoyos
        M|apruebo
        S|el resultado es dos votos positivos dos votos negativos hay un empate presidente
        C|se repite la votación
        S|tres votos a favor uno en contra aprobado";
    assert_eq!(
        votes(talk),
        [(Some(2), Some(2), None, Some(Outcome::Tied)), (Some(3), Some(1), None, Some(Outcome::Approved))]
    );
}

#[test]
fn what_members_tell_of_other_days_and_places_is_no_act_of_this_session() {
    let talk = "
        C|en consideración el informe se abre la discusión tiene la palabra la concejala carolina betancur
        M|gracias presidente yo quiero decir que el informe fue aprobado en comisión por cinco votos a favor y ninguno en contra
        M|la junta declaró un receso de veinte minutos y después no había quórum y aprobaron la tarifa con doce votos
        M|siendo las tres de la mañana se rompió el tubo y el gerente dijo que se levantaba la medida
        M|el próximo lunes hay reunión con el gobernador a las nueve de la mañana y el contrato fue negado por la contraloría
        C|gracias concejala queda cerrada la discusión aprueban el informe
        S|negado presidente con cuatro votos a favor y cinco en contra";
    let found = kinds(talk);
    assert_eq!(found[0], Kind::Floor { name: ROSTER[1].to_owned() });
    assert_eq!(found.len(), 2);
    assert_eq!(votes(talk), [(Some(4), Some(5), None, Some(Outcome::Rejected))]);
}

#[test]
fn points_are_read_across_lines_and_recognised_when_their_turn_comes() {
    let talk = "
        S|el orden del día para hoy es el siguiente primer punto verificación del quórum segundo punto lectura del acta anterior
        S|tercer punto segundo debate del proyecto de acuerdo cero once
        S|cuarto punto correspondencia quinto punto proposiciones y varios
        C|siguiente punto señora secretaria
        S|tercero segundo debate del proyecto de acuerdo";
    let found = kinds(talk);
    let Kind::Agenda { items } = &found[0] else { panic!("an agenda first, not {found:?}") };
    assert_eq!(items.len(), 5);
    assert_eq!(items[2], "segundo debate del proyecto de acuerdo cero once");
    assert_eq!(found[1..], [Kind::Item { number: 3, title: items[2].clone() }]);
}

#[test]
fn the_end_tells_when_it_is_and_when_the_next_session_is() {
    let talk = "
        C|agotado el orden del día se levanta la sesión
        S|siendo las doce y cuarenta y siete de la tarde presidente
        C|quedan citados para el jueves a las ocho de la mañana";
    let next = Kind::NextSession { date: Some("2025-11-13".to_owned()), time: Some("08:00".to_owned()) };
    assert_eq!(kinds(talk), [Kind::Adjournment { time: Some("12:47".to_owned()) }, next]);
}

#[test]
fn the_evidence_is_what_was_said() {
    let talk = "C|Bueno, siendo las 9:05 a. m., se abre la sesión plenaria.";
    let found = proposals(talk, true);
    let Evidence { utterance, bytes, family } = &found[0].evidence;
    assert_eq!((*utterance, family.as_str()), (0, "A1"));
    assert_eq!(&talk[2..][bytes.clone()], "se abre la sesión");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]

    #[test]
    fn no_talk_breaks_the_rules(words in proptest::collection::vec(
        "(señor presidente|presente|siendo las|doce|votos a favor|perdón|se levanta la sesión|concejal|ospina|sí|no|primero|segundo|orden del día|en consideración|aprobado|se anula la votación|receso|mañana|[a-z9:., ]{0,6})", 0..60,
    )) {
        let talk: String = words.chunks(4).map(|line| format!("S|{}\n", line.join(" ").replace('\n', " "))).collect();
        if !talk.trim().is_empty() {
            for known in [true, false] {
                for proposal in proposals(&talk, known) {
                    let text = talk.trim().lines().nth(proposal.evidence.utterance).unwrap().trim().split_once('|').unwrap().1;
                    proptest::prop_assert!(text.get(proposal.evidence.bytes.clone()).is_some());
                    proptest::prop_assert!(proposal.utterances.start < proposal.utterances.end);
                }
            }
        }
    }
}
