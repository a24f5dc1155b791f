//! What git tracks: it ignores none of that, whatever a `.gitignore` says.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::Files;
use super::origin::LARGEST;
use super::paths::{absolute, is_left_out};
use crate::input::is_candidate;
use crate::inputs::Role;

/// The bytes of an entry in the index before its flags: times, numbers, its mode and its hash.
const BEFORE_FLAGS: usize = 60;
/// Where the mode of an entry is.
const MODE: usize = 24;
/// The kind of a regular file in a mode.
const REGULAR: u32 = 0o100_000;
/// The flag of an entry with two more bytes of flags.
const EXTENDED: u16 = 0x4000;
/// The size, in bytes, of the largest index that is read: that of some 500,000 files.
const LARGEST_INDEX: u64 = 64 << 20;
/// Entries begin at a multiple of this.
const STEP: usize = 8;

/// The files below a folder that git tracks and that a walk may not meet.
pub(super) struct Tracked<'f> {
    folder: &'f Path,
    /// Those that have not been met, by their paths relative to the folder.
    unmet: HashSet<PathBuf>,
}

impl<'f> Tracked<'f> {
    pub(super) fn below(folder: &'f Path) -> Tracked<'f> {
        Tracked { folder, unmet: below(&absolute(folder), is_candidate).into_iter().collect() }
    }

    /// Notes that the walk has met a file.
    pub(super) fn meet(&mut self, path: &Path) {
        if !self.unmet.is_empty()
            && let Ok(path) = path.strip_prefix(self.folder)
        {
            self.unmet.remove(path);
        }
    }
}

impl Files {
    /// Adds what git tracks and a walk has not met because a `.gitignore` names it. What an `.ignore` names, which is
    /// not git's, remains left out.
    pub(super) fn add_tracked(&mut self, tracked: Tracked) {
        let Tracked { folder, unmet } = tracked;
        let is_ignored =
            |path: &Path| path.ancestors().skip(1).any(|above| folder.join(above).join(".ignore").exists());
        let mut unmet: Vec<PathBuf> =
            unmet.into_iter().filter(|path| !is_left_out(path, self.breadth) && !is_ignored(path)).collect();
        unmet.sort_unstable();
        for path in unmet {
            let path = folder.join(path);
            if let Ok(data) = fs::symlink_metadata(&path)
                && data.is_file()
                && data.len() <= LARGEST
            {
                self.add(&path, &data, Role::Found);
            }
        }
    }
}

/// The files that the index of the repository of a folder lists below the folder and that have a wanted name, by their
/// paths relative to it. None if there is no repository, or its index is of another format.
fn below(folder: &Path, is_wanted: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let Some(root) = folder.ancestors().find(|folder| folder.join(".git").exists()) else {
        return Vec::new();
    };
    let Ok(below) = folder.strip_prefix(root) else { return Vec::new() };
    let Some(index) = folder_of_git(root).and_then(|folder| read_index(&folder.join("index"))) else {
        return Vec::new();
    };
    let below = below.to_string_lossy().replace('\\', "/");
    let prefix = if below.is_empty() { below } else { format!("{below}/") };
    let names = names(&index).unwrap_or_default().into_iter();
    let names = names.filter_map(|name| name.strip_prefix(prefix.as_str()));
    names.filter(|name| is_wanted(name.rsplit('/').next().unwrap_or(name))).map(PathBuf::from).collect()
}

/// The bytes of an index, if it is a plain file of a usual size.
fn read_index(path: &Path) -> Option<Vec<u8>> {
    let is_usual = fs::metadata(path).is_ok_and(|data| data.is_file() && data.len() <= LARGEST_INDEX);
    is_usual.then(|| fs::read(path).ok())?
}

/// Where git keeps what it knows of a work tree.
fn folder_of_git(root: &Path) -> Option<PathBuf> {
    let own = root.join(".git");
    if own.is_dir() {
        return Some(own);
    }
    let text = fs::read_to_string(own).ok()?;
    Some(root.join(text.strip_prefix("gitdir:")?.trim()))
}

/// The names of the regular files in an index of version 2 or 3. `None` for any other, and if there is no order in it.
fn names(index: &[u8]) -> Option<Vec<&str>> {
    let number = |at: usize| Some(u32::from_be_bytes(*index.get(at..)?.first_chunk()?));
    if !index.starts_with(b"DIRC") || !matches!(number(4)?, 2 | 3) {
        return None;
    }
    let mut names = Vec::new();
    let mut at = 12;
    for _ in 0..number(8)? {
        let flags = u16::from_be_bytes(*index.get(at + BEFORE_FLAGS..)?.first_chunk()?);
        let start = at + BEFORE_FLAGS + if flags & EXTENDED == 0 { 2 } else { 4 };
        let length = index.get(start..)?.iter().position(|byte| *byte == 0)?;
        if number(at + MODE)? & 0o170_000 == REGULAR
            && let Ok(name) = std::str::from_utf8(&index[start..start + length])
        {
            names.push(name);
        }
        at += (start + length - at + STEP) / STEP * STEP;
    }
    Some(names)
}
