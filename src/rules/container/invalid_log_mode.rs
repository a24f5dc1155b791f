use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::Container;
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "invalid-log-mode",
    summary: "the option `mode` of a log driver is neither `blocking` nor `non-blocking`",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    aws_says: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html", "https://docs.docker.com/engine/logging/configure/"],
    page: page!("container/invalid-log-mode"),
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(mode) = container.log_mode() else { return };
    if ["blocking", "non-blocking"].contains(&mode.value()) {
        return;
    }
    // `nonblocking`, `non_blocking` and `async` all begin with what they are not.
    let lower = mode.to_lowercase();
    let meant = if lower.starts_with("block") { "blocking" } else { "non-blocking" };
    let problem = Problem::new(
        format!("{} has the log mode `{mode}`, which does not exist", container.title()),
        mode.label("neither `blocking` nor `non-blocking`"),
    );
    report.add(match lower.starts_with("block") || lower.starts_with("non") {
        true => problem.help(format!("did you mean `{meant}`?")).fix(Fix::new(
            Safety::Shown,
            format!("write `{meant}`"),
            &[Change::Replace(mode.node(), meant.into())],
        )),
        false => problem.help(
            "write `blocking`, where the container waits for a slow log service, or `non-blocking`, where output may be lost instead",
        ),
    });
}
