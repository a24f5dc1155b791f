use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{
    Command, Container, Field, HealthCheckForm, Known, ShellCall, comma_list, in_brackets, is_program, join,
    pasted_list, scattered_list,
};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-command",
    summary: "the command of a container cannot run as written",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.docker.com/reference/dockerfile/#exec-form",
        "https://pubs.opengroup.org/onlinepubs/9699919799/utilities/sh.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
    ],
    check: Check::Container(check),
};

/// `entryPoint` and `command`, if each of them is known or missing.
struct Start<'d> {
    entry_point: Option<Known<'d, Command<'d>>>,
    command: Option<Known<'d, Command<'d>>>,
}

impl<'d> Start<'d> {
    fn of(container: &Container<'d>) -> Option<Start<'d>> {
        let known = |field: Field<'d, Command<'d>>| match field {
            Field::Unknown(_) => None,
            field => Some(field.known()),
        };
        Some(Start { entry_point: known(container.entry_point())?, command: known(container.command())? })
    }

    /// All words that are run, in order.
    fn words(&self) -> Vec<Known<'d, &'d str>> {
        let both = [&self.entry_point, &self.command].into_iter().flatten();
        both.flat_map(|part| part.words().to_vec()).collect()
    }
}

fn check(container: &Container, report: &mut Report) {
    if let Some(entry_point) = container.entry_point().known() {
        let found = pasted(container, "entryPoint", &entry_point)
            .or_else(|| form_of_health_check(container, "entryPoint", &entry_point));
        if let Some(problem) = found {
            return report.add(problem);
        }
    }
    if let Some(command) = container.command().known() {
        let found = pasted(container, "command", &command)
            .or_else(|| form_of_health_check(container, "command", &command));
        if let Some(problem) = found {
            return report.add_each(judged(container, &command, problem));
        }
    }
    let Some(start) = Start::of(container) else { return };
    let words = start.words();
    let Some(call) = ShellCall::find(&words) else { return };
    if call.script.is_none_or(|script| script.trim().is_empty()) {
        report.add(without_script(container, &start, &call));
    } else if !call.lost_words().is_empty() {
        report.add(lost_words(container, &start, &call));
    }
}

/// A problem of `command`, as certain as the entry point makes it.
fn judged(container: &Container, command: &Command, problem: Problem) -> Option<Problem> {
    match container.entry_point() {
        Field::Unknown(_) => None,
        // How the entry point of the image uses its arguments is not known, but it hardly
        // takes a list that begins with a program.
        Field::Missing => starts_a_program(command).then(|| problem.at_most(Severity::Warning)),
        // A shell reads it as a line; other programs may accept a list as an argument.
        Field::Known(entry_point) => {
            ShellCall::find(entry_point.words()).filter(|call| call.script.is_none()).map(|_| problem)
        }
    }
}

/// Whether a list in a string, or cut at its commas, begins with a program.
fn starts_a_program(command: &Command) -> bool {
    let first = command.words().first().map_or("", |first| first.value());
    let inner = first.trim_start_matches(['[', ' ', '"', '\'']);
    let program = inner.split(['"', '\'', ',', ' ']).next().unwrap_or_default();
    program.starts_with(['/', '.']) || program.starts_with("CMD") || is_program(program)
}

/// A list in one string, or cut at its commas.
fn pasted<'d>(container: &Container<'d>, key: &str, command: &Known<'d, Command<'d>>) -> Option<Problem> {
    let words = command.words();
    let first = words.first()?;
    let list = match words {
        [only] => pasted_list(only).or_else(|| comma_list(only)),
        _ => scattered_list(words).or_else(|| pasted_list(first).filter(|list| list.len() > 1)),
    }?;
    // A shell started by the entry point reads one line.
    let reads_line = key == "command" && container.entry_point().known().is_some();
    let list = if reads_line { vec![list.join(" ")] } else { list };
    let list: Vec<&str> = list.iter().map(String::as_str).collect();
    Some(
        Problem::new(
            format!("the `{key}` of {} is a list inside a string", container.title()),
            first.label("run as the name of a program"),
        )
        .help(format!("use {}", in_brackets(&list)))
        .fix(
            command.set(Safety::Shown, list.as_slice()).titled(format!("turn `{key}` into a list of words")),
        ),
    )
}

/// `CMD-SHELL` and `CMD`, which only health checks understand.
fn form_of_health_check<'d>(
    container: &Container<'d>,
    key: &str,
    command: &Known<'d, Command<'d>>,
) -> Option<Problem> {
    let (first, rest) = command.words().split_first()?;
    let next = rest.first().map(|next| next.value());
    let is_shell = first.value() == "CMD-SHELL" || HealthCheckForm::meant(first, next) == Some("CMD-SHELL");
    // On Windows `CMD` is a program, with options such as `/S`.
    let is_program = first.value() == "CMD" && next.is_none_or(|next| !next.starts_with('/'));
    if rest.is_empty() || first.value() == "SHELL" || !(is_shell || is_program) {
        return None;
    }
    let reads_line = key == "command" && container.entry_point().known().is_some();
    let list: Vec<String> = if reads_line {
        vec![join(rest)]
    } else if is_shell {
        vec!["sh".to_owned(), "-c".to_owned(), join(rest)]
    } else {
        rest.iter().map(|word| word.value().to_owned()).collect()
    };
    let list: Vec<&str> = list.iter().map(String::as_str).collect();
    let problem = Problem::new(
        format!(
            "the `{key}` of {} begins with `{first}`, which only health checks understand",
            container.title()
        ),
        first.label("run as the name of a program"),
    )
    .help(format!("use {}", in_brackets(&list)))
    .fix(command.set(Safety::Shown, list.as_slice()).titled(format!("rewrite `{key}` without `{first}`")));
    Some(if is_shell { problem } else { problem.at_most(Severity::Warning) })
}

/// `sh -c` without a line for the shell to read.
fn without_script(container: &Container, start: &Start, call: &ShellCall) -> Problem {
    let problem = Problem::new(
        format!("{} starts a shell with `{}`, but no command for it", container.title(), call.flag),
        match &call.script {
            Some(script) => script.label("nothing to run"),
            None => call.flag.label("must be followed by a command"),
        },
    );
    // The command may be supplied when the task is run, and an empty line does nothing.
    let may_follow = start.command.is_none() && start.entry_point.is_some();
    if call.script.is_some() {
        problem.help("set it to the line that the shell should run").at_most(Severity::Warning)
    } else if start.entry_point.is_none() {
        // The entry point of the image may add what is missing.
        problem.help("add the line that the shell runs, such as `npm start`").at_most(Severity::Warning)
    } else if may_follow {
        problem
            .help("set `command` to the line that the shell runs, such as `[\"npm start\"]`; ignore this if every run of the task sets its own")
            .at_most(Severity::Warning)
    } else {
        problem.help("add the line that the shell runs, such as `npm start`")
    }
}

/// Words after the one that the shell reads.
fn lost_words(container: &Container, start: &Start, call: &ShellCall) -> Problem {
    let lost = call.lost_words();
    let script = call.script.map_or("", Known::value);
    let problem = Problem::new(
        format!("the shell of {} runs only `{script}`", container.title()),
        lost[0].label(if lost.len() == 1 { "lost" } else { "lost, like everything after it" }),
    );
    let problem = match call.script {
        Some(script) => problem.also(script.label("the shell runs only this")),
        None => problem,
    }
    .at_most(Severity::Warning);
    let line =
        [&[script][..], &lost.iter().map(|word| word.value()).collect::<Vec<&str>>()].concat().join(" ");
    // The words are replaced if all of them are in one list.
    let command = start.command.as_ref().or(start.entry_point.as_ref());
    let kept = command.map(|command| {
        let own = command.words();
        own[..own.len().saturating_sub(lost.len() + 1)].iter().map(|word| word.value()).collect::<Vec<&str>>()
    });
    match (command, kept) {
        (Some(command), Some(mut kept)) if command.words().len() > lost.len() => {
            kept.push(&line);
            problem
                .help(format!("put the whole line in one string: {}", in_brackets(&kept)))
                .fix(command.set(Safety::Shown, kept.as_slice()).titled("put the whole line in one string"))
        }
        _ => problem.help("put the whole line in one string"),
    }
}
