//! Paths, globs and standard input become inputs. The only room that touches files.

mod around;
mod folder;
mod git;
mod ignoring;
mod listed;
mod named;
mod origin;
mod paths;
mod pattern;
mod reason;
mod replace;
mod tracked;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::inputs::{Around, Input, Inputs, Reach, Remark, Role};
use crate::source::SourceId;
use around::Surroundings;
use folder::{Belonging, Latest, Location, name_of};
pub(crate) use git::path;
use origin::{Identity, LARGEST, Origin, TOO_LARGE};
pub(crate) use origin::{create, read, read_found};
#[cfg(feature = "watch")]
pub(crate) use paths::may_matter;

use named::{MOST_SCRIPTS, is_script, may_be_template, read_script};
pub(crate) use paths::{
    Breadth, Lookup, Projects, SETTINGS_FILES, absolute, folder_in_repository, is_lost, lies_at,
};
use paths::{
    IS_GENERATED, cannot_be_searched, folder_of, is_candidate_entry, shown, text_of, walk, walk_failure,
};
use pattern::Matches;
pub(crate) use pattern::is_pattern;
pub(crate) use reason::reason;
pub(crate) use replace::{replace as rewrite, write_over};
use tracked::Tracked;

/// The name of the project of paths that nothing else makes one.
const PATHS_GIVEN: &str = "";

/// The files of a run. Their keys count them: first the inputs, then what lies around them.
#[derive(Debug, Default)]
pub struct Files {
    inputs: Vec<Input>,
    /// Where the bytes of each input come from.
    origins: Vec<Origin>,
    /// The inputs by what makes a file the same: one that is named twice is linted once.
    known: HashMap<Identity, usize>,
    standard_input: Option<usize>,
    /// How the user writes each folder, by its absolute path.
    folders: HashMap<PathBuf, String>,
    /// Where the folder of the latest input is.
    latest: Latest<Location>,
    /// The folders of which every file is among the inputs.
    walked: HashSet<PathBuf>,
    /// The roots of the projects of the inputs.
    roots: BTreeMap<String, PathBuf>,
    /// Which settings files are in force.
    lookup: Lookup,
    /// Which folders are searched.
    breadth: Breadth,
    /// The settings files that are in force, by the names that the inputs know them by.
    settings: BTreeMap<String, PathBuf>,
    /// What lies in the folders of the inputs, and in their projects.
    surroundings: [OnceLock<Surroundings>; 2],
    /// What was met in the folders and may be the template of a document, though its name is that of none.
    templates: Vec<PathBuf>,
    /// The scripts that were met in the folders.
    scripts: Vec<PathBuf>,
    /// The files that are too large and were not asked for by name.
    large: Vec<String>,
    /// The folders that a program has written, and that were not asked for by name.
    generated: Vec<String>,
    /// What lies around the inputs and could not be read.
    unread: Mutex<BTreeSet<Remark>>,
    /// What was asked for and cannot be had.
    pub failures: Vec<Remark>,
}

impl Files {
    /// Finds the files that paths and patterns name, and the settings that are in force for them. `-`
    /// is standard input, under the given name.
    pub fn find(paths: &[OsString], standard_input_name: &str, lookup: Lookup, breadth: Breadth) -> Files {
        let mut files = Files { lookup, breadth, ..Files::default() };
        for path in paths {
            if path == "-" {
                files.add_standard_input(standard_input_name);
                continue;
            }
            let path = Path::new(path);
            match fs::metadata(path) {
                Ok(data) if data.is_dir() => _ = files.walk(path),
                Ok(data) => files.add(path, &data, Role::Named),
                Err(_) if is_pattern(path) => files.expand(path),
                Err(error) if path.as_os_str().is_empty() => {
                    files.failures.push(Remark::new("\"\"", reason(&error)));
                }
                Err(error) => files.failures.push(Remark::new(shown(path), reason(&error))),
            }
        }
        files.add_named();
        files.find_projects(paths.len() > 1);
        files
    }

    /// Says which project each file belongs to, and which settings are in force for it.
    fn find_projects(&mut self, several_paths: bool) {
        let mut projects = Projects::new(self.lookup.clone());
        let mut latest = Latest::default();
        for (input, origin) in self.inputs.iter_mut().zip(&self.origins) {
            let file = origin.file().map_or_else(|| PathBuf::from(&input.name), Path::to_path_buf);
            let belonging: &Belonging = latest.of(&file, |_| {
                let belonging = Belonging::of(&file, &mut projects);
                self.settings.extend(belonging.settings.iter().map(|(path, _)| (shown(path), path.clone())));
                belonging
            });
            if let Some((settings, paths)) = &belonging.settings {
                (input.settings, input.path) = (Some(shown(settings)), paths.path(&name_of(&file)));
            }
            if origin.file().is_none() {
                continue;
            }
            input.project = match &belonging.project {
                Some(root) => {
                    let name = text_of(root.as_os_str()).into_owned();
                    if !self.roots.contains_key(&name) {
                        self.roots.insert(name.clone(), root.clone());
                    }
                    Some(name)
                }
                None => (several_paths || input.role != Role::Named).then(|| PATHS_GIVEN.to_owned()),
            };
        }
    }

    /// The settings files that are in force, by the names that the inputs know them by. If one is
    /// named, it is there even if nothing is linted.
    pub fn settings(&self) -> BTreeMap<String, PathBuf> {
        let mut settings = self.settings.clone();
        if let Lookup::At(path) = &self.lookup {
            settings.insert(shown(path), path.clone());
        }
        settings
    }

    /// The bytes of a settings file that is in force.
    ///
    /// # Errors
    ///
    /// A sentence about why they cannot be had.
    pub fn read_settings(&self, settings: &Path) -> Result<Vec<u8>, String> {
        self.lookup.read(settings)
    }

    /// Whether all that a settings file is in force for is among the inputs.
    pub fn hold_all_of(&self, settings: &Path) -> bool {
        let folder = match self.lookup {
            Lookup::At(_) => absolute(Path::new(".")),
            _ => absolute(settings.parent().unwrap_or(Path::new(""))),
        };
        folder.ancestors().any(|folder| self.walked.contains(folder))
    }

    /// Takes inputs for what lies around the others: nothing is reported about them.
    pub fn exclude(&mut self, is_excluded: impl Fn(&Input) -> bool) {
        for input in self.inputs.iter_mut().filter(|input| is_excluded(input)) {
            input.role = Role::Around;
        }
    }

    /// What was left out without being asked for by name, so that nobody takes it for looked at.
    pub fn notices(&self) -> Vec<Remark> {
        let large = one_for_all(&self.large, TOO_LARGE);
        let large = large.into_iter().chain(one_for_all(&self.generated, IS_GENERATED));
        let around = self.surroundings().map(|surroundings| &surroundings.notices);
        let unread = self.unread.lock().unwrap_or_else(PoisonError::into_inner);
        large.chain(around.into_iter().flatten().cloned()).chain(unread.iter().cloned()).collect()
    }

    /// Writes another text into the file of an input that still holds what was linted, all of it or
    /// nothing.
    ///
    /// # Errors
    ///
    /// Why it was not written. The file is then as it was.
    pub fn write(&self, id: SourceId, before: &str, after: &str) -> Result<(), String> {
        match &self.origins[id.0 as usize] {
            Origin::File { path, .. } => replace::replace(path, before.as_bytes(), after.as_bytes()),
            Origin::Staged { .. } => Err("what is staged cannot be fixed in place".to_owned()),
            Origin::Stream { path: Some(_), .. } => {
                Err("not a regular file, so it cannot be fixed in place".to_owned())
            }
            Origin::Stream { path: None, .. } => {
                Err("standard input cannot be fixed in place; --diff shows the fixes".to_owned())
            }
        }
    }

    /// The file at a path, if it is one of the inputs, by whatever name.
    pub fn input_at(&self, path: &Path) -> Option<&Input> {
        let position = *self.known.get(&Identity::at(path)?)?;
        self.origins[position].file().map(|_| &self.inputs[position])
    }

    /// The key of standard input and its bytes, if it is one of the inputs and can be read.
    pub fn standard_input(&self) -> Option<(SourceId, Vec<u8>)> {
        let id = SourceId(self.standard_input? as u32);
        Some((id, self.read(id).ok()?))
    }

    /// Lets the files have changed: they are read as they are now, and what lies around them is sought
    /// again and gets its keys anew.
    pub fn forget(&mut self) {
        self.origins.iter_mut().for_each(Origin::forget);
        self.surroundings = Default::default();
        self.unread = Mutex::default();
    }

    /// The widest surroundings that were asked for.
    fn surroundings(&self) -> Option<&Surroundings> {
        self.surroundings.iter().rev().find_map(OnceLock::get)
    }

    fn add_standard_input(&mut self, name: &str) {
        if self.standard_input.is_none() {
            self.standard_input = Some(self.inputs.len());
            let folder = folder_of(Path::new(name));
            let id = SourceId(self.inputs.len() as u32);
            let (name, role) = (name.to_owned(), Role::Named);
            let (path, location) = (name.clone(), name.clone());
            self.inputs.push(Input { id, name, location, folder, project: None, settings: None, path, role });
            self.origins.push(Origin::standard_input());
        }
    }

    /// Adds the files of a folder. Returns how many there are.
    fn walk(&mut self, root: &Path) -> usize {
        if let Some(why) = cannot_be_searched(root) {
            self.failures.push(Remark::new(shown(root), why));
            return 0;
        }
        let mut met = 0;
        let mut tracked = Tracked::below(root);
        let mut walking = walk(root, self.breadth);
        for entry in &mut walking.entries {
            let entry = match entry {
                Ok(entry) if is_candidate_entry(&entry) => entry,
                Ok(entry) => {
                    if is_script(entry.path()) {
                        self.scripts.push(entry.path().to_path_buf());
                    }
                    if may_be_template(entry.path()) {
                        self.templates.push(entry.into_path());
                    }
                    continue;
                }
                Err(error) => {
                    self.failures.push(walk_failure(root, &error));
                    continue;
                }
            };
            met += 1;
            tracked.meet(entry.path());
            match entry.metadata() {
                Ok(data) if data.len() > LARGEST => self.large.push(shown(entry.path())),
                Ok(data) => self.add(entry.path(), &data, Role::Found),
                Err(error) => self.failures.push(walk_failure(root, &error)),
            }
        }
        self.add_tracked(tracked);
        // What is odd about the files of the user is so for each folder.
        let new = walking.failures().into_iter().filter(|remark| !self.failures.contains(remark));
        let new: Vec<Remark> = new.collect();
        self.failures.extend(new);
        self.generated.extend(walking.generated());
        self.walked.insert(absolute(root));
        met
    }

    fn expand(&mut self, pattern: &Path) {
        let matches = match Matches::of(pattern) {
            Ok(matches) => matches,
            Err(why) => {
                let why = format!("no such file or folder, and not a valid pattern: {why}");
                return self.failures.push(Remark::new(shown(pattern), why));
            }
        };
        self.failures.extend(matches.failures);
        let mut met = 0;
        for path in matches.paths {
            match fs::metadata(&path) {
                Ok(data) if data.is_dir() => met += self.walk(&path),
                Ok(data) if data.is_file() => {
                    met += 1;
                    self.add(&path, &data, Role::Found);
                }
                Ok(_) => {
                    met += 1;
                    let why = "not a regular file, so it was not read: name it without a pattern to read it";
                    self.failures.push(Remark::new(shown(&path), why));
                }
                // A link that leads nowhere.
                Err(_) => {}
            }
        }
        if met == 0 {
            self.failures.push(Remark::new(shown(pattern), "no file matches this pattern"));
        }
    }

    fn add(&mut self, path: &Path, data: &Metadata, role: Role) {
        let origin = Origin::at(path.to_path_buf(), data);
        self.insert(path, Some(Identity::of(path, data)), origin, role);
    }

    /// Adds a file, unless it is there by another name.
    fn insert(&mut self, path: &Path, identity: Option<Identity>, origin: Origin, role: Role) {
        let next = self.inputs.len();
        let position = identity.map_or(next, |identity| *self.known.entry(identity).or_insert(next));
        if let Some(known) = self.inputs.get_mut(position) {
            if role == Role::Named {
                known.role = role;
            }
            return;
        }
        let Location { absolute, files } = self.latest.of(path, Location::of);
        let location = files.path(&name_of(path));
        let folder = match self.folders.get(absolute) {
            Some(known) => known.clone(),
            None => self.folders.entry(absolute.clone()).or_insert_with(|| folder_of(path)).clone(),
        };
        let id = SourceId(position as u32);
        let name = shown(path);
        let path = name.clone();
        self.inputs.push(Input { id, name, location, folder, project: None, settings: None, path, role });
        self.origins.push(origin);
    }
}

/// Whether two paths lead to one regular file.
pub(crate) fn is_same_file(one: &Path, other: &Path) -> bool {
    one.is_file() && Identity::at(one).is_some_and(|one| Identity::at(other) == Some(one))
}

/// One remark about several files of a kind.
fn one_for_all(names: &[String], why: &str) -> Option<Remark> {
    let (first, others) = names.split_first()?;
    let others = if others.is_empty() { String::new() } else { format!(" (and {} more)", others.len()) };
    Some(Remark::new(format!("{first}{others}"), why))
}

impl Inputs for Files {
    fn list(&self) -> &[Input] {
        &self.inputs
    }

    fn around(&self, reach: Reach) -> &Around {
        &self.surroundings[reach as usize].get_or_init(|| self.look_around(reach)).around
    }

    fn scripts(&self) -> Vec<String> {
        let texts = self.scripts.iter().take(MOST_SCRIPTS).filter_map(|path| read_script(path));
        texts.collect()
    }

    fn lies_at(&self, location: &str) -> bool {
        Path::new(location).is_file()
    }

    fn read(&self, id: SourceId) -> Result<Vec<u8>, String> {
        if let Some(origin) = self.origins.get(id.0 as usize) {
            return origin.read();
        }
        let surroundings = self.surroundings().expect("who reads from around has asked for it");
        surroundings.read(id).map_err(|remark| {
            let reason = remark.reason.clone();
            self.unread.lock().unwrap_or_else(PoisonError::into_inner).insert(remark);
            reason
        })
    }
}
