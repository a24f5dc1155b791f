//! Placeholders: the parts of a document that some tool, or somebody, fills in later.
//!
//! A value that holds one is unknown, and no rule speaks about what is unknown.
#![allow(clippy::string_slice, reason = "every offset is that of an ASCII character that was found")]

/// Where a text stands decides what counts as a placeholder in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    /// An image, an ARN, an id, a name, a number: anything that a shell never reads.
    Value,
    /// A command, an environment value, a label, a log option: `$NAME`, `$(…)` and `<…>` are
    /// ordinary text there.
    Prose,
    /// What a shell or a program reads, where `${NAME}` is ordinary text too. Its value is
    /// unknown all the same; the difference counts where the placeholder itself is the subject.
    Shell,
}

/// What a placeholder is waiting for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waits {
    /// A tool that renders the document: `${X}`, `{{ x }}`, `<IMAGE1_NAME>`.
    ForTool,
    /// Somebody who replaces what a tutorial or a template left: `YOUR_BUCKET`, `REPLACE_ME`.
    ForSomebody,
}

/// Whether a text holds a placeholder, and what it waits for. A template hole is named first.
pub fn find(text: &str, within: Within) -> Option<Waits> {
    let look = Look::at(text.as_bytes());
    if look.holds_sign && holds_hole(text, within) {
        return Some(Waits::ForTool);
    }
    let holds_stand_in = || {
        (look.begins_stand_in && holds_stand_in(text))
            || (look.holds_cross && holds_crosses(text))
            || (look.holds_underscore && is_numbered(text))
    };
    (within == Within::Value && holds_stand_in()).then_some(Waits::ForSomebody)
}

/// Whether a text with a placeholder in it may turn out to be empty. It may not where it begins or
/// ends with something else; what is between two holes may depend on them (`{{ if x }}y{{ end }}`).
pub fn may_be_empty(text: &str) -> bool {
    let text = text.trim();
    let first = text.split([':', '/']).next().unwrap_or(text);
    let is_all_hole = |end: &str| hole_at(end, Within::Value) == Some(end.len());
    let begins =
        hole_at(text, Within::Value).is_some() || find(first, Within::Value) == Some(Waits::ForSomebody);
    let ends = find(text, Within::Value) == Some(Waits::ForSomebody)
        || text.char_indices().any(|(at, _)| is_all_hole(text.split_at(at).1));
    begins && ends
}

/// What a look at each byte once tells, which is all that most texts need. It may suspect what
/// turns out to be nothing, and overlooks nothing.
struct Look {
    /// A hole may begin somewhere.
    holds_sign: bool,
    /// A word begins as one of a stand-in does.
    begins_stand_in: bool,
    holds_cross: bool,
    holds_underscore: bool,
}

/// A byte that a hole may begin with.
const SIGN: u8 = 1;
/// A byte that the words of a stand-in may stand behind.
const BETWEEN: u8 = 1 << 1;
/// A letter that the words of a stand-in may begin with.
const INITIAL: u8 = 1 << 2;
const UNDERSCORE: u8 = 1 << 3;
const CROSS: u8 = 1 << 4;

/// What each byte may mean.
const MEANING: [u8; 256] = {
    let mut meaning = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        meaning[byte] = match (byte as u8).to_ascii_lowercase() {
            b'{' | b'$' | b'<' | b'%' | b'#' | b'@' | b'[' | b'(' => SIGN,
            b':' | b'/' | b'.' | b' ' | b',' | b'-' => BETWEEN,
            b'_' => BETWEEN | UNDERSCORE,
            b'x' => CROSS,
            b'a' | b'c' | b'f' | b'p' | b'r' | b's' | b't' | b'y' => INITIAL,
            _ => 0,
        };
        byte += 1;
    }
    meaning
};

impl Look {
    fn at(bytes: &[u8]) -> Look {
        let mut all = 0;
        let mut begins = false;
        let mut before = BETWEEN;
        for (at, byte) in bytes.iter().enumerate() {
            let meaning = MEANING[usize::from(*byte)];
            all |= meaning;
            if before & BETWEEN != 0 && meaning & INITIAL != 0 {
                begins |= begins_stand_in(&bytes[at..]);
            }
            before = meaning;
        }
        Look {
            holds_sign: all & (SIGN | UNDERSCORE) != 0,
            begins_stand_in: begins,
            holds_cross: all & CROSS != 0,
            holds_underscore: all & UNDERSCORE != 0,
        }
    }
}

/// Whether a stand-in may begin here: by the first letters, which most words fail, then by the
/// whole word. `aws` and `set` begin one only where another word is joined to them.
fn begins_stand_in(rest: &[u8]) -> bool {
    let [first, second, third, after @ ..] = rest else { return false };
    let may_be = match &[first | 0x20, second | 0x20, third | 0x20] {
        b"acc" | b"cha" | b"fil" | b"pla" | b"reg" | b"rep" | b"tbd" | b"tod" | b"you" => true,
        b"aws" | b"set" => matches!(after.first(), Some(b'_' | b'-')),
        _ => false,
    };
    may_be
        && is_first_word(rest.split(|byte| MEANING[usize::from(*byte)] & BETWEEN != 0).next().unwrap_or(rest))
}

/// The length in bytes of the template hole that `text` starts with, as it may stand in the
/// place of a JSON token: `{{ x }}`, `${X}`, `$X`, `<X>`, `%X%`, a control tag such as
/// `{% if x %}`. Text that touches it belongs to it (`${HOST}:80`).
pub fn unquoted(text: &str) -> Option<usize> {
    let mut end = hole_at(text, Within::Value).or_else(|| control_tag(text))?;
    loop {
        let rest = &text[end..];
        if let Some(more) = hole_at(rest, Within::Value) {
            end += more;
            continue;
        }
        let glue =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | ':' | '/' | '-' | '@' | '%');
        let glued = rest.find(|c| !glue(c)).unwrap_or(rest.len());
        // A colon that ends the word separates a key from its value.
        let glued = rest[..glued].trim_end_matches(':').len();
        if glued == 0 {
            return Some(end);
        }
        end += glued;
    }
}

/// Whether `text` opens a hole in double braces that it does not close.
pub fn leaves_braces_open(text: &str) -> bool {
    text.rfind("{{").is_some_and(|open| !text[open..].contains("}}"))
}

fn holds_hole(text: &str, within: Within) -> bool {
    let may_start = |byte: u8| MEANING[usize::from(byte)] & (SIGN | UNDERSCORE) != 0;
    text.bytes().enumerate().any(|(at, byte)| may_start(byte) && hole_at(&text[at..], within).is_some())
}

/// The length of the hole that `text` starts with.
fn hole_at(text: &str, within: Within) -> Option<usize> {
    let bytes = text.as_bytes();
    let value = within == Within::Value;
    match bytes.first()? {
        b'{' if text.starts_with("{{") => enclosed(text, "{{", "}}"),
        // Python's and people's own style. No value of AWS holds braces, save JSON in a string.
        b'{' if value => {
            let end = enclosed(text, "{", "}")?;
            (!text[..end].contains([':', '"'])).then_some(end)
        }
        b'$' => match bytes.get(1)? {
            b'{' if text.starts_with("${{") => enclosed(text, "${{", "}}"),
            b'{' if within == Within::Shell => None,
            b'{' => enclosed(text, "${", "}"),
            b'(' if value => {
                let end = enclosed(text, "$(", ")")?;
                name(&text[2..end - 1], |c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.'))
                    .then_some(end)
            }
            first if value && (first.is_ascii_alphabetic() || *first == b'_') => {
                let rest = &text[1..];
                let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
                Some(1 + length.unwrap_or(rest.len()))
            }
            _ => None,
        },
        b'<' if value && !text.starts_with("<!") => {
            let end = 1 + text[1..].find(['<', '>', '"', '\n'])?;
            (bytes[end] == b'>' && !text[1..end].trim().is_empty()).then_some(end + 1)
        }
        b'#' if text.starts_with("#{") => {
            let end = enclosed(text, "#{", "}")?;
            Some(if bytes.get(end) == Some(&b'#') { end + 1 } else { end })
        }
        b'#' => fenced_word(text, "#"),
        b'%' if text.starts_with("%%") => fenced_word(text, "%%"),
        b'%' => fenced_word(text, "%"),
        b'_' => fenced_word(text, "__"),
        b'@' => fenced_word(text, "@@"),
        b'[' if text.starts_with("[[") => {
            let end = enclosed(text, "[[", "]]")?;
            name(&text[2..end - 2], |c| c.is_ascii_alphanumeric() || c == '_').then_some(end)
        }
        b'(' if text.starts_with("((") => {
            let end = enclosed(text, "((", "))")?;
            name(&text[2..end - 2], |c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
                .then_some(end)
        }
        _ => None,
    }
}

/// `{% if x %}`, `<% x %>`, `%{ if x }`: they steer a template and stand for nothing.
fn control_tag(text: &str) -> Option<usize> {
    enclosed(text, "{%", "%}").or_else(|| enclosed(text, "<%", "%>")).or_else(|| enclosed(text, "%{", "}"))
}

fn enclosed(text: &str, open: &str, close: &str) -> Option<usize> {
    let inner = text.strip_prefix(open)?;
    let length = inner.find(close)?;
    // A shell's `${}` and an empty `{{}}` stand for nothing.
    (!inner[..length].trim().is_empty()).then_some(open.len() + length + close.len())
}

/// `#NAME#`, `%NAME%`, `__NAME__`, `@@NAME@@`: capitals between two fences.
fn fenced_word(text: &str, fence: &str) -> Option<usize> {
    let inner = text.strip_prefix(fence)?;
    let length = inner.find(fence)?;
    let word = &inner[..length];
    let capitals = name(word, |c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
    (capitals && word.len() > 1 && word.starts_with(|c: char| c.is_ascii_uppercase()))
        .then_some(length + 2 * fence.len())
}

fn name(text: &str, allowed: impl Fn(char) -> bool) -> bool {
    !text.is_empty() && text.chars().all(allowed)
}

/// What people write where somebody shall put the real thing, at the start or the end of a name.
const STAND_INS: &[&str] = &["replace", "replaced", "replaceme", "placeholder", "changeme"];
/// The same, in capitals only: an application may well be called `todo`.
const CAPITAL_STAND_INS: &[&str] = &["TBD", "TODO"];
/// Words that begin such a name, or go on with it, if this one follows; an empty one may be any.
const STAND_IN_STARTS: &[(&str, &str)] = &[
    ("your", ""),
    ("replace", ""),
    ("replaced", ""),
    ("placeholder", ""),
    ("fill", "in"),
    ("set", "by"),
    ("change", "me"),
];
/// Words that stand for a number or a name inside an ARN or the host of a registry.
const PART_STAND_INS: &[&[&str]] = &[
    &["account"],
    &["account", "id"],
    &["accountid"],
    &["aws", "account"],
    &["aws", "account", "id"],
    &["region"],
    &["aws", "region"],
];

/// Whether any stand-in begins with a word.
fn is_first_word(word: &[u8]) -> bool {
    let starts = STAND_IN_STARTS.iter().map(|(first, _)| first);
    let parts = PART_STAND_INS.iter().filter_map(|words| words.first());
    STAND_INS
        .iter()
        .chain(CAPITAL_STAND_INS)
        .chain(starts)
        .chain(parts)
        .any(|first| word.eq_ignore_ascii_case(first.as_bytes()))
}

fn holds_stand_in(text: &str) -> bool {
    let is_compound = text.contains([':', '/', '.']);
    text.split([':', '/', '.', ' ', ',']).any(|part| is_stand_in(part, is_compound))
}

/// `subnet-xxxxxxxx`
fn holds_crosses(text: &str) -> bool {
    text.as_bytes().windows(3).any(|three| matches!(three, b"xxx" | b"XXX"))
}

/// `SUBNET_1`
fn is_numbered(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = bytes.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    match &bytes[..bytes.len() - digits] {
        [word @ .., b'_'] => digits > 0 && !word.is_empty() && word.iter().all(u8::is_ascii_uppercase),
        _ => false,
    }
}

/// Whether a part of a value is a stand-in. This is asked of every value of every document:
/// nothing is copied.
fn is_stand_in(part: &str, is_compound: bool) -> bool {
    let words = || part.split(['_', '-']);
    let is = |word: &str, other: &str| word.eq_ignore_ascii_case(other);
    let is_one_of =
        |word: &str| STAND_INS.iter().any(|stand_in| is(word, stand_in)) || CAPITAL_STAND_INS.contains(&word);
    let ends = [words().next(), words().next_back()];
    if ends.into_iter().flatten().any(is_one_of) {
        return true;
    }
    let starts = |(word, next): (&str, &str)| {
        STAND_IN_STARTS.iter().any(|(first, then)| is(word, first) && (then.is_empty() || is(next, then)))
    };
    if words().zip(words().skip(1)).any(starts) {
        return true;
    }
    let is_same = |listed: &&[&str]| {
        words().count() == listed.len() && words().zip(*listed).all(|(word, other)| is(word, other))
    };
    is_compound && PART_STAND_INS.iter().any(is_same)
}

/// Whether a part of the name of an image, an ARN or a path is written like the name of a
/// variable: `REPO_URI`. Words of the API, such as `X86_64`, look the same, so that only those
/// who know that none can stand there may ask.
pub fn holds_variable_name(text: &str) -> bool {
    let mut parts = text.split([':', '/', '@']);
    text.contains('_')
        && parts.any(|part| {
            let words = part.split('_');
            let is_word = |word: &str| name(word, |c| c.is_ascii_uppercase() || c.is_ascii_digit());
            part.contains('_')
                && part.starts_with(|c: char| c.is_ascii_uppercase())
                && words.into_iter().all(is_word)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_style_of_hole_is_found_in_a_value() {
        for text in [
            "{{ must_env `X` }}",
            "${X}",
            "${var.x}",
            "${{ secrets.X }}",
            "<IMAGE1_NAME>",
            "<a sentence>",
            "<naïve>",
            "app:$TAG",
            "%NAME%",
            "$(NAME)",
            "#{X}#",
            "#APP_VERSION#",
            "web-{INSERT ticket/issue ID}",
            "__X1__",
            "@@XY@@",
            "%%XY%%",
            "[[XY]]",
            "((x))",
            "<111122223333>.dkr.ecr.<eu-west-1.>.amazonaws.com/app:#APP_VERSION#",
        ] {
            assert_eq!(find(text, Within::Value), Some(Waits::ForTool), "{text}");
        }
    }

    #[test]
    fn stand_ins_are_found_in_a_value() {
        for text in [
            "arn:aws:iam::ACCOUNT_ID:role/x",
            "YOUR_BUCKET",
            "your-bucket",
            "REPLACE_ME_ROLE_ARN",
            "REPLACED_BY_CI",
            "PLACEHOLDER_IMAGE_URI",
            "subnet-xxxxxxxx",
            "SUBNET_1",
            "TODO",
            "TBD",
            "FILL-IN-LATER",
            "subnet-YOUR_SUBNET",
            "111122223333.dkr.ecr.REGION.amazonaws.com/app",
        ] {
            assert_eq!(find(text, Within::Value), Some(Waits::ForSomebody), "{text}");
        }
    }

    #[test]
    fn the_first_look_overlooks_no_stand_in() {
        let starts = STAND_IN_STARTS.iter().map(|(first, then)| format!("{first}_{then}"));
        let parts = PART_STAND_INS.iter().map(|words| format!("arn:{}:x", words.join("_")));
        for text in STAND_INS.iter().map(|word| word.to_string()).chain(starts).chain(parts) {
            assert_eq!(find(&text, Within::Value), Some(Waits::ForSomebody), "{text}");
            assert_eq!(find(&text.to_uppercase(), Within::Value), Some(Waits::ForSomebody), "{text}");
        }
    }

    #[test]
    fn ordinary_text_is_no_placeholder() {
        for text in [
            "nginx:1.27",
            "todo-api:1",
            "/ecs/web",
            "arn:aws:iam::111122223333:role/region-reader",
            "%Y-%m-%d",
            "a < b",
            "{}",
            "{\"a\": 1}",
            "$",
            "$1",
        ] {
            assert_eq!(find(text, Within::Value), None, "{text}");
        }
        for text in ["exec ./serve --port $PORT", "a > b < c > d", "echo $(date)", "%Y-%m-%d", "your-app"] {
            assert_eq!(find(text, Within::Prose), None, "{text}");
        }
        assert_eq!(find("${USER}@web", Within::Shell), None);
        assert_eq!(find("${{ vars.USER }}", Within::Shell), Some(Waits::ForTool));
    }

    #[test]
    fn an_unquoted_hole_takes_what_touches_it() {
        assert_eq!(unquoted("${HOST}:80, 1"), Some(10));
        assert_eq!(unquoted("$PORT }"), Some(5));
        assert_eq!(unquoted("{{ a }}: 1"), Some(7));
        assert_eq!(unquoted("{% if x %} 1"), Some(10));
        assert_eq!(unquoted("nothing"), None);
    }
}
