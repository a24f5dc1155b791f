use crate::finding::{Category, Problem, Severity};
use crate::model::{TaskDefinition, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-s3files-task-role",
    summary: "an S3 Files volume needs a task role, but there is none",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_S3FilesVolumeConfiguration.html",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    if !task.task_role().is_missing() {
        return;
    }
    let volumes = task.volumes();
    let mut s3_files = volumes.items().filter_map(|volume| Some((volume, volume.s3_files().known()?)));
    let Some((volume, first)) = s3_files.next() else { return };
    let mut problem = Problem::new(
        format!("{} is on S3 Files, but the task has no task role", volume.title()),
        first.key_label("mounted with the task role"),
    );
    problem.also.extend(s3_files.map(|(_, other)| other.key_label("this one too")));
    report.add(
        problem
            .also(task.missing_label("taskRoleArn", "`taskRoleArn` is missing"))
            .help("set `taskRoleArn` to a role that may use the file system"),
    );
}
