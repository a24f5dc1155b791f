use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{Container, NetworkMode, awsvpc_fields};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "unsupported-on-awsvpc",
    summary: "network mode `awsvpc` does not take this key",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Unsafe),
    aws_says: &["Links are not supported when networkMode=awsvpc.", "hostname is not supported on container when networkMode=awsvpc", "DNS servers are not supported on container when networkMode=awsvpc", "Extra hosts are not supported on container when networkMode=awsvpc", "Disable Networking is not supported on container when networkMode=awsvpc."],
    sources: &["https://github.com/aws-observability/aws-otel-collector/issues/1359", "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html"],
    page: page!("container/unsupported-on-awsvpc"),
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let mode = container.task().and_then(|task| task.writes_mode(&[NetworkMode::Awsvpc]));
    let Some(mode) = mode else { return };
    for field in awsvpc_fields() {
        let Some(value) = container.says(field.key) else { continue };
        let fix = Fix::new(Safety::Unsafe, format!("delete `{}`", field.key), &[Change::Remove(value.node())]);
        report.add(
            Problem::new(
                format!("{} has `{}`, which network mode `awsvpc` does not take", container.title(), field.key),
                value.key_label("not with `awsvpc`"),
            )
            .also(mode.label("the network mode"))
            .help(field.advice)
            .aws_says(field.aws_says)
            .fix(fix),
        );
    }
}
