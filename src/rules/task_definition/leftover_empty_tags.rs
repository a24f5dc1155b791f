use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::TaskDefinition;
use crate::rule::{Check, Profile, Report, Rule, page};
use crate::tree::Kind;

pub const RULE: Rule = Rule {
    id: "leftover-empty-tags",
    summary: "`tags` is an empty list, which the API refuses",
    category: Category::Rejected,
    // A warning: console exports are full of it, and deploy actions drop it on the way.
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    aws_says: &["Tags can not be empty."],
    sources: &["https://github.com/aws-actions/amazon-ecs-deploy-task-definition"],
    page: page!("task-definition/leftover-empty-tags"),
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(tags) = task.tags().known() else { return };
    if tags.kind() != Kind::List || !tags.is_absent() {
        return;
    }
    let fix = Fix::new(Safety::Safe, "delete `tags`", &[Change::Remove(tags.node())]);
    report.add(
        Problem::new("`tags` is an empty list", tags.key_label("no tag stands in it"))
            .help("of all lists of a task definition, this one may not be empty")
            .fix(fix),
    );
}
