//! Credentials in JSON texts, such as the settings of a program in one variable.

use data_encoding::BASE64;

use super::name::Noun;
use super::pattern::Pattern;
use super::{Credential, Sign, contains_word, is_credential};
use crate::source::Cut;

/// A member whose key may be the name of a credential, without its last quotation mark; the group is all of it.
/// A JSON text in a JSON text has a backslash before each quotation mark.
static MEMBER: Pattern = Pattern::new(r#"("[A-Za-z0-9_.-]+\\*"\s*:\s*\\*"[^"\\]{3,})\\*""#);

/// The first credential in a JSON text.
pub(super) fn in_json(text: &str) -> Option<Credential> {
    let may_hold = text.contains('"') && text.contains(':');
    let is_telling =
        || ["pass", "secret", "token", "key", "auth"].iter().any(|word| contains_word(text, word));
    if !may_hold || !is_telling() {
        return None;
    }
    MEMBER.find_all(text).find_map(|member| {
        let mut parts = text.cut(member.clone()).split('"');
        let key = parts.nth(1)?.trim_end_matches('\\');
        let value = parts.nth(1)?;
        let is_found = match Noun::of(key) {
            Some(noun) => is_credential(value, noun),
            None => key == "auth" && is_login(value),
        };
        let range = member.end - value.len()..member.end;
        is_found.then(|| Credential::new(range, Sign::Member))
    })
}

/// Whether a value is a user and a password in Base64, as in the settings of Docker.
fn is_login(value: &str) -> bool {
    BASE64.decode(value.as_bytes()).is_ok_and(|bytes| {
        let mut parts = bytes.splitn(2, |byte| *byte == b':');
        let is_text = |part: Option<&[u8]>| part.is_some_and(|part| !part.is_empty() && part.is_ascii());
        is_text(parts.next()) && is_text(parts.next())
    })
}
