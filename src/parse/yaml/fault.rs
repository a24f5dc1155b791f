//! What keeps a text from being YAML.

use granit_parser::{ErrorKind, ScanError};

use crate::parse::{Fault, FaultKind};
use crate::source::{Cut, Span};

/// Characters that may follow a backslash between double quotes.
const ESCAPES: &str = "0abtnvfre \"/\\N_LPxuU\t\r\n";

/// The fault that an error of the parser of events is about. `opens` is the outermost bracket that is open.
pub(super) fn of(text: &str, error: &ScanError, opens: Option<Span>) -> Fault {
    let at = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
    let kind = kind(error.kind(), text.cut(at..));
    let line = text.cut(..at).rfind('\n').map_or(0, |newline| newline + 1);
    // A bracket of an earlier line is still open, so it is the one that was forgotten.
    let forgotten = opens.filter(|bracket| (bracket.start as usize) < line || at == text.len());
    if let Some(bracket) = forgotten.filter(|_| kind != FaultKind::YamlTab && kind != FaultKind::BadEscape) {
        let related = Some(Span::empty(text.trim_end().len() as u32));
        let is_at_end = text.cut(at..).trim().is_empty();
        return Fault { kind: FaultKind::Unclosed, span: bracket, related: related.filter(|_| is_at_end) };
    }
    Fault { kind, span: place(kind, text, at, line), related: None }
}

fn kind(error: &ErrorKind, rest: &str) -> FaultKind {
    use ErrorKind::*;
    match error {
        TabNotAllowed
        | TabInBlockIndentation
        | TabAtBlockScalarStart
        | TabInIndentation
        | TabInPlainScalar => FaultKind::YamlTab,
        RecursionLimitExceeded => FaultKind::TooDeep,
        UnclosedQuotedScalar | DocumentIndicatorInQuotedScalar => FaultKind::UnclosedString,
        UnclosedFlowCollection { .. } | MismatchedFlowCollectionEnd { .. } => FaultKind::Unclosed,
        UnknownQuotedScalarEscape => FaultKind::BadEscape,
        SimpleKeyExpected => FaultKind::MissingColon,
        MappingValueNotAllowed | InvalidColonPlacement => FaultKind::YamlColon,
        BlockSequenceEntryNotAllowed => FaultKind::YamlDash,
        // A comma behind a list in brackets, or behind a value in quotation marks.
        InvalidIndentation | ExpectedBlockMappingKey | ExpectedBlockSequenceEntry
            if rest.starts_with(',') =>
        {
            FaultKind::StrayText
        }
        InvalidIndentation
        | ExpectedBlockMappingKey
        | ExpectedBlockSequenceEntry
        | InvalidBlockScalarIndent
        | InvalidQuotedScalarIndent
        | InvalidFlowScalarIndent => FaultKind::YamlIndentation,
        UnexpectedCharacter { character } if !character.is_control() => FaultKind::YamlCharacter,
        MissingAnchorOrAliasName if rest.starts_with(['*', '&']) => FaultKind::YamlCharacter,
        InvalidTrailingSingleQuotedScalar
        | InvalidTrailingDoubleQuotedScalar
        | ExpectedNodeContent
        | BlockEntryInFlowCollection
        | MisplacedFlowCollectionEnd => FaultKind::StrayText,
        _ => FaultKind::NotYaml,
    }
}

/// What is at fault, around an offset on the line that begins at another one.
fn place(kind: FaultKind, text: &str, at: usize, line: usize) -> Span {
    let rest = text.cut(at..);
    let character = |at: usize| Span::of(at..at + text.cut(at..).chars().next().map_or(0, char::len_utf8));
    match kind {
        FaultKind::YamlTab => {
            // The scanner may point at the token before or behind the tab.
            let tabs = text.cut(line..).match_indices('\t').map(|(tab, _)| line + tab);
            let indents = |tab: &usize| {
                let before = text.cut(..*tab);
                before.cut(before.rfind('\n').map_or(0, |newline| newline + 1)..).trim().is_empty()
            };
            character(tabs.into_iter().find(indents).unwrap_or(at))
        }
        FaultKind::BadEscape => {
            let mut letters = rest.char_indices();
            while let Some((slash, c)) = letters.next() {
                if c == '\\'
                    && let Some((_, escaped)) = letters.next()
                    && !ESCAPES.contains(escaped)
                {
                    return Span::of(at + slash..at + slash + 1 + escaped.len_utf8());
                }
            }
            character(at)
        }
        FaultKind::MissingColon | FaultKind::StrayText | FaultKind::NotYaml => {
            let words = rest.lines().next().unwrap_or_default();
            let words = words.cut(..words.find([',', ']', '}', '#']).unwrap_or(words.len())).trim_end();
            if words.is_empty() { character(at) } else { Span::of(at..at + words.len()) }
        }
        FaultKind::YamlIndentation => {
            let words = rest.lines().next().unwrap_or_default();
            Span::of(
                at..at
                    + words
                        .find([':', ' '])
                        .unwrap_or(words.len())
                        .max(usize::from(words.is_ascii() && !words.is_empty())),
            )
        }
        _ => character(at),
    }
}
