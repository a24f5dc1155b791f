use crate::finding::{Category, Problem, Severity};
use crate::model::LogSource;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "blocking-log-mode",
    summary: "a container waits if the log service is slow",
    category: Category::Operations,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html"],
    check: Check::Logs(check),
};

fn check(source: &LogSource, report: &mut Report) {
    let Some(mode) = source.logs.mode().filter(|mode| mode.value() == "blocking") else { return };
    report.add(
        Problem::new(
            format!("{} may hang if the log service is slow", source.title()),
            mode.label("each write waits for the log service"),
        )
        .help("use `non-blocking`, with a `max-buffer-size` for the lines that wait; keep `blocking` if no line may be lost"),
    );
}
