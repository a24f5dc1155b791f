//! What a single pass over the bytes of a text shows, which is enough for most texts.

use super::words::{self, Begins};

/// What a text may contain. May give false positives, never false negatives.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glance(u8);

/// A byte that may start a hole or a documentation-style bracket.
const SIGN: u8 = 1;
/// A byte that may precede the words of a stand-in.
const BETWEEN: u8 = 1 << 1;
/// A letter that the words of a stand-in may begin with.
const INITIAL: u8 = 1 << 2;
const CAPITAL: u8 = 1 << 3;
/// A byte that has a meaning if it is repeated: `...`, `***`, `xxx`.
const ECHO: u8 = 1 << 4;
/// There may be words that ask to be replaced.
const WORDS: u8 = 1 << 5;
/// Two consecutive upper-case letters.
const CAPITALS: u8 = 1 << 6;
/// There may be an account or a Region.
const PLACE: u8 = 1 << 7;

/// What each byte may mean.
const MEANING: [u8; 256] = {
    let mut meaning = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let letter = (byte as u8).to_ascii_lowercase();
        meaning[byte] = match letter {
            b'{' | b'$' | b'%' | b'#' | b'@' | b'~' | b'|' | b'`' | b'<' | b'[' | b'(' => SIGN | BETWEEN,
            // A hole begins with two, and names of accounts and Regions to be filled in have one.
            b'_' => BETWEEN | WORDS | ECHO,
            b'.' | b'*' => BETWEEN | ECHO,
            // `?`, `!!NAME!!`, `&NAME;`
            b'?' | b'!' | b'&' => BETWEEN | WORDS,
            b'x' => ECHO,
            // The first byte of `…`.
            0xE2 => SIGN | BETWEEN,
            b'a' | b'c' | b'd' | b'e' | b'f' | b'h' | b'n' | b'p' | b'r' | b's' | b't' | b'u' | b'y' => {
                INITIAL
            }
            b'0'..=b'9' | b'a'..=b'z' => 0,
            // Whatever divides words.
            _ => BETWEEN,
        };
        if letter != byte as u8 {
            meaning[byte] |= CAPITAL;
        }
        byte += 1;
    }
    meaning
};

/// What the byte after each byte must mean to matter together with it.
const MATTERS_NEXT: [u8; 256] = {
    let mut next = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        next[byte] = MEANING[byte] & (ECHO | CAPITAL);
        if MEANING[byte] & BETWEEN != 0 {
            next[byte] |= INITIAL;
        }
        byte += 1;
    }
    next
};

impl Glance {
    pub(super) fn at(bytes: &[u8]) -> Glance {
        let mut all = 0;
        let (mut matters, mut last) = (INITIAL, 0);
        for (at, byte) in bytes.iter().enumerate() {
            let meaning = MEANING[usize::from(*byte)];
            all |= meaning;
            let both = meaning & matters;
            // `:name` at the beginning of a text or of a step in a path.
            if *byte == b':' && matches!(last, 0 | b'/') {
                all |= WORDS;
            }
            if both != 0 {
                if both & INITIAL != 0 {
                    all |= match words::begins(&bytes[at..]) {
                        Begins::Nothing => 0,
                        Begins::Words => WORDS,
                        Begins::Place => PLACE,
                    };
                }
                if both & ECHO != 0 && *byte == last {
                    all |= if *byte == b'_' { SIGN } else { WORDS };
                }
                if both & CAPITAL != 0 {
                    all |= CAPITALS;
                }
            }
            (matters, last) = (MATTERS_NEXT[usize::from(*byte)], *byte);
        }
        Glance(all)
    }

    /// The text contains none of these.
    pub(super) fn is_plain(self) -> bool {
        self.0 & (SIGN | WORDS | CAPITALS | PLACE) == 0
    }

    /// A hole may begin somewhere.
    pub(super) fn holds_sign(self) -> bool {
        self.0 & SIGN != 0
    }

    /// There may be words that ask to be replaced.
    pub(super) fn holds_words(self) -> bool {
        self.0 & (WORDS | SIGN) != 0
    }

    /// There may be an account or a Region.
    pub(super) fn holds_place(self) -> bool {
        self.0 & PLACE != 0
    }

    /// There may be the name of a variable.
    pub(super) fn holds_capitals(self) -> bool {
        self.0 & CAPITALS != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_seen_behind_whatever_is_no_part_of_one() {
        for byte in (0..=u8::MAX).filter(|byte| !byte.is_ascii_alphanumeric()) {
            let text = [b"a", &[byte][..], b"your-bucket"].concat();
            assert!(Glance::at(&text).holds_words(), "{}", text.escape_ascii());
        }
    }

    #[test]
    fn most_texts_are_plain() {
        for text in
            ["", "web", "a value of some length, number 12", "eu-west-1", "/ecs/shop", "1.25", "a1b2c3"]
        {
            assert!(Glance::at(text.as_bytes()).is_plain(), "{text}");
        }
    }
}
