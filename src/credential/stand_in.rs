//! Values that are not credentials, whatever their name: placeholders, samples, and references to the place
//! where a credential is kept.

use std::sync::LazyLock;

use super::name::Noun;
use crate::facts::table;
use crate::placeholder::{self, Kind, Wants};
use crate::source::Cut;

/// `rules/data/credential-stand-ins.tsv`, by the kind of row.
struct StandIns {
    fillers: Vec<&'static str>,
    openings: Vec<&'static str>,
    phrases: Vec<&'static str>,
    marks: Vec<&'static str>,
    schemes: Vec<&'static str>,
    switches: Vec<&'static str>,
    units: Vec<&'static str>,
    endings: Vec<&'static str>,
    resources: Vec<&'static str>,
    scopes: Vec<&'static str>,
}

static STAND_INS: LazyLock<StandIns> = LazyLock::new(|| {
    let mut groups = table!("credential-stand-ins.tsv").grouped();
    let mut rows = |kind| groups.remove(kind).unwrap_or_default();
    StandIns {
        fillers: rows("filler"),
        openings: rows("opening"),
        phrases: rows("phrase"),
        marks: rows("mark"),
        schemes: rows("scheme"),
        switches: rows("switch"),
        units: rows("unit"),
        endings: rows("ending"),
        resources: rows("resource"),
        scopes: rows("scope"),
    }
});

/// Whether something else replaces the value, or it is a sample.
pub(super) fn is_stand_in(value: &str) -> bool {
    let value = value.trim();
    has_hole(value)
        || is_address(value)
        || is_marked(value)
        || is_mask(value)
        || is_filler(value)
        || is_sample(value)
}

/// Whether the value is that of documentation, or follows the order of the keyboard.
pub(super) fn is_sample(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let continues = |start: &str, then: fn(u8) -> bool, end: fn(u8) -> bool| {
        let rest = lower.strip_prefix(start)?.as_bytes();
        let rest = rest.iter().skip_while(|byte| then(**byte));
        Some(rest.into_iter().all(|byte| end(*byte)))
    };
    let is_letter = |byte: u8| byte.is_ascii_lowercase();
    let is_digit = |byte: u8| byte.is_ascii_digit();
    value.ends_with("EXAMPLE")
        || value.ends_with("EXAMPLEKEY")
        || ["00000000", "deadbeefdeadbeef", "cafebabecafebabe"].iter().any(|start| lower.starts_with(start))
        || continues("abcdefgh", is_letter, is_digit) == Some(true)
        || continues("1234567", is_digit, is_letter) == Some(true)
        || continues("qwerty", is_letter, is_digit) == Some(true)
}

/// Whether the value is the address of a value in Terraform, which nothing resolves, or a stand-in that lost its end:
/// `aws_db_instance.web.password`, `<DB_PASSWORD`.
fn is_address(value: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "_-[]\"*".contains(c);
    let parts: Vec<&str> = value.split('.').collect();
    let is_path = parts.iter().all(|part| !part.is_empty() && part.chars().all(is_part));
    let is_address = match parts.as_slice() {
        ["var" | "local", _, ..] => true,
        ["data" | "module", _, _, ..] => true,
        [resource, _, _, ..] => resource.starts_with("aws_") || resource.starts_with("random_"),
        _ => false,
    };
    let is_open = value
        .strip_prefix('<')
        .is_some_and(|name| name.contains('_') && name.chars().all(|c| c.is_ascii_uppercase() || c == '_'));
    is_path && is_address || is_open
}

/// Whether the value contains a part that a tool, a shell or a person replaces.
pub(super) fn has_hole(value: &str) -> bool {
    let is_start = |c: char| c.is_ascii_alphabetic() || c == '_';
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let has_variable = value.match_indices('$').any(|(at, _)| {
        let rest = value.cut(at + 1..);
        rest.starts_with(is_start)
            || rest.starts_with('{') && rest.contains('}')
            || rest.starts_with('(') && rest.contains(')')
    });
    let has_pair =
        |open: &str, close: &str| value.split_once(open).is_some_and(|(_, rest)| rest.contains(close));
    // `<DB_PASSWORD>`
    let has_brackets = value.match_indices('<').any(|(at, _)| {
        let rest = value.cut(at + 1..);
        rest.starts_with(|c: char| c.is_ascii_alphabetic())
            && rest.find(['<', '>']).is_some_and(|end| rest.cut(end..).starts_with('>'))
    });
    // `%TOKEN%`
    let has_percents = value.match_indices('%').any(|(at, _)| {
        let rest = value.cut(at + 1..);
        rest.starts_with(is_start)
            && rest.find(|c| !is_name(c)).is_some_and(|end| {
                // `%C3%A9` is a character of a URL.
                let is_escape = end == 2 && rest.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
                rest.cut(end..).starts_with('%') && !is_escape
            })
    });
    // What a shell runs, and what CloudFormation looks up.
    let is_run = value.len() > 2 && value.starts_with('`') && value.ends_with('`');
    let is_looked_up =
        value.strip_prefix('!').and_then(|rest| rest.split_once(' ')).is_some_and(|(name, _)| {
            name.starts_with(|c: char| c.is_ascii_uppercase())
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
    let is_rendered = || {
        let found = placeholder::find(value, Wants::Environment);
        found.is_some_and(|found| matches!(found.kind, Kind::Hole | Kind::Variable | Kind::Unset))
    };
    has_variable
        || has_pair("{{", "}}")
        || has_pair("[[", "]]")
        || has_pair("((", "))")
        || has_pair("%%", "%%")
        || has_pair("<%", "%>")
        || is_run
        || is_looked_up
        || has_brackets
        || has_percents
        || is_rendered()
}

/// `@TOKEN@`, `#TOKEN#`, `#{TOKEN}#`, `__TOKEN__`
fn is_marked(value: &str) -> bool {
    let is_name = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'))
    };
    let between = |open: &str, close: &str| {
        value.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)).is_some_and(is_name)
    };
    between("@", "@")
        || between("#", "#")
        || between("#{", "}#")
        || between("#{", "}")
        || between("#", "")
        || (value.len() > 4 && between("__", "__"))
}

/// `********`, `xxxxxxxx`, `...`
fn is_mask(value: &str) -> bool {
    let mut characters = value.chars();
    let first = characters.next();
    let is_one_character = value.chars().nth(1).is_some() && characters.all(|c| Some(c) == first);
    let has_run = |is: fn(u8) -> bool, least: usize| {
        let longest = value.bytes().fold((0, 0), |(longest, run), byte| {
            let run = if is(byte) { run + 1 } else { 0 };
            (run.max(longest), run)
        });
        longest.0 >= least
    };
    value == "…"
        || is_one_character
        || has_run(|byte| matches!(byte, b'x' | b'X'), 6)
        || has_run(|byte| byte == b'*', 4)
}

/// `changeme`, `test-password`, `your-api-key-here`, `dummy_7`
fn is_filler(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let is_filler = |word: &str| STAND_INS.fillers.contains(&word);
    let mut words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let is_made_of_fillers = words.clone().next().is_some() && words.clone().all(is_filler);
    // `your-token`, but not `your.token`
    let is_opened = words.next().is_some_and(|first| {
        let rest = lower.trim_start_matches('<').strip_prefix(first);
        STAND_INS.openings.contains(&first) && rest.is_some_and(|rest| rest.starts_with([' ', '_', '-']))
    });
    let is_marked =
        || lower.split(|c: char| !c.is_ascii_alphabetic()).any(|word| STAND_INS.marks.contains(&word));
    is_filler(&lower)
        || is_made_of_fillers
        || is_opened
        || STAND_INS.phrases.iter().any(|phrase| lower.contains(phrase))
        || is_marked()
}

/// Whether the value says where a credential is, or is a switch, a duration or a number. A number may be a
/// password.
pub(super) fn is_reference(value: &str, noun: Noun) -> bool {
    let value = value.trim();
    let lower = value.to_ascii_lowercase();
    let is_password = noun == Noun::Password;
    let is_path = || {
        ["/", "./", "../", "~/"].iter().any(|start| value.starts_with(start)) && !is_random_path(value)
            || value.as_bytes().get(1..3) == Some(b":\\")
    };
    let is_of_scheme = || {
        STAND_INS.schemes.iter().any(|scheme| {
            lower.strip_prefix(scheme).is_some_and(|rest| rest.starts_with(":") || rest.starts_with('/'))
        })
    };
    let is_url = || {
        value.split_once("://").is_some_and(|(scheme, rest)| {
            scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c))
                && !rest.contains(['@', ' '])
        })
    };
    let is_variable = || {
        let is_part = |part: &str| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        };
        value.starts_with(|c: char| c.is_ascii_uppercase())
            && value.contains('_')
            && value.split('_').all(is_part)
            && !(is_password && value.contains(|c: char| c.is_ascii_digit()))
    };
    let is_file = || {
        value.rsplit_once('.').is_some_and(|(name, ending)| {
            !name.is_empty()
                && name.chars().all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c))
                && STAND_INS.endings.contains(&ending.to_ascii_lowercase().as_str())
        })
    };
    value.starts_with("arn:")
        || is_path()
        || is_of_scheme()
        || is_url()
        || is_host(value, is_password)
        || is_expression(&lower)
        || STAND_INS.switches.contains(&lower.as_str())
        || is_quantity(&lower)
        || (!is_password && is_number(value))
        || is_variable()
        || is_file()
        || STAND_INS.resources.iter().any(|start| value.starts_with(start))
}

/// Whether a value that begins with a slash is Base64: it is long, mixed, and has signs that paths hardly have.
fn is_random_path(value: &str) -> bool {
    let has = |is: fn(&u8) -> bool| value.as_bytes().iter().any(is);
    value.len() >= 20
        && value.starts_with('/')
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_digit)
        && value.contains(['+', '='])
}

/// `var.db_password`, as Terraform and others write it.
fn is_expression(lower: &str) -> bool {
    lower.split_once('.').is_some_and(|(scope, name)| {
        STAND_INS.scopes.contains(&scope)
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.[]\"'".contains(&byte))
    })
}

/// `vault.prod.internal:8200`, with or without a path. A password may have one dot.
fn is_host(value: &str, is_password: bool) -> bool {
    let (host, _) = value.split_once('/').unwrap_or((value, ""));
    let (host, port) = host.split_once(':').unwrap_or((host, "0"));
    let is_label = |label: &str| {
        !label.is_empty()
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let Some((rest, top)) = host.rsplit_once('.') else { return false };
    if is_password && port == "0" && !rest.contains('.') {
        return false;
    }
    (1..=5).contains(&port.len())
        && port.bytes().all(|byte| byte.is_ascii_digit())
        && host.split('.').all(is_label)
        && top.len() >= 2
        && top.bytes().all(|byte| byte.is_ascii_alphabetic())
        && !value.contains(char::is_whitespace)
}

/// `3600s`, `10 MiB`
fn is_quantity(lower: &str) -> bool {
    let number = lower.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = lower.cut(number.len()..);
    let number = number.trim_end();
    !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && STAND_INS.units.contains(&unit)
}

/// Up to twelve digits, with a sign and decimals.
fn is_number(value: &str) -> bool {
    let digits = value.strip_prefix('-').unwrap_or(value);
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_digits(whole) && is_digits(decimals) && whole.len() <= 12
}

/// Whether a value is made of words in lower case, as the names of secrets are: `prod/web-token`.
pub(super) fn is_words(value: &str) -> bool {
    let is_word = |word: &str| {
        let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
        !letters.is_empty()
            && word.len() - letters.len() <= 1
            && letters.bytes().all(|byte| byte.is_ascii_lowercase())
    };
    value.split(['-', '_', '.', '/']).all(is_word)
}
