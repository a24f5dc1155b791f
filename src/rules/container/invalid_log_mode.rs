use crate::finding::{Category, Problem, Severity};
use crate::fix::Safety;
use crate::model::LogSource;
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::spelling::nearest;

pub(super) const RULE: Rule = Rule {
    id: "invalid-log-mode",
    summary: "the log driver option `mode` is neither `blocking` nor `non-blocking`",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html",
        "https://docs.docker.com/engine/logging/configure/",
    ],
    check: Check::Logs(check),
};

const MODES: [&str; 2] = ["blocking", "non-blocking"];

fn check(source: &LogSource, report: &mut Report) {
    let Some(mode) = source.logs.mode() else { return };
    if MODES.contains(&mode.value()) {
        return;
    }
    let problem = Problem::new(
        format!("the log mode `{mode}` of {} does not exist", source.title()),
        mode.label("must be `blocking` or `non-blocking`"),
    );
    report.add(match nearest(mode.value(), MODES) {
        Some(meant) => problem.suggest(&mode, meant),
        None => problem.help(
            "use `blocking` to make the container wait for a slow log service, or `non-blocking` to risk losing output instead",
        ),
    });
}
