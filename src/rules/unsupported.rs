//! What the rules about fields that AWS does not support everywhere have in common: their texts.

use crate::finding::{Label, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Surroundings, TaskDefinition, Unsupported, unsupported_on};
use crate::rule::Report;

/// Reports the fields of a task definition that its environment does not support. `cause` is where the task
/// definition requests that environment. With a `safety`, each field can be deleted by a fix that can be
/// trusted that far.
pub(super) fn check(
    on: Surroundings,
    cause: &Label,
    safety: Option<Safety>,
    task: &TaskDefinition,
    report: &mut Report,
) {
    for found in unsupported_on(on, task) {
        let problem = problem(&found).also(cause.clone());
        report.add(
            match (safety, found.removed()) {
                // An empty folder in its place would hide the file of the image.
                _ if is_file(&found) => problem.help(
                    "delete the volume and its mounts, and put the file into the image, or write it when the \
                     container starts",
                ),
                (Some(safety), Some(removed)) => {
                    let is_field = removed == found.value.node();
                    let title = if is_field {
                        format!("delete `{}`", found.key())
                    } else {
                        "delete the entry".to_owned()
                    };
                    problem.fix(removed.delete(safety).titled(title))
                }
                _ => problem,
            }
            .unless(found.value.doubt()),
        );
    }
}

/// Whether what is not supported is a file of the instance that a container mounts.
fn is_file(found: &Unsupported) -> bool {
    /// How names of files end that people mount.
    const ENDS: [&str; 21] = [
        "cer",
        "cfg",
        "cnf",
        "conf",
        "config",
        "crt",
        "env",
        "htpasswd",
        "ini",
        "js",
        "json",
        "key",
        "pem",
        "php",
        "properties",
        "py",
        "sh",
        "toml",
        "xml",
        "yaml",
        "yml",
    ];
    let path = found.value.node().as_text().filter(|_| found.key() == "sourcePath");
    let end = path.and_then(|path| path.rsplit('/').next()?.rsplit_once('.'));
    end.is_some_and(|(_, end)| ENDS.contains(&end))
}

fn problem(found: &Unsupported) -> Problem {
    let verb = if found.field.on == Surroundings::ManagedInstances { "do" } else { "does" };
    let problem = Problem::new(
        format!("{} has {}, which {} {verb} not support", found.subject, found.what(), found.field.on),
        found.label("not supported"),
    )
    .help(found.field.help);
    // Whether AWS treats 0 as a value or as unset is not known.
    let is_zero = found.value.node().as_integer() == Some(0);
    let problem = if is_zero { problem.at_most(Severity::Warning) } else { problem };
    match found.field.aws_says {
        Some(says) => problem.says(says),
        None => problem,
    }
}
