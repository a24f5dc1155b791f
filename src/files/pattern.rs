//! Patterns such as `deploy/**/*.json` become paths.
//!
//! Symbolic links are followed. A folder is looked at once for each step of the pattern, whatever
//! links lead to it, so that links in a circle come to an end.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use super::origin::Identity;
use super::paths::{holds_files, shown};
use super::reason::reason;
use crate::inputs::Remark;

/// Characters that make a path a pattern.
const SIGNS: [char; 3] = ['*', '?', '['];

/// Whether a path may be meant as a pattern.
pub(crate) fn is_pattern(path: &Path) -> bool {
    path.to_string_lossy().contains(SIGNS)
}

/// What a pattern matches.
#[derive(Debug, Default)]
pub(super) struct Matches {
    /// The paths, in their order.
    pub paths: Vec<PathBuf>,
    /// Why folders could not be looked into.
    pub failures: Vec<Remark>,
    seen: HashSet<(Identity, usize)>,
}

/// A part of a pattern.
enum Step {
    Name(OsString),
    Pattern(glob::Pattern),
    /// `**`: any folders, or none.
    Folders,
}

impl Matches {
    /// Finds what a pattern matches.
    ///
    /// # Errors
    ///
    /// Why it is not a valid pattern.
    pub(super) fn of(pattern: &Path) -> Result<Matches, String> {
        let mut steps = Vec::new();
        for part in pattern.components() {
            let part = part.as_os_str();
            steps.push(match part.to_str() {
                Some("**") => Step::Folders,
                Some(text) if text.contains(SIGNS) => {
                    Step::Pattern(glob::Pattern::new(text).map_err(|error| error.msg.to_owned())?)
                }
                None if is_pattern(Path::new(part)) => return Err("it is not UTF-8".to_owned()),
                _ => Step::Name(part.to_owned()),
            });
        }
        let mut matches = Matches::default();
        matches.follow(Path::new(""), &steps);
        matches.paths.sort_unstable();
        Ok(matches)
    }

    fn follow(&mut self, at: &Path, steps: &[Step]) {
        let Some((first, rest)) = steps.split_first() else {
            return self.paths.push(at.to_path_buf());
        };
        if let Step::Name(name) = first {
            let path = at.join(name);
            if path.exists() {
                self.follow(&path, rest);
            }
            return;
        }
        let folder = if at.as_os_str().is_empty() { Path::new(".") } else { at };
        let identity = Identity::at(folder).filter(|_| folder.is_dir() && holds_files(folder));
        if !identity.is_some_and(|identity| self.seen.insert((identity, steps.len()))) {
            return;
        }
        let mut names: Vec<OsString> = match fs::read_dir(folder) {
            Ok(entries) => entries.flatten().map(|entry| entry.file_name()).collect(),
            Err(error) => return self.failures.push(Remark::new(shown(folder), reason(&error))),
        };
        names.sort_unstable();
        if let Step::Folders = first {
            self.follow(at, rest);
        }
        for name in names {
            match first {
                Step::Folders if at.join(&name).is_dir() => self.follow(&at.join(&name), steps),
                Step::Pattern(pattern) if pattern.matches(&name.to_string_lossy()) => {
                    self.follow(&at.join(&name), rest);
                }
                _ => {}
            }
        }
    }
}
