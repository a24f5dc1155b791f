//! Paths, globs and standard input become inputs. The only room that touches files.

use std::collections::HashMap;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use crate::source::{Input, Inputs, MAX_BYTES};

/// Folders that nobody's own documents lie in.
const LEFT_OUT: &[&str] = &[".git", "node_modules", "target", ".terraform", "cdk.out"];
/// The file that marks the root of a project.
const CONFIG: &str = "ecs-lint.toml";
/// Characters that make a path a pattern.
const PATTERN: [char; 3] = ['*', '?', '['];

/// The files of a run.
#[derive(Debug, Default)]
pub struct Files {
    inputs: Vec<Input>,
    /// The bytes of standard input, which can be read only once.
    standard_input: Option<(usize, Vec<u8>)>,
    /// What was asked for and cannot be had: name, and why.
    pub failures: Vec<(String, String)>,
}

impl Files {
    /// Finds the files that paths and patterns name. `-` is standard input, under the given name.
    pub fn find(paths: &[String], standard_input_name: &str) -> Files {
        let mut files = Files::default();
        let mut roots = Roots::default();
        for path in paths {
            if path == "-" {
                files.read_standard_input(standard_input_name);
            } else if Path::new(path).is_dir() {
                files.walk(Path::new(path), &mut roots);
            } else if Path::new(path).exists() {
                files.add(Path::new(path), None, true);
            } else if path.contains(PATTERN) {
                files.expand(path, &mut roots);
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
                    kept.project = kept.project.take().or(input.project);
                }
                None => {
                    seen.insert(input.name.clone(), kept.len());
                    kept.push(input);
                }
            }
        }
        files.inputs = kept;
        files
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

    fn walk(&mut self, root: &Path, roots: &mut Roots) {
        let mut walk = WalkBuilder::new(root);
        walk.hidden(false).require_git(false).sort_by_file_path(|left, right| left.cmp(right));
        walk.filter_entry(|entry| {
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            entry.depth() == 0 || !is_folder || !LEFT_OUT.iter().any(|name| entry.file_name() == *name)
        });
        for entry in walk.build() {
            match entry {
                Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                    if is_candidate(&entry.file_name().to_string_lossy()) {
                        let project = roots.of(entry.path(), root);
                        self.add(entry.path(), Some(project), false);
                    }
                }
                Ok(_) => {}
                Err(error) => self.failures.push((shown(root), error.to_string())),
            }
        }
    }

    fn expand(&mut self, pattern: &str, roots: &mut Roots) {
        let paths = match glob::glob(pattern) {
            Ok(paths) => paths,
            Err(error) => {
                return self.failures.push((pattern.to_owned(), format!("no valid pattern: {error}")));
            }
        };
        let before = self.inputs.len();
        for path in paths.flatten() {
            if path.is_dir() {
                self.walk(&path, roots);
            } else {
                let beside = path.parent().unwrap_or(Path::new("."));
                let project = roots.of(&path, beside);
                self.add(&path, Some(project), false);
            }
        }
        if self.inputs.len() == before {
            self.failures.push((pattern.to_owned(), "no file matches this pattern".to_owned()));
        }
    }

    fn add(&mut self, path: &Path, project: Option<String>, named: bool) {
        let name = shown(path);
        let folder = folder_of(Path::new(&name));
        self.inputs.push(Input { name, folder, project, named });
    }
}

impl Inputs for Files {
    fn list(&self) -> &[Input] {
        &self.inputs
    }

    fn read(&self, position: usize) -> Result<Vec<u8>, String> {
        if let Some((at, bytes)) = &self.standard_input
            && *at == position
        {
            return Ok(bytes.clone());
        }
        let bytes = fs::read(&self.inputs[position].name).map_err(|error| error.to_string())?;
        if bytes.len() > MAX_BYTES { Err("it is larger than 4 GiB".to_owned()) } else { Ok(bytes) }
    }
}

/// Whether a name is that of a file that may hold JSON, or a template of it.
fn is_candidate(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    [".json", ".jsonc", ".json5"].iter().any(|end| lower.ends_with(end)) || lower.contains(".json.")
}

/// A path as the user would write it: without `./`, and with `/` between folders.
fn shown(path: &Path) -> String {
    let path = path.strip_prefix(".").unwrap_or(path);
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace('\\', "/") }
}

fn folder_of(path: &Path) -> String {
    path.parent().map(|folder| folder.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The roots of projects, by folder: the nearest folder upwards with a configuration, else the
/// root of the git repository, else the folder that was given.
#[derive(Default)]
struct Roots {
    known: HashMap<PathBuf, String>,
}

impl Roots {
    fn of(&mut self, file: &Path, given: &Path) -> String {
        let folder = file.parent().unwrap_or(Path::new("")).to_path_buf();
        if let Some(root) = self.known.get(&folder) {
            return root.clone();
        }
        let full = std::path::absolute(&folder).unwrap_or_else(|_| folder.clone());
        let marked = |mark: &str| full.ancestors().find(|folder| folder.join(mark).exists());
        let root = marked(CONFIG).or_else(|| marked(".git")).unwrap_or(given).to_string_lossy().into_owned();
        self.known.insert(folder, root.clone());
        root
    }
}
