//! What may be assumed about the inputs of the user, to see more of a document than what holds for all of them: that
//! parameters and variables have their defaults, or that a condition is true or false.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::source::Place;
use crate::tree::Tree;

/// What is assumed while documents are rebuilt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Assumptions {
    defaults: Defaults,
    /// A condition that is assumed to be true or false.
    condition: Option<(String, bool)>,
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
        Assumptions { defaults: Defaults::All, condition: None }
    }

    /// Some parameters or variables have their defaults.
    pub(crate) fn defaults<'n>(names: impl IntoIterator<Item = &'n str>) -> Assumptions {
        let names = names.into_iter().map(str::to_owned).collect();
        Assumptions { defaults: Defaults::These(names), condition: None }
    }

    /// A condition is true or false.
    pub(crate) fn condition(name: &str, is_true: bool) -> Assumptions {
        Assumptions { defaults: Defaults::None, condition: Some((name.to_owned(), is_true)) }
    }
}

/// Assumptions in use: what they were asked about, and how often a value rested on them.
pub(super) struct InUse<'a> {
    assumptions: &'a Assumptions,
    decided: RefCell<Decided>,
    uses: Cell<usize>,
}

impl<'a> InUse<'a> {
    pub(super) fn new(assumptions: &'a Assumptions) -> InUse<'a> {
        InUse { assumptions, decided: RefCell::default(), uses: Cell::new(0) }
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
        self.decided.borrow_mut().defaults.insert(name.to_owned(), default);
        self.count(is_assumed);
        is_assumed
    }

    /// What a condition is assumed to be.
    pub(super) fn of_condition(&self, name: &str) -> Option<bool> {
        let condition = self.assumptions.condition.as_ref();
        condition.filter(|(assumed, _)| assumed == name).map(|(_, is_true)| *is_true)
    }

    /// Records that a condition decides something.
    pub(super) fn asks_condition(&self, name: &str, at: Place) {
        self.decided.borrow_mut().conditions.insert(name.to_owned(), at);
    }

    /// Records whether a value rests on what is assumed.
    pub(super) fn count(&self, is_use: bool) {
        self.uses.set(self.uses.get() + usize::from(is_use));
    }

    /// How often a value has rested on what is assumed.
    pub(super) fn uses(&self) -> usize {
        self.uses.get()
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
    /// The conditions, by name, with the places of their names.
    pub conditions: BTreeMap<String, Place>,
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

    /// Adds what is decided about other documents.
    pub(crate) fn merge(&mut self, other: Decided) {
        self.defaults.extend(other.defaults);
        self.conditions.extend(other.conditions);
    }
}
