use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, LaunchType, SecurityProfile};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unknown-docker-security-option",
    summary: "AWS does not document this security option",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html"],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(task) = container.task() else { return };
    // Fargate and Managed Instances support no such options, which other rules report.
    if !task.is_fargate().is_no() || !task.lists(LaunchType::ManagedInstances).is_no() {
        return;
    }
    let options = container.docker_security_options().filter(|option| !is_documented(option));
    // What switches a profile off is reported by `disabled-security-profile`, however it is spelled.
    for option in options.filter(|option| SecurityProfile::disabled_by(option).is_none()) {
        report.add(
            Problem::new(
                format!("`{option}` is not a security option that AWS documents"),
                option.label("not in AWS's list"),
            )
            .help(match option.split_once('=') {
                Some((name @ ("apparmor" | "label" | "credentialspec"), value)) => {
                    format!("use `{name}:{value}`, with a colon")
                }
                _ => "AWS documents `no-new-privileges`, `apparmor:…`, `label:…` and `credentialspec:…`"
                    .to_owned(),
            }),
        );
    }
}

/// Docker also accepts a value after `no-new-privileges`.
fn is_documented(option: &str) -> bool {
    match option.split_once(':') {
        Some((name, _)) => matches!(name, "no-new-privileges" | "apparmor" | "label" | "credentialspec"),
        None => matches!(option, "no-new-privileges" | "no-new-privileges=true" | "no-new-privileges=false"),
    }
}
