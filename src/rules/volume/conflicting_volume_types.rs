use crate::finding::{Category, Problem, Severity};
use crate::model::{Volume, doubts};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "conflicting-volume-types",
    summary: "a volume has more than one type",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always(
        "When the volume parameter is specified, only one volume configuration type should be used.",
    ),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Volume.html",
        "https://github.com/cloudposse/terraform-aws-ecs-alb-service-task/issues/159",
        "https://github.com/cloudposse/terraform-aws-ecs-alb-service-task/issues/185",
    ],
    check: Check::Volume(check),
};

fn check(volume: &Volume, report: &mut Report) {
    let kinds = volume.supported_kinds();
    let [first, second, others @ ..] = kinds.as_slice() else { return };
    // If all are placeholders, a template chooses between them.
    let Some(certain) = kinds.iter().find(|kind| kind.is_certain()) else { return };
    let others_of_it = kinds.iter().filter(|kind| kind.node() != certain.node());
    let problem = Problem::new(
        format!("{} sets both `{}` and `{}`", volume.title(), first.key(), second.key()),
        second.key_label("a second volume type"),
    )
    .also(first.key_label("the first type"))
    .also_each(others.iter().map(|kind| kind.key_label("another type")))
    .unless(doubts(others_of_it));
    report.add(problem.help("keep the type that you need and remove the others, or define separate volumes"));
}
