use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{LogGroupFault, LogSource, log_group_fault};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "invalid-log-group-name",
    summary: "no log group can have this name",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    aws_says: &[
        "Value '{name}' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+",
    ],
    sources: &[
        "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html",
        "https://github.com/awslabs/aws-embedded-metrics-java/issues/65",
    ],
    page: page!("container/invalid-log-group-name"),
    check: Check::Logs(check),
};

fn check(source: &LogSource, report: &mut Report) {
    let Some(logs) = source.logs_to("awslogs") else { return };
    let Some(group) = logs.name_option("awslogs-group") else { return };
    let Some(fault) = log_group_fault(group.value()) else { return };
    let message = match fault {
        LogGroupFault::Character(..) => {
            format!("{} logs to `{group}`, which no log group can be called", source.title())
        }
        _ => format!("{} logs to what cannot be the name of a log group", source.title()),
    };
    let (label, help) = match fault {
        LogGroupFault::Empty => {
            (group.label("no name"), "write the name of the log group, such as `/ecs/web`")
        }
        LogGroupFault::TooLong => (group.label("longer than 512 characters"), "choose a shorter name"),
        LogGroupFault::Character(c, at) => (
            group.part_label(at..at + c.len_utf8(), "not part of any name"),
            "use letters, digits and `. _ / # -` only",
        ),
        LogGroupFault::Arn(_) => (group.label("an ARN, not a name"), "write the name alone"),
    };
    let problem = Problem::new(message, label);
    let problem = match fault {
        LogGroupFault::Character(..) | LogGroupFault::Arn(_) => {
            problem.aws_says(RULE.aws_says[0].replace("{name}", &group))
        }
        LogGroupFault::Empty | LogGroupFault::TooLong => problem.without_reply(),
    };
    report.add(match fault {
        LogGroupFault::Arn(name) if !name.is_empty() => {
            problem.help(format!("write the name alone: `{name}`")).fix(Fix::new(
                Safety::Shown,
                format!("write `{name}`"),
                &[Change::Replace(group.node(), name.into())],
            ))
        }
        _ => problem.help(help),
    });
}
