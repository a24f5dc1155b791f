//! `ecs-lint config`: what is in force for a file, and where each of it is set.

use std::ffi::OsString;

use serde_json::{Value, json};

use super::arguments::{ConfigArguments, LookArguments};
use super::settings;
use super::status::Status;
use super::terminal;
use crate::files::{self, Projects};
use crate::rules::Registry;
use crate::secrecy::{without_forms, without_told};
use crate::settings::{Entry, File, in_force};
use crate::source::SourceId;
use crate::visible::{escaped, visible};

/// Shows the settings that are in force for a file.
pub(super) fn run(arguments: &ConfigArguments, look: LookArguments) -> Status {
    let is_json = match look.lists_json() {
        Ok(is_json) => is_json,
        Err(reason) => return terminal::fail(&reason),
    };
    // A file that need not exist stands for all of a folder.
    let here = OsString::from("./*");
    let path = arguments.path.as_ref().unwrap_or(&here);
    if files::is_lost(path.as_ref()) {
        return terminal::fail(&format!("{}: the current folder no longer exists", path.to_string_lossy()));
    }
    let lookup = settings::lookup(&arguments.source);
    let found = Projects::new(lookup.clone()).in_force(path.as_ref());
    let mut file = None;
    let mut pattern_path = String::new();
    if let Some(found) = found {
        let name = found.name();
        let style = look.style_of_errors();
        let bytes = lookup.read(&found.settings);
        file = settings::read(SourceId(0), &name, bytes, &Registry::default(), style);
        if file.is_none() {
            return Status::Failed;
        }
        pattern_path = found.path;
    }
    let entries = in_force(file.as_ref(), &pattern_path);
    match is_json {
        true => terminal::print(&json(&entries, file.as_ref())),
        false => terminal::print(&terminal::told(&text(&entries, file.as_ref()))),
    }
}

/// Where something is set: the file and the line.
fn place(entry: &Entry, file: Option<&File>) -> Option<(String, usize)> {
    let source = &file?.source;
    Some((source.name.clone(), source.position(entry.at?.span.start).line))
}

fn json(entries: &[Entry], file: Option<&File>) -> String {
    let object = |entry: &Entry| {
        let place = place(entry, file);
        let (name, line) = place.map_or((None, None), |(name, line)| (Some(name), Some(line)));
        json!({"key": entry.key, "value": entry.value, "file": name, "line": line})
    };
    escaped(format!("{:#}\n", starred(entries.iter().map(object).collect())))
}

/// A setting with stars in the place of what may be a secret: a reason may say one in its words.
fn told(text: &str) -> String {
    match text.split_once("reason = ") {
        Some((before, reason)) => format!("{}reason = {}", without_forms(before), without_told(reason)),
        None => without_forms(text),
    }
}

/// A value with stars in the place of what may be a secret.
fn starred(value: Value) -> Value {
    match value {
        Value::String(text) => told(&text).into(),
        Value::Array(items) => items.into_iter().map(starred).collect(),
        Value::Object(members) => members.into_iter().map(|(key, value)| (key, starred(value))).collect(),
        other => other,
    }
}

fn text(entries: &[Entry], file: Option<&File>) -> String {
    let set = |entry: &Entry| told(&format!("{} = {}", entry.key, entry.value));
    let width = entries.iter().map(|entry| set(entry).chars().count()).max().unwrap_or(0).min(60);
    let mut text = String::new();
    for entry in entries {
        let from = place(entry, file).map_or("default".to_owned(), |(name, line)| format!("{name}:{line}"));
        text.push_str(&format!("{:width$}  # {}\n", visible(&set(entry)), visible(&from)));
    }
    if file.is_none() {
        text.push_str("no settings file is in force; `ecs-lint init` writes one\n");
    }
    text
}
