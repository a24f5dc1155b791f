//! Turns text into a tree with positions. Nothing is rejected: faults of the text are returned with the tree,
//! and the tree contains everything that could be saved.

mod foreign;
mod hcl;
mod json;
mod scalar;
mod trivia;
mod yaml;

use std::sync::Arc;

use crate::source::{Cut, Encoding, Source, Span};
pub(crate) use crate::tree::Duplicate;
use crate::tree::{Notation, Tree};
#[cfg(feature = "cli")]
pub(crate) use hcl::{may_read_files, paths_read_by};
pub(crate) use hcl::{module_sources, sets};

/// How deeply containers may be nested. No AWS document comes near.
pub(crate) const MAX_DEPTH: usize = 128;

/// How many nodes (keys and values) are read from a text. An AWS document has a few thousand.
pub(crate) const MAX_NODES: usize = 1_000_000;

/// Reads a text in the notation that it is in.
pub fn parse(source: Arc<Source>) -> Parsed {
    match notation(&source) {
        Notation::Json => json::parse(source),
        Notation::Hcl => hcl::parse(source),
        Notation::Yaml if Notation::of_name(&source.name).is_some() => yaml::parse(source),
        // Only a guess.
        Notation::Yaml => {
            let parsed = yaml::parse(Arc::clone(&source));
            let is_yaml = parsed
                .tree
                .roots()
                .any(|root| root.members().next().is_some() || root.items().next().is_some());
            if is_yaml { parsed } else { json::parse(source) }
        }
    }
}

/// Reads a text as JSON, whatever it is called.
pub(crate) fn parse_json(source: Arc<Source>) -> Parsed {
    json::parse(source)
}

/// The notation that a text is in. Its name decides, or else what it begins with.
pub(crate) fn notation(source: &Source) -> Notation {
    let guess = || if begins_like_yaml(&source.text) { Notation::Yaml } else { Notation::Json };
    Notation::of_name(&source.name).unwrap_or_else(guess)
}

/// Whether the first line that is not a comment could be the first one of a YAML document.
fn begins_like_yaml(text: &str) -> bool {
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    let first = lines.into_iter().find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or_default();
    let is_key = first.ends_with(':') || first.contains(": ");
    let is_yaml = first.starts_with("---") || first.starts_with("%YAML") || first.starts_with("- ") || is_key;
    is_yaml && !first.starts_with(['{', '[', '"', '<'])
}

/// The fault of a text whose bytes are not UTF-8.
fn encoding_fault(source: &Source) -> Option<Fault> {
    let span = match source.encoding {
        Encoding::Utf8 => return None,
        Encoding::Broken(span) => span,
        Encoding::Wide(_) => Span::empty(0),
    };
    Some(Fault { kind: FaultKind::NotUtf8, span, related: None })
}

/// The first mark of an unfinished merge.
fn merge_conflict(text: &str) -> Option<Fault> {
    let line_of = |start: &str| {
        let mut found = text.match_indices(start).map(|(at, _)| at);
        found.find(|at| *at == 0 || text.as_bytes()[at - 1] == b'\n')
    };
    let ours = line_of("<<<<<<< ")?;
    line_of(">>>>>>> ")?;
    let line = text.cut(ours..).lines().next().unwrap_or_default();
    let span = Span::of(ours..ours + line.trim_end().len());
    Some(Fault { kind: FaultKind::MergeConflict, span, related: None })
}

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
    /// Whether the rest of the text was not read, because there is too much of it.
    pub is_cut_short: bool,
}

impl Parsed {
    /// What is left of a text in which nothing can be read.
    fn without_nodes(source: &Arc<Source>, notation: Notation) -> Parsed {
        Parsed {
            tree: Arc::new(Tree::empty(Arc::clone(source), notation)),
            faults: Vec::new(),
            holes: Vec::new(),
            comments: Vec::new(),
            duplicates: Vec::new(),
            is_cut_short: false,
        }
    }

    /// Whether the text is standard JSON.
    pub fn is_json(&self) -> bool {
        self.faults.is_empty() && self.holes.is_empty()
    }

    /// Whether nothing was read, because the text must be rendered first.
    pub fn is_unread_template(&self) -> bool {
        !self.holes.is_empty() && self.tree.nodes.is_empty()
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
    /// A colon after a value: `"Fn": "Sub": "x"`. What belongs to it is the first key.
    SecondColon,
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
    /// A member of an object, without the object.
    Fragment,
    /// Not Terraform's language.
    NotHcl,
    /// Nothing but whitespace.
    Empty,
    /// Bytes that are not UTF-8: some of them, or all of a file in another encoding.
    NotUtf8,
    /// In YAML, a tab that indents a line.
    YamlTab,
    /// In YAML, a line whose indentation is that of nothing above.
    YamlIndentation,
    /// In YAML, `: ` where no key can end.
    YamlColon,
    /// In YAML, `- ` where no list can begin.
    YamlDash,
    /// In YAML, a character that cannot begin a value without quotes.
    YamlCharacter,
    /// In YAML, an alias of an anchor that is not in front of it.
    UnknownAnchor,
    /// Something that is not YAML.
    NotYaml,
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
                | YamlTab
                | YamlIndentation
                | YamlColon
                | YamlDash
                | YamlCharacter
                | NotYaml
        )
    }
}
