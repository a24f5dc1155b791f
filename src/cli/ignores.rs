//! `ecs-lint ignore`: entries of `[[ignore]]` for what is found, written into the settings file.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::arguments::{IgnoreArguments, LookArguments};
use super::settings::{self, Wanted};
use super::status::Status;
use super::terminal;
use crate::files::{self, Breadth, Files};
use crate::inputs::{Inputs, SETTINGS_FILE};
use crate::linter::Linter;
use crate::rules::Registry;
use crate::settings::{Draft, Glob, Selection, Target, read};
use crate::source::{STANDARD_INPUT, Source, SourceId};
use crate::visible::visible;
use crate::words::listed;

/// Writes entries for the findings of some rules.
pub(super) fn run(arguments: &IgnoreArguments, look: LookArguments) -> Status {
    let here = vec![OsString::from(".")];
    let paths = if arguments.paths.is_empty() { &here } else { &arguments.paths };
    let mut files = Files::find(paths, STANDARD_INPUT, settings::lookup(&arguments.source), Breadth::Own);
    let chosen = Selection { only: arguments.rule.clone(), ..Selection::default() };
    let registry = Registry::default();
    let wanted = Wanted {
        chosen,
        fail_on: None,
        today: settings::today(),
        ignores: true,
        excludes: true,
        baseline: None,
    };
    let mut settings = match settings::load(wanted, &mut files, &registry, look.style_of_errors()) {
        Ok(settings) => settings,
        Err(status) => return status,
    };
    settings.names_places = true;
    let linter = Linter::new(registry, settings);
    let outcome = linter.lint(&files);
    terminal::tell(outcome.failures.iter().chain(&files.failures));
    let mut by_file: BTreeMap<String, BTreeSet<Draft>> = BTreeMap::new();
    for finding in &outcome.findings {
        // What is said of settings is not about an input.
        let Some(input) = files.list().iter().find(|input| input.id == finding.problem.at.at.source) else {
            continue;
        };
        for target in finding.sites().iter().map(Target::of) {
            let wanted = arguments.container.clone().map(Target::Container);
            if wanted.is_some() && target != wanted {
                continue;
            }
            let name = input.settings.clone().unwrap_or_else(|| SETTINGS_FILE.to_owned());
            let rule = linter.registry().get(finding.rule).id;
            let entry = Draft { path: Glob::of(&input.path), rule: rule.to_owned(), target };
            by_file.entry(name).or_default().insert(entry);
        }
    }
    if by_file.is_empty() {
        let rules = listed(arguments.rule.iter().map(String::as_str));
        return terminal::fail(&format!("there is no finding of {rules} to ignore"));
    }
    let known = files.settings();
    let mut is_written = outcome.failures.is_empty() && files.failures.is_empty();
    for (name, entries) in by_file {
        let path = known.get(&name).cloned().unwrap_or_else(|| PathBuf::from(&name));
        match add(&path, &name, &entries, arguments, linter.registry()) {
            Ok(()) => {
                let noun = if entries.len() == 1 { "entry" } else { "entries" };
                is_written &= terminal::say(&format!("{}: added {} {noun}\n", visible(&name), entries.len()));
            }
            Err(reason) => {
                terminal::fail(&format!("{name}: {reason}"));
                is_written = false;
            }
        }
    }
    Status::of(!is_written, false)
}

/// Adds entries at the end of a settings file, all of whose text stays. Makes the file if it is not
/// there.
fn add(
    path: &Path,
    name: &str,
    entries: &BTreeSet<Draft>,
    arguments: &IgnoreArguments,
    registry: &Registry,
) -> Result<(), String> {
    let before = if files::lies_at(path) { Some(files::read_found(path)?) } else { None };
    let mut text =
        String::from_utf8(before.clone().unwrap_or_default()).map_err(|_| "not UTF-8".to_owned())?;
    for entry in entries {
        if !text.is_empty() {
            text.push_str(if text.ends_with('\n') { "\n" } else { "\n\n" });
        }
        let (expires, owner) = (arguments.expires.as_deref(), arguments.owner.as_deref());
        text.push_str(&entry.written(&arguments.reason, expires, owner));
    }
    // What is written must be read again.
    let source = Arc::new(Source::new(SourceId(0), name, text.as_str()));
    if let Err(faults) = read(source, registry) {
        let fault = faults.first().map_or("", |fault| fault.message.as_str());
        return Err(format!("the entries cannot be added: {fault}"));
    }
    match before {
        Some(before) => files::rewrite(path, &before, text.as_bytes()),
        None => files::create(path, &text),
    }
}
