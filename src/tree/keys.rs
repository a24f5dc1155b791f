//! The keys of an object: which there are, and which are there more than once.

use super::{KeySet, Tree};

/// A key that an object has more than once, as indices of key nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duplicate {
    /// The ones whose values are lost, in the order of the text.
    pub lost: Vec<u32>,
    /// The last one, whose value counts.
    pub kept: u32,
}

impl Tree {
    /// Records which keys an object has, once all of them have been read. Returns those that it has more than
    /// once.
    pub(crate) fn take_keys(&mut self, object: u32) -> Vec<Duplicate> {
        let mut keys = KeySet::default();
        let mut is_certain = true;
        for (key, _) in self.node(object).members() {
            is_certain &= keys.insert(key.raw().link);
        }
        self.nodes[object as usize].keys = keys;
        // Keys whose hashes all differ are all different.
        if is_certain { Vec::new() } else { self.find_duplicates(object) }
    }

    /// The same for an object whose keys may be there more than once.
    pub(crate) fn take_repeating_keys(&mut self, object: u32) {
        let mut keys = KeySet::default();
        for (key, _) in self.node(object).members() {
            keys.insert(key.raw().link);
        }
        self.nodes[object as usize].keys = keys;
    }

    fn find_duplicates(&mut self, object: u32) -> Vec<Duplicate> {
        let node = self.node(object);
        let is_incomplete = node.is_incomplete();
        let mut keys: Vec<(&str, u32)> = node.members().map(|(key, _)| (key.text(), key.index())).collect();
        keys.sort_unstable();
        let same = keys.chunk_by(|one, other| one.0 == other.0).filter_map(|same| {
            let (kept, lost) = same.split_last()?;
            Some(Duplicate { lost: lost.iter().map(|key| key.1).collect(), kept: kept.1 })
        });
        let same: Vec<Duplicate> = same.filter(|same| !same.lost.is_empty()).collect();
        for key in same.iter().flat_map(|duplicate| &duplicate.lost) {
            self.mark_shadowed(*key);
        }
        // A template may have the same key in each of two branches.
        if is_incomplete { Vec::new() } else { same }
    }
}
