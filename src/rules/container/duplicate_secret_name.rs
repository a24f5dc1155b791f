use std::collections::{HashMap, HashSet};

use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Container, Known, Secret, View, repeated_by};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-secret-name",
    summary: "a secret has the name of another secret or of an environment variable",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Sometimes(&[
        "The secret name must be unique and not shared with any new or existing environment variables set on the container, such as '{name}'.",
    ]),
    settings: &[],
    sources: &[
        "https://github.com/dagster-io/dagster/issues/11622",
        "https://github.com/compose-x/ecs_composex/issues/707",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let again = repeated_by(container.secrets().items(), |secret| secret.name());
    for (first, second) in &again {
        let (Some(before), Some(name)) = (first.name().known(), second.name().known()) else { continue };
        let problem = problem(container, &name, "secrets").also(before.label("first defined here"));
        report.add(match is_same(first, second) {
            true => problem
                .help("one of them is enough: they are the same")
                .fix(second.delete(Safety::Safe).titled(format!("delete the second `{name}`"))),
            false => problem.help("keep the one you want, or rename one of them"),
        });
    }
    let told: HashSet<u32> = again.iter().map(|(_, second)| second.node().index()).collect();
    let variables = container.environment().items().filter_map(|variable| variable.name().known());
    let written: HashMap<&str, Known<&str>> =
        if container.secrets().is_missing() { HashMap::new() } else { first_by_name(variables) };
    for secret in container.secrets().items().filter(|secret| !told.contains(&secret.node().index())) {
        let Some(name) = secret.name().known() else { continue };
        let Some(variable) = written.get(name.value()) else { continue };
        report.add(
            problem(container, &name, "`secrets` and in `environment`")
                .also(variable.label("also defined here"))
                .help(format!("delete `{name}` from `environment`, where everyone can read its value, or rename one of the two")),
        );
    }
}

/// Names by themselves; of several that are the same, the first.
fn first_by_name<'d>(
    names: impl Iterator<Item = Known<'d, &'d str>>,
) -> HashMap<&'d str, Known<'d, &'d str>> {
    let mut first = HashMap::new();
    names.for_each(|name| _ = first.entry(name.value()).or_insert(name));
    first
}

fn problem(container: &Container, name: &Known<&str>, place: &str) -> Problem {
    let message = match place {
        "secrets" => format!("{} has two secrets named `{name}`", container.title()),
        place => format!("{} has `{name}` both in {place}", container.title()),
    };
    Problem::new(message, name.label("this name is already used")).reply(0, &[("name", &name)])
}

/// Whether two secrets of the same name fetch the same value.
fn is_same(one: &Secret, other: &Secret) -> bool {
    let sources = (one.value_from().known(), other.value_from().known());
    matches!(sources, (Some(one), Some(other)) if one.value() == other.value())
}
