//! The hash that keys are looked up by. The build uses it too, for the tables of shapes.

/// The hash that makes looking up a key cheap. It decides nothing: equal hashes are followed by a comparison
/// of the texts, so the ends of a long key may represent the whole. Inlined, because the compiler knows the
/// hash of a name in the code.
#[inline(always)]
pub(crate) fn hash(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let (first, last) = match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        // Fewer than eight bytes are one word.
        _ => (bytes.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)), 0),
    };
    let mix = |hash: u64, word: u64| (hash.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    (mix(mix(text.len() as u64, first), last) >> 32) as u32
}
