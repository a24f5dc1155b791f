//! What a settings file says.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::baseline::Baseline;
use super::exemption::Exemption;
use super::pattern::Glob;
use super::selection::Selection;
use crate::finding::Severity;
use crate::placeholder::Delimiters;
use crate::rule::Values;
use crate::source::Source;

/// A settings file.
#[derive(Clone, Debug)]
pub struct File {
    /// Its text.
    pub source: Arc<Source>,
    /// Which rules run.
    pub selection: Selection,
    /// From which severity on a finding fails the run.
    pub fail_on: Option<Severity>,
    /// What is never linted.
    pub exclude: Vec<Glob>,
    /// Placeholders of the user's own.
    pub placeholders: Vec<Delimiters>,
    /// What is said of single rules, by id.
    pub rules: BTreeMap<String, RuleSettings>,
    /// What holds for some files only; later ones win.
    pub overrides: Vec<Override>,
    /// What is ignored.
    pub ignores: Vec<Exemption>,
    /// The baseline beside the file.
    pub baseline: Option<Baseline>,
    /// Whether all that the file is in force for is linted, rather than some files of it.
    pub is_whole: bool,
}

/// What is said of one rule.
#[derive(Clone, Debug, Default)]
pub struct RuleSettings {
    /// How severe its findings are.
    pub severity: Option<Severity>,
    /// The settings of its own.
    pub values: Arc<Values>,
}

/// What holds for some files only.
#[derive(Clone, Debug)]
pub struct Override {
    /// Which files.
    pub files: Vec<Glob>,
    /// Which rules run there.
    pub selection: Selection,
}

impl File {
    /// What says which rules run on a path; later ones win.
    pub(super) fn selections<'f>(&'f self, path: &'f str) -> impl Iterator<Item = &'f Selection> {
        let holds = move |one: &&Override| one.files.iter().any(|glob| glob.matches(path));
        std::iter::once(&self.selection).chain(self.overrides.iter().filter(holds).map(|one| &one.selection))
    }
}
