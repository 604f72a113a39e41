//! What is said in sessions and written in minutes, and what only looks like a figure.

use proptest::prelude::*;
use time::macros::date;

use super::*;

/// The figures of a text as `words=value`, one after the other.
fn read(text: &str) -> String {
    let shown = |figure: Figure| format!("{}={}", &text[figure.range], value(figure.value));
    figures(text).into_iter().map(shown).collect::<Vec<_>>().join(" | ")
}

/// Only the values, for texts that are one figure.
fn values(text: &str) -> String {
    figures(text).into_iter().map(|figure| value(figure.value)).collect::<Vec<_>>().join(" | ")
}

fn decimal(decimal: Decimal) -> String {
    let digits = format!("{:0>width$}", decimal.units(), width = usize::from(decimal.places()) + 1);
    match digits.split_at(digits.len() - usize::from(decimal.places())) {
        (whole, "") => whole.to_owned(),
        (whole, fraction) => format!("{whole}.{fraction}"),
    }
}

fn value(value: Value) -> String {
    match value {
        Value::Number(number) => decimal(number),
        Value::Percentage(number) => format!("{}%", decimal(number)),
        Value::Money(Money { amount, currency }) => format!("{} {currency:?}", decimal(amount)),
        Value::Law(Law { norm, number, year: Some(year) }) => format!("{norm:?} {number}/{year}"),
        Value::Law(Law { norm, number, year: None }) => format!("{norm:?} {number}"),
        Value::Hour { minute, half_said } => {
            format!("{:02}:{:02}{}", minute / 60, minute % 60, if half_said { "" } else { "?" })
        }
        Value::Date(Date { day, month, year }) => {
            format!("{}-{month:02}-{day:02}", year.map_or("?".to_owned(), |year| year.to_string()))
        }
    }
}

fn all(said: &[(&str, &str)]) {
    let wrong: Vec<String> = said
        .iter()
        .filter(|(text, meant)| values(text) != *meant)
        .map(|(text, meant)| format!("«{text}»: {} and not {meant}", read(text)))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn numbers_are_read_in_words_in_digits_and_half_in_each() {
    all(&[
        ("trece concejales", "13"),
        ("veintiún votos a favor", "21"),
        ("treinta y una personas", "31"),
        ("ciento treinta y seis", "136"),
        ("doscientas familias", "200"),
        ("mil", "1000"),
        ("mil uno", "1001"),
        ("cien mil habitantes", "100000"),
        ("dos mil quinientos cuarenta y tres", "2543"),
        ("VEINTISÉIS votos", "26"),
        ("un millón de habitantes", "1000000"),
        ("tres mil quinientos millones", "3500000000"),
        ("3 mil quinientos millones", "3500000000"),
        ("3 mil 500 millones", "3500000000"),
        ("3.500 millones", "3500000000"),
        ("mil doscientos millones", "1200000000"),
        ("dos millones quinientos mil", "2500000"),
        ("2 millones 500 mil", "2500000"),
        ("un billón doscientos mil millones", "1200000000000"),
        ("1.9 billones", "1900000000000"),
        ("uno coma nueve billones", "1900000000000"),
        ("1,9 billones", "1900000000000"),
        ("dos millones y medio", "2500000"),
        ("medio millón", "500000"),
        ("3,5 mil millones", "3500000000"),
        ("45 mil 300", "45300"),
        ("20millones", "20000000"),
        ("25.000", "25000"),
        ("25,000", "25000"),
        ("25 000", "25000"),
        ("25\u{a0}000", "25000"),
        ("1'250.000", "1250000"),
        ("1.250.000,50", "1250000.5"),
        ("1,250,000.50", "1250000.5"),
        ("12,5", "12.5"),
        ("0.125", "0.125"),
        ("018", "18"),
        ("doce coma cinco", "12.5"),
        ("doce coma cero cinco", "12.05"),
        ("seis punto tres", "6.3"),
        ("6 punto 3", "6.3"),
        ("tres coma uno cuatro uno seis", "3.1416"),
        ("doce coma setenta y cinco", "12.75"),
        ("uno dos tres", "2 | 3"),
        ("veinte, treinta y cuarenta", "20 | 30 | 40"),
        ("cero votos en contra", "0"),
        ("entre 2024-2027", "2024 | 2027"),
        ("el año 2025", "2025"),
        ("tres millones un momento", "3000000"),
        ("dos millones tres millones", "2000000 | 3000000"),
    ]);
}

#[test]
fn a_number_said_twice_is_one_figure_while_both_agree() {
    assert_eq!(read("con trece (13) votos"), "trece (13)=13");
    assert_eq!(read("con 13 (trece) votos"), "13 (trece)=13");
    assert_eq!(read("con trece (14) votos"), "trece=13 | 14=14");
    assert_eq!(
        read("veinte millones de pesos ($20.000.000) M/CTE"),
        "veinte millones de pesos ($20.000.000)=20000000 Peso"
    );
    assert_eq!(read("veinte millones ($20.000.000) de pesos"), "veinte millones ($20.000.000) de pesos=20000000 Peso");
    assert_eq!(read("sesenta y cuatro por ciento (64 %)"), "sesenta y cuatro por ciento (64 %)=64%");
}

#[test]
fn what_only_looks_like_a_number_is_none() {
    for text in [
        "una persona pidió un momento",
        "uno de los concejales",
        "el primero y el segundo punto",
        "a las mil maravillas",
        "mil gracias, un millón de gracias",
        "las mil y una cosas",
        "miles de millones de pesos",
        "COVID-19",
        "la vía B12 y el 3er puesto",
        "el 1.º y la 2.ª",
        "192.168.1.1",
        "medio día de trabajo y media hora",
        "tiene un peso importante",
        "",
    ] {
        assert_eq!(read(text), "");
    }
}

#[test]
fn money_says_how_much_and_of_what() {
    all(&[
        ("$25.000", "25000 Peso"),
        ("$ 25 000", "25000 Peso"),
        ("$ 3106 millones", "3106000000 Peso"),
        ("$ 3.106 millones", "3106000000 Peso"),
        ("$1'250.000", "1250000 Peso"),
        ("25.000 pesos", "25000 Peso"),
        ("25,000 pesos", "25000 Peso"),
        ("mil pesos", "1000 Peso"),
        ("mil doscientos millones de pesos", "1200000000 Peso"),
        ("3 mil quinientos millones de pesos", "3500000000 Peso"),
        ("un millón y medio de pesos", "1500000 Peso"),
        ("1.9 billones de pesos", "1900000000000 Peso"),
        ("dos billones de pesos", "2000000000000 Peso"),
        ("veinte mil pesos m/cte.", "20000 Peso"),
        ("quinientos mil pesos moneda corriente", "500000 Peso"),
        ("45.000 €", "45000 Euro"),
        ("12,50 €", "12.5 Euro"),
        ("1.234,56 euros", "1234.56 Euro"),
        ("1,234 millones de euros", "1234000 Euro"),
        ("doce euros con cincuenta", "12.5 Euro"),
        ("doce con cincuenta euros", "12.5 Euro"),
        ("tres euros y cinco céntimos", "3.05 Euro"),
        ("un euro", "1 Euro"),
        ("ochenta céntimos", "0.8 Euro"),
        ("tres millones de euros", "3000000 Euro"),
        ("US$ 5.000", "5000 Dollar"),
        ("dos mil dólares", "2000 Dollar"),
        ("$ 20.000 y $ 30.000", "20000 Peso | 30000 Peso"),
        ("entre veinte y treinta millones de pesos", "20 | 30000000 Peso"),
    ]);
}

#[test]
fn years_telephones_and_identity_numbers_are_no_money() {
    all(&[
        ("en el 2025", "2025"),
        ("cédula 1.020.345.678 de Medellín", "1020345678"),
        ("llame al 310 456 7890", "310 | 456 | 7890"),
        ("dos millones de habitantes", "2000000"),
    ]);
}

#[test]
fn percentages_keep_their_decimals() {
    all(&[
        ("el 64 %", "64%"),
        ("el 64%", "64%"),
        ("un 12,5 %", "12.5%"),
        ("el 7,966 %", "7.966%"),
        ("doce coma cinco por ciento", "12.5%"),
        ("seis punto tres por ciento", "6.3%"),
        ("un uno por ciento", "1%"),
        ("el cien por ciento", "100%"),
        ("cien por cien", "100%"),
        ("medio por ciento", "0.5%"),
        ("dos y medio por ciento", "2.5%"),
        ("el 100 por ciento", "100%"),
        ("estamos de acuerdo 100 %", "100%"),
    ]);
}

#[test]
fn laws_are_known_by_kind_number_and_year() {
    all(&[
        ("ley 136 de 1994", "Law 136/1994"),
        ("la Ley 136 del 94", "Law 136/1994"),
        ("ley ciento treinta y seis de mil novecientos noventa y cuatro", "Law 136/1994"),
        ("ley cien del noventa y tres", "Law 100/1993"),
        ("el Acuerdo 36 de 2025 y el 37", "Accord 36/2025 | 37"),
        ("el artículo 73 de la ley 136", "Article 73 | Law 136"),
        ("ley quince cincuenta y uno de dos mil doce", "Law 1551/2012"),
        ("decreto diez setenta y siete de dos mil quince", "Decree 1077/2015"),
        ("ley mil quinientos cincuenta y uno del año 2012", "Law 1551/2012"),
        ("acuerdo municipal 018 de 2023", "Accord 18/2023"),
        ("Acuerdo No. 018 de 2023", "Accord 18/2023"),
        ("acuerdo cero dieciocho", "Accord 18"),
        ("acuerdo doce trece concejales", "Accord 12 | 13"),
        ("acuerdo cero cero cinco de dos mil veinte", "Accord 5/2020"),
        ("la ley catorce treinta y uno", "Law 1431"),
        ("proyecto de acuerdo 025 de 2025", "Bill 25/2025"),
        ("el proyecto de acuerdo número veinticinco", "Bill 25"),
        ("real decreto 2568/1986", "RoyalDecree 2568/1986"),
        ("Real Decreto 2568/1986, de 28 de noviembre", "RoyalDecree 2568/1986 | ?-11-28"),
        ("Ley Orgánica 3/2018", "Law 3/2018"),
        ("decreto-ley 1421 de 1993", "Decree 1421/1993"),
        ("decreto ley 1421 de 1993", "Decree 1421/1993"),
        ("ordenanza 7 de 2020", "Ordinance 7/2020"),
        ("resolución N.º 045 del 12 de noviembre de 2025", "Resolution 45 | 2025-11-12"),
        ("acto legislativo 02 de 2007", "LegislativeAct 2/2007"),
        ("artículo 29", "Article 29"),
        ("el artículo veintinueve de la ley 136 de 1994", "Article 29 | Law 136/1994"),
        ("artículo primero", "Article 1"),
        ("artículo décimo segundo", "Article 12"),
        ("el artículo 109.1.e", "Article 109"),
        ("art. 26", "Article 26"),
        ("artículo 2.2.6.1.4 del decreto 1077 de 2015", "Decree 1077/2015"),
        ("estamos de acuerdo trece concejales", "13"),
        ("de acuerdo con la ley", ""),
    ]);
}

#[test]
fn hours_are_minutes_of_the_day_and_say_whether_their_half_was_guessed() {
    all(&[
        ("siendo las nueve y quince de la mañana", "09:15"),
        ("a las 9:05 a. m.", "09:05"),
        ("a las 9:05 a.m. se abrió", "09:05"),
        ("9:05 am", "09:05"),
        ("7 p.m.", "19:00"),
        ("7 pm", "19:00"),
        ("12:00 m.", "12:00"),
        ("12 m.", "12:00"),
        ("12:15 a. m.", "00:15"),
        ("12:15 p. m.", "12:15"),
        ("las diecinueve treinta", "19:30"),
        ("las diecinueve cero cinco", "19:05"),
        ("19:30", "19:30"),
        ("19:30 horas", "19:30"),
        ("19h30", "19:30"),
        ("las 19.30", "19:30"),
        ("las 9.15 horas", "09:15"),
        ("las 19 h.", "19:00"),
        ("doce y cuarto de la noche", "00:15"),
        ("doce menos cuarto de la noche", "23:45"),
        ("doce del día", "12:00"),
        ("la una del mediodía", "13:00"),
        ("las doce de la mañana", "12:00"),
        ("un cuarto para las ocho", "07:45?"),
        ("un cuarto para las ocho de la noche", "19:45"),
        ("faltan diez minutos para las ocho de la mañana", "07:50"),
        ("diez para la una", "12:50?"),
        ("ocho menos cuarto", "07:45?"),
        ("las ocho menos veinte", "07:40?"),
        ("las 6 y media de la tarde", "18:30"),
        ("la una menos cuarto de la tarde", "12:45"),
        ("a las seis y media", "18:30?"),
        ("a las nueve y quince", "09:15?"),
        ("al mediodía", "12:00"),
        ("a medianoche", "00:00"),
        ("veinte horas con quince minutos", "20:15"),
        ("siendo las veinte horas y treinta minutos", "20:30"),
        ("siendo las 19 horas", "19:00"),
        ("a las diecinueve horas", "19:00"),
        ("a las nueve horas del día martes", "09:00"),
        ("las siete horas de la noche", "19:00"),
        ("a las nueve en punto", "09:00?"),
        ("a las nueve se reunirá el concejo", "09:00?"),
        ("convoco para mañana a las nueve muchas gracias", "09:00?"),
        ("a la una", "13:00?"),
        ("siendo las 9:15 de la mañana del 11 de noviembre", "09:15 | ?-11-11"),
        ("a las nueve once de noviembre", "09:00? | ?-11-11"),
        ("02:15", "02:15"),
        ("2:15", "14:15?"),
        ("de las 8:00 a las 12:30", "08:00? | 12:30?"),
        ("cinco de la tarde", "17:00"),
        ("tres de la madrugada", "03:00"),
        ("las dos de la noche", "02:00"),
        ("diez de la noche", "22:00"),
        ("son las 3 y 20 de la tarde señora presidenta", "15:20"),
        ("a eso de las siete", "07:00?"),
        ("siendo las 21 horas 5 minutos", "21:05"),
        ("hasta las 12 de la noche", "00:00"),
        ("las 0:30 horas", "00:30"),
        ("a las tres del día sábado", "15:00?"),
        ("a las tres del siguiente día", "15:00?"),
        ("doce del día de hoy", "12:00"),
        ("las 5 y 45", "17:45?"),
    ]);
    assert_eq!(read("siendo las 9:05 a. m. se levanta"), "9:05 a. m.=09:05");
}

#[test]
fn what_is_counted_or_lasts_is_no_hour() {
    all(&[
        ("las dos propuestas", "2"),
        ("a las dos propuestas", "2"),
        ("a las dos de ellas", "2"),
        ("a las doce familias", "12"),
        ("cualquiera de las dos", "2"),
        ("las dos y tres propuestas", "2 | 3"),
        ("la sesión duró tres horas", "3"),
        ("durante cuatro horas con quince minutos", "4 | 15"),
        ("a las dos mil personas", "2000"),
        ("las treinta y cinco propuestas", "35"),
        ("veinte horas semanales", "20"),
        ("la 1 y la 2", "1 | 2"),
        ("la proporción 1:02:03", "1"),
        ("quedan diez para las ocho comunas", "10 | 8"),
        ("dos horas y media", "2"),
        ("el concejal intervino por tres minutos", "3"),
        ("a las cinco comunas", "5"),
        ("a las nueve veinte personas salieron", "09:00? | 20"),
        ("las 24 horas del día", "24"),
        ("tres por la mañana y dos por la tarde", "3 | 2"),
        ("12 m de ancho", "12"),
    ]);
}

#[test]
fn dates_have_a_day_a_month_and_perhaps_a_year() {
    all(&[
        ("once de noviembre de 2025", "2025-11-11"),
        ("martes 11 de noviembre de 2025", "2025-11-11"),
        ("once de noviembre de dos mil veinticinco", "2025-11-11"),
        ("once de noviembre de veinte veinticinco", "2025-11-11"),
        ("a los diez (10) días del mes de noviembre del año dos mil veinticinco", "2025-11-10"),
        ("a los diez (10) días del mes de noviembre de dos mil veinticinco (2025)", "2025-11-10"),
        ("diez (10) de noviembre de dos mil veinticinco", "2025-11-10"),
        ("11/11/2025", "2025-11-11"),
        ("11-11-2025", "2025-11-11"),
        ("2025-11-11", "2025-11-11"),
        ("11/11/25", "2025-11-11"),
        ("1.º de noviembre de 2025", "2025-11-01"),
        ("primero de noviembre", "?-11-01"),
        ("el 1 de noviembre del 2025", "2025-11-01"),
        ("noviembre 11 de 2025", "2025-11-11"),
        ("el treinta y uno de octubre", "?-10-31"),
        ("noviembre de 2025", "2025"),
        ("31 de noviembre", "31"),
        ("un abril lluvioso", ""),
        ("29 de febrero de 2023", "29 | 2023"),
        ("los días 3, 4 y 5 de marzo de 2024", "3 | 4 | 2024-03-05"),
        ("11 de setiembre de mil novecientos noventa y uno", "1991-09-11"),
    ]);
    assert_eq!(read("el martes 11 de noviembre."), "11 de noviembre=?-11-11");
}

#[test]
fn a_whole_sentence_as_it_is_recognised() {
    assert_eq!(
        read(
            "siendo las nueve y quince de la mañana del once de noviembre de dos mil veinticinco con trece concejales \
             se aprueba el artículo 29 de la ley 136 de 1994 por $ 3106 millones el 64 % del total"
        ),
        "nueve y quince de la mañana=09:15 | once de noviembre de dos mil veinticinco=2025-11-11 | trece=13 | \
         artículo 29=Article 29 | ley 136 de 1994=Law 136/1994 | $ 3106 millones=3106000000 Peso | 64 %=64%"
    );
}

#[test]
fn days_are_counted_from_the_session() {
    let session = date!(2025 - 11 - 11);
    let meant = |text: &str| {
        let shown = |day: RelativeDay| format!("{}={}", &text[day.range], day.date);
        relative_days(text, session).into_iter().map(shown).collect::<Vec<_>>().join(" | ")
    };
    assert_eq!(meant("nos vemos mañana a las nueve"), "mañana=2025-11-12");
    assert_eq!(meant("a las nueve de la mañana, esta mañana, por la mañana"), "");
    assert_eq!(meant("mañana por la mañana"), "mañana=2025-11-12");
    assert_eq!(meant("pasado mañana"), "pasado mañana=2025-11-13");
    assert_eq!(meant("hoy y ayer y antes de ayer"), "hoy=2025-11-11 | ayer=2025-11-10 | antes de ayer=2025-11-09");
    assert_eq!(meant("el próximo martes"), "próximo martes=2025-11-18");
    assert_eq!(meant("el viernes que viene"), "viernes que viene=2025-11-14");
    assert_eq!(meant("el lunes pasado"), "lunes pasado=2025-11-10");
    assert_eq!(meant("convoco para el día jueves"), "día jueves=2025-11-13");
    assert_eq!(meant("el martes se dijo, y hoy en día"), "");
}

proptest! {
    #[test]
    fn figures_lie_in_the_text_and_in_order(text in "(?s).{0,60}") {
        let mut reached = 0;
        for figure in figures(&text) {
            prop_assert!(figure.range.start >= reached && figure.range.end > figure.range.start);
            prop_assert!(text.get(figure.range.clone()).is_some());
            reached = figure.range.end;
        }
    }

    #[test]
    fn no_row_of_spoken_words_is_too_much(words in proptest::collection::vec(prop::sample::select(vec![
        "mil", "millones", "billones", "trillones", "y", "medio", "un", "treinta", "cien", "coma", "punto", "999999",
        "las", "a", "menos", "cuarto", "para", "de", "del", "ley", "noviembre", "horas", "(", ")", "$", ".", ":",
        "999.999.999.999.999", "0", "cero", "por", "ciento", "pesos", "euros", "con", "99", "minutos",
    ]), 0..24)) {
        for text in [words.join(" "), words.concat()] {
            for figure in figures(&text) {
                prop_assert!(text.get(figure.range).is_some());
            }
            relative_days(&text, date!(9999 - 12 - 31));
        }
    }
}
