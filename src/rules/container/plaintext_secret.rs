use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, Field, Known, access_key_id};
use crate::rule::{Check, Profile, Reply, Report, Rule, page};

pub(super) const RULE: Rule = Rule {
    id: "plaintext-secret",
    summary: "a credential is in the task definition in plain text",
    category: Category::Security,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-tasks-containers.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html",
    ],
    page: page!("container/plaintext-secret"),
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let health_check = container.health_check().and_then(|health| health.command());
    let commands = [
        ("entryPoint", container.entry_point()),
        ("command", container.command()),
        ("healthCheck", health_check),
    ];
    for (key, command) in commands {
        let Some(command) = Field::known(command) else { continue };
        command.words().iter().for_each(|word| look(container, key, word, report));
    }
    for value in container.environment().items().filter_map(|variable| variable.value().known()) {
        look(container, "environment", &value, report);
    }
}

fn look(container: &Container, key: &str, text: &Known<&str>, report: &mut Report) {
    let Some(at) = access_key_id(text) else { return };
    report.add(
        Problem::new(
            format!("the `{key}` of {} contains an AWS access key", container.title()),
            text.part_label(at, "an access key ID"),
        )
        .help("rotate the key, because everyone who can describe the task definition can read it; then set `taskRoleArn`, or fetch the key with `secrets`"),
    );
}
