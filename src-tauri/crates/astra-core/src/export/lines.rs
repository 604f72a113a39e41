//! Text from outside (engines, edits, file names) made safe to stand in one line of a document.

/// The text on one line: line breaks and tabs become a space, spaces are not doubled, and the
/// characters that XML 1.0 forbids or that nobody can see (control characters, non-characters, a stray
/// byte-order mark) are dropped, and so are those that turn the order of all the text after them around.
/// Non-breaking spaces are kept, though not at the ends.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                if !line.is_empty() && !line.ends_with(' ') {
                    line.push(' ');
                }
            }
            hidden if is_hidden(hidden) => {}
            visible => line.push(visible),
        }
    }
    line.trim().to_owned()
}

/// Whether a character has no business in a document: XML 1.0 forbids it, or nobody can see it, or it
/// turns the order of the text after it around.
pub(crate) fn is_hidden(character: char) -> bool {
    match character {
        '\u{feff}' | '\u{fffe}' | '\u{ffff}' => true,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        other => other.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn breaks_become_spaces_and_what_cannot_be_seen_goes() {
        assert_eq!(one_line("\u{feff} el\r\n\u{1}señor\t\u{0} presidente\u{b}"), "el señor presidente");
        assert_eq!(one_line("Ana \u{202e}López\u{2067} \u{5d0}\u{200f} 👩🏽‍⚖️"), "Ana López \u{5d0}\u{200f} 👩🏽‍⚖️");
        assert_eq!(one_line("64\u{a0}% \u{ffff}"), "64\u{a0}%");
    }

    proptest! {
        #[test]
        fn the_result_holds_only_what_xml_allows_on_one_line(text in any::<String>()) {
            let line = one_line(&text);
            let allowed = |c: char| !c.is_control() && !['\u{fffe}', '\u{ffff}'].contains(&c);
            prop_assert!(line.chars().all(allowed), "{:?}", line);
            prop_assert_eq!(line.trim(), line.as_str());
            prop_assert!(!line.contains("  "));
        }
    }
}
