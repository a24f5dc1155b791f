//! What makes two keys the same, ignoring case and the underscores of snake case. The build uses it too, for the table
//! of what fields expect.

/// A hash of the letters: this one number distinguishes most keys.
pub(crate) fn letters_of(key: &str) -> u32 {
    letters(key).fold(0, |hash: u32, byte| hash.wrapping_mul(31).wrapping_add(u32::from(byte)))
}

/// The letters.
pub(crate) fn letters(key: &str) -> impl Iterator<Item = u8> {
    key.bytes().filter(|byte| *byte != b'_').map(|byte| byte.to_ascii_lowercase())
}
