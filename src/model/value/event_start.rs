//! How the awslogs driver detects the start of a log event: with a regular expression, also if
//! `awslogs-datetime-format` is set, which is converted to one.

use std::ops::Range;
use std::sync::LazyLock;

use crate::facts::table;
use crate::model::value::go_regex::{RegexFault, RegexFaultKind, regex_fault};
use crate::source::Cut;

/// What is wrong with an option that defines the start of log events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EventStartFault {
    /// The kind of fault.
    pub kind: RegexFaultKind,
    /// The bytes of the option that cause it.
    pub at: Range<usize>,
    /// Docker's message.
    pub reply: String,
}

/// Why a pattern does not compile, if it does not.
pub(crate) fn multiline_pattern_fault(pattern: &str) -> Option<EventStartFault> {
    let fault = regex_fault(pattern)?;
    Some(EventStartFault { kind: fault.kind, at: fault.at.clone(), reply: reply(pattern, &fault) })
}

/// A value of `awslogs-datetime-format`, converted to a regular expression as Docker does it.
#[derive(Clone, Debug)]
pub(crate) struct DatetimeFormat<'f> {
    format: &'f str,
    expression: String,
    /// The byte ranges of the expression, each with the byte range of the format that it comes from.
    origins: Vec<(Range<usize>, Range<usize>)>,
    /// The codes that Docker does not recognize and omits.
    pub unknown_codes: Vec<Range<usize>>,
}

impl<'f> DatetimeFormat<'f> {
    /// Reads a format.
    pub(crate) fn read(format: &'f str) -> DatetimeFormat<'f> {
        let mut read = DatetimeFormat {
            format,
            expression: String::new(),
            origins: Vec::new(),
            unknown_codes: Vec::new(),
        };
        let mut at = 0;
        while let Some(c) = format.cut(at..).chars().next() {
            let code = format.cut(at..).chars().nth(1).filter(|second| c == '%' && *second != '\n');
            let length = c.len_utf8() + code.map_or(0, char::len_utf8);
            let (text, source) = (format.cut(at..at + length), at..at + length);
            let start = read.expression.len();
            match (code, expression_of(text)) {
                (Some(_), Some(expression)) => read.expression.push_str(expression),
                (Some(_), None) => read.unknown_codes.push(source.clone()),
                (None, _) => read.expression.push_str(text),
            }
            read.origins.push((start..read.expression.len(), source));
            at += length;
        }
        read
    }

    /// Why the expression does not compile, if it does not.
    pub(crate) fn fault(&self) -> Option<EventStartFault> {
        let fault = regex_fault(&self.expression)?;
        let touched =
            self.origins.iter().filter(|(to, _)| to.start < fault.at.end && fault.at.start < to.end);
        let sources: Vec<&Range<usize>> = touched.map(|(_, from)| from).collect();
        let at = match (self.class_before(&fault), sources.first(), sources.last()) {
            (Some(bracket), ..) => bracket,
            (None, Some(first), Some(last)) => first.start..last.end,
            _ => 0..self.format.len(),
        };
        Some(EventStartFault { kind: fault.kind, at, reply: reply(&self.expression, &fault) })
    }

    /// The bracket in the format that turns the following codes into characters of a class, which is the
    /// cause of nearly every fault.
    fn class_before(&self, fault: &RegexFault) -> Option<Range<usize>> {
        let before = self.origins.iter().take_while(|(to, _)| to.start <= fault.at.start);
        let mut is_escaped = false;
        for (_, from) in before {
            match self.format.cut(from.clone()) {
                "\\" => is_escaped = !is_escaped,
                "[" if !is_escaped => return Some(from.clone()),
                _ => is_escaped = false,
            }
        }
        None
    }

    /// The format with all characters escaped that are special in a regular expression, if that makes it
    /// compile.
    pub(crate) fn escaped(&self) -> Option<String> {
        let mut escaped = String::new();
        let mut is_escaped = false;
        for (_, from) in &self.origins {
            let text = self.format.cut(from.clone());
            if !is_escaped && text.len() == 1 && "[](){}+*?|^$".contains(text) {
                escaped.push('\\');
            }
            is_escaped = text == "\\" && !is_escaped;
            escaped.push_str(text);
        }
        let is_mended = escaped != self.format && DatetimeFormat::read(&escaped).fault().is_none();
        is_mended.then_some(escaped)
    }
}

/// The expression that Docker substitutes for a code, from `rules/data/strftime-codes.tsv`.
fn expression_of(code: &str) -> Option<&'static str> {
    static CODES: LazyLock<Vec<(&str, &str)>> =
        LazyLock::new(|| table!("strftime-codes.tsv").pairs().collect());
    CODES.iter().find(|(known, _)| *known == code).map(|(_, expression)| *expression)
}

/// Docker's message, with the expression quoted as Go quotes it.
fn reply(expression: &str, fault: &RegexFault) -> String {
    let quoted = serde_json::Value::from(expression);
    let reported = fault.reported(expression);
    format!("awslogs could not parse multiline pattern key {quoted}: error parsing regexp: {reported}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caused_by(format: &str) -> Option<&str> {
        DatetimeFormat::read(format).fault().map(|fault| format.cut(fault.at))
    }

    #[test]
    fn a_format_becomes_an_expression() {
        for format in
            ["%Y-%m-%d %H:%M:%S%L", "\\[%b %d, %Y %H:%M:%S\\]", "%d.%m.%y %I:%M %p %Z", "%", "é%Y", "%é"]
        {
            assert_eq!(caused_by(format), None, "{format}");
        }
        assert_eq!(DatetimeFormat::read("%Y/%T").expression, "\\d{4}/");
    }

    #[test]
    fn what_does_not_compile_is_traced_back() {
        for (format, cause) in [
            ("[%Y-%m-%d]", "["),
            ("ts=[%d/%b/%Y:%H:%M:%S", "["),
            ("%Y-%m-%dT%H:%M:%S.%f+00:00", "%f+"),
            ("*%Y", "*"),
            ("(%Y", "("),
            ("%Y)", ")"),
        ] {
            assert_eq!(caused_by(format), Some(cause), "{format}");
        }
    }

    #[test]
    fn what_is_special_can_be_escaped() {
        let escaped = |format| DatetimeFormat::read(format).escaped();
        assert_eq!(escaped("[%Y-%m-%d]").as_deref(), Some("\\[%Y-%m-%d\\]"));
        assert_eq!(escaped("%f+00:00").as_deref(), Some("%f\\+00:00"));
        assert_eq!(escaped("\\[%Y").as_deref(), None);
        assert_eq!(escaped("%Y\\"), None);
    }
}
