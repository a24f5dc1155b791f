//! Credentials whose form tells what they are: `rules/data/credential-formats.tsv`.

use std::ops::Range;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use data_encoding::{BASE64, BASE64URL_NOPAD};

use super::pattern::Pattern;
use super::{Credential, Sign, stand_in};
use crate::facts::table;
use crate::source::Cut;

/// The shortest credential that has a form.
const SHORTEST: usize = 20;
/// What the table calls the two halves of an AWS access key.
const ACCESS_KEY_ID: &str = "an AWS access key ID";
const SECRET_ACCESS_KEY_FORM: &str = "an AWS secret access key";
/// How much of a beginning that is the same for everyone is shown.
const SHOWN: usize = 4;
/// Every form has a word that is at least this long.
const LONGEST_WORD: usize = 16;
/// The length of a secret access key.
const SECRET_ACCESS_KEY: usize = 40;

/// A form of a credential.
#[derive(Debug)]
struct Format {
    what: &'static str,
    certainty: Certainty,
    /// A match with fewer different characters is a mock value.
    distinct: u32,
    /// What a text contains that may match, separated by spaces.
    prefixes: &'static str,
    pattern: Pattern,
    /// Words of a name without what separates them; with `=`, all of the name.
    gate: &'static str,
}

/// How certain it is that a match is a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Certainty {
    /// The form proves it.
    Certain,
    /// The form proves it together with the name.
    Gated,
    /// A value that is meant to be public may have the same form.
    Suspected,
}

/// All forms, and what finds those that a text may contain.
struct Formats {
    formats: Vec<Format>,
    /// What a text contains that may match a form.
    beginnings: Vec<&'static str>,
    /// The form of each beginning.
    owners: Vec<usize>,
    /// The forms that only a name leads to.
    nameable: Vec<usize>,
}

static FORMATS: LazyLock<Formats> = LazyLock::new(|| {
    let mut formats = Vec::new();
    let (mut beginnings, mut owners, mut nameable) = (Vec::new(), Vec::new(), Vec::new());
    for [what, certainty, distinct, prefixes, pattern, gate] in table!("credential-formats.tsv").rows() {
        let certainty = match certainty {
            "certain" => Certainty::Certain,
            "gated" => Certainty::Gated,
            _ => Certainty::Suspected,
        };
        let before = beginnings.len();
        beginnings.extend(prefixes.split_whitespace());
        owners.resize(beginnings.len(), formats.len());
        if beginnings.len() == before {
            nameable.push(formats.len());
        }
        let distinct = distinct.parse().expect("a number in the table");
        formats.push(Format { what, certainty, distinct, prefixes, pattern: Pattern::new(pattern), gate });
    }
    Formats { formats, beginnings, owners, nameable }
});

/// The credential in a text that its form gives away. `name` is that of the value, if it has one.
pub(crate) fn in_format(text: &str, name: Option<&str>) -> Option<Credential> {
    if text.len() < SHORTEST {
        return None;
    }
    // A line break of another text, which is not a letter before what follows.
    let spaced = text.contains('\\').then(|| text.replace("\\n", "  "));
    let text = spaced.as_deref().unwrap_or(text);
    let by_name = || {
        let name = name.filter(|_| is_hexadecimal(text) || text.len() == SECRET_ACCESS_KEY)?;
        FORMATS.nameable.iter().find_map(|at| FORMATS.formats[*at].first_in(text, Some(name)))
    };
    if !may_hold_any(text) {
        return by_name();
    }
    let mut common = None;
    for at in possible(text) {
        match FORMATS.formats[at].first_in(text, name) {
            Some(found) if matches!(found.sign, Sign::Form(_)) => return Some(found),
            found => common = common.or(found),
        }
    }
    by_name().or(common)
}

/// The bytes that no report shows of everything in a text that has the form of a credential, whatever its name.
pub(crate) fn all_in_formats(text: &str) -> Vec<Range<usize>> {
    if !may_hold_any(text) {
        return Vec::new();
    }
    let all_of = |format: &'static Format| {
        format.all_in(text).map(|found| format.secret(text, &found)).collect::<Vec<_>>()
    };
    possible(text).into_iter().flat_map(|at| all_of(&FORMATS.formats[at])).collect()
}

/// Whether a text has what every form has: a long word with a digit or an upper-case letter, or the header of a
/// key. Most texts have neither, and need not be searched.
fn may_hold_any(text: &str) -> bool {
    const WORD: u8 = 1;
    const TELLING: u8 = 2;
    const CLASSES: [u8; 256] = {
        let mut classes = [0; 256];
        let mut byte = 0;
        while byte < 128 {
            classes[byte] = match byte as u8 {
                b'0'..=b'9' | b'A'..=b'Z' => WORD | TELLING,
                b'a'..=b'z' | b'_' | b'-' | b'+' => WORD,
                _ => 0,
            };
            byte += 1;
        }
        classes
    };
    let (mut length, mut seen) = (0, 0);
    for byte in text.bytes() {
        let class = CLASSES[usize::from(byte)];
        if class == 0 {
            (length, seen) = (0, 0);
            continue;
        }
        length += 1;
        seen |= class;
        if length >= LONGEST_WORD && seen & TELLING != 0 {
            return true;
        }
    }
    text.contains('-') && text.contains("-----BEGIN")
}

/// Whether a form is that of a half of an AWS access key.
pub(super) fn is_aws_key(sign: Sign) -> bool {
    matches!(sign, Sign::Form(ACCESS_KEY_ID | SECRET_ACCESS_KEY_FORM))
}

/// Whether a text is, or contains, the ID of an AWS access key.
pub(crate) fn is_access_key_id(text: &str) -> bool {
    in_format(text, None).is_some_and(|found| is_sign_of_key_id(found.sign))
}

/// Whether a form is that of the ID of an AWS access key.
pub(crate) fn is_sign_of_key_id(sign: Sign) -> bool {
    sign == Sign::Form(ACCESS_KEY_ID)
}

/// All of a text that has the form of an AWS secret access key, as one.
pub(crate) fn secret_access_key(text: &str) -> Option<Credential> {
    let sign = Sign::Form(SECRET_ACCESS_KEY_FORM);
    is_secret_access_key(text).then(|| Credential::new(0..text.len(), sign))
}

/// Whether a text has the form of an AWS secret access key.
pub(crate) fn is_secret_access_key(text: &str) -> bool {
    let has = |is: fn(&u8) -> bool| text.as_bytes().iter().any(is);
    text.len() == SECRET_ACCESS_KEY
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'+'))
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_digit)
        && !is_hexadecimal(text)
}

/// How many texts are searched before an automaton pays off that is slow to build.
const FEW: usize = 300;

/// What finds the beginnings in a text. Most runs search a few texts of one file; others search thousands.
fn beginnings() -> &'static AhoCorasick {
    static QUICK_TO_BUILD: LazyLock<AhoCorasick> =
        LazyLock::new(|| automaton(AhoCorasickKind::NoncontiguousNFA));
    static QUICK_TO_SEARCH: LazyLock<AhoCorasick> = LazyLock::new(|| automaton(AhoCorasickKind::DFA));
    static SEARCHED: AtomicUsize = AtomicUsize::new(0);
    match SEARCHED.fetch_add(1, Ordering::Relaxed) {
        ..FEW => &QUICK_TO_BUILD,
        _ => &QUICK_TO_SEARCH,
    }
}

fn automaton(kind: AhoCorasickKind) -> AhoCorasick {
    AhoCorasick::builder().kind(Some(kind)).build(&FORMATS.beginnings).expect("few short beginnings")
}

/// The forms whose beginnings a text contains, in the order of the table.
fn possible(text: &str) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    for beginning in beginnings().find_overlapping_iter(text) {
        let owner = FORMATS.owners[beginning.pattern().as_usize()];
        if !found.contains(&owner) {
            found.push(owner);
        }
    }
    found.sort_unstable();
    found
}

fn is_hexadecimal(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

impl Format {
    fn first_in(&self, text: &str, name: Option<&str>) -> Option<Credential> {
        if self.certainty == Certainty::Gated && !name.is_some_and(|name| self.admits(name)) {
            return None;
        }
        let range = self.all_in(text).next()?;
        let sign = match self.certainty {
            Certainty::Suspected => Sign::CommonForm(self.what),
            _ => Sign::Form(self.what),
        };
        Some(Credential { secret: self.secret(text, &range), range, sign })
    }

    /// The part of a match that is not the same for everyone. A key follows its header.
    fn secret(&self, text: &str, found: &Range<usize>) -> Range<usize> {
        let matched = text.cut(found.clone());
        if matched.contains("-----BEGIN") {
            return found.end..text.len();
        }
        let is_known = self.prefixes.split_whitespace().any(|prefix| matched.starts_with(prefix));
        found.start + if is_known { SHOWN } else { 0 }..found.end
    }

    fn all_in<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
        self.pattern.find_all(text).filter(|range| self.is_real(text.cut(range.clone())))
    }

    /// Whether a match is neither a mock value nor a sample, nor something else of the same form.
    fn is_real(&self, found: &str) -> bool {
        if self.distinct == 1 {
            return true;
        }
        let has = |is: fn(&u8) -> bool| found.as_bytes().iter().any(is);
        // Words after a beginning are the name of something.
        let is_random = has(u8::is_ascii_digit) || has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase);
        let is_certificate = || found.starts_with("LS0tLS1CRUdJTi") && !decoded(found).contains("PRIVATE");
        let is_anonymous = || self.certainty == Certainty::Suspected && is_anonymous_token(found);
        let is_commit = || self.what == SECRET_ACCESS_KEY_FORM && !is_secret_access_key(found);
        is_random
            && distinct(found) >= self.distinct
            && !stand_in::is_sample(found)
            && !is_certificate()
            && !is_anonymous()
            && !is_commit()
    }

    fn admits(&self, name: &str) -> bool {
        let letters = name.chars().filter(char::is_ascii_alphanumeric);
        let name: String = letters.map(|c| c.to_ascii_uppercase()).collect();
        self.gate.split(' ').any(|word| match word.strip_prefix('=') {
            Some(whole) => name == whole,
            None => name.contains(word),
        })
    }
}

/// How many different characters a text has.
fn distinct(text: &str) -> u32 {
    let (low, high) = text.bytes().fold((0u64, 0u64), |(low, high), byte| match byte {
        0..64 => (low | 1 << byte, high),
        _ => (low, high | 1 << (byte & 63)),
    });
    low.count_ones() + high.count_ones()
}

/// The beginning of a text in Base64, as far as it is ASCII.
fn decoded(text: &str) -> String {
    let length = text.len().min(60) / 4 * 4;
    let bytes = BASE64.decode(text.cut(..length).as_bytes()).unwrap_or_default();
    bytes.into_iter().map(char::from).collect()
}

/// Whether the payload of a JSON Web Token says that it is for everyone.
fn is_anonymous_token(token: &str) -> bool {
    let payload = token.split('.').nth(1).and_then(|payload| BASE64URL_NOPAD.decode(payload.as_bytes()).ok());
    let Some(payload) =
        payload.and_then(|payload| serde_json::from_slice::<serde_json::Value>(&payload).ok())
    else {
        return false;
    };
    payload.get("role").and_then(serde_json::Value::as_str) == Some("anon")
}
