//! The files that the steps of a job find: what was checked out, and what steps before them may have written.

use std::collections::HashSet;

use super::expression::{Environment, Resolved, SetVariables, is_of_run};
use super::script::leaves_files_alone;
use super::step::input;
use crate::model::Answer;
use crate::placeholder::{self, Wants};
use crate::tree::Node;

/// How certain it is that a step reads a file as it is in the repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reads {
    /// Another step may have written it, or it may be that of another repository.
    Perhaps,
    /// It may be that of another commit, or of a repository that calls the workflow.
    Probably,
    /// A step of which that is not known may have changed it.
    UnlessChanged,
    /// It is what the repository has.
    AsItIs,
}

/// What the repository of a run is called in expressions.
const THIS_REPOSITORY: &[&str] = &["github.repository"];

/// Actions that leave the files of a repository alone; those with a sign at their end are all of that name.
const HARMLESS: &[&str] =
    &["actions/cache", "actions/setup-", "actions/upload-artifact", "aws-actions/", "docker/"];

/// What the commit of a run is called in expressions.
const THIS_COMMIT: &[&str] = &[
    "github.sha",
    "github.ref",
    "github.ref_name",
    "github.head_ref",
    "github.event.pull_request.head.ref",
    "github.event.pull_request.head.sha",
];

/// The files of a job, as far as its steps show.
#[derive(Debug, Default)]
pub(super) struct Workspace<'d> {
    /// Whether the steps may run for another repository, whose files are other ones.
    is_shared: bool,
    /// Whether whoever runs the steps has checked out the repository.
    is_given: bool,
    checkouts: Vec<Checkout>,
    /// The words of what the steps run, the names of files among them.
    words: HashSet<&'d str>,
    /// Whether a step loads files that an earlier job has stored, or runs what is not known.
    may_load_files: bool,
    /// Whether a step may have changed any file of the repository.
    may_be_changed: bool,
    /// The variables that the steps set for those after them.
    pub set: SetVariables<'d>,
}

/// A step that checks out a repository.
#[derive(Debug)]
pub(super) struct Checkout {
    /// The folder that gets its files; `None` if it is not known.
    folder: Option<String>,
    is_this_repository: Answer,
    is_this_commit: bool,
}

impl<'d> Workspace<'d> {
    /// The files of a job of a workflow.
    pub(super) fn of_job(is_shared: bool) -> Workspace<'d> {
        Workspace { is_shared, ..Workspace::default() }
    }

    /// The files of the job that uses a composite action.
    pub(super) fn of_action() -> Workspace<'d> {
        Workspace { is_shared: true, is_given: true, ..Workspace::default() }
    }

    /// Takes note of what a step may do with files and variables.
    pub(super) fn see(&mut self, step: Node<'d>, checkout: Option<Checkout>) {
        match checkout {
            Some(checkout) => {
                // It puts back what was changed.
                self.may_be_changed &= checkout.folder.as_deref() != Some("");
                self.checkouts.push(checkout);
            }
            None => self.may_be_changed |= !is_harmless(step),
        }
        let runs_unknown = step.get("run").is_some_and(|run| is_expression(run.text()));
        self.may_load_files |= runs_unknown || is_use_of(step, "actions/download-artifact");
        let parts = [step.get("run"), step.get("with")].into_iter().flatten();
        for text in parts.flat_map(|part| std::iter::once(part).chain(part.descendants())).map(Node::text) {
            self.set.see(text);
            self.words.extend(text.split(|c| !is_of_word(c)));
        }
    }

    /// Takes note of a step that may change any file.
    pub(super) fn doubt(&mut self) {
        self.may_be_changed = true;
    }

    /// Where in the repository a path leads, and how certain it is that its file is the one of the repository. `None`
    /// if it is certainly not.
    pub(super) fn find(&self, path: &Resolved) -> Option<(String, Reads)> {
        let steps: Vec<&str> = path.text.split('/').filter(|step| !matches!(*step, "" | ".")).collect();
        let file = steps.last().filter(|_| !path.text.starts_with('/'))?;
        let is_written = !file.chars().all(is_of_word)
            || self.words.contains(file)
            || path
                .variables
                .iter()
                .any(|name| self.words.contains(name) || self.words.contains(format!("env.{name}").as_str()));
        let mut reads = match (is_written || self.may_load_files, self.is_shared, self.may_be_changed) {
            (true, ..) => Reads::Perhaps,
            (false, true, _) => Reads::Probably,
            (false, false, true) => Reads::UnlessChanged,
            (false, false, false) => Reads::AsItIs,
        };
        let path = steps.join("/");
        if self.is_given {
            return Some((path, reads));
        }
        if self.checkouts.iter().any(|checkout| checkout.folder.is_none()) {
            reads = Reads::Perhaps;
        }
        let below = |checkout: &'_ Checkout| {
            let folder = checkout.folder.as_deref()?;
            let rest = path.strip_prefix(folder)?;
            if folder.is_empty() { Some(rest.to_owned()) } else { Some(rest.strip_prefix('/')?.to_owned()) }
        };
        let found = self.checkouts.iter().rev().filter_map(|checkout| Some((checkout, below(checkout)?)));
        // The innermost folder, and what was checked out there last.
        let Some((checkout, path)) = found.min_by_key(|(_, path)| path.len()) else {
            return Some((path, Reads::Perhaps));
        };
        let most = match checkout.is_this_repository {
            Answer::No => return None,
            Answer::Unknown => Reads::Perhaps,
            Answer::Yes if !checkout.is_this_commit => Reads::Probably,
            Answer::Yes => Reads::AsItIs,
        };
        Some((path, reads.min(most)))
    }
}

impl Checkout {
    /// The checkout that a step is.
    pub(super) fn of(step: Node, environment: &Environment) -> Option<Checkout> {
        if !is_use_of(step, "actions/checkout") {
            return None;
        }
        let inputs = step.get("with");
        let of_step = |name: &str| inputs.and_then(|inputs| input(inputs, name));
        let folder = match of_step("path") {
            None => Some(String::new()),
            Some(path) => environment.text(path).map(|path| {
                path.text.split('/').filter(|step| !matches!(*step, "" | ".")).collect::<Vec<_>>().join("/")
            }),
        };
        let is_this_repository = match of_step("repository").map(Node::text) {
            None => Answer::Yes,
            Some(name) if is_of_run(name, THIS_REPOSITORY) => Answer::Yes,
            Some(name) => Answer::no_if(!name.contains("${{")),
        };
        let is_this_commit = of_step("ref").is_none_or(|commit| is_of_run(commit.text(), THIS_COMMIT));
        Some(Checkout { folder, is_this_repository, is_this_commit })
    }
}

/// Whether a step certainly changes no file that it does not name.
fn is_harmless(step: Node) -> bool {
    if let Some(script) = step.get("run") {
        let is_of_unix = |shell: Node| shell.as_text().is_some_and(|shell| matches!(shell, "bash" | "sh"));
        return script.as_text().is_some_and(leaves_files_alone) && step.get("shell").is_none_or(is_of_unix);
    }
    let Some(uses) = step.get("uses") else { return true };
    let name =
        uses.as_text().and_then(|uses| uses.split('@').next()).unwrap_or_default().to_ascii_lowercase();
    HARMLESS.iter().any(|own| {
        let is_family = own.ends_with(['-', '/']);
        if is_family { name.starts_with(own) } else { name == *own }
    })
}

/// Whether a step uses an action, in whatever version.
fn is_use_of(step: Node, action: &str) -> bool {
    let uses = step.get("uses").and_then(Node::as_text).and_then(|uses| uses.split('@').next());
    uses.is_some_and(|name| name.eq_ignore_ascii_case(action))
}

/// Whether what a step runs is an expression: `${{ inputs.command }} --all`.
fn is_expression(script: &str) -> bool {
    let script = script.trim();
    let script = ["bash -c", "sh -c"].iter().find_map(|shell| script.strip_prefix(shell)).unwrap_or(script);
    let script = script.trim_start_matches([' ', '"', '\'']);
    placeholder::find(script, Wants::Prose).is_some_and(|found| found.range.start == 0)
}

/// Whether a character is a part of a word: of a command, of a variable, of the name of a file.
fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '_' | '-')
}
