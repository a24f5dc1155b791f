//! Paths, globs and standard input become inputs. The only room that touches files.

mod around;
mod paths;

use std::collections::HashMap;
use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::source::{Around, Input, Inputs, MAX_BYTES, Reach};
use paths::{Roots, absolute, folder_of, is_candidate_entry, shown, walk};

/// The name of the project of paths that nothing else makes one.
const PATHS_GIVEN: &str = "";
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
}

/// What the system says, without the number of the error, and without a path in it.
pub fn reason(error: &std::io::Error) -> String {
    let plain = match error.kind() {
        ErrorKind::NotFound => "no such file or folder",
        ErrorKind::PermissionDenied => "permission denied",
        ErrorKind::ReadOnlyFilesystem => "the file system is read-only",
        ErrorKind::StorageFull => "no space left on the device",
        ErrorKind::QuotaExceeded => "the disk quota is exceeded",
        _ => "",
    };
    if !plain.is_empty() {
        return plain.to_owned();
    }
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_lowercase().chain(letters).collect())
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
