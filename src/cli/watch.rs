//! `--watch`: runs again whenever a file changes. The only room that knows notify.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::status::Status;
use super::terminal;
use crate::files::{absolute, is_pattern, is_same_file, may_matter, reason};

/// What is written within this time is one change: editors save in several steps.
const PAUSE: Duration = Duration::from_millis(100);

/// Where the program writes, which may be files.
const STREAMS: [&str; 2] = ["/dev/stdout", "/dev/stderr"];

/// How often to look whether somebody still reads the reports.
const LOOK: Duration = Duration::from_millis(500);

/// Runs once, and again whenever a file below the paths changes other than the reports that are written, until somebody
/// ends the program or nobody can read its reports any more. All paths of `reports` are absolute.
pub(super) fn run(paths: &[OsString], reports: Vec<PathBuf>, mut once: impl FnMut() -> Status) -> Status {
    let reports = Arc::new(reports);
    loop {
        // Folders may have been made anew: what is watched is found again before each run, so that no change is missed.
        let (_watcher, changes) = match watch(paths, &reports) {
            Ok(watched) => watched,
            Err(why) => return terminal::fail(&why),
        };
        terminal::clear();
        let status = once();
        if terminal::is_lost() {
            return status;
        }
        terminal::complain("watching for changes; press Ctrl-C to end");
        if wait(&changes).is_none() {
            return status;
        }
    }
}

/// Waits for a change, and until nothing has changed for a moment. None if nobody reads any more, or no change can come.
fn wait(changes: &Receiver<()>) -> Option<()> {
    loop {
        match changes.recv_timeout(LOOK) {
            Ok(()) => break,
            Err(RecvTimeoutError::Timeout) if !terminal::is_lost() => {}
            Err(_) => return None,
        }
    }
    while changes.recv_timeout(PAUSE).is_ok() {}
    Some(())
}

/// Begins to watch some paths.
///
/// # Errors
///
/// Which of them cannot be watched, and why.
fn watch(
    paths: &[OsString],
    reports: &Arc<Vec<PathBuf>>,
) -> Result<(RecommendedWatcher, Receiver<()>), String> {
    let all: Vec<Watched> = paths.iter().map(|path| Watched::of(Path::new(path))).collect();
    let (changes, seen) = mpsc::channel();
    let of_events: Vec<Watched> = all.clone();
    let reports = Arc::clone(reports);
    let is_report = move |path: &PathBuf| {
        reports.contains(path) || STREAMS.iter().any(|stream| is_same_file(Path::new(stream), path))
    };
    let tell = move |event: notify::Result<Event>| {
        let is_change = |event: Event| {
            !event.paths.iter().all(&is_report)
                && of_events.iter().any(|watched| watched.is_changed_by(&event))
        };
        if event.is_ok_and(is_change) {
            // Nobody listens any more only when something else is watched, or the program ends.
            let _ = changes.send(());
        }
    };
    let mut watcher = notify::recommended_watcher(tell)
        .map_err(|error| format!("files cannot be watched: {}", why(&error)))?;
    // Where the folders are made anew if they are removed. If that cannot be watched, only this is not seen.
    for outer in all.iter().filter_map(|watched| watched.folder.parent()) {
        let _ = watcher.watch(outer, RecursiveMode::NonRecursive);
    }
    for Watched { folder, mode, .. } in &all {
        let watched = watcher.watch(folder, *mode);
        watched.map_err(|error| format!("{} cannot be watched: {}", folder.display(), why(&error)))?;
    }
    Ok((watcher, seen))
}

/// Why something cannot be watched.
fn why(error: &notify::Error) -> String {
    match &error.kind {
        notify::ErrorKind::Io(error) => reason(error),
        notify::ErrorKind::MaxFilesWatch => "the system watches no more files".to_owned(),
        _ => error.to_string(),
    }
}

/// What is watched for a path.
#[derive(Clone, Debug)]
struct Watched {
    /// The path, from the root.
    path: PathBuf,
    /// A folder with all that is in it, the folder of a file, or of a pattern the folder before it.
    folder: PathBuf,
    mode: RecursiveMode,
}

impl Watched {
    fn of(path: &Path) -> Watched {
        let path = absolute(path);
        if path.is_dir() {
            return Watched { folder: path.clone(), path, mode: RecursiveMode::Recursive };
        }
        let folder = path.ancestors().skip(1).find(|folder| folder.is_dir()).unwrap_or(Path::new("/"));
        let is_open = is_pattern(path.strip_prefix(folder).unwrap_or(&path));
        let mode =
            if is_open && !path.exists() { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
        Watched { folder: folder.to_path_buf(), path, mode }
    }

    /// Whether something has changed that may be read, rather than only been read.
    fn is_changed_by(&self, event: &Event) -> bool {
        let is_meant = |path: &PathBuf| {
            // What lies above is nothing that was asked for.
            let inner = path.strip_prefix(&self.folder).ok().filter(|inner| !inner.as_os_str().is_empty());
            inner.is_some_and(may_matter) || self.path.starts_with(path)
        };
        !matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(is_meant)
    }
}
