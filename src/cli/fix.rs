//! `--fix` and `--diff`: the fixes of what is found, written or shown.

use super::status::Status;
use super::terminal;
use crate::apply::apply_fixes;
use crate::containment::contained;
use crate::files::Files;
use crate::fix::Safety;
use crate::inputs::Remark;
use crate::linter::{Linter, Outcome};
use crate::report::{self, Fixed};
use crate::visible::has_control;

/// Writes what the fixes change. Returns what is left in the files, and what was done.
pub(super) fn apply(linter: &Linter, files: &mut Files, at_most: Safety) -> (Outcome, Fixed) {
    let (changed, mut outcome) = apply_fixes(linter, files, at_most);
    let (mut fixes, mut written) = (0, 0);
    let mut failures = Vec::new();
    for one in &changed {
        match files.write(one.before.id, &one.before.text, &one.after) {
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
    (outcome, fixed)
}

/// Prints what the fixes would change. Status 1 if there is anything.
pub(super) fn diff(linter: &Linter, files: &Files, at_most: Safety) -> Status {
    let (changed, mut outcome) = apply_fixes(linter, files, at_most);
    outcome.failures.extend(files.failures.iter().cloned());
    outcome.notices = files.notices();
    let mut text = String::new();
    for one in &changed {
        let name = &one.before.name;
        let patch = match contained(|| report::unified_diff(name, &one.before.text, &one.after)) {
            Ok(patch) => patch,
            Err(bug) => {
                outcome.failures.push(Remark::new(name, bug));
                continue;
            }
        };
        if terminal::is_read_by_a_person() {
            text.push_str(&report::visible_patch(&patch));
        } else if has_control(&patch) {
            // Spelled out they would not be the file's, and raw they are not for a log.
            let reason = "its patch would contain control characters; use --fix instead";
            outcome.failures.push(Remark::new(name, reason));
        } else {
            text.push_str(&patch);
        }
    }
    let is_written = terminal::write(&text);
    terminal::tell(outcome.notices.iter().chain(&outcome.failures));
    Status::of(!outcome.failures.is_empty() || !is_written, !changed.is_empty())
}
