//! Other notations than JSON that a text may be in.

use crate::parse::{Fault, FaultKind};
use crate::source::Source;

/// A notation that explains the mistakes in a text: reporting each of them would not help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notation {
    /// A Ruby hash as printed: `{:name=>"a"}`.
    Ruby,
    /// The same with single quotes, as in PHP and Perl: `{'name' => 'a'}`.
    Php,
    /// A Python dictionary as printed: `{'name': None}`.
    Python,
    /// The language of Terraform: `{ name = "a" }`.
    Hcl,
    /// Jsonnet: `{ name: "a" + std.extVar("b") }`.
    Jsonnet,
    /// JavaScript, or what looks like it, such as JSON5 and Jsonnet: `{ name: "a" }`.
    JavaScript,
}

/// A text with fewer mistakes of a kind than this is not in another notation.
const FEW: usize = 3;

/// What only expressions of a language contain.
const SIGNS: &[(&str, Notation)] = &[
    ("std.", Notation::Jsonnet),
    ("importstr ", Notation::Jsonnet),
    ("import ", Notation::Jsonnet),
    ("local ", Notation::Jsonnet),
    ("self.", Notation::Jsonnet),
    ("super.", Notation::Jsonnet),
    ("$.", Notation::Jsonnet),
    ("::", Notation::Jsonnet),
    (" then ", Notation::Jsonnet),
    ("var.", Notation::Hcl),
    ("local.", Notation::Hcl),
    ("data.", Notation::Hcl),
    ("module.", Notation::Hcl),
    ("each.", Notation::Hcl),
    ("jsonencode(", Notation::Hcl),
    ("aws_", Notation::Hcl),
    ("os.environ", Notation::Python),
    ("os.getenv", Notation::Python),
    (".format(", Notation::Python),
    ("process.env", Notation::JavaScript),
    ("`", Notation::JavaScript),
    ("...", Notation::JavaScript),
    ("JSON.", Notation::JavaScript),
    ("ENV[", Notation::Ruby),
];

impl Notation {
    /// The notation of a text, if its faults reveal it.
    pub(super) fn of(source: &Source, faults: &[Fault]) -> Option<Notation> {
        use FaultKind::*;
        let of_kind = |kind| faults.iter().filter(move |fault| fault.kind == kind);
        let says =
            |kind, words: &[&str]| of_kind(kind).any(|fault| words.contains(&source.slice(fault.span)));
        if of_kind(HashRocket).next().is_some() || of_kind(Symbol).next().is_some() {
            let is_single = of_kind(SingleQuotes).next().is_some() && of_kind(Symbol).next().is_none();
            return Some(if is_single { Notation::Php } else { Notation::Ruby });
        }
        if of_kind(EqualSign).next().is_some() {
            return Some(Notation::Hcl);
        }
        let is_of_python_2 = of_kind(SingleQuotes).any(|fault| source.slice(fault.span).starts_with('u'));
        let has_words = says(ForeignWord, &["True", "False", "None"]);
        if is_of_python_2 || (has_words && of_kind(SingleQuotes).count() >= FEW) {
            return Some(Notation::Python);
        }
        let mut before = of_kind(TextBefore).map(|fault| source.slice(fault.span));
        let of_expression = |fault: &Fault| Notation::of_expression(source.slice(fault.span));
        let expression = match before.any(|text| text.starts_with("local ")) {
            true => Some(Notation::Jsonnet),
            false => of_kind(Expression).find_map(of_expression),
        };
        let has_bare_keys = of_kind(UnquotedKey).count() >= FEW;
        match expression {
            None if has_bare_keys => Some(Notation::JavaScript),
            found => found,
        }
    }

    /// The language of an expression, if something in it reveals the language.
    pub(super) fn of_expression(text: &str) -> Option<Notation> {
        SIGNS.iter().find(|(sign, _)| text.contains(sign)).map(|(_, notation)| *notation)
    }

    /// The faults that the notation explains. It explains trailing commas and comments only if it explains
    /// several other faults too.
    pub(super) fn explained(self, faults: &[Fault]) -> Vec<&Fault> {
        use FaultKind::*;
        let is_own = |kind| {
            matches!(
                kind,
                HashRocket | EqualSign | Symbol | SingleQuotes | UnquotedKey | ForeignWord | Expression
            )
        };
        let is_whole = faults.iter().filter(|fault| is_own(fault.kind)).count() >= FEW;
        let explains = |kind| match kind {
            TrailingComma | Comment => is_whole,
            MissingComma => self == Notation::Hcl,
            TextBefore | TextAfter => matches!(self, Notation::Hcl | Notation::Jsonnet),
            kind => is_own(kind),
        };
        faults.iter().filter(|fault| explains(fault.kind)).collect()
    }

    pub(super) fn message(self) -> &'static str {
        match self {
            Notation::Ruby => "this is a Ruby hash, not JSON",
            Notation::Php => "this is PHP or Ruby, not JSON",
            Notation::Python => "this is a Python dictionary, not JSON",
            Notation::Hcl => "this is HCL, the language of Terraform, not JSON",
            Notation::Jsonnet => "this is Jsonnet, not JSON",
            Notation::JavaScript => "this is JavaScript, Jsonnet or JSON5, not JSON",
        }
    }

    /// The texts for the first mistake.
    pub(super) fn label(self, text: &str) -> String {
        match self {
            _ if text.ends_with("=>") => "JSON has `:` here".to_owned(),
            _ if text.ends_with('=') => "JSON has `:` here, and quotes its keys".to_owned(),
            _ if text.starts_with(['\'', 'u']) && text.ends_with('\'') => {
                "JSON uses double quotes".to_owned()
            }
            _ if text.starts_with("local ") => "not JSON".to_owned(),
            Notation::Jsonnet | Notation::Hcl if text.contains(['.', '(', '+']) => {
                "has to be computed first".to_owned()
            }
            _ => "not JSON".to_owned(),
        }
    }

    pub(super) fn help(self) -> &'static str {
        match self {
            Notation::Ruby => "print it with `to_json`: `puts hash.to_json`",
            Notation::Php => "print it with `json_encode` in PHP, or `to_json` in Ruby",
            Notation::Python => "print it with `json.dumps`: `print(json.dumps(value))`",
            Notation::Hcl => {
                "let Terraform write the JSON with `jsonencode`, or set `\"key\": value` with commas between the members"
            }
            Notation::Jsonnet => "render it and lint the result: `jsonnet file | ecs-lint -`",
            Notation::JavaScript => {
                "render it to JSON, as with `JSON.stringify`, and lint the result: `… | ecs-lint -`"
            }
        }
    }
}
