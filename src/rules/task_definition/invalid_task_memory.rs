use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Mebibytes, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-task-memory",
    summary: "the task's `memory` is not in a documented format",
    category: Category::Rejected,
    // A warning: the API's reply to MB, MiB and GiB is not recorded.
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html"],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(memory) = task.memory_text().known() else { return };
    let is_zero = Mebibytes::is_spelled(&memory) && memory.bytes().all(|byte| !(b'1'..=b'9').contains(&byte));
    if Mebibytes::is_spelled(&memory) && !is_zero {
        return;
    }
    let why = if is_zero { "must be greater than 0" } else { "neither a number of MiB nor of GB" };
    let problem = Problem::new(
        format!("`{memory}` is not a documented amount of memory for a task"),
        memory.label(why),
    );
    report.add(match Mebibytes::guess(&memory).filter(|_| !is_zero) {
        Some(size) => {
            let value = size.0.to_string();
            let fix = memory.set(Safety::Shown, value.as_str());
            problem.help(format!("set `memory` to `\"{value}\"`, in MiB without a unit")).fix(fix)
        }
        None => {
            problem.help("set `memory` to MiB as a string, or to GB with the unit: `\"512\"`, `\"2 GB\"`")
        }
    });
}
