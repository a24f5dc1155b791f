use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{LaunchType, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "implicit-daemon-launch-type",
    summary: "a daemon does not say what it runs on",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service_definition_parameters.html",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let daemon = service.scheduling_strategy().known().filter(|strategy| strategy.value() == "DAEMON");
    let states_nothing = service.launch_type().is_missing() && service.capacity_providers().is_missing();
    let is_new = service.is_whole() && !service.may_have_external_controller();
    let Some(daemon) = daemon.filter(|_| states_nothing && is_new) else { return };
    let problem = Problem::new(
        format!("{} is a daemon without a launch type", service.title()),
        daemon.label("no `launchType`"),
    )
    .help("set `launchType` to `EC2`, or to `EXTERNAL` for instances outside AWS: if the cluster has a default capacity provider strategy, AWS rejects the service");
    let is_elsewhere =
        service.task_definition().is_some_and(|task| task.leaves_out(LaunchType::Ec2).is_yes());
    let launch_type = if is_elsewhere { LaunchType::External } else { LaunchType::Ec2 };
    report.add(problem.fix(service.node().set_member(Safety::Shown, "launchType", launch_type.name())));
}
