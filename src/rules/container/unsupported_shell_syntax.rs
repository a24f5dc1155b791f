use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Container, Field, Known, in_brackets, stray_operator};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-shell-syntax",
    summary: "the command uses shell syntax but does not run in a shell",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.docker.com/reference/dockerfile/#exec-form",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(command) = container.command().known() else { return };
    let words: Vec<Known<&str>> = match container.entry_point() {
        Field::Unknown(_) => return,
        Field::Missing => command.words().to_vec(),
        Field::Known(entry_point) => [entry_point.words(), command.words()].concat(),
    };
    let Some(operator) = stray_operator(&words) else { return };
    let problem = Problem::new(
        format!(
            "`{operator}` in the command of {} is passed to the program as text: no shell runs it",
            container.title()
        ),
        operator.label("passed to the program as an argument"),
    );
    // With an entry point, it is not clear where the shell belongs.
    if !container.entry_point().is_missing() {
        let help = "run it in a shell: use `sh`, `-c`, and the whole line as one string";
        return report.add(problem.help(help));
    }
    let line = command.joined();
    let help = format!("run it in a shell: use {}", in_brackets(&["sh", "-c", &line]));
    report.add(
        problem
            .help(help)
            .fix(command.set(Safety::Shown, vec!["sh", "-c", &line]).titled("run the command in a shell")),
    );
}
