use crate::finding::{Category, Problem, Severity};
use crate::model::{ScalableTarget, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-capacity",
    summary: "a scalable target has no `MinCapacity` or no `MaxCapacity`",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html",
    ],
    check: Check::ScalableTarget(check),
};

fn check(target: &ScalableTarget, report: &mut Report) {
    let missing = target.bounds().missing();
    let Some(first) = missing.first() else { return };
    // CloudFormation requires both, which `missing-field` reports, and so does Terraform.
    let is_told = target.node().is_declared();
    if is_told || target.is_described() || target.may_suspend() {
        return;
    }
    report.add(
        Problem::new(
            format!(
                "the scalable target has {}",
                if missing.len() == 2 { "no bounds".to_owned() } else { format!("no `{first}`") }
            ),
            target.bounds().missing_label(first, "required when the target is first registered"),
        )
        .help("set `MinCapacity` to the smallest number of tasks and `MaxCapacity` to the largest"),
    );
}
