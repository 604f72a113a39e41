//! What is personal data and what is not, and that nothing confirmed is left behind.

use proptest::prelude::*;

use super::*;

fn found(text: &str) -> Vec<(Kind, &str, Confidence)> {
    suggest(text).into_iter().map(|one| (one.kind, &text[one.range], one.confidence)).collect()
}

fn masked(text: &str) -> String {
    mask(text, &suggest(text))
}

#[track_caller]
fn each_is(kind: Kind, table: &[(&str, &str)]) {
    for (text, expected) in table {
        let all: Vec<&str> =
            suggest(text).into_iter().filter(|one| one.kind == kind).map(|one| &text[one.range]).collect();
        assert_eq!(all, [*expected], "in «{text}»: {:?}", found(text));
    }
}

#[track_caller]
fn nothing_in(sentences: &[&str]) {
    for sentence in sentences {
        assert_eq!(found(sentence), [], "in «{sentence}»");
    }
}

#[test]
fn identity_numbers_are_found_behind_the_word_for_the_document() {
    each_is(
        Kind::Identity,
        &[
            ("con cédula de ciudadanía número 1.128.456.789 de Medellín", "1.128.456.789"),
            ("identificada con C.C. No. 43 567 890", "43 567 890"),
            ("con c.c. 43567890, vecino", "43567890"),
            ("mi cédula es la 43567890", "43567890"),
            ("con célula de ciudadanía 71.234.567", "71.234.567"),
            ("con CC1128456789 de aquí", "CC1128456789"),
            ("tarjeta de identidad número 1.001.234.567", "1.001.234.567"),
            ("registro civil 1122334455", "1122334455"),
            ("con T.I. 1001234567", "1001234567"),
            ("NIT 800.197.268-4", "800.197.268-4"),
            ("con NIT 800197268 - 4", "800197268 - 4"),
            ("DNI 12345678Z", "12345678Z"),
            ("con pasaporte AB123456", "AB123456"),
            (
                "mi cédula es mil ciento veintiocho millones cuatrocientos cincuenta y seis mil setecientos ochenta y nueve y vivo aquí",
                "mil ciento veintiocho millones cuatrocientos cincuenta y seis mil setecientos ochenta y nueve",
            ),
            ("cédula cuatro, tres, cinco, seis, siete, ocho", "cuatro, tres, cinco, seis, siete, ocho"),
        ],
    );
}

#[test]
fn a_check_letter_or_digit_makes_a_number_certain() {
    assert_eq!(found("vino 12.345.678-Z ayer"), [(Kind::Identity, "12.345.678-Z", Confidence::Certain)]);
    assert_eq!(found("vino X1234567L ayer"), [(Kind::Identity, "X1234567L", Confidence::Certain)]);
    assert_eq!(found("vino 12345678 Z ayer"), [(Kind::Identity, "12345678 Z", Confidence::Certain)]);
    assert_eq!(found("DNI 12345678A"), [(Kind::Identity, "12345678A", Confidence::Likely)]);
    assert_eq!(found("vino 12345678A ayer"), []);
    assert_eq!(found("el NIT número 8001972684"), [(Kind::Identity, "8001972684", Confidence::Certain)]);
    assert_eq!(found("el NIT número 8001972685"), [(Kind::Identity, "8001972685", Confidence::Likely)]);
    assert_eq!(found("la empresa 800.197.268-4"), [(Kind::Identity, "800.197.268-4", Confidence::Likely)]);
    let iban = "ES91 2100 0418 4502 0005 1332";
    assert_eq!(found(&format!("pague a {iban} hoy")), [(Kind::Account, iban, Confidence::Certain)]);
}

#[test]
fn telephones_are_found_by_their_form_or_by_the_word() {
    each_is(
        Kind::Telephone,
        &[
            ("me llaman al 310 456 7890 mañana", "310 456 7890"),
            ("al 3104567890.", "3104567890"),
            ("al 310 4567890", "310 4567890"),
            ("al +57 310 456 78 90", "57 310 456 78 90"),
            ("teléfono 604 444 5566", "604 444 5566"),
            ("el fijo es 4445566", "4445566"),
            ("mi móvil es el 612 34 56 78", "612 34 56 78"),
            ("anote, 612 345 678", "612 345 678"),
            (
                "celular tres diez, cuatro cincuenta y seis, setenta y ocho noventa",
                "tres diez, cuatro cincuenta y seis, setenta y ocho noventa",
            ),
        ],
    );
}

#[test]
fn mail_addresses_are_found_written_and_said() {
    each_is(
        Kind::Email,
        &[
            ("escriba a juan.perez@gmail.com.", "juan.perez@gmail.com"),
            ("es juan punto pérez arroba gmail punto com", "juan punto pérez arroba gmail punto com"),
            ("mi correo es juan pérez arroba hotmail", "juan pérez arroba hotmail"),
            ("ana arroba correo punto com punto co y ya", "ana arroba correo punto com punto co"),
            ("ana arroba gmail.com", "ana arroba gmail.com"),
        ],
    );
    assert_eq!(found("escriba a concejo@municipio.gov.co")[0].2, Confidence::Possible);
    nothing_in(&["Una arroba de papa vale mucho.", "El usuario @concejo publicó."]);
}

#[test]
fn addresses_need_the_number_of_a_house() {
    each_is(
        Kind::Address,
        &[
            ("vivo en la Calle 45 # 23-17, apartamento 301", "Calle 45 # 23-17, apartamento 301"),
            ("en la carrera 70 A número 12 B - 34 vive", "carrera 70 A número 12 B - 34"),
            ("Cra. 7 No. 32 - 16", "Cra. 7 No. 32 - 16"),
            ("Calle 45 # 23, 20 personas", "Calle 45 # 23"),
            ("Transversal 5 Sur # 8-9", "Transversal 5 Sur # 8-9"),
            ("reside en la Diagonal 40 # 12A-08", "Diagonal 40 # 12A-08"),
            (
                "calle cuarenta y cinco número veintitrés diecisiete",
                "calle cuarenta y cinco número veintitrés diecisiete",
            ),
            ("Vivo en el barrio La Floresta, casa 12", "barrio La Floresta, casa 12"),
            ("vereda El Salado, casa número 3", "vereda El Salado, casa número 3"),
            ("vive en la calle Mayor, número 5, piso 3", "calle Mayor, número 5, piso 3"),
            ("la avenida de la Constitución 12, piso 2", "avenida de la Constitución 12, piso 2"),
        ],
    );
    nothing_in(&[
        "La Calle 45 está dañada.",
        "En la Calle 45 con Carrera 70 hay un hueco.",
        "El barrio La Floresta y la vereda El Salado piden agua.",
        "La plaza de mercado tiene 20 locales.",
        "La avenida Boyacá tuvo 300 accidentes.",
        "En la calle Mayor, 20 vecinos protestaron.",
        "Los habitantes de la calle son 40.",
    ]);
    assert_eq!(found("Vivo en la Calle 45 # 23-17")[0].2, Confidence::Likely);
    assert_eq!(found("La obra de la Calle 45 # 23-17")[0].2, Confidence::Possible);
}

#[test]
fn accounts_and_plates_are_found_behind_their_word() {
    each_is(
        Kind::Account,
        &[
            ("cuenta de ahorros número 123-456789-01 de", "123-456789-01"),
            ("cuenta corriente del Banco Agrario 0123 4567 8901", "0123 4567 8901"),
            ("por Nequi 3104567890", "3104567890"),
            ("IBAN ES92 2100 0418 4502 0005 1332", "ES92 2100 0418 4502 0005 1332"),
        ],
    );
    each_is(
        Kind::Plate,
        &[
            ("la moto de placa ABC-12D", "ABC-12D"),
            ("vehículo de placas ABC 123", "ABC 123"),
            ("con matrícula 1234 BCD", "1234 BCD"),
            ("de placa A B C uno dos tres", "A B C uno dos tres"),
        ],
    );
    nothing_in(&[
        "La placa huella de la vereda.",
        "En cuenta corriente hay 500.000.000 de pesos.",
        "Según el POT 123 de 2014.",
        "Tenga en cuenta 100000 razones.",
    ]);
}

#[test]
fn the_names_of_minors_become_initials_wherever_they_stand() {
    assert_eq!(masked("La niña María Fernanda López canta."), "La niña M. F. L. canta.");
    assert_eq!(masked("Mi hijo de siete años, Juan Pérez, estudia."), "Mi hijo de siete años, J. P., estudia.");
    assert_eq!(
        masked("La menor de edad Ana de los Ríos vino. Ana de los Ríos habló."),
        "La menor de edad A. R. vino. A. R. habló."
    );
    assert_eq!(masked("Los niños Ana y Luis cantaron. Luis ganó."), "Los niños A. y L. cantaron. L. ganó.");
    assert_eq!(masked("El niño llamado Luis."), "El niño llamado L.");
    assert_eq!(masked("Lo pintó Iris Paz, una niña de aquí."), "Lo pintó I. P., una niña de aquí.");
    let other = "Una niña Laura vino. Laura cantó. Habló la directora Laura Ruiz.";
    assert_eq!(masked(other), "Una niña L. vino. L. cantó. Habló la directora Laura Ruiz.");
    assert_eq!(found("Las niñas Emberá cantaron.")[0].2, Confidence::Possible);
    assert_eq!(found("Mi hijo Pedro Gómez es concejal.")[0].2, Confidence::Possible);
}

#[test]
fn a_minor_without_a_name_is_pointed_out_and_nothing_is_replaced() {
    for text in ["Tengo un hijo de siete años enfermo.", "Es menor de edad.", "Una niña de 12 años murió."] {
        let suggestions = suggest(text);
        assert_eq!(suggestions.len(), 1, "{text}");
        assert_eq!((suggestions[0].kind, &suggestions[0].replacement), (Kind::Minor, &None));
        assert_eq!(mask(text, &suggestions), text);
    }
    nothing_in(&[
        "Los niños de la Comuna 8 piden escuela.",
        "Es tarde. Entonces, una niña vino.",
        "A menor costo, mejor.",
        "El fenómeno de El Niño seca los ríos.",
        "El niño Dios.",
        "Mis hijos y los de ustedes.",
    ]);
}

#[test]
fn health_and_victims_are_pointed_out_and_never_replaced() {
    let text = "Mi mamá tiene cáncer. Fue diagnosticada con diabetes. Ella fue víctima de abuso sexual.";
    let suggestions = suggest(text);
    let kinds: Vec<Kind> = suggestions.iter().map(|one| one.kind).collect();
    assert_eq!(kinds, [Kind::Health, Kind::Health, Kind::Victim]);
    assert_eq!(mask(text, &suggestions), text);
    nothing_in(&[
        "La campaña contra el cáncer de mama.",
        "La política de discapacidad y salud.",
        "La ciudad sufre de falta de mando.",
    ]);
}

#[test]
fn sums_laws_votes_and_officials_are_nobody_s_data() {
    nothing_in(&[
        "El contrato vale $ 3.106.000.000 de pesos.",
        "Son 3.106.000.000 pesos y 612 345 678 euros.",
        "Tres mil ciento seis millones de pesos.",
        "Se invirtieron 3 106 000 000 y luego 612.345.678 más.",
        "La Ley 1581 de 2012, el Acuerdo 019 de 2016 y el Decreto 1081 de 2015.",
        "Radicado número 202500000001.",
        "Con dieciséis (16) votos a favor y 5 en contra.",
        "Votos: uno, dos, tres, cuatro, cinco, seis, siete.",
        "El presidente Juan Carlos Upegui y la secretaria Ana Pérez.",
        "El 10 de noviembre de 2025 a las 9:15.",
        "Población de 2.612.345 habitantes en 2024.",
        "La cédula no la tengo; hay 50.000 personas.",
        "El documento habla de 50.000 familias.",
        "El concejal del CC Nutibara.",
        "Son 21 concejales, 16 artículos y 341 folios.",
        "Presupuesto de 1.900.000.000.000 para 2026.",
    ]);
}

#[test]
fn nothing_is_masked_that_was_not_confirmed() {
    let text = "Cédula 43567890 y teléfono 310 456 7890.";
    assert_eq!(mask(text, &[]), text);
    let suggestions = suggest(text);
    assert_eq!(mask(text, &suggestions[1..]), "Cédula 43567890 y teléfono [teléfono omitido].");
}

#[test]
fn what_is_confirmed_goes_wherever_it_is_written_again() {
    let text = "Cédula 1.128.456.789. Repito: 1128456789, o 1 128 456 789. Vale $ 11.284.567.890, CC1128456789.";
    let masked = mask(text, &suggest(text)[..1]);
    assert_eq!(
        masked,
        "Cédula [identificación omitida]. Repito: [identificación omitida], o [identificación omitida]. Vale $ 11.284.567.890, CC[identificación omitida]."
    );
}

#[test]
fn a_person_can_mark_what_was_not_found() {
    let text = "Vino doña Ñusta.";
    let at = text.find("doña").unwrap();
    let marked = Suggestion::new(text, at..text.len() - 1, Kind::Identity, Confidence::Certain).unwrap();
    assert_eq!(mask(text, &[marked]), "Vino [identificación omitida].");
    assert_eq!(Suggestion::new(text, 0..at + 3, Kind::Identity, Confidence::Certain), None);
}

proptest! {
    #[test]
    fn no_confirmed_text_remains_nor_its_digits(
        number in 10_000_000_u64..2_000_000_000,
        mobile in 3_000_000_000_u64..3_509_999_999,
        way in prop::sample::select(vec![".", " ", "", ","]),
        before in "[a-zñáé ]{0,20}",
        order in any::<bool>(),
    ) {
        let grouped = grouped(number, way);
        let plain = number.to_string();
        let (one, other) = if order { (&grouped, &plain) } else { (&plain, &grouped) };
        let text = format!("{before} mi cédula es {one}, sí, {other}; mi celular es {mobile}. Dije {one}.");
        let suggestions = suggest(&text);
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        prop_assert!(suggestions.iter().any(|one| digits(&text[one.range.clone()]) == plain));
        let masked = mask(&text, &suggestions);
        prop_assert_eq!(digits(&masked), "", "{}", masked);
        for suggestion in &suggestions {
            prop_assert!(!masked.contains(&text[suggestion.range.clone()]));
        }
    }

    #[test]
    fn no_text_breaks_the_search_and_suggestions_never_overlap(text in "\\PC{0,80}|([a-zñ]{1,6}|cédula|niña|Ana|calle|45|#|23-17|@|[.,] |arroba|punto|com|IBAN|placa){0,20}") {
        let suggestions = suggest(&text);
        prop_assert!(suggestions.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start));
        prop_assert!(suggestions.iter().all(|one| text.get(one.range.clone()).is_some_and(|said| !said.is_empty())));
        mask(&text, &suggestions);
    }
}

fn grouped(number: u64, mark: &str) -> String {
    let digits = number.to_string();
    let lead = (digits.len() - 1) % 3 + 1;
    let (first, rest) = digits.split_at(lead);
    let groups = rest.as_bytes().chunks(3).map(|group| String::from_utf8_lossy(group).into_owned());
    std::iter::once(first.to_owned()).chain(groups).collect::<Vec<_>>().join(mark)
}
