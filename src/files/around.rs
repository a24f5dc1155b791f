//! What lies around the files of a run, and may be what their documents refer to.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::paths::{Roots, absolute, folder_of, from_here, is_candidate, is_candidate_entry, shown, walk};
use super::{Files, PATHS_GIVEN};
use crate::source::{Around, Input, Reach};

/// How many files and folders of a project are looked at.
const MOST_ENTRIES: usize = 20_000;
/// How many files of a folder, or of a project, are read.
const MOST_FILES: usize = 2_000;
/// The size, in bytes, of the largest file that is read.
const MOST_BYTES: u64 = 1 << 20;

impl Files {
    /// Finds the files around the inputs: in their folders; then, if that is wanted, in their
    /// projects, as far as those have not been walked.
    pub(super) fn look_around(&self, reach: Reach) -> Around {
        let standard_input = self.standard_input.as_ref().map(|(at, _)| *at);
        let inputs = self.inputs.iter().enumerate().filter(|(at, _)| Some(*at) != standard_input);
        let inputs: Vec<&Input> = inputs.map(|(_, input)| input).collect();
        let mut look = Look::from(&inputs);
        let has_walked = |folder: &Path| self.walked.iter().any(|walked| folder.starts_with(walked));
        let folders: BTreeSet<&str> = inputs.iter().map(|input| input.folder.as_str()).collect();
        for folder in folders.iter().filter(|folder| !has_walked(&absolute(Path::new(folder)))) {
            look.see_folder(folder);
        }
        if reach == Reach::Project {
            let marked = inputs.iter().filter_map(|input| input.project.as_deref());
            let projects: BTreeSet<&str> = marked.filter(|project| *project != PATHS_GIVEN).collect();
            for project in projects.into_iter().filter(|project| !has_walked(Path::new(project))) {
                look.see_project(project);
            }
        }
        look.around
    }
}

/// A look around some files.
struct Look<'i> {
    /// The absolute paths of what has been seen.
    seen: HashSet<PathBuf>,
    /// How the user writes the folders of the files.
    folders: HashMap<PathBuf, &'i str>,
    roots: Roots,
    around: Around,
}

impl<'i> Look<'i> {
    fn from(inputs: &[&'i Input]) -> Look<'i> {
        Look {
            seen: inputs.iter().map(|input| absolute(Path::new(&input.name))).collect(),
            folders: inputs
                .iter()
                .map(|input| (absolute(Path::new(&input.folder)), input.folder.as_str()))
                .collect(),
            roots: Roots::default(),
            around: Around::default(),
        }
    }

    fn see_folder(&mut self, folder: &str) {
        let path = absolute(Path::new(folder));
        let entries = fs::read_dir(&path).into_iter().flatten().flatten();
        let files = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
        let names = files.map(|entry| entry.file_name().to_string_lossy().into_owned());
        let names: BTreeSet<String> = names.filter(|name| is_candidate(name)).collect();
        for (at, name) in names.iter().enumerate() {
            if at == MOST_FILES {
                return self.leave(folder.to_owned(), &path.join(name));
            }
            self.add(path.join(name));
        }
    }

    fn see_project(&mut self, root: &str) {
        let before = self.around.inputs.len();
        for (at, entry) in walk(Path::new(root)).flatten().enumerate() {
            if at == MOST_ENTRIES || self.around.inputs.len() - before == MOST_FILES {
                let folder = root.to_owned();
                return self.leave(folder, entry.path());
            }
            if is_candidate_entry(&entry) {
                self.add(entry.into_path());
            }
        }
    }

    /// Adds a file by its absolute path.
    fn add(&mut self, path: PathBuf) {
        let is_small = |path: &Path| fs::metadata(path).is_ok_and(|data| data.len() <= MOST_BYTES);
        if self.seen.contains(&path) || !is_small(&path) {
            return;
        }
        let input = self.input(&path);
        self.around.inputs.push(input);
        self.seen.insert(path);
    }

    /// Leaves the rest of a folder or a project, which begins at a path.
    fn leave(&mut self, folder: String, path: &Path) {
        let rest = Input { folder, ..self.input(path) };
        self.around.unseen.push(rest);
    }

    fn input(&mut self, path: &Path) -> Input {
        let beside = path.parent().and_then(|folder| self.folders.get(folder));
        let file = path.file_name().unwrap_or_default();
        let name = beside.map_or_else(|| from_here(path), |folder| shown(&Path::new(folder).join(file)));
        Input { folder: folder_of(Path::new(&name)), name, project: self.roots.of(path), named: false }
    }
}
