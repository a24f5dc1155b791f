//! The run that lints, without a verb.

use std::ffi::OsString;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use super::arguments::{CheckArguments, LookArguments};
use super::effect::without_effect;
use super::output::Outputs;
use super::status::Status;
use super::{fix, parse, settings, terminal};
use crate::files::{self, Breadth, Files};
use crate::finding::Severity;
use crate::fix::Safety;
use crate::inputs::{Input, Inputs, Remark, Role};
use crate::linter::{Linter, What};
use crate::report::{self, Run, Style};
use crate::rules::Registry;
use crate::secrecy::Masked;
use crate::settings::BASELINE_FILE;
use crate::source::{STANDARD_INPUT, Source};
use crate::visible::visible;

/// Lints, and fixes what it is asked to; again and again with `--watch`.
pub(super) fn run(arguments: &CheckArguments, look: LookArguments, started: Instant) -> Status {
    let wrong = without_effect(arguments, look).or_else(|| mistyped_verb(&arguments.paths));
    if let Some(reason) = wrong {
        return terminal::fail(&reason);
    }
    #[cfg(feature = "watch")]
    if arguments.watches() {
        let reports = match Outputs::of(&arguments.output, look.format) {
            Ok(outputs) => outputs.files().map(files::absolute).collect(),
            Err(reason) => return refuse(reason),
        };
        let paths = or_here(&arguments.paths);
        let once = || once(arguments, look, Instant::now()).unwrap_or_else(refuse);
        return super::watch::run(&paths, reports, once);
    }
    once(arguments, look, started).unwrap_or_else(refuse)
}

/// Ends a run that cannot begin.
fn refuse(reason: String) -> Status {
    terminal::fail(&reason)
}

/// The paths that are given, or the current folder.
fn or_here(paths: &[OsString]) -> Vec<OsString> {
    if paths.is_empty() { vec![OsString::from(".")] } else { paths.to_vec() }
}

/// One run.
///
/// # Errors
///
/// Why it cannot begin.
fn once(arguments: &CheckArguments, look: LookArguments, started: Instant) -> Result<Status, String> {
    let mut outputs = Outputs::of(&arguments.output, look.format)?;
    let registry = Registry::default();
    let mut files = find(arguments)?;
    let mut settings = match settings::load(arguments.into(), &mut files, &registry, look.style_of_errors()) {
        Ok(settings) => settings,
        Err(status) => return Ok(status),
    };
    settings.names_places |= outputs.have_fingerprints();
    if arguments.show_files {
        return Ok(show(&files));
    }
    let linter = Linter::new(registry, settings);
    if let Some((file, what)) =
        outputs.files().find_map(|file| Some((file, read_by(file, arguments, &files, &linter)?)))
    {
        return Err(format!("{}: {what}, so the report cannot be written there", file.display()));
    }
    let at_most = if arguments.unsafe_fixes { Safety::Unsafe } else { Safety::Safe };
    if arguments.diff {
        return Ok(fix::diff(&linter, &files, at_most, look.style(false), arguments.quiet));
    }
    let (mut outcome, fixed) = if arguments.fix {
        let applied = fix::apply(&linter, &mut files, at_most);
        if let Some(text) = applied.standard_input {
            // The place of the report is taken.
            outputs.move_to_standard_error();
            if !terminal::write_bytes(&text) {
                return Ok(Status::Failed);
            }
        }
        (applied.outcome, Some(applied.fixed))
    } else {
        (linter.lint(&files), None)
    };
    outcome.failures.extend(files.failures.iter().cloned());
    outcome.notices.extend(files.notices());
    if files.list().is_empty() && outcome.failures.is_empty() && !arguments.quiet && is_listed(arguments) {
        terminal::complain("no file to lint: the list holds none that may be an ECS document");
    }

    let warnings = outcome.findings.iter().filter(|finding| finding.severity == Severity::Warning).count();
    let too_many = arguments.max_warnings.is_some_and(|most| warnings > most);
    let has_failing = (too_many || outcome.has_failing) && !arguments.exit_zero;
    let shown: Severity = arguments.severity.into();
    let before = outcome.findings.len();
    outcome.findings.retain(|finding| finding.severity >= shown);
    let hidden = before - outcome.findings.len();
    let fails_unseen = has_failing && outcome.findings.is_empty();

    let outcome = Masked::of(outcome);
    let folder = files::folder_in_repository();
    let style = look.style(arguments.full);
    let run = Run {
        hidden,
        fails_unseen,
        failing: linter.settings().failing(),
        fixed,
        took: started.elapsed(),
        folder: &folder,
        style: Style { statistics: arguments.statistics, quiet: arguments.quiet, ..style },
        ..Run::of(&outcome, linter.registry())
    };
    let (is_written, failures) = outputs.write(&run);
    let failures: Vec<&Remark> = outcome.failures.iter().chain(&failures).collect();
    if !arguments.quiet {
        terminal::tell(passed_over(&outcome.passed_over).iter().chain(&outcome.notices));
    }
    terminal::tell(failures.iter().copied());
    // Nobody would know why the run fails.
    let is_needed = arguments.quiet && fails_unseen;
    if is_needed || !arguments.quiet && !outputs.tell_the_summary() {
        terminal::complain(&report::summary_line(&run));
    }
    let status = Status::of(!failures.is_empty() || !is_written, has_failing);
    if !arguments.watches() {
        // The process ends: all of its memory goes at once.
        std::mem::forget((linter, files, outcome));
    }
    Ok(status)
}

/// What a file is for a run that reads it: writing a report there would destroy it. A file that was only found and
/// holds nothing to lint may be an earlier report.
fn read_by(file: &Path, arguments: &CheckArguments, files: &Files, linter: &Linter) -> Option<&'static str> {
    let is = |other: &Path| files::is_same_file(file, other);
    let settings = files.settings();
    let holds_ours = |input: &Input| {
        let source =
            files.read(input.id).map(|bytes| Source::from_bytes(input.id, input.name.as_str(), bytes));
        source.is_ok_and(|source| linter.read(Arc::new(source), input).what != What::Unrelated)
    };
    if files.input_at(file).is_some_and(|input| input.role == Role::Named || holds_ours(input)) {
        return Some("this file is linted");
    }
    if settings.values().any(|path| is(path)) {
        return Some("these are the settings");
    }
    let beside = settings.values().map(|path| path.with_file_name(BASELINE_FILE));
    if arguments.baseline.iter().cloned().chain(beside).any(|path| is(&path)) {
        return Some("this is the baseline");
    }
    arguments.files_from.as_deref().is_some_and(is).then_some("this is the list of the files")
}

/// Finds what to lint.
///
/// # Errors
///
/// Why git, or the list, does not say.
fn find(arguments: &CheckArguments) -> Result<Files, String> {
    let name = arguments.stdin_filename.as_deref().map(Path::to_string_lossy);
    let name = name.as_deref().unwrap_or(STANDARD_INPUT);
    let lookup = settings::lookup(&arguments.source);
    let breadth = if arguments.no_exclude { Breadth::Everything } else { Breadth::Own };
    match (&arguments.since, &arguments.files_from) {
        (Some(commit), _) => Files::changed_since(commit, &arguments.paths, lookup),
        (None, Some(list)) => Files::of_list(list, lookup, breadth),
        (None, None) if arguments.staged => Files::staged(&arguments.paths, lookup),
        (None, None) => Ok(Files::find(&or_here(&arguments.paths), name, lookup, breadth)),
    }
}

/// Whether something else than paths says what to lint.
fn is_listed(arguments: &CheckArguments) -> bool {
    arguments.staged || arguments.since.is_some() || arguments.files_from.is_some()
}

/// Lists the files that would be read.
fn show(files: &Files) -> Status {
    let asked = files.list().iter().filter(|input| input.role.is_asked());
    let names: String = asked.map(|input| format!("{}\n", visible(&input.name))).collect();
    let is_written = terminal::say(&names);
    terminal::tell(files.failures.iter());
    Status::of(!files.failures.is_empty() || !is_written, false)
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
