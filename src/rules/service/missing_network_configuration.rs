use crate::finding::{Category, Problem, Severity};
use crate::model::{Service, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::tree::Node;

pub(super) const RULE: Rule = Rule {
    id: "missing-network-configuration",
    summary: "a service names no subnets for its tasks",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&[
        "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
        "subnets can not be empty.",
    ]),
    settings: &[],
    sources: &[
        "https://github.com/tryretool/retool-onpremise/issues/84",
        "https://github.com/aws-actions/amazon-ecs-deploy-task-definition/issues/802",
        "https://github.com/kayac/ecspresso",
    ],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    if let Some(subnets) = service.awsvpc_configuration().known().and_then(|network| network.empty_subnets())
    {
        if let Some(problem) = empty_subnets(service, subnets) {
            report.add(problem);
        }
        return;
    }
    let is_alone = service.is_whole() && service.is_controlled_by("EXTERNAL").is_no();
    let is_missing = service.awsvpc_configuration().is_missing() && !service.has_misplaced_subnets();
    let Some(cause) = service.network_interface_label().filter(|_| is_alone && is_missing) else { return };
    let problem = Problem::new(
        format!("{} names no subnets for its tasks", service.title()),
        service.name_label("no `networkConfiguration.awsvpcConfiguration`"),
    )
    .also(cause)
    .help("add `\"networkConfiguration\": {\"awsvpcConfiguration\": {\"subnets\": [\"subnet-…\"], \"securityGroups\": [\"sg-…\"]}}`");
    report.add(if service.is_task_set() {
        // The reply of CreateTaskSet is not recorded.
        problem.at_most(Severity::Warning)
    } else {
        problem.reply(0, &[])
    });
}

/// An empty list of subnets is rejected whatever the tasks need. On external instances the whole
/// network configuration is the fault.
fn empty_subnets(service: &Service, subnets: Node) -> Option<Problem> {
    if service.is_described() || !service.is_external().is_no() {
        return None;
    }
    let problem = Problem::new(
        format!("{} names no subnets for its tasks", service.title()),
        subnets.key_label("the list is empty"),
    );
    Some(if service.refuses_networks().is_yes() {
        problem.help("remove `networkConfiguration`: its tasks have no network interfaces of their own")
    } else {
        problem
            .also_each(service.network_interface_label())
            .help("add at least one subnet: two in different Availability Zones survive the loss of one")
            .reply(1, &[])
            // Empty security groups beside them look like something that a deploy script fills in.
            .warning_unless(!service.leaves_network_open())
    })
}
