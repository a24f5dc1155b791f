use crate::finding::{Category, Problem, Severity};
use crate::model::TaskDefinition;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "cyclic-links",
    summary: "containers are linked in a circle",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always("Container links should not have a cycle"),
    settings: &[],
    sources: &[
        "https://github.com/scpwiki/wikijump/issues/869",
        "https://github.com/Shippable/support/issues/4194",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    for cycle in task.link_cycles() {
        report.add(
            Problem::new(format!("containers are linked in a circle: {cycle}"), cycle.first().label())
                .also_each(cycle.other_labels())
                .help("delete one of these links: Docker starts a container after the ones it links to"),
        );
    }
}
