use crate::finding::{Category, Problem, Severity};
use crate::model::{LaunchType, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-trusted-execution",
    summary: "trusted execution is configured, but the task is not for Managed Instances",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html"],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(execution) = task.trusted_execution().present() else { return };
    if !task.leaves_out(LaunchType::ManagedInstances).is_yes() {
        return;
    }
    let Some(listed) = task.requires_compatibilities().known() else { return };
    report.add(
        Problem::new(
            "`trustedExecutionConfiguration` is supported only on Managed Instances",
            execution.key_label("not supported elsewhere"),
        )
        .also(listed.label("Managed Instances are not listed"))
        .help(
            "add `MANAGED_INSTANCES` to `requiresCompatibilities`, or delete `trustedExecutionConfiguration`",
        )
        .unless(execution.doubt()),
    );
}
