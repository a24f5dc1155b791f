use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, NetworkMode};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-links",
    summary: "links work only in network mode `bridge`",
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
    let Some(task) = container.task().filter(|task| task.is_fargate().is_no()) else { return };
    let Some(mode) = task.writes_mode(&[NetworkMode::Host, NetworkMode::None]) else { return };
    let Some(links) = container.content_of("links") else { return };
    let advice = if *mode == NetworkMode::Host {
        "delete `links`: with `host`, the containers reach each other on `localhost`"
    } else {
        "delete `links`, or set `networkMode` to `bridge`: with `none`, containers have no network"
    };
    report.add(
        Problem::new(
            format!("{} has links, which work only in network mode `bridge`", container.title()),
            links.key_label(format!("not supported with `{mode}`")),
        )
        .also(mode.label("the network mode"))
        .help(advice)
        .unless(links.doubt()),
    );
}
