//! Patterns of paths: `deploy/**/*.json`.

use glob::{MatchOptions, Pattern};

/// A pattern of paths, each taken from the folder of the settings file, with `/` between folders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glob {
    pattern: Pattern,
}

impl Glob {
    /// Reads a pattern.
    ///
    /// # Errors
    ///
    /// Why it is not a valid one.
    pub fn new(text: &str) -> Result<Glob, &'static str> {
        let text = text.strip_prefix("./").unwrap_or(text).trim_end_matches('/');
        Ok(Glob { pattern: Pattern::new(text).map_err(|error| error.msg)? })
    }

    /// Whether a path, or a folder that it lies in, matches: `legacy` is all that lies below it.
    pub fn matches(&self, path: &str) -> bool {
        let options = MatchOptions { require_literal_separator: true, ..MatchOptions::new() };
        // Most paths begin with something else, which is seen at once.
        if !path.starts_with(self.beginning()) {
            return false;
        }
        let mut prefixes = std::iter::successors(Some(path), |path| Some(path.rsplit_once('/')?.0));
        prefixes.any(|prefix| self.pattern.matches_with(prefix, options))
    }

    /// What all paths that match begin with.
    pub(super) fn beginning(&self) -> &str {
        self.as_str().split(['*', '?', '[']).next().unwrap_or_default().trim_end_matches('/')
    }

    /// The pattern of one path.
    pub fn of(path: &str) -> String {
        Pattern::escape(path)
    }

    /// Whether it is the name of one path.
    pub fn is_literal(&self) -> bool {
        !self.as_str().contains(['*', '?', '['])
    }

    /// The pattern as it is written.
    pub fn as_str(&self) -> &str {
        self.pattern.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_paths_and_what_lies_below() {
        let matches = |pattern, path| Glob::new(pattern).expect("a pattern").matches(path);
        for pattern in ["legacy", "legacy/", "./legacy/**", "legacy/*.json", "**/*.json", "*/a.json"] {
            assert!(matches(pattern, "legacy/a.json"), "{pattern}");
        }
        for pattern in ["*.json", "leg", "a.json", "legacy/b*"] {
            assert!(!matches(pattern, "legacy/a.json"), "{pattern}");
        }
        assert!(Glob::new("a[").is_err() && Glob::new("a**").is_err());
    }
}
