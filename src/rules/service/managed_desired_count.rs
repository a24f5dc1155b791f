use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::words::counted;

pub(super) const RULE: Rule = Rule {
    id: "managed-desired-count",
    summary: "each deployment resets the number of tasks of a service that is scaled",
    category: Category::Reliability,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html",
        "https://github.com/aws/aws-cdk/issues/3919",
        "https://github.com/aws/containers-roadmap/issues/493",
        "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecs_service",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(count) = service.desired_count().known().filter(|_| service.sends_count()) else { return };
    let Some(target) = service.scalable_target() else { return };
    // An update of nothing else is meant to change the number.
    let is_of_count = |key: &str| matches!(key, "service" | "cluster" | "desiredCount");
    if service.node().members().all(|(key, _)| is_of_count(key.text())) {
        return;
    }
    // A count outside the bounds is reported by `desired-count-out-of-range`, and bounds that leave nothing to
    // scale by `fixed-capacity`. Suspended scaling chooses no count.
    let bounds = target.bounds();
    let own = bounds.min_capacity().known().zip(bounds.max_capacity().known());
    let moves_there = own.is_some_and(|(least, most)| *least < *most && (*least..=*most).contains(&*count));
    let ranges = || service.movers().ranges(bounds);
    let is_scaled = moves_there || ranges().is_some_and(|ranges| ranges.allow(*count) && !ranges.are_fixed());
    if !is_scaled || target.may_suspend() || !service.says_daemon().is_no() {
        return;
    }
    let (what, title, tasks) = (service.node(), service.title(), counted(*count, "task"));
    let problem = |message: String, help: &str| {
        Problem::new(message, count.label("overrides the current number of tasks"))
            .also(target.label("scaling changes the number of tasks"))
            .help(help)
    };
    report.add(if what.is_in_module() {
        // Without the attribute, the provider asks for no task.
        problem(
            format!("each `terraform apply` resets {title} to {tasks}, whatever scaling has chosen"),
            "add `lifecycle { ignore_changes = [desired_count] }`: the number then counts only for a new service",
        )
    } else if what.is_in_template() {
        problem(
            format!("each stack update that changes {title} resets it to {tasks}, whatever scaling has chosen"),
            "remove `desiredCount`: updates then leave the number of tasks as it is, and a new service starts \
             with one",
        )
        .fix(count.delete(Safety::Shown))
    } else {
        problem(
            format!("each update resets {title} to {tasks}, whatever scaling has chosen"),
            "remove `desiredCount` from the update: the number of tasks then stays as it is",
        )
        .fix(count.delete(Safety::Shown))
        // Whoever writes an update by hand may mean it.
        .at_most(Severity::Note)
    });
}
