use crate::finding::{Category, Problem, Severity};
use crate::model::{LogSource, both};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "conflicting-multiline-options",
    summary: "`awslogs` has two settings for splitting log events",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always(
        "you cannot configure log opt 'awslogs-datetime-format' and 'awslogs-multiline-pattern' at the same time",
    ),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html",
        "https://docs.docker.com/engine/logging/drivers/awslogs/",
    ],
    check: Check::Logs(check),
};

fn check(source: &LogSource, report: &mut Report) {
    let Some(logs) = source.logs_to("awslogs") else { return };
    let format = logs.option("awslogs-datetime-format").present();
    let pattern = logs.option("awslogs-multiline-pattern").present();
    let Some((format, pattern)) = both(format, pattern) else { return };
    report.add(
        Problem::new(
            format!("{} sets both `awslogs-datetime-format` and `awslogs-multiline-pattern`", source.title()),
            pattern.key_label("a second way to split log events"),
        )
        .also(format.key_label("the first one"))
        .help("keep one: the datetime format if every event starts with a time, otherwise the pattern")
        .unless(format.doubt())
        .unless(pattern.doubt()),
    );
}
