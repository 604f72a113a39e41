//! A sitting of a small council for the tests of the acta, with everything that makes one hard: somebody
//! late, an annulled vote, a recess, an item that comes back, what is reserved, inaudible or personal. All
//! of it is invented.

use super::{Listening, Material, Person, Summary};
use crate::export::RecordingFacts;
use crate::guard::Coverage;
use crate::id::EntryId;
use crate::minutes::masks::{Confidence, Kind, Secret, Suggestion};
use crate::minutes::turns::Clock;
use crate::minutes::{
    Attendance, Attendee, Bill, Business, Entry, Guest, Item, Minutes, Mode, Outcome, Record, Stretch, Vote, VoteNames,
    What,
};
use crate::transcript::{Mark, Utterance, Word};

/// Name, office, party, attendance.
pub(crate) const MEMBERS: [(&str, &str, &str, Attendance); 13] = [
    ("María Fernanda Ruiz Peña", "Presidenta", "Partido Verde", Attendance::Present),
    ("José Ángel Gómez Niño", "Primer vicepresidente", "Partido Azul", Attendance::Present),
    ("Luz Dary Ñáñez Muñoz", "Segunda vicepresidenta", "Movimiento Cívico", Attendance::Present),
    ("Carlos Andrés Torres", "Concejal", "Partido Verde", Attendance::Present),
    ("Gloria Inés Bermúdez", "Concejala", "Partido Azul", Attendance::Present),
    ("Hernán Darío Castaño", "Concejal", "Partido Azul", Attendance::Late),
    ("Ana Lucía Velásquez", "Concejala", "Movimiento Cívico", Attendance::Excused),
    ("Pedro Nel Quintero", "Concejal", "Partido Verde", Attendance::Present),
    ("Yolanda Agudelo Ríos", "Concejala", "Partido Verde", Attendance::Present),
    ("Óscar Iván Zuluaga Mejía", "Concejal", "Partido Azul", Attendance::Absent),
    ("Rosalba Hincapié", "Concejala", "Movimiento Cívico", Attendance::Present),
    ("Wilson Alberto Páez", "Concejal", "Partido Verde", Attendance::LeftEarly),
    ("Nubia Stella Ardila", "Concejala", "Partido Azul", Attendance::Present),
];

pub(crate) const PRESIDENT: &str = "María Fernanda Ruiz Peña";
pub(crate) const SECRETARY: &str = "Julián Esteban Cárdenas Ospina";
const GOMEZ: &str = "José Ángel Gómez Niño";
const NANEZ: &str = "Luz Dary Ñáñez Muñoz";
const TORRES: &str = "Carlos Andrés Torres";
const BERMUDEZ: &str = "Gloria Inés Bermúdez";
const CASTANO: &str = "Hernán Darío Castaño";
const QUINTERO: &str = "Pedro Nel Quintero";
const HINCAPIE: &str = "Rosalba Hincapié";
const PAEZ: &str = "Wilson Alberto Páez";
const GUEST: &str = "Beatriz Elena Montoya";

/// What somebody confirmed to be personal data.
pub(crate) const IDENTITY: &str = "1.128.456.789";
pub(crate) const TELEPHONE: &str = "300 555 0142";
/// What only stands in a reserved stretch.
pub(crate) const RESERVED: &str = "zqreservadozq";

/// Puts a session together, one utterance after the other.
struct Sound {
    utterances: Vec<Utterance>,
    recording: usize,
    ms: u64,
}

/// How long the first recording is, in milliseconds; the second begins there.
const FIRST_MS: u64 = 2_400_000;

impl Sound {
    fn say(&mut self, speaker: &str, text: &str) -> usize {
        let start_ms = self.ms;
        let word = |text: &str| {
            let start_ms = self.ms;
            let end_ms = start_ms + 120 + 45 * text.chars().count() as u64;
            self.ms = end_ms + if text.ends_with(['.', '?']) { 600 } else { 40 };
            Word { text: text.to_owned(), start_ms, end_ms, confidence: 0.95 }
        };
        let words: Vec<Word> = text.split_whitespace().map(word).collect();
        let end_ms = words.last().map_or(start_ms, |word| word.end_ms);
        let speaker = Some(speaker.to_owned()).filter(|name| !name.is_empty());
        let touched = self.utterances.len().is_multiple_of(3);
        self.utterances.push(Utterance {
            words,
            speaker,
            touched,
            corrected: u32::from(touched),
            ..Utterance::heard(self.recording, start_ms, end_ms, vec![])
        });
        self.ms += 900;
        self.utterances.len() - 1
    }

    fn mark(&mut self, at: usize, mark: Mark) {
        self.utterances[at].mark = Some(mark);
    }

    fn pause(&mut self, ms: u64) {
        self.ms += ms;
    }
}

fn entry(heard: Option<Stretch>, what: What) -> Entry {
    Entry { id: EntryId::new(), heard, what }
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// The session.
pub(crate) fn session() -> Material {
    let mut sound = Sound { utterances: vec![], recording: 0, ms: 2_000 };
    let (president, secretary) = (PRESIDENT, SECRETARY);
    let mut items: Vec<(u32, &str, Business, usize)> = Vec::new();
    let opening = sound.say(president, "Buenos días a todos. Siendo las nueve y cinco de la mañana del veintiuno de noviembre, damos inicio a la sesión plenaria ordinaria. Señor secretario, sírvase llamar a lista y verificar el quórum.");
    items.push((1, "Llamado a lista y verificación del quórum", Business::RollCall, opening));
    sound.say(secretary, "Con mucho gusto, señora presidenta.");
    for (name, ..) in MEMBERS.iter().filter(|member| member.3 == Attendance::Present) {
        sound.say(secretary, &format!("{name}."));
        sound.say(name, "Presente.");
    }
    let quorum = sound
        .say(secretary, "Contestaron a lista diez concejales. Hay quórum para deliberar y decidir, señora presidenta.");
    let agenda = sound.say(president, "Gracias, señor secretario. Sírvase leer el orden del día.");
    items.push((2, "Lectura y aprobación del orden del día", Business::Agenda, agenda));
    sound.say(secretary, "Orden del día. Primero, llamado a lista y verificación del quórum. Segundo, lectura y aprobación del orden del día. Tercero, aprobación del acta anterior. Cuarto, segundo debate del proyecto de acuerdo cero doce de dos mil veintiséis. Quinto, comunicaciones. Sexto, proposiciones y varios.");
    let agenda_vote = [sound.say(president, "En consideración el orden del día leído. Se abre la discusión, se cierra. ¿Lo aprueban los honorables concejales?"), sound.say(secretary, "Aprobado, señora presidenta.")];
    let earlier = sound.say(president, "Siguiente punto.");
    items.push((3, "Lectura y aprobación del acta anterior", Business::EarlierMinutes, earlier));
    let earlier_end =
        sound.say(secretary, "Aprobación del acta cero cuarenta y cuatro, que fue enviada a los correos.");
    sound.say(
        GOMEZ,
        "Presidenta, eh, solo una, una observación: en la página siete mi segundo apellido es Niño, con eñe.",
    );
    let earlier_vote = [
        sound.say(president, "Con esa observación, ¿aprueban el acta?"),
        sound.say(secretary, "Ha sido aprobada por los diez concejales presentes."),
    ];
    let bill = sound.say(president, "Continúe, señor secretario.");
    items.push((4, "Segundo debate del Proyecto de Acuerdo 012 de 2026, «Por medio del cual se adopta la política pública de juventud»", Business::Bill, bill));
    let bill_end = sound.say(secretary, "Segundo debate del proyecto de acuerdo cero doce de dos mil veintiséis, por medio del cual se adopta la política pública de juventud. Ponente, la concejala Luz Dary Ñáñez.");
    sound.say(president, "Tiene la palabra la concejala ponente.");
    sound.say(NANEZ, "Gracias, presidenta. Bueno, el proyecto llega a esta plenaria con, con informe favorable de la comisión. Se revisaron las cifras del marco fiscal, que suman veinticinco mil millones de pesos, o sea, el sesenta y cuatro por ciento de lo que pedían las organizaciones.");
    sound.say(NANEZ, "Se oyó a las organizaciones juveniles de las cuatro comunas, y, este, se acogieron once de sus diecisiete propuestas. El artículo quinto de la Ley 1622 de 2013 nos obliga a tener esta política, y el municipio está en mora desde hace seis años.");
    sound.say(NANEZ, "Pido a mis compañeros que acompañen la ponencia con su voto.");
    sound.say(president, "Tiene la palabra el concejal Castaño, que acaba de llegar.");
    sound.say(CASTANO, "Gracias. Excusas por la demora. Yo no comparto el artículo octavo, porque compromete vigencias futuras sin concepto de la Secretaría de Hacienda. Solicito que se oficie a esa Secretaría antes de votar.");
    let inaudible = sound.say(CASTANO, "y además lo que dijo el doctor en la comisión");
    sound.mark(inaudible, Mark::Inaudible);
    sound.say(CASTANO, "Mientras no llegue ese concepto, mi voto es negativo.");
    let constancia = sound.say(BERMUDEZ, "Presidenta, que conste en el acta, palabra por palabra: eh, yo advertí el doce de agosto que este proyecto no tenía, no tenía concepto fiscal.");
    sound.say(president, "Queda constancia, concejala.");
    let recess = [sound.say(president, "Se decreta un receso de diez minutos para conciliar el artículo octavo."), 0];
    sound.pause(60_000);
    sound.say("", "Oiga, ¿y a qué horas es el almuerzo hoy?");
    sound.recording = 1;
    sound.ms = FIRST_MS + 4_000;
    let recess = [recess[0], sound.say(president, "Se levanta el receso. Señor secretario, verifique el quórum.")];
    sound.say(secretary, "Hay quórum, presidenta, con once concejales.");
    let void_vote = [
        sound.say(president, "Votación nominal del proyecto. Señor secretario, llame a lista."),
        sound.say(
            secretary,
            "Señora presidenta, van doce votos y hay once concejales presentes. La votación queda anulada.",
        ),
    ];
    let nominal = [
        sound.say(president, "Se repite la votación. Llame a lista."),
        sound.say(secretary, "Nueve votos por el sí y dos votos por el no. Ha sido aprobado el proyecto de acuerdo."),
    ];
    let letters = sound.say(president, "Siguiente punto.");
    items.push((5, "Comunicaciones", Business::Communications, letters));
    let letter = sound.say(secretary, &format!("Se recibió el oficio 2026-118 de la Personería, firmado por la ciudadana con cédula {IDENTITY}, teléfono {TELEPHONE}, sobre el estado de la escuela de La Loma."));
    let reserved = [sound.say(GUEST, &format!("Lo que voy a decir es de un menor de edad y pido reserva. El niño {RESERVED} fue trasladado de colegio.")), sound.say(president, &format!("Queda reservado lo dicho sobre {RESERVED}."))];
    sound.mark(reserved[0], Mark::Reserved);
    sound.mark(reserved[1], Mark::Reserved);
    sound.say(GUEST, "En lo demás, la Personería pide que la Alcaldía responda en cinco días hábiles.");
    let motions = sound.say(president, "Proposiciones y varios.");
    items.push((6, "Proposiciones y varios", Business::Motions, motions));
    let motion = sound.say(QUINTERO, "Propongo que se cite al secretario de Infraestructura para el debate de control político sobre la vía a La Loma.");
    let motion_vote = [
        sound.say(president, "En consideración la proposición. ¿La aprueban?"),
        sound.say(secretary, "Negada, presidenta, por seis votos contra cinco."),
    ];
    let back = sound.say(president, "Antes de cerrar volvemos al punto quinto, porque llegó otra carta.");
    items.push((5, "Comunicaciones", Business::Communications, back));
    let second_letter = sound.say(secretary, "Es una invitación de la Gobernación al foro de concejales.");
    sound.say(PAEZ, "Presidenta, me debo retirar por una cita médica.");
    sound.say(HINCAPIE, "Yo quisiera agradecer a los funcionarios de esta corporación, que siempre nos acompañan, y desearles a todos un buen fin de semana.");
    let next = sound.say(president, "Agotado el orden del día, se levanta la sesión siendo las doce y cuarenta. Se cita para el martes veinticuatro de noviembre a las nueve.");

    let clock = Clock { offsets_ms: vec![0, FIRST_MS] };
    let heard = |from: usize, to: usize| {
        let (from, to) = (clock.heard(&sound.utterances[from]), clock.heard(&sound.utterances[to]));
        Some(Stretch { from: from.from, to: to.to })
    };
    let one = |at: usize| heard(at, at);
    let pair = |pair: [usize; 2]| heard(pair[0], pair[1]);
    let mut entries: Vec<Entry> = Vec::new();
    for (index, (number, title, business, from)) in items.iter().enumerate() {
        let to = items.get(index + 1).map_or(next, |(.., next)| next - 1);
        let item = Item { number: *number, title: (*title).to_owned(), business: *business };
        entries.push(entry(heard(*from, to), What::Item(item)));
    }
    let project = "Proyecto de Acuerdo 012 de 2026";
    let present: Vec<&str> = MEMBERS
        .iter()
        .filter(|member| !matches!(member.3, Attendance::Absent | Attendance::Excused))
        .map(|member| member.0)
        .collect();
    let (no, yes): (Vec<&str>, Vec<&str>) = present.iter().partition(|name| [CASTANO, BERMUDEZ].contains(*name));
    entries.extend([
        entry(one(quorum), What::Quorum { holds: true, count: Some(10) }),
        entry(
            pair(agenda_vote),
            What::Vote(Vote {
                about: "el orden del día".to_owned(),
                outcome: Some(Outcome::Approved),
                ..Vote::default()
            }),
        ),
        entry(
            heard(earlier, earlier_end),
            What::EarlierMinutes {
                number: "044".to_owned(),
                observations: "En la página 7, el segundo apellido del concejal es Niño.".to_owned(),
            },
        ),
        entry(
            pair(earlier_vote),
            What::Vote(Vote {
                about: "el acta".to_owned(),
                in_favour: Some(10),
                outcome: Some(Outcome::Approved),
                ..Vote::default()
            }),
        ),
        entry(
            heard(bill, bill_end),
            What::Bill(Bill {
                number: "012 de 2026".to_owned(),
                title: "Por medio del cual se adopta la política pública de juventud".to_owned(),
                authors: names(&["Alcaldía Municipal"]),
                rapporteurs: names(&[NANEZ]),
                debate: Some(2),
                first_debate: "2026-11-12".to_owned(),
            }),
        ),
        entry(one(constancia), What::Constancia { by: BERMUDEZ.to_owned() }),
        entry(pair(recess), What::Recess { reason: "conciliar el artículo octavo".to_owned(), lasted_ms: None }),
        entry(
            pair(void_vote),
            What::Vote(Vote {
                about: project.to_owned(),
                mode: Mode::Nominal,
                in_favour: Some(10),
                against: Some(2),
                outcome: Some(Outcome::Void),
                ..Vote::default()
            }),
        ),
        entry(
            pair(nominal),
            What::Vote(Vote {
                about: project.to_owned(),
                mode: Mode::Nominal,
                in_favour: Some(9),
                against: Some(2),
                names: VoteNames { in_favour: names(&yes), against: names(&no), ..VoteNames::default() },
                outcome: Some(Outcome::Approved),
                ..Vote::default()
            }),
        ),
        entry(
            one(letter),
            What::Communication {
                reference: "2026-118".to_owned(),
                date: "2026-11-18".to_owned(),
                from: "la Personería Municipal".to_owned(),
                to: "el Concejo".to_owned(),
                subject: format!("estado de la escuela de La Loma (contacto: {TELEPHONE})"),
            },
        ),
        entry(
            pair(reserved),
            What::Task { who: RESERVED.to_owned(), text: "Nada de esto es público".to_owned(), due: String::new() },
        ),
        entry(
            one(motion),
            What::Motion {
                by: names(&[QUINTERO]),
                text: "Cítese al secretario de Infraestructura a debate de control político sobre la vía a La Loma."
                    .to_owned(),
            },
        ),
        entry(
            pair(motion_vote),
            What::Vote(Vote {
                about: "la proposición".to_owned(),
                in_favour: Some(5),
                against: Some(6),
                outcome: Some(Outcome::Rejected),
                ..Vote::default()
            }),
        ),
        entry(
            one(second_letter),
            What::Communication {
                reference: String::new(),
                date: String::new(),
                from: "la Gobernación".to_owned(),
                to: String::new(),
                subject: "invitación al foro de concejales".to_owned(),
            },
        ),
        entry(
            one(next),
            What::NextSession {
                date: "2026-11-24".to_owned(),
                time: "09:00".to_owned(),
                place: "el recinto del Concejo".to_owned(),
            },
        ),
        entry(
            None,
            What::Task {
                who: "Secretaría general".to_owned(),
                text: "Enviar a la Alcaldía el texto aprobado del proyecto 012".to_owned(),
                due: "2026-11-27".to_owned(),
            },
        ),
        entry(None, What::Annex { title: "Registro de asistencia".to_owned(), folios: Some(2), sha256: None }),
        entry(None, What::Annex { title: "Informe de ponencia".to_owned(), folios: Some(14), sha256: None }),
    ]);

    let summary = |at: usize, text: &str, confirmed| Summary {
        heard: clock.heard(&sound.utterances[at]),
        text: text.to_owned(),
        confirmed,
    };
    let find =
        |part: &str| sound.utterances.iter().position(|utterance| utterance.text().contains(part)).unwrap_or_default();
    let summaries = vec![
        summary(
            find("informe favorable"),
            "Presentó la ponencia favorable y explicó las cifras del marco fiscal.",
            true,
        ),
        summary(find("acompañen la ponencia"), "Pido a mis compañeros que acompañen la ponencia con su voto.", true),
        summary(
            find("no comparto"),
            "Se opuso al artículo octavo por falta de concepto de la Secretaría de Hacienda y pidió oficiarle.",
            false,
        ),
        summary(find("Buenos días"), "", true),
        summary(find("fin de semana"), "", true),
    ];
    let record = Record {
        entity: "Municipio de Villa Serena".to_owned(),
        body: "Concejo Municipal".to_owned(),
        kind: "plenaria ordinaria".to_owned(),
        number: "045".to_owned(),
        date: "2026-11-21".to_owned(),
        place: "el recinto del Concejo Municipal".to_owned(),
        starts: "09:05".to_owned(),
        ends: "12:40".to_owned(),
        president: president.to_owned(),
        secretary: secretary.to_owned(),
        attendance: MEMBERS
            .iter()
            .map(|(name, office, party, attendance)| Attendee {
                name: (*name).to_owned(),
                office: (*office).to_owned(),
                party: (*party).to_owned(),
                attendance: *attendance,
                arrived: if *name == CASTANO { "09:50".to_owned() } else { String::new() },
                left: if *name == PAEZ { "12:30".to_owned() } else { String::new() },
                reason: if *attendance == Attendance::Excused {
                    "Calamidad doméstica".to_owned()
                } else {
                    String::new()
                },
                remote: *name == TORRES,
                ..Attendee::default()
            })
            .collect(),
        guests: vec![Guest { name: GUEST.to_owned(), office: "Personera municipal".to_owned(), gender: None }],
        ..Record::default()
    };
    let people = vec![Person { name: secretary.to_owned(), office: "Secretario general".to_owned() }];
    let recording = |name: &str, hash: &str, offset_ms, duration_ms| RecordingFacts {
        name: name.to_owned(),
        sha256: Some(hash.repeat(8)),
        streamed: false,
        offset_ms,
        duration_ms,
    };
    let masks = [(IDENTITY, Kind::Identity), (TELEPHONE, Kind::Telephone)].into_iter().filter_map(|(said, kind)| {
        let suggestion = Suggestion::new(said, 0..said.len(), kind, Confidence::Certain)?;
        Secret::new(said, &suggestion)
    });
    Material {
        masks: masks.collect(),
        people,
        summaries,
        figures_heard: vec![],
        recordings: vec![
            recording("261121_0012.MP3", "9f86d081", 0, FIRST_MS),
            recording("261121_0013.MP3", "60303ae2", FIRST_MS, 1_260_000),
        ],
        listening: Some(Listening {
            engine: "whisper".to_owned(),
            model: "large-v3-turbo".to_owned(),
            model_sha256: "fd61a03a".repeat(8),
            other_models: vec![],
            coverage: Coverage { audio_ms: 3_660_000, speech_ms: 3_100_000, covered_ms: 3_060_000, doubts: vec![] },
        }),
        warning: None,
        minutes: Minutes { record, entries },
        utterances: sound.utterances,
    }
}
