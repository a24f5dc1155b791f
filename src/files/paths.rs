//! Paths: which are looked at, how they are shown, which project they belong to.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ffi::OsStr;
use std::fs::{self, File, Metadata};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::{DirEntry, Error, Walk, WalkBuilder};

use super::ignoring::{odd_of_user, why_not_begun, why_not_searched};
#[cfg(feature = "watch")]
use super::named::may_be_template;
use super::origin::{read, read_found};
use super::reason::reason;
use crate::input::is_candidate;
use crate::inputs::{Remark, SETTINGS_FILE};

/// Folders that nobody's own documents lie in: what others have written, or a program.
const LEFT_OUT: &[&str] = &[GIT, "node_modules", "target", ".terraform", ".terragrunt-cache", GENERATED];
/// The folder in which git keeps its own files.
const GIT: &str = ".git";
/// The folder in which CDK writes its templates: the only one of these where documents are common.
const GENERATED: &str = "cdk.out";
/// Why such a folder was not searched.
pub(super) const IS_GENERATED: &str = "written by CDK, so it was not searched: name it to lint it";

/// Which folders of [`LEFT_OUT`] a walk searches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Breadth {
    /// Those that it begins at.
    #[default]
    Own,
    /// All but git's own.
    Everything,
}

/// The names of a settings file, which marks the root of a project. The first one counts.
pub(crate) const SETTINGS_FILES: [&str; 2] = [SETTINGS_FILE, ".ecs-lint.toml"];

/// What a walk leaves out.
type LeftOut<T> = Arc<Mutex<Vec<T>>>;

/// A walk, and the folders that it leaves out without being told to.
pub(super) struct Walking {
    pub entries: Walk,
    /// Why, because of what lies in the place of a `.gitignore`.
    odd: LeftOut<Remark>,
    /// Because they are [`GENERATED`].
    generated: LeftOut<PathBuf>,
}

impl Walking {
    /// Why folders were left out so far.
    pub(super) fn failures(&self) -> Vec<Remark> {
        self.odd.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The generated folders that were left out so far.
    pub(super) fn generated(&self) -> Vec<String> {
        let generated = self.generated.lock().unwrap_or_else(PoisonError::into_inner);
        generated.iter().map(|folder| shown(folder)).collect()
    }
}

/// Adds to what is left out.
fn leave_out<T>(left_out: &LeftOut<T>, what: T) {
    left_out.lock().unwrap_or_else(PoisonError::into_inner).push(what);
}

/// Walks a folder in the order of the paths, without what git ignores.
pub(super) fn walk(root: &Path, breadth: Breadth) -> Walking {
    let (odd, generated) = (LeftOut::default(), LeftOut::default());
    let mut walk = WalkBuilder::new(root);
    walk.hidden(false).require_git(false).sort_by_file_path(|left, right| left.cmp(right));
    // Who names what a program has written wants to see it, and that git ignores it is usual.
    walk.parents(!LEFT_OUT.iter().any(|name| root.file_name().is_some_and(|own| own == *name)));
    if let Some(remark) = odd_of_user() {
        walk.git_global(false);
        leave_out(&odd, remark);
    }
    let (own_odd, own_generated) = (Arc::clone(&odd), Arc::clone(&generated));
    walk.filter_entry(move |entry| {
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        if entry.depth() == 0 || !is_folder {
            return true;
        }
        let left_out = LEFT_OUT.iter().find(|name| entry.file_name() == **name);
        if left_out.is_some_and(|name| *name == GIT || breadth == Breadth::Own) {
            if left_out == Some(&GENERATED) {
                leave_out(&own_generated, entry.path().to_path_buf());
            }
            return false;
        }
        if !holds_files(entry.path()) {
            return false;
        }
        let why = why_not_searched(entry.path());
        if let Some(why) = &why {
            leave_out(&own_odd, Remark::new(shown(entry.path()), why));
        }
        why.is_none()
    });
    Walking { entries: walk.build(), odd, generated }
}

/// Whether a walk leaves out what lies at a path below where it begins.
pub(super) fn is_left_out(path: &Path, breadth: Breadth) -> bool {
    let is_name = |part: &Component, name: &str| part.as_os_str() == name;
    let names = || LEFT_OUT.iter().filter(|name| **name == GIT || breadth == Breadth::Own);
    path.components().any(|part| names().any(|name| is_name(&part, name)))
}

/// The kinds of file systems that show the state of the system: reading there may never end, and may have
/// effects. From linux/magic.h: proc, sysfs, cgroup, cgroup2, debugfs, tracefs, securityfs, selinux, bpf,
/// pstore, configfs, fusectl, devpts, efivarfs, binfmt_misc, mqueue.
#[cfg(target_os = "linux")]
const STATE: [u32; 16] = [
    0x9fa0,
    0x6265_6572,
    0x0027_e0eb,
    0x6367_7270,
    0x6462_6720,
    0x7472_6163,
    0x7363_6673,
    0xf97c_ff8c,
    0xcafe_4a11,
    0x6165_676c,
    0x6265_6570,
    0x6573_5543,
    0x1cd1,
    0xde5e_81e4,
    0x4249_4e4d,
    0x1980_0202,
];

/// Whether a folder lies in a file system that keeps files, rather than one that shows the state
/// of the system, such as /proc.
#[cfg(target_os = "linux")]
pub(super) fn holds_files(folder: &Path) -> bool {
    rustix::fs::statfs(folder).map_or(true, |system| !STATE.contains(&(system.f_type as u32)))
}

/// Whether a file may show the state of the system: what has blocks on a disk does not, which is nearly all that is read.
#[cfg(target_os = "linux")]
pub(super) fn may_show_state(data: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    data.blocks() == 0
}

/// Whether a file may show the state of the system.
#[cfg(not(target_os = "linux"))]
pub(super) fn may_show_state(_data: &Metadata) -> bool {
    false
}

/// Whether an open file shows the state of the system, such as /proc/kmsg, which has no end.
#[cfg(target_os = "linux")]
pub(super) fn shows_state(file: &File, data: &Metadata) -> bool {
    may_show_state(data)
        && rustix::fs::fstatfs(file).is_ok_and(|system| STATE.contains(&(system.f_type as u32)))
}

/// Whether an open file shows the state of the system.
#[cfg(not(target_os = "linux"))]
pub(super) fn shows_state(_file: &File, _data: &Metadata) -> bool {
    false
}

/// Whether a folder lies in a file system that keeps files.
#[cfg(not(target_os = "linux"))]
pub(super) fn holds_files(_folder: &Path) -> bool {
    true
}

/// What could not be walked below a folder, and why.
pub(super) fn walk_failure(root: &Path, error: &Error) -> Remark {
    fn path_of(error: &Error) -> Option<&Path> {
        match error {
            Error::WithPath { path, .. } => Some(path),
            Error::Loop { child, .. } => Some(child),
            Error::WithDepth { err, .. } | Error::WithLineNumber { err, .. } => path_of(err),
            Error::Partial(errors) => errors.iter().find_map(path_of),
            _ => None,
        }
    }
    let why = error.io_error().map_or_else(|| error.to_string(), reason);
    Remark::new(shown(path_of(error).unwrap_or(root)), why)
}

/// Why nothing can be looked for below a path.
pub(super) fn cannot_be_searched(path: &Path) -> Option<String> {
    if is_lost(path) {
        // The system lists it, and says that nothing is in it.
        return Some("the current folder no longer exists".to_owned());
    }
    if !holds_files(path) {
        return Some("a virtual file system such as /proc, so it was not searched".to_owned());
    }
    why_not_begun(path)
}

/// Whether a path starts at a current folder that is gone.
pub(crate) fn is_lost(path: &Path) -> bool {
    path.is_relative() && std::env::current_dir().is_err()
}

/// Whether a change of a file may change what is found: it may be a document, or settings, and lies in
/// no folder that is left out.
#[cfg(feature = "watch")]
pub(crate) fn may_matter(path: &Path) -> bool {
    let is_left_out = |part: Component| LEFT_OUT.iter().any(|name| part.as_os_str() == *name);
    let name = path.file_name().map(|name| name.to_string_lossy());
    let is_read = name.is_some_and(|name| is_candidate(&name) || name.ends_with("ecs-lint.toml"));
    (is_read || may_be_template(path)) && !path.components().any(is_left_out)
}

pub(super) fn is_candidate_entry(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_file()) && is_candidate(&entry.file_name().to_string_lossy())
}

/// A name as text. Two names are never the same text: each byte that is not UTF-8 is a replacement character and its
/// number.
pub(super) fn text_of(name: &OsStr) -> Cow<'_, str> {
    if let Some(text) = name.to_str() {
        return Cow::Borrowed(text);
    }
    let mut text = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|byte| format!("\u{fffd}{byte:02X}")));
    }
    Cow::Owned(text)
}

/// A path as the user would write it: without `./`, and with `/` between folders.
pub(super) fn shown(path: &Path) -> String {
    let plain = text_of(path.strip_prefix(".").unwrap_or(path).as_os_str());
    match plain.as_ref() {
        "" => ".".to_owned(),
        // At the start of a line, a log of GitHub's would take it for a command.
        name if name.starts_with("::") => format!("./{name}"),
        name if std::path::MAIN_SEPARATOR == '/' => name.to_owned(),
        name => name.replace('\\', "/"),
    }
}

/// An absolute path as seen from the current folder.
pub(super) fn from_here(path: &Path) -> PathBuf {
    let here = absolute(Path::new("."));
    let common = here.components().zip(path.components()).take_while(|(left, right)| left == right).count();
    let up = std::iter::repeat_n(Component::ParentDir, here.components().count() - common);
    up.chain(path.components().skip(common)).collect()
}

/// An absolute path without `.` and `..`.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    // Paths that are made of others are so already.
    let bytes = path.as_os_str().as_encoded_bytes();
    let is_plain = |two: &[u8]| two[1] != b'\\' && (two[0] != b'/' || !matches!(two[1], b'/' | b'.'));
    if path.is_absolute() && bytes.windows(2).all(is_plain) && !bytes.ends_with(b"/") {
        return path.to_path_buf();
    }
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    let full = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut plain = PathBuf::new();
    for component in full.components() {
        match component {
            Component::ParentDir => _ = plain.pop(),
            other => plain.push(other),
        }
    }
    plain
}

/// The folder of a file as the user would write it; empty for the current one.
pub(super) fn folder_of(path: &Path) -> String {
    let path = path.strip_prefix(".").unwrap_or(path);
    path.parent().map(|folder| text_of(folder.as_os_str()).into_owned()).unwrap_or_default()
}

/// The current folder below the root of its git repository, with `/` between folders and at its end:
/// `deploy/`. Empty at the root, and outside of any.
pub(crate) fn folder_in_repository() -> String {
    let here = absolute(Path::new("."));
    let below = |root: &Path| here.strip_prefix(root).map(Path::to_path_buf).ok();
    let folder = here.ancestors().find(|folder| folder.join(".git").exists()).and_then(below);
    let steps = folder.iter().flat_map(|folder| folder.components());
    steps.map(|step| format!("{}/", step.as_os_str().to_string_lossy())).collect()
}

/// Which settings file is in force for a file.
#[derive(Clone, Debug, Default)]
pub enum Lookup {
    /// The nearest one upwards, up to the root of the git repository.
    #[default]
    Nearest,
    /// None.
    Nowhere,
    /// This one, whose patterns start at the current folder.
    At(PathBuf),
}

impl Lookup {
    /// The bytes of a settings file that it finds.
    ///
    /// # Errors
    ///
    /// A sentence about why they cannot be had.
    pub(crate) fn read(&self, settings: &Path) -> Result<Vec<u8>, String> {
        match self {
            Lookup::At(_) => read(settings),
            Lookup::Nearest | Lookup::Nowhere => read_found(settings),
        }
    }
}

/// Whether anything has this name: it need not be a file, and a link may lead nowhere. A settings file that is passed
/// over in silence would leave its user with other settings.
pub(crate) fn lies_at(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// The project that a folder belongs to.
#[derive(Clone, Debug, Default)]
pub(super) struct Project {
    /// Its root: the nearest folder upwards with a settings file, else the root of the git repository.
    pub root: Option<PathBuf>,
    /// The settings file at the root, as seen from the current folder.
    settings: Option<PathBuf>,
}

/// Projects by folder.
#[derive(Debug)]
pub(crate) struct Projects {
    lookup: Lookup,
    known: HashMap<PathBuf, Project>,
}

/// The settings file that is in force for a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct InForce {
    /// Where it is.
    pub settings: PathBuf,
    /// The path of the file, as patterns in it see it.
    pub path: String,
}

impl InForce {
    /// What the settings file is called.
    pub(crate) fn name(&self) -> String {
        shown(&self.settings)
    }
}

impl Projects {
    /// Projects whose settings files are found in a certain way.
    pub(crate) fn new(lookup: Lookup) -> Projects {
        Projects { lookup, known: HashMap::new() }
    }

    /// The project that a file belongs to.
    pub(super) fn of(&mut self, file: &Path) -> &Project {
        let own = absolute(file.parent().unwrap_or(Path::new("")));
        // Most folders are known, or are in one that is.
        let mut unknown = Vec::new();
        let mut found = Project::default();
        for folder in own.ancestors() {
            if let Some(known) = self.known.get(folder) {
                found = known.clone();
                break;
            }
            unknown.push(folder.to_path_buf());
            let settings = SETTINGS_FILES.iter().map(|name| folder.join(name)).find(|path| lies_at(path));
            if settings.is_some() || folder.join(".git").exists() {
                let settings = settings.map(|path| from_here(&path));
                found = Project { root: Some(folder.to_path_buf()), settings };
                break;
            }
        }
        self.known.extend(unknown.into_iter().map(|folder| (folder, found.clone())));
        &self.known[&own]
    }

    /// The settings file that is in force for a file.
    pub(crate) fn in_force(&mut self, file: &Path) -> Option<InForce> {
        match &self.lookup {
            Lookup::Nowhere => None,
            Lookup::At(path) => {
                let settings = path.clone();
                Some(InForce { settings, path: shown(&from_here(&absolute(file))) })
            }
            Lookup::Nearest => {
                let Project { root: Some(root), settings: Some(settings) } = self.of(file) else {
                    return None;
                };
                let path = absolute(file);
                let path = shown(path.strip_prefix(root).unwrap_or(&path));
                Some(InForce { settings: settings.clone(), path })
            }
        }
    }
}
