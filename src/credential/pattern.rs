//! Regular expressions. Each is compiled when it is first used, because most files need none.

use std::ops::Range;
use std::sync::OnceLock;

use regex::bytes::{Captures, Regex, RegexBuilder};

/// A regular expression over bytes, with ASCII classes.
#[derive(Debug)]
pub(super) struct Pattern {
    text: &'static str,
    compiled: OnceLock<Regex>,
}

impl Pattern {
    /// The expression in a text.
    pub(super) const fn new(text: &'static str) -> Pattern {
        Pattern { text, compiled: OnceLock::new() }
    }

    fn regex(&self) -> &Regex {
        self.compiled.get_or_init(|| {
            RegexBuilder::new(self.text).unicode(false).build().expect("a tested pattern of our own")
        })
    }

    /// The bytes of each match: of its first group that takes part, otherwise of the whole match.
    pub(super) fn find_all<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
        self.regex().captures_iter(text.as_bytes()).filter_map(|found| group(&found))
    }

    /// The bytes of the first match.
    pub(super) fn find(&self, text: &str) -> Option<Range<usize>> {
        self.find_all(text).next()
    }

    /// Whether there is a match.
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.regex().is_match(text.as_bytes())
    }
}

fn group(found: &Captures) -> Option<Range<usize>> {
    let groups = found.iter().skip(1).flatten();
    groups.map(|group| group.range()).next().or_else(|| Some(found.get(0)?.range()))
}
