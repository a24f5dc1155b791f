use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{LaunchType, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-ephemeral-storage",
    summary: "`ephemeralStorage` is set, but the task is not for Fargate",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Sometimes(&["Tasks using the EC2 launch type do not support EphemeralStorage."]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EphemeralStorage.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters-managed-instances.html",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(storage) = task.ephemeral_storage().present() else { return };
    if !task.leaves_out(LaunchType::Fargate).is_yes() {
        return;
    }
    let Some(listed) = task.requires_compatibilities().known() else { return };
    let fix = storage.delete(Safety::Shown);
    let problem = Problem::new(
        "`ephemeralStorage` is supported only on Fargate",
        storage.key_label("elsewhere, the task uses the disk of the instance"),
    )
    .also(listed.label("Fargate is not listed"))
    .help("delete it and give the instances a larger disk, or add `FARGATE` to `requiresCompatibilities`")
    .fix(fix)
    .unless(storage.doubt());
    let is_ec2 = task.requirement(LaunchType::Ec2).is_some();
    report.add(if is_ec2 { problem.reply(0, &[]) } else { problem });
}
