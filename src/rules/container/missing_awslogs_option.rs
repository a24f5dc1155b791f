use crate::finding::{Category, Problem, Severity};
use crate::model::{LogSource, STREAM_PREFIX};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::words::listed;

pub(super) const RULE: Rule = Rule {
    id: "missing-awslogs-option",
    summary: "the log driver `awslogs` has no log group or no Region",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&["Log driver awslogs requires options: {options}"]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html",
        "https://github.com/klothoplatform/klotho/issues/892",
    ],
    check: Check::Logs(check),
};

fn check(source: &LogSource, report: &mut Report) {
    let Some(logs) = source.logs_to("awslogs") else { return };
    let missing = logs.lacking_awslogs_options();
    if missing.is_empty() {
        return;
    }
    let options = missing.join(", ");
    // What Fargate requires in addition is reported with it.
    let fargate = source.holder.fargate_label("Fargate requires a stream prefix too");
    let fargate = fargate.filter(|_| logs.lacks_stream_prefix());
    let lacking: Vec<&str> = missing.into_iter().chain(fargate.as_ref().map(|_| STREAM_PREFIX)).collect();
    report.add(
        Problem::new(
            format!(
                "the log driver `awslogs` of {} is missing {}",
                source.title(),
                listed(lacking.iter().copied())
            ),
            logs.options_label("`awslogs` requires a log group and a Region"),
        )
        .also_each(fargate)
        .help(help(source, &lacking))
        .reply(0, &[("options", &options)]),
    );
}

fn help(source: &LogSource, missing: &[&str]) -> String {
    let task = source.holder.task();
    let region = task.and_then(|task| task.log_region()).unwrap_or("eu-west-1");
    let family = task.and_then(|task| task.family().known());
    let own_group = format!("/ecs/{}", family.map_or("web", |family| family.value()));
    let group = task.and_then(|task| task.log_group()).unwrap_or(&own_group);
    let value = |name: &str| match name {
        "awslogs-group" => group,
        STREAM_PREFIX => "ecs",
        _ => region,
    };
    let values: Vec<String> =
        missing.iter().map(|name| format!("`\"{name}\": \"{}\"`", value(name))).collect();
    format!("add to its `options`, for example: {}", values.join(", "))
}
