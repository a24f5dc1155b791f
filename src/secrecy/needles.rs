//! Secrets inside other texts: messages, titles, patches.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};

use crate::source::Cut;

/// What replaces a secret in a message.
pub(super) const STARS: &str = "***";
/// A shorter value is not looked for: it would be found in every second word.
const SHORTEST: usize = 3;
/// What stands for the rest of a value in a message.
const CUT: &str = "…";
/// Of a longer value a message may have the beginning alone, so that this many bytes of it tell.
const BEGINNING: usize = 60;

/// The values of secrets, by their beginnings: all of a value, or its first [`BEGINNING`] bytes. However many
/// values begin alike, a text is compared with one beginning of each length.
#[derive(Clone, Debug, Default)]
pub(super) struct Needles {
    /// Each in its order.
    by_beginning: HashMap<Vec<u8>, Vec<String>>,
    /// How long the beginnings are, the longest first.
    lengths: Vec<usize>,
    /// All of them in their order.
    in_order: Vec<String>,
    /// The first bytes of the beginnings: most places of a text need no more than this.
    starts: HashSet<[u8; SHORTEST]>,
    first_bytes: Vec<bool>,
}

impl Needles {
    /// Looks for values and, where one has several words or is spelled with escapes, for these.
    pub(super) fn of<'v>(values: impl IntoIterator<Item = &'v str>) -> Needles {
        let mut all: HashSet<String> = HashSet::new();
        for value in values {
            let words = value.split_whitespace().filter(|word| is_telling(word) || word.len() >= 16);
            all.extend(words.map(str::to_owned));
            let spelled = serde_json::Value::from(value).to_string();
            all.insert(spelled.cut(1..spelled.len() - 1).to_owned());
            all.insert(value.to_owned());
        }
        let mut needles = Needles { first_bytes: vec![false; 256], ..Needles::default() };
        for value in all {
            let Some(start) = start(value.as_bytes()) else { continue };
            needles.starts.insert(start);
            needles.first_bytes[usize::from(start[0])] = true;
            needles.in_order.push(value.clone());
            let beginning = value.as_bytes().get(..BEGINNING).unwrap_or(value.as_bytes()).to_vec();
            needles.by_beginning.entry(beginning).or_default().push(value);
        }
        needles.by_beginning.values_mut().for_each(|values| values.sort_unstable());
        needles.in_order.sort_unstable();
        let lengths: BTreeSet<Reverse<usize>> =
            needles.by_beginning.keys().map(|beginning| Reverse(beginning.len())).collect();
        needles.lengths = lengths.into_iter().map(|Reverse(length)| length).collect();
        needles
    }

    /// Whether there is nothing to look for.
    pub(super) fn is_empty(&self) -> bool {
        self.by_beginning.is_empty()
    }

    /// The bytes of a text that are one of the values.
    pub(super) fn find(&self, text: &str) -> Vec<std::ops::Range<usize>> {
        let mut found = Vec::new();
        if self.is_empty() {
            return found;
        }
        let mut at = 0;
        while at < text.len() {
            match self.length_at(text, at).filter(|_| text.is_char_boundary(at)) {
                Some(length) => {
                    found.push(at..at + length);
                    at += length;
                }
                None => at += 1,
            }
        }
        found
    }

    /// A text with stars in the place of each value; none if there is none in it.
    pub(super) fn masked(&self, text: &str) -> Option<String> {
        let found = self.find(text);
        let mut masked = String::new();
        let mut from = 0;
        for range in &found {
            masked.push_str(text.cut(from..range.start));
            masked.push_str(STARS);
            from = range.end;
        }
        masked.push_str(text.cut(from..));
        (!found.is_empty()).then_some(masked)
    }

    /// How many bytes at an offset of a text are a value.
    fn length_at(&self, text: &str, at: usize) -> Option<usize> {
        let rest = text.as_bytes().get(at..)?;
        if !self.first_bytes[usize::from(*rest.first()?)] || !self.starts.contains(&start(rest)?) {
            return None;
        }
        // `airflow_flower` is the name of something else than `airflow`.
        let is_word = |byte: Option<&u8>| {
            byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
        };
        let whole = self.lengths.iter().find_map(|length| {
            let common = most_in_common(self.by_beginning.get(rest.get(..*length)?)?, rest)?;
            // What may be a common word is looked for as a word of its own only.
            let is_own = is_telling(text.cut(at..at + common))
                || (!is_word(at.checked_sub(1).and_then(|before| text.as_bytes().get(before)))
                    && !is_word(rest.get(common)));
            is_own.then(|| text.cut(at..at + common).len())
        });
        // A message may have been cut within a value.
        let is_cut = |common: &usize| *common >= SHORTEST && rest[*common..].starts_with(CUT.as_bytes());
        whole.or_else(|| most_in_common(&self.in_order, rest).filter(is_cut))
    }
}

/// How many bytes a text has in common with that of several values, in their order, with which it has most.
fn most_in_common(values: &[String], text: &[u8]) -> Option<usize> {
    // Those are its neighbors in the order.
    let next = values.partition_point(|value| value.as_bytes() <= text);
    let nearest = values.get(next.saturating_sub(1)..).unwrap_or_default().iter().take(2);
    let in_common =
        |value: &String| value.bytes().zip(text).take_while(|(left, right)| left == *right).count();
    nearest.map(in_common).max()
}

/// Whether a value is hardly anything but a secret, wherever it is.
pub(super) fn is_telling(value: &str) -> bool {
    let has = |is: fn(&u8) -> bool| value.as_bytes().iter().any(is);
    value.len() >= 8 && has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic)
}

/// The bytes that a value is found by.
fn start(value: &[u8]) -> Option<[u8; SHORTEST]> {
    value.get(..SHORTEST)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_in_messages() {
        let masked = |value: &str, text: &str| Needles::of([value]).masked(text);
        assert_eq!(masked("hunter2", "value: hunter2, type").as_deref(), Some("value: ***, type"));
        assert_eq!(masked("hunter2", "`ahunter2`"), None);
        assert_eq!(masked("postgres", "`app-postgres`, `postgres_1`"), None);
        assert_eq!(masked("hunter22", "`ahunter22b`").as_deref(), Some("`a***b`"));
        assert_eq!(masked("a\"b\\c", r#"{"x": "a\"b\\c"}"#).as_deref(), Some(r#"{"x": "***"}"#));
        assert_eq!(masked("12", "12"), None);
        assert_eq!(masked("ééé", "é ééé é").as_deref(), Some("é *** é"));
        assert_eq!(
            masked("correct horse battery", "`value correct ho…` is").as_deref(),
            Some("`value ***…` is")
        );
        assert_eq!(masked("correct horse battery", "`value correct ho` is"), None);
        let long = "k9".repeat(100);
        assert_eq!(masked(&long, &format!("`{}…`", long.cut(..80))).as_deref(), Some("`***…`"));
    }
}
