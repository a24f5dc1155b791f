use crate::finding::{Category, Problem, Severity};
use crate::model::Container;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "high-entropy-value",
    summary: "the value of an environment variable looks random",
    category: Category::Security,
    severity: Severity::Note,
    profile: Profile::Audit,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-tasks-containers.html"],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    for variable in container.environment().items().filter(|variable| variable.looks_random()) {
        let (Some(name), Some(value)) = (variable.name().known(), variable.value().known()) else { continue };
        report.add(
            Problem::new(
                format!("the value of `{}` in {} looks random", name.value(), container.title()),
                value.label("a key, a hash or an ID"),
            )
            .conceal([value.node().part(0..value.value().len())])
            .help("if it is a secret, store it in Secrets Manager or Parameter Store, and fetch it with `secrets`"),
        );
    }
}
