//! What the files of a folder have in common. Most files are in the folder of the one before them, and it takes time to
//! ask the system where that is.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use super::paths::{Projects, absolute, shown, text_of};

/// What the paths of the files in a folder begin with: the name of a file is all that follows.
#[derive(Debug)]
pub(super) struct Beginning(String);

impl Beginning {
    pub(super) fn of(folder: &Path) -> Beginning {
        let folder = shown(folder);
        Beginning(match folder.as_str() {
            "." => String::new(),
            folder if folder.ends_with('/') => folder.to_owned(),
            folder => format!("{folder}/"),
        })
    }

    /// The path of a file in the folder, by its [name](name_of).
    pub(super) fn path(&self, name: &str) -> String {
        match self.0.as_str() {
            "" => shown(Path::new(name)),
            beginning => [beginning, name].concat(),
        }
    }
}

/// The name of a file, as text.
pub(super) fn name_of(file: &Path) -> Cow<'_, str> {
    text_of(file.file_name().unwrap_or_default())
}

/// Where a folder is.
#[derive(Debug)]
pub(super) struct Location {
    pub absolute: PathBuf,
    /// The absolute paths of its files.
    pub files: Beginning,
}

impl Location {
    pub(super) fn of(folder: &Path) -> Location {
        let absolute = absolute(folder);
        Location { files: Beginning::of(&absolute), absolute }
    }
}

/// What a folder belongs to.
#[derive(Debug)]
pub(super) struct Belonging {
    /// The root of its project.
    pub project: Option<PathBuf>,
    /// The settings file that is in force, and the paths of the files as patterns in it see them.
    pub settings: Option<(PathBuf, Beginning)>,
}

impl Belonging {
    /// What the folder of a file belongs to.
    pub(super) fn of(file: &Path, projects: &mut Projects) -> Belonging {
        let project = projects.of(file).root.clone();
        let settings = projects.in_force(file).map(|in_force| {
            let folder = Path::new(&in_force.path).parent().unwrap_or(Path::new(""));
            (in_force.settings, Beginning::of(folder))
        });
        Belonging { project, settings }
    }
}

/// What is known of the folder of the latest file.
#[derive(Debug)]
pub(super) struct Latest<T>(Option<(PathBuf, T)>);

impl<T> Default for Latest<T> {
    fn default() -> Latest<T> {
        Latest(None)
    }
}

impl<T> Latest<T> {
    /// What is known of the folder of a file: `find` finds it if the latest file was in another one.
    pub(super) fn of(&mut self, file: &Path, find: impl FnOnce(&Path) -> T) -> &T {
        let folder = file.parent().unwrap_or(Path::new(""));
        let found = match self.0.take() {
            // Not equal as paths are, which takes longer.
            Some((known, found)) if known.as_os_str() == folder.as_os_str() => (known, found),
            _ => (folder.to_path_buf(), find(folder)),
        };
        &self.0.insert(found).1
    }
}
