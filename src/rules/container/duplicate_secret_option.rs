use crate::finding::{Category, Problem, Severity};
use crate::model::{LogSource, View, repeated_by};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-secret-option",
    summary: "a log driver option is set twice",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html"],
    check: Check::Logs(check),
};

const GIVEN: &str = "first set here";

fn check(source: &LogSource, report: &mut Report) {
    let logs = source.logs;
    let again = repeated_by(logs.secret_options().items(), |secret| secret.name());
    for secret in logs.secret_options().items() {
        let Some(name) = secret.name().known() else { continue };
        let before = again.iter().find(|(_, second)| second.node() == secret.node());
        let before = before.and_then(|(first, _)| first.name().known());
        let written = logs.written_option(name.value());
        let written = written.map(|option| option.key_label(GIVEN));
        let Some(first) = before.map(|first| first.label(GIVEN)).or(written) else { continue };
        let help = match before {
            Some(_) => "keep the one you want",
            None => "delete it from `options`, where everyone who can read the task definition can read it",
        };
        report.add(
            Problem::new(
                format!("the log driver of {} has the option `{name}` twice", source.title()),
                name.label("set again here"),
            )
            .also(first)
            .help(help),
        );
    }
}
