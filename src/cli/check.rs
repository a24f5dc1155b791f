//! The run that lints, without a verb.

use std::ffi::OsString;
use std::time::Instant;

use super::arguments::{CheckArguments, Format};
use super::status::Status;
use super::{fix, terminal};
use crate::config::Config;
use crate::files::Files;
use crate::finding::Severity;
use crate::fix::Safety;
use crate::linter::{Linter, Outcome};
use crate::report::{self, Human};
use crate::rules::Registry;

/// Lints, and fixes what it is asked to.
pub(super) fn run(arguments: &CheckArguments, started: Instant) -> Status {
    let registry = Registry::default();
    let config = Config {
        profile: arguments.profile.into(),
        only: arguments.only.clone(),
        skip: arguments.skip.clone(),
    };
    if let Err(reason) = config.check(registry.names()) {
        return terminal::fail(&reason);
    }
    let here = [OsString::from(".")];
    let paths = if arguments.paths.is_empty() { &here } else { arguments.paths.as_slice() };
    let mut files = Files::find(paths, &arguments.stdin_filename);
    let linter = Linter::new(registry, &config);
    let at_most = if arguments.unsafe_fixes { Safety::Unsafe } else { Safety::Safe };
    if arguments.diff {
        return fix::diff(&linter, &files, at_most);
    }
    let (mut outcome, fixed) = if arguments.fix {
        fix::apply(&linter, &mut files, at_most)
    } else {
        (linter.lint(&files), String::new())
    };
    outcome.failures.extend(files.failures.iter().cloned());
    outcome.notices = files.notices();

    let failing: Severity = arguments.fail_on.into();
    let has_failing = outcome.findings.iter().any(|finding| finding.severity >= failing);
    let shown: Severity = arguments.severity.into();
    let before = outcome.findings.len();
    outcome.findings.retain(|finding| finding.severity >= shown);
    let hidden = before - outcome.findings.len();

    let report = match arguments.format {
        Format::Human => human(&mut outcome, &linter, arguments, hidden, started) + &fixed,
        Format::Concise => report::concise(&outcome, linter.registry()),
        Format::Json => report::json(&outcome, linter.registry()),
    };
    let is_written = terminal::write(&report);
    terminal::tell(outcome.notices.iter().chain(&outcome.failures));
    Status::of(!outcome.failures.is_empty() || !is_written, has_failing)
}

/// More findings than this are one line each: nobody reads so many pictures.
const MOST_PICTURES: usize = 50;

/// The report for people. `hidden` findings were left out.
fn human(
    outcome: &mut Outcome,
    linter: &Linter,
    arguments: &CheckArguments,
    hidden: usize,
    started: Instant,
) -> String {
    let mut text = String::new();
    let is_long = outcome.findings.len() > MOST_PICTURES && !arguments.full;
    if is_long {
        text.push_str(&report::concise(outcome, linter.registry()));
        text.push('\n');
        text.push_str(&report::table(&outcome.findings, linter.registry()));
        text.push_str("\n--full shows each finding with its source; --only RULE shows those of one rule\n");
    } else {
        let style = terminal::style(arguments.color.wanted(), arguments.ascii);
        let human = Human::new(linter.registry(), style);
        let (pictures, failures) = human.findings(outcome);
        text.push_str(&pictures);
        outcome.failures.extend(failures);
    }
    text.push_str(&report::summary(outcome, linter.registry(), hidden, started.elapsed()));
    text
}
