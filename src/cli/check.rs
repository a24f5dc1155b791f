//! The run that lints, without a verb.

use std::ffi::OsString;
use std::path::Path;
use std::time::Instant;

use super::arguments::{CheckArguments, LookArguments};
use super::output::Outputs;
use super::status::Status;
use super::{fix, parse, settings, terminal};
use crate::files::{self, Files};
use crate::finding::Severity;
use crate::fix::Safety;
use crate::inputs::Remark;
use crate::linter::Linter;
use crate::report::{self, Run};
use crate::rules::Registry;
use crate::secrecy::Masked;

/// Lints, and fixes what it is asked to.
pub(super) fn run(arguments: &CheckArguments, look: LookArguments, started: Instant) -> Status {
    let outputs = match Outputs::of(arguments, look.format) {
        Ok(outputs) => outputs,
        Err(reason) => return terminal::fail(&reason),
    };
    let registry = Registry::default();
    if let Some(reason) = mistyped_verb(&arguments.paths) {
        return terminal::fail(&reason);
    }
    let here = [OsString::from(".")];
    let paths = if arguments.paths.is_empty() { &here } else { arguments.paths.as_slice() };
    let mut files = Files::find(paths, &arguments.stdin_filename, settings::lookup(arguments));
    let settings = match settings::load(arguments, &mut files, &registry, look.style_of_errors()) {
        Ok(settings) => settings,
        Err(status) => return status,
    };
    let linter = Linter::new(registry, settings);
    let at_most = if arguments.unsafe_fixes { Safety::Unsafe } else { Safety::Safe };
    if arguments.diff {
        return fix::diff(&linter, &files, at_most);
    }
    let (mut outcome, fixed) = if arguments.fix {
        let (outcome, fixed) = fix::apply(&linter, &mut files, at_most);
        (outcome, Some(fixed))
    } else {
        (linter.lint(&files), None)
    };
    outcome.failures.extend(files.failures.iter().cloned());
    outcome.notices = files.notices();

    let shown: Severity = arguments.severity.into();
    let before = outcome.findings.len();
    outcome.findings.retain(|finding| finding.severity >= shown);
    let hidden = before - outcome.findings.len();

    let outcome = Masked::of(outcome);
    let folder = files::folder_in_repository();
    let run = Run {
        hidden,
        failing: linter.settings().failing(),
        fixed,
        took: started.elapsed(),
        folder: &folder,
        style: look.style(arguments.full),
        ..Run::of(&outcome, linter.registry())
    };
    let (is_written, failures) = outputs.write(&run);
    let failures: Vec<&Remark> = outcome.failures.iter().chain(&failures).collect();
    terminal::tell(passed_over(&outcome.passed_over).iter());
    terminal::tell(outcome.notices.iter().chain(failures.iter().copied()));
    if !outputs.tell_the_summary() {
        terminal::complain(&report::summary_line(&run));
    }
    Status::of(!failures.is_empty() || !is_written, outcome.has_failing)
}

/// More files than this that were passed over are counted: a hook may name hundreds.
const MOST_PASSED_OVER: usize = 5;

/// What to say of the files that were named and hold nothing to lint.
fn passed_over(remarks: &[Remark]) -> Vec<Remark> {
    let mut told: Vec<Remark> = remarks.iter().take(MOST_PASSED_OVER).cloned().collect();
    let others = remarks.len() - told.len();
    if others > 0 {
        told.push(Remark::new(format!("{others} more"), "not linted, they hold no ECS document"));
    }
    told
}

/// What to say of a first path that is most likely meant as a verb.
fn mistyped_verb(paths: &[OsString]) -> Option<String> {
    let word = paths.first()?.to_str()?;
    let is_word = word.chars().all(|c| c.is_ascii_alphabetic() || c == '-') && word != "-";
    if !is_word || Path::new(word).exists() {
        return None;
    }
    let verb = parse::nearest_verb(word)?;
    Some(format!("no file `{word}`; did you mean the command `{verb}`?"))
}
