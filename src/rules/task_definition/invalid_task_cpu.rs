use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{CpuUnits, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-task-cpu",
    summary: "the task's `cpu` is not a valid amount",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Always("Invalid 'cpu' setting for task."),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(cpu) = task.cpu_text().known() else { return };
    let is_zero = CpuUnits::is_spelled(&cpu) && cpu.bytes().all(|byte| !(b'1'..=b'9').contains(&byte));
    if CpuUnits::is_spelled(&cpu) && !is_zero {
        return;
    }
    let why = if is_zero { "must be greater than 0" } else { "neither CPU units nor a number of vCPUs" };
    let problem = Problem::new(format!("`{cpu}` is not a valid amount of CPU for a task"), cpu.label(why));
    // Off Fargate, a 0 occurs in real files, and no reply to it is recorded.
    let is_certain = !is_zero || task.is_fargate().is_yes();
    let problem = if is_certain { problem } else { problem.at_most(Severity::Warning) };
    let help = "set `cpu` to a number of CPU units as a string, such as `\"256\"`; 1024 CPU units are 1 vCPU";
    report.add(match CpuUnits::guess(&cpu).filter(|_| !is_zero) {
        Some(units) => {
            let value = units.0.to_string();
            let fix = cpu.set(Safety::Shown, value.as_str());
            problem
                .help(format!(
                    "set `cpu` to `\"{value}\"` CPU units if you mean {} vCPU",
                    units.0 as f64 / 1024.0
                ))
                .fix(fix)
        }
        None => problem.help(help),
    });
}
