//! Which rules run.

use crate::finding::Category;
use crate::rule::{Profile, Rule};
use crate::spelling::nearest;

/// What the user chose.
#[derive(Clone, Debug)]
pub struct Config {
    /// How demanding the run is.
    pub profile: Profile,
    /// Exactly these rules and categories, whatever the profile.
    pub only: Vec<String>,
    /// Not these rules and categories.
    pub skip: Vec<String>,
}

impl Default for Config {
    fn default() -> Config {
        Config { profile: Profile::Default, only: Vec::new(), skip: Vec::new() }
    }
}

impl Config {
    /// Checks that every name is one of a rule or of a category.
    ///
    /// # Errors
    ///
    /// A sentence about the first name that is neither.
    pub fn check<'r>(&self, ids: impl Iterator<Item = &'r str> + Clone) -> Result<(), String> {
        for name in self.only.iter().chain(&self.skip) {
            if name.parse::<Category>().is_ok() || ids.clone().any(|id| id == name) {
                continue;
            }
            let names = ids.clone().chain(Category::ALL.map(Category::name));
            let hint = nearest(name, names).map_or(String::new(), |near| format!("; did you mean `{near}`?"));
            return Err(format!("there is no rule or category `{name}`{hint}"));
        }
        Ok(())
    }

    /// Whether a rule runs.
    pub fn enables(&self, rule: &Rule) -> bool {
        let is_named =
            |names: &[String]| names.iter().any(|name| name == rule.id || name == rule.category.name());
        let chosen = if self.only.is_empty() {
            rule.profile <= self.profile
        } else {
            // A category does not bring in the rules that want to be asked for by name.
            is_named(&self.only)
                && (rule.profile != Profile::Asked || self.only.iter().any(|name| name == rule.id))
        };
        chosen && !is_named(&self.skip)
    }
}
