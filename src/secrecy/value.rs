//! What a value itself shows: that it is not a secret, or that it is one.

use std::ops::Range;
use std::sync::LazyLock;

use super::merged;
use crate::credential;
use crate::facts::table;
use crate::placeholder::{self, Wants};
use crate::source::{Cut, Span};

/// Whether a value under the name of a secret is not one: it is a placeholder, names the place of a secret,
/// or is an example.
pub(super) fn is_open(value: &str) -> bool {
    static ROWS: LazyLock<Vec<(&str, &str)>> =
        LazyLock::new(|| table!("secret-stand-ins.tsv").pairs().collect());
    let plain = value.trim().to_ascii_lowercase();
    let is_known = |(kind, text): &(&str, &str)| match *kind {
        "value" => plain == *text,
        _ => plain.starts_with(text),
    };
    let is_whole = || {
        let found = placeholder::find(value.trim(), Wants::Name);
        // A word in capitals may be a secret all the same.
        let is_filled_in =
            |kind| kind != placeholder::Kind::StandIn || plain.contains('<') || plain.contains("your");
        found.is_some_and(|found| found.range == (0..value.trim().len()) && is_filled_in(found.kind))
    };
    // `/prod/db/password` is the name of a parameter or a path, `web/token` that of a secret.
    let is_path = || {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "/._-".contains(c);
        plain.contains('/') && value.trim().chars().all(is_plain)
    };
    let mut characters = plain.chars();
    let first = characters.next();
    plain.is_empty()
        || placeholder::is_region(&plain)
        || (plain.len() > 1
            && "*x.-_?".contains(first.unwrap_or('x'))
            && characters.all(|c| Some(c) == first))
        || plain.contains("example")
        || ROWS.iter().any(is_known)
        || is_path()
        || is_whole()
}

/// The characters that a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Characters {
    /// `A` to `Z`, and digits.
    Capital,
    /// Letters, digits and `_`.
    Word,
    /// The same, and `-`.
    Url,
    /// The same, and `.`.
    Jwt,
}

impl Characters {
    fn holds(self, byte: u8) -> bool {
        match self {
            Characters::Capital => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
            Characters::Word => byte.is_ascii_alphanumeric() || byte == b'_',
            Characters::Url => Characters::Word.holds(byte) || byte == b'-',
            Characters::Jwt => Characters::Url.holds(byte) || byte == b'.',
        }
    }
}

/// `rules/data/secret-forms.tsv`: how a token begins, what the rest is made of, and how long it is.
static FORMS: LazyLock<Vec<(&str, Characters, usize)>> = LazyLock::new(|| {
    let row = |[start, characters, least]: [&'static str; 3]| {
        let characters = match characters {
            "capital" => Characters::Capital,
            "word" => Characters::Word,
            "url" => Characters::Url,
            _ => Characters::Jwt,
        };
        (start, characters, least.parse().expect("a number in the table"))
    };
    table!("secret-forms.tsv").rows().map(row).collect()
});

/// The parts of a text that are secrets by their form: the rest of a token, the password in a URL, the
/// body of a private key.
pub(super) fn by_form(text: &str) -> Vec<Range<usize>> {
    let mut found = tokens(text);
    found.extend(passwords_in_urls(text));
    found.extend(private_keys(text));
    found.extend(signatures_in_urls(text));
    // What has the whole form of a credential may be among these already.
    let known = merged(found.iter().cloned().map(Span::of).collect());
    let is_new = |new: &Range<usize>| {
        let next = known.partition_point(|old| old.end as usize <= new.start);
        known.get(next).is_none_or(|old| old.start as usize >= new.end)
    };
    found.extend(credential::all_in_formats(text).into_iter().filter(is_new));
    found
}

fn tokens(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    // Where what has begun like a token of each form ends, but is not one: what begins within it is not one either.
    let mut none_before = vec![0; FORMS.len()];
    let mut at = 0;
    while at < bytes.len() {
        // A token is a word of its own.
        let is_start = at == 0 || !Characters::Word.holds(bytes[at - 1]);
        if !is_start || !Characters::Word.holds(bytes[at]) {
            at += 1;
            continue;
        }
        let may_begin =
            |(start, ..): &&(&str, Characters, usize)| start.as_bytes().first() == Some(&bytes[at]);
        let forms = FORMS.iter().zip(&mut none_before).filter(|(form, _)| may_begin(form));
        let form =
            forms.filter(|(_, end)| at >= **end).find_map(|((start, characters, least), none_before)| {
                let rest = bytes[at..].strip_prefix(start.as_bytes())?;
                let length = rest.iter().take_while(|byte| characters.holds(**byte)).count();
                let token = at + start.len()..at + start.len() + length;
                let is_whole = bytes.get(token.end).is_none_or(|byte| !Characters::Word.holds(*byte));
                let is_jwt = *characters != Characters::Jwt || text.cut(token.clone()).contains('.');
                if length < *least || !is_whole || !is_jwt {
                    *none_before = token.end;
                }
                (length >= *least && is_whole && is_jwt && !text.cut(token.clone()).contains("EXAMPLE"))
                    .then_some(token)
            });
        at = match form {
            Some(token) => {
                let end = token.end;
                found.push(token);
                end
            }
            None => at + 1,
        };
    }
    found
}

/// No user, password and host of a URL are longer than this, in bytes.
const LONGEST_AUTHORITY: usize = 1_000;

/// `hunter2` of `postgres://web:hunter2@db/web`.
fn passwords_in_urls(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("://") {
        let start = at + "://".len();
        let is_end = |c: char| c.is_whitespace() || matches!(c, '/' | '"' | '\'' | '`' | '<' | '>' | '\\');
        let rest = text.cut(start..text.len().min(start + LONGEST_AUTHORITY));
        let host = rest.find(is_end).map_or(rest, |end| rest.cut(..end));
        let user =
            host.rsplit_once('@').or_else(|| with_slash(rest, host)).or_else(|| with_quote(rest, host));
        let Some((user, _)) = user else { continue };
        // `https://TOKEN@host`
        let Some((name, password)) = user.split_once(':') else {
            if is_random(user, 12) {
                found.push(start..start + user.len());
            }
            continue;
        };
        if !is_open(password) {
            let from = start + name.len() + 1;
            found.push(from..from + password.len());
        }
    }
    found.extend(passwords_in_encoded_urls(text));
    found
}

/// `hunter2` of `postgres%3A%2F%2Fweb%3Ahunter2%40db%2Fweb`, as one URL is part of another.
fn passwords_in_encoded_urls(text: &str) -> impl Iterator<Item = Range<usize>> {
    // One character is found faster than a word.
    text.match_indices('%').filter_map(|(at, _)| {
        let is_sign = ["%3A%2F%2F", "%3a%2f%2f"].iter().any(|sign| text.cut(at..).starts_with(sign));
        let start = at + is_sign.then_some("%3A%2F%2F".len())?;
        let rest = text.cut(start..text.len().min(start + LONGEST_AUTHORITY));
        let is_end = |c: char| !c.is_ascii_alphanumeric() && !"%._~-!*".contains(c);
        let whole = rest.find(is_end).map_or(rest, |end| rest.cut(..end));
        let authority = whole.split("%2F").next()?.split("%2f").next()?;
        let (user, _) = authority.rsplit_once("%40")?;
        let (name, password) = user.split_once("%3A").or_else(|| user.split_once("%3a"))?;
        let from = start + name.len() + "%3A".len();
        (!is_open(password)).then(|| from..from + password.len())
    })
}

/// What signs a URL, or is the key to it: whoever has it may do what it is for.
fn signatures_in_urls(text: &str) -> Vec<Range<usize>> {
    // The value of the last two may be anything else.
    const NAMES: &[(&str, bool)] =
        &[("Signature", true), ("sig", true), ("signature", true), ("key", false), ("auth", false)];
    const SHORTEST: usize = 16;
    let in_parameter = |(at, _)| {
        let before = text.cut(..at);
        let is_name = |(name, _): &&(&str, bool)| {
            before.strip_suffix(name).is_some_and(|before| before.ends_with(['?', '&', '-']))
        };
        let (_, is_sure) = NAMES.iter().find(is_name)?;
        let from = at + 1;
        let signs = if *is_sure { "%+/-_.~" } else { "%-_" };
        let length = text.cut(from..).find(|c: char| !c.is_ascii_alphanumeric() && !signs.contains(c));
        let value = from..length.map_or(text.len(), |length| from + length);
        let is_secret = |value: &str| if *is_sure { !is_open(value) } else { is_random(value, SHORTEST) };
        (value.len() >= SHORTEST && is_secret(text.cut(value.clone()))).then_some(value)
    };
    text.match_indices('=').filter_map(in_parameter).collect()
}

/// The user and what follows, of a URL whose password has a slash: `web:a/b@db` begins with no host and port.
fn with_slash<'t>(rest: &'t str, host: &str) -> Option<(&'t str, &'t str)> {
    let is_end = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '<' | '>' | '\\');
    rest.split(is_end).next().filter(|_| has_no_port(host))?.rsplit_once('@')
}

/// The same of a URL whose password has what often ends a URL: a quotation mark or a backslash.
fn with_quote<'t>(rest: &'t str, host: &str) -> Option<(&'t str, &'t str)> {
    let behind = rest.cut(host.len()..).strip_prefix(['\'', '"', '`', '\\'])?;
    // The end of a text of JSON.
    let is_over = behind.starts_with([',', ':', ']', '}', ')']);
    let is_end = |c: char| c.is_whitespace() || matches!(c, '/' | '<' | '>');
    rest.split(is_end).next().filter(|_| has_no_port(host) && !is_over)?.rsplit_once('@')
}

/// Whether the beginning of a URL has a colon with something else than a port behind it.
fn has_no_port(host: &str) -> bool {
    host.split_once(':').is_some_and(|(_, port)| !port.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a word of so many bytes or more looks like a token: nobody is called so.
pub(super) fn is_random(word: &str, least: usize) -> bool {
    let has = |is: fn(char) -> bool| word.contains(is);
    word.len() >= least && has(|c| c.is_ascii_digit()) && has(|c| c.is_ascii_alphabetic()) && !is_open(word)
}

/// How the body of a private key is told: what is in front of a word, that word, what ends the line within so many
/// bytes, and what is behind the body.
const KEYS: [(&str, &str, &str, &str); 3] = [
    ("-----", "BEGIN ", "PRIVATE KEY-----", "-----END"),
    ("---- ", "BEGIN ", "PRIVATE KEY ----", "---- END"),
    ("", "Private-Lines:", "", "Private-MAC"),
];

fn private_keys(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut may_end = [true; KEYS.len()];
    // One character is found faster than a word.
    for (at, _) in ['B', 'P'].into_iter().flat_map(|letter| text.match_indices(letter)) {
        let is_it = |(_, (before, begin, ..)): &(usize, &(&str, &str, &str, &str))| {
            text.cut(at..).starts_with(begin) && text.cut(..at).ends_with(before)
        };
        let Some((number, (_, begin, kind, end))) = KEYS.iter().enumerate().find(is_it) else { continue };
        // Each part of the text is looked at once, however many keys never end.
        if found.last().is_some_and(|last| last.contains(&at)) {
            continue;
        }
        let rest = text.cut(at + begin.len()..);
        let Some(length) = rest.cut(..rest.len().min(40)).find(kind) else { continue };
        let body = rest.cut(length + kind.len()..);
        let from = text.len() - body.len();
        let ending = if may_end[number] { body.find(end) } else { None };
        may_end[number] = ending.is_some();
        let length = ending.or_else(|| body.find('"')).unwrap_or(body.len());
        found.push(from..from + length);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_are_no_secrets() {
        for value in [
            "",
            "changeme",
            "${DB_PASSWORD}",
            "{{ must_env `X` }}",
            "<PASSWORD>",
            "$PASSWORD",
            "arn:aws:ssm:eu-west-1:111122223333:parameter/x",
            "/prod/db/password",
            "********",
            "xxxx",
            "true",
            "my-example-token",
        ] {
            assert!(is_open(value), "{value}");
        }
        for value in ["hunter2", "12345", "p@ss w0rd", "${USER}hunter2", "x7", "/wEPDwUK+abc"] {
            assert!(!is_open(value), "{value}");
        }
    }

    #[test]
    fn secrets_by_their_form() {
        let key = "QZ4XW7KP".repeat(5);
        let found = |text: &str| -> Vec<String> {
            by_form(text).into_iter().map(|range| text.cut(range).to_owned()).collect()
        };
        assert_eq!(found(&format!("id AKIA{}", key.cut(..16))), [key.cut(..16)]);
        assert_eq!(found(&format!("-H 'token ghp_{key}'")), [key.as_str()]);
        assert_eq!(found(&format!("eyJ{key}.eyJ{key}.x-{key}")), [format!("{key}.eyJ{key}.x-{key}")]);
        assert_eq!(found("postgres://web:hunter2@db:5432/web"), ["hunter2"]);
        assert_eq!(found("redis://:p@ss@cache"), ["p@ss"]);
        assert_eq!(found("redis://web:it's@cache/0"), ["it's"]);
        assert_eq!(found("redis://web:a\\\\b@cache/0"), ["a\\\\b"]);
        assert_eq!(found("redis://web:a\\\"b@cache/0"), ["a\\\"b"]);
        assert_eq!(found("redis://web:a`b@cache/0"), ["a`b"]);
        assert_eq!(found("redis://web:hun/?ter2@cache/0"), ["hun/?ter2"]);
        assert_eq!(found("x=redis%3A%2F%2Fweb%3Ahunter2%40cache%2F0"), ["hunter2"]);
        assert_eq!(found(&format!("https://a.example/?key={key}&b=1")), [key.as_str()]);
        assert_eq!(found(&format!("https://a.example/?auth={key}")), [key.as_str()]);
        assert_eq!(found("\"https://cache:port\",\"a@b\""), [""; 0]);
        assert_eq!(found("https://a.example/?key=orders-by-customer-and-day"), [""; 0]);
        assert_eq!(found("Private-Lines: 1\nMII\nPrivate-MAC: 0"), [" 1\nMII\n"]);
        assert_eq!(
            found(
                "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nMII\n---- END SSH2 ENCRYPTED PRIVATE KEY ----"
            ),
            ["\nMII\n"]
        );
        assert_eq!(found("https://hunter2hunter2@git.example/web"), ["hunter2hunter2"]);
        assert_eq!(found("curl 'https://cache:80' a@b"), [""; 0]);
        assert_eq!(found("https://deploy@git.example/web"), [""; 0]);
        assert_eq!(found("-----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY-----"), ["\nMII\n"]);
        for text in [
            "AKIAIOSFODNN7EXAMPLE",
            "postgres://web:${PASSWORD}@db/web",
            "https://example.com/a:b@c",
            "https://example.com:8080/",
            "ghp_short",
            "task-definition-of-a-long-name-with-many-words",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
