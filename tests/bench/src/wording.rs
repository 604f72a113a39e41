//! How far two texts are from each other.

/// Words without case and punctuation.
pub fn words(text: &str) -> Vec<String> {
    let plain: String =
        text.to_lowercase().chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
    plain.split_whitespace().map(str::to_owned).collect()
}

/// How many words have to be changed, left out or put in to make one text of the other.
pub fn differing(one: &[String], other: &[String]) -> usize {
    strsim::generic_levenshtein(&one.to_vec(), &other.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_marks_are_no_difference_and_words_are() {
        let distance = |one: &str, other: &str| differing(&words(one), &words(other));
        assert_eq!(distance("Se abre la sesión.", "se abre, la sesión"), 0);
        assert_eq!(distance("se abre la sesión", "se abre sesión hoy"), 2);
        assert_eq!(distance("", "tres palabras más"), 3);
    }
}
