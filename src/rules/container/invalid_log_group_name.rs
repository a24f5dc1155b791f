use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{LogGroupFault, LogSource, log_group_fault};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-log-group-name",
    summary: "the log group name is not valid",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Sometimes(&[
        "Value '{name}' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+",
    ]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html",
        "https://github.com/awslabs/aws-embedded-metrics-java/issues/65",
    ],
    check: Check::Logs(check),
};

fn check(source: &LogSource, report: &mut Report) {
    let Some(logs) = source.logs_to("awslogs") else { return };
    let Some(group) = logs.name_option("awslogs-group") else { return };
    let Some(fault) = log_group_fault(group.value()) else { return };
    let message = match fault {
        LogGroupFault::Character(..) => {
            format!("{} logs to `{group}`, which is not a valid log group name", source.title())
        }
        _ => format!("the log group name of {} is not valid", source.title()),
    };
    let (label, help) = match fault {
        LogGroupFault::Empty => {
            (group.label("empty"), "set it to the name of the log group, such as `/ecs/web`")
        }
        LogGroupFault::TooLong => (group.label("longer than 512 characters"), "use a shorter name"),
        LogGroupFault::Character(c, at) => (
            group.part_label(at..at + c.len_utf8(), "not allowed in a log group name"),
            "use only letters, digits and `. _ / # -`",
        ),
        LogGroupFault::Arn(_) => (group.label("an ARN, not a name"), "use only the name"),
    };
    let problem = Problem::new(message, label);
    let problem = match fault {
        LogGroupFault::Character(..) | LogGroupFault::Arn(_) => problem.reply(0, &[("name", &group)]),
        LogGroupFault::Empty | LogGroupFault::TooLong => problem,
    };
    report.add(match fault {
        LogGroupFault::Arn(name) if !name.is_empty() => {
            problem.help(format!("use only the name: `{name}`")).fix(group.set(Safety::Shown, name))
        }
        _ => problem.help(help),
    });
}
