//! What is proposed from what was said, with voices and without.

mod said;

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
        Kind::Vote(vote) => Some((vote.in_favour, vote.against, vote.abstaining, vote.outcome)),
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

/// For whom the votes of an election are, and how many are blank.
type Polled = (Vec<(String, u32)>, Option<u32>);

fn elected(talk: &str) -> Vec<Polled> {
    let vote = |kind| match kind {
        Kind::Vote(vote) => {
            Some((vote.candidates.into_iter().map(|other| (other.name, other.votes)).collect(), vote.blank))
        }
        _ => None,
    };
    kinds(talk).into_iter().filter_map(vote).collect()
}

fn named(talk: &str) -> VoteNames {
    let vote = |kind| if let Kind::Vote(vote) = kind { Some(vote.names) } else { None };
    kinds(talk).into_iter().find_map(vote).unwrap()
}

#[test]
fn points_without_numbers_are_told_by_what_they_are_called() {
    let talk = "
        S|El orden del día para hoy es el siguiente: verificación del quórum, lectura del acta anterior,
        S|debate de control político a la empresa de aseo, proposiciones y varios.
        C|En consideración el orden del día.";
    let found = kinds(talk);
    let Kind::Agenda { items } = &found[0] else { panic!("an agenda first, not {found:?}") };
    assert_eq!(items.len(), 4);
    assert_eq!(items[2], "debate de control político a la empresa de aseo");
    let talk = "C|lectura del orden del día\nM|yo quiero la lectura, la verificación y los informes";
    assert_eq!(kinds(talk), []);
}

#[test]
fn who_stands_for_election_has_votes_in_place_of_sides() {
    let talk = "
        C|pasamos a la elección del primer vicepresidente la votación es secreta repartan las papeletas
        S|la concejala Carolina Betancur cinco votos, el concejal Óscar Zapata tres votos y un voto en blanco
        C|queda elegida la concejala Betancur";
    let votes = vec![(ROSTER[1].to_owned(), 5), (ROSTER[4].to_owned(), 3)];
    assert_eq!(elected(talk), [(votes, Some(1))]);
    let talk = "
        C|vamos a votar para elegir secretario de la comisión
        S|siete votos por la concejala Carolina Betancur y dos votos por el concejal Óscar Zapata
        C|ha sido elegida la concejala Betancur";
    let votes = vec![(ROSTER[1].to_owned(), 7), (ROSTER[4].to_owned(), 2)];
    assert_eq!(elected(talk), [(votes, None)]);
}

#[test]
fn consent_in_plain_words_is_a_vote_only_when_the_table_says_so() {
    let approved = (None, None, None, Some(Outcome::Approved));
    for talk in [
        "C|con esa salvedad, ¿les parece bien el acta?\nS|De acuerdo, presidente.",
        "C|los que acompañen la propuesta levanten la mano\nS|todos los presentes presidenta",
        "C|¿Algún voto en contra? Queda aprobada por asentimiento.",
        "C|¿Damos por aprobado el orden del día?\nS|Sí, alcalde, se aprueba por unanimidad.",
        "C|los que quieran que sigamos mañana con la mano arriba\nS|prospera la moción presidente",
    ] {
        assert_eq!(votes(talk), [approved], "{talk}");
    }
    for talk in [
        "C|¿están de acuerdo con lo que dice el ingeniero?\nM|yo no presidente yo creo que eso hay que revisarlo con calma",
        "M|nosotros vamos a votar en contra y ya se aprobó una vez en la junta",
        "S|presidente hay nueve inscritos para la votación del concurso y tres a favor de cambiar la fecha",
        "C|si alguien está en contra que lo diga y si no seguimos",
        "C|según el reglamento si otra vez queda empatada la votación se da por negada",
    ] {
        assert_eq!(votes(talk), [], "{talk}");
    }
}

#[test]
fn a_casting_vote_decides_the_second_tie() {
    let talk = "
        C|¿Votos a favor?
        S|Cinco, alcalde.
        C|¿En contra? Cinco. Hay empate.
        C|Repetimos. ¿A favor? Cinco. ¿En contra? Cinco.
        C|Con mi voto de calidad, a favor, sale adelante.";
    let tied = (Some(5), Some(5), None, Some(Outcome::Tied));
    assert_eq!(votes(talk), [tied, (Some(5), Some(5), None, Some(Outcome::Approved))]);
}

#[test]
fn a_vote_is_heard_with_its_reasons_and_from_the_secretary() {
    let talk = "
        C|vamos a votar nominalmente secretaria
        S|concejal ospina
        M|no por las razones que ya expliqué en mi intervención
        S|concejala betancur
        M|por supuesto que sí secretaria
        S|quiceno vota sí hoyos esta vez no y el concejal zapata que llegó tarde pero vota sí arroyave tampoco
        S|tres votos a favor y tres en contra";
    let names = named(talk);
    assert_eq!(names.in_favour, [ROSTER[1], ROSTER[2], ROSTER[4]]);
    assert_eq!(names.against, [ROSTER[0], ROSTER[3], ROSTER[5]]);
}

#[test]
fn who_says_goodbye_has_left_when_the_table_lets_go() {
    let left = Kind::Departure { name: ROSTER[4].to_owned() };
    let talk = "
        C|tiene la palabra el concejal óscar zapata
        M|gracias presidente me toca irme ya porque me esperan en el hospital
        C|siga concejal zapata que le vaya bien";
    assert!(kinds(talk).contains(&left));
    for words in ["yo no me voy de aquí sin respuesta", "me voy a retirar más tarde", "me voy calentando con este tema"]
    {
        let talk =
            format!("C|tiene la palabra el concejal óscar zapata\nM|gracias presidente {words}\nC|bueno gracias");
        assert!(!kinds(&talk).contains(&left), "{words}");
    }
    let talk = "S|anote que salen los concejales zapata y hoyos";
    assert_eq!(kinds(talk), [left, Kind::Departure { name: ROSTER[3].to_owned() }]);
}

#[test]
fn who_came_is_told_from_who_did_not() {
    let came = Kind::Arrival { name: ROSTER[3].to_owned() };
    for talk in [
        "C|secretaria anote que llegó la concejala hoyos",
        "S|se informa que ingresa al recinto la concejala marta cecilia hoyos",
        "C|ya está aquí la concejala hoyos",
    ] {
        assert_eq!(kinds(talk), std::slice::from_ref(&came), "{talk}");
    }
    for talk in [
        "S|la concejala hoyos avisa que llega más tarde",
        "S|la concejala hoyos nunca llegó",
        "C|se incorpora la propuesta de la concejala hoyos al texto",
        "C|se fue la luz otra vez concejala hoyos",
        "C|concejala hoyos ya se fue el tiempo",
    ] {
        assert_eq!(kinds(talk), [], "{talk}");
    }
}

#[test]
fn a_session_begins_and_ends_in_plain_words_with_the_hour() {
    for (talk, time) in [
        ("C|buenas noches son las siete y diez de la noche arrancamos con la plenaria de hoy", "19:10"),
        ("C|Son las nueve y media de la mañana, así que vamos con el pleno de octubre.", "09:30"),
    ] {
        assert_eq!(kinds(talk), [Kind::Opening { time: Some(time.to_owned()) }], "{talk}");
    }
    for (talk, time) in [
        ("C|Pues lo dejamos aquí, son las ocho y cuarto de la tarde.", "20:15"),
        ("C|se acaba la sesión a las doce y veinte de la madrugada", "00:20"),
    ] {
        assert_eq!(kinds(talk), [Kind::Adjournment { time: Some(time.to_owned()) }], "{talk}");
    }
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

#[test]
fn who_stands_up_for_a_vote_is_in_favour_when_as_many_are_named() {
    let talk = "
        C|Los que quieran aplazar el debate se ponen de pie.
        S|Veo de pie a los concejales Ospina, Arro Yave y a la concejala Hoyos.
        S|Tres, presidente.
        C|Tres contra seis. No prospera.";
    assert_eq!(named(talk).in_favour, [ROSTER[0], ROSTER[3], ROSTER[5]]);
    assert_eq!(named(&talk.replace("Tres", "Cuatro")).in_favour, [""; 0]);
}

#[test]
fn who_abstains_in_so_many_words_is_named_and_counted() {
    let talk = "
        C|someto el acta los que la aprueban
        S|ocho votos por el sí y la concejala Betancur se abstiene queda aprobada el acta";
    assert_eq!(named(talk).abstaining, [ROSTER[1]]);
    assert_eq!(votes(talk), [(Some(8), None, Some(1), Some(Outcome::Approved))]);
}
