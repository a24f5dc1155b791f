use crate::finding::{Category, Label, Problem, Severity};
use crate::model::{Field, NetworkMode, Service, View};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "missing-network-configuration",
    summary: "a service has no subnets for the network interfaces of its tasks",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    aws_says: &["Network Configuration must be provided when networkMode 'awsvpc' is specified."],
    sources: &[
        "https://github.com/tryretool/retool-onpremise/issues/84",
        "https://github.com/aws-actions/amazon-ecs-deploy-task-definition/issues/802",
        "https://github.com/kayac/ecspresso",
    ],
    page: page!("service/missing-network-configuration"),
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let has_own = service.is_whole() && service.is_controlled_by("EXTERNAL").is_no();
    let Some(cause) = cause(service).filter(|_| has_own && !service.has_misplaced_subnets()) else { return };
    let (label, says) = match service.awsvpc_configuration() {
        Field::Missing => (
            service.name_label("it has no `networkConfiguration.awsvpcConfiguration`"),
            Some(RULE.aws_says[0]),
        ),
        Field::Known(network) => match network.empty_subnets() {
            Some(subnets) => (subnets.key_label("no subnets"), None),
            None => return,
        },
        _ => return,
    };
    let problem = Problem::new(format!("{} names no subnets for its tasks", service.title()), label)
        .also(cause)
        .help("write `\"networkConfiguration\": {\"awsvpcConfiguration\": {\"subnets\": [\"subnet-…\"], \"securityGroups\": [\"sg-…\"]}}`");
    report.add(match says {
        Some(says) => problem.aws_says(says),
        None => problem.without_reply(),
    });
}

/// Where the network interface of each task is asked for.
fn cause(service: &Service) -> Option<Label> {
    if service.is_fargate().is_yes() {
        return service.fargate_label("Fargate gives each task a network interface");
    }
    // Machines outside AWS have no subnets: the network mode itself is the fault.
    let task = service.task_definition().filter(|_| service.is_external().is_no())?;
    let mode = task.writes_mode(&[NetworkMode::Awsvpc])?;
    Some(mode.label("each task gets a network interface"))
}
