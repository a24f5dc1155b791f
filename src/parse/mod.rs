//! Text becomes a tree with places. Nothing is refused: what is wrong with the text is
//! returned beside the tree, and the tree holds all that could be saved.

mod foreign;
mod json;
mod scalar;
mod trivia;

pub use json::parse;

use std::sync::Arc;

use crate::source::Span;
use crate::tree::Tree;

/// How deeply containers may be nested. No document of AWS comes near.
pub(crate) const MAX_DEPTH: usize = 128;

/// How many nodes are read of a text: keys and values. A document of AWS has some thousands.
pub(crate) const MAX_NODES: usize = 1_000_000;

/// A tree and what was wrong with the text it was read from.
#[derive(Debug)]
pub struct Parsed {
    /// The nodes that could be read.
    pub tree: Arc<Tree>,
    /// What is no JSON, in the order of the text.
    pub faults: Vec<Fault>,
    /// Template holes that stand where JSON wants a token, in the order of the text.
    pub holes: Vec<Span>,
    /// The comments, in the order of the text, if the format of the file has them.
    pub comments: Vec<Span>,
    /// Keys that an object has more than once.
    pub duplicates: Vec<Duplicate>,
}

impl Parsed {
    /// Whether the text is JSON as the standard has it.
    pub fn is_json(&self) -> bool {
        self.faults.is_empty() && self.holes.is_empty()
    }

    /// Whether the rest of the text was not read, because there is too much of it.
    pub fn is_cut_short(&self) -> bool {
        self.tree.nodes.len() > MAX_NODES
    }

    /// From where on the text may have been read otherwise than it is meant: what stands behind
    /// a lost bracket or quotation mark says little.
    pub fn doubtful_from(&self) -> Option<u32> {
        let breaks =
            |fault: &&Fault| fault.kind.breaks_structure() || fault.kind == FaultKind::UnescapedQuote;
        self.faults.iter().find(breaks).map(|fault| fault.span.start)
    }
}

/// A key that an object has more than once, as indices of key nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duplicate {
    /// The ones whose values are lost, in the order of the text.
    pub lost: Vec<u32>,
    /// The last one, whose value counts.
    pub kept: u32,
}

/// One thing that keeps a text from being JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What it is.
    pub kind: FaultKind,
    /// The bytes at fault.
    pub span: Span,
    /// The bracket, quote or value that it goes with.
    pub related: Option<Span>,
}

/// The kinds of [`Fault`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// A comma after the last member or item.
    TrailingComma,
    /// `// …`, `/* … */` or `# …`.
    Comment,
    /// `/* …` up to the end of the text.
    UnclosedComment,
    /// Two members or items without a comma; the span is the end of the first.
    MissingComma,
    /// A comma where a member or an item belongs.
    ExtraComma,
    /// A string in single quotes.
    SingleQuotes,
    /// A key without quotes.
    UnquotedKey,
    /// A word that is no JSON value.
    UnquotedValue,
    /// A word that another language has for a value: `True`, `None`, `nil`, `undefined`.
    ForeignWord,
    /// `=>` between key and value, with a key that has no quotation marks.
    HashRocket,
    /// `=` between key and value, with a key that has no quotation marks.
    EqualSign,
    /// `:name`, a symbol of Ruby.
    Symbol,
    /// A value that has to be computed: `"a" + b`, `f("a")`, `` `a${b}` ``; or a member that has.
    Expression,
    /// A string between the quotation marks of a word processor.
    TypographicQuotes,
    /// A backslash and a character that JSON does not escape.
    BadEscape,
    /// A tab, a line end or another control character inside a string.
    ControlCharacter,
    /// A number that JSON does not write so.
    BadNumber,
    /// A key without a value.
    MissingValue,
    /// A blank that is none of JSON's, such as a no-break space.
    OddBlank,
    /// `...`, or a comment that begins so: a part of the document is left out.
    Ellipsis,
    /// A key without a colon.
    MissingColon,
    /// `"key": value` inside a list.
    MemberInList,
    /// A bracket that is never closed.
    Unclosed,
    /// A closing bracket of the other kind.
    MismatchedBracket,
    /// A string that lacks its closing quote.
    UnclosedString,
    /// A quotation mark inside a string.
    UnescapedQuote,
    /// Characters that belong to nothing.
    StrayText,
    /// Text before the first value.
    TextBefore,
    /// Text after the last value.
    TextAfter,
    /// A further JSON value after the first one.
    SeveralValues,
    /// Containers nested more deeply than [`MAX_DEPTH`].
    TooDeep,
    /// The marks of an unfinished merge.
    MergeConflict,
    /// No JSON value at all.
    NotJson,
    /// Nothing but blanks.
    Empty,
    /// Bytes that are not UTF-8: some of them, or all in a file of another encoding.
    NotUtf8,
}

impl FaultKind {
    /// Whether everything after the fault may be read wrongly, so that further faults are more
    /// likely its consequences.
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
