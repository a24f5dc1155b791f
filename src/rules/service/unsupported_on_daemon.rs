use crate::document::ServiceForm;
use crate::finding::{Category, Label, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{LaunchType, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-on-daemon",
    summary: "a daemon service has a field that only replica services support",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Sometimes(&[
        "The daemon scheduling strategy does not support a desired count for services. Remove the desired count value and try again",
        "The daemon scheduling strategy does not support placement strategies. Remove the placement strategy and try again",
        "The daemon scheduling strategy does not support values above 100 for maximumPercent on a deployment configuration. Change the maximumPercent value to 100, and try again",
        "Specifying a capacity provider strategy is not supported when you create a service using the DAEMON scheduling strategy.",
        "The daemon scheduling strategy does not support the FARGATE launch type. Change the launch type and try again",
        "The CODE_DEPLOY deployment controller type is not supported for services using the DAEMON scheduling strategy.",
        "The EXTERNAL deployment controller type is not supported for services using the DAEMON scheduling strategy.",
        "Availability Zone Rebalancing does not support DAEMON services",
    ]),
    settings: &[],
    sources: &[
        "https://github.com/kayac/ecspresso/issues/17",
        "https://github.com/kayac/ecspresso/issues/402",
        "https://github.com/hashicorp/terraform-provider-aws/issues/4825",
        "https://github.com/aws/containers-roadmap/issues/692",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/troubleshooting-blue-green.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let strategy = service.scheduling_strategy().known().filter(|strategy| strategy.value() == "DAEMON");
    let Some(daemon) = strategy.filter(|_| !service.is_described()) else { return };
    for refused in refused(service) {
        report.add(refused.also(daemon.label("one task on each instance")));
    }
}

fn problem(noun: &str, label: Label, help: &str) -> Problem {
    Problem::new(format!("a daemon cannot have {noun}"), label).help(help)
}

/// What the service sets but a daemon does not support.
fn refused(service: &Service) -> Vec<Problem> {
    let mut found = Vec::new();
    if let Some(count) = service.desired_count().present() {
        let label = count.key_label("the number of instances decides");
        let mut problem = problem("a desired count", label, "remove `desiredCount`").reply(0, &[]);
        // Whether ecspresso sends the count depends on its version.
        if service.form() == ServiceForm::Ecspresso {
            problem = problem.at_most(Severity::Warning);
        }
        found.push(problem.unless(count.doubt()).fix(count.delete(Safety::Safe)));
    }
    if let Some(strategy) = service.placement_strategy().present() {
        let label = strategy.key_label("every instance runs a task");
        let problem =
            problem("a placement strategy", label, "remove `placementStrategy`").unless(strategy.doubt());
        found.push(problem.reply(1, &[]).fix(strategy.delete(Safety::Safe)));
    }
    if let Some(maximum) = service.maximum_percent().known().filter(|maximum| **maximum > 100) {
        let label = maximum.label("each instance runs only one task");
        let problem =
            problem("a `maximumPercent` above 100", label, "set `maximumPercent` to 100").reply(2, &[]);
        found.push(problem.fix(maximum.set(Safety::Safe, 100)));
    }
    if let Some(providers) = service.capacity_providers().present() {
        let label = providers.key_label("not supported");
        found.push(
            problem("a capacity provider strategy", label, "remove it and set `launchType` to `EC2`")
                .reply(3, &[])
                .unless(providers.doubt()),
        );
    } else if let Some(fargate) = service.launches_on(LaunchType::Fargate) {
        let label = fargate.label("Fargate has no instances");
        found.push(
            problem(
                "the launch type FARGATE",
                label,
                "set `launchType` to `EC2`, or `schedulingStrategy` to `REPLICA`",
            )
            .reply(4, &[]),
        );
    }
    if let Some(controller) = service.deployment_controller().known().filter(|one| one.value() != "ECS") {
        let label = controller.label("not supported");
        found.push(
            problem(
                "this deployment controller",
                label,
                "remove `deploymentController`, or set its `type` to `ECS`",
            )
            .reply(if controller.value() == "EXTERNAL" { 6 } else { 5 }, &[]),
        );
    }
    if let Some(zones) = service.sets_zone_rebalancing("ENABLED") {
        let label = zones.label("the instances decide where the tasks run");
        found.push(
            problem(
                "Availability Zone rebalancing",
                label,
                "set `availabilityZoneRebalancing` to `DISABLED`",
            )
            .reply(7, &[]),
        );
    }
    if let Some(volumes) = service.volume_configurations().present() {
        let label = volumes.key_label("not supported");
        found.push(
            problem("volumes configured by the service", label, "remove `volumeConfigurations`")
                .unless(volumes.doubt()),
        );
    }
    found
}
