use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Container, Mebibytes};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "insufficient-memory-reservation",
    summary: "a container reserves less memory than Docker requires",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Always(
        "CannotCreateContainerError: Error response from daemon: Minimum memory reservation allowed is 6MB",
    ),
    settings: &[],
    sources: &[
        "https://github.com/awsdocs/amazon-ecs-developer-guide/pull/185",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
    ],
    check: Check::Container(check),
};

/// What Docker requires since 20.10; before, it was 4.
const LEAST: Mebibytes = Mebibytes(6);

fn check(container: &Container, report: &mut Report) {
    let (Some(task), Some(reservation)) = (container.task(), container.memory_reservation().known()) else {
        return;
    };
    if *reservation >= LEAST || !task.is_fargate().is_no() || task.is_windows().is_yes() {
        return;
    }
    report.add(
        Problem::new(
            format!("{} reserves {}, but Docker requires at least {LEAST}", container.title(), *reservation),
            reservation.label("too little"),
        )
        .help(format!("set `memoryReservation` to {} or more", LEAST.0))
        .fix(reservation.set(Safety::Shown, LEAST.0)),
    );
}
