//! The formats of a report. A new one is a file and a line in [`FORMATS`].

#[cfg(feature = "cli")]
use std::borrow::Cow;

use super::run::Run;
use crate::inputs::Remark;
use crate::spelling::nearest;

/// A format.
#[derive(Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is for.
    pub purpose: &'static str,
    /// Writes a run.
    pub write: fn(&Run) -> Written,
    /// Spells a report in ASCII, with the same meaning if the format has escapes.
    #[cfg(feature = "cli")]
    pub in_ascii: fn(&str) -> Cow<'_, str>,
}

/// What a format has written.
#[derive(Debug, Default)]
pub struct Written {
    /// The text.
    pub text: String,
    /// What failed in writing it.
    pub failures: Vec<Remark>,
}

impl From<String> for Written {
    fn from(text: String) -> Written {
        Written { text, failures: Vec::new() }
    }
}

/// The name of a format, what spells its reports in ASCII, and what it is for.
macro_rules! formats {
    ($($(#[$only:meta])* $name:ident, $in_ascii:ident: $purpose:literal,)*) => {
        &[$($(#[$only])* Format {
            name: stringify!($name),
            purpose: $purpose,
            write: |run| super::$name::$name(run).into(),
            #[cfg(feature = "cli")]
            in_ascii: crate::visible::$in_ascii,
        }),*]
    };
}

/// All formats.
pub const FORMATS: &[Format] = formats! {
    #[cfg(feature = "cli")]
    human, ascii: "Annotated source with help",
    concise, ascii: "One line for each finding",
    json, json_in_ascii: "One JSON object",
    jsonl, json_in_ascii: "One JSON object for each finding, each on its line",
    sarif, json_in_ascii: "SARIF 2.1.0, for code scanning and editors",
    github, ascii: "Annotations of GitHub Actions",
    gitlab, json_in_ascii: "Code quality report of GitLab",
    junit, xml_in_ascii: "JUnit XML: a test case for each rule and file",
    checkstyle, xml_in_ascii: "Checkstyle XML",
    rdjsonl, json_in_ascii: "Diagnostics of reviewdog, with suggestions",
    markdown, ascii: "A table for a comment on a pull request",
};

impl Format {
    /// The format of a name.
    ///
    /// # Errors
    ///
    /// A sentence that there is none, with the nearest one.
    pub fn named(name: &str) -> Result<&'static Format, String> {
        let names = || FORMATS.iter().map(|format| format.name);
        FORMATS.iter().find(|format| format.name == name).ok_or_else(|| match nearest(name, names()) {
            Some(near) => format!("there is no format `{name}`; did you mean `{near}`?"),
            None => format!("there is no format `{name}`, only {}", names().collect::<Vec<_>>().join(", ")),
        })
    }
}

impl Eq for Format {}

impl PartialEq for Format {
    fn eq(&self, other: &Format) -> bool {
        self.name == other.name
    }
}
