use std::collections::HashSet;

use crate::finding::{Category, Label, Problem, Severity};
use crate::model::{NetworkMode, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "mismatched-target-type",
    summary: "a target group takes instances, but the tasks have network interfaces of their own",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&[
        "The provided target group {arn} has target type instance, which is incompatible with the awsvpc network mode specified in the task definition.",
    ]),
    settings: &[],
    sources: &[
        "https://github.com/riboseinc/terraform-aws-ecs-gitlab/issues/5",
        "https://github.com/hashicorp/terraform-provider-aws/issues/11723",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/nlb.html",
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-elasticloadbalancingv2-targetgroup.html",
    ],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
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
