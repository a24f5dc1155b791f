use crate::finding::{Category, Problem, Severity};
use crate::model::{FargateSize, LaunchType, TaskDefinition, sure_fargate_sizes_with};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-fargate-size",
    summary: "a Fargate task does not set its CPU or memory",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&[
        "Fargate requires that 'cpu' be defined at the task level.",
        "Fargate requires that 'memory' be defined at the task level.",
    ]),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html"],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(fargate) = task.requirement(LaunchType::Fargate) else { return };
    let (lacks, says) = match (task.cpu_text().is_missing(), task.memory_text().is_missing()) {
        (true, true) => ("`cpu` and `memory`", 0),
        (true, false) => ("`cpu`", 0),
        (false, true) => ("`memory`", 1),
        (false, false) => return,
    };
    let mut problem = Problem::new(
        format!("Fargate requires {lacks} at the task level"),
        task.name_label(format!("does not set {lacks}")),
    )
    .also(fargate.label("targets Fargate"))
    .reply(says, &[]);
    problem.also.extend(task.empty_sizes().map(|empty| empty.label("an empty string is not a size")));
    report.add(problem.help(format!("add {} next to `containerDefinitions`", partner(task))));
}

/// What to add: the smallest size that matches what is known.
fn partner(task: &TaskDefinition) -> String {
    let sizes = sure_fargate_sizes_with(task.is_windows());
    let (cpu, memory) = (task.cpu().known(), task.memory().known());
    let fits = |size: &&FargateSize| {
        cpu.is_none_or(|cpu| cpu.value() == size.cpu)
            && memory.is_none_or(|memory| memory.value() == size.memory)
    };
    let smallest = sizes.iter().filter(fits).min_by_key(|size| (size.cpu, size.memory));
    match (cpu, memory, smallest) {
        (Some(cpu), None, Some(size)) if task.memory_text().is_missing() => {
            format!("`\"memory\": \"{}\"` or more, the minimum for {} CPU units,", size.memory.0, cpu.0)
        }
        (None, Some(memory), Some(size)) if task.cpu_text().is_missing() => {
            format!("`\"cpu\": \"{}\"`, the minimum for {},", size.cpu.0, *memory)
        }
        (None, None, Some(size)) if task.cpu_text().is_missing() && task.memory_text().is_missing() => {
            format!("both, at least `\"cpu\": \"{}\"` and `\"memory\": \"{}\"`,", size.cpu.0, size.memory.0)
        }
        _ => "a size that Fargate supports".to_owned(),
    }
}
