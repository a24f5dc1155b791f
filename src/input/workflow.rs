//! GitHub workflows and composite actions that render task definitions and deploy them.

use crate::tree::{Kind, Node, Tree};

/// Whether a file may be a workflow or a composite action: GitHub runs only the workflows of one folder, and composite
/// actions of one name.
pub(crate) fn may_be_workflow(location: &str) -> bool {
    is_place_of_workflows(location) || file_name(location) == Some("action")
}

/// Whether GitHub takes a file for a workflow.
pub(crate) fn is_place_of_workflows(location: &str) -> bool {
    let folder = location.rsplit_once('/').map_or("", |(folder, _)| folder);
    let is_there = folder == ".github/workflows" || folder.ends_with("/.github/workflows");
    is_there && file_name(location).is_some()
}

/// The name of a file in YAML, without its ending.
fn file_name(location: &str) -> Option<&str> {
    let file = location.rsplit('/').next()?;
    file.strip_suffix(".yml").or_else(|| file.strip_suffix(".yaml"))
}

/// The workflow, or the composite action, that a text is.
pub(crate) fn workflow(tree: &Tree) -> Option<Node<'_>> {
    let root = tree.roots().next().filter(|_| tree.roots().nth(1).is_none())?;
    let has = |key: &str| root.get(key).is_some_and(|value| value.kind() == Kind::Object);
    (has("jobs") || has("runs")).then_some(root)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_github_runs_is_a_workflow() {
        for name in [
            ".github/workflows/deploy.yml",
            "/srv/app/.github/workflows/deploy.yaml",
            "action.yml",
            ".github/actions/render/action.yaml",
        ] {
            assert!(may_be_workflow(name), "{name}");
        }
        for name in ["deploy.yml", ".github/workflows/old/deploy.yml", ".github/workflows/deploy.yml.txt"] {
            assert!(!may_be_workflow(name), "{name}");
        }
    }
}
