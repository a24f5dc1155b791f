//! What lies around the files of a run, and may be what their documents refer to.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ffi::OsString;
use std::fs::{self, DirEntry, File, Metadata};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::folder::{Beginning, Belonging, Latest, Location, name_of};
use super::origin::{Identity, Origin};
use super::paths::{
    Breadth, Projects, absolute, cannot_be_searched, folder_of, from_here, is_candidate_entry, shown,
    text_of, walk,
};
use super::reason::reason;
use super::{Files, one_for_all};
use crate::input::{is_candidate, is_terraform, is_terraform_values, shows_ecs_words};
use crate::inputs::{Around, Input, Reach, Remark, Role};
use crate::parse::may_read_files;
use crate::source::SourceId;

/// How many files and folders of a project are looked at.
const MOST_ENTRIES: usize = 20_000;
/// How many files of a folder, or of a project, are read.
const MOST_FILES: usize = 2_000;
/// The size, in bytes, of the largest file that is read.
const MOST_BYTES: u64 = 1 << 20;
/// How many folders above one are searched for a module, if nothing tells where the project begins.
const MOST_ABOVE: usize = 3;
/// How many folders are held open at most. A system may allow a program no more than 256 open files.
const MOST_OPEN: usize = 16;
/// A folder with fewer files is not held open.
const FILES_TO_OPEN: usize = 8;
/// How much of a larger one is looked at, to see whether it may hold a document.
const BEGINNING: u64 = 64 << 10;

/// What follows from a limit, and what to do about it.
const REST: &str = "so the rest was not searched for related documents";
const NAME_ALL: &str = "name every file that belongs together";
const MARK: &str =
    "lint the whole project, or put an empty `ecs-lint.toml` in the folder that contains them all";
const TOO_LARGE: &str =
    "over 1 MiB, so it was not searched for related documents: if it contains any, name it too";

/// What lies around the files of a run.
#[derive(Debug, Default)]
pub(super) struct Surroundings {
    pub around: Around,
    /// Where the bytes of each input come from.
    pub origins: HashMap<SourceId, Origin>,
    /// What was not looked at.
    pub notices: Vec<Remark>,
}

impl Surroundings {
    /// Reads an input.
    ///
    /// # Errors
    ///
    /// What it is called, and why it cannot be read.
    pub(super) fn read(&self, id: SourceId) -> Result<Vec<u8>, Remark> {
        self.origins[&id].read().map_err(|why| {
            let input = self.around.inputs.iter().find(|input| input.id == id);
            let reason = format!("{why}, so it was not searched for related documents");
            Remark::new(input.map_or("", |input| &input.name), reason)
        })
    }
}

impl Files {
    /// Finds the files around the inputs: in their folders; the workflows of their repositories; the modules above
    /// them; then, if that is wanted, in their projects, as far as those have not been walked.
    pub(super) fn look_around(&self, reach: Reach) -> Surroundings {
        let mut search = Search {
            asked: self.inputs.len(),
            seen: self.known.keys().cloned().collect(),
            folders: &self.folders,
            projects: Projects::new(self.lookup.clone()),
            latest: Latest::default(),
            open_folders: 0,
            large: Vec::new(),
            found: Surroundings::default(),
        };
        let has_walked = |folder: &Path| folder.ancestors().any(|folder| self.walked.contains(folder));
        let files = || {
            self.inputs.iter().zip(&self.origins).filter_map(|(input, origin)| Some((input, origin.file()?)))
        };
        // In the order in which people would list them.
        let mut folders: BTreeMap<&str, PathBuf> = BTreeMap::new();
        for (input, path) in files() {
            let absolute = || absolute(path.parent().unwrap_or(Path::new("")));
            folders.entry(input.folder.as_str()).or_insert_with(absolute);
        }
        for folder in folders.values().filter(|folder| !has_walked(folder)) {
            search.see_folder(folder);
        }
        let workflows: BTreeSet<PathBuf> =
            folders.values().flat_map(|folder| workflows_for(folder)).collect();
        let is_left = |folder: &&PathBuf| !has_walked(folder) && folders.values().all(|own| own != *folder);
        for folder in workflows.iter().filter(is_left) {
            search.see_folder(folder);
        }
        if reach == Reach::Folder {
            let above: BTreeSet<&Path> = folders.values().flat_map(|folder| self.above(folder)).collect();
            for folder in above.into_iter().map(Path::to_path_buf).filter(|folder| is_left(&folder)) {
                search.see_module(&folder);
            }
        }
        if reach == Reach::Project {
            for root in self.roots.values().filter(|root| !has_walked(root)) {
                search.see_project(root);
            }
        }
        search.found.notices.extend(one_for_all(&search.large, TOO_LARGE));
        search.found
    }

    /// The folders above a folder, as far as its project reaches.
    fn above<'a>(&self, folder: &'a Path) -> impl Iterator<Item = &'a Path> {
        let is_root = |above: &Path| self.roots.values().any(|root| root == above);
        let all = folder.ancestors();
        let most = all.clone().position(is_root).unwrap_or(MOST_ABOVE);
        all.take(most + 1).skip(1)
    }
}

/// The folders of the workflows that may deploy what is in a folder, and of the actions that these use.
fn workflows_for(folder: &Path) -> Vec<PathBuf> {
    let Some(root) = folder.ancestors().find(|folder| folder.join(".git").exists()) else {
        return Vec::new();
    };
    let entries = fs::read_dir(root.join(".github/actions"));
    let actions = entries.into_iter().flatten().flatten().map(|entry| entry.path());
    let is_action =
        |folder: &PathBuf| ["action.yml", "action.yaml"].iter().any(|name| folder.join(name).is_file());
    let workflows = Some(root.join(".github/workflows")).filter(|folder| folder.is_dir());
    workflows.into_iter().chain(actions.filter(is_action).take(MOST_FILES)).collect()
}

/// A search around some files.
struct Search<'f> {
    /// How many files were asked for.
    asked: usize,
    /// What has been seen.
    seen: HashSet<Identity>,
    /// How the user writes the folders of the files.
    folders: &'f HashMap<PathBuf, String>,
    projects: Projects,
    /// What is known of the folder of the latest file.
    latest: Latest<Here>,
    /// How many folders are held open.
    open_folders: usize,
    /// The files that are too large and may hold a document.
    large: Vec<String>,
    found: Surroundings,
}

/// What the files of a folder have in common.
#[derive(Debug)]
struct Here {
    location: Location,
    /// The folder as the user writes it.
    folder: String,
    /// The names of its files.
    names: Beginning,
    belonging: Belonging,
}

impl Search<'_> {
    /// Sees the files of a folder, by its absolute path.
    fn see_folder(&mut self, folder: &Path) {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries.flatten(),
            Err(error) => {
                let why =
                    format!("{}, so this folder was not searched for related documents", reason(&error));
                let rest = self.input(&folder.join("*"));
                return self.leave(rest, folder, why);
            }
        };
        self.see_files(folder, &files_of(entries, is_candidate));
    }

    /// Sees the files of the Terraform module in a folder, by its absolute path, if these read other files: those of
    /// the folders below most of all.
    fn see_module(&mut self, folder: &Path) {
        // Whoever may not look into the folder does not run Terraform in it.
        let Ok(entries) = fs::read_dir(folder) else { return };
        let files = files_of(entries.flatten(), |name| is_terraform(name) || is_terraform_values(name));
        let reads_files = |(_, entry): &(OsString, DirEntry)| {
            let is_small = entry.metadata().is_ok_and(|data| data.len() <= MOST_BYTES);
            is_small
                && fs::read(entry.path()).is_ok_and(|text| may_read_files(&String::from_utf8_lossy(&text)))
        };
        if files.iter().any(reads_files) {
            self.see_files(folder, &files);
        }
    }

    /// Sees some files of a folder.
    fn see_files(&mut self, folder: &Path, files: &[(OsString, DirEntry)]) {
        let opened = self.open(folder, files.len());
        for (at, (name, entry)) in files.iter().enumerate() {
            let path = folder.join(name);
            if at == MOST_FILES {
                let why = format!("this folder has more than 2,000 JSON files, {REST}: {NAME_ALL}");
                let rest = self.input(&path);
                return self.leave(rest, folder, why);
            }
            if let Ok(data) = entry.metadata() {
                self.add(path, &data, opened.as_ref());
            }
        }
    }

    /// Opens a folder from which so many files will be read, if that is worth it.
    fn open(&mut self, folder: &Path, files: usize) -> Option<Arc<File>> {
        if self.open_folders == MOST_OPEN || files < FILES_TO_OPEN {
            return None;
        }
        self.open_folders += 1;
        File::open(folder).ok().map(Arc::new)
    }

    /// Sees the files of a project, by its absolute path.
    fn see_project(&mut self, root: &Path) {
        if let Some(why) = cannot_be_searched(root) {
            let why = why.replace("searched", "searched for related documents");
            let rest = self.input(&root.join("*"));
            return self.leave(rest, root, why);
        }
        let before = self.found.origins.len();
        for (at, entry) in walk(root, Breadth::Own).entries.flatten().enumerate() {
            let is_full = self.found.origins.len() - before == MOST_FILES;
            if at == MOST_ENTRIES || is_full {
                let most = if is_full { "2,000 JSON files" } else { "20,000 files and folders" };
                let why = format!("this project has more than {most}, {REST}: {MARK}");
                // It may lie anywhere in the project, and in none of the folders that were seen.
                let name = text_of(root.as_os_str()).into_owned();
                let (folder, project) = (name.clone(), Some(name.clone()));
                let (path, location, role) = (name.clone(), name.clone(), Role::Around);
                let id = self.next_id();
                let rest = Input { id, name, location, folder, project, settings: None, path, role };
                return self.leave(rest, root, why);
            }
            if is_candidate_entry(&entry)
                && let Ok(data) = entry.metadata()
            {
                self.add(entry.into_path(), &data, None);
            }
        }
    }

    /// Adds a file by its absolute path, and its folder if that is held open.
    fn add(&mut self, path: PathBuf, data: &Metadata, folder: Option<&Arc<File>>) {
        if !self.seen.insert(Identity::of(&path, data)) {
            return;
        }
        let input = self.input(&path);
        if data.len() <= MOST_BYTES {
            self.found.origins.insert(input.id, Origin::at(path, data).within(folder));
            self.found.around.inputs.push(input);
        } else if may_hold_document(&path) {
            self.found.around.unseen.push(input);
            self.large.push(shown(&from_here(&path)));
        }
    }

    /// Leaves out what an input stands for. `path` is what to call it.
    fn leave(&mut self, rest: Input, path: &Path, why: String) {
        self.found.around.unseen.push(rest);
        self.found.notices.push(Remark::new(shown(&from_here(path)), why));
    }

    fn input(&mut self, path: &Path) -> Input {
        let id = self.next_id();
        let Here { location, folder, names, belonging } = self.latest.of(path, |absolute| {
            let written = self.folders.get(absolute).map_or_else(|| from_here(absolute), PathBuf::from);
            Here {
                location: Location::of(absolute),
                folder: folder_of(&written.join("file")),
                names: Beginning::of(&written),
                belonging: Belonging::of(path, &mut self.projects),
            }
        });
        let file = name_of(path);
        let (name, location) = (names.path(&file), location.files.path(&file));
        let (settings, path) = match &belonging.settings {
            Some((settings, paths)) => (Some(shown(settings)), paths.path(&file)),
            None => (None, name.clone()),
        };
        let project = belonging.project.as_ref().map(|root| text_of(root.as_os_str()).into_owned());
        let (folder, role) = (folder.clone(), Role::Around);
        Input { id, name, location, folder, project, settings, path, role }
    }

    /// The key of the next input: it counts on from those that were asked for.
    fn next_id(&self) -> SourceId {
        let Around { inputs, unseen } = &self.found.around;
        SourceId((self.asked + inputs.len() + unseen.len()) as u32)
    }
}

/// The files of a folder whose names are wanted, in the order of these.
fn files_of(
    entries: impl Iterator<Item = DirEntry>,
    is_wanted: impl Fn(&str) -> bool,
) -> Vec<(OsString, DirEntry)> {
    let files = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
    let named = files.map(|entry| (entry.file_name(), entry));
    let mut files: Vec<_> = named.filter(|(name, _)| is_wanted(&name.to_string_lossy())).collect();
    files.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    files
}

/// Whether a large file may hold a document: its beginning shows the words of one.
fn may_hold_document(path: &Path) -> bool {
    let mut beginning = Vec::new();
    let read = File::open(path).and_then(|file| file.take(BEGINNING).read_to_end(&mut beginning));
    read.is_ok() && shows_ecs_words(&String::from_utf8_lossy(&beginning))
}
