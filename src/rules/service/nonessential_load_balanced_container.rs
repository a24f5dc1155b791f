use std::collections::BTreeSet;

use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "nonessential-load-balanced-container",
    summary: "the task goes on if the container behind the load balancer stops",
    category: Category::Reliability,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service_definition_parameters.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
    ],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(task) = service.task_definition() else { return };
    let mut seen = BTreeSet::new();
    for balancer in service.load_balancers().items() {
        let Some(name) = balancer.container_name().known() else { continue };
        let Some(container) = task.container(&name) else { continue };
        let essential = container.essential().known().filter(|essential| !**essential);
        let Some(essential) = essential.filter(|_| container.is_restarted().is_no()) else { continue };
        if !seen.insert(name.value()) {
            continue;
        }
        report.add(
            Problem::new(
                format!(
                    "the load balancer of {} sends traffic to {}, which is not essential",
                    service.title(),
                    container.title()
                ),
                name.label("if it stops, the task goes on but answers nothing"),
            )
            .also(essential.label("the task goes on without it"))
            .help("set `essential` to true in the task definition: the service then replaces the task"),
        );
    }
}
