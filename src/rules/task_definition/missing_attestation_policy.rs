use crate::finding::{Category, Problem, Severity};
use crate::model::{LaunchType, TaskDefinition, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-attestation-policy",
    summary: "a confidential sandbox has no attestation policy",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html"],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    // Only Managed Instances support trusted execution: `unsupported-trusted-execution`.
    if !task.leaves_out(LaunchType::ManagedInstances).is_no() {
        return;
    }
    let Some(execution) = task.trusted_execution().known() else { return };
    let Some(mode) = execution.isolation_mode().known().filter(|mode| **mode == "CONFIDENTIAL_SANDBOX")
    else {
        return;
    };
    if !execution.attestation_policy().is_missing() {
        return;
    }
    report.add(
        Problem::new(
            "a confidential sandbox requires an attestation policy",
            mode.label("requires a policy"),
        )
        .also(execution.missing_label("attestationPolicy", "`attestationPolicy` is missing"))
        .help("set `attestationPolicy`, or use `ISOLATED_SANDBOX`"),
    );
}
