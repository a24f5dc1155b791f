use crate::finding::{Category, Problem, Severity};
use crate::model::{Arn, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unpinned-hook-function",
    summary: "a lifecycle hook calls the latest version of a function",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Audit,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentLifecycleHook.html",
        "https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    for hook in service.lifecycle_hooks().filter(|hook| hook.calls_function().is_yes()) {
        let Some(target) = hook.target().known() else { continue };
        let Some((name, qualifier)) = Arn::read(target.value()).and_then(|arn| arn.function()) else {
            continue;
        };
        let label = match qualifier {
            None => target.label("no version or alias, which means `$LATEST`"),
            Some(latest @ "$LATEST") => {
                target.part_label(target.len() - latest.len()..target.len(), "changes with the function")
            }
            Some(_) => continue,
        };
        report.add(
            Problem::new(format!("a lifecycle hook calls the latest version of function `{name}`"), label)
                .help("add a version or an alias to the ARN, such as `:live`: what judges a deployment then changes only when you move it"),
        );
    }
}
