use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{LogSource, STREAM_PREFIX};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-awslogs-stream-prefix",
    summary: "the log driver `awslogs` has no stream prefix, which Fargate requires",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Unsafe),
    reply: Reply::Always(
        "Fargate requires log configuration options to include awslogs-stream-prefix to support log driver awslogs.",
    ),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html",
    ],
    check: Check::Logs(check),
};

fn check(source: &LogSource, report: &mut Report) {
    let fargate = source.holder.fargate_label("targets Fargate");
    let (Some(fargate), Some(logs)) = (fargate, source.logs_to("awslogs")) else { return };
    // Several missing options are one finding, of `missing-awslogs-option`.
    if !logs.lacks_stream_prefix() || !logs.lacking_awslogs_options().is_empty() {
        return;
    }
    let problem = Problem::new(
        format!(
            "the log driver `awslogs` of {} has no `{STREAM_PREFIX}`, which Fargate requires",
            source.title()
        ),
        logs.options_label("requires a stream prefix on Fargate"),
    )
    .also(fargate)
    .help(format!(
        "add to its `options`: `\"{STREAM_PREFIX}\": \"ecs\"`, or another prefix for its log streams"
    ));
    report.add(match logs.options().known() {
        Some(options) => problem.fix(
            options
                .value()
                .set_member(Safety::Unsafe, STREAM_PREFIX, "ecs")
                .titled(format!("add `\"{STREAM_PREFIX}\": \"ecs\"`")),
        ),
        None => problem,
    });
}
