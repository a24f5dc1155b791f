use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{
    Command, Container, HealthCheckForm, Known, ShellCall, comma_list, in_brackets, is_unsplit, join,
    pasted_list, scattered_list, shell_line, stray_operator,
};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-health-check-command",
    summary: "the command of a health check is likely to fail as written",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://github.com/aws/aws-cdk/issues/34389",
        "https://github.com/awsdocs/amazon-ecs-developer-guide/pull/9",
        "https://github.com/hackoregon/openelections/issues/562",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let command = container.health_check().known().and_then(|health| health.command().known());
    let Some(command) = command else { return };
    let Some(fault) = fault(&command) else { return };
    let problem = Problem::new(
        format!("the health check of {} does not run as written: {}", container.title(), fault.message),
        fault.at.label(fault.label),
    );
    let Some((safety, words)) = fault.meant else {
        let help = "add a command, such as `[\"CMD-SHELL\", \"curl -f http://localhost/ || exit 1\"]`";
        return report.add(problem.help(help));
    };
    let list: Vec<&str> = words.iter().map(String::as_str).collect();
    let title = match list.as_slice() {
        ["CMD-SHELL", _] => "turn it into a line for the shell",
        _ => "turn it into a list of words",
    };
    report.add(
        problem
            .help(format!("use {}", in_brackets(&list)))
            .fix(command.set(safety, list.as_slice()).titled(title)),
    );
}

/// What is wrong with the command of a health check.
struct Fault<'d> {
    message: &'static str,
    at: Known<'d, &'d str>,
    label: &'static str,
    /// The intended command, and how certain that is.
    meant: Option<(Safety, Vec<String>)>,
}

/// The command that passes a line to the shell.
fn line(safety: Safety, line: impl Into<String>) -> Option<(Safety, Vec<String>)> {
    Some((safety, vec!["CMD-SHELL".to_owned(), line.into()]))
}

fn fault<'d>(command: &Command<'d>) -> Option<Fault<'d>> {
    let words = command.words();
    let (first, rest) = words.split_first()?;
    if let Some(pasted) = pasted(words) {
        return Some(pasted);
    }
    let run = if HealthCheckForm::read(first) == HealthCheckForm::Bare { words } else { rest };
    if let Some(fault) = ShellCall::find(run).and_then(|call| of_shell(&call)) {
        return Some(fault);
    }
    match (HealthCheckForm::read(first), rest) {
        (HealthCheckForm::Bare, _) => {
            respelled(*first, rest).or_else(|| is_unsplit(first).then(|| unsplit_first(*first, words)))
        }
        (_, []) => Some(Fault {
            message: "it has no command",
            at: *first,
            label: "must be followed by a command",
            meant: None,
        }),
        (HealthCheckForm::Shell, [_]) => None,
        (HealthCheckForm::Shell, [_, lost, ..]) => Some(Fault {
            message: "the shell reads only the first string after `CMD-SHELL`",
            at: *lost,
            label: "lost, like everything after it",
            meant: line(Safety::Shown, shell_line(rest)),
        }),
        (HealthCheckForm::Program, [whole]) => is_unsplit(whole).then(|| Fault {
            message: "the whole line is run as the name of a program",
            at: *whole,
            label: "`CMD` runs this as the name of a program",
            meant: line(Safety::Safe, whole.trim()),
        }),
        (HealthCheckForm::Program, _) => stray_operator(rest).map(|operator| Fault {
            message: "`CMD` does not run a shell",
            at: operator,
            label: "passed to the program as an argument",
            meant: line(Safety::Shown, shell_line(rest)),
        }),
    }
}

/// A shell without a line, or with words that it does not read.
fn of_shell<'d>(call: &ShellCall<'_, 'd>) -> Option<Fault<'d>> {
    let Some(script) = call.script else {
        return Some(Fault {
            message: "the shell has no command to run",
            at: call.flag,
            label: "must be followed by a command",
            meant: None,
        });
    };
    let lost = call.lost_words();
    let words = [&[script], lost].concat();
    Some(Fault {
        message: "the shell reads only one string after `-c`",
        at: *lost.first()?,
        label: "lost, like everything after it",
        meant: line(Safety::Shown, shell_line(&words)),
    })
}

/// A list in one string, or cut at its commas.
fn pasted<'d>(words: &[Known<'d, &'d str>]) -> Option<Fault<'d>> {
    let form = |list: &[String]| list.first().is_some_and(|first| first.starts_with("CMD"));
    // What is run: the word after the one that says how to run it, or the first word itself.
    let program = words.iter().find(|word| HealthCheckForm::read(word) == HealthCheckForm::Bare)?;
    // A shell reads `[ "a" ]` as a test, but nothing reads a list of several words.
    let in_one = pasted_list(program).filter(|list| list.len() > 1 || form(list));
    let found = in_one.map(|list| (*program, list));
    let found = found.or_else(|| Some((*words.first()?, scattered_list(words)?)));
    let (at, mut list) = found.or_else(|| Some((*words.first()?, comma_list(words.first()?)?)))?;
    if !form(&list) {
        list.insert(0, "CMD".to_owned());
    }
    Some(Fault {
        message: "it is a list inside a string",
        at,
        label: "`command` itself should be this list",
        meant: Some((Safety::Shown, list)),
    })
}

/// A first word that is nearly one of those that say how to run the check.
fn respelled<'d>(first: Known<'d, &'d str>, rest: &[Known<'d, &'d str>]) -> Option<Fault<'d>> {
    let meant = HealthCheckForm::meant(&first, rest.first().map(|next| next.value()))?;
    let mut words = vec![meant.to_owned()];
    match meant {
        "CMD-SHELL" if !rest.is_empty() => words.push(shell_line(rest)),
        _ => words.extend(rest.iter().map(|word| word.value().to_owned())),
    }
    Some(Fault {
        message: "its first string does not say how to run it",
        at: first,
        label: match meant {
            "NONE" => "not `NONE`, so run as the name of a program",
            "CMD" => "not `CMD`, so run as the name of a program",
            _ => "not `CMD-SHELL`, so run as the name of a program",
        },
        meant: (words.len() > 1 || meant == "NONE").then_some((Safety::Shown, words)),
    })
}

/// A first word that holds more than one: `CMD-SHELL curl …`, `curl http://…`.
fn unsplit_first<'d>(first: Known<'d, &'d str>, words: &[Known<'d, &'d str>]) -> Fault<'d> {
    let whole = join(words);
    let whole = whole.trim();
    let shell = whole.strip_prefix("CMD-SHELL ");
    let Some(command) = shell.or(whole.strip_prefix("CMD ")) else {
        return Fault {
            message: "the whole line is run as the name of a program",
            at: first,
            label: "run as the name of a program",
            meant: line(Safety::Shown, whole),
        };
    };
    let safety = if shell.is_some() && words.len() == 1 { Safety::Safe } else { Safety::Shown };
    Fault {
        message: "the type and the command are in one string",
        at: first,
        label: if shell.is_some() {
            "`CMD-SHELL` must be a separate string"
        } else {
            "`CMD` must be a separate string"
        },
        meant: line(safety, command.trim()),
    }
}
