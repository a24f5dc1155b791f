//! What may be assumed about the inputs of the user, to see more of a document than what holds for all of them: that
//! parameters and variables have their defaults, or that a condition is true or false.

use std::cell::{Cell, RefCell};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use crate::source::Place;
use crate::tree::Tree;

/// What is assumed while documents are rebuilt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Assumptions {
    defaults: Defaults,
    /// A condition that is assumed to be true or false.
    pub(super) condition: Option<(String, bool)>,
    /// The addresses of the resources that are rebuilt; `None` for all.
    only: Option<BTreeSet<String>>,
}

/// Which parameters or variables are assumed to have their defaults.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Defaults {
    #[default]
    None,
    All,
    These(BTreeSet<String>),
}

impl Assumptions {
    /// All parameters and variables have their defaults.
    pub(crate) fn all_defaults() -> Assumptions {
        Assumptions { defaults: Defaults::All, ..Assumptions::default() }
    }

    /// Some parameters or variables have their defaults.
    pub(crate) fn defaults<'n>(names: impl IntoIterator<Item = &'n str>) -> Assumptions {
        let names = names.into_iter().map(str::to_owned).collect();
        Assumptions { defaults: Defaults::These(names), ..Assumptions::default() }
    }

    /// A condition is true or false.
    pub(crate) fn condition(name: &str, is_true: bool) -> Assumptions {
        Assumptions { condition: Some((name.to_owned(), is_true)), ..Assumptions::default() }
    }

    /// The same about some resources, if not about all.
    pub(crate) fn only(self, addresses: Option<&BTreeSet<String>>) -> Assumptions {
        Assumptions { only: addresses.cloned(), ..self }
    }
}

/// Assumptions in use, one resource after the other: what they were asked about, and whether a value rested on them.
pub(super) struct InUse<'a> {
    assumptions: &'a Assumptions,
    decided: RefCell<Decided>,
    /// The address of the resource.
    address: RefCell<String>,
    is_used: Cell<bool>,
}

impl<'a> InUse<'a> {
    pub(super) fn new(assumptions: &'a Assumptions) -> InUse<'a> {
        InUse {
            assumptions,
            decided: RefCell::default(),
            address: RefCell::default(),
            is_used: Cell::new(false),
        }
    }

    /// Begins with a resource, by its address. False if it is not to be rebuilt.
    pub(super) fn begin(&self, address: &str) -> bool {
        self.is_used.set(false);
        address.clone_into(&mut self.address.borrow_mut());
        self.assumptions.only.as_ref().is_none_or(|only| only.contains(address))
    }

    /// Whether anything is assumed.
    pub(super) fn is_any(&self) -> bool {
        *self.assumptions != Assumptions::default()
    }

    /// Whether a parameter or a variable is assumed to have its default.
    pub(super) fn has_default(&self, name: &str, default: DefaultValue) -> bool {
        let is_assumed = match &self.assumptions.defaults {
            Defaults::None => false,
            Defaults::All => true,
            Defaults::These(names) => names.contains(name),
        };
        let mut decided = self.decided.borrow_mut();
        if !decided.defaults.contains_key(name) {
            decided.defaults.insert(name.to_owned(), default);
        }
        drop(decided);
        self.count(is_assumed);
        is_assumed
    }

    /// Records that a condition decides something.
    pub(super) fn asks_condition(&self, name: &str, at: Place) {
        let mut decided = self.decided.borrow_mut();
        let asked =
            decided.conditions.entry(name.to_owned()).or_insert_with(|| Asked { at, by: BTreeSet::new() });
        asked.by.insert(self.address.borrow().clone());
    }

    /// Records whether a value rests on what is assumed.
    pub(super) fn count(&self, is_use: bool) {
        self.is_used.set(self.is_used.get() || is_use);
    }

    /// Whether a value of the resource rests on what is assumed.
    pub(super) fn is_used(&self) -> bool {
        self.is_used.get()
    }

    /// What has been seen to be decided by inputs.
    pub(super) fn into_decided(self) -> Decided {
        self.decided.into_inner()
    }
}

/// What the inputs of the user decide about documents, as far as something can be assumed about it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Decided {
    /// The parameters and variables with a default, by name.
    pub defaults: BTreeMap<String, DefaultValue>,
    /// The conditions, by name.
    pub conditions: BTreeMap<String, Asked>,
    /// Which variables each caller of a module sets, as far as callers have been seen.
    pub callers: Vec<HashSet<String>>,
    /// The variables that something else in the project may set.
    pub set_elsewhere: HashSet<String>,
}

/// A condition that decides something.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// Where its name is defined.
    pub at: Place,
    /// The addresses of the resources that it decides about.
    pub by: BTreeSet<String>,
}

/// The default of a parameter or a variable.
#[derive(Clone, Debug)]
pub(crate) struct DefaultValue {
    /// The text that it is written in.
    pub tree: Arc<Tree>,
    /// Where it is written.
    pub at: Place,
    /// Whether it must not be shown.
    pub is_secret: bool,
}

impl Decided {
    /// Whether nothing is decided by inputs.
    pub(crate) fn is_empty(&self) -> bool {
        self.defaults.is_empty() && self.conditions.is_empty()
    }

    /// Whether some defaults are all in use, as far as can be seen: nothing else sets these variables, and there is no
    /// caller, or one that sets none of them.
    pub(crate) fn may_have_defaults(&self, names: &[String]) -> bool {
        if names.iter().any(|name| self.set_elsewhere.contains(name)) {
            return false;
        }
        let leaves_all = |caller: &HashSet<String>| !names.iter().any(|name| caller.contains(name));
        self.callers.is_empty() || self.callers.iter().any(leaves_all)
    }

    /// Adds what is decided about other documents.
    pub(crate) fn merge(&mut self, other: Decided) {
        self.defaults.extend(other.defaults);
        for (name, asked) in other.conditions {
            match self.conditions.entry(name) {
                Entry::Vacant(new) => drop(new.insert(asked)),
                Entry::Occupied(mut known) => known.get_mut().by.extend(asked.by),
            }
        }
    }
}
