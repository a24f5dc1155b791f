use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{Container, Present, doubts};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "ignored-restart-options",
    summary: "a disabled restart policy has settings",
    category: Category::Ignored,
    severity: Severity::Note,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerRestartPolicy.html"],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(policy) = container.restart_policy().known() else { return };
    let Some(enabled) = policy.enabled().known().filter(|enabled| !**enabled) else { return };
    let options = [policy.ignored_exit_codes().present(), policy.restart_attempt_period().present()];
    let options: Vec<Present> = options.into_iter().flatten().collect();
    let [first, others @ ..] = options.as_slice() else { return };
    let changes: Vec<Change> = options.iter().map(|option| Change::Remove(option.node())).collect();
    let them = if others.is_empty() { "it" } else { "them" };
    let mut problem = Problem::new(
        format!("{} has settings for a restart policy that is disabled", container.title()),
        first.key_label("no effect"),
    )
    .also(enabled.label("the policy is disabled"))
    .help(format!("delete {them}, or set `enabled` to true"))
    .fix(Fix::new(Safety::Safe, format!("delete {them}"), &changes))
    .unless(doubts(&options));
    for other in others {
        problem = problem.also(other.key_label("no effect"));
    }
    report.add(problem);
}
