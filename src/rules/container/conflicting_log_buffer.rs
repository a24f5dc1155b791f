use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::LogSource;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "conflicting-log-buffer",
    summary: "a log driver in `blocking` mode has a buffer size",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Always("logger: max-buffer-size option is only supported with 'mode=non-blocking'"),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html",
        "https://docs.docker.com/engine/logging/configure/",
    ],
    check: Check::Logs(check),
};

fn check(source: &LogSource, report: &mut Report) {
    let Some(mode) = source.logs.mode().filter(|mode| mode.value() == "blocking") else { return };
    let Some(size) = source.logs.option("max-buffer-size").present() else { return };
    let problem = Problem::new(
        format!("{} sets `max-buffer-size`, but its log mode is `blocking`", source.title()),
        size.key_label("requires `mode` `non-blocking`"),
    )
    .also(mode.label("no buffer in this mode"));
    // Docker refuses to start the container; the Fargate log drivers ignore the option.
    let (problem, effect) = if source.holder.runs_on_docker() {
        (problem, "")
    } else {
        (problem.warning_unless(false), "; Docker rejects it, Fargate ignores it")
    };
    report.add(
        problem
            .help(format!("delete it, or set `mode` to `non-blocking`{effect}"))
            .fix(size.delete(Safety::Safe))
            .unless(size.doubt()),
    );
}
