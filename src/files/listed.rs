//! Files that somebody else has listed: git, or a file of names.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::Files;
use super::git;
use super::origin::{Identity, Origin, TOO_LARGE};
use super::paths::{Breadth, Lookup, lies_at, shown};
use super::reason::reason;
use crate::input::is_candidate;
use crate::inputs::{Remark, Role};
use crate::source::{STANDARD_INPUT, Source, SourceId};

impl Files {
    /// The files that are staged in git below the current folder, or below paths: what is staged of
    /// them, whatever has been written since.
    ///
    /// # Errors
    ///
    /// Why git does not say.
    pub fn staged(paths: &[OsString], lookup: Lookup) -> Result<Files, String> {
        let mut files = Files { lookup, ..Files::default() };
        for path in git::staged(paths)?.into_iter().filter(|path| may_be_ours(path)) {
            let data = fs::metadata(&path).ok();
            let identity = data.map(|data| Identity::of(&path, &data));
            let origin = Origin::Staged { path: path.clone() };
            files.insert(&path, identity, origin, Role::Found);
        }
        files.find_projects(true);
        Ok(files)
    }

    /// The files below the current folder, or below paths, that have changed since a commit.
    ///
    /// # Errors
    ///
    /// Why git does not say.
    pub fn changed_since(commit: &str, paths: &[OsString], lookup: Lookup) -> Result<Files, String> {
        let mut files = Files { lookup, ..Files::default() };
        for path in git::changed_since(commit, paths)?.into_iter().filter(|path| may_be_ours(path)) {
            files.add_found(&path);
        }
        files.find_projects(true);
        Ok(files)
    }

    /// The files of a list, which is a file, or standard input if it is called `-`: one name a line, or
    /// names that end with NUL if one is there.
    ///
    /// # Errors
    ///
    /// Why the list cannot be read.
    pub fn of_list(list: &Path, lookup: Lookup, breadth: Breadth) -> Result<Files, String> {
        let (name, list) = match list == Path::new("-") {
            true => (STANDARD_INPUT.to_owned(), Origin::standard_input()),
            false => (shown(list), Origin::Stream { path: Some(list.to_owned()), bytes: OnceLock::new() }),
        };
        let bytes = list.read().map_err(|why| match why == TOO_LARGE {
            true => format!("{name}: larger than 16 MiB, so it was not read: no list of files is that large"),
            false => format!("{name}: {why}"),
        })?;
        let bytes = unmarked(bytes);
        let end = if bytes.contains(&0) { 0 } else { b'\n' };
        let names = bytes.split(|byte| *byte == end);
        let names =
            names.map(|name| if end == b'\n' { name.strip_suffix(b"\r").unwrap_or(name) } else { name });
        let paths: Vec<PathBuf> = names.filter(|name| !name.is_empty()).map(git::path).collect();
        // It is something else, which may hold secrets: of one file that is gone, the name is told.
        let may_be_else = paths.len() > 1 || bytes.contains(&b'=');
        if may_be_else && !paths.iter().any(|path| lies_at(path)) {
            return Err(format!("{name}: none of its lines is the name of a file or folder that exists"));
        }
        let mut files = Files { lookup, breadth, ..Files::default() };
        for path in paths {
            files.add_found(&path);
        }
        files.find_projects(true);
        Ok(files)
    }

    /// Adds a file, or those of a folder, that somebody has listed without knowing what they hold.
    fn add_found(&mut self, path: &PathBuf) {
        match fs::metadata(path) {
            Ok(data) if data.is_dir() => _ = self.walk(path),
            Ok(data) if data.is_file() => self.add(path, &data, Role::Found),
            Ok(_) => {
                let why = "not a regular file, so it was not read: name it on the command line to read it";
                self.failures.push(Remark::new(shown(path), why));
            }
            Err(error) => self.failures.push(Remark::new(shown(path), reason(&error))),
        }
    }
}

/// A list without a byte order mark: Windows PowerShell writes one, and UTF-16. Names need not be UTF-8.
fn unmarked(bytes: Vec<u8>) -> Vec<u8> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Source::from_bytes(SourceId(0), "", bytes).text.into_bytes();
    }
    match bytes.strip_prefix("\u{feff}".as_bytes()) {
        Some(rest) => rest.to_vec(),
        None => bytes,
    }
}

fn may_be_ours(path: &Path) -> bool {
    path.file_name().is_some_and(|name| is_candidate(&name.to_string_lossy()))
}
