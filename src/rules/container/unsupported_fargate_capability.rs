use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, FARGATE_CAPABILITY, LaunchType, capability_meant};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "unsupported-fargate-capability",
    summary: "Fargate does not add this Linux capability",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    aws_says: &["{capability} is not allowed on Fargate."],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_KernelCapabilities.html"],
    page: page!("container/unsupported-fargate-capability"),
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(fargate) = container.task().and_then(|task| task.requirement(LaunchType::Fargate)) else {
        return;
    };
    // A misspelt SYS_PTRACE is for `unknown-capability`.
    let added = container.added_capabilities().into_iter();
    for name in added.filter(|name| capability_meant(name) != Some(FARGATE_CAPABILITY)) {
        report.add(
            Problem::new(
                format!("{} adds the capability `{name}`, which Fargate does not give", container.title()),
                name.label(format!("only `{FARGATE_CAPABILITY}` can be added")),
            )
            .also(fargate.label("Fargate is asked for here"))
            .help("delete it; a task that needs it runs on EC2 or on Managed Instances")
            .aws_says(format!("{name} is not allowed on Fargate.")),
        );
    }
}
