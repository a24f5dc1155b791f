use crate::finding::{Category, Problem, Severity};
use crate::model::{TaskDefinition, drawn};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "cyclic-links",
    summary: "containers are linked in a circle",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    aws_says: &["Container links should not have a cycle"],
    sources: &["https://github.com/scpwiki/wikijump/issues/869", "https://github.com/Shippable/support/issues/4194"],
    page: page!("task-definition/cyclic-links"),
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    for cycle in task.link_cycles() {
        let [first, others @ ..] = cycle.as_slice() else { continue };
        let problem = Problem::new(
            format!("containers are linked in a circle: {}", drawn(&cycle)),
            first.named.label(first.sentence()),
        )
        .help("delete one of these links: Docker starts a container after those that it is linked to");
        let draw = |problem: Problem, wait: &crate::model::Wait| problem.also(wait.named.label(wait.sentence()));
        report.add(others.iter().fold(problem, draw));
    }
}
