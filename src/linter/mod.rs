//! Sources in, findings out, in two verbs: *read* says what one text says by itself; *join* says what
//! the documents of several say about each other. A run reads each input and joins them all.

mod checks;
mod joining;
mod listing;
mod outcome;
mod reading;
mod reporter;
mod run;
#[cfg(test)]
mod tests;
mod threads;

pub use outcome::{DocumentLink, LinkEnd, Outcome, Summary};
pub use reading::{Reading, What};

use crate::config::Config;
use crate::rules::Registry;
use crate::schema::Schemas;
use checks::Checks;

/// Lints. Holds what can be shared between runs.
pub struct Linter {
    registry: Registry,
    enabled: Vec<bool>,
    checks: Checks,
    schemas: Schemas,
}

impl Linter {
    /// A linter with the rules that a configuration enables.
    pub fn new(registry: Registry, config: &Config) -> Linter {
        let enabled: Vec<bool> = registry.rules().map(|(_, rule)| config.enables(rule)).collect();
        let mut checks = Checks::default();
        for (id, rule) in registry.rules().filter(|(id, _)| enabled[usize::from(id.0)]) {
            checks.add(id, rule);
        }
        Linter { registry, enabled, checks, schemas: Schemas::default() }
    }

    /// The rules.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }
}
