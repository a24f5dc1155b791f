use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, Field, Known, Variable};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::source::Cut;

pub(super) const RULE: Rule = Rule {
    id: "invalid-environment-name",
    summary: "the name of an environment variable is not valid",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&["invalid environment variable"]),
    settings: &[],
    sources: &["https://github.com/moby/moby/blob/master/opts/env.go"],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    for variable in container.variables() {
        match variable.name() {
            Field::Missing => report.add(nameless(container, &variable)),
            Field::Known(name) => {
                let fault = name.char_indices().find(|(_, c)| matches!(c, '=' | '\0'));
                if let Some((at, c)) = fault {
                    report.add(cut(container, &name, at, c));
                }
            }
            Field::Unknown(_) => {}
        }
    }
}

fn nameless(container: &Container, variable: &Variable) -> Problem {
    Problem::new(
        format!("an environment variable of {} has no name", container.title()),
        variable.name_label("no name"),
    )
    .help("set `name`, or delete the entry: Docker refuses to start a container with it")
    .reply(0, &[])
}

fn cut(container: &Container, name: &Known<&str>, at: usize, c: char) -> Problem {
    let (message, label, help) = match c {
        '=' if at == 0 => (
            format!("the name `{name}` of an environment variable begins with `=`"),
            "nothing before it",
            format!("delete the `=`: Docker does not start {} with such a name", container.title()),
        ),
        '=' => (
            format!("the name `{name}` of an environment variable contains `=`"),
            "the name ends here",
            format!(
                "{} gets a variable `{}` instead: move the text after the `=` to `value`",
                container.title(),
                name.cut(..at)
            ),
        ),
        _ => (
            "the name of an environment variable contains a NUL character".to_owned(),
            "NUL",
            format!("delete the character: no program of {} can read such a name", container.title()),
        ),
    };
    Problem::new(message, name.part_label(at..at + c.len_utf8(), label)).help(help)
}
