//! What the documents of two countries look like, and that all of it is read back as it was meant.

use proptest::prelude::*;
use time::macros::date;

use super::*;
use crate::minutes::figures::{self, Currency, Money, Value, figures};

/// The text with plain spaces, as one would type it.
fn plain(text: &str) -> String {
    text.replace(NO_BREAK, " ")
}

fn pesos(amount: u64) -> Money {
    Money { amount: Decimal::from(amount), currency: Currency::Peso }
}

fn euros(units: u64, places: u8) -> Money {
    Money { amount: Decimal::new(units, places), currency: Currency::Euro }
}

/// The only figure of a text, which has to be all of it.
fn only(text: &str) -> Option<Value> {
    match figures(text).as_slice() {
        [figure] if figure.range == (0..text.len()) => Some(figure.value),
        _ => None,
    }
}

const STYLES: [Separators; 3] = [Separators::PointAndComma, Separators::SpaceAndComma, Separators::SpaceAndPoint];

#[test]
fn cardinals_take_the_form_their_noun_asks_for() {
    for (number, alone, votes, members) in [
        (1, "uno", "un", "una"),
        (16, "dieciséis", "dieciséis", "dieciséis"),
        (21, "veintiuno", "veintiún", "veintiuna"),
        (31, "treinta y uno", "treinta y un", "treinta y una"),
        (100, "cien", "cien", "cien"),
        (101, "ciento uno", "ciento un", "ciento una"),
        (200, "doscientos", "doscientos", "doscientas"),
        (1_000, "mil", "mil", "mil"),
        (21_000, "veintiún mil", "veintiún mil", "veintiún mil"),
        (
            200_531,
            "doscientos mil quinientos treinta y uno",
            "doscientos mil quinientos treinta y un",
            "doscientas mil quinientas treinta y una",
        ),
        (1_000_000, "un millón", "un millón", "un millón"),
        (200_000_000, "doscientos millones", "doscientos millones", "doscientos millones"),
        (1_200_000_000, "mil doscientos millones", "mil doscientos millones", "mil doscientos millones"),
        (2_000_000_000_000, "dos billones", "dos billones", "dos billones"),
        (0, "cero", "cero", "cero"),
    ] {
        assert_eq!(cardinal(number, Form::Alone), alone);
        assert_eq!(cardinal(number, Form::BeforeMasculine), votes);
        assert_eq!(cardinal(number, Form::Feminine), members);
    }
}

#[test]
fn counts_are_written_as_the_house_writes_them() {
    let with = |numbers| Wording { numbers, ..Wording::default() };
    let votes = |wording: Wording| wording.number(21, Form::BeforeMasculine);
    assert_eq!(votes(with(Numbers::WordsAndFigures)), "veintiún (21)");
    assert_eq!(votes(with(Numbers::FiguresAndWords)), "21 (veintiún)");
    assert_eq!(votes(with(Numbers::Words)), "veintiún");
    assert_eq!(votes(with(Numbers::Figures)), "21");
}

#[test]
fn numbers_in_figures_follow_the_separators_of_the_house() {
    let written = |separators, number| plain(&Wording { separators, ..Wording::default() }.figures(number));
    assert_eq!(written(Separators::PointAndComma, Decimal::new(123_456, 1)), "12.345,6");
    assert_eq!(written(Separators::SpaceAndComma, Decimal::new(123_456, 1)), "12 345,6");
    assert_eq!(written(Separators::SpaceAndPoint, Decimal::new(123_456, 1)), "12 345.6");
    assert_eq!(written(Separators::PointAndComma, Decimal::from(3_106)), "3.106");
    assert_eq!(written(Separators::SpaceAndComma, Decimal::from(3_106)), "3106");
    assert_eq!(written(Separators::PointAndComma, Decimal::new(5, 3)), "0,005");
}

#[test]
fn sums_carry_their_sign_where_the_country_puts_it() {
    let colombia = Wording::default();
    let medellin = Wording { separators: Separators::SpaceAndPoint, ..colombia };
    assert_eq!(plain(&colombia.money(pesos(20_000))), "$ 20.000");
    assert_eq!(plain(&medellin.money(pesos(25_000))), "$ 25 000");
    assert_eq!(plain(&colombia.money(pesos(3_106_000_000))), "$ 3.106 millones");
    assert_eq!(plain(&medellin.money(pesos(3_106_000_000))), "$ 3106 millones");
    assert_eq!(plain(&colombia.money(pesos(1_000_000))), "$ 1 millón");
    assert_eq!(plain(&colombia.money(pesos(3_106_000_001))), "$ 3.106.000.001");
    assert_eq!(Wording { currency: Spacing::Joined, ..colombia }.money(pesos(20_000)), "$20.000");
    assert_eq!(plain(&Wording::spain().money(euros(20_000, 0))), "20.000 €");
    assert_eq!(plain(&Wording::spain().money(euros(125, 1))), "12,50 €");
    assert_eq!(plain(&colombia.money(euros(3_000_000, 0))), "3 millones de euros");
}

#[test]
fn percentages_stand_apart_or_joined() {
    let apart = Wording::default();
    assert_eq!(plain(&apart.percentage(Decimal::from(64))), "64 %");
    assert_eq!(Wording { percent: Spacing::Joined, ..apart }.percentage(Decimal::new(125, 1)), "12,5%");
}

#[test]
fn dates_are_plain_or_solemn() {
    let with = |dates, day| Wording { dates, ..Wording::default() }.date(day);
    assert_eq!(with(Dates::Figures, date!(2025 - 11 - 10)), "10 de noviembre de 2025");
    assert_eq!(with(Dates::Solemn, date!(2025 - 11 - 10)), "diez (10) de noviembre de dos mil veinticinco");
    assert_eq!(with(Dates::Words, date!(2025 - 11 - 01)), "primero de noviembre de dos mil veinticinco");
}

#[test]
fn hours_are_said_as_the_house_says_them() {
    let with = |hours, minute| plain(&Wording { hours, ..Wording::default() }.the_hour(minute));
    assert_eq!(with(Hours::TwentyFour, 19 * 60 + 30), "las 19:30");
    assert_eq!(with(Hours::TwentyFour, 65), "la 01:05");
    assert_eq!(with(Hours::Twelve, 19 * 60 + 30), "las 7:30 p. m.");
    assert_eq!(with(Hours::Twelve, 12 * 60), "las 12:00 m.");
    assert_eq!(with(Hours::Twelve, 5), "las 12:05 a. m.");
    assert_eq!(with(Hours::Words, 19 * 60 + 30), "las siete y treinta de la noche");
    assert_eq!(with(Hours::Words, 13 * 60), "la una de la tarde");
    assert_eq!(with(Hours::Words, 12 * 60), "las doce del día");
    assert_eq!(with(Hours::SolemnWords, 19 * 60 + 30), "las diecinueve horas y treinta minutos");
    assert_eq!(with(Hours::SolemnWords, 61), "la una hora y un minuto");
}

#[test]
fn the_words_of_the_house_are_its_own() {
    let colombia = Wording::default();
    assert_eq!((colombia.quorum(), colombia.quoted("sí")), ("quórum", "“sí”".to_owned()));
    assert_eq!(Wording { quorum: Quorum::Cuorum, ..colombia }.quorum(), "cuórum");
    assert_eq!((colombia.acronym("icbf"), colombia.acronym("ISVIMED")), ("ICBF".to_owned(), "Isvimed".to_owned()));
    assert_eq!(Wording::spain().acronym("Isvimed"), "ISVIMED");
    assert_eq!(Wording::spain().quoted("sí"), "«sí»");
}

#[test]
fn participles_agree_with_what_was_voted_on() {
    let approved = |phrase: &str| {
        let (gender, number) = forms_of(phrase)?;
        Some(format!("{} {phrase} {}", article(phrase)?, agree("aprobado", gender, number)))
    };
    for (phrase, written) in [
        ("orden del día", "el orden del día aprobado"),
        ("acta 045", "el acta 045 aprobada"),
        ("actas", "las actas aprobadas"),
        ("proposición", "la proposición aprobada"),
        ("proposiciones 12 y 13", "las proposiciones 12 y 13 aprobadas"),
        ("proyecto de acuerdo", "el proyecto de acuerdo aprobado"),
        ("proyectos de acuerdo", "los proyectos de acuerdo aprobados"),
        ("moción", "la moción aprobada"),
        ("mociones", "las mociones aprobadas"),
        ("ordenanza", "la ordenanza aprobada"),
        ("enmienda", "la enmienda aprobada"),
        ("informe de ponencia", "el informe de ponencia aprobado"),
        ("informes", "los informes aprobados"),
        ("dictámenes", "los dictámenes aprobados"),
        ("artículos 1 a 5", "los artículos 1 a 5 aprobados"),
        ("título", "el título aprobado"),
        ("sesión permanente", "la sesión permanente aprobada"),
        ("impedimento", "el impedimento aprobado"),
        ("plan de desarrollo", "el plan de desarrollo aprobado"),
        ("prórroga", "la prórroga aprobada"),
        ("cuentas", "las cuentas aprobadas"),
        ("receso", "el receso aprobado"),
        ("urgencias", "las urgencias aprobadas"),
    ] {
        assert_eq!(approved(phrase).as_deref(), Some(written));
    }
    assert_eq!(forms_of("El acta anterior"), Some((Gender::Feminine, Number::Singular)));
    assert_eq!(forms_of("la resolución"), Some((Gender::Feminine, Number::Singular)));
    assert_eq!((forms_of("xyz"), forms_of("")), (None, None));
}

#[test]
fn other_words_agree_too() {
    assert_eq!(agree("leído", Gender::Feminine, Number::Singular), "leída");
    assert_eq!(agree("unánime", Gender::Feminine, Number::Plural), "unánimes");
    assert_eq!(agree("anterior", Gender::Masculine, Number::Plural), "anteriores");
    assert_eq!(agree("anterior", Gender::Feminine, Number::Singular), "anterior");
    assert_eq!(agree("orador", Gender::Feminine, Number::Plural), "oradoras");
}

#[test]
fn a_style_is_kept_as_names_and_an_older_one_is_completed() {
    let kept = serde_json::to_string(&Wording::spain()).unwrap();
    assert!(kept.contains(r#""hours":"solemn_words""#), "{kept}");
    assert_eq!(serde_json::from_str::<Wording>(&kept).unwrap(), Wording::spain());
    assert_eq!(serde_json::from_str::<Wording>("{}").unwrap(), Wording::default());
}

#[test]
fn every_minute_of_the_day_is_read_back() {
    for hours in [Hours::TwentyFour, Hours::Twelve, Hours::Words, Hours::SolemnWords] {
        let wording = Wording { hours, ..Wording::default() };
        for minute in 0..24 * 60 {
            let text = format!("siendo {} se levanta la sesión", wording.the_hour(minute));
            let read: Vec<Value> = figures(&text).into_iter().map(|figure| figure.value).collect();
            let half_said = !matches!((hours, minute), (Hours::TwentyFour, 600..780));
            assert_eq!(read, [Value::Hour { minute, half_said }], "{text}");
        }
    }
}

#[test]
fn every_day_is_read_back() {
    let mut day = date!(1991 - 01 - 01);
    while day < date!(2032 - 01 - 01) {
        let year = u16::try_from(day.year()).ok();
        let meant = Value::Date(figures::Date { day: day.day(), month: day.month().into(), year });
        for dates in [Dates::Figures, Dates::Solemn, Dates::Words] {
            let text = Wording { dates, ..Wording::default() }.date(day);
            assert_eq!(only(&text), Some(meant), "{text}");
        }
        day = day.next_day().unwrap();
    }
}

#[test]
fn every_small_number_is_read_back() {
    for number in (0..=20_000).filter(|number| *number != 1) {
        for form in [Form::Alone, Form::BeforeMasculine, Form::Feminine] {
            let text = cardinal(number, form);
            assert_eq!(only(&text), Some(Value::Number(Decimal::from(number))), "{text}");
        }
    }
}

/// Numbers of every size, round ones as often as others.
fn amounts() -> impl Strategy<Value = u64> {
    (0_u64..=1_000_000_000_000, 0_u32..=9)
        .prop_map(|(number, zeros)| number / 10_u64.pow(zeros) * 10_u64.pow(zeros))
        .prop_flat_map(|number| prop_oneof![Just(number), 0..=number])
}

proptest! {
    #[test]
    fn a_count_in_any_style_is_read_back(number in amounts(), separators in prop::sample::select(&STYLES[..])) {
        prop_assume!(number != 1);
        for numbers in [Numbers::WordsAndFigures, Numbers::FiguresAndWords, Numbers::Words, Numbers::Figures] {
            let wording = Wording { numbers, separators, ..Wording::default() };
            let text = wording.number(number, Form::Alone);
            prop_assert_eq!(only(&text), Some(Value::Number(Decimal::from(number))), "{}", text);
        }
    }

    #[test]
    fn a_sum_in_any_style_is_read_back(
        amount in amounts(),
        separators in prop::sample::select(&STYLES[..]),
        currency in prop::sample::select(vec![Currency::Peso, Currency::Euro, Currency::Dollar]),
        spacing in prop::sample::select(vec![Spacing::Apart, Spacing::Joined]),
        sums in prop::sample::select(vec![Sums::Millions, Sums::InFull]),
        cents in prop::bool::ANY,
    ) {
        let wording = Wording { separators, currency: spacing, sums, ..Wording::default() };
        let money = Money { amount: Decimal::new(amount, if cents { 2 } else { 0 }), currency };
        let text = wording.money(money);
        prop_assert_eq!(only(&text), Some(Value::Money(money)), "{}", text);
    }

    #[test]
    fn a_percentage_in_any_style_is_read_back(
        hundredths in 0_u64..1_000_000,
        separators in prop::sample::select(&STYLES[..]),
        percent in prop::sample::select(vec![Spacing::Apart, Spacing::Joined]),
    ) {
        let number = Decimal::new(hundredths, 2);
        let text = Wording { separators, percent, ..Wording::default() }.percentage(number);
        prop_assert_eq!(only(&text), Some(Value::Percentage(number)), "{}", text);
    }
}
