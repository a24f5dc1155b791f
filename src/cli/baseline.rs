//! `ecs-lint baseline`: what is found now, written down, so that only new findings are shown.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::arguments::{BaselineArguments, LookArguments};
use super::settings::{self, Wanted};
use super::status::Status;
use super::terminal;
use crate::files::{self, Breadth, Files};
use crate::finding::Finding;
use crate::inputs::{Input, Inputs, Reach};
use crate::linter::Linter;
use crate::rules::Registry;
use crate::settings::{BASELINE_FILE, Baseline, Selection};
use crate::source::STANDARD_INPUT;
use crate::visible::visible;

/// Writes the baselines of the settings files that are in force, or the one that is named.
pub(super) fn run(arguments: &BaselineArguments, look: LookArguments) -> Status {
    let here = vec![OsString::from(".")];
    let paths = if arguments.paths.is_empty() { &here } else { &arguments.paths };
    let mut files = Files::find(paths, STANDARD_INPUT, settings::lookup(&arguments.source), Breadth::Own);
    let registry = Registry::default();
    let wanted = Wanted {
        chosen: Selection::default(),
        fail_on: None,
        today: settings::today(),
        ignores: true,
        excludes: true,
        // Everything that is found counts, so no baseline may hide it.
        baseline: None,
    };
    let mut settings = match settings::load(wanted, &mut files, &registry, look.style_of_errors()) {
        Ok(settings) => settings,
        Err(status) => return status,
    };
    let is_whole: BTreeMap<String, bool> =
        settings.files.iter().map(|(name, file)| (name.clone(), file.is_whole)).collect();
    settings.files.values_mut().for_each(|file| file.baseline = None);
    settings.names_places = true;
    let known = files.settings();
    let linter = Linter::new(registry, settings);
    let outcome = linter.lint(&files);
    terminal::tell(outcome.failures.iter().chain(&files.failures));
    let mut is_written = outcome.failures.is_empty() && files.failures.is_empty();
    let mut found: BTreeMap<PathBuf, Found> = BTreeMap::new();
    for input in files.list() {
        let Some(path) = file_of(arguments, input, &known) else {
            return terminal::fail(
                "no settings file: run `ecs-lint init` first, or name the baseline with --baseline FILE",
            );
        };
        let found = found.entry(path).or_default();
        found.linted.insert(input.path.clone());
        found.is_whole |= input.settings.as_ref().is_some_and(|name| is_whole.get(name) == Some(&true));
    }
    for finding in &outcome.findings {
        let at = finding.problem.at.at.source;
        // What is reported of settings is not about an input.
        let Some(input) = files.list().iter().find(|input| input.id == at) else { continue };
        let rule = linter.registry().get(finding.rule).id;
        if let Some(found) = file_of(arguments, input, &known).and_then(|path| found.get_mut(&path)) {
            for site in finding.sites() {
                found.findings.add(&input.path, rule, &site.named_pointer);
            }
            // Such a one is told in the file that is linted, but is known in the other.
            let turned = finding.turned_from.as_ref().zip(input_around(&files, finding));
            found.turned.extend(turned.map(|(site, other)| Turned {
                rule,
                here: [input.path.clone(), finding.named_pointer.clone()],
                there: [other.path.clone(), site.named_pointer.clone()],
            }));
        }
    }
    for (path, found) in found {
        let name = visible(&path.display().to_string()).into_owned();
        match write(&path, &found, arguments.add) {
            Ok(done) => is_written &= terminal::say(&format!("{name}: {done}\n")),
            Err(reason) => {
                terminal::fail(&format!("{name}: {reason}"));
                is_written = false;
            }
        }
    }
    Status::of(!is_written, false)
}

/// The input around those that are linted from which a finding was turned.
fn input_around<'f>(files: &'f Files, finding: &Finding) -> Option<&'f Input> {
    let id = finding.turned_from.as_ref()?.at.source;
    let around = [Reach::Folder, Reach::Project].into_iter().flat_map(|reach| &files.around(reach).inputs);
    around.into_iter().find(|input| input.id == id)
}

/// A finding that is told here, in the file that is linted, in place of there: each a path and a pointer.
struct Turned {
    rule: &'static str,
    here: [String; 2],
    there: [String; 2],
}

/// What was found in the files of one baseline.
#[derive(Default)]
struct Found {
    findings: Baseline,
    turned: Vec<Turned>,
    /// The paths of the files that were linted.
    linted: BTreeSet<String>,
    /// Whether these are all that the baseline can be about.
    is_whole: bool,
}

/// The baseline that an input belongs to.
fn file_of(
    arguments: &BaselineArguments,
    input: &Input,
    settings: &BTreeMap<String, PathBuf>,
) -> Option<PathBuf> {
    match &arguments.baseline {
        Some(path) => Some(path.clone()),
        None => Some(settings.get(input.settings.as_deref()?)?.with_file_name(BASELINE_FILE)),
    }
}

/// Writes one baseline, and returns what was done.
fn write(path: &Path, found: &Found, add: bool) -> Result<String, String> {
    let all = |_: &str| true;
    if !files::lies_at(path) {
        let count = found.findings.count(all);
        files::create(path, &found.findings.written())?;
        return Ok(format!("wrote {}", counted(count)));
    }
    let bytes = files::read_found(path)?;
    let text = settings::baseline_text(bytes.clone())?;
    let before = Baseline::read(&text)?;
    let is_linted = |path: &str| found.is_whole || found.linted.contains(path);
    let mut now = found.findings.clone();
    for Turned { rule, here: [path, pointer], there: [other, its_pointer] } in &found.turned {
        if before.contains(other, rule, its_pointer) && !before.contains(path, rule, pointer) {
            now.take(path, rule, pointer);
        }
    }
    let shrunk = before.shrunk(&now, is_linted);
    let after = if add { before.grown(&now, is_linted) } else { shrunk.clone() };
    files::rewrite(path, &bytes, after.written().as_bytes())?;
    let (gone, added) = (before.count(all) - shrunk.count(all), after.count(all) - shrunk.count(all));
    let mut done = format!("removed {}", counted(gone));
    if add {
        done.push_str(&format!(", added {added}"));
    } else {
        let new = now.count(all).saturating_sub(shrunk.count(is_linted));
        if new > 0 {
            done.push_str(&format!("; {new} new, which only --add would add"));
        }
    }
    Ok(done)
}

fn counted(count: usize) -> String {
    if count == 1 { "1 finding".to_owned() } else { format!("{count} findings") }
}
