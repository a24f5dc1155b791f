//! What `benches/run` compares with: a process that only reads files, and one that parses them with
//! `serde_json`.
//!
//! ```text
//! yardstick read PATH     reads each file
//! yardstick parse PATH    reads each file and parses it into a `Value`, in two threads
//! ```
//!
//! A folder stands for the files in it.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs, io, thread};

/// How many threads parse.
const THREADS: usize = 2;

fn main() -> io::Result<()> {
    let mut arguments = env::args_os().skip(1);
    let (Some(verb), Some(path)) = (arguments.next(), arguments.next()) else {
        return Err(io::Error::other("a verb and a path are needed"));
    };
    let parses = verb == "parse";
    let files = files(Path::new(&path))?;
    let next = AtomicUsize::new(0);
    let work = || -> io::Result<()> {
        while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            let bytes = fs::read(file)?;
            if parses {
                drop(serde_json::from_slice::<serde_json::Value>(&bytes)?);
            }
        }
        Ok(())
    };
    if !parses || files.len() == 1 {
        return work();
    }
    thread::scope(|scope| {
        let workers: Vec<_> = (0..THREADS).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().expect("it does not panic"))
    })
}

/// The files of a folder, or a file alone.
fn files(path: &Path) -> io::Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect()
}
