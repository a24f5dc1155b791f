use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::Container;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "excessive-memory-reservation",
    summary: "a container reserves more memory than its limit",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Sometimes(&[
        "Invalid setting for container '{container}'. 'memory' must be greater than or equal to 'memoryReservation'.",
    ]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
        "https://github.com/awsdocs/amazon-ecs-developer-guide/pull/242",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let (Some(memory), Some(reservation)) =
        (container.memory().known(), container.memory_reservation().known())
    else {
        return;
    };
    if *reservation <= *memory {
        return;
    }
    let problem = Problem::new(
        format!("{} reserves {}, more than its limit of {}", container.title(), *reservation, *memory),
        reservation.label("more than the limit"),
    )
    .also(memory.label("the limit"))
    .help(format!("set `memoryReservation` to {} or less, or raise `memory`", memory.0))
    .fix(reservation.set(Safety::Shown, memory.0));
    report.add(match container.name().known() {
        Some(name) => problem.reply(0, &[("container", &name)]),
        None => problem,
    });
}
