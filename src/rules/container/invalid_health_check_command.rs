use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{Command, Container, HealthCheckForm, Known, is_unsplit, join, stray_operator};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "invalid-health-check-command",
    summary: "the command of a health check cannot run as it is written",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    aws_says: &[],
    sources: &["https://github.com/aws/aws-cdk/issues/34389", "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html"],
    page: page!("container/invalid-health-check-command"),
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let command = container.health_check().known().and_then(|health| health.command().known());
    let Some(command) = command else { return };
    let Some(fault) = fault(&command) else { return };
    let mut problem = Problem::new(
        format!("the health check of {} cannot run: {}", container.title(), fault.message),
        fault.at.label(fault.label),
    );
    problem = match fault.line {
        Some((safety, line)) => {
            let change = Change::Replace(command.node(), vec!["CMD-SHELL", &line].into());
            problem
                .help("write `\"CMD-SHELL\"` and the whole line for the shell as one string")
                .fix(Fix::new(safety, "write it as a line for the shell", &[change]))
        }
        None => problem.help("add what is to run, such as `[\"CMD-SHELL\", \"curl -f http://localhost/ || exit 1\"]`"),
    };
    report.add(problem);
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
            message: "the shell gets the first string alone",
            at: *lost,
            label: "lost, like all that follows it",
            line: Some((Safety::Shown, join(rest))),
        }),
        (HealthCheckForm::Program, [line]) => is_unsplit(line).then(|| Fault {
            message: "no program has this whole line as its name",
            at: *line,
            label: "`CMD` takes this as the name of one program",
            line: Some((Safety::Safe, line.trim().to_owned())),
        }),
        (HealthCheckForm::Program, _) => stray_operator(rest).map(|operator| Fault {
            message: "no shell reads it",
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
    let bare = shell.or(line.strip_prefix("CMD ")).unwrap_or(line).trim().to_owned();
    Fault {
        message: if bare == line { "no program has this whole line as its name" } else { "its first word holds several" },
        at: first,
        label: if bare == line { "one string is one word" } else { "the command has to stand in a string of its own" },
        line: Some((if shell.is_some() && words.len() == 1 { Safety::Safe } else { Safety::Shown }, bare)),
    }
}
