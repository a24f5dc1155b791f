use crate::finding::{Category, Problem, Severity};
use crate::model::LogSource;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "implicit-log-mode",
    summary: "a container leaves it to the account whether it waits for a slow log service",
    category: Category::Operations,
    severity: Severity::Note,
    profile: Profile::Audit,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html",
    ],
    check: Check::AllLogs(check),
};

fn check(sources: &[LogSource], report: &mut Report) {
    let lacks_mode =
        |source: &LogSource| source.logs_to("awslogs").is_some_and(|logs| logs.lacks_awslogs_option("mode"));
    let implicit: Vec<LogSource> = sources.iter().copied().filter(lacks_mode).collect();
    let Some((first, others)) = implicit.split_first() else { return };
    let message = match others.len() {
        0 => format!(
            "{} has no log `mode`: the account decides whether it waits or loses lines",
            first.title()
        ),
        more => format!(
            "{} containers have no log `mode`: the account decides whether they wait or lose lines",
            more + 1
        ),
    };
    report.add(
        Problem::new(message, first.logs.options_label("`mode` is not set"))
            .also_each(others.iter().map(|other| other.logs.options_label("not set here either")))
            .help("set `mode` to `non-blocking`, with a `max-buffer-size`, or to `blocking` if no line may be lost"),
    );
}
