//! `ecs-lint init`: a settings file to begin with.

use std::path::Path;

use super::status::Status;
use super::{schema, terminal};
use crate::files;
use crate::inputs::SETTINGS_FILE;
use crate::settings;

/// Writes a settings file into the current folder, if there is none.
pub(super) fn run() -> Status {
    if let Some(name) = files::SETTINGS_FILES.into_iter().find(|name| files::lies_at(Path::new(name))) {
        return terminal::fail(&format!("{name} exists already"));
    }
    let schema = schema::settings_url(concat!("v", env!("CARGO_PKG_VERSION")));
    match files::create(Path::new(SETTINGS_FILE), &settings::template(&schema)) {
        Ok(()) => terminal::print(&format!("wrote {SETTINGS_FILE}: nothing is set in it yet\n")),
        Err(reason) => terminal::fail(&format!("{SETTINGS_FILE}: {reason}")),
    }
}
