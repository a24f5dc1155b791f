use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Command, Container, Known, as_command, comma_list, in_brackets, is_unsplit, pasted_list};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsplit-command",
    summary: "a command and its arguments are in one string",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Sometimes(&[
        "CannotStartContainerError … exec: \"{command}\": executable file not found in $PATH",
    ]),
    settings: &[],
    sources: &[
        "https://docs.docker.com/reference/dockerfile/#exec-form",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    // A list in a string is reported by `invalid-command`.
    let is_unsplit =
        |line: &str| is_unsplit(line) && pasted_list(line).is_none() && comma_list(line).is_none();
    if let Some(entry_point) = container.entry_point().known() {
        if let Some(program) = entry_point.words().first().filter(|program| is_unsplit(program)) {
            report.add(unsplit(container, &entry_point, program, "entryPoint"));
        }
    } else if container.entry_point().is_missing()
        && let Some(command) = container.command().known()
        && let [line] = command.words()
        // Options in one string may be one option of the entry point of the image, several lines the text of a file.
        && is_unsplit(line)
        && !line.starts_with('-')
        && !line.trim().contains('\n')
    {
        // The entry point of the image may be a shell.
        report.add(unsplit(container, &command, line, "command").at_most(Severity::Warning));
    }
}

fn unsplit<'d>(
    container: &Container<'d>,
    command: &Known<'d, Command<'d>>,
    line: &Known<'d, &'d str>,
    key: &str,
) -> Problem {
    let mut words = as_command(line);
    words.extend(command.words()[1..].iter().map(|word| word.value().to_owned()));
    let list: Vec<&str> = words.iter().map(String::as_str).collect();
    let problem = Problem::new(
        format!(
            "the `{key}` of {} is a whole line, which Docker runs as the name of a program",
            container.title()
        ),
        line.label("each word must be a separate string"),
    )
    .help(format!("use {}", in_brackets(&list)));
    // The entry point of the image, which is not known, comes before the words of `command`.
    if key == "command" {
        return problem.help(format!(
            "use {}; leave out what the `ENTRYPOINT` of the image runs already, and ignore this if that is a shell",
            in_brackets(&list)
        ));
    }
    let problem = problem.fix(
        command.set(Safety::Shown, list.as_slice()).titled(format!("turn `{key}` into a list of words")),
    );
    // Docker's reply differs for a path, and for an entry point of the image.
    if key == "entryPoint" && !line.contains('/') { problem.reply(0, &[("command", &line)]) } else { problem }
}
