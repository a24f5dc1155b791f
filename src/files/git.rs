//! What git knows: which files are staged, which have changed, what is staged of one. The only room that
//! runs git.

use std::ffi::{OsStr, OsString};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::paths::is_lost;
use super::reason::reason;

/// The files below the current folder that are staged and not deleted, as the index has them. With
/// paths, those below them.
///
/// # Errors
///
/// Why git does not say.
pub(super) fn staged(paths: &[OsString]) -> Result<Vec<PathBuf>, String> {
    check_in_work_tree()?;
    let options = ["diff", "--cached", "--name-only", "-z", "--relative", "--diff-filter=d", "--"];
    Ok(names(&git(options.iter().map(OsStr::new).chain(paths.iter().map(OsString::as_os_str)))?))
}

/// The files below the current folder that differ from where the branch left a commit, and those that
/// git does not know yet. With paths, those below them.
///
/// # Errors
///
/// Why git does not say.
pub(super) fn changed_since(commit: &str, paths: &[OsString]) -> Result<Vec<PathBuf>, String> {
    check_in_work_tree()?;
    let wanted = format!("{commit}^{{commit}}");
    let known = git(["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted].map(OsStr::new));
    let known = match known {
        Ok(known) => text(&known),
        Err(reason) if reason.is_empty() => return Err(format!("git knows no commit `{commit}`")),
        Err(reason) => return Err(reason),
    };
    let base = git(["merge-base", &known, "HEAD"].map(OsStr::new)).map(|base| text(&base)).map_err(|_| {
        format!("git finds no commit that `{commit}` and HEAD have in common: fetch the whole history")
    })?;
    let below = || paths.iter().map(OsString::as_os_str);
    let changed = ["diff", "--name-only", "-z", "--relative", "--diff-filter=d", &base, "--"];
    let mut files = names(&git(changed.iter().map(OsStr::new).chain(below()))?);
    let new = ["ls-files", "-z", "--others", "--exclude-standard", "--"];
    files.extend(names(&git(new.iter().map(OsStr::new).chain(below()))?));
    files.sort_unstable();
    files.dedup();
    Ok(files)
}

/// Makes sure that the current folder is in the files of a repository. Elsewhere `git diff` compares any two files, or
/// finds nothing where the repository is named by the environment.
fn check_in_work_tree() -> Result<(), String> {
    let is_inside = git(["rev-parse", "--is-inside-work-tree"].map(OsStr::new))?;
    match text(&is_inside).as_str() {
        "true" => Ok(()),
        _ => Err("the current folder is not in the work tree of the git repository".to_owned()),
    }
}

/// What is staged of a file.
///
/// # Errors
///
/// Why git does not say.
pub(super) fn staged_text(path: &Path) -> Result<Vec<u8>, String> {
    let mut name = OsString::from(":./");
    name.push(path);
    git([OsStr::new("cat-file"), OsStr::new("blob"), &name])
}

/// Runs git. What it prints.
///
/// # Errors
///
/// The first line of what it says if it fails; nothing if it says nothing.
fn git<'a>(arguments: impl IntoIterator<Item = &'a OsStr>) -> Result<Vec<u8>, String> {
    let mut command = Command::new("git");
    let Output { status, stdout, stderr } = command
        .args(["--literal-pathspecs", "-c", "core.quotePath=false"])
        .args(arguments)
        .output()
        .map_err(|error| match error.kind() {
            ErrorKind::NotFound => "git is not installed".to_owned(),
            _ => format!("git cannot be run: {}", reason(&error)),
        })?;
    if status.success() {
        return Ok(stdout);
    }
    let said = String::from_utf8_lossy(&stderr);
    let first = said.lines().next().unwrap_or_default();
    Err(match first.strip_prefix("fatal: ").unwrap_or(first) {
        text if text.starts_with("not a git repository") => "this is not a git repository".to_owned(),
        _ if is_lost(Path::new("")) => ".: the current folder no longer exists".to_owned(),
        text => text.to_owned(),
    })
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().to_owned()
}

/// The names in a list that ends each with NUL.
fn names(bytes: &[u8]) -> Vec<PathBuf> {
    bytes.split(|byte| *byte == 0).filter(|name| !name.is_empty()).map(path).collect()
}

/// The path that some bytes are.
#[cfg(unix)]
pub(crate) fn path(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(OsStr::from_bytes(bytes))
}

/// The path that some bytes are.
#[cfg(not(unix))]
pub(crate) fn path(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}
