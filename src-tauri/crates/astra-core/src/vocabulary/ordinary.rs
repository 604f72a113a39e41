//! Which words are ordinary Spanish. Nothing is ever written in their place.

use std::sync::LazyLock;

use spellbook::Dictionary;

use super::lists;

/// The Colombian one of those that LibreOffice comes with: 61,000 words with all their forms, and well-known names.
static DICTIONARY: LazyLock<Option<Dictionary>> = LazyLock::new(|| {
    let rules = include_str!("../../../../../node_modules/dictionary-es-co/index.aff");
    let words = include_str!("../../../../../node_modules/dictionary-es-co/index.dic");
    Dictionary::new(rules, words).inspect_err(|error| tracing::error!(%error, "the dictionary cannot be read")).ok()
});

/// What councils say every day and the dictionary does not know.
const COUNCIL: &str = "\
    quórum quorum predial prediales exconcejal exconcejala exalcalde exalcaldesa interadministrativo interadministrativa \
    interinstitucional deliberatorio decisorio semaforización socialización pavimentación repavimentación minga mingas \
    buseta busetas mototaxi mototaxista moto motos whatsapp celular celulares internet wifi covid online streaming \
    parágrafo otrosí veeduría veedurías edil ediles edilesa corregiduría estampilla estampillas cabildante cabildantes \
    lideresa lideresas campesinado paramilitar fotomulta fotomultas alumbrado plusvalía posconflicto postconflicto \
    resocialización sobretasa sobretasas subsecretario subdirectora bioseguridad cofinanciación viabilización";

/// Whether a word in small letters is ordinary Spanish. Every word is where the dictionary cannot be read.
pub(super) fn is_ordinary(word: &str) -> bool {
    static WORDS: LazyLock<std::collections::HashSet<&str>> = LazyLock::new(|| COUNCIL.split_whitespace().collect());
    WORDS.contains(word) || lists::is_formal(word) || lists::is_empty(word) || is_in_dictionary(word)
}

/// Whether a word in small letters is ordinary Spanish, or a well-known name that nobody gave its capital.
pub(crate) fn is_spanish(word: &str) -> bool {
    let mut letters = word.chars();
    let name: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    is_ordinary(word) || is_in_dictionary(&name)
}

/// Whether a word, as it is written, is a name or a word that the dictionary knows.
pub(super) fn is_in_dictionary(word: &str) -> bool {
    DICTIONARY.as_ref().is_none_or(|dictionary| dictionary.check(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_words_are_ordinary_and_names_are_not() {
        for word in ["vereda", "veredas", "dijéramos", "concejalas", "quórum", "acta", "que", "fruto"] {
            assert!(is_ordinary(word), "{word}");
        }
        for word in ["chachafruto", "enao", "henao", "neiva"] {
            assert!(!is_ordinary(word), "{word}");
        }
        assert!(is_in_dictionary("Neiva") && !is_in_dictionary("Chachafruto"));
        assert!(is_spanish("neiva") && is_spanish("vereda") && !is_spanish("vereador"));
    }
}
