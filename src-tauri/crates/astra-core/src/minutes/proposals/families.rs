//! The families of phrases, compiled from the data beside this file.

use std::sync::LazyLock;

use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};
use serde::Deserialize;

/// What a phrase is a sign of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Event {
    Open,
    Hour,
    Begin,
    Lift,
    LiftLoose,
    Exhausted,
    Next,
    RollOrder,
    Arrival,
    ArrivalOwn,
    ArrivalTold,
    Departure,
    DepartureOwn,
    Quorum,
    QuorumNone,
    Headcount,
    AgendaRead,
    AgendaLoose,
    MinutesRead,
    Point,
    NextPoint,
    Floor,
    FloorShort,
    Speech,
    Motion,
    Record,
    Consider,
    Closing,
    Question,
    Consent,
    Side,
    VoteOpen,
    Nominal,
    Secret,
    Count,
    Unanimous,
    Passed,
    Failed,
    Tie,
    Casting,
    Assent,
    Elect,
    Elected,
    Annul,
    Again,
    Amend,
    Recess,
    RecessWish,
    Resume,
}

/// Who says a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum By {
    Chair,
    Secretary,
    Table,
    Member,
    Anyone,
}

/// Ways to say one thing.
#[derive(Debug, Deserialize)]
pub(super) struct Family {
    /// Stable, kept with the evidence.
    pub id: String,
    pub event: Event,
    pub by: By,
    /// No member says it in a speech.
    #[serde(default)]
    pub firm: bool,
    /// Words of another day or of a wish before it take it away.
    #[serde(default)]
    pub guarded: bool,
    /// Only the words of one line are seen.
    #[serde(default)]
    pub own: bool,
    pattern: String,
}

/// All of them, ready to be matched.
pub(super) struct Families {
    pub list: Vec<Family>,
    patterns: Vec<Regex>,
    set: RegexSet,
}

#[derive(Deserialize)]
struct File {
    family: Vec<Family>,
}

/// The short forms of the patterns.
const SHORT_FORMS: [(&str, &str); 7] = [
    (
        "<n>",
        "(?:\\d{1,3}|un[oa]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez(?: y (?:seis|siete|ocho|nueve))?|once|doce|trece|catorce|quince|dieci(?:seis|siete|ocho|nueve)|veinte|veinti[a-z]+|treinta(?: y [a-z]+)?|cuarenta(?: y [a-z]+)?|cincuenta(?: y [a-z]+)?|cero|ningun[oa]?)",
    ),
    (
        "<concejal>",
        "(?:concejal(?:a|as|es)?|edil(?:es|esa|a)?|corporad[oa]s?|cabildantes?|regidor(?:a|as|es)?|h c|miembros)",
    ),
    ("<presidente>", "(?:president[ea]|presidencia|alcalde|alcaldesa)"),
    ("<secretario>", "(?:secretari[oa]|secretaria)"),
    ("<quorum>", "(?:[qck]u?o+r+u[mn]|cuorun|corum|quorom|quoro|foro minimo)"),
    ("<sesion>", "(?:sesion(?:es)?|plenaria|pleno|cabildo|reunion ordinaria|audiencia)"),
    ("<voto>", "(?:voto|votos|votacion)"),
];

static FAMILIES: LazyLock<Families> = LazyLock::new(|| Families::compile().unwrap_or_else(|_| Families::none()));

/// The families of this program.
pub(super) fn families() -> &'static Families {
    &FAMILIES
}

/// What, said before a phrase, means that it is told and not done.
pub(super) static TOLD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    ascii(
        r"\b(?:la (?:semana|sesion|plenaria|vez|reunion|legislatura) (?:pasada|anterior)|(?:sesion|plenaria|votacion) (?:anterior|pasada|del (?:lunes|martes|miercoles|jueves|viernes|sabado|domingo|dia|ano|mes))|(?:el|del) (?:lunes|martes|miercoles|jueves|viernes|sabado|domingo|ano|mes|periodo|concejo|cuatrienio) (?:pasado|anterior)|ayer|antier|anteayer|hace (?:un|una|dos|tres|cuatro|cinco|seis|ocho|diez|quince|veinte|varios|unos|pocos|\d+)|en ese entonces|aquel(?:la)? (?:dia|vez|sesion|votacion)|esa (?:vez|noche|sesion)|ese dia|el otro dia|en (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)|en (?:el congreso|la asamblea|el senado|la camara|la junta)|(?:en|del|de) (?:19|20)\d\d|(?:yo |les |le )?(?:pido|solicito|quisiera|ojala|espero|propongo) que|si otra vez|si (?:nadie|alguno|alguna|alguien|vuelve|vuelven|queda|gana|pierde)|para que|si (?:se|no se|la|lo|nos|usted|ustedes|hay|no hay)|antes de que|despues de que|una vez|cuando|mientras|como si|sin que|hasta que|no (?:es|era) que)(?: \w+){0,7}$|\b(?:dijo|dijeron|decia|decian|contaron|conto)(?: \w+){0,2}$",
    )
    .ok()
});

/// What, said before a phrase, only sounds like another time: the minutes of the last session are voted now, and
/// a condition that is met is none.
pub(super) static NOW: LazyLock<Option<Regex>> = LazyLock::new(|| {
    ascii(
        r"\bactas?(?: \w+){0,9}? (?:anterior(?:es)?|pasad[ao]s?|del (?:lunes|martes|miercoles|jueves|viernes|sabado|domingo|dia|mes)|de (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)(?: (?:de|del) \w+)?)\b|\bsi no hay (?:nada|mas|otr\w+|ningun\w*|intervencion\w*|observacion\w*|objecion\w*|pregunta\w*)\b|\bsi nadie mas\b|\buna vez \w+(?:ad|id)[oa]s?\b",
    )
    .ok()
});

impl Families {
    /// Which families are in `text`, by place in the list.
    pub(super) fn in_text(&self, text: &str) -> Vec<usize> {
        self.set.matches(text).into_iter().collect()
    }

    /// The place of the first family of these signs.
    pub(super) fn first_of(&self, event: Event) -> usize {
        self.list.iter().position(|family| family.event == event).unwrap_or_default()
    }

    /// Where family `at` is in `text`.
    pub(super) fn places(&self, at: usize, text: &str) -> Vec<std::ops::Range<usize>> {
        self.patterns
            .get(at)
            .map_or_else(Vec::new, |pattern| pattern.find_iter(text).map(|found| found.range()).collect())
    }

    fn compile() -> Result<Self, String> {
        let file: File = toml::from_str(include_str!("families.toml")).map_err(|error| error.to_string())?;
        let spelled: Vec<String> = file.family.iter().map(|family| spell(&family.pattern)).collect();
        let patterns = spelled.iter().map(|pattern| ascii(pattern)).collect::<Result<_, _>>();
        let set = RegexSetBuilder::new(&spelled).unicode(false).size_limit(1 << 26).dfa_size_limit(1 << 25).build();
        Ok(Self {
            list: file.family,
            patterns: patterns.map_err(|error: regex::Error| error.to_string())?,
            set: set.map_err(|error| error.to_string())?,
        })
    }

    fn none() -> Self {
        Self { list: Vec::new(), patterns: Vec::new(), set: RegexSet::empty() }
    }
}

fn spell(pattern: &str) -> String {
    SHORT_FORMS.iter().fold(pattern.to_owned(), |spelled, (short, long)| spelled.replace(short, long))
}

fn ascii(pattern: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(pattern).unicode(false).size_limit(1 << 24).build()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_family_compiles_and_has_an_id_of_its_own() {
        let families = Families::compile().unwrap();
        assert!(families.list.len() > 30);
        assert_eq!(families.list.iter().map(|family| &family.id).collect::<HashSet<_>>().len(), families.list.len());
        assert!(TOLD.is_some());
    }
}
