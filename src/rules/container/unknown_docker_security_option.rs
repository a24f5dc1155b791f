use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, LaunchType};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "unknown-docker-security-option",
    summary: "a security option is none that AWS documents",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    aws_says: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html"],
    page: page!("container/unknown-docker-security-option"),
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(task) = container.task() else { return };
    // Fargate and Managed Instances take no such option at all, and other rules say so.
    if !task.is_fargate().is_no() || !task.lists(LaunchType::ManagedInstances).is_no() {
        return;
    }
    for option in container.docker_security_options().filter(|option| !is_documented(option)) {
        report.add(
            Problem::new(
                format!("`{option}` is no security option that AWS documents"),
                option.label("not in the list"),
            )
            .help(match option.split_once('=') {
                Some((name @ ("apparmor" | "label" | "credentialspec"), value)) => {
                    format!("write `{name}:{value}`, with a colon")
                }
                _ => "AWS documents `no-new-privileges`, `apparmor:…`, `label:…` and `credentialspec:…`"
                    .to_owned(),
            }),
        );
    }
}

/// Docker also takes a value behind `no-new-privileges`.
fn is_documented(option: &str) -> bool {
    match option.split_once(':') {
        Some((name, _)) => matches!(name, "no-new-privileges" | "apparmor" | "label" | "credentialspec"),
        None => matches!(option, "no-new-privileges" | "no-new-privileges=true" | "no-new-privileges=false"),
    }
}
