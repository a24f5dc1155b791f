use std::collections::HashSet;

use crate::finding::{Category, Label, Problem, Severity};
use crate::model::{NetworkMode, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "mismatched-target-type",
    summary: "a target group takes instances or IP addresses, but the network mode of the tasks needs the other",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&[
        "The provided target group {arn} has target type instance, which is incompatible with the awsvpc network mode specified in the task definition.",
        "The provided target group {arn} has target type ip, which is incompatible with the bridge network mode specified in the task definition.",
    ]),
    settings: &[],
    sources: &[
        "https://github.com/riboseinc/terraform-aws-ecs-gitlab/issues/5",
        "https://github.com/hashicorp/terraform-provider-aws/issues/11723",
        "https://github.com/hashicorp/terraform-provider-aws/issues/12252",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/nlb.html",
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-elasticloadbalancingv2-targetgroup.html",
    ],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    if let Some(cause) = bridge_label(service) {
        return check_bridge(service, &cause, report);
    }
    // If the network mode does not suit Fargate, that is the fault.
    let mode = service.task_definition().and_then(|task| task.network_mode().known());
    if mode.is_some_and(|mode| *mode != NetworkMode::Awsvpc) {
        return;
    }
    let Some(cause) = service.network_interface_label() else { return };
    let mut reported = HashSet::new();
    for (reference, group) in service.declared_target_groups() {
        if group.target_type != "instance" || !reported.insert(&group.id) {
            continue;
        }
        let why =
            if group.is_default { "its target type is `instance` by default" } else { "takes instances" };
        let problem = Problem::new(
            format!(
                "target group `{}` takes instances, but the tasks of {} have network interfaces of their own",
                group.id,
                service.title()
            ),
            Label::new(reference.place(), "needs the target type `ip`"),
        )
        .also(Label::new(group.at, why))
        .also(cause.clone())
        .help(format!("set `{}` to `ip` on `{}`", group.field, group.id));
        report.add(if service.is_task_set() {
            // The reply of CreateTaskSet is not recorded.
            problem.at_most(Severity::Warning)
        } else {
            problem.reply(0, &[("arn", &"arn:…")])
        });
    }
}

/// A label on what puts the tasks on the network `bridge` of their instances. A network configuration of the service is
/// the fault itself.
fn bridge_label(service: &Service) -> Option<Label> {
    let is_on_instances = service.is_fargate().is_no()
        && service.is_external().is_no()
        && service.network_configuration().is_missing();
    let task = service.task_definition().filter(|_| is_on_instances)?;
    if task.instance_network() != Some(NetworkMode::Bridge) {
        return None;
    }
    Some(match task.network_mode().known() {
        Some(mode) => mode.label("the tasks have no IP addresses of their own"),
        None => task.name_label("no `networkMode`, which means `bridge`"),
    })
}

/// Reports target groups that take IP addresses.
fn check_bridge(service: &Service, cause: &Label, report: &mut Report) {
    let mut reported = HashSet::new();
    for (reference, group) in service.declared_target_groups() {
        if group.target_type != "ip" || !reported.insert(&group.id) {
            continue;
        }
        let problem = Problem::new(
            format!(
                "target group `{}` takes IP addresses, but the tasks of {} have none of their own",
                group.id,
                service.title()
            ),
            Label::new(reference.place(), "needs the target type `instance`"),
        )
        .also(Label::new(group.at, "takes IP addresses"))
        .also(cause.clone())
        .help(format!(
            "set `{}` to `instance` on `{}`, or set `networkMode` to `awsvpc` in the task definition",
            group.field, group.id
        ));
        report.add(match service.is_task_set() {
            // The reply of CreateTaskSet is not recorded.
            true => problem.at_most(Severity::Warning),
            false => problem.reply(1, &[("arn", &"arn:…")]),
        });
    }
}
