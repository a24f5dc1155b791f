//! The entries of `ignore`, found by what they are about: there may be as many as findings.

use std::ops::Deref;

use super::by_path::{Index, OnPaths, Says, part, parts};
use super::exemption::{self, Exemption, Target};
use crate::finding::Site;
use crate::pointer;

/// The container that an entry is about, as a pointer writes its name.
const CONTAINER: u8 = b'c';
/// The document that an entry is about.
const DOCUMENT: u8 = b'd';
/// The place that an entry is about.
const PLACE: u8 = b'p';

/// All entries of `ignore` of a settings file, in the order in which they are written.
#[derive(Clone, Debug)]
pub struct Exemptions {
    all: Vec<Exemption>,
    index: Index,
}

impl Exemptions {
    /// Makes one of a list.
    pub fn new(all: Vec<Exemption>) -> Exemptions {
        // All that an entry says has to fit.
        let says = |entry: &Exemption| -> Says {
            let of_path = entry.globs().into_iter().flatten().flat_map(parts);
            let of_targets = entry.targets.iter().map(|target| match target {
                Target::Container(name) => part(CONTAINER, &pointer::item(name)),
                Target::Document(name) => part(DOCUMENT, name),
                Target::Pointer(pointer) => part(PLACE, pointer),
            });
            vec![of_path.chain(of_targets).collect()]
        };
        Exemptions { index: Index::of(&all.iter().map(says).collect::<Vec<_>>()), all }
    }

    /// Those that are about a site of a document in a file, whatever was found there, with the position of each.
    pub fn about(&self, site: &Site, document: Option<&str>, path: &str) -> Vec<(usize, &Exemption)> {
        if self.all.is_empty() {
            return Vec::new();
        }
        let containers = exemption::containers(site).map(|item| part(CONTAINER, item));
        let documents = exemption::names(document).map(|name| part(DOCUMENT, name));
        let places = exemption::pointers(site).map(|pointer| part(PLACE, pointer));
        let targets: Vec<String> = containers.chain(documents).chain(places).collect();
        let entries = self.index.near(path, &targets).into_iter().map(|at| (at, &self.all[at]));
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
