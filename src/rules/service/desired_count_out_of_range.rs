use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::words::{counted, number_from};

pub(super) const RULE: Rule = Rule {
    id: "desired-count-out-of-range",
    summary: "the desired count of a service is outside the bounds of its scalable target",
    category: Category::Reliability,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    // The current count does not show what will be requested next.
    if service.is_described() || service.leaves_count() || !service.says_daemon().is_no() {
        return;
    }
    let Some(bounds) = service.scalable_target().map(|target| target.bounds()) else { return };
    let (Some(count), true) = (service.desired_count().known(), bounds.is_conflicting().is_no()) else {
        return;
    };
    let Some(ranges) = service.movers().ranges(bounds) else { return };
    // If no task is allowed at all, another rule reports it.
    if !ranges.allow_any_task() || ranges.allow(*count) {
        return;
    }
    let (Some(least), Some(most)) = (bounds.min_capacity().known(), bounds.max_capacity().known()) else {
        return;
    };
    let (bound, beyond) = if *count < *least { (least, "below") } else { (most, "above") };
    // Terraform sends each attribute that is set.
    let instead = match service.node().is_in_module() {
        true => "add `lifecycle { ignore_changes = [desired_count] }`",
        false => "omit it from updates and let scaling decide",
    };
    report.add(
        Problem::new(
            format!(
                "{} requests {}, but its scalable target allows {least} to {most}",
                service.title(),
                counted(*count, "task"),
            ),
            count.label(format!("{beyond} the range of the scalable target")),
        )
        .also(bound.label(if beyond == "below" { "the minimum" } else { "the maximum" }))
        .help(format!("set `desiredCount` to {}, or {instead}", number_from(*least, *most),)),
    );
}
