//! Made-up minutes for tests: a small council, and any page at all.

use proptest::prelude::*;

use super::*;

const MEMBERS: [&str; 13] = [
    "María Fernanda Ruiz Peña",
    "José Ángel Gómez Niño",
    "Luz Dary Ñáñez Muñoz",
    "Carlos Andrés Torres",
    "Gloria Inés Bermúdez",
    "Hernán Darío Castaño",
    "Ana Lucía Velásquez",
    "Pedro Nel Quintero",
    "Yolanda Agudelo Ríos",
    "Óscar Iván Zuluaga Mejía",
    "Rosalba Hincapié",
    "Wilson Alberto Páez",
    "Nubia Stella Ardila",
];

fn words(text: &str) -> Vec<Run> {
    vec![Run::plain(text)]
}

fn heading(level: Level, text: &str) -> Block {
    Block::Heading { level, text: text.to_owned(), bookmark: None }
}

fn paragraph(style: Style, runs: Vec<Run>) -> Block {
    Block::Paragraph { style, runs }
}

/// The minutes of a sitting, with everything that minutes have. `rounds` makes them longer.
pub(crate) fn minutes(rounds: usize) -> Page {
    let places = [
        (Place::Title, "ACTA No. 045 de 2026"),
        (Place::Entity, "Municipio de Villa Serena"),
        (Place::Council, "Concejo Municipal"),
        (Place::Kind, "plenaria ordinaria"),
        (Place::Number, "045"),
        (Place::Date, "21 de noviembre de 2026"),
        (Place::Venue, "el recinto del Concejo Municipal"),
        (Place::Hours, "De las 09:05 a las 12:40 horas"),
        (Place::Starts, "09:05"),
        (Place::Ends, "12:40"),
        (Place::President, "María Fernanda Ruiz Peña"),
        (Place::Secretary, "Julián Esteban Cárdenas Ospina"),
    ];
    let properties = Properties {
        title: "ACTA No. 045 de 2026".to_owned(),
        subject: "Sesión plenaria ordinaria del 21 de noviembre de 2026".to_owned(),
        creator: "Concejo Municipal de Villa Serena".to_owned(),
        ..Properties::default()
    };
    let mut blocks = vec![
        Block::Index { title: "Contenido".to_owned() },
        Block::PageBreak,
        heading(Level::One, "Asistentes"),
        attendance(),
        heading(Level::One, "Orden del día"),
        agenda(),
        heading(Level::One, "Desarrollo"),
    ];
    for round in 0..rounds {
        blocks.extend(item(round + 1));
    }
    blocks.extend([
        heading(Level::One, "Convocatoria"),
        paragraph(Style::Normal, words("La presidenta convocó para el 24 de noviembre de 2026 a las 09:00 horas.")),
        Block::Signatures(vec![
            Signature { name: "María Fernanda Ruiz Peña".to_owned(), office: "Presidenta".to_owned() },
            Signature { name: "Julián Esteban Cárdenas Ospina".to_owned(), office: "Secretario general".to_owned() },
        ]),
        paragraph(Style::Note, words("Transcribió: Julián Esteban Cárdenas Ospina.")),
    ]);
    Page { properties, places: places.map(|(place, text)| (place, text.to_owned())).into(), blocks }
}

fn attendance() -> Block {
    let rows = MEMBERS.iter().enumerate().map(|(index, name)| {
        let attendance = ["Presente", "Presente", "Ausente con excusa", "Llegó después"][index % 4];
        [*name, ["Partido Verde", "Partido Azul"][index % 2], attendance, "09:05", ""].map(words).to_vec()
    });
    Block::Table(Table {
        head: ["Concejal", "Partido", "Asistencia", "Llegada", "Retiro"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
        widths: vec![35, 18, 25, 11, 11],
        description: "Asistencia de los concejales".to_owned(),
    })
}

fn agenda() -> Block {
    let items = [
        "Llamado a lista y verificación del quórum.",
        "Lectura y aprobación del orden del día.",
        "Lectura y aprobación del acta anterior.",
        "Estudio en segundo debate del Proyecto de Acuerdo 012 de 2026, «Por medio del cual se adopta la política \
         pública de juventud del municipio y se dictan otras disposiciones».",
        "Proposiciones y varios.",
    ];
    Block::List { ordered: true, items: items.map(words).to_vec() }
}

fn item(number: usize) -> Vec<Block> {
    let speech = "Señora presidenta, el proyecto llega a esta plenaria con el informe favorable de la comisión. Se \
                  revisaron las cifras del marco fiscal, que suman $ 25 000 millones, y se oyó a las organizaciones \
                  juveniles de las cuatro comunas. Pido que se tenga en cuenta el concepto de la Secretaría de Hacienda.";
    let rows =
        MEMBERS.iter().enumerate().map(|(index, name)| [*name, ["Sí", "Sí", "No"][index % 3]].map(words).to_vec());
    vec![
        Block::Heading {
            level: Level::Two,
            text: format!("{number}. Estudio del Proyecto de Acuerdo {number:03} de 2026"),
            bookmark: Some(format!("punto {number}")),
        },
        paragraph(Style::Normal, words("La presidenta abrió la discusión y dio la palabra a quien la pidió.")),
        heading(Level::Three, "Intervenciones"),
        paragraph(
            Style::Normal,
            vec![Run::plain("Intervino el concejal "), Run::bold("José Ángel Gómez Niño"), Run::plain(":")],
        ),
        paragraph(Style::Speech, vec![Run::plain(format!("“{speech} {speech}”"))]),
        paragraph(
            Style::Quote,
            vec![
                Run::plain("Artículo primero. "),
                Run::italic("Adóptese"),
                Run::plain(
                    " la política pública de juventud.\nArtículo segundo. El presente acuerdo rige desde su \
                        publicación.",
                ),
            ],
        ),
        heading(Level::Three, "Votación nominal"),
        Block::Table(Table {
            head: ["Concejal", "Voto"].map(str::to_owned).to_vec(),
            rows: rows.collect(),
            widths: vec![3, 1],
            description: format!("Votación nominal del punto {number}"),
        }),
        paragraph(
            Style::Normal,
            vec![
                Run::plain("Resultado: "),
                Run::bold("aprobado"),
                Run::plain(", con nueve (9) votos por el sí y cuatro (4) por el no."),
            ],
        ),
        Block::List {
            ordered: false,
            items: vec![words("Constancia de la concejala Ñáñez."), words("Receso de diez minutos.")],
        },
        Block::Table(Table {
            head: vec![],
            rows: vec![
                vec![words("Autor"), words("Alcalde municipal")],
                vec![words("Ponente"), words("Luz Dary Ñáñez Muñoz")],
            ],
            widths: vec![1, 3],
            description: String::new(),
        }),
    ]
}

/// Any page at all. Each text begins with a word of its own, `zq` and a number, so that it can be found.
pub(crate) fn any_page() -> impl Strategy<Value = Page> {
    let text = prop_oneof![
        3 => "[a-zñáéí ]{0,12}",
        1 => r#"[&<>"'{}\]\[ \\/\t\n\u{0}\u{85}\u{200f}\u{feff}\u{1f600}]{0,8}"#,
        1 => any::<String>(),
    ];
    let run = || (text.clone(), any::<bool>(), any::<bool>());
    let run = run().prop_map(|(text, bold, italic)| Run { text, bold, italic }).boxed();
    let runs = prop::collection::vec(run, 0..4).boxed();
    let level = prop_oneof![Just(Level::One), Just(Level::Two), Just(Level::Three)];
    let style = prop_oneof![
        Just(Style::Normal),
        Just(Style::Title),
        Just(Style::Subtitle),
        Just(Style::Fact),
        Just(Style::Speech),
        Just(Style::Quote),
        Just(Style::Note),
    ];
    let table = (
        prop::collection::vec(text.clone(), 0..4),
        prop::collection::vec(prop::collection::vec(runs.clone(), 0..5), 0..4),
        prop::collection::vec(0_u32..9, 0..6),
        text.clone(),
    );
    let signature = (text.clone(), text.clone()).prop_map(|(name, office)| Signature { name, office });
    let block = prop_oneof![
        (level, text.clone(), prop::option::of(text.clone())).prop_map(|(level, text, bookmark)| Block::Heading {
            level,
            text,
            bookmark
        }),
        (style, runs.clone()).prop_map(|(style, runs)| Block::Paragraph { style, runs }),
        table.prop_map(|(head, rows, widths, description)| Block::Table(Table { head, rows, widths, description })),
        (any::<bool>(), prop::collection::vec(runs, 0..4)).prop_map(|(ordered, items)| Block::List { ordered, items }),
        text.clone().prop_map(|title| Block::Index { title }),
        Just(Block::PageBreak),
        prop::collection::vec(signature, 0..4).prop_map(Block::Signatures),
    ];
    let place = (prop::sample::select(Place::all().to_vec()), text);
    (prop::collection::vec(block, 0..9), prop::collection::btree_map(place.0, place.1, 0..9)).prop_map(
        |(blocks, places)| {
            let mut page = Page { blocks, places, ..Page::default() };
            for (number, text) in page.texts().into_iter().enumerate() {
                *text = format!("zq{number} {text}");
            }
            page
        },
    )
}

impl Page {
    /// Every text of the body, in the order in which it is printed.
    pub(crate) fn texts(&mut self) -> Vec<&mut String> {
        let mut texts: Vec<&mut String> = Vec::new();
        for block in &mut self.blocks {
            match block {
                Block::Heading { text, .. } => texts.push(text),
                Block::Paragraph { runs, .. } => texts.extend(runs.iter_mut().map(|run| &mut run.text)),
                Block::Table(table) => {
                    texts.extend(&mut table.head);
                    texts.extend(table.rows.iter_mut().flatten().flatten().map(|run| &mut run.text));
                }
                Block::List { items, .. } => texts.extend(items.iter_mut().flatten().map(|run| &mut run.text)),
                Block::Index { title } => texts.push(title),
                Block::PageBreak => {}
                Block::Signatures(signatures) => {
                    texts.extend(signatures.iter_mut().flat_map(|one| [&mut one.name, &mut one.office]));
                }
            }
        }
        texts
    }
}
