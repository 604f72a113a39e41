//! What goes and what stays, sentence by sentence, and what holds for every text.

use proptest::prelude::*;

use super::*;

fn cleaned(text: &str) -> String {
    clean(text, &Rule::ALL, &[]).text
}

/// The words of a text in small letters.
fn said(text: &str) -> Vec<String> {
    let parts = text.split(|letter: char| !letter.is_alphanumeric());
    parts.filter(|part| !part.is_empty()).map(str::to_lowercase).collect()
}

#[track_caller]
fn all_become(table: &[(&str, &str)]) {
    for (heard, expected) in table {
        let result = clean(heard, &Rule::ALL, &[]);
        assert_eq!(result.text, *expected, "from «{heard}»: {:?}", result.removed);
        assert_eq!(restore(&result), *heard);
    }
}

#[track_caller]
fn all_stay(sentences: &[&str]) {
    for sentence in sentences {
        let result = clean(sentence, &Rule::ALL, &[]);
        assert_eq!(result.text, *sentence, "{:?}", result.removed);
    }
}

#[test]
fn hesitations_go_and_their_commas_with_them() {
    all_become(&[
        ("Eh, buenos días a todos.", "Buenos días a todos."),
        ("eh buenos días a todos", "buenos días a todos"),
        ("El pueblo, eh, necesita agua.", "El pueblo, necesita agua."),
        ("La obra de, eh, la vía está parada.", "La obra de la vía está parada."),
        ("La obra de eh la vía está parada.", "La obra de la vía está parada."),
        ("Buenos días eh, presidente.", "Buenos días, presidente."),
        ("Muchas gracias, eh. El concejal tiene la palabra.", "Muchas gracias. El concejal tiene la palabra."),
        ("Muchas gracias. Eh. El concejal sigue.", "Muchas gracias. El concejal sigue."),
        ("Muchas gracias. Mmm, el concejal sigue.", "Muchas gracias. El concejal sigue."),
        ("La vía eh… de acceso está mala.", "La vía de acceso está mala."),
        ("¿Eh, qué pasó con la vía?", "¿Qué pasó con la vía?"),
        ("¿Qué pasó con la vía, eh?", "¿Qué pasó con la vía?"),
        ("Eh, ¿qué pasó con la vía?", "¿Qué pasó con la vía?"),
        ("Eh, emm, mmm, gracias, presidente.", "Gracias, presidente."),
        ("Tenemos, ehh, un problema; eh, grave.", "Tenemos, un problema; grave."),
        ("Muchas gracias. Eh.", "Muchas gracias."),
        ("Gracias eh", "Gracias"),
        ("Eh, mmm.", "Mmm."),
        ("Le dije «eh, venga» al señor.", "Le dije «venga» al señor."),
    ]);
}

#[test]
fn what_only_sounds_like_a_hesitation_stays() {
    all_stay(&[
        "EH Bildu presentó la moción.",
        "El grupo Eh Bildu presentó la moción.",
        "La tubería es de 20 mm de diámetro.",
        "Son veinte mm de lluvia.",
        "¡Eh, señores, silencio!",
        "Mhm, así es.",
        "Ah, perdón, presidente.",
        "Padres e hijos.",
        "El artículo 5, literal e, sigue igual.",
        "Eh.",
    ]);
}

#[test]
fn a_pause_that_tells_yes_from_no_or_parts_two_numbers_stays_as_it_was_heard() {
    all_stay(&[
        "No, eh, estoy de acuerdo.",
        "No eh estoy de acuerdo.",
        "Sí, eh, presidente.",
        "Fueron cuarenta, eh, cinco personas.",
        "Fueron 40 eh 5 personas.",
        "Costó veinte mil eh trescientos.",
        "Treinta eh y cinco votos.",
    ]);
    all_become(&[
        ("Eh, no estoy de acuerdo.", "No estoy de acuerdo."),
        ("Son eh cinco votos.", "Son cinco votos."),
        ("Son cinco, eh.", "Son cinco."),
    ]);
}

#[test]
fn este_goes_only_where_it_points_to_nothing() {
    all_become(&[
        ("Revisamos el, este, presupuesto del año.", "Revisamos el presupuesto del año."),
        ("Pedimos para, este, la comunidad más agua.", "Pedimos para la comunidad más agua."),
        ("Este, yo quería preguntar por la vía.", "Yo quería preguntar por la vía."),
        ("Este… la comunidad espera.", "La comunidad espera."),
        ("Aprobemos este este proyecto de acuerdo.", "Aprobemos este proyecto de acuerdo."),
    ]);
    all_stay(&[
        "Este proyecto es bueno.",
        "Aprobamos este… proyecto de acuerdo.",
        "Aquel barrio, este, y el otro.",
        "De los dos proyectos, este, presentado por la administración, es mejor.",
        "Este, el proyecto de vías, es nuestro.",
        "Viven en el este, cerca del río.",
        "Para, este, proyecto hay recursos.",
        "No es ese, es este.",
    ]);
}

#[test]
fn o_sea_goes_only_where_it_explains_nothing() {
    all_become(&[
        ("O sea, la comunidad no tiene agua.", "La comunidad no tiene agua."),
        ("Dijeron que, o sea, la comunidad espera.", "Dijeron que la comunidad espera."),
        ("La plata de o sea la administración llegó.", "La plata de la administración llegó."),
    ]);
    all_stay(&[
        "Son veinte, o sea, la mitad.",
        "Que sea grande o sea pequeño, se paga.",
        "O sea que no hay plata.",
        "Debe ser ahora, o sea, hoy.",
        "Son más de mil. O sea, la mitad está sin censo.",
    ]);
}

#[test]
fn digamos_goes_only_in_a_parenthesis_that_makes_no_figure_vague() {
    all_become(&[
        ("La comunidad está, digamos, preocupada.", "La comunidad está, preocupada."),
        ("Es el digamos proyecto principal.", "Es el proyecto principal."),
        ("Es un problema de, digamos, voluntad.", "Es un problema de voluntad."),
    ]);
    all_stay(&[
        "Digamos que sí.",
        "Son, digamos, quince familias.",
        "Hay unas, digamos, veinte casas.",
        "Cuesta, digamos, unos 30 millones.",
        "Digamos la verdad.",
        "Digamos, por ejemplo, el acueducto.",
    ]);
}

#[test]
fn a_tag_question_goes_in_the_middle_of_a_sentence_only() {
    all_become(&[
        ("La vía está mala, ¿cierto?, y nadie responde.", "La vía está mala, y nadie responde."),
        ("La vía está mala ¿cierto? y nadie responde.", "La vía está mala y nadie responde."),
        ("La vía ¿verdad?, la principal, está mala.", "La vía, la principal, está mala."),
        ("Queremos agua, ¿me entiende?, para todos.", "Queremos agua, para todos."),
    ]);
    all_stay(&[
        "Usted firmó, ¿cierto?",
        "La vía está dañada, ¿cierto? Y la comunidad espera.",
        "¿Cierto que sí llegó?",
        "Vamos a votar, ¿no?, y seguimos.",
        "Por cierto, falta el acta.",
        "Estoy cierto de eso.",
        "No, ¿cierto?, estamos de acuerdo.",
    ]);
}

#[test]
fn an_opening_goes_before_a_sentence_and_stays_where_it_answers() {
    all_become(&[
        ("Bueno, la situación es grave.", "La situación es grave."),
        ("Bueno, pues, eh, la situación es grave.", "La situación es grave."),
        ("bueno yo quiero preguntar algo", "yo quiero preguntar algo"),
        ("Gracias. A ver, la situación es grave.", "Gracias. La situación es grave."),
    ]);
    all_stay(&[
        "Bueno.",
        "Bueno, presidente.",
        "Bueno es saberlo a tiempo.",
        "El proyecto es bueno, la gente lo quiere mucho.",
        "No vino, pues, el secretario de obras.",
        "Vamos a ver, la vía y el puente.",
    ]);
}

#[test]
fn words_said_twice_by_a_slip_are_said_once() {
    all_become(&[
        ("Arreglaron la la vía principal.", "Arreglaron la vía principal."),
        ("Arreglaron la, la vía principal.", "Arreglaron la vía principal."),
        ("Arreglaron la… la vía principal.", "Arreglaron la vía principal."),
        ("La la la vía está mala.", "La vía está mala."),
        ("Dijo que que no hay plata.", "Dijo que no hay plata."),
        ("Vamos a vamos a votar.", "Vamos a votar."),
        ("Vamos a vamos a vamos a votar.", "Vamos a votar."),
        ("Vamos a, vamos a votar.", "Vamos a votar."),
        ("El proyecto el proyecto de vías sigue.", "El proyecto de vías sigue."),
        ("Arreglaron la eh la vía.", "Arreglaron la vía."),
        ("Lo que lo que pasa es grave.", "Lo que pasa es grave."),
        ("Yo yo creo que está está mal.", "Yo creo que está mal."),
        ("Es de la de la comunidad.", "Es de la comunidad."),
        ("Un un concejal y y una concejala.", "Un concejal y una concejala."),
    ]);
}

#[test]
fn words_said_twice_on_purpose_stay() {
    all_stay(&[
        "No, no estoy de acuerdo.",
        "No no estoy de acuerdo.",
        "Sí, sí, apruebo.",
        "si si apruebo",
        "Es muy muy grave.",
        "Queremos la paz, la paz, la paz.",
        "Dos dos siete cero.",
        "Dos mil dos mil.",
        "El concejal García García votó.",
        "De acuerdo de acuerdo, sigamos.",
        "A favor a favor.",
        "Gracias, presidente. Presidente, la palabra.",
        "Gota a gota a gota se llena.",
        "Visitamos casa a casa a los vecinos.",
        "Llamó una a una a las familias.",
        "Leyó punto por punto por orden.",
        "Pide más y más y nadie da.",
        "Día tras día tras día.",
        "El literal a a la letra dice.",
        "Vamos a La La Guajira.",
        "Que qué opino, preguntan.",
        "Él el lunes no viene.",
        "Dice que no que no hay plata.",
        "Los tres los tres votos.",
        "Con la la.",
        "Agua agua para el pueblo.",
        "Vino, vino y se fue.",
    ]);
}

#[test]
fn broken_words_go_when_they_are_said_anew() {
    all_become(&[
        ("El pres- el presidente tiene razón.", "El presidente tiene razón."),
        ("El pres- presidente tiene razón.", "El presidente tiene razón."),
        ("El pres- la presidenta tiene razón.", "La presidenta tiene razón."),
        ("El alc- el secretario tiene razón.", "El secretario tiene razón."),
        ("El conce… el concejal tiene razón.", "El concejal tiene razón."),
        ("Dice el conce... el concejal que vino.", "Dice el concejal que vino."),
        ("Habló del dep… departamento.", "Habló del departamento."),
        ("El p-p-presupuesto llegó.", "El presupuesto llegó."),
        ("P-presupuesto no hay.", "Presupuesto no hay."),
        ("El pre pre presupuesto llegó.", "El presupuesto llegó."),
        ("Fueron se- setenta votos.", "Fueron setenta votos."),
    ]);
}

#[test]
fn whole_words_and_doubts_are_not_broken_words() {
    all_stay(&[
        "El plan… planeación lo hizo.",
        "Aprobamos la obra… las obras del año.",
        "La pre- y la posproducción.",
        "El vein- treinta por ciento.",
        "Ayudan a las personas -los dueños- los inquilinatos no.",
        "Los tres- cuatro votos.",
        "Y entonces el pres-",
        "El coordinador y el co-coordinador.",
        "La vía Medellín - Bogotá.",
        "El ex-alcalde y la vía norte-sur.",
        "Son mil- millones de pesos.",
        "No- nosotros sí.",
        "El acuerdo 2020-2023.",
    ]);
}

#[test]
fn several_spaces_become_one_and_lines_stay() {
    all_become(&[
        ("La  vía   está\u{a0} mala.", "La vía está\u{a0}mala."),
        ("Primero.\n\n  Segundo.", "Primero.\n\n Segundo."),
    ]);
    all_stay(&["Primero.\n\nSegundo.", "La vía\testá mala."]);
}

#[test]
fn a_constancia_and_what_the_secretary_wants_back_stay_untouched() {
    let text = "Eh, gracias. Dejo constancia: eh, la la vía. Eh, sigamos.";
    let from = text.find("Dejo").unwrap();
    let to = text.find(" Eh, sigamos").unwrap();
    let kept = clean(text, &Rule::ALL, std::slice::from_ref(&(from..to)));
    assert_eq!(kept.text, "Gracias. Dejo constancia: eh, la la vía. Sigamos.");
    assert_eq!(restore(&kept), text);
    let denied = clean("No, eh, estoy de acuerdo.", &Rule::ALL, std::slice::from_ref(&(0..2)));
    assert_eq!(denied.text, "No, eh, estoy de acuerdo.");
    let first = clean(text, &Rule::ALL, &[]).removed[0].range.clone();
    let back = clean(text, &Rule::ALL, &[first]);
    assert_eq!(back.text, "Eh, gracias. Dejo constancia: la vía. Sigamos.");
}

#[test]
fn each_rule_can_be_switched_off_alone() {
    let samples = [
        (Rule::Hesitation, "Gracias eh presidente"),
        (Rule::Este, "Es el, este, proyecto"),
        (Rule::OSea, "O sea, la comunidad espera"),
        (Rule::Digamos, "Está, digamos, preocupada"),
        (Rule::Tag, "La vía, ¿cierto?, está mala"),
        (Rule::Opening, "Bueno, la situación es grave"),
        (Rule::Repetition, "Arreglaron la la vía"),
        (Rule::Stutter, "El p-p-presupuesto"),
        (Rule::FalseStart, "El pres- presidente"),
        (Rule::Spacing, "La  vía"),
    ];
    for (off, text) in samples {
        let rest: Vec<Rule> = Rule::ALL.into_iter().filter(|rule| *rule != off).collect();
        assert_eq!(clean(text, &rest, &[]).text, text, "{off:?}");
        let alone = clean(text, &[off], &[]);
        assert_ne!(alone.text, text, "{off:?}");
        assert!(alone.removed.iter().all(|removal| removal.rule == off));
    }
    let small = clean("Eh, gracias, presidente", &[Rule::Hesitation], &[]);
    assert_eq!(small.text, "gracias, presidente");
}

#[test]
fn every_rule_has_a_name_in_the_catalogue_and_an_id_that_settings_keep() {
    for rule in Rule::ALL {
        assert!(!rule.name().starts_with("cleaning."), "{rule:?}");
        assert_eq!(serde_json::to_value(rule).unwrap(), rule.id());
    }
}

#[test]
fn each_removal_says_what_stood_where_and_what_stands_there_now() {
    let text = "Eh, la la vía";
    let result = clean(text, &Rule::ALL, &[]);
    assert_eq!(result.text, "La vía");
    let listed: Vec<_> = result.removed.iter().map(|one| (one.rule, one.taken.as_str(), one.put.as_str())).collect();
    assert_eq!(listed, [(Rule::Hesitation, "Eh, ", ""), (Rule::Repetition, "la ", ""), (Rule::Capital, "l", "L")]);
    assert!(result.removed.iter().all(|one| text[one.range.clone()] == one.taken));
}

/// Speech as it is heard, made of everything the rules look at.
fn speech() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "eh",
        "Eh",
        "mmm",
        "este",
        "Este",
        "o sea",
        "O sea",
        "digamos",
        "¿cierto?",
        "¿verdad?",
        "bueno",
        "Bueno",
        "pues",
        "a ver",
        "la",
        "La",
        "el",
        "de",
        "que",
        "vía",
        "vamos a",
        "proyecto",
        "pres-",
        "presidente",
        "conce…",
        "concejal",
        "p-p-presupuesto",
        "pre",
        "presupuesto",
        "no",
        "No",
        "sí",
        "yo",
        "dos",
        "mil",
        "20",
        "García",
        "presidenta",
        "EH",
        "Ñame",
        "é",
        "«así»",
        "(no)",
        "“bien”",
        "un",
        "una",
        "a",
        "y",
        "o",
        "acuerdo",
    ]);
    let gap = prop::sample::select(vec![
        " ", " ", " ", " ", ", ", ", ", ". ", "… ", "  ", "? ", "; ", "\n", " - ", "... ", ",", "",
    ]);
    prop::collection::vec((word, gap), 0..25)
        .prop_map(|parts| parts.into_iter().map(|(word, gap)| format!("{word}{gap}")).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn everything_can_come_back(text in prop_oneof![speech(), "\\PC{0,60}"]) {
        prop_assert_eq!(restore(&clean(&text, &Rule::ALL, &[])), text);
    }

    #[test]
    fn what_is_clean_stays_as_it_is(text in speech()) {
        let once = cleaned(&text);
        let twice = clean(&once, &Rule::ALL, &[]);
        prop_assert_eq!(&twice.text, &once);
        prop_assert!(twice.removed.is_empty());
    }

    #[test]
    fn no_word_is_added_or_moved(text in speech()) {
        let before = said(&text);
        let after = said(&cleaned(&text));
        let mut rest = before.iter();
        prop_assert!(after.iter().all(|word| rest.any(|other| other == word)), "{:?} of {:?}", after, before);
        prop_assert!(before.is_empty() == after.is_empty());
    }

    #[test]
    fn denials_votes_numbers_and_names_are_never_taken_out(text in speech()) {
        for binding in ["no", "sí", "dos", "mil", "20", "garcía", "acuerdo", "ñame", "bien"] {
            let count = |text: &str| said(text).iter().filter(|word| *word == binding).count();
            prop_assert_eq!(count(&text), count(&cleaned(&text)), "{}", binding);
        }
    }

    #[test]
    fn what_is_taken_out_is_exactly_what_is_listed(text in speech()) {
        let result = clean(&text, &Rule::ALL, &[]);
        let mut rebuilt = String::new();
        let mut reached = 0;
        for removal in &result.removed {
            prop_assert!(removal.range.start >= reached);
            prop_assert_eq!(&text[removal.range.clone()], &removal.taken);
            prop_assert!(removal.put.is_empty() == (removal.rule != Rule::Capital));
            rebuilt.push_str(&text[reached..removal.range.start]);
            rebuilt.push_str(&removal.put);
            reached = removal.range.end;
        }
        rebuilt.push_str(&text[reached..]);
        prop_assert_eq!(rebuilt, result.text);
    }

    #[test]
    fn untouched_text_is_untouched(text in speech(), from in 0_usize..60, length in 1_usize..40) {
        let from = text.floor_char_boundary(from.min(text.len()));
        let to = text.floor_char_boundary((from + length).min(text.len()));
        let result = clean(&text, &Rule::ALL, std::slice::from_ref(&(from..to)));
        prop_assert!(result.removed.iter().all(|one| one.range.end <= from || one.range.start >= to || from == to));
        prop_assert_eq!(restore(&result), text);
    }
}
