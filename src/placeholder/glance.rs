//! What a single pass over the bytes of a text shows, which is enough for most texts.

use super::words;

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

/// What each byte may mean.
const MEANING: [u8; 256] = {
    let mut meaning = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let letter = (byte as u8).to_ascii_lowercase();
        meaning[byte] = match letter {
            b'{' | b'$' | b'%' | b'#' | b'@' | b'~' | b'|' | b'`' => SIGN,
            b'<' | b'[' | b'(' => SIGN | BETWEEN,
            // A hole begins with two, and names of accounts and Regions to be filled in have one.
            b'_' => BETWEEN | WORDS | ECHO,
            b':' | b'/' | b' ' | b',' | b'-' | b'"' | b'\'' | b'=' => BETWEEN,
            b'.' => BETWEEN | ECHO,
            b'*' | b'x' => ECHO,
            // The first byte of `…`.
            0xE2 => SIGN,
            b'c' | b'e' | b'f' | b'h' | b'n' | b'p' | b'r' | b's' | b't' | b'u' | b'y' => INITIAL,
            _ => 0,
        };
        if letter != byte as u8 {
            meaning[byte] |= CAPITAL;
        }
        byte += 1;
    }
    meaning
};

impl Glance {
    pub(super) fn at(bytes: &[u8]) -> Glance {
        let mut all = 0;
        let (mut before, mut last) = (BETWEEN, 0);
        for (at, byte) in bytes.iter().enumerate() {
            let meaning = MEANING[usize::from(*byte)];
            all |= meaning;
            let begins = before & BETWEEN != 0 && meaning & INITIAL != 0 && words::may_begin(&bytes[at..]);
            if begins || (meaning & ECHO != 0 && *byte == last) {
                all |= if *byte == b'_' { SIGN } else { WORDS };
            }
            if meaning & before & CAPITAL != 0 {
                all |= CAPITALS;
            }
            (before, last) = (meaning, *byte);
        }
        Glance(all)
    }

    /// The text contains none of these.
    pub(super) fn is_plain(self) -> bool {
        self.0 & (SIGN | WORDS | CAPITALS) == 0
    }

    /// A hole may begin somewhere.
    pub(super) fn holds_sign(self) -> bool {
        self.0 & SIGN != 0
    }

    /// There may be words that ask to be replaced.
    pub(super) fn holds_words(self) -> bool {
        self.0 & (WORDS | SIGN) != 0
    }

    /// There may be the name of a variable.
    pub(super) fn holds_capitals(self) -> bool {
        self.0 & CAPITALS != 0
    }
}
