use crate::finding::{Category, Problem, Severity};
use crate::model::{ExpressionFault, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-placement-expression",
    summary: "the expression of a placement constraint looks wrong",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-query-language.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    if service.is_described() || !service.may_place() {
        return;
    }
    for constraint in service.placement_constraints().items() {
        let is_member = constraint.kind().known().is_some_and(|kind| kind.value() == "memberOf");
        let Some(written) = constraint.expression().known().filter(|_| is_member) else { continue };
        let Some(fault) = ExpressionFault::of(&written) else { continue };
        let (label, help) = match fault {
            ExpressionFault::SingleEquals(at) => {
                (written.part_label(at, "not a comparison operator"), "use `==` to compare")
            }
            ExpressionFault::Unbalanced(sign) => (
                written.label(format!("unbalanced `{sign}`")),
                "add the matching character, or remove this one",
            ),
            ExpressionFault::NoComparison => (
                written.label("no subject and no comparison"),
                "use a subject and a comparison, for example `attribute:ecs.instance-type == t3.large`",
            ),
        };
        report.add(Problem::new("the expression of a placement constraint looks wrong", label).help(help));
    }
}
