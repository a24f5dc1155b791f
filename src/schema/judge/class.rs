//! Patterns that are a class of characters and how many of them a text has, such as
//! `^(?:[A-Za-z0-9_-]{1,255})$`: names have such patterns, and to compile one takes as long as to lint a file.

/// A class of characters.
pub(super) struct Class {
    /// Which ASCII characters belong to it, one bit for each.
    ascii: u128,
    /// Whether all others do.
    others: bool,
    least: usize,
    most: usize,
}

impl Class {
    /// Reads a pattern; `None` if it is anything else.
    pub(super) fn read(pattern: &str) -> Option<Class> {
        let mut rest = pattern.strip_prefix("^(?:[")?.strip_suffix(")$")?;
        let is_negated = rest.starts_with('^');
        rest = rest.strip_prefix('^').unwrap_or(rest);
        let mut ascii = 0u128;
        while !rest.starts_with(']') {
            let first = character(&mut rest)?;
            let is_range = rest.starts_with('-') && !rest.starts_with("-]");
            let last = if is_range {
                rest = rest.strip_prefix('-')?;
                character(&mut rest)?
            } else {
                first
            };
            (first..=last).for_each(|byte| ascii |= 1 << byte);
        }
        let (least, most) = match rest.strip_prefix(']')? {
            "*" => (0, usize::MAX),
            "+" => (1, usize::MAX),
            counts => {
                let (least, most) = counts.strip_prefix('{')?.strip_suffix('}')?.split_once(',')?;
                (least.parse().ok()?, most.parse().ok()?)
            }
        };
        Some(Class { ascii: if is_negated { !ascii } else { ascii }, others: is_negated, least, most })
    }

    /// Whether a text consists of so many characters of the class.
    pub(super) fn matches(&self, text: &str) -> bool {
        let holds = |c: char| if c.is_ascii() { self.ascii >> u32::from(c) & 1 == 1 } else { self.others };
        text.chars().all(holds) && (self.least..=self.most).contains(&text.chars().count())
    }
}

/// The ASCII character that a part of a class begins with, which may be escaped.
fn character(rest: &mut &str) -> Option<u8> {
    let (byte, length) = match rest.as_bytes() {
        [b'\\', b'x', high, low, ..] => {
            let digits = [*high, *low];
            (u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?, 4)
        }
        [b'\\', sign, ..] if sign.is_ascii_punctuation() => (*sign, 2),
        // Classes in a class, and what combines them.
        [b'\\' | b'[', ..] | [b'&', b'&', ..] | [b'~', b'~', ..] | [b'-', b'-', ..] => return None,
        [byte, ..] => (*byte, 1),
        [] => return None,
    };
    *rest = rest.get(length..)?;
    byte.is_ascii().then_some(byte)
}

#[cfg(test)]
mod tests {
    use regex::Regex;
    use serde_json::Value;

    use super::*;
    use crate::schema::TEXTS;

    fn patterns(value: &Value, found: &mut Vec<String>) {
        for (key, member) in value.as_object().into_iter().flatten() {
            found.extend(member.as_str().filter(|_| key == "pattern").map(str::to_owned));
            patterns(member, found);
        }
    }

    /// Every class of our schemas matches what the regular expression matches.
    #[test]
    fn classes_match_what_their_patterns_match() {
        let mut all = Vec::new();
        for (_, text) in TEXTS {
            patterns(&serde_json::from_str(text).expect("JSON"), &mut all);
        }
        all.extend(["^(?:[^a-c\\]-]+)$", "^(?:[-a]{2,3})$"].map(str::to_owned));
        all.sort_unstable();
        all.dedup();
        let mut classes = 0;
        for pattern in all {
            let Some(class) = Class::read(&pattern) else { continue };
            classes += 1;
            let regex = Regex::new(&pattern).expect("a pattern");
            for c in ('\0'..'\u{200}').chain(['\u{2028}', '😀']) {
                for text in [c.to_string(), format!("a{c}"), format!("{c}\n")] {
                    assert_eq!(class.matches(&text), regex.is_match(&text), "{pattern} on {text:?}");
                }
            }
            for length in [0, 1, 2, 3, 63, 64, 127, 128, 255, 256, 300] {
                for text in ["a".repeat(length), "-".repeat(length), "é".repeat(length)] {
                    assert_eq!(class.matches(&text), regex.is_match(&text), "{pattern} on {text:?}");
                }
            }
        }
        assert!(classes > 4, "{classes}");
        for other in ["^(?:a)$", "^(?:[\\w]+)$", "^(?:[a[b]]+)$", "^(?:[a]+b)$", "^(?:[é]+)$", "[a]+"] {
            assert!(Class::read(other).is_none(), "{other}");
        }
    }
}
