//! Puts another text in the place of the one that was linted.
//!
//! What holds, whatever happens meanwhile: nothing that somebody else has written is lost,
//! everything that the file has beside its text stays, and its text is the old one or the new one.
//!
//! A plain file changes places with a new one, in one step of the system; what comes out is
//! compared with what was linted, and if it is something else, the two change back. A file that
//! another one cannot stand in for without a loss (hard links, access lists and other attributes,
//! an owner that may not be given away) is written in place, with a copy of its old text beside it
//! until the new one has reached the disk. So is every file where the system cannot make two files
//! change places.
//!
//! What remains: an editor that has opened the file before the change of places, and writes into
//! it after the last look, writes into what is thrown away; and what is saved between the last look
//! and the writing in place, which is microseconds, is written over. Locks would not help: they
//! bind only those who ask for them, and editors do not.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use super::origin::Identity;
use super::reason::reason;

/// Why a file is left alone that somebody else has written to.
const CHANGED: &str = "it changed while it was being fixed, so it was not written: run ecs-lint again";

/// Writes a text into a file that holds another one. Links are followed.
///
/// # Errors
///
/// Why it was not written. The file is then as it was.
pub(crate) fn replace(path: &Path, before: &[u8], after: &[u8]) -> Result<(), String> {
    let path = &fs::canonicalize(path).map_err(failure)?;
    // Nothing is read-only to root but what says so.
    if is_read_only(&fs::metadata(path).map_err(failure)?) {
        return Err("cannot be written: it is read-only".to_owned());
    }
    let file = OpenOptions::new().read(true).write(true).open(path).map_err(failure)?;
    let mut target = Target { path, file, before };
    target.check_unchanged()?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let beside = tempfile::Builder::new().prefix(".ecs-lint-").tempfile_in(folder);
    let mut beside = beside.map_err(|error| format!("{} in its folder", failure(error)))?;
    if target.is_alike(&beside) && target.change_places(&mut beside, after)? {
        return Ok(());
    }
    target.write_in_place(&mut beside, after)
}

/// Writes a text into a file, whatever that holds; links are followed. If it cannot be written the file holds what it
/// held before, as far as the system lets it, and one that was not there is not left behind.
///
/// # Errors
///
/// Why it was not written.
pub(crate) fn write_over(path: &Path, text: &[u8]) -> io::Result<()> {
    // What a stream of the process leads to may be a log, which keeps what was written before.
    let streams = ["/dev/stdout", "/dev/stderr", "/dev/fd", "/proc/self/fd"];
    if streams.iter().any(|stream| path.starts_with(stream)) {
        return OpenOptions::new().append(true).open(path)?.write_all(text);
    }
    let Ok(data) = fs::metadata(path) else {
        let mut file = File::create(path)?;
        // A link may lead to it.
        let made = fs::canonicalize(path)?;
        return file.write_all(text).inspect_err(|_| _ = fs::remove_file(made));
    };
    // A device, a pipe that somebody reads or a file that nobody may read has no text that could be lost.
    let before = if data.is_file() { fs::read(path).ok() } else { None };
    let Some(before) = before else {
        return fs::write(path, text);
    };
    let mut file = OpenOptions::new().write(true).open(path)?;
    fill(&mut file, text).inspect_err(|_| _ = fill(&mut file, &before))
}

fn failure(error: io::Error) -> String {
    format!("cannot be written: {}", reason(&error))
}

/// A file that is to hold another text.
struct Target<'f> {
    path: &'f Path,
    file: File,
    before: &'f [u8],
}

impl Target<'_> {
    /// Makes sure that the file still lies at its path and holds what was linted.
    fn check_unchanged(&mut self) -> Result<(), String> {
        if self.is_unchanged_at(self.path) { Ok(()) } else { Err(CHANGED.to_owned()) }
    }

    fn is_unchanged_at(&mut self, path: &Path) -> bool {
        let mut text = Vec::new();
        let most = self.before.len() as u64 + 1;
        let read = self.file.rewind().and_then(|()| (&self.file).take(most).read_to_end(&mut text));
        lies_at(&self.file, path) && read.is_ok() && text == self.before
    }

    /// Makes a new file, with the new text, change places with this one. False if the system
    /// cannot do that.
    fn change_places(&mut self, new: &mut NamedTempFile, after: &[u8]) -> Result<bool, String> {
        put(new.as_file_mut(), after).map_err(failure)?;
        self.check_unchanged()?;
        if !exchange(new.path(), self.path) {
            return Ok(false);
        }
        if self.is_unchanged_at(new.path()) {
            return Ok(true);
        }
        exchange(new.path(), self.path);
        // What is thrown away has to be our own.
        if lies_at(new.as_file(), new.path()) { Err(CHANGED.to_owned()) } else { Err(kept(new, CHANGED)) }
    }

    /// Writes the new text over the old one, of which a copy is kept meanwhile.
    fn write_in_place(&mut self, copy: &mut NamedTempFile, after: &[u8]) -> Result<(), String> {
        put(copy.as_file_mut(), self.before).map_err(failure)?;
        self.check_unchanged()?;
        if let Err(error) = put(&mut self.file, after) {
            // The bytes that it had are still its own, so that this needs no room.
            let restored = put(&mut self.file, self.before);
            let why = failure(error);
            return Err(if restored.is_ok() { why } else { kept(copy, &why) });
        }
        // If another file lies there now, that one counts.
        if lies_at(&self.file, self.path) { Ok(()) } else { Err(CHANGED.to_owned()) }
    }

    /// Gives a new file the owner and the mode of this one. False if it would still not be the
    /// same in all but its text.
    #[cfg(unix)]
    fn is_alike(&self, new: &NamedTempFile) -> bool {
        use std::os::unix::fs::{MetadataExt, fchown};

        let Ok(own) = self.file.metadata() else { return false };
        let state = |data: &Metadata| (data.uid(), data.gid(), data.mode());
        own.nlink() == 1
            && !has_attributes(&self.file)
            && fchown(new, Some(own.uid()), Some(own.gid())).is_ok()
            && new.as_file().set_permissions(own.permissions()).is_ok()
            // The folder may give them to each new file.
            && !has_attributes(new.as_file())
            && new.as_file().metadata().is_ok_and(|data| state(&data) == state(&own))
    }

    /// What else a file has is not known here.
    #[cfg(not(unix))]
    fn is_alike(&self, _new: &NamedTempFile) -> bool {
        false
    }
}

/// Whether an open file lies at a path.
fn lies_at(file: &File, path: &Path) -> bool {
    let own = file.metadata().map(|data| Identity::of(path, &data));
    own.is_ok_and(|own| Identity::at(path) == Some(own))
}

/// Writes a text over what a file holds, down to the disk.
fn put(file: &mut File, text: &[u8]) -> io::Result<()> {
    let mode = file.metadata()?.permissions();
    fill(file, text)?;
    // Writing takes from a program the right to run as its owner. Only the owner can give it back.
    let _ = file.set_permissions(mode);
    file.sync_all()
}

/// Writes a text over what a file holds. The file is cut last, so that it keeps its bytes until the text is written.
fn fill(file: &mut File, text: &[u8]) -> io::Result<()> {
    file.rewind()?;
    file.write_all(text)?;
    file.set_len(text.len() as u64)
}

/// Keeps a file that would be thrown away, and says where.
fn kept(file: &mut NamedTempFile, why: &str) -> String {
    file.disable_cleanup(true);
    format!("{why}; its previous text is saved in {}", file.path().display())
}

#[cfg(unix)]
fn is_read_only(data: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;

    const OWNER_MAY_WRITE: u32 = 0o200;
    data.mode() & OWNER_MAY_WRITE == 0
}

#[cfg(not(unix))]
fn is_read_only(data: &Metadata) -> bool {
    data.permissions().readonly()
}

/// Whether a file has attributes beside owner and mode, such as an access list.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn has_attributes(file: &File) -> bool {
    let unsupported = [rustix::io::Errno::NOTSUP, rustix::io::Errno::NOSYS];
    match rustix::fs::flistxattr_query(file) {
        Ok(length) => length > 0,
        Err(error) => !unsupported.contains(&error),
    }
}

/// Whether a file has attributes beside owner and mode, as far as is known.
#[cfg(all(unix, not(any(target_os = "linux", target_vendor = "apple"))))]
fn has_attributes(_file: &File) -> bool {
    true
}

/// Makes two files change places, in one step.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange(left: &Path, right: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};

    renameat_with(CWD, left, CWD, right, RenameFlags::EXCHANGE).is_ok()
}

/// Makes two files change places, in one step: not here.
#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchange(_left: &Path, _right: &Path) -> bool {
    false
}
