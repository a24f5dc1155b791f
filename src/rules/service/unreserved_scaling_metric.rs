use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "unreserved-scaling-metric",
    summary: "a policy follows the use of a reservation that the task definition does not make",
    category: Category::Reliability,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    aws_says: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service_utilization.html"],
    page: page!("service/unreserved-scaling-metric"),
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
                    "{} follows the use of reserved CPU units, and the tasks reserve none",
                    policy.title()
                ),
                metric.label("in per cent of what is reserved"),
            )
            .also(task.name_label("neither the task nor a container has `cpu`"))
            .help("write `cpu` in the container definitions: how many CPU units each needs, such as 256"),
        );
    }
}
