//! Where the bytes of an input come from, and how many of them are read.

use std::ffi::OsStr;
use std::fs::{self, File, Metadata};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

use super::git;
use super::paths::{may_show_state, shows_state};
use super::reason::reason;

/// The size, in bytes, of the largest text that is read. A document of ECS has at most 64 KiB, a
/// template of CloudFormation 1 MB.
pub(super) const LARGEST: u64 = 16 << 20;

/// What is said of a larger one.
pub(super) const TOO_LARGE: &str = "larger than 16 MiB, so it was not read: no ECS document is that large";

/// What is said of a file that shows the state of the system.
const STATE: &str = "in a virtual file system such as /proc, so it was not read";

/// Where the bytes of an input come from.
#[derive(Debug)]
pub(super) enum Origin {
    /// A file, its folder if that is held open, and what it was like when it was found, if that can be relied on. It
    /// is read whenever it is asked for, and must be the same each time: places in one text mean nothing in another.
    File { path: PathBuf, folder: Option<Arc<File>>, found: Option<State>, read: OnceLock<State> },
    /// What is staged of a file in git.
    Staged { path: PathBuf },
    /// Standard input, a pipe or a device: it gives its bytes once.
    Stream { path: Option<PathBuf>, bytes: OnceLock<Result<Vec<u8>, String>> },
}

/// What tells that a file has been written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct State {
    length: u64,
    modified: Option<SystemTime>,
}

impl State {
    fn of(data: &Metadata) -> State {
        State { length: data.len(), modified: data.modified().ok() }
    }
}

impl Origin {
    /// Standard input.
    pub(super) fn standard_input() -> Origin {
        Origin::Stream { path: None, bytes: OnceLock::new() }
    }

    /// What lies at a path.
    pub(super) fn at(path: PathBuf, data: &Metadata) -> Origin {
        if data.is_file() {
            let found = (!may_show_state(data)).then(|| State::of(data));
            Origin::File { path, folder: None, found, read: OnceLock::new() }
        } else {
            Origin::Stream { path: Some(path), bytes: OnceLock::new() }
        }
    }

    /// The same in a folder that is held open: many files are found faster so.
    pub(super) fn within(self, folder: Option<&Arc<File>>) -> Origin {
        match self {
            Origin::File { path, found, read, .. } => {
                Origin::File { path, folder: folder.cloned(), found, read }
            }
            other => other,
        }
    }

    /// The path of a file.
    pub(super) fn file(&self) -> Option<&Path> {
        match self {
            Origin::File { path, .. } | Origin::Staged { path } => Some(path),
            Origin::Stream { .. } => None,
        }
    }

    /// The bytes.
    ///
    /// # Errors
    ///
    /// A sentence about why they cannot be had.
    pub(super) fn read(&self) -> Result<Vec<u8>, String> {
        match self {
            Origin::File { path, folder, found, read } => {
                // The system is asked again only when the file is read again.
                let known = found.filter(|_| read.get().is_none());
                let (bytes, modified) = match known {
                    Some(state) => (whole(open(path, folder.as_deref())?, state.length)?, state.modified),
                    None => read_file(path)?,
                };
                let state = State { length: bytes.len() as u64, modified };
                if *read.get_or_init(|| state) != state {
                    return Err("it changed while it was being linted".to_owned());
                }
                Ok(bytes)
            }
            Origin::Staged { path } => git::staged_text(path),
            Origin::Stream { path, bytes } => bytes
                .get_or_init(|| match path {
                    Some(path) => read_file(path).map(|(bytes, _)| bytes),
                    None => rest(io::stdin().lock(), Vec::new()),
                })
                .clone(),
        }
    }

    /// Lets a file have changed since it was read.
    pub(super) fn forget(&mut self) {
        if let Origin::File { found, read, .. } = self {
            (*found, *read) = (None, OnceLock::new());
        }
    }
}

/// The bytes of a file that is not an input.
///
/// # Errors
///
/// A sentence about why they cannot be had.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, String> {
    read_file(path).map(|(bytes, _)| bytes).map_err(|why| match why == TOO_LARGE {
        true => "larger than 16 MiB, so it was not read".to_owned(),
        false => why,
    })
}

/// The bytes of a file that nobody named: it must be one, for a pipe or a device may never end.
///
/// # Errors
///
/// A sentence about why they cannot be had.
pub(crate) fn read_found(path: &Path) -> Result<Vec<u8>, String> {
    match fs::metadata(path) {
        Ok(data) if !data.is_file() && !is_nothing(path) => Err("not a regular file".to_owned()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err("a link to nothing".to_owned()),
        _ => read(path),
    }
}

/// Whether a path leads to what holds nothing: who wants nothing to be read names it.
pub(super) fn is_nothing(path: &Path) -> bool {
    fs::canonicalize(path).is_ok_and(|path| path == Path::new("/dev/null"))
}

/// Writes a new file, all of it or nothing.
///
/// # Errors
///
/// A sentence about why it cannot be written, as where something is there already.
pub(crate) fn create(path: &Path, text: &str) -> Result<(), String> {
    let mut file = File::create_new(path).map_err(|error| reason(&error))?;
    file.write_all(text.as_bytes()).map_err(|error| {
        // It is ours, and of no use. If it cannot be removed either, the reason stays the same.
        let _ = fs::remove_file(path);
        reason(&error)
    })
}

/// Opens a file, from its folder if that is held open.
fn open(path: &Path, folder: Option<&File>) -> Result<File, String> {
    let file = match folder.zip(path.file_name()) {
        Some((folder, name)) => open_in(folder, name, path),
        None => File::open(path),
    };
    file.map_err(|error| reason(&error))
}

#[cfg(unix)]
fn open_in(folder: &File, name: &OsStr, _path: &Path) -> io::Result<File> {
    use rustix::fs::{Mode, OFlags, openat};
    let flags = OFlags::RDONLY | OFlags::CLOEXEC;
    Ok(rustix::io::retry_on_intr(|| openat(folder, name, flags, Mode::empty()))?.into())
}

#[cfg(not(unix))]
fn open_in(_folder: &File, _name: &OsStr, path: &Path) -> io::Result<File> {
    File::open(path)
}

fn read_file(path: &Path) -> Result<(Vec<u8>, Option<SystemTime>), String> {
    let file = open(path, None)?;
    let data = file.metadata().map_err(|error| reason(&error))?;
    if data.is_file() && shows_state(&file, &data) {
        return Err(STATE.to_owned());
    }
    // The time is taken first: what is written while the bytes are read makes it older.
    let State { length, modified } = State::of(&data);
    Ok((whole(file, length)?, modified))
}

/// The bytes of a file, unless there are too many. If there are as many as expected, they are read in one step.
fn whole(file: File, expected: u64) -> Result<Vec<u8>, String> {
    if expected > LARGEST {
        return Err(TOO_LARGE.to_owned());
    }
    // With room for one more: if nothing comes to fill it, the file has ended.
    let mut bytes = Vec::with_capacity(expected as usize + 1);
    let length = loop {
        match fill(&file, &mut bytes) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            read => break read.map_err(|error| reason(&error))?,
        }
    };
    if length > 0 && length as u64 == expected { Ok(bytes) } else { rest(file, bytes) }
}

/// Reads once into the capacity of an empty list.
#[cfg(unix)]
fn fill(file: &File, bytes: &mut Vec<u8>) -> io::Result<usize> {
    Ok(rustix::io::read(file, rustix::buffer::spare_capacity(bytes))?)
}

/// Reads once into the capacity of an empty list.
#[cfg(not(unix))]
fn fill(mut file: &File, bytes: &mut Vec<u8>) -> io::Result<usize> {
    bytes.resize(bytes.capacity(), 0);
    let read = file.read(bytes);
    bytes.truncate(*read.as_ref().unwrap_or(&0));
    read
}

/// What has been read and all that follows, unless it is too much.
fn rest(from: impl Read, mut bytes: Vec<u8>) -> Result<Vec<u8>, String> {
    let left = (LARGEST + 1).saturating_sub(bytes.len() as u64);
    from.take(left).read_to_end(&mut bytes).map_err(|error| reason(&error))?;
    if bytes.len() as u64 > LARGEST { Err(TOO_LARGE.to_owned()) } else { Ok(bytes) }
}

/// What makes a file the same by whatever name.
#[cfg(unix)]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Identity(u64, u64);

/// What makes a file the same by whatever name.
#[cfg(not(unix))]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Identity(PathBuf);

impl Identity {
    /// The identity of what lies at a path, links followed.
    #[cfg(unix)]
    pub(super) fn of(_path: &Path, data: &Metadata) -> Identity {
        use std::os::unix::fs::MetadataExt;
        Identity(data.dev(), data.ino())
    }

    /// The identity of what lies at a path, links followed.
    #[cfg(not(unix))]
    pub(super) fn of(path: &Path, _data: &Metadata) -> Identity {
        Identity(fs::canonicalize(path).unwrap_or_else(|_| super::paths::absolute(path)))
    }

    /// The identity of what lies at a path now.
    pub(super) fn at(path: &Path) -> Option<Identity> {
        fs::metadata(path).ok().map(|data| Identity::of(path, &data))
    }
}
