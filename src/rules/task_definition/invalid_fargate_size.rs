use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety, Spot};
use crate::model::{
    CpuUnits, FargateSize, Known, LaunchType, Mebibytes, TaskDefinition, fargate_sizes_with,
    sure_fargate_sizes_with,
};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-fargate-size",
    summary: "Fargate does not support this combination of CPU and memory",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Sometimes(&[
        "No Fargate configuration exists for given values: {cpu} CPU, {memory} memory. See the Amazon ECS documentation for the valid values.",
    ]),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html"],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(fargate) = task.requirement(LaunchType::Fargate) else { return };
    let (Some(cpu), Some(memory)) = (task.cpu().known(), task.memory().known()) else { return };
    let windows = task.is_windows();
    let sizes = fargate_sizes_with(windows);
    if sizes.iter().any(|size| (size.cpu, size.memory) == (*cpu, *memory)) {
        return;
    }
    let sizes = sure_fargate_sizes_with(windows);
    let system = if windows.is_yes() { "Fargate with Windows" } else { "Fargate" };
    let message = format!("{system} does not support {} CPU units with {} MiB of memory", cpu.0, memory.0);
    let problem = match memories(&sizes, *cpu) {
        Some(memories) => Problem::new(message, memory.label(memories)).also(cpu.label(cpu.to_string())),
        None => Problem::new(message, cpu.label(format!("{system} does not offer {} CPU units", cpu.0)))
            .also(memory.label(memory.to_string())),
    };
    let mut problem =
        problem.also(fargate.label("targets Fargate")).reply(0, &[("cpu", &cpu.0), ("memory", &memory.0)]);
    if let Some(family) = task.operating_system().known().filter(|_| windows.is_yes()) {
        problem = problem.also(family.label("Windows has fewer sizes"));
    }
    report.add(suggest(problem, &sizes, &cpu, &memory));
}

/// The memory sizes for a CPU; `None` if no size has this CPU.
fn memories(sizes: &[FargateSize], cpu: CpuUnits) -> Option<String> {
    let memories: Vec<i64> = sizes.iter().filter(|size| size.cpu == cpu).map(|size| size.memory.0).collect();
    match memories.as_slice() {
        [] => None,
        [first, .., last] if memories.len() > 4 => {
            Some(format!("{} CPU units allow {first} to {last} MiB", cpu.0))
        }
        _ => {
            let listed: Vec<String> = memories.iter().map(i64::to_string).collect();
            Some(format!("{} CPU units allow {} MiB", cpu.0, listed.join(", ")))
        }
    }
}

/// Suggests the nearest pair with at least as much of both: more memory for this CPU, else more
/// CPU for this memory.
fn suggest(
    problem: Problem,
    sizes: &[FargateSize],
    cpu: &Known<CpuUnits>,
    memory: &Known<Mebibytes>,
) -> Problem {
    let same_cpu = sizes.iter().filter(|size| size.cpu == **cpu && size.memory >= **memory);
    if let Some(size) = same_cpu.min_by_key(|size| size.memory) {
        let value = size.memory.0.to_string();
        let fix = memory.set(Safety::Shown, value.as_str());
        return problem
            .help(format!("the next supported memory size for this CPU is {}", size.memory))
            .fix(fix);
    }
    let enough = sizes.iter().filter(|size| size.cpu >= **cpu && size.memory >= **memory);
    let Some(size) = enough.min_by_key(|size| (size.cpu, size.memory)) else {
        let largest = sizes.iter().max_by_key(|size| (size.memory, size.cpu));
        return match largest {
            Some(size) => problem
                .help(format!("the largest size is {} CPU units with {} MiB", size.cpu.0, size.memory.0)),
            None => problem,
        };
    };
    let mut changes = vec![Change::Replace(cpu.node(), size.cpu.0.to_string().into())];
    let mut title = format!("set `cpu` to \"{}\"", size.cpu.0);
    if size.memory != **memory {
        changes.push(Change::Replace(memory.node(), size.memory.0.to_string().into()));
        title.push_str(&format!(" and `memory` to \"{}\"", size.memory.0));
    }
    let help = format!("the smallest size that holds both is {} CPU units with {}", size.cpu.0, size.memory);
    problem.help(help).fix(Fix::new(Safety::Shown, title, &changes))
}
