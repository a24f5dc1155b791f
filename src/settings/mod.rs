//! Settings: which rules run where, how severe they are, what is ignored, and why.
//!
//! A settings file is read into a [`File`]; the [`Settings`] of a run are the files that are in force for its
//! inputs, overridden by the command line. [`Settings::verdict`] comes between linting and the report: it
//! stamps severities and removes what is ignored. Rules know none of this except the values of their own
//! settings.

mod baseline;
mod by_path;
mod comment;
mod draft;
mod exemption;
mod exemptions;
mod file;
mod in_force;
mod keys;
mod pattern;
mod read;
mod schema;
mod selection;
mod template;
mod toml;
mod verdict;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use baseline::{BASELINE_FILE, Baseline};
pub use by_path::{ByPath, OnPaths};
pub use comment::{Comment, MARK, Sought};
pub use draft::Draft;
pub use exemption::{Exemption, Target};
pub use exemptions::Exemptions;
pub use file::{File, Override};
pub use in_force::{Entry, in_force};
pub use pattern::Glob;
pub use read::read;
pub use schema::json_schema;
pub use selection::Selection;
pub use template::template;
pub use verdict::Verdict;

use crate::date::Date;
use crate::finding::Severity;
use crate::inputs::Input;
use crate::placeholder::OwnPlaceholders;
use crate::rule::{Rule, Values};

/// What is in force in a run.
#[derive(Debug)]
pub struct Settings {
    /// The settings files, by the name under which [`Input::settings`] refers to them.
    pub files: BTreeMap<String, File>,
    /// What the command line says about rules: it wins over every file.
    pub chosen: Selection,
    /// From which severity on a finding fails the run, if the command line says so.
    pub fail_on: Option<Severity>,
    /// The day of the run: entries of `ignore`, and what documents schedule, may be in its past.
    pub today: Date,
    /// The baseline that the command line names: it is used instead of those beside the settings.
    pub baseline: Option<Baseline>,
    /// Whether entries of `ignore`, and baselines, are respected.
    pub ignores: bool,
    /// Whether `exclude` is respected.
    pub excludes: bool,
    /// Whether findings name [all of their places](crate::finding::Finding::repeated), which takes time: entries of
    /// `ignore`, baselines and fingerprints need them.
    pub names_places: bool,
}

impl Default for Settings {
    /// No settings file, and nothing on the command line.
    fn default() -> Settings {
        Settings {
            files: BTreeMap::new(),
            chosen: Selection::default(),
            fail_on: None,
            today: Date::default(),
            baseline: None,
            ignores: true,
            excludes: true,
            names_places: true,
        }
    }
}

impl Settings {
    /// Puts a settings file in force for the inputs that refer to it by this name.
    pub fn add(&mut self, name: impl Into<String>, file: File) {
        self.files.insert(name.into(), file);
    }

    /// The file that is in force for an input.
    pub fn file(&self, input: &Input) -> Option<&File> {
        self.files.get(input.settings.as_deref()?)
    }

    /// Whether an input is never linted.
    pub fn exclude(&self, input: &Input) -> bool {
        let is_excluded = |file: &File| file.exclude.on(&input.path).next().is_some();
        self.excludes && self.file(input).is_some_and(is_excluded)
    }

    /// Whether a rule runs on any input at all.
    pub(crate) fn may_enable(&self, rule: &Rule) -> bool {
        selection::enables(rule, [], &self.chosen)
            || self.files.values().any(|file| {
                let some_overrides = file.overrides.iter().map(|one| &one.selection);
                let base = || std::iter::once(&file.selection);
                // Later ones win, so that each is looked at as if it were the last.
                selection::enables(rule, base(), &self.chosen)
                    || some_overrides
                        .clone()
                        .any(|last| selection::enables(rule, base().chain([last]), &self.chosen))
                    || selection::enables(rule, base().chain(some_overrides), &self.chosen)
            })
    }

    /// Whether a rule runs on an input.
    pub(crate) fn enables(&self, rule: &Rule, input: &Input) -> bool {
        match self.file(input) {
            Some(file) => selection::enables(rule, file.selections(&input.path), &self.chosen),
            None => selection::enables(rule, [], &self.chosen),
        }
    }

    /// What the settings of a rule are for an input.
    pub(crate) fn values(&self, rule: &Rule, input: &Input) -> Option<Arc<Values>> {
        self.file(input)?.rules.get(rule.id).map(|settings| Arc::clone(&settings.values))
    }

    /// The placeholders of the user's own that an input may hold.
    pub(crate) fn placeholders(&self, input: &Input) -> Option<&OwnPlaceholders> {
        self.file(input).map(|file| &file.placeholders).filter(|own| !own.is_empty())
    }

    /// From which severity on a finding fails the run, whatever file it is in.
    pub fn failing(&self) -> Severity {
        let of_files = self.files.values().map(|file| self.fail_on(Some(file))).min();
        of_files.unwrap_or_else(|| self.fail_on(None))
    }

    /// From which severity on a finding in an input fails the run.
    fn fail_on(&self, file: Option<&File>) -> Severity {
        self.fail_on.or(file.and_then(|file| file.fail_on)).unwrap_or(Severity::Error)
    }
}
