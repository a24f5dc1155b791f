//! Placeholders: the parts of a document that some tool, or somebody, fills in later.
//!
//! A value that holds one is unknown, and no rule speaks about what is unknown. What counts as one
//! depends on what the field wants: `$NAME` is ordinary text in a command, and `SYS_PTRACE` is a
//! word of the API where `TASK_CPU` is nothing but the name of a variable.

mod account;
mod capitals;
mod glance;
mod hole;
mod pieces;
mod unset;
mod words;

pub(crate) use account::is_sample_account;

use std::ops::Range;

use glance::Glance;

/// What a field wants, which decides what counts as a placeholder in its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wants {
    /// A word of the API, most of which are in capitals: `FARGATE_SPOT`, `SYS_PTRACE`.
    Choice,
    /// Words of the user's own, such as a tag or the name of a metric.
    Label,
    /// The name of an environment variable: only what a tool renders counts in it.
    Key,
    /// The name that somebody gave to a cluster, a container, a log group, or a path of names.
    Name,
    /// The ARN or the name of a secret or a parameter, which mostly has the name of a variable.
    Secret,
    /// An id, an ARN, a number, a date, an address, a list: nothing that is written in capitals.
    Reference,
    /// A Region.
    Region,
    /// An image.
    Image,
    /// What a shell or a program reads: `$NAME`, `$(…)` and `<…>` are ordinary text there.
    Prose,
    /// The value of an environment variable: the same, but read as a whole.
    Environment,
}

impl Wants {
    fn is_prose(self) -> bool {
        matches!(self, Wants::Prose | Wants::Environment)
    }
}

/// What a placeholder is waiting for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A tool that renders the document: `${X}`, `{{ x }}`, `<IMAGE1_NAME>`.
    Hole,
    /// The same where a shell or a program may fill it in just as well: `${X}` in a command.
    Variable,
    /// Somebody who replaces what a tutorial or a template left: `YOUR_BUCKET`, `TASK_CPU`, `...`.
    StandIn,
    /// Nothing: a substitution that failed has left it, such as `undefined`.
    Unset,
    /// Somebody who fills in an empty name, one of several that a document lacks.
    Blank,
    /// Somebody who fills in a document that was printed without values.
    Skeleton,
    /// An account of documentation. All else about the value is known.
    Account,
}

impl Kind {
    /// Whether the value that holds one is unknown.
    pub fn hides_value(self) -> bool {
        self != Kind::Account
    }
}

/// A placeholder in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The bytes that it takes.
    pub range: Range<usize>,
    /// What it is.
    pub kind: Kind,
}

/// How placeholders of a user's own begin and end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delimiters {
    start: String,
    end: String,
}

impl Delimiters {
    /// Reads what begins a placeholder, `*`, and what ends it: `@@*@@`.
    pub fn read(text: &str) -> Option<Delimiters> {
        let (start, end) = text.split_once('*')?;
        let is_valid = !start.is_empty() && !end.is_empty() && !end.contains('*');
        is_valid.then(|| Delimiters { start: start.to_owned(), end: end.to_owned() })
    }

    /// The first placeholder in a text.
    pub fn find(&self, text: &str) -> Option<Found> {
        let from = text.find(&self.start)?;
        let inner = from + self.start.len();
        let length = text.get(inner..)?.find(&self.end)?;
        Some(Found { range: from..inner + length + self.end.len(), kind: Kind::Hole })
    }
}

/// The placeholder that hides the value of a text, if one does. A template hole is named first.
pub(crate) fn find(text: &str, wants: Wants) -> Option<Found> {
    hiding(text, wants, Glance::at(text.as_bytes()))
}

/// The placeholders to tell of a text: the one that hides its value, and an account of
/// documentation where all else is right or left to a tool. What the field wants is asked for only
/// where that matters.
pub fn find_all(text: &str, wants: impl FnOnce() -> Wants) -> [Option<Found>; 2] {
    let glance = Glance::at(text.as_bytes());
    let may_hold_account = account::may_be_in(text);
    if glance.is_plain() && !may_hold_account {
        return [None, None];
    }
    let wants = wants();
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
    let capitals = || capitals::find(text, wants).map(found(Kind::StandIn));
    // Brackets that no tool fills in look like its holes.
    let of_signs = || unset().filter(|_| text.contains(['<', '['])).or_else(bracketed).or_else(hole);
    let by_signs = if glance.holds_sign() { of_signs() } else { None };
    by_signs
        .or_else(|| if glance.holds_words() { unset().or_else(words) } else { None })
        .or_else(|| if glance.holds_capitals() { capitals() } else { None })
}

/// Whether a text with a placeholder in it may turn out to be empty. It may not where it begins or
/// ends with something else; what is between two holes may depend on them (`{{ if x }}y{{ end }}`).
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

/// The length in bytes of the template hole that `text` starts with, as it may stand in the
/// place of a JSON token: `{{ x }}`, `${X}`, `$X`, `<X>`, `%X%`, a control tag such as
/// `{% if x %}`, what a shell puts between its quotation marks (`'$PORT'`). Text that touches it
/// belongs to it (`${HOST}:80`).
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
        // A colon that ends the word separates a key from its value.
        let glued = glued.trim_end_matches(':').len();
        if glued == 0 {
            return Some(end);
        }
        end += glued;
    }
}

/// Whether a string ends, and a shell's variable follows it, as where a shell wrote the text:
/// `'"image": "'"${IMAGE}"'"'` is one string for the shell, up to its last quotation mark.
pub(crate) fn is_spliced(string: &str, rest: &str) -> bool {
    string.ends_with('\'') && rest.starts_with(['$', '`'])
}

/// Whether `text` opens a hole in double braces that it does not close.
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
        let all = |wants| find_all(image, || wants).into_iter().flatten().collect::<Vec<_>>();
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
        assert_eq!(kind("${{ vars.USER }}", Wants::Prose), Some(Kind::Hole));
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
