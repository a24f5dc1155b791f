//! The entries of `ignore`, found by what they are about: there may be as many as findings.

use std::collections::HashMap;
use std::ops::Deref;

use super::by_path::{ByPath, OnPaths};
use super::exemption::{self, Exemption, Target};
use super::pattern::Glob;
use crate::finding::Site;
use crate::pointer;

/// All entries of `ignore` of a settings file, in the order in which they are written.
#[derive(Clone, Debug)]
pub struct Exemptions {
    all: Vec<Exemption>,
    /// The positions of those about a container, by how a pointer writes its name.
    containers: HashMap<String, Vec<usize>>,
    /// The positions of those about a document, by its name.
    documents: HashMap<String, Vec<usize>>,
    /// The positions of those about a place, by its pointer.
    places: HashMap<String, Vec<usize>>,
    /// Those about whole files.
    files: ByPath<OfFile>,
}

/// An entry that is about whole files.
#[derive(Clone, Debug)]
struct OfFile {
    position: usize,
    path: Option<Glob>,
}

impl OnPaths for OfFile {
    fn globs(&self) -> Option<&[Glob]> {
        self.path.as_ref().map(std::slice::from_ref)
    }
}

impl Exemptions {
    /// Makes one of a list.
    pub fn new(all: Vec<Exemption>) -> Exemptions {
        let (mut containers, mut documents, mut places) = (HashMap::new(), HashMap::new(), HashMap::new());
        let mut files = Vec::new();
        for (at, entry) in all.iter().enumerate() {
            // It has to fit all that it says, so that one of that finds it.
            let (index, key): (&mut HashMap<String, Vec<usize>>, String) = match entry.targets.first() {
                Some(Target::Container(name)) => (&mut containers, pointer::item(name)),
                Some(Target::Document(name)) => (&mut documents, name.clone()),
                Some(Target::Pointer(pointer)) => (&mut places, pointer.clone()),
                None => {
                    files.push(OfFile { position: at, path: entry.path.clone() });
                    continue;
                }
            };
            index.entry(key).or_default().push(at);
        }
        Exemptions { all, containers, documents, places, files: ByPath::new(files) }
    }

    /// Those that are about a site of a document in a file, whatever was found there, with the position of each.
    pub fn about(&self, site: &Site, document: Option<&str>, path: &str) -> Vec<(usize, &Exemption)> {
        let mut found: Vec<usize> = self.files.on(path).map(|(_, entry)| entry.position).collect();
        let mut add = |index: &HashMap<String, Vec<usize>>, key: &str| {
            found.extend(index.get(key).into_iter().flatten());
        };
        if !self.containers.is_empty() {
            exemption::containers(site).for_each(|name| add(&self.containers, name));
        }
        if !self.documents.is_empty() {
            exemption::names(document).for_each(|name| add(&self.documents, name));
        }
        if !self.places.is_empty() {
            exemption::pointers(site).for_each(|pointer| add(&self.places, pointer));
        }
        found.sort_unstable();
        found.dedup();
        let entries = found.into_iter().map(|at| (at, &self.all[at]));
        entries.filter(|(_, entry)| entry.is_at(site, document, path)).collect()
    }
}

/// The whole list.
impl Deref for Exemptions {
    type Target = [Exemption];

    fn deref(&self) -> &[Exemption] {
        &self.all
    }
}
