//! How far two texts are from each other.

/// Words without case and punctuation.
pub fn words(text: &str) -> Vec<String> {
    let plain: String =
        text.to_lowercase().chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
    plain.split_whitespace().map(str::to_owned).collect()
}

/// How many words have to be changed, left out or put in to make one text of the other (Levenshtein, 1965).
pub fn differing(one: &[String], other: &[String]) -> usize {
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (row, word) in one.iter().enumerate() {
        let mut here = vec![row + 1];
        for (column, against) in other.iter().enumerate() {
            let changed = above[column] + usize::from(word != against);
            here.push(changed.min(above[column + 1] + 1).min(here[column] + 1));
        }
        above = here;
    }
    above[other.len()]
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
