//! Which pairs of characters follow each other in a text: a word can be in it only if all of its pairs are.

/// The pairs of a text, whatever their letter case. Characters count by their last five bits, by which a letter is
/// told from all other letters.
pub(super) struct Pairs([u32; 32]);

impl Pairs {
    /// The pairs of a text.
    pub(super) fn of(text: &str) -> Pairs {
        let mut pairs = [0; 32];
        let mut before = 0;
        for byte in text.bytes() {
            pairs[before] |= 1 << (byte & 31);
            before = usize::from(byte & 31);
        }
        Pairs(pairs)
    }

    /// Whether the text may contain a word.
    pub(super) fn may_spell(&self, word: &str) -> bool {
        let follows = |pair: &[u8]| self.0[usize::from(pair[0] & 31)] & 1 << (pair[1] & 31) != 0;
        word.as_bytes().windows(2).all(follows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_spelled_whatever_its_letter_case() {
        let pairs = Pairs::of("curl -H 'X-Api-Key: 1'");
        assert!(pairs.may_spell("x-api-key") && pairs.may_spell("KEY") && pairs.may_spell("-"));
        assert!(!pairs.may_spell("pass") && !pairs.may_spell("keys"));
    }
}
