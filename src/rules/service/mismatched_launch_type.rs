use crate::finding::{Category, Problem, Severity};
use crate::model::{LaunchType, NetworkMode, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "mismatched-launch-type",
    summary: "a task definition does not support the launch type of its service",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&["Task definition does not support launch_type FARGATE."]),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskDefinition.html"],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(task) = service.task_definition() else { return };
    if let Some(external) = service.launches_on(LaunchType::External) {
        let mut reasons = task.computed_reason(LaunchType::External);
        if reasons.is_empty() && task.compatibilities().is_missing() {
            // `mismatched-network-mode` reports a task definition that lists `EXTERNAL` itself.
            let is_meant = !task.lists(LaunchType::External).is_no();
            let mode = task.writes_mode(&[NetworkMode::Awsvpc]).filter(|_| !is_meant);
            reasons.extend(mode.map(|mode| mode.label("external instances are not in a VPC")));
        }
        if !reasons.is_empty() {
            let problem = Problem::new(
                "the task definition cannot run on external instances",
                external.label("targets external instances"),
            );
            let help = "change the task definition, or the launch type";
            report.add(problem.also_each(reasons).help(help));
        }
        return;
    }
    let asks = service.fargate_label("targets Fargate").filter(|_| service.is_fargate().is_yes());
    let Some(asks) = asks else { return };
    let reasons = task.reasons_against_fargate();
    if reasons.is_empty() {
        return;
    }
    let name = task.family().known().map_or_else(String::new, |family| format!(" `{family}`"));
    report.add(
        Problem::new(format!("the task definition{name} cannot run on Fargate"), asks)
            .also_each(reasons)
            .help("fix the task definition and add `FARGATE` to its `requiresCompatibilities`, so that AWS checks it at registration; or use another launch type")
            .reply(0, &[]),
    );
}
