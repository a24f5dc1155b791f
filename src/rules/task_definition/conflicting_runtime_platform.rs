use crate::finding::{Category, Problem, Severity};
use crate::model::{CpuArchitecture, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "conflicting-runtime-platform",
    summary: "the task requests Windows on ARM64, which ECS does not support",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RuntimePlatform.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-arm64.html",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let family = task.operating_system().known();
    let architecture = task.written_cpu_architecture().known();
    let (Some(family), Some(architecture)) = (family, architecture) else { return };
    if !family.starts_with("WINDOWS") || *architecture != CpuArchitecture::Arm {
        return;
    }
    report.add(
        Problem::new("ECS does not support Windows on ARM64", architecture.label("Linux only"))
            .also(family.label("Windows"))
            .help("set `cpuArchitecture` to `X86_64`, and build the image for it"),
    );
}
