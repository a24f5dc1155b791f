use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unreserved-scaling-metric",
    summary: "a policy scales on the use of reserved CPU, but the task definition reserves none",
    category: Category::Reliability,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service_utilization.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(task) = service.task_definition().filter(|task| task.reserves_no_cpu().is_yes()) else { return };
    if !service.is_fargate().is_no() || !task.is_fargate().is_no() {
        return;
    }
    for policy in service.scaling_policies() {
        let Some(metric) = policy.own_metric().filter(|metric| metric.contains("CPU")) else { continue };
        report.add(
            Problem::new(
                format!(
                    "{} scales on the use of reserved CPU units, but the tasks reserve none",
                    policy.title()
                ),
                metric.label("a percentage of the reserved amount"),
            )
            .also(task.name_label("neither the task nor a container has `cpu`"))
            .help("set `cpu` in the container definitions to the CPU units that each needs, such as 256"),
        );
    }
}
