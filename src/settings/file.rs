//! What a settings file says.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::baseline::Baseline;
use super::by_path::{ByPath, OnPaths};
use super::exemptions::Exemptions;
use super::pattern::Glob;
use super::selection::Selection;
use crate::finding::Severity;
use crate::placeholder::OwnPlaceholders;
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
    pub exclude: ByPath<Glob>,
    /// Placeholders of the user's own.
    pub placeholders: OwnPlaceholders,
    /// What is said of single rules, by id.
    pub rules: BTreeMap<String, RuleSettings>,
    /// What holds for some files only; later ones win.
    pub overrides: ByPath<Override>,
    /// What is ignored.
    pub ignores: Exemptions,
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

impl OnPaths for Override {
    fn globs(&self) -> Option<&[Glob]> {
        Some(&self.files)
    }
}

impl File {
    /// What says which rules run on a path; later ones win.
    pub(super) fn selections(&self, path: &str) -> impl Iterator<Item = &Selection> {
        std::iter::once(&self.selection).chain(self.overrides.on(path).map(|(_, one)| &one.selection))
    }
}
