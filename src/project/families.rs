//! Task definitions by the names that services use for them.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::{Family, Revision, TaskEntry};
use crate::model::TaskDefinitionReference;
use crate::spelling::{MOST_TO_COMPARE, nearest};

/// Task definitions by family and revision.
#[derive(Debug, Default)]
pub(super) struct Families<'p> {
    known: HashMap<&'p str, Revisions<'p>>,
    /// Those with a placeholder in their family, which may be any family.
    nameless: Revisions<'p>,
    /// Whether the family of some is not set in the file.
    some_lack_one: bool,
    sorted: OnceLock<Vec<&'p str>>,
}

/// The task definitions of one family.
#[derive(Debug, Default)]
struct Revisions<'p> {
    all: Vec<&'p TaskEntry>,
    by_revision: HashMap<Revision, Vec<&'p TaskEntry>>,
}

impl<'p> Revisions<'p> {
    fn add(&mut self, task: &'p TaskEntry) {
        self.all.push(task);
        self.by_revision.entry(task.revision).or_default().push(task);
    }

    fn of(&self, revision: Revision) -> impl Iterator<Item = &'p TaskEntry> {
        self.by_revision.get(&revision).into_iter().flatten().copied()
    }
}

impl<'p> Families<'p> {
    /// Adds a task definition.
    pub(super) fn add(&mut self, task: &'p TaskEntry) {
        match &task.family {
            Family::Known(family) => self.known.entry(family).or_default().add(task),
            Family::Unknown => self.nameless.add(task),
            Family::Missing => self.some_lack_one = true,
        }
    }

    /// Whether the family of any task definition is known.
    pub(super) fn are_any_known(&self) -> bool {
        !self.known.is_empty()
    }

    /// Whether no task definition can have this family.
    pub(super) fn lack(&self, family: &str) -> bool {
        !self.some_lack_one && self.nameless.all.is_empty() && !self.known.contains_key(family)
    }

    /// The suitable task definitions that a reference may mean; those with a matching revision, if there are
    /// any. At most two are returned, because two are as good as many.
    pub(super) fn meant(
        &self,
        reference: TaskDefinitionReference,
        suits: impl Fn(&TaskEntry) -> bool,
    ) -> Vec<&'p TaskEntry> {
        let of_family = || self.known.get(reference.family).into_iter().chain([&self.nameless]);
        let of_revision = |revision: Revision| -> Vec<&'p TaskEntry> {
            of_family().flat_map(|family| family.of(revision)).filter(|task| suits(task)).take(2).collect()
        };
        let Some(revision) = reference.revision else {
            let all = of_family().flat_map(|family| family.all.iter().copied());
            return all.filter(|task| suits(task)).take(2).collect();
        };
        let exact = of_revision(Revision::Known(revision));
        if exact.is_empty() { of_revision(Revision::Next) } else { exact }
    }

    /// The first task definition with a similar family, or the one with the only family.
    pub(super) fn nearest(&self, family: &str) -> Option<&'p TaskEntry> {
        let sorted = self.sorted.get_or_init(|| {
            let mut sorted: Vec<&str> = self.known.keys().copied().collect();
            sorted.sort_unstable();
            sorted
        });
        let found = match sorted.as_slice() {
            [only] => only,
            many if many.len() <= MOST_TO_COMPARE => nearest(family, many.iter().copied())?,
            _ => return None,
        };
        self.known.get(found)?.all.first().copied()
    }
}
