//! Patterns that are a sequence of characters and classes of them, such as `^(?:[A-Za-z0-9_-]{1,255})$` and
//! `^(?:arn:aws[a-z-]*:iam::[0-9]{12}:role/.+)$`: names and ARNs have such patterns, and to compile one takes as
//! long as to lint a file.

use crate::source::Cut;

/// A choice of sequences, of which a text must match one as a whole.
pub(super) struct Sequences(Vec<Vec<Piece>>);

/// A class of characters, and how many of them follow each other.
struct Piece {
    class: Class,
    least: usize,
    most: usize,
}

/// A class of characters.
struct Class {
    /// Which ASCII characters belong to it, one bit for each.
    ascii: u128,
    /// Whether all others do.
    others: bool,
}

impl Sequences {
    /// Reads a pattern; `None` if it is anything else.
    pub(super) fn read(pattern: &str) -> Option<Sequences> {
        let mut rest = pattern.strip_prefix("^(?:")?.strip_suffix(")$")?;
        let mut sequences = vec![Vec::new()];
        while !rest.is_empty() {
            match rest.strip_prefix('|') {
                Some(next) => {
                    rest = next;
                    sequences.push(Vec::new());
                }
                None => sequences.last_mut()?.push(Piece::read(&mut rest)?),
            }
        }
        Some(Sequences(sequences))
    }

    /// Whether a text matches.
    pub(super) fn matches(&self, text: &str) -> bool {
        self.0.iter().any(|pieces| match_all(pieces, text))
    }
}

/// Whether a text consists of what the pieces stand for. Each takes as much as it can, and gives back what those
/// behind it need.
fn match_all(pieces: &[Piece], text: &str) -> bool {
    let Some((first, others)) = pieces.split_first() else { return text.is_empty() };
    let taken = text.chars().take(first.most).take_while(|c| first.class.holds(*c));
    let (mut count, mut end) = taken.fold((0, 0), |(count, end), c| (count + 1, end + c.len_utf8()));
    while count >= first.least {
        if match_all(others, text.cut(end..)) {
            return true;
        }
        let Some(last) = text.cut(..end).chars().next_back() else { return false };
        (count, end) = (count - 1, end - last.len_utf8());
    }
    false
}

impl Piece {
    /// Reads the piece that a text begins with.
    fn read(rest: &mut &str) -> Option<Piece> {
        let class = Class::read(rest)?;
        let (counts, after) = match rest.strip_prefix('{') {
            Some(counts) => counts.split_once('}')?,
            None => {
                let length = usize::from(rest.starts_with(['*', '+', '?']));
                rest.split_at_checked(length)?
            }
        };
        *rest = after;
        let (least, most) = match counts {
            "" => (1, 1),
            "*" => (0, usize::MAX),
            "+" => (1, usize::MAX),
            "?" => (0, 1),
            counts => {
                let (least, most) = counts.split_once(',').unwrap_or((counts, counts));
                (least.parse().ok()?, most.parse().ok()?)
            }
        };
        // A sign behind these says how eagerly they match.
        (!rest.starts_with(['*', '+', '?', '{'])).then_some(Piece { class, least, most })
    }
}

impl Class {
    /// Reads the class, or the single character, that a text begins with.
    fn read(rest: &mut &str) -> Option<Class> {
        if let Some(after) = rest.strip_prefix('.') {
            *rest = after;
            return Some(Class { ascii: !(1 << b'\n'), others: true });
        }
        let Some(inside) = rest.strip_prefix('[') else {
            let is_sign = rest.starts_with(['^', '$', '*', '+', '?', '(', ')', ']', '{', '}', '|']);
            let byte = if is_sign { None } else { character(rest) };
            return Some(Class { ascii: 1 << byte?, others: false });
        };
        if let Some(after) = inside.strip_prefix("\\s\\S]") {
            *rest = after;
            return Some(Class { ascii: u128::MAX, others: true });
        }
        let is_negated = inside.starts_with('^');
        *rest = inside.strip_prefix('^').unwrap_or(inside);
        let mut ascii = 0u128;
        while !rest.starts_with(']') {
            let first = character(rest)?;
            let is_range = rest.starts_with('-') && !rest.starts_with("-]");
            let last = if is_range {
                *rest = rest.strip_prefix('-')?;
                character(rest)?
            } else {
                first
            };
            (first..=last).for_each(|byte| ascii |= 1 << byte);
        }
        *rest = rest.strip_prefix(']')?;
        Some(Class { ascii: if is_negated { !ascii } else { ascii }, others: is_negated })
    }

    fn holds(&self, c: char) -> bool {
        if c.is_ascii() { self.ascii >> u32::from(c) & 1 == 1 } else { self.others }
    }
}

/// The ASCII character that a text begins with, which may be escaped.
fn character(rest: &mut &str) -> Option<u8> {
    let code = |digits: &[u8]| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok();
    let (byte, length) = match rest.as_bytes() {
        [b'\\', b'x', high, low, ..] => (code(&[*high, *low])?, 4),
        [b'\\', b'u', b'0', b'0', high, low, ..] => (code(&[*high, *low])?, 6),
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

    /// Every such pattern of our schemas matches what the regular expression matches.
    #[test]
    fn sequences_match_what_their_patterns_match() {
        let mut all = Vec::new();
        for (_, text) in TEXTS {
            patterns(&serde_json::from_str(text).expect("JSON"), &mut all);
        }
        let own = ["[^a-c\\]-]+", "[-a]{2,3}", "a?b{2}|.", "", "a|", "x\\.[0-9]+y*", "[ab]*ab[^b]{0,2}"];
        all.extend(own.map(|own| format!("^(?:{own})$")));
        all.sort_unstable();
        all.dedup();
        let mut read = 0;
        for pattern in all {
            let Some(sequences) = Sequences::read(&pattern) else { continue };
            read += 1;
            let regex = Regex::new(&pattern).expect("a pattern");
            let compare = |text: &str| {
                assert_eq!(sequences.matches(text), regex.is_match(text), "{pattern} on {text:?}");
            };
            for c in ('\0'..'\u{200}').chain(['\u{2028}', '😀']) {
                [c.to_string(), format!("a{c}"), format!("{c}\n")].iter().for_each(|text| compare(text));
            }
            for length in [0, 1, 2, 3, 63, 64, 127, 128, 255, 256, 300] {
                ["a", "-", "é", "ab"].iter().for_each(|text| compare(&text.repeat(length)));
            }
            for arn in [
                "arn:aws:iam::468013579246:role/web/start",
                "arn:aws-us-gov:ecs:us-gov-west-1:468013579246:cluster/main",
                "arn:aws:vpc-lattice:eu-west-1:468013579246:targetgroup/tg-0",
                "aab.12y",
            ] {
                compare(arn);
                for (at, c) in arn.char_indices() {
                    let (before, after) = (arn.cut(..at), arn.cut(at + c.len_utf8()..));
                    for other in ["", ":", "-", "0", "é", "\n", "aa"] {
                        compare(&format!("{before}{other}{after}"));
                    }
                }
            }
        }
        assert!(read > 15, "{read}");
        for other in ["[\\w]+", "[a[b]]+", "(?:a)", "[é]+", "a+?", "a^", "\\P{Cc}*"] {
            assert!(Sequences::read(&format!("^(?:{other})$")).is_none(), "{other}");
        }
        assert!(Sequences::read("[a]+").is_none());
    }
}
