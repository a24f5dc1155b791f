use crate::finding::{Category, Problem, Severity};
use crate::model::{NetworkMode, Service, doubts};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-network-mode",
    summary: "a service cannot be reached in the network mode of its tasks",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html",
    ],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(task) = service.task_definition() else { return };
    let conflicts = service.network_mode_conflicts();
    let Some(mode) = task.network_mode().known() else { return };
    let mut labels = conflicts.iter().map(|(field, why)| field.key_label(*why));
    let Some(first) = labels.next() else { return };
    let message = if *mode == NetworkMode::Host {
        format!("Service Connect cannot reach {} in network mode `host`", service.title())
    } else {
        format!("nothing can reach {} in network mode `{}`", service.title(), *mode)
    };
    report.add(
        Problem::new(message, first)
            .also_each(labels)
            .also(mode.label("the network mode of its tasks"))
            .help(
                "set `networkMode` to `awsvpc` in the task definition, or remove the fields that need a network",
            )
            .unless(doubts(conflicts.iter().map(|(field, _)| field))),
    );
}
