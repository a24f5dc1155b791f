use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{
    Command, Container, HealthCheckForm, Known, in_brackets, is_unsplit, join, stray_operator,
};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "invalid-health-check-command",
    summary: "the command of a health check cannot run as it is written",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    aws_says: &[],
    sources: &[
        "https://github.com/aws/aws-cdk/issues/34389",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html",
    ],
    page: page!("container/invalid-health-check-command"),
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let command = container.health_check().known().and_then(|health| health.command().known());
    let Some(command) = command else { return };
    let Some(fault) = fault(&command) else { return };
    let problem = Problem::new(
        format!("the health check of {} does not run as it is written: {}", container.title(), fault.message),
        fault.at.label(fault.label),
    );
    let Some((safety, line)) = fault.line else {
        let help = "add what is to run, such as `[\"CMD-SHELL\", \"curl -f http://localhost/ || exit 1\"]`";
        return report.add(problem.help(help));
    };
    let change = Change::Replace(command.node(), vec!["CMD-SHELL", &line].into());
    report.add(problem.help(format!("write {}", in_brackets(&["CMD-SHELL", &line]))).fix(Fix::new(
        safety,
        "write it as a line for the shell",
        &[change],
    )));
}

/// What is wrong with the command of a health check.
struct Fault<'d> {
    message: &'static str,
    at: Known<'d, &'d str>,
    label: &'static str,
    /// The line for the shell that was meant, and how sure that is.
    line: Option<(Safety, String)>,
}

fn fault<'d>(command: &Command<'d>) -> Option<Fault<'d>> {
    let words = command.words();
    let (first, rest) = words.split_first()?;
    match (HealthCheckForm::read(first), rest) {
        (HealthCheckForm::Bare, _) => is_unsplit(first).then(|| unsplit_first(*first, words)),
        (_, []) => Some(Fault {
            message: "it has no command",
            at: *first,
            label: "says how to run a command, and none follows",
            line: None,
        }),
        (HealthCheckForm::Shell, [_]) => None,
        (HealthCheckForm::Shell, [_, lost, ..]) => Some(Fault {
            message: "the shell gets only the first string after `CMD-SHELL`",
            at: *lost,
            label: "lost, like all that follows it",
            line: Some((Safety::Shown, join(rest))),
        }),
        (HealthCheckForm::Program, [line]) => is_unsplit(line).then(|| Fault {
            message: "no program has this whole line as its name",
            at: *line,
            label: "`CMD` takes this for the name of a program",
            line: Some((Safety::Safe, line.trim().to_owned())),
        }),
        (HealthCheckForm::Program, _) => stray_operator(rest).map(|operator| Fault {
            message: "after `CMD` no shell reads it",
            at: operator,
            label: "goes to the program as an argument",
            line: Some((Safety::Shown, join(rest))),
        }),
    }
}

/// A first word that holds more than one: `CMD-SHELL curl …`, `curl http://…`.
fn unsplit_first<'d>(first: Known<'d, &'d str>, words: &[Known<'d, &'d str>]) -> Fault<'d> {
    let line = join(words);
    let line = line.trim();
    let shell = line.strip_prefix("CMD-SHELL ");
    let Some(command) = shell.or(line.strip_prefix("CMD ")) else {
        return Fault {
            message: "no program has this whole line as its name",
            at: first,
            label: "taken for the name of a program",
            line: Some((Safety::Shown, line.to_owned())),
        };
    };
    let safety = if shell.is_some() && words.len() == 1 { Safety::Safe } else { Safety::Shown };
    Fault {
        message: "how to run it and what to run stand in one string",
        at: first,
        label: if shell.is_some() {
            "`CMD-SHELL` needs a string of its own"
        } else {
            "`CMD` needs a string of its own"
        },
        line: Some((safety, command.trim().to_owned())),
    }
}
