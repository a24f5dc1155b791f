use crate::finding::{Category, Problem, Severity};
use crate::model::{CpuUnits, LaunchType, TaskDefinition};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "invalid-ec2-cpu",
    summary: "the task's CPU is less than 0.125 or more than 192 vCPU",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    aws_says: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
    ],
    page: page!("task-definition/invalid-ec2-cpu"),
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
            format!("a task may not ask for as little as {} CPU units", cpu.0),
            format!("the least is {}", LEAST.0),
            format!(
                "write `\"{}\"` or more, or leave `cpu` out: a container's own `cpu` may be smaller",
                LEAST.0
            ),
        )
    } else {
        (
            format!("a task may not ask for as much as {} CPU units", cpu.0),
            format!("the most is {MOST}"),
            format!("write at most `\"{}\"`, or leave `cpu` out; 1024 CPU units make one vCPU", MOST.0),
        )
    };
    report.add(
        Problem::new(message, cpu.label(bound))
            .also(asked.label(format!("a task for {} may have {} to {MOST}", asked.value(), LEAST.0)))
            .help(help),
    );
}
