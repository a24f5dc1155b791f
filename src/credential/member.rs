//! Credentials in JSON texts, such as the settings of a program in one variable.

use super::name::Noun;
use super::pattern::Pattern;
use super::{Credential, Sign, contains_word, is_credential};
use crate::source::Cut;

/// A member whose key may be the name of a credential; the group is all of it.
static MEMBER: Pattern = Pattern::new(r#"("[A-Za-z0-9_.-]+"\s*:\s*"[^"\\]{3,}")"#);

/// The first credential in a JSON text.
pub(super) fn in_json(text: &str) -> Option<Credential> {
    let may_hold = text.contains('"') && text.contains(':');
    let is_telling = || ["passw", "secret", "token", "key"].iter().any(|word| contains_word(text, word));
    if !may_hold || !is_telling() {
        return None;
    }
    MEMBER.find_all(text).find_map(|member| {
        let mut parts = text.cut(member.clone()).split('"');
        let key = parts.nth(1)?;
        let value = parts.nth(1)?;
        let noun = Noun::of(key)?;
        let end = member.end - 1;
        is_credential(value, noun).then(|| Credential::new(end - value.len()..end, Sign::Member))
    })
}
