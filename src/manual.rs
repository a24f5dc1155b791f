//! The manuals of the rules, the first halves of their pages. They are compressed: most runs show none.

use std::sync::LazyLock;

static MANUALS: LazyLock<String> = LazyLock::new(|| {
    const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/manuals.zlib"));
    let bytes = miniz_oxide::inflate::decompress_to_vec_zlib(PACKED).expect("packed by the build");
    String::from_utf8(bytes).expect("packed from texts")
});

/// The manual of a rule, in Markdown; empty if there is none.
pub(crate) fn of(id: &str) -> &'static str {
    let is_of = |manual: &&str| {
        manual
            .strip_prefix("# ")
            .and_then(|rest| rest.strip_prefix(id))
            .is_some_and(|rest| rest.starts_with('\n'))
    };
    MANUALS.split('\0').find(is_of).unwrap_or_default()
}
