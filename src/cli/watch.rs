//! `--watch`: runs again whenever a file changes. The only room that knows notify.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use notify::{Event, EventKind, RecursiveMode, Watcher};

use super::status::Status;
use super::terminal;
use crate::files::may_matter;

/// What is written within this time is one change: editors save in several steps.
const PAUSE: Duration = Duration::from_millis(100);

/// Runs once, and again whenever a file below the paths changes, until somebody ends the program.
pub(super) fn run(paths: &[OsString], mut once: impl FnMut() -> Status) -> Status {
    let (changes, seen) = mpsc::channel();
    let here = std::env::current_dir().unwrap_or_default();
    let tell = move |event: notify::Result<Event>| {
        if event.is_ok_and(|event| is_change(&event, &here)) {
            // Nobody listens any more only when the program ends.
            let _ = changes.send(());
        }
    };
    let mut watcher = match notify::recommended_watcher(tell) {
        Ok(watcher) => watcher,
        Err(error) => return terminal::fail(&format!("files cannot be watched: {error}")),
    };
    for path in paths {
        let (root, mode) = root(Path::new(path));
        if let Err(error) = watcher.watch(&root, mode) {
            return terminal::fail(&format!("{} cannot be watched: {error}", root.display()));
        }
    }
    loop {
        terminal::clear();
        let status = once();
        terminal::complain("watching for changes; press Ctrl-C to end");
        if wait(&seen).is_none() {
            return status;
        }
    }
}

/// Waits for a change, and until nothing has changed for a moment. None if no change can come.
fn wait(seen: &Receiver<()>) -> Option<()> {
    seen.recv().ok()?;
    while seen.recv_timeout(PAUSE).is_ok() {}
    Some(())
}

/// What is watched for a path: a folder with all that is in it, the folder of a file, or of a pattern
/// the folder before it.
fn root(path: &Path) -> (PathBuf, RecursiveMode) {
    if path.is_dir() {
        return (path.to_path_buf(), RecursiveMode::Recursive);
    }
    let folder = path.ancestors().skip(1).find(|folder| folder.as_os_str().is_empty() || folder.is_dir());
    let folder = folder.filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mode = if path.exists() { RecursiveMode::NonRecursive } else { RecursiveMode::Recursive };
    (folder.to_path_buf(), mode)
}

/// Whether something has changed that may be read, rather than only been read.
fn is_change(event: &Event, here: &Path) -> bool {
    // What lies above is nothing that was asked for.
    let mut paths = event.paths.iter().map(|path| path.strip_prefix(here).unwrap_or(path));
    !matches!(event.kind, EventKind::Access(_)) && paths.any(may_matter)
}
