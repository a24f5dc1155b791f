use crate::finding::{Category, Severity};
use crate::fix::Safety;
use crate::model::{NetworkMode, Surroundings, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::rules::unsupported;

pub(super) const RULE: Rule = Rule {
    id: "unsupported-on-awsvpc",
    summary: "network mode `awsvpc` does not support a field",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Unsafe),
    reply: Reply::Sometimes(&[
        "Links are not supported when networkMode=awsvpc.",
        "hostname is not supported on container when networkMode=awsvpc",
        "DNS servers are not supported on container when networkMode=awsvpc",
        "Extra hosts are not supported on container when networkMode=awsvpc",
        "Disable Networking is not supported on container when networkMode=awsvpc.",
    ]),
    settings: &[],
    sources: &[
        "https://github.com/aws-observability/aws-otel-collector/issues/1359",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(mode) = task.writes_mode(&[NetworkMode::Awsvpc]) else { return };
    let cause = mode.label("the network mode");
    unsupported::check(Surroundings::Awsvpc, &cause, Some(Safety::Unsafe), task, report);
}
