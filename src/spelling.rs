//! Words that are almost another word.

/// A word with its first letter in upper case.
pub(crate) fn raised(word: &str) -> String {
    with_first(word, str::make_ascii_uppercase)
}

/// A word with its first letter in lower case.
pub(crate) fn lowered(word: &str) -> String {
    with_first(word, str::make_ascii_lowercase)
}

fn with_first(word: &str, change: fn(&mut str)) -> String {
    let mut word = word.to_owned();
    if let Some(first) = word.get_mut(..1) {
        change(first);
    }
    word
}

/// If there are more names than this, similar ones are not searched where each of many would be compared with
/// each of them.
pub(crate) const MOST_TO_COMPARE: usize = 256;

/// The word in a list that the author of `word` most likely meant; `None` if all are too different. Case is
/// ignored.
pub(crate) fn nearest<'w>(word: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let lower = word.to_lowercase();
    // A typing error changes a letter or two; a word that differs in more is another word.
    let (length, allowed) = (lower.chars().count(), 1 + word.len() / 6);
    let near = words.into_iter().filter_map(|candidate| {
        // A much shorter one is skipped; a longer one may have been cut short.
        if candidate.len() + allowed < lower.len() {
            return None;
        }
        let candidate_lower = candidate.to_lowercase();
        // A word cut short is closer than its length suggests.
        if lower.len() >= 6 && candidate_lower.starts_with(&lower) {
            return Some((1, candidate));
        }
        // A short word must not become an entirely different one: `gpu` is not `cpu`.
        let is_same_start = length > 4 || lower.chars().next() == candidate_lower.chars().next();
        let is_near =
            |distance: usize| is_same_start && distance <= allowed && distance * 2 < candidate.len().max(2);
        // Lengths differ by no more than the words do, and are quick to compare.
        if !is_near(length.abs_diff(candidate_lower.chars().count())) {
            return None;
        }
        let distance = strsim::osa_distance(&lower, &candidate_lower);
        is_near(distance).then_some((distance, candidate))
    });
    near.min_by_key(|(distance, candidate)| (*distance, candidate.len().abs_diff(word.len())))
        .map(|(_, word)| word)
}

/// The nearest of some names that the user has chosen: each of many words may be compared with each of many names, so
/// that none is sought among very many.
pub(crate) fn nearest_of_few<'w>(word: &str, names: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let few: Vec<&str> = names.into_iter().take(MOST_TO_COMPARE + 1).collect();
    if few.len() > MOST_TO_COMPARE { None } else { nearest(word, few) }
}

/// Whether two names differ in two letters at most.
pub(crate) fn is_near(left: &str, right: &str) -> bool {
    if !Shape::of(left).may_be_near(Shape::of(right)) {
        return false;
    }
    // A short word must not become an entirely different one.
    let distance = strsim::osa_distance(left, right);
    distance <= 2 && distance * 2 < left.len().max(right.len())
}

/// What is needed to rule out most pairs of names quickly: they differ in length, or in more letters than two
/// changes explain. Each of many names may be compared with each of many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shape {
    length: usize,
    letters: u64,
}

impl Shape {
    /// The shape of a name.
    pub(crate) fn of(name: &str) -> Shape {
        let letters = name.bytes().fold(0, |letters, byte| letters | 1 << (byte & 63));
        Shape { length: name.len(), letters }
    }

    /// Whether [`is_near`] may return true.
    pub(crate) fn may_be_near(self, other: Shape) -> bool {
        self.length.abs_diff(other.length) <= 2 && (self.letters ^ other.letters).count_ones() <= 4
    }
}

/// Whether two names differ in only one letter, or in two letters that have been swapped.
pub(crate) fn is_one_off(left: &str, right: &str) -> bool {
    left.len().abs_diff(right.len()) <= 1 && strsim::osa_distance(left, right) <= 1
}

/// Whether two keys are the same except for case and the separators of snake case and kebab case.
pub(crate) fn is_respelled(key: &str, other: &str) -> bool {
    let letters = |text: &'_ str| -> Vec<u8> {
        text.bytes().filter(|c| !matches!(c, b'_' | b'-')).map(|c| c.to_ascii_lowercase()).collect()
    };
    key.len().abs_diff(other.len()) < 8
        && key.bytes().next().map(|c| c.to_ascii_lowercase())
            == other.bytes().next().map(|c| c.to_ascii_lowercase())
        && letters(key) == letters(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_near() {
        let words = ["memory", "memoryReservation", "image", "name", "command", "cpu"];
        assert_eq!(nearest("memroy", words), Some("memory"));
        assert_eq!(nearest("Image", words), Some("image"));
        assert_eq!(nearest("comand", words), Some("command"));
        assert_eq!(nearest("enableLogging", words), None);
        assert_eq!(nearest("gpu", words), None);
        assert_eq!(nearest("cpus", words), Some("cpu"));
        let volumes = ["s3filesVolumeConfiguration", "efsVolumeConfiguration"];
        assert_eq!(nearest("FSxWindowsVolumeConfiguration", volumes), None);
        assert_eq!(nearest("efsVolumeConfig", volumes), Some("efsVolumeConfiguration"));
        assert_eq!(nearest("env", words), None);
        assert_eq!(nearest("logConfig", ["logConfiguration"]), Some("logConfiguration"));
    }

    #[test]
    fn near_names_differ_in_two_letters_at_most() {
        for (left, right) in [("order", "orders"), ("web", "wep"), ("checkout", "chekcuot"), ("api", "api")] {
            assert!(is_near(left, right) && is_near(right, left), "{left} and {right}");
        }
        for (left, right) in [("web", "api"), ("app", "apiary"), ("orders", "ordering"), ("a", "b")] {
            assert!(!is_near(left, right) && !is_near(right, left), "{left} and {right}");
        }
    }

    #[test]
    fn letter_case_and_snake_case_are_respellings() {
        assert!(is_respelled("ContainerDefinitions", "containerDefinitions"));
        assert!(is_respelled("container_definitions", "containerDefinitions"));
        assert!(is_respelled("readOnlyRootFilesystem", "readonlyRootFilesystem"));
        assert!(!is_respelled("containers", "containerDefinitions"));
    }
}
