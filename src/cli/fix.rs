//! `--fix` and `--diff`: the fixes of what is found, written or shown.

use std::sync::Arc;

use super::status::Status;
use super::terminal;
use crate::apply::{Changed, apply_fixes};
use crate::containment::contained;
use crate::files::Files;
use crate::fix::Safety;
use crate::inputs::Remark;
use crate::linter::{Linter, Outcome};
use crate::report::{self, Fixed, Style};
use crate::secrecy::starred;
use crate::source::Source;
use crate::visible::has_control;

/// What `--fix` has done.
pub(super) struct Applied {
    /// What is left in the files.
    pub outcome: Outcome,
    /// How much was done.
    pub fixed: Fixed,
    /// The text of standard input with its fixes, if it was read.
    pub standard_input: Option<Vec<u8>>,
}

/// Writes what the fixes change.
pub(super) fn apply(linter: &Linter, files: &mut Files, at_most: Safety) -> Applied {
    let (changed, mut outcome) = apply_fixes(linter, files, at_most);
    let (mut fixes, mut written) = (0, 0);
    let mut failures = Vec::new();
    let mut standard_input = files.standard_input();
    for one in &changed {
        let result = match &mut standard_input {
            Some((id, text)) if *id == one.before.id => {
                *text = one.after.clone().into_bytes();
                Ok(())
            }
            _ => files.write(one.before.id, &one.before.text, &one.after),
        };
        match result {
            Ok(()) => {
                fixes += one.fixes;
                written += 1;
            }
            Err(why) => failures.push(Remark::new(&one.before.name, why)),
        }
    }
    if !failures.is_empty() {
        // What is reported is what lies there now, not what would have.
        files.forget();
        outcome = linter.lint(files);
    }
    let fixed = Fixed { fixes, files: written, failed: failures.len() };
    outcome.failures.append(&mut failures);
    Applied { outcome, fixed, standard_input: standard_input.map(|(_, text)| text) }
}

/// Prints what the fixes would change. Status 1 if there is anything.
pub(super) fn diff(linter: &Linter, files: &Files, at_most: Safety, style: Style, quiet: bool) -> Status {
    let (changed, mut outcome) = apply_fixes(linter, files, at_most);
    outcome.failures.extend(files.failures.iter().cloned());
    outcome.notices = files.notices();
    let mut text = String::new();
    for one in &changed {
        let name = &one.before.name;
        let patches = contained(|| {
            let patch = report::unified_diff(name, &one.before.text, &one.after);
            let shown = shown(one).map(|[before, after]| report::unified_diff(name, &before, &after));
            (patch, shown)
        });
        let patch = match patches {
            Ok((patch, Some(shown))) if shown != patch => {
                let reason =
                    "stars stand for secrets in its patch, so it cannot be applied; use --fix instead";
                outcome.notices.push(Remark::new(name, reason));
                shown
            }
            Ok((patch, _)) if terminal::wants_ascii() && !patch.is_ascii() => {
                let reason = "its patch is shown in ASCII, so it cannot be applied; use --fix instead";
                outcome.notices.push(Remark::new(name, reason));
                patch
            }
            Ok((patch, _)) => patch,
            Err(bug) => {
                outcome.failures.push(Remark::new(name, bug));
                continue;
            }
        };
        if terminal::is_read_by_a_person() || style.color {
            text.push_str(&report::visible_patch(&patch, style));
        } else if has_control(&patch) {
            // Spelled out they would not be the file's, and raw they are not for a log.
            let reason = "its patch would contain control characters; use --fix instead";
            outcome.failures.push(Remark::new(name, reason));
        } else {
            text.push_str(&patch);
        }
    }
    let is_written = terminal::say(&text);
    let fixes: usize = changed.iter().map(|one| one.fixes).sum();
    if !quiet {
        terminal::tell(outcome.notices.iter());
    }
    if is_written && !quiet {
        terminal::complain(&match changed.len() {
            0 => "nothing to fix".to_owned(),
            1 => format!("would fix {} in 1 file", counted(fixes)),
            files => format!("would fix {} in {files} files", counted(fixes)),
        });
    }
    terminal::tell(outcome.failures.iter());
    Status::of(!outcome.failures.is_empty() || !is_written, !changed.is_empty())
}

fn counted(findings: usize) -> String {
    format!("{findings} finding{}", if findings == 1 { "" } else { "s" })
}

/// What is shown of a changed text, before and after, where that is not all of it.
fn shown(changed: &Changed) -> Option<[String; 2]> {
    let Source { id, name, .. } = changed.before.as_ref();
    let after = Arc::new(Source::new(*id, name.as_str(), changed.after.as_str()));
    starred(&changed.before, &after, &changed.concealed)
}
