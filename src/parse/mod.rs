//! Turns text into a tree with positions. Nothing is rejected: faults of the text are returned with the tree,
//! and the tree contains everything that could be saved.

mod foreign;
mod json;
mod scalar;
mod trivia;

pub use json::parse;

use std::sync::Arc;

use crate::source::Span;
pub(crate) use crate::tree::Duplicate;
use crate::tree::Tree;

/// How deeply containers may be nested. No AWS document comes near.
pub(crate) const MAX_DEPTH: usize = 128;

/// How many nodes (keys and values) are read from a text. An AWS document has a few thousand.
pub(crate) const MAX_NODES: usize = 1_000_000;

/// A tree and the faults of the text it was read from.
#[derive(Debug)]
pub struct Parsed {
    /// The nodes that could be read.
    pub tree: Arc<Tree>,
    /// What is not JSON, in the order of the text.
    pub faults: Vec<Fault>,
    /// Template holes in the place of a JSON token, in the order of the text.
    pub holes: Vec<Span>,
    /// The comments, in the order of the text, if the format of the file allows them.
    pub comments: Vec<Span>,
    /// Keys that an object has more than once.
    pub duplicates: Vec<Duplicate>,
}

impl Parsed {
    /// Whether the text is standard JSON.
    pub fn is_json(&self) -> bool {
        self.faults.is_empty() && self.holes.is_empty()
    }

    /// Whether the rest of the text was not read, because there is too much of it.
    pub fn is_cut_short(&self) -> bool {
        self.tree.nodes.len() > MAX_NODES
    }

    /// From where on the text may have been misread: what follows a lost bracket or quotation mark is not
    /// reliable.
    pub fn doubtful_from(&self) -> Option<u32> {
        let breaks =
            |fault: &&Fault| fault.kind.breaks_structure() || fault.kind == FaultKind::UnescapedQuote;
        self.faults.iter().find(breaks).map(|fault| fault.span.start)
    }
}

/// One thing that keeps a text from being JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What it is.
    pub kind: FaultKind,
    /// The bytes at fault.
    pub span: Span,
    /// The bracket, quote or value that belongs to it.
    pub related: Option<Span>,
}

/// The kinds of [`Fault`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// A comma after the last member or item.
    TrailingComma,
    /// `// …`, `/* … */` or `# …`.
    Comment,
    /// `/* …` that runs to the end of the text.
    UnclosedComment,
    /// Two members or items without a comma; the span is the end of the first.
    MissingComma,
    /// A comma in the place of a member or an item.
    ExtraComma,
    /// A string in single quotes.
    SingleQuotes,
    /// A key without quotes.
    UnquotedKey,
    /// A word that is not a JSON value.
    UnquotedValue,
    /// A word that is a value in another language: `True`, `None`, `nil`, `undefined`.
    ForeignWord,
    /// `=>` between key and value, with an unquoted key.
    HashRocket,
    /// `=` between key and value, with an unquoted key.
    EqualSign,
    /// `:name`, a Ruby symbol.
    Symbol,
    /// A value that has to be computed: `"a" + b`, `f("a")`, `` `a${b}` ``; or such a member.
    Expression,
    /// A string in typographic quotation marks.
    TypographicQuotes,
    /// A backslash and a character that JSON cannot escape.
    BadEscape,
    /// A tab, a line end or another control character inside a string.
    ControlCharacter,
    /// A number in a form that JSON does not allow.
    BadNumber,
    /// A key without a value.
    MissingValue,
    /// Whitespace that JSON does not allow, such as a no-break space.
    OddBlank,
    /// `...`, or a comment that begins with it: a part of the document is left out.
    Ellipsis,
    /// A key without a colon.
    MissingColon,
    /// `"key": value` inside a list.
    MemberInList,
    /// A bracket that is never closed.
    Unclosed,
    /// A closing bracket of the wrong kind.
    MismatchedBracket,
    /// A string that lacks its closing quote.
    UnclosedString,
    /// A quotation mark inside a string.
    UnescapedQuote,
    /// Unexpected characters.
    StrayText,
    /// Text before the first value.
    TextBefore,
    /// Text after the last value.
    TextAfter,
    /// Another JSON value after the first one.
    SeveralValues,
    /// Containers nested more deeply than [`MAX_DEPTH`].
    TooDeep,
    /// The markers of an unfinished merge.
    MergeConflict,
    /// No JSON value at all.
    NotJson,
    /// Nothing but whitespace.
    Empty,
    /// Bytes that are not UTF-8: some of them, or all of a file in another encoding.
    NotUtf8,
}

impl FaultKind {
    /// Whether everything after the fault may be misread, so that further faults are probably its
    /// consequences.
    fn breaks_structure(self) -> bool {
        use FaultKind::*;
        matches!(
            self,
            MissingColon
                | Unclosed
                | MismatchedBracket
                | UnclosedString
                | StrayText
                | TooDeep
                | UnclosedComment
        )
    }
}
