use crate::finding::{Category, Problem, Severity};
use crate::model::{NetworkMode, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-network-configuration",
    summary: "a service names subnets, but its tasks have no network interface",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always(
        "Network Configuration is not valid for the given networkMode of this task definition.",
    ),
    settings: &[],
    sources: &[
        "https://github.com/crossplane-contrib/provider-aws/issues/2233",
        "https://github.com/muya/amazon-ecs-run-task/issues/7",
    ],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(task) = service.task_definition() else { return };
    let Some(network) = service.named_network().filter(|_| service.refuses_networks().is_yes()) else {
        return;
    };
    // An empty list of subnets is rejected everywhere: `missing-network-configuration` reports it.
    let configuration = service.awsvpc_configuration().known();
    if configuration.is_some_and(|configuration| configuration.empty_subnets().is_some()) {
        return;
    }
    let (mode, label) = match task.network_mode().known() {
        Some(written) => (*written, written.label("tasks have no network interfaces of their own")),
        None if task.is_windows().is_yes() => {
            (NetworkMode::Default, task.name_label("no `networkMode`, which means `default` on Windows"))
        }
        None => (NetworkMode::Bridge, task.name_label("no `networkMode`, which means `bridge`")),
    };
    report.add(
        Problem::new(
            format!("{} names subnets, but its tasks run in network mode `{mode}`", service.title()),
            network.key_label("only for network mode `awsvpc`"),
        )
        .also(label)
        .help("remove `networkConfiguration`, or set `networkMode` to `awsvpc` in the task definition")
        .unless(network.doubt()),
    );
}
