//! Placeholders: the parts of a document that a tool or a person fills in later.
//!
//! A value that contains one is unknown, and no rule reports anything about an unknown value. What counts as
//! a placeholder depends on what the field expects: `$NAME` is ordinary text in a command, and `SYS_PTRACE`
//! is a value of the API whereas `TASK_CPU` can only be the name of a variable.

mod account;
mod capitals;
mod expression;
mod glance;
mod hole;
mod own;
mod pieces;
mod unset;
mod words;

pub(crate) use account::is_sample_account;
pub(crate) use expression::expression;
pub(crate) use hole::is_region;
pub(crate) use own::{Delimiters, OwnPlaceholders};

use std::ops::Range;

use glance::Glance;

/// What a field expects, which decides what counts as a placeholder in its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wants {
    /// A value of the API, most of which are in upper case: `FARGATE_SPOT`, `SYS_PTRACE`.
    Choice,
    /// The user's own words, such as a tag or the name of a metric.
    Label,
    /// The name of an environment variable: only what a tool renders counts as a placeholder.
    Key,
    /// The user-defined name of a cluster, a container or a log group, or a path of names.
    Name,
    /// The ARN or the name of a secret or a parameter, which often looks like the name of a variable.
    Secret,
    /// An id, an ARN, a number, a date, an address, a list: none of these is written in upper case.
    Reference,
    /// A Region.
    Region,
    /// An image.
    Image,
    /// Text that a shell or a program reads: `$NAME`, `$(…)` and `<…>` are ordinary text there.
    Prose,
    /// The value of an environment variable: like `Prose`, but read as a whole.
    Environment,
}

impl Wants {
    fn is_prose(self) -> bool {
        matches!(self, Wants::Prose | Wants::Environment)
    }
}

/// Who or what replaces a placeholder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A tool that renders the document: `${X}`, `{{ x }}`, `<IMAGE1_NAME>`.
    Hole,
    /// The same, but a shell or a program may equally fill it in: `${X}` in a command.
    Variable,
    /// The user, who replaces what a tutorial or a template left: `YOUR_BUCKET`, `TASK_CPU`, `...`.
    StandIn,
    /// Nothing: it is the result of a failed substitution, such as `undefined`.
    Unset,
    /// The user, who fills in an empty name, one of several that are empty together.
    Blank,
    /// The user, who fills in a document that was printed without values.
    Skeleton,
    /// The user, who replaces a sample account. The rest of the value is known.
    Account,
}

impl Kind {
    /// Whether a value that contains one is unknown.
    pub fn hides_value(self) -> bool {
        self != Kind::Account
    }
}

/// A placeholder in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The bytes of the placeholder.
    pub range: Range<usize>,
    /// What it is.
    pub kind: Kind,
}

/// The placeholder that makes a text unknown, if there is one. Template holes take precedence.
pub(crate) fn find(text: &str, wants: Wants) -> Option<Found> {
    hiding(text, wants, Glance::at(text.as_bytes()))
}

/// Whether a tool fills in a part of a text, which names something or is a path.
pub(crate) fn has_hole(text: &str) -> bool {
    find(text, Wants::Name).is_some_and(|found| found.kind == Kind::Hole)
}

/// Whether a hole has nothing in it that may be a value.
pub(crate) fn is_no_more_than_a_name(hole: &str) -> bool {
    !hole.trim_matches('"').contains(['"', '\'', '`', ':', '=', '|', '\n'])
}

/// The placeholders to report in a text: the one that makes it unknown, and a sample account if the rest is
/// valid or left to a tool. What the field expects is evaluated only if it matters; an image must be one word.
pub fn find_all(text: &str, is_image: bool, wants: impl FnOnce() -> Wants) -> [Option<Found>; 2] {
    let glance = Glance::at(text.as_bytes());
    let may_hold_account = account::may_be_in(text);
    let may_be_prose = || is_image && words::is_prose(text);
    if glance.is_plain() && !may_hold_account && !may_be_prose() {
        return [None, None];
    }
    let wants = wants();
    if wants == Wants::Key && !glance.holds_sign() {
        return [None, None];
    }
    let hiding = hiding(text, wants, glance);
    let is_told = hiding.as_ref().is_some_and(|found| found.kind == Kind::StandIn);
    let may_matter = may_hold_account && !is_told && !matches!(wants, Wants::Key | Wants::Prose);
    let account = if may_matter { account::find(text) } else { None };
    [hiding, account.map(|range| Found { range, kind: Kind::Account })]
}

fn hiding(text: &str, wants: Wants, glance: Glance) -> Option<Found> {
    let found = |kind| move |range| Found { range, kind };
    let hole = || hole::find(text, wants).map(|(range, kind)| Found { range, kind });
    let unset = || unset::find(text, wants).map(found(Kind::Unset));
    let bracketed = || words::bracketed(text).filter(|_| wants != Wants::Key).map(found(Kind::StandIn));
    let words = || words::find(text, wants).map(found(Kind::StandIn));
    let in_place = || match wants {
        Wants::Key | Wants::Label | Wants::Prose | Wants::Environment => None,
        _ => words::in_place(text, wants).map(found(Kind::StandIn)),
    };
    let capitals = || capitals::find(text, wants).map(found(Kind::StandIn));
    // Brackets that no tool fills in look like its holes.
    let of_signs = || unset().filter(|_| text.contains(['<', '['])).or_else(bracketed).or_else(hole);
    let by_signs = if glance.holds_sign() { of_signs() } else { None };
    by_signs
        .or_else(|| if glance.holds_words() { unset().or_else(words) } else { None })
        .or_else(|| if glance.holds_place() && !glance.holds_words() { in_place() } else { None })
        .or_else(|| if glance.holds_capitals() { capitals() } else { None })
        .or_else(|| {
            (wants == Wants::Image && words::is_prose(text)).then(|| found(Kind::StandIn)(0..text.len()))
        })
}

/// Whether a text with a placeholder may turn out to be empty. It cannot if it begins or ends with something
/// else; what is between two holes may depend on them (`{{ if x }}y{{ end }}`).
pub(crate) fn may_be_empty(text: &str) -> bool {
    let text = text.trim();
    let waits = |text: &str| {
        let found = find(text, Wants::Reference);
        found.is_some_and(|found| matches!(found.kind, Kind::StandIn | Kind::Unset))
    };
    let (begins, ends) = hole::at_ends(text);
    let first = text.split([':', '/']).next().unwrap_or(text);
    (begins || waits(first)) && (ends || waits(text))
}

/// The length in bytes of the template hole at the start of `text`, in place of a JSON token: `{{ x }}`,
/// `${X}`, `$X`, `<X>`, `%X%`, a control tag such as `{% if x %}`, or a shell variable between quotation
/// marks (`'$PORT'`). Adjacent text belongs to it (`${HOST}:80`).
pub fn unquoted(text: &str) -> Option<usize> {
    let mut end = hole::spliced(text).or_else(|| hole::length(text))?;
    loop {
        let rest = text.get(end..).unwrap_or_default();
        if let Some(more) = hole::length(rest) {
            end += more;
            continue;
        }
        let glue =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | ':' | '/' | '-' | '@' | '%');
        let glued = rest.split(|c| !glue(c)).next().unwrap_or_default();
        // A colon at the end of the word separates a key from its value.
        let glued = glued.trim_end_matches(':').len();
        if glued == 0 {
            return Some(end);
        }
        end += glued;
    }
}

/// The length in bytes of a word at the start of `text`, in place of a JSON value, that can only be meant to be replaced
/// by one: in capitals, in braces, or between two equal runs of signs.
pub(crate) fn unquoted_word(text: &str) -> Option<usize> {
    /// What stands for a value in some language, and is a mistake here.
    const VALUES: [&str; 9] = ["FALSE", "NAN", "NO", "NONE", "NULL", "OFF", "ON", "TRUE", "YES"];
    let is_of_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let sign = text.chars().next()?;
    let run = if sign.is_ascii_alphabetic() { 0 } else { text.len() - text.trim_start_matches(sign).len() };
    let inner = text.get(run..)?;
    let length = inner.find(|c| !is_of_word(c)).unwrap_or(inner.len());
    let (word, after) = inner.split_at_checked(length)?;
    let close = if sign == '{' { "}".to_owned() } else { sign.to_string().repeat(run) };
    let rest = if run == 0 { after } else { after.strip_prefix(close.as_str())? };
    let is_replaced = match sign {
        '{' => run == 1 && hole::is_name(word),
        _ if run > 0 => word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_'),
        _ => {
            let is_capital = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
            word.len() > 1 && word.bytes().all(is_capital) && !VALUES.contains(&word)
        }
    };
    let is_end = rest.trim_start_matches([' ', '\t']).chars().next().is_none_or(|c| ",]}\r\n".contains(c));
    (is_replaced && is_end).then_some(text.len() - rest.len())
}

/// Whether a shell variable follows the end of a string, as in a text that a shell assembled: `'"image":
/// "'"'"${IMAGE}"'"'` is one string for the shell, up to its last quotation mark.
pub(crate) fn is_spliced(string: &str, rest: &str) -> bool {
    string.ends_with('\'') && rest.starts_with(['$', '`'])
}

/// Whether `text` opens a hole with double braces but does not close it.
pub(crate) fn leaves_braces_open(text: &str) -> bool {
    text.rsplit_once("{{").is_some_and(|(_, rest)| !rest.contains("}}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str, wants: Wants) -> Option<Kind> {
        find(text, wants).map(|found| found.kind)
    }

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
            "$(aws sts get-caller-identity --query Account)",
            "$[variables.x]",
            "#{X}#",
            "#APP_VERSION#",
            "web-{ticket/issue ID}",
            "__X1__",
            "__name__",
            "web-%name%",
            "%(name)s",
            "@X@",
            "@project.version@",
            "@(x)",
            "@@XY@@",
            "%%XY%%",
            "~X~",
            "|X|",
            "[[XY]]",
            "((x))",
            "(( grab meta.x ))",
            "`git rev-parse HEAD`",
            "\"'\"${X}\"'\"",
            "'$port'",
            "<111122223333>.dkr.ecr.<eu-west-1.>.amazonaws.com/app:#APP_VERSION#",
        ] {
            for wants in [Wants::Choice, Wants::Name, Wants::Reference, Wants::Region, Wants::Image] {
                assert_eq!(kind(text, wants), Some(Kind::Hole), "{text}");
            }
        }
    }

    #[test]
    fn what_waits_for_somebody_is_told_from_what_a_tool_fills_in() {
        assert_eq!(kind("<your-account>", Wants::Reference), Some(Kind::StandIn));
        assert_eq!(kind("<your token>", Wants::Environment), Some(Kind::StandIn));
        assert_eq!(kind("${YOUR_BUCKET}", Wants::Reference), Some(Kind::Hole));
        assert_eq!(kind("<no value>", Wants::Reference), Some(Kind::Unset));
        assert_eq!(kind("app:[object Object]", Wants::Image), Some(Kind::Unset));
        assert_eq!(kind("YOUR_TASK_CPU", Wants::Reference), Some(Kind::StandIn));
        assert_eq!(kind("${X:-null}", Wants::Reference), Some(Kind::Hole));
    }

    #[test]
    fn an_account_hides_nothing_else() {
        let image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:1";
        assert_eq!(find(image, Wants::Image), None);
        let all = |wants| {
            find_all(image, wants == Wants::Image, || wants).into_iter().flatten().collect::<Vec<_>>()
        };
        assert_eq!(all(Wants::Image), [Found { range: 0..12, kind: Kind::Account }]);
        assert_eq!(all(Wants::Prose), []);
    }

    #[test]
    fn ordinary_text_is_no_placeholder() {
        for text in [
            "nginx:1.27",
            "todo-api:1",
            "/ecs/web",
            "arn:aws:iam::100200300400:role/region-reader",
            "%Y-%m-%d",
            "a < b",
            "{}",
            "{\"a\": 1}",
            "$",
            "$1",
            "arn:aws:lambda:eu-west-1:100200300400:function:check:$LATEST",
            "me@example.com",
            "app@sha256:0123",
            "~/data",
        ] {
            for wants in [Wants::Choice, Wants::Name, Wants::Reference, Wants::Image] {
                assert_eq!(find(text, wants), None, "{text}");
            }
        }
        for text in
            ["exec ./serve --port $PORT", "a > b < c > d", "echo $(date)", "%Y-%m-%d", "`date`", "|x|"]
        {
            assert_eq!(find(text, Wants::Prose), None, "{text}");
        }
        assert_eq!(kind("${USER}@web", Wants::Prose), Some(Kind::Variable));
        for text in ["${{ vars.USER }}", "<%= user[\"name\"] %>", "run {% if x %}--fast{% endif %}"] {
            assert_eq!(kind(text, Wants::Prose), Some(Kind::Hole));
            assert_eq!(kind(text, Wants::Name), Some(Kind::Hole));
        }
    }

    #[test]
    fn an_unquoted_hole_takes_what_touches_it() {
        assert_eq!(unquoted("${HOST}:80, 1"), Some(10));
        assert_eq!(unquoted("$PORT }"), Some(5));
        assert_eq!(unquoted("{{ a }}: 1"), Some(7));
        assert_eq!(unquoted("{% if x %} 1"), Some(10));
        assert_eq!(unquoted("'$port', 1"), Some(7));
        assert_eq!(unquoted("'\"${PORT}\"' }"), Some(11));
        assert_eq!(unquoted("~PORT~"), Some(6));
        assert_eq!(unquoted("'port'"), None);
        assert_eq!(unquoted("nothing"), None);
        assert_eq!(unquoted("[[1]]"), None);
        assert_eq!(unquoted("[[true]]"), None);
    }
}
