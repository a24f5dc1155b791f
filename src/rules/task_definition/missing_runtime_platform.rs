use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-runtime-platform",
    summary: "a task on Fargate does not set its CPU architecture",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Audit,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RuntimePlatform.html",
        "https://github.com/aws/copilot-cli/issues/6095",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    if !task.is_fargate().is_yes() || !task.runtime_platform().is_missing() {
        return;
    }
    // An image that is certainly for another platform is reported by `mismatched-image-architecture`.
    if !task.any_container(Container::has_mismatched_architecture).is_no() {
        return;
    }
    report.add(
        Problem::new(
            "no `runtimePlatform`: Fargate uses Linux on X86_64",
            task.name_label("`runtimePlatform` is missing"),
        )
        .help("set `cpuArchitecture` to what the images are built for, `X86_64` or `ARM64`, and `operatingSystemFamily` to `LINUX`: an image that was built on an ARM machine stops with `exec format error` on X86_64"),
    );
}
