use crate::finding::{Category, Problem, Severity};
use crate::model::{TaskDefinition, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-efs-task-role",
    summary: "an EFS volume needs the task role, but there is none",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always("mount.nfs4: access denied by server"),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EFSAuthorizationConfig.html"],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    if !task.task_role().is_missing() {
        return;
    }
    for volume in task.volumes().items() {
        let iam = volume.efs().and_then(|efs| efs.iam()).known();
        let Some(iam) = iam.filter(|iam| **iam == "ENABLED") else { continue };
        report.add(
            Problem::new(
                format!("{} is mounted with the task role, but the task has none", volume.title()),
                iam.label("requires the task role"),
            )
            .also(task.missing_label("taskRoleArn", "`taskRoleArn` is missing"))
            .help("set `taskRoleArn` to a role that may mount the file system (`elasticfilesystem:ClientMount`)"),
        );
    }
}
