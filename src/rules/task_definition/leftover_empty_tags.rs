use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::TaskDefinition;
use crate::rule::{Check, Profile, Report, Rule, page};
use crate::tree::Kind;

pub const RULE: Rule = Rule {
    id: "leftover-empty-tags",
    summary: "`tags` is an empty list, which the API rejects",
    category: Category::Rejected,
    // A warning: console exports often contain it, and deploy actions drop it.
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
        Problem::new("`tags` is empty, which the API rejects", tags.key_label("no tags"))
            .help("remove `tags`: the AWS CLI sends the empty list, while some deploy tools drop it")
            .fix(fix),
    );
}
