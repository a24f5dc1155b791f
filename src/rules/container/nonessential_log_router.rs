use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{AWSFIRELENS, Container};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "nonessential-log-router",
    summary: "the task goes on without its log router",
    category: Category::Operations,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Unsafe),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html"],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    // A router that no container logs to is reported by `unused-log-router`.
    let is_used = container.task().is_none_or(|task| task.logs_with(AWSFIRELENS).is_yes());
    if !container.is_log_router().is_yes() || !is_used || !container.is_restarted().is_no() {
        return;
    }
    let Some(essential) = container.essential().known().filter(|essential| !**essential) else { return };
    report.add(
        Problem::new(
            format!("{} routes the logs but is not essential: if it stops, they are lost", container.title()),
            essential.label("the task does not depend on it"),
        )
        .help(
            "set `essential` to true: if the router stops, the task stops too, and a service starts another",
        )
        .fix(essential.set(Safety::Unsafe, true)),
    );
}
