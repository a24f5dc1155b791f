//! Paths, globs and standard input become inputs. The only room that touches files.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs;
use std::io::{Read, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::OnceLock;

use ignore::{DirEntry, Walk, WalkBuilder};

use crate::input::is_ecspresso_yaml;
use crate::source::{Around, Input, Inputs, MAX_BYTES, Reach};

/// Folders that nobody's own documents lie in.
const LEFT_OUT: &[&str] = &[".git", "node_modules", "target", ".terraform", "cdk.out"];
/// The file that marks the root of a project.
const CONFIG: &str = "ecs-lint.toml";
/// The name of the project of paths that nothing else makes one.
const PATHS_GIVEN: &str = "";
/// How many files and folders of a project are looked at for what the linted files refer to.
const MOST_ENTRIES: usize = 20_000;
/// How many files of a project are read for that.
const MOST_FILES: usize = 2_000;
/// The size, in bytes, of the largest file that is read for that.
const MOST_BYTES: u64 = 1 << 20;
/// Characters that make a path a pattern.
const PATTERN: [char; 3] = ['*', '?', '['];

/// The files of a run.
#[derive(Debug, Default)]
pub struct Files {
    inputs: Vec<Input>,
    /// The folders of which every file is among the inputs.
    walked: Vec<PathBuf>,
    around: OnceLock<Around>,
    /// The bytes of standard input, which can be read only once.
    standard_input: Option<(usize, Vec<u8>)>,
    /// What was asked for and cannot be had: name, and why.
    pub failures: Vec<(String, String)>,
}

impl Files {
    /// Finds the files that paths and patterns name. `-` is standard input, under the given name.
    pub fn find(paths: &[String], standard_input_name: &str) -> Files {
        let mut files = Files::default();
        for path in paths {
            if path == "-" {
                files.read_standard_input(standard_input_name);
            } else if Path::new(path).is_dir() {
                files.walk(Path::new(path));
            } else if Path::new(path).exists() {
                files.add(Path::new(path), true);
            } else if path.contains(PATTERN) {
                files.expand(path);
            } else {
                files.failures.push((path.clone(), "no such file or folder".to_owned()));
            }
        }
        // A file that was named twice, or named and walked, is linted once.
        let mut seen = HashMap::new();
        let mut kept: Vec<Input> = Vec::new();
        for input in std::mem::take(&mut files.inputs) {
            match seen.get(&input.name) {
                Some(&at) => {
                    let kept: &mut Input = &mut kept[at];
                    kept.named |= input.named;
                }
                None => {
                    seen.insert(input.name.clone(), kept.len());
                    kept.push(input);
                }
            }
        }
        files.inputs = kept;
        files.find_projects(paths.len() > 1);
        files
    }

    /// Says which project each file belongs to.
    fn find_projects(&mut self, several_paths: bool) {
        let mut roots = Roots::default();
        let standard_input = self.standard_input.as_ref().map(|(at, _)| *at);
        for (at, input) in self.inputs.iter_mut().enumerate() {
            if Some(at) != standard_input {
                let given = (several_paths || !input.named).then(|| PATHS_GIVEN.to_owned());
                input.project = roots.of(Path::new(&input.name)).or(given);
            }
        }
    }

    /// Whether an input is standard input, which cannot be written.
    pub fn is_standard_input(&self, position: usize) -> bool {
        self.standard_input.as_ref().is_some_and(|(at, _)| *at == position)
    }

    /// Writes another text into the file of an input, all of it or nothing: it is written beside
    /// the file first and then takes its place. Links are followed; permissions stay.
    ///
    /// # Errors
    ///
    /// Why it cannot be written.
    pub fn write(&self, position: usize, text: &str) -> std::io::Result<()> {
        let path = fs::canonicalize(&self.inputs[position].name)?;
        let folder = path.parent().unwrap_or(Path::new("."));
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(text.as_bytes())?;
        file.as_file().set_permissions(fs::metadata(&path)?.permissions())?;
        file.as_file().sync_all()?;
        file.persist(&path)?;
        Ok(())
    }

    fn read_standard_input(&mut self, name: &str) {
        let mut bytes = Vec::new();
        match std::io::stdin().read_to_end(&mut bytes) {
            Ok(_) => {
                self.standard_input = Some((self.inputs.len(), bytes));
                let folder = folder_of(Path::new(name));
                self.inputs.push(Input { name: name.to_owned(), folder, project: None, named: true });
            }
            Err(error) => self.failures.push(("-".to_owned(), error.to_string())),
        }
    }

    fn walk(&mut self, root: &Path) {
        for entry in walk(root) {
            match entry {
                Ok(entry) if is_candidate_entry(&entry) => self.add(entry.path(), false),
                Ok(_) => {}
                Err(error) => self.failures.push((shown(root), error.to_string())),
            }
        }
        self.walked.push(absolute(root));
    }

    fn expand(&mut self, pattern: &str) {
        let paths = match glob::glob(pattern) {
            Ok(paths) => paths,
            Err(error) => {
                return self.failures.push((pattern.to_owned(), format!("no valid pattern: {error}")));
            }
        };
        let before = self.inputs.len();
        for path in paths.flatten() {
            if path.is_dir() {
                self.walk(&path);
            } else {
                self.add(&path, false);
            }
        }
        if self.inputs.len() == before {
            self.failures.push((pattern.to_owned(), "no file matches this pattern".to_owned()));
        }
    }

    fn add(&mut self, path: &Path, named: bool) {
        let name = shown(path);
        let folder = folder_of(Path::new(&name));
        self.inputs.push(Input { name, folder, project: None, named });
    }

    /// Finds the files around the inputs: in their folders; then, if that is wanted, in their
    /// projects, as far as those have not been walked.
    fn look_around(&self, reach: Reach) -> Around {
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

impl Inputs for Files {
    fn list(&self) -> &[Input] {
        &self.inputs
    }

    fn around(&self, reach: Reach) -> &Around {
        self.around.get_or_init(|| self.look_around(reach))
    }

    fn read(&self, position: usize) -> Result<Vec<u8>, String> {
        if let Some((at, bytes)) = &self.standard_input
            && *at == position
        {
            return Ok(bytes.clone());
        }
        let around = || &self.around.get().expect("who reads from around has asked for it").inputs;
        let input = self.inputs.get(position).unwrap_or_else(|| &around()[position - self.inputs.len()]);
        let bytes = fs::read(&input.name).map_err(|error| error.to_string())?;
        if bytes.len() > MAX_BYTES { Err("it is larger than 4 GiB".to_owned()) } else { Ok(bytes) }
    }
}

/// Walks a folder in the order of the paths, without what git ignores.
fn walk(root: &Path) -> Walk {
    let mut walk = WalkBuilder::new(root);
    walk.hidden(false).require_git(false).sort_by_file_path(|left, right| left.cmp(right));
    walk.filter_entry(|entry| {
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        entry.depth() == 0 || !is_folder || !LEFT_OUT.iter().any(|name| entry.file_name() == *name)
    });
    walk.build()
}

fn is_candidate_entry(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_file()) && is_candidate(&entry.file_name().to_string_lossy())
}

/// Whether a name is that of a file that may hold JSON, or a template of it; or of the
/// configuration of ecspresso, which says what belongs together.
fn is_candidate(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let is_json = [".json", ".jsonc", ".json5"].iter().any(|end| lower.ends_with(end));
    is_json || lower.contains(".json.") || is_ecspresso_yaml(&lower)
}

/// A path as the user would write it: without `./`, and with `/` between folders.
fn shown(path: &Path) -> String {
    let path = path.strip_prefix(".").unwrap_or(path);
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace('\\', "/") }
}

/// An absolute path as seen from the current folder.
fn from_here(path: &Path) -> String {
    let here = absolute(Path::new("."));
    let common = here.components().zip(path.components()).take_while(|(left, right)| left == right).count();
    let up = std::iter::repeat_n(Component::ParentDir, here.components().count() - common);
    shown(&up.chain(path.components().skip(common)).collect::<PathBuf>())
}

/// An absolute path without `.` and `..`.
fn absolute(path: &Path) -> PathBuf {
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

fn folder_of(path: &Path) -> String {
    path.parent().map(|folder| folder.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The roots of projects, by folder: the nearest folder upwards with a configuration, else the
/// root of the git repository.
#[derive(Default)]
struct Roots {
    known: HashMap<PathBuf, Option<String>>,
}

impl Roots {
    fn of(&mut self, file: &Path) -> Option<String> {
        let folder = absolute(file.parent().unwrap_or(Path::new("")));
        if let Some(root) = self.known.get(&folder) {
            return root.clone();
        }
        let marked = |mark: &str| folder.ancestors().find(|folder| folder.join(mark).exists());
        let root = marked(CONFIG).or_else(|| marked(".git"));
        let root = root.map(|root| root.to_string_lossy().into_owned());
        self.known.insert(folder, root.clone());
        root
    }
}
