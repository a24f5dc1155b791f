use crate::finding::{Category, Problem, Severity};
use crate::model::{Command, Container, HealthCheckForm, Known, ShellCall, is_unsplit, never_fails};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unfailing-health-check",
    summary: "a health check always succeeds",
    category: Category::Reliability,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html"],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let command = container.health_check().known().and_then(|health| health.command().known());
    let Some(line) = command.and_then(|command| unfailing(&command)) else { return };
    report.add(
        Problem::new(
            format!("the health check of {} always succeeds", container.title()),
            line.label("exits with code 0 whatever happens"),
        )
        .help("end with a command that fails if the container does, such as `curl -f http://localhost/ || exit 1`, or delete `healthCheck`"),
    );
}

/// What is run, if it always succeeds.
fn unfailing<'d>(command: &Command<'d>) -> Option<Known<'d, &'d str>> {
    let words = command.words();
    let (first, rest) = words.split_first()?;
    let run = match (HealthCheckForm::read(first), rest) {
        (HealthCheckForm::Shell, [line]) => return Some(*line).filter(|line| never_fails(line)),
        (HealthCheckForm::Shell, _) => return None,
        (HealthCheckForm::Program, _) => rest,
        (HealthCheckForm::Bare, _) if first.value() == "NONE" => return None,
        (HealthCheckForm::Bare, _) => words,
    };
    // There is no such program.
    if run.first().is_none_or(|program| program.trim().is_empty() || is_unsplit(program)) {
        return None;
    }
    if let Some(script) = ShellCall::find(run).and_then(|call| call.script) {
        return Some(script).filter(|line| never_fails(line));
    }
    run.first().copied().filter(|_| never_fails(&command_line(run)))
}

/// Words as a line. Characters that are special to a shell make it a line that may fail.
fn command_line(words: &[Known<&str>]) -> String {
    words.iter().map(|word| word.value()).collect::<Vec<&str>>().join(" ").replace([';', '\n', '&', '|'], "(")
}
