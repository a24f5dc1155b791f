//! Sources in, findings out, in two steps: *read* finds what is in one text by itself; *join* finds what the
//! documents of several texts say about each other. A run reads each input and joins them all.

mod assuming;
mod checks;
mod code;
mod here;
mod joining;
mod listing;
mod module;
mod naming;
mod outcome;
mod parts;
mod reading;
mod reporter;
mod run;
mod scripts;
#[cfg(test)]
mod tests;
mod threads;
mod workflow;

pub use outcome::{DocumentLink, LinkEnd, Outcome, Summary};
pub use reading::{Reading, What};

use crate::rules::Registry;
use crate::schema::Schemas;
use crate::settings::Settings;
use checks::Checks;

/// The linter. Contains what can be shared between runs.
pub struct Linter {
    registry: Registry,
    enabled: Vec<bool>,
    checks: Checks,
    schemas: Schemas,
    settings: Settings,
}

impl Linter {
    /// A linter with the rules that the settings enable anywhere.
    pub fn new(registry: Registry, settings: Settings) -> Linter {
        let enabled: Vec<bool> = registry.rules().map(|(_, rule)| settings.may_enable(rule)).collect();
        let mut checks = Checks::default();
        for (id, rule) in registry.rules().filter(|(id, _)| enabled[usize::from(id.0)]) {
            checks.add(id, rule);
        }
        Linter { registry, enabled, checks, schemas: Schemas::default(), settings }
    }

    /// The settings in force.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The rules.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }
}
