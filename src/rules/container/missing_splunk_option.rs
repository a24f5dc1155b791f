use crate::finding::{Category, Problem, Severity};
use crate::model::LogSource;
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::words::listed;

pub(super) const RULE: Rule = Rule {
    id: "missing-splunk-option",
    summary: "the log driver `splunk` has no URL or no token",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html",
        "https://docs.docker.com/engine/logging/drivers/splunk/",
    ],
    check: Check::Logs(check),
};

fn check(source: &LogSource, report: &mut Report) {
    let Some(logs) = source.logs_to("splunk") else { return };
    let missing: Vec<&str> =
        ["splunk-url", "splunk-token"].into_iter().filter(|name| logs.option(name).is_missing()).collect();
    let Some(driver) = logs.log_driver().known() else { return };
    let help = match missing.as_slice() {
        [] => return,
        ["splunk-url"] => "add `splunk-url` to its `options`: the URL of the HTTP event collector",
        ["splunk-token"] => "add `splunk-token` to its `secretOptions`, where the token stays a secret",
        _ => {
            "add `splunk-url` to its `options`, and `splunk-token` to its `secretOptions`, where it stays a secret"
        }
    };
    let named = listed(missing.iter().copied());
    report.add(
        Problem::new(
            format!("the log driver `splunk` of {} is missing {named}", source.title()),
            driver.label("requires a URL and a token"),
        )
        .help(help),
    );
}
