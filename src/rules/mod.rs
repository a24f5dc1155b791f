//! All rules, in folders by height. A folder's `mod.rs` is its list.

mod container;
mod credential;
mod document;
mod folder;
mod scalable_target;
mod scaling;
mod scaling_policy;
mod scheduled_action;
mod service;
mod settings;
mod task_definition;
mod unresolved;
mod unsupported;
mod volume;
mod workflow;

use crate::finding::RuleId;
use crate::rule::Rule;

/// Declares the modules of a folder and lists the rules in them.
macro_rules! rules {
    ($($name:ident),* $(,)?) => {
        $(mod $name;)*

        /// The rules of this folder.
        pub(super) const RULES: &[&crate::rule::Rule] = &[$(&$name::RULE),*];
    };
}
use rules;

/// The lists of all folders, each by id.
const FOLDERS: [&[&Rule]; 13] = [
    document::RULES,
    task_definition::RULES,
    container::RULES,
    credential::RULES,
    volume::RULES,
    service::RULES,
    scaling::RULES,
    scalable_target::RULES,
    scaling_policy::RULES,
    scheduled_action::RULES,
    folder::RULES,
    workflow::RULES,
    settings::RULES,
];

/// All rules, by id. They are sorted when the program is built.
static ALL: [&Rule; number_of_rules()] = merged();

const fn number_of_rules() -> usize {
    let mut number = 0;
    let mut folder = 0;
    while folder < FOLDERS.len() {
        number += FOLDERS[folder].len();
        folder += 1;
    }
    number
}

/// The rules of all folders in one list by id.
const fn merged<const N: usize>() -> [&'static Rule; N] {
    let mut all = [FOLDERS[0][0]; N];
    let mut next = [0; FOLDERS.len()];
    let mut at = 0;
    while at < N {
        let mut first = usize::MAX;
        let mut folder = 0;
        while folder < FOLDERS.len() {
            let is_left = next[folder] < FOLDERS[folder].len();
            if is_left
                && (first == usize::MAX
                    || is_before(FOLDERS[folder][next[folder]].id, FOLDERS[first][next[first]].id))
            {
                first = folder;
            }
            folder += 1;
        }
        all[at] = FOLDERS[first][next[first]];
        assert!(at == 0 || is_before(all[at - 1].id, all[at].id), "the list of a folder is not sorted");
        next[first] += 1;
        at += 1;
    }
    all
}

/// Whether an id comes before another one. Comparing texts is not `const` yet.
const fn is_before(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at < other.len() && (at == one.len() || one[at] < other[at])
}

/// The rules of the program.
pub struct Registry {
    rules: Vec<&'static Rule>,
}

impl Default for Registry {
    /// All rules, by id.
    fn default() -> Registry {
        Registry { rules: ALL.to_vec() }
    }
}

impl Registry {
    /// The registry with one more rule, from outside.
    pub fn with(mut self, rule: &'static Rule) -> Registry {
        let at = self.rules.partition_point(|other| other.id < rule.id);
        self.rules.insert(at, rule);
        self
    }

    /// The rules with their ids, by name.
    pub fn rules(&self) -> impl Iterator<Item = (RuleId, &'static Rule)> + Clone + '_ {
        self.rules.iter().enumerate().map(|(at, rule)| (RuleId(at as u16), *rule))
    }

    /// The rule with an id.
    pub fn get(&self, id: RuleId) -> &'static Rule {
        self.rules[usize::from(id.0)]
    }

    /// The id of the rule with a name.
    pub fn find(&self, name: &str) -> Option<RuleId> {
        self.rules.binary_search_by_key(&name, |rule| rule.id).ok().map(|at| RuleId(at as u16))
    }

    /// The names of all rules.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + Clone + '_ {
        self.rules.iter().map(|rule| rule.id)
    }
}
