use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, FARGATE_CAPABILITY, LaunchType, capability_meant};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-fargate-capability",
    summary: "Fargate does not allow adding this Linux capability",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&["{capability} is not allowed on Fargate."]),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_KernelCapabilities.html"],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(fargate) = container.task().and_then(|task| task.requirement(LaunchType::Fargate)) else {
        return;
    };
    // A misspelt SYS_PTRACE is reported by `unknown-capability`.
    let added = container.added_capabilities().into_iter();
    for name in added.filter(|name| capability_meant(name) != Some(FARGATE_CAPABILITY)) {
        report.add(
            Problem::new(
                format!("{} adds `{name}`, which Fargate does not allow", container.title()),
                name.label(format!("only `{FARGATE_CAPABILITY}` can be added")),
            )
            .also(fargate.label("targets Fargate"))
            .help("delete it; if the task needs it, run it on EC2 or Managed Instances")
            .reply(0, &[("capability", &name)]),
        );
    }
}
