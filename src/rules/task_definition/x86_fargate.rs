use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, CpuArchitecture, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "x86-fargate",
    summary: "a task on Fargate runs on X86_64, which costs more than ARM64",
    category: Category::Cost,
    severity: Severity::Note,
    profile: Profile::Audit,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://aws.amazon.com/fargate/pricing/",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-arm64.html",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let is_linux = task.is_fargate().is_yes() && task.is_windows().is_no();
    if !is_linux || task.cpu_architecture() != Some(CpuArchitecture::X86) {
        return;
    }
    // An image for ARM64 is reported by `mismatched-image-architecture`.
    if !task.any_container(Container::has_mismatched_architecture).is_no() {
        return;
    }
    let label = match task.written_cpu_architecture().known() {
        Some(written) => written.label("costs more than `ARM64` for the same size"),
        None => task.name_label("without `cpuArchitecture`, Fargate uses X86_64"),
    };
    report.add(
        Problem::new("the task runs on X86_64, but ARM64 costs less on Fargate", label)
            .help("if the images are, or can be, built for ARM64, set `cpuArchitecture` to `ARM64`"),
    );
}
