use crate::finding::{Category, Problem, Severity};
use crate::model::{TaskDefinition, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-placement-expression",
    summary: "a placement constraint has no expression",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskDefinitionPlacementConstraint.html",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    if !task.is_fargate().is_no() {
        return;
    }
    for constraint in task.placement_constraints().items().filter(|constraint| !constraint.is_absent()) {
        if constraint.kind().is_unknown() || !constraint.expression().is_missing() {
            continue;
        }
        let label = match constraint.kind().known() {
            Some(kind) => kind.label("requires an expression"),
            None => constraint.missing_label("expression", "`expression` is missing"),
        };
        report.add(Problem::new("a placement constraint has no expression", label).help(
            "set `expression`, such as \"attribute:ecs.instance-type =~ m7g.*\", or delete the constraint",
        ));
    }
}
