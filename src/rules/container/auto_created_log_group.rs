use crate::finding::{Category, Problem, Severity};
use crate::model::{Known, LogSource};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "auto-created-log-group",
    summary: "ECS creates the log group, which keeps its logs forever",
    category: Category::Operations,
    severity: Severity::Note,
    profile: Profile::Audit,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html",
        "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonECSTaskExecutionRolePolicy.html",
    ],
    check: Check::AllLogs(check),
};

fn check(sources: &[LogSource], report: &mut Report) {
    let created: Vec<(&LogSource, Known<&str>)> =
        sources.iter().filter_map(|source| Some((source, creates_group(source)?))).collect();
    let Some(((source, first), others)) = created.split_first() else { return };
    let message = match others.len() {
        0 => format!("ECS creates the log group of {}, which keeps its logs forever", source.title()),
        more => {
            format!("ECS creates the log groups of {} containers, which keep their logs forever", more + 1)
        }
    };
    report.add(
        Problem::new(message, first.label("creates the log group if it does not exist"))
            .also_each(others.iter().map(|(_, other)| other.label("here too")))
            .help("create the log group yourself, with a retention period, and delete this option"),
    );
}

/// The option that lets ECS create the log group. Values that AWS rejects are reported by
/// `invalid-awslogs-create-group`.
fn creates_group<'d>(source: &LogSource<'d>) -> Option<Known<'d, &'d str>> {
    let value = source.logs_to("awslogs")?.name_option("awslogs-create-group")?;
    value.eq_ignore_ascii_case("true").then_some(value)
}
