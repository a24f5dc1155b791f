use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::TaskDefinition;
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::tree::Kind;

pub(super) const RULE: Rule = Rule {
    id: "leftover-empty-tags",
    summary: "`tags` is an empty list, which the API rejects",
    category: Category::Rejected,
    // A warning: console exports often contain it, and deploy actions drop it.
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Always("Tags can not be empty."),
    settings: &[],
    sources: &[
        "https://github.com/aws-actions/amazon-ecs-deploy-task-definition",
        "https://github.com/kayac/ecspresso/blob/v2/ecspresso.go",
    ],
    check: Check::TaskDefinitionInProject(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(tags) = task.tags().known() else { return };
    // ecspresso leaves an empty list out.
    if tags.kind() != Kind::List || !tags.is_absent() || task.may_be_deployed_by_ecspresso() {
        return;
    }
    let fix = tags.delete(Safety::Safe);
    report.add(
        Problem::new("`tags` is empty, which the API rejects", tags.key_label("no tags"))
            .help("remove `tags`: the AWS CLI sends the empty list, while some deploy tools drop it")
            .fix(fix),
    );
}
