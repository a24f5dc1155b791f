//! What every format writes: a run, with what it found and what was done about it.

use std::collections::BTreeMap;
use std::time::Duration;

use super::style::Style;
use crate::finding::{Finding, Severity};
use crate::input::is_terraform;
use crate::linter::Outcome;
use crate::rule::Rule;
use crate::rules::Registry;
use crate::secrecy::Masked;
use crate::source::{Position, Source, Span};

/// A run, as the formats write it.
#[derive(Clone, Copy)]
pub struct Run<'r> {
    /// What was found.
    pub outcome: &'r Masked,
    /// The rules.
    pub registry: &'r Registry,
    /// How many findings are below the severity that the user wants to see.
    pub hidden: usize,
    /// Whether these alone fail the run: nothing that is shown does.
    pub fails_unseen: bool,
    /// The lowest severity that fails the run.
    pub failing: Severity,
    /// What was fixed, if that was asked for.
    pub fixed: Option<Fixed>,
    /// How long it took.
    pub took: Duration,
    /// The current folder, relative to the root of the repository, with `/` between folders and at its
    /// end; empty at the root itself. What shows a repository needs paths from there.
    pub folder: &'r str,
    /// How the report for people looks.
    pub style: Style,
}

/// What `--fix` has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fixed {
    /// How many fixes were applied.
    pub fixes: usize,
    /// In how many files.
    pub files: usize,
    /// How many files could not be written.
    pub failed: usize,
}

impl<'r> Run<'r> {
    /// A run of which nothing is known but what it found.
    pub fn of(outcome: &'r Masked, registry: &'r Registry) -> Run<'r> {
        Run {
            outcome,
            registry,
            hidden: 0,
            fails_unseen: false,
            failing: Severity::Error,
            fixed: None,
            took: Duration::ZERO,
            folder: "",
            style: Style::PLAIN,
        }
    }

    /// The rule of a finding.
    pub(super) fn rule(&self, finding: &Finding) -> &'static Rule {
        self.registry.get(finding.rule)
    }

    /// The source that a finding points into.
    pub(super) fn source(&self, finding: &Finding) -> &'r Source {
        &self.outcome.sources[&finding.problem.at.at.source]
    }

    /// The address of the resource that a finding is about, where its place does not tell: Terraform prints all of a plan
    /// on one line.
    pub(super) fn resource<'f>(&self, finding: &'f Finding) -> Option<&'f str> {
        let is_printed = finding.format == Some("terraform") && !is_terraform(&self.source(finding).name);
        finding.address.as_deref().filter(|_| is_printed)
    }

    /// All that a finding says, on a line each: what is wrong, what to do, what AWS would answer.
    pub(super) fn words(&self, finding: &Finding) -> String {
        let mut words = finding.problem.message.clone();
        let problem = &finding.problem;
        let title = problem.fix.as_ref().map(|fix| &fix.title);
        words.extend(problem.help.as_ref().or(title).map(|help| format!("\nhelp: {help}")));
        words.extend(finding.aws_says.iter().map(|says| format!("\nAWS: {says}")));
        words.extend(self.resource(finding).map(|address| format!("\nin: {address}")));
        words
    }

    /// Where a finding begins and ends.
    pub(super) fn range(&self, finding: &Finding) -> (Position, Position) {
        let (source, Span { start, end }) = (self.source(finding), finding.span());
        (source.position(start), source.position(end))
    }

    /// The findings of each file that was linted, in the order of the report.
    pub(super) fn by_file(&self) -> Vec<(&'r str, Vec<&'r Finding>)> {
        let outcome: &'r Outcome = self.outcome;
        let mut by_file: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
        for finding in &outcome.findings {
            let source = &outcome.sources[&finding.problem.at.at.source];
            by_file.entry(&source.name).or_default().push(finding);
        }
        let linted = outcome.linted.iter().map(String::as_str);
        let mut files: Vec<(&str, Vec<&Finding>)> =
            linted.map(|file| (file, by_file.remove(file).unwrap_or_default())).collect();
        files.extend(by_file);
        files
    }

    /// The path of a file from the root of the repository; an absolute one elsewhere stays.
    pub(super) fn path(&self, name: &str) -> String {
        let mut steps: Vec<&str> = Vec::new();
        if name.starts_with('/') {
            return name.to_owned();
        }
        for step in self.folder.split('/').chain(name.split('/')) {
            match step {
                "" | "." => {}
                ".." if steps.last().is_some_and(|last| *last != "..") => {
                    steps.pop();
                }
                step => steps.push(step),
            }
        }
        steps.join("/")
    }
}
