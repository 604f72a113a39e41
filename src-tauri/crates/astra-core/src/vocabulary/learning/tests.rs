//! Fifty minutes of a council that does not exist, in the words of those that do.

use std::fmt::Write;

use proptest::prelude::*;

use super::*;

/// Chooses without chance: the same minutes come out every time.
struct Dice(u64);

impl Dice {
    /// A number below `sides` (xorshift64, Marsaglia 2003).
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.roll(all.len())]
    }
}

const PEOPLE: [&str; 8] = [
    "Ramiro Quintabara Soler",
    "Luz Dary Echavarría Pombal",
    "Fabio Henao Trespalacios",
    "Nubia Zarzosa Lindo",
    "Edilberto Caicoya Rubiano",
    "Marta Ofelia Urquijano",
    "Wilson Tabarquino Ríos",
    "Yolima Berruecos Vaca",
];

const VEREDAS: [&str; 6] = ["Chachafruto", "El Guayabillo", "La Palma", "Santa Ruperta", "Peña Mocha", "Los Yarumos"];

const BARRIOS: [&str; 3] = ["Villa Serafina", "Obrero", "La Pradera"];

const PROGRAMMES: [&str; 2] = ["Huellas de Barro", "Abuelos Lectores"];

const OFFICES: [&str; 3] =
    ["Secretaría de Fomento Agrario", "Personería Municipal de Valle Sereno", "Empresa de Aguas del Yarumal"];

const ACRONYMS: [(&str, &str); 3] = [
    ("PDRI", "Plan de Desarrollo Rural Integrado"),
    ("COVAL", "Comité de Vigilancia de Alimentos"),
    ("FAVI", "Fondo de Auxilio para la Vivienda"),
];

const LAWS: [&str; 3] = ["Ley 136 de 1994", "Acuerdo 012 de 2020", "Decreto 1077 de 2015"];

/// The lines of one of the minutes.
fn minutes(number: usize) -> Vec<String> {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ (number as u64 + 1));
    let mut lines = vec![
        format!("ACTA No. {number:03} DE 2025"),
        "CONCEJO MUNICIPAL DE VALLE SERENO".to_owned(),
        "ORDEN DEL DÍA".to_owned(),
        "1. Llamado a Lista y Verificación del Quórum.".to_owned(),
        "2. Lectura y Aprobación del Orden del Día.".to_owned(),
        "En el municipio de Valle Sereno se reunió el Honorable Concejo Municipal en sesión Ordinaria.".to_owned(),
        "El Señor Presidente informó que había quórum deliberatorio y decisorio para sesionar.".to_owned(),
    ];
    for _ in 0..60 {
        let (person, other) = (dice.of(&PEOPLE), dice.of(&PEOPLE));
        let words: Vec<&str> = other.split(' ').collect();
        let short = words[words.len() - 2..].join(" ");
        let (acronym, stands_for) = ACRONYMS[dice.roll(ACRONYMS.len())];
        lines.push(match dice.roll(12) {
            0 => format!("El concejal {person} pidió mejorar la vía de la vereda {}.", dice.of(&VEREDAS)),
            1 => format!(
                "La concejala {person} preguntó por el acueducto de las veredas {} y {}.",
                dice.of(&VEREDAS),
                dice.of(&VEREDAS)
            ),
            2 => format!("{person} respondió que el informe está listo y que se enviará mañana."),
            3 => format!("En el barrio {} no hay alumbrado, dijo la señora {short}.", dice.of(&BARRIOS)),
            4 => format!(
                "El programa {} llegará a todas las familias con el apoyo de la {}.",
                dice.of(&PROGRAMMES),
                dice.of(&OFFICES)
            ),
            5 => format!("Se ajustará el {stands_for} ({acronym}) según la {}.", dice.of(&LAWS)),
            6 => format!("El {acronym} no tiene recursos suficientes, y así lo informó el doctor {person}."),
            7 => format!(
                "Interviene el Honorable Concejal {short}: Gracias, Señor Presidente, hay que revisar los contratos."
            ),
            8 => "Solicita la palabra un ciudadano para hablar de los contratos, del acueducto y de la vía.".to_owned(),
            9 => "Se deja constancia de que la Mesa Directiva aprobó la Proposición por unanimidad.".to_owned(),
            10 => format!("Tiene la palabra {}.", person.to_uppercase()),
            _ => format!("Vecinos de {} pidieron que se arregle la escuela.", VEREDAS[0]),
        });
    }
    lines.push("Agotado el Orden del Día, el Presidente levantó la sesión y citó para el próximo lunes.".to_owned());
    lines
}

fn learned(count: usize) -> Learning {
    let mut learning = Learning::default();
    (0..count).for_each(|number| learning.read(&minutes(number)));
    learning
}

/// «kind  text (expansion) documents/count» of each, the surest first.
fn shown(candidates: &[ProposedTerm]) -> String {
    candidates.iter().fold(String::new(), |mut all, one| {
        let ProposedTerm { term, count, sure, .. } = one;
        let expansion = if term.expansion.is_empty() { String::new() } else { format!(" ({})", term.expansion) };
        let others =
            if term.instead_of.is_empty() { String::new() } else { format!(" ≠ {}", term.instead_of.join(", ")) };
        let doubt = if *sure { "" } else { " ?" };
        let _ =
            writeln!(all, "{:<9} {}{expansion}{others} {}/{count}{doubt}", term.kind.id(), term.text, term.documents);
        all
    })
}

fn of_kind(candidates: &[ProposedTerm], kind: TermKind) -> BTreeSet<String> {
    candidates.iter().filter(|one| one.term.kind == kind).map(|one| one.term.text.clone()).collect()
}

fn set(texts: impl IntoIterator<Item = impl Into<String>>) -> BTreeSet<String> {
    texts.into_iter().map(Into::into).collect()
}

#[test]
fn fifty_minutes_teach_every_invented_name_and_no_ordinary_word() {
    let learning = learned(50);
    let candidates = learning.candidates(&[]);
    assert_eq!(of_kind(&candidates, TermKind::Person), set(PEOPLE));
    let veredas = VEREDAS.map(|name| format!("vereda {name}"));
    let barrios = BARRIOS.map(|name| format!("barrio {name}"));
    let places: BTreeSet<String> = veredas.into_iter().chain(barrios).chain(["Valle Sereno".to_owned()]).collect();
    assert_eq!(of_kind(&candidates, TermKind::Place), places);
    assert_eq!(of_kind(&candidates, TermKind::Acronym), set(ACRONYMS.map(|(text, _)| text)));
    assert_eq!(of_kind(&candidates, TermKind::Law), set(LAWS));
    let plans = ["Plan de Desarrollo Rural Integrado", "Fondo de Auxilio para la Vivienda"];
    let programmes = PROGRAMMES.map(|name| format!("programa {name}"));
    assert_eq!(of_kind(&candidates, TermKind::Programme), set(programmes.into_iter().chain(plans.map(str::to_owned))));
    let committee = "Comité de Vigilancia de Alimentos";
    assert_eq!(of_kind(&candidates, TermKind::Office), set(OFFICES.into_iter().chain([committee])));
    assert_eq!(of_kind(&candidates, TermKind::Other), BTreeSet::new());
    assert!(candidates.iter().all(|one| one.sure || one.term.kind == TermKind::Phrase));
    for (acronym, expansion) in ACRONYMS {
        assert!(candidates.iter().any(|one| one.term.text == acronym && one.term.expansion == expansion));
    }
}

#[test]
fn the_list_has_the_surest_and_most_frequent_first() {
    insta::assert_snapshot!(shown(&learned(50).candidates(&[])));
}

fn of_lines(lines: &[&str]) -> Vec<ProposedTerm> {
    let mut learning = Learning::default();
    learning.read(&lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>());
    learning.candidates(&[])
}

#[test]
fn spellings_of_one_name_are_one_and_the_rare_ones_are_mistakes() {
    let right = ["El concejal Fabio Echeverri habló."; 6];
    let wrong = ["El concejal Fabio Echeverry habló.", "El concejal FABIO ECHEVERRI habló."];
    let candidates = of_lines(&[&right[..], &wrong].concat());
    assert_eq!(shown(&candidates), "person    Fabio Echeverri ≠ Fabio Echeverry 1/8\n");
}

#[test]
fn a_short_form_counts_for_the_one_person_it_can_mean() {
    let lines =
        ["El concejal Juan Diego Vélez Hoyos habló.", "El concejal Vélez votó.", "El doctor Juan Diego Vélez salió."];
    assert_eq!(shown(&of_lines(&lines)), "person    Juan Diego Vélez Hoyos 1/3\n");
    let alone = [&lines[..], &["Según Vélez, hay agua, y con Vélez están todos."]].concat();
    assert_eq!(shown(&of_lines(&alone)), "person    Juan Diego Vélez Hoyos 1/5\n");
    let two = [&lines[..], &["La concejala Ana Vélez votó."]].concat();
    let found = shown(&of_lines(&two));
    assert!(found.contains("Juan Diego Vélez Hoyos 1/2"), "{found}");
}

#[test]
fn somebody_who_is_called_by_the_surnames_is_nobody_else() {
    let lines = ["Concejal Mahecha Ruiz Jorge Eliécer: presente.", "El concejal Jorge Eliécer Mahecha Ruiz salió."];
    assert_eq!(shown(&of_lines(&lines)), "person    Jorge Eliécer Mahecha Ruiz 1/2\n");
}

#[test]
fn a_place_is_known_again_without_the_word_before_it() {
    let lines = [
        "Habitantes de la vereda Chachafruto vinieron.",
        "Hoy en Chachafruto no hay agua.",
        "Ayer en Chachafruto llovió.",
    ];
    assert_eq!(shown(&of_lines(&lines)), "place     vereda Chachafruto 1/3\n");
}

#[test]
fn what_is_known_says_so_and_what_is_agreed_to_completes_it() {
    let candidates = learned(3).candidates(&[Term { text: "PDRI".to_owned(), ..Term::default() }]);
    let plan = candidates.iter().find(|one| one.term.text == "PDRI").unwrap();
    assert!(plan.known && !plan.term.expansion.is_empty());
    let taught = Term { text: "pdri".to_owned(), instead_of: vec!["pedri".to_owned()], ..Term::default() };
    let fresh = Term { text: "Anorí".to_owned(), ..Term::default() };
    let now = merged(&[taught], &[plan.term.clone(), fresh]);
    let texts: Vec<&str> = now.iter().map(|term| term.text.as_str()).collect();
    assert_eq!(texts, ["Anorí", "pdri"]);
    assert_eq!((now[1].kind, now[1].expansion.as_str()), (TermKind::Acronym, ACRONYMS[0].1));
    assert!(now[1].instead_of.contains(&"pedri".to_owned()));
}

proptest! {
    #[test]
    fn any_text_can_be_learned_from(lines in proptest::collection::vec("[A-ZÁÑa-záñ0-9(). ,:«»“\"'/-]{0,80}", 0..12)) {
        let mut learning = Learning::default();
        learning.read(&lines);
        for one in learning.candidates(&[]) {
            prop_assert!(!one.term.text.trim().is_empty() && one.count > 0);
        }
    }

    #[test]
    fn agreeing_twice_is_agreeing_once(texts in proptest::collection::vec("[A-Za-zñÑ]{1,6}( [A-Za-z]{1,4})?", 0..10)) {
        let terms: Vec<Term> = texts.into_iter().map(|text| Term { text, ..Term::default() }).collect();
        let once = merged(&[], &terms);
        prop_assert_eq!(merged(&once, &terms), once);
    }
}
