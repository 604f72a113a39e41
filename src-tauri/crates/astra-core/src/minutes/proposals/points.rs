//! How a point of the order of the day is told among the words of a line: by its number, or by what it is called.

use super::families::Event;
use super::folded::fold;
use super::numbering::paused;
use super::numbers::{number, ordinal};
use super::sitting::{Cue, Line, Sitting};
use super::speakers::Who;

/// So many words name a point.
const TITLE: usize = 16;

/// Words that go on to the next point.
pub(super) const GOES_ON: [&str; 30] = [
    "quedan",
    "faltan",
    "volvemos",
    "vayamos",
    "pasamos",
    "pasemos",
    "pasar",
    "continuamos",
    "continuemos",
    "continua",
    "seguimos",
    "sigamos",
    "sigue",
    "vamos",
    "entramos",
    "entremos",
    "llegamos",
    "siguiente",
    "ahora",
    "punto",
    "procedemos",
    "retomamos",
    "retomemos",
    "toca",
    "abordamos",
    "iniciamos",
    "desarrollamos",
    "tenemos",
    "terminamos",
    "ultimo",
];

/// Those of them that say so by themselves, wherever they stand.
pub(super) const STEPS: [&str; 18] = [
    "pasamos",
    "pasemos",
    "continuamos",
    "continuemos",
    "seguimos",
    "sigamos",
    "vamos",
    "vayamos",
    "entramos",
    "entremos",
    "llegamos",
    "procedemos",
    "retomamos",
    "retomemos",
    "volvemos",
    "abordamos",
    "toca",
    "sigue",
];

/// What stands between the words of a point.
const JOINING: [&str; 9] = ["de", "del", "la", "el", "los", "las", "y", "al", "a"];

/// What stands between them and the point.
pub(super) const LEADS: [&str; 31] = [
    "hay",
    "gracias",
    "muchas",
    "perfecto",
    "listo",
    "a",
    "al",
    "con",
    "el",
    "la",
    "los",
    "las",
    "y",
    "en",
    "del",
    "de",
    "entonces",
    "bueno",
    "bien",
    "ya",
    "lo",
    "por",
    "finalmente",
    "pues",
    "es",
    "que",
    "orden",
    "dia",
    "numero",
    "senor",
    "secretario",
];

/// What is done with a matter, which names none.
const DONE: [&str; 16] = [
    "lectura",
    "aprobacion",
    "discusion",
    "consideracion",
    "presentacion",
    "socializacion",
    "tramite",
    "estudio",
    "dacion",
    "cuenta",
    "sobre",
    "para",
    "primer",
    "segundo",
    "asuntos",
    "procede",
];

/// What a point is called where nobody read the order of the day: the words behind its number, up to the end of
/// their sentence.
pub(super) fn title_said(sitting: &Sitting<'_>, cue: &Cue) -> String {
    let sentence = |line: usize, from: usize| {
        let Line { words, own, .. } = &sitting.lines[line];
        // «Dos. Aprobación de la cuenta.»
        let bare = (from..*own).find(|at| ordinal(&words[*at].text).is_none() && number(&[&words[*at].text]).is_none());
        let from = bare.unwrap_or(from);
        let end = (from..*own).find(|at| words[*at].ends).map_or(*own, |at| at + 1);
        sitting.said(line, from, end.min(from + TITLE)).to_owned()
    };
    let words = sitting.own_words(cue.line);
    let from = cue.to + usize::from(words.get(cue.to) == Some(&"es"));
    // «Vamos al tercero. Ana, lee el dictamen. — Dictamen de la comisión …»
    let bids = words.get(from..).is_none_or(|rest| {
        rest.is_empty() || sitting.people.mentions(rest, true).first().is_some_and(|mention| mention.from == 0)
    });
    let next = sitting.lines.get(cue.line + 1).filter(|next| bids && next.who == Who::Secretary);
    if next.is_some() { sentence(cue.line + 1, 0) } else { sentence(cue.line, from) }
}

/// The words by which a point is told from the others.
pub(super) fn keys(items: &[String], number: usize) -> Vec<String> {
    let words = |title: &str| fold(title).into_iter().map(|word| word.text).collect::<Vec<_>>();
    let others: Vec<String> =
        items.iter().enumerate().filter(|(at, _)| at + 1 != number).flat_map(|(_, title)| words(title)).collect();
    let own = words(&items[number - 1]).into_iter().take(8);
    own.filter(|word| word.len() > 3 && !others.contains(word) && !DONE.contains(&word.as_str())).collect()
}

/// «Vamos con las comunicaciones», «bueno, proposiciones, ¿cuántas hay?»: where a line goes on to the point that has
/// these words, with a pause behind the word or words that go on before it.
pub(super) fn called(sitting: &Sitting<'_>, line: usize, keys: &[String]) -> Option<usize> {
    let words = sitting.own_words(line);
    if !matches!(sitting.lines[line].who, Who::Chair | Who::Unknown) || sitting.has(line..line + 1, &[Event::Floor]) {
        return None;
    }
    let goes_on = words.iter().take(6).any(|word| GOES_ON.contains(word));
    let verb = |at: usize| STEPS.contains(&words[at]);
    let starts = (0..words.len().min(14)).filter(|at| paused(sitting, (line, *at)) || verb(*at));
    starts.into_iter().find_map(|start| {
        let lead = words[start..].iter().take_while(|word| GOES_ON.contains(word) || LEADS.contains(word)).count();
        let at = start + lead;
        let named = words.get(at).filter(|word| keys.iter().any(|key| key == *word))?;
        let is_key = |word: &&&str| keys.iter().any(|key| key == **word);
        // «La elección de la mesa directiva.»
        let inner = words[at..].iter().take_while(|word| is_key(word) || JOINING.contains(word)).count();
        let more = words[at..at + inner].iter().rposition(|word| is_key(&word)).map_or(1, |last| last + 1);
        let next = words.get(at + more).copied().unwrap_or_default();
        let spoken_to = next.starts_with("secretari") || matches!(next, "don" | "dona" | "senor" | "senora" | "que");
        let ends = at + more == words.len() || paused(sitting, (line, at + more)) || spoken_to || verb(start);
        let asks = start == 0 && sitting.utterances[line].text.contains('?');
        let table = sitting.lines[line].who == Who::Chair || asks;
        (!named.is_empty() && ends && (goes_on || verb(start) || table)).then_some(start)
    })
}

/// «Eso va en el punto seis.»
pub(super) fn refers(sitting: &Sitting<'_>, cue: &Cue) -> bool {
    let words = sitting.words(cue.line);
    let before = &words[cue.from.saturating_sub(3)..cue.from];
    matches!(before, [.., "en" | "para" | "hasta", "el"] | [.., "del"])
        && !before.iter().any(|word| GOES_ON.contains(word))
}

/// What share of the first words of a title stands in `words`, which go straight to it.
pub(super) fn begins_with(words: &[&str], title: &str) -> f64 {
    let title: Vec<String> =
        fold(title).into_iter().map(|word| word.text).filter(|word| word.len() > 3).take(4).collect();
    let Some(first) = title.first().and_then(|first| words.iter().position(|word| word == first)) else { return 0.0 };
    let led = words[..first].iter().all(|word| GOES_ON.contains(word) || LEADS.contains(word));
    let said = title.iter().filter(|word| words.contains(&word.as_str())).count();
    if led { said as f64 / title.len() as f64 } else { 0.0 }
}

/// Whether somebody pauses before the word at a place.
pub(super) fn pauses(sitting: &Sitting<'_>, line: usize, at: usize) -> bool {
    let to = at.checked_sub(1).and_then(|before| sitting.lines[line].words.get(before)).map_or(0, |word| word.to);
    sitting.utterances[line].text.get(to..).is_some_and(|rest| rest.starts_with([',', '.', ':', ';']))
}

/// The number in «tercer punto», «punto número tres».
pub(super) fn spoken_number(sitting: &Sitting<'_>, cue: &Cue) -> Option<u32> {
    let words = sitting.words(cue.line);
    (cue.from..cue.to.min(words.len()))
        .find_map(|at| ordinal(words[at]).or_else(|| number(&words[at..]).map(|(value, _)| value)))
}

/// What share of the words of a title is said in a line.
pub(super) fn alike(sitting: &Sitting<'_>, line: usize, title: &str) -> f64 {
    alike_from(sitting, line, 0, title)
}

pub(super) fn alike_from(sitting: &Sitting<'_>, line: usize, from: usize, title: &str) -> f64 {
    let mut words = sitting.words(line);
    let next = line + 1;
    if sitting.lines[line].own <= 4 && next < sitting.lines.len() && sitting.lines[next].who != Who::Member {
        // «Tercero. — Aprobación del acta.»
        words.extend(sitting.own_words(next));
    }
    let words = words.get(from..).unwrap_or_default();
    let title: Vec<String> =
        fold(title).into_iter().map(|word| word.text).filter(|word| word.len() > 3).take(6).collect();
    if title.is_empty() {
        return 0.0;
    }
    let said = title.iter().filter(|word| words.iter().any(|heard| heard == word)).count();
    said as f64 / title.len() as f64
}
