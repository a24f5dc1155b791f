use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::LogSource;
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "conflicting-log-buffer",
    summary: "a log driver that blocks is given a buffer",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    aws_says: &["logger: max-buffer-size option is only supported with 'mode=non-blocking'"],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html",
        "https://docs.docker.com/engine/logging/configure/",
    ],
    page: page!("container/conflicting-log-buffer"),
    check: Check::Logs(check),
};

fn check(source: &LogSource, report: &mut Report) {
    let Some(mode) = source.logs.mode().filter(|mode| mode.value() == "blocking") else { return };
    let Some(size) = source.logs.option("max-buffer-size").present() else { return };
    report.add(
        Problem::new(
            format!("{} has a log buffer in the mode `blocking`", source.title()),
            size.key_label("only a log driver that does not block has a buffer"),
        )
        .also(mode.label("blocks"))
        .help("a driver that blocks has nothing to buffer; to have a buffer, write `non-blocking` as the `mode`")
        .fix(Fix::new(Safety::Safe, "delete `max-buffer-size`", &[Change::Remove(size.node())]))
        .unless(size.doubt()),
    );
}
