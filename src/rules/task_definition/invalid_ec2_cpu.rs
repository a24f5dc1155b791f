use crate::finding::{Category, Problem, Severity};
use crate::model::{CpuUnits, LaunchType, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-ec2-cpu",
    summary: "the task's CPU is less than 0.125 or more than 192 vCPU",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
    ],
    check: Check::TaskDefinition(check),
};

/// The widest range that AWS documents.
const LEAST: CpuUnits = CpuUnits(128);
const MOST: CpuUnits = CpuUnits(192 * 1024);

fn check(task: &TaskDefinition, report: &mut Report) {
    let asked = task.requirement(LaunchType::Ec2).or_else(|| task.requirement(LaunchType::External));
    let (Some(asked), Some(cpu)) = (asked, task.cpu().known()) else { return };
    if !task.is_fargate().is_no() || (LEAST..=MOST).contains(&*cpu) {
        return;
    }
    let (message, bound, help) = if *cpu < LEAST {
        (
            format!("{} CPU units are too few for a task", cpu.0),
            format!("the minimum is {}", LEAST.0),
            format!(
                "set `cpu` to `\"{}\"` or more, or remove it: the `cpu` of a container may be smaller",
                LEAST.0
            ),
        )
    } else {
        (
            format!("{} CPU units are too many for a task", cpu.0),
            format!("the maximum is {MOST}"),
            format!("set `cpu` to at most `\"{}\"`, or remove it; 1024 CPU units are 1 vCPU", MOST.0),
        )
    };
    report.add(
        Problem::new(message, cpu.label(bound))
            .also(asked.label(format!("{} allows {} to {MOST}", asked.value(), LEAST.0)))
            .help(help),
    );
}
