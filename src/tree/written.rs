//! The spelling of nodes in the text: where their parts are, and what the user's own spelling is.
//!
//! The parser of a notation records what these questions need, so that only the parser has to know where the
//! quotation marks and the escapes of a string are, or how an object begins.

use std::ops::Range;

use super::{DECODED, Node, RENAMED, RawNode, Tree, WHOLE, Written};
use crate::source::{Cut, Place, Span};

/// The notation of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// JSON, with or without comments and trailing commas.
    Json,
    /// YAML.
    Yaml,
    /// Terraform's language.
    Hcl,
}

/// The endings of programs, which may print `task.json` and are called `task.json.js`.
pub(crate) const PROGRAMS: [&str; 15] =
    ["bash", "cjs", "cs", "go", "java", "js", "kt", "mjs", "php", "pl", "ps1", "py", "rb", "sh", "ts"];

/// The endings of what else is not a template for a file of another name: programs of jq, patches, backups, what an
/// editor or a merge left of it.
const NO_TEMPLATES: [&str; 10] =
    ["backup", "bak", "diff", "jq", "old", "orig", "patch", "rej", "save", "swp"];

impl Notation {
    /// The notation of a file with a name, and of a template for one, if the name tells.
    pub(crate) fn of_name(name: &str) -> Option<Notation> {
        let lower = name.to_ascii_lowercase();
        // `task.json.2` is a backup too.
        let is_number = |ending: &str| !ending.is_empty() && ending.bytes().all(|byte| byte.is_ascii_digit());
        let is_template = |ending: &str| {
            !PROGRAMS.contains(&ending) && !NO_TEMPLATES.contains(&ending) && !is_number(ending)
        };
        if !lower.rsplit_once('.').is_none_or(|(_, ending)| is_template(ending)) {
            return None;
        }
        let is_of = |ending: &&str| lower.ends_with(ending) || lower.contains(&format!("{ending}."));
        if [".jsonc", ".json5"].iter().any(|ending| lower.ends_with(ending)) || is_of(&".json") {
            return Some(Notation::Json);
        }
        let is_of_others =
            [".lock.hcl", ".nomad.hcl", ".pkr.hcl"].iter().any(|ending| lower.ends_with(ending));
        let endings = [".hcl", ".tf", ".tfvars", ".tofu"];
        if !is_of_others && endings.iter().any(|ending| lower.ends_with(ending)) {
            return Some(Notation::Hcl);
        }
        [".yml", ".yaml"].iter().any(is_of).then_some(Notation::Yaml)
    }
}

/// From here on, a decoded string has the same bytes as the source. Recorded at the start of the string and
/// after each of its escapes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    /// An offset in [`Tree::strings`].
    pub decoded: u32,
    /// The offset of the same byte in the source.
    pub source: u32,
}

impl Run {
    /// The runs of a text, given where each of its bytes is in the source, and what follows the last.
    pub(crate) fn of(bytes: impl Iterator<Item = u32>) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for (decoded, source) in (0..).zip(bytes) {
            let goes_on = |last: &Run| source.checked_sub(last.source) == Some(decoded - last.decoded);
            if !runs.last().is_some_and(goes_on) {
                runs.push(Run { decoded, source });
            }
        }
        runs
    }
}

/// The text of a key as it was read, before renaming.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spelling {
    /// A range of the source or of the decoded strings.
    text: Span,
    /// Whether it is one of the decoded strings.
    is_decoded: bool,
}

impl Spelling {
    /// The text of a node that has not been renamed.
    pub(super) fn of(raw: &RawNode) -> Spelling {
        Spelling { text: raw.text, is_decoded: raw.flags & DECODED != 0 }
    }
}

impl Tree {
    /// The position in the source of an offset in the text of a node.
    fn offset_in_source(&self, raw: &RawNode, spelling: Spelling, at: u32) -> u32 {
        if !spelling.is_decoded {
            return at;
        }
        // A later string may begin where this one ends.
        let is_before = |run: &Run| run.decoded < at || (run.decoded == at && run.source <= raw.span.end);
        let run = self.runs.partition_point(is_before).checked_sub(1).map(|last| self.runs[last]);
        run.map_or(raw.span.end, |run| run.source.saturating_add(at - run.decoded).min(raw.span.end))
    }
}

impl<'d> Node<'d> {
    /// What to underline for the whole: the opening bracket of an object or a list, and the whole of anything
    /// else.
    pub fn head(self) -> Place {
        let raw = self.raw();
        let is_container = matches!(raw.written, Written::List | Written::Object);
        self.tree.source.place(if is_container { raw.text } else { raw.span })
    }

    /// The place of a part of a value or of a key, given by the bytes of its [text](Node::text): exact even
    /// if there are escapes. If there is no text, or the key was renamed, the whole is underlined.
    pub fn part(self, part: Range<usize>) -> Place {
        let raw = self.raw();
        let has_text = matches!(raw.written, Written::Text | Written::Key | Written::Number | Written::Hole);
        if !has_text || raw.flags & (RENAMED | WHOLE) != 0 {
            return self.place();
        }
        match self.origin() {
            Some(origin) if origin != self => origin.part(part),
            Some(_) => self.tree.source.place(self.part_of(Spelling::of(raw), part)),
            // It was read from a text within the text.
            None => self.tree.source.place(self.part_of(Spelling::of(raw), part)),
        }
    }

    /// The source text of a scalar or a key, without quotation marks: escapes are not decoded, and keys keep
    /// their original names. An object or a list in full.
    pub fn token(self) -> &'d str {
        if let Some(origin) = self.origin().filter(|origin| *origin != self) {
            return origin.token();
        }
        let span = match self.raw().written {
            Written::Text | Written::Key if self.raw().flags & WHOLE == 0 => {
                let spelling = self.spelling();
                self.part_of(spelling, 0..spelling.text.len() as usize)
            }
            _ => self.span(),
        };
        self.tree.source.slice(span)
    }

    /// The key as in the text, before any renaming.
    pub fn spelled(self) -> &'d str {
        if let Some(origin) = self.origin().filter(|origin| *origin != self) {
            return origin.spelled();
        }
        let Spelling { text, is_decoded } = self.spelling();
        let whole = if is_decoded { &self.tree.strings } else { &self.tree.source.text };
        whole.cut(text.range())
    }

    /// What a message shows of a scalar: the value of a string, whatever its escapes, and the source text of
    /// anything else.
    pub fn shown(self) -> &'d str {
        match self.raw().written {
            Written::Text | Written::Key => self.text(),
            // What an expression comes to.
            Written::Number | Written::True | Written::False
                if self.raw().flags & DECODED != 0 && self.origin().is_none() =>
            {
                self.text()
            }
            // In a template, a number may be written as a string.
            _ => match self.origin().filter(|origin| origin.raw().written == Written::Text) {
                Some(origin) => origin.text(),
                None => self.token(),
            },
        }
    }

    /// The text of the node as it was read.
    fn spelling(self) -> Spelling {
        let renamed = self.tree.spellings.get(&self.index);
        renamed.copied().unwrap_or_else(|| Spelling::of(self.raw()))
    }

    /// The bytes of the source that a part of a text was read from.
    fn part_of(self, spelling: Spelling, part: Range<usize>) -> Span {
        let Span { start, end } = spelling.text;
        let offset = |at: usize| {
            let at = (start as usize).saturating_add(at).min(end as usize) as u32;
            self.tree.offset_in_source(self.raw(), spelling, at)
        };
        Span::new(offset(part.start), offset(part.end))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::parse::parse;
    use crate::source::{Source, SourceId};
    use crate::tree::{Node, Tree};

    fn read(text: &str) -> Arc<Tree> {
        parse(Arc::new(Source::new(SourceId(0), "a.json", text))).tree
    }

    fn written<'d>(node: Node<'d>, part: &str) -> &'d str {
        let start = node.text().find(part).expect("the part is there");
        node.tree().source.slice(node.part(start..start + part.len()).span)
    }

    #[test]
    fn parts_are_found_through_escapes() {
        let text = r#"["a\\b/c", "caf\u00e9\/x", "\ud83d\ude00:\n", "", "\t", 'p\q', 12.5, "x\u00", "z"]"#;
        let tree = read(text);
        let items: Vec<Node> = tree.roots().flat_map(Node::items).collect();
        for (item, part, expected) in [
            (0, "a", "a"),
            (0, "\\", r"\\"),
            (0, "b/", "b/"),
            (0, "\\b", r"\\b"),
            (1, "caf", "caf"),
            (1, "é", r"\u00e9"),
            (1, "é/", r"\u00e9\/"),
            (1, "x", "x"),
            (1, "café/x", r"caf\u00e9\/x"),
            (2, "😀", r"\ud83d\ude00"),
            (2, ":", ":"),
            (2, "\n", r"\n"),
            (3, "", ""),
            (4, "\t", r"\t"),
            (5, "q", "q"),
            (6, ".5", ".5"),
            (8, "z", "z"),
        ] {
            assert_eq!(written(items[item], part), expected, "{part} of {}", items[item].token());
        }
        assert_eq!(items[1].part(100..200).span.len(), 0);
        assert_eq!(items[1].token(), r"caf\u00e9\/x");
        assert_eq!(items[6].token(), "12.5");
    }

    #[test]
    fn keys_keep_their_spelling() {
        let mut tree = read(r#"{"Na\u006de": 1, Family: 2, 'tags': {}}"#);
        let own = Arc::get_mut(&mut tree).expect("nobody else has it");
        own.rename_key(0, 1, "name");
        own.rename_key(0, 3, "family");
        own.rename_key(0, 3, "families");
        let root = tree.node(0);
        let keys: Vec<(&str, &str, &str)> =
            root.members().map(|(key, _)| (key.text(), key.spelled(), key.token())).collect();
        assert_eq!(
            keys,
            [("name", "Name", r"Na\u006de"), ("families", "Family", "Family"), ("tags", "tags", "tags")]
        );
        let name = root.get("name").and_then(Node::key).expect("the key");
        assert_eq!(name.part(0..1), name.place());
    }

    #[test]
    fn heads_are_brackets_or_the_whole() {
        let tree = read(r#"{"a": [1], "b": "c"}"#);
        let heads = tree.values().map(|value| tree.source.slice(value.head().span));
        assert_eq!(heads.collect::<Vec<_>>(), ["{", "[", "1", "\"c\""]);
        assert!(tree.values().take(2).all(|container| container.text().is_empty()));
    }
}
