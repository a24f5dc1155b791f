use crate::document::ServiceForm;
use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::words::counted;

pub(super) const RULE: Rule = Rule {
    id: "managed-desired-count",
    summary: "an update sets the number of tasks of a service that is scaled",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html",
        "https://github.com/aws/aws-cdk/issues/3919",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(count) = service.desired_count().known().filter(|_| service.form() == ServiceForm::Update)
    else {
        return;
    };
    let Some(target) = service.scalable_target() else { return };
    // A count outside the bounds is reported by `desired-count-out-of-range`, and bounds that leave nothing to
    // scale by `fixed-capacity`. Suspended scaling chooses no count.
    let ranges = service.movers().ranges(target.bounds());
    let is_scaled = ranges.is_some_and(|ranges| ranges.allow(*count) && !ranges.are_fixed());
    if !is_scaled || target.may_suspend() || !service.says_daemon().is_no() {
        return;
    }
    report.add(
        Problem::new(
            format!(
                "each update resets {} to {}, whatever scaling has chosen",
                service.title(),
                counted(*count, "task")
            ),
            count.label("overrides the current number of tasks"),
        )
        .also(target.label("scaling changes the number of tasks"))
        .help("remove `desiredCount` from the update: the number of tasks then stays as it is")
        .fix(count.delete(Safety::Shown)),
    );
}
