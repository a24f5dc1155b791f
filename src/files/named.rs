//! Files that Terraform modules read, whatever these are called.

use std::collections::HashMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::Files;
use super::origin::read;
use crate::input::{is_name_of_script, is_terraform};
use crate::inputs::Role;
use crate::parse::paths_read_by;

/// How the names of templates end that may be of JSON. A name without any ending may be one too.
const ENDINGS: &[&str] =
    &[".definition", ".definitions", ".erb", ".j2", ".jsn", ".tftpl", ".tmp", ".tmpl", ".tpl", ".txt"];

/// Whether a file may be the template of a document, though its name is that of none.
pub(super) fn may_be_template(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_ascii_lowercase());
    name.is_some_and(|name| !name.contains('.') || ENDINGS.iter().any(|ending| name.ends_with(ending)))
}

/// How many scripts are read.
pub(super) const MOST_SCRIPTS: usize = 500;
/// The size, in bytes, of the largest script that is read.
const LARGEST_SCRIPT: u64 = 256 << 10;
/// Whether a file may be a script that calls the AWS CLI.
pub(super) fn is_script(path: &Path) -> bool {
    path.file_name().is_some_and(|name| is_name_of_script(&name.to_string_lossy()))
}

/// The text of a script, unless it is too large or cannot be read.
pub(super) fn read_script(path: &Path) -> Option<String> {
    let is_small = fs::metadata(path).is_ok_and(|data| data.is_file() && data.len() <= LARGEST_SCRIPT);
    let bytes = if is_small { read(path).ok()? } else { return None };
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

impl Files {
    /// Adds those of the templates that were met that a module names in a call of `file` or `templatefile`, and that
    /// begin like JSON.
    pub(super) fn add_named(&mut self) {
        let templates = std::mem::take(&mut self.templates);
        if templates.is_empty() {
            return;
        }
        let mut known: HashMap<PathBuf, PathBuf> =
            templates.into_iter().map(|path| (plain(&path), path)).collect();
        let modules = self.inputs.iter().zip(&self.origins).filter(|(input, _)| is_terraform(&input.name));
        let modules: Vec<PathBuf> =
            modules.filter_map(|(_, origin)| origin.file().map(Path::to_path_buf)).collect();
        for module in modules {
            let Ok(text) = read(&module) else { continue };
            let folder = module.parent().unwrap_or(Path::new(""));
            for name in paths_read_by(&String::from_utf8_lossy(&text)) {
                let Some(path) = known.remove(&plain(&folder.join(name))) else { continue };
                let Ok(data) = fs::metadata(&path) else { continue };
                let begins_like_json = || {
                    let text = read(&path);
                    text.is_ok_and(|text| String::from_utf8_lossy(&text).trim_start().starts_with(['[', '{']))
                };
                if data.is_file() && begins_like_json() {
                    self.add(&path, &data, Role::Found);
                }
            }
        }
    }
}

/// A path without `.` and, as far as possible, without `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(plain.components().next_back(), Some(Component::Normal(_))) => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_paths_go_down_only() {
        assert_eq!(plain(Path::new("./x/../b.tpl")), Path::new("b.tpl"));
        assert_eq!(plain(Path::new("../y/./b.tpl")), Path::new("../y/b.tpl"));
    }

    #[test]
    fn templates_have_the_endings_of_templates_or_none() {
        for (name, expected) in [("a/b.TFTPL", true), ("a/containers", true), ("a/main.rs", false)] {
            assert_eq!(may_be_template(Path::new(name)), expected, "{name}");
        }
    }
}
