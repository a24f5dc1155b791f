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

/// The rules of the program.
pub struct Registry {
    rules: Vec<&'static Rule>,
}

impl Default for Registry {
    /// All rules, by id.
    fn default() -> Registry {
        let folders = [
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
        let mut rules = folders.concat();
        rules.sort_unstable_by_key(|rule| rule.id);
        Registry { rules }
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
