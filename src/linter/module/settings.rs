//! Files that set variables of modules in other folders: those that are given to a command, configurations of Terragrunt,
//! and tests. Which module each is for is seen in part: what may be for a module is.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::scope::Module;
use crate::inputs::Input;
use crate::linter::reading::Reading;
use crate::parse::{module_sources, sets};
use crate::source::Source;

/// Notes which variables of the modules may have other values than their defaults.
pub(super) fn note_settings(
    modules: &mut BTreeMap<&str, Module>,
    inputs: &[&Input],
    readings: &[Result<Reading, String>],
) {
    let settings = inputs.iter().zip(readings).filter_map(|(input, reading)| {
        let source = reading.as_ref().ok()?.variable_values.as_ref()?;
        Some((*input, source))
    });
    let settings: Vec<(&Input, &Arc<Source>)> = settings.collect();
    if settings.is_empty() {
        return;
    }
    for (folder, module) in modules {
        let project = module.files.first().map(|at| &inputs[*at].project);
        let is_called = !module.decided.callers.is_empty();
        let here = settings.iter().filter(|(input, source)| {
            Some(&input.project) == project && may_be_for(folder, is_called, &source.name, &source.text)
        });
        let texts: Vec<&str> = here.map(|(_, source)| source.text.as_str()).collect();
        let decided = &mut module.decided;
        let set = decided.defaults.keys().filter(|name| texts.iter().any(|text| sets(text, name)));
        decided.set_elsewhere = set.cloned().collect();
    }
}

/// Whether a file may set variables of the module in a folder.
fn may_be_for(folder: &str, is_called: bool, name: &str, text: &str) -> bool {
    if name.contains(".tfvars") {
        // Only a root module gets them.
        return !is_called;
    }
    let last = |path: &str| path.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
    let mut sources =
        module_sources(text).map(|source| last(source.split('?').next().unwrap_or(source))).peekable();
    let is_elsewhere = |source: &String| {
        !matches!(source.as_str(), "" | "." | "..") && !source.contains('}') && *source != last(folder)
    };
    sources.peek().is_none() || !sources.all(|source| is_elsewhere(&source))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_for_the_modules_that_they_name() {
        let name = "live/web/terragrunt.hcl";
        let of = |source: &str| format!("terraform {{\n  source = \"{source}\"\n}}\ninputs = {{}}\n");
        for source in
            ["../../modules/web", "git::https://x.org/m.git//modules/web/?ref=v1", ".", "${local.source}"]
        {
            assert!(may_be_for("modules/web", false, name, &of(source)), "{source}");
        }
        assert!(!may_be_for("modules/web", false, name, &of("../../modules/database")));
        assert!(may_be_for("modules/web", true, name, "inputs = {}"));
        assert!(may_be_for("web", false, "web/prod.tfvars", ""));
        assert!(!may_be_for("web", true, "web/prod.tfvars", ""));
    }
}
