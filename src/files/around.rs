//! What lies around the files of a run, and may be what their documents refer to.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::paths::{Roots, absolute, folder_of, from_here, is_candidate, is_candidate_entry, shown, walk};
use super::{Files, PATHS_GIVEN};
use crate::source::{Around, Input, Reach};

/// How many files and folders of a project are looked at for what the linted files refer to.
const MOST_ENTRIES: usize = 20_000;
/// How many files of a project are read for that.
const MOST_FILES: usize = 2_000;
/// The size, in bytes, of the largest file that is read for that.
const MOST_BYTES: u64 = 1 << 20;

impl Files {
    /// Finds the files around the inputs: in their folders; then, if that is wanted, in their
    /// projects, as far as those have not been walked.
    pub(super) fn look_around(&self, reach: Reach) -> Around {
        let standard_input = self.standard_input.as_ref().map(|(at, _)| *at);
        let listed = || self.inputs.iter().enumerate().filter(|(at, _)| Some(*at) != standard_input);
        let mut seen: HashSet<PathBuf> =
            listed().map(|(_, input)| absolute(Path::new(&input.name))).collect();
        let folders: BTreeSet<&str> = listed().map(|(_, input)| input.folder.as_str()).collect();
        let mut around = Around::default();
        let mut roots = Roots::default();
        let mut add = |path: PathBuf, name: String, around: &mut Around| {
            let is_small = |path: &Path| fs::metadata(path).is_ok_and(|data| data.len() <= MOST_BYTES);
            if !seen.contains(&path) && is_small(&path) {
                let folder = folder_of(Path::new(&name));
                let project = roots.of(&path);
                around.inputs.push(Input { name, folder, project, named: false });
                seen.insert(path);
            }
        };
        for folder in &folders {
            let here = Path::new(folder);
            if self.has_walked(&absolute(here)) {
                continue;
            }
            let entries = fs::read_dir(absolute(here)).into_iter().flatten().flatten();
            let is_file = |entry: &fs::DirEntry| entry.file_type().is_ok_and(|kind| kind.is_file());
            let names = entries.filter(is_file).map(|entry| entry.file_name().to_string_lossy().into_owned());
            let names: BTreeSet<String> = names.filter(|name| is_candidate(name)).collect();
            for name in names {
                let path = here.join(name);
                add(absolute(&path), shown(&path), &mut around);
            }
        }
        if reach == Reach::Folder {
            return around;
        }
        let by_path: HashMap<PathBuf, &str> =
            folders.iter().map(|folder| (absolute(Path::new(folder)), *folder)).collect();
        let projects: BTreeSet<&str> = listed().filter_map(|(_, input)| input.project.as_deref()).collect();
        for project in projects {
            let root = Path::new(project);
            if project == PATHS_GIVEN || self.has_walked(root) {
                continue;
            }
            let before = around.inputs.len();
            for (at, entry) in walk(root).flatten().enumerate() {
                if at == MOST_ENTRIES || around.inputs.len() - before == MOST_FILES {
                    around.unseen.push(project.to_owned());
                    break;
                }
                if is_candidate_entry(&entry) {
                    let path = entry.into_path();
                    let name = path.file_name().unwrap_or_default();
                    let beside = path.parent().and_then(|folder| by_path.get(folder));
                    let name = beside
                        .map_or_else(|| from_here(&path), |folder| shown(&Path::new(folder).join(name)));
                    add(path, name, &mut around);
                }
            }
        }
        around
    }

    fn has_walked(&self, folder: &Path) -> bool {
        self.walked.iter().any(|walked| folder.starts_with(walked))
    }
}
