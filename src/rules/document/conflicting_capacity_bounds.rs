use crate::document::Document;
use crate::finding::{Category, Problem, Severity};
use crate::model::CapacityBounds;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "conflicting-capacity-bounds",
    summary: "`MaxCapacity` is below `MinCapacity`",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always("Maximum capacity cannot be less than minimum capacity"),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html",
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_ScalableTargetAction.html",
    ],
    check: Check::Document(check),
};

fn check(document: &Document, report: &mut Report) {
    let Some(bounds) =
        CapacityBounds::of_document(document).filter(|bounds| bounds.is_conflicting().is_yes())
    else {
        return;
    };
    let (Some(least), Some(most)) = (bounds.min_capacity().known(), bounds.max_capacity().known()) else {
        return;
    };
    report.add(
        Problem::new(
            format!("`MinCapacity` ({least}) is above `MaxCapacity` ({most})"),
            most.label("below the minimum"),
        )
        .also(least.label("the minimum"))
        .help(format!("raise `MaxCapacity` to {least} or more, or lower `MinCapacity`")),
    );
}
