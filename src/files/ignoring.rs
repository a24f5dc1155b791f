//! What says which files git ignores, and whether it can be read: a pipe or a device may never end, and a pattern of
//! two bytes takes some ten thousand in memory.

use std::env::{home_dir, var_os};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use ignore::gitignore::gitconfig_excludes_path;

use super::origin::is_nothing;
use super::paths::{absolute, from_here, shown, shows_state};
use crate::inputs::Remark;

/// The size, in bytes, of the largest file with patterns that is read.
const LARGEST: u64 = 512 << 10;
/// The files of a folder that say what is left out, or where that is said.
const OF_FOLDER: [&str; 3] = [".gitignore", ".ignore", ".git"];

/// Why what says which files of a folder are ignored cannot be read, and the folder is not searched.
pub(super) fn why_not_searched(folder: &Path) -> Option<String> {
    let (path, why) = odd_of_folder(folder)?;
    let name = path.strip_prefix(folder).map_or_else(|_| shown(&path), |own| format!("its {}", shown(own)));
    Some(format!("{name} is {why}, so it was not searched"))
}

/// The same about a folder where a walk begins. The files of the folders above are read, too.
pub(super) fn why_not_begun(folder: &Path) -> Option<String> {
    let folder = absolute(folder);
    why_not_searched(&folder).or_else(|| {
        let (path, why) = folder.ancestors().skip(1).find_map(odd_of_folder)?;
        Some(format!("{} is {why}, so it was not searched", shown(&from_here(&path))))
    })
}

/// What cannot be read of the files in which users say what is ignored in all of their repositories.
pub(super) fn odd_of_user() -> Option<Remark> {
    let named = |variable: &str| var_os(variable).filter(|path| !path.is_empty()).map(PathBuf::from);
    let own = named("XDG_CONFIG_HOME").or_else(|| Some(home_dir()?.join(".config")));
    let settings = [
        named("GIT_CONFIG_GLOBAL"),
        home_dir().map(|home| home.join(".gitconfig")),
        own.map(|own| own.join("git/config")),
        named("GIT_CONFIG_SYSTEM").or_else(|| Some(PathBuf::from("/etc/gitconfig"))),
    ];
    let odd = |path: PathBuf| fault(&path).map(|why| (path, why));
    // Which file has the patterns is known when these have been read.
    let patterns = || gitconfig_excludes_path().filter(|path| path.is_file());
    let (path, why) = settings.into_iter().flatten().find_map(odd).or_else(|| odd(patterns()?))?;
    Some(Remark::new(shown(&path), format!("{why}, so it was not read")))
}

/// The file of a folder that cannot be read, and why.
fn odd_of_folder(folder: &Path) -> Option<(PathBuf, &'static str)> {
    let odd = |path: PathBuf| fault(&path).map(|why| (path, why));
    OF_FOLDER.iter().find_map(|name| odd(folder.join(name))).or_else(|| {
        let git = folder.join(".git");
        let repository = match fs::metadata(&git).ok()?.is_dir() {
            true => git,
            // That of a worktree names a folder, in which a file names the one that all worktrees share.
            false => {
                let own = PathBuf::from(first_line(&git)?.strip_prefix("gitdir: ")?);
                let shared = own.join("commondir");
                if let Some(why) = fault(&shared) {
                    return Some((shared, why));
                }
                own.join(first_line(&shared)?)
            }
        };
        odd(repository.join("info/exclude"))
    })
}

/// Why something in the place of such a file is not read.
fn fault(path: &Path) -> Option<&'static str> {
    let data = fs::metadata(path).ok().filter(|data| !data.is_dir())?;
    if !data.is_file() {
        return (!is_nothing(path)).then_some("not a regular file");
    }
    if data.len() > LARGEST {
        return Some("larger than 512 KiB");
    }
    match File::open(path) {
        Ok(file) => shows_state(&file, &data).then_some("not a regular file"),
        Err(_) => Some("not readable"),
    }
}

fn first_line(path: &Path) -> Option<String> {
    let text = String::from_utf8(fs::read(path).ok()?).ok()?;
    text.lines().next().map(str::to_owned)
}
