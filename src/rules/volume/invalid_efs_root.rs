use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Field, Volume, absolute};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-efs-root",
    summary: "the root directory of a volume is a relative path",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-volumes.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_S3FilesVolumeConfiguration.html",
    ],
    check: Check::Volume(check),
};

fn check(volume: &Volume, report: &mut Report) {
    // An access point sets the directory: `conflicting-access-point-root`.
    let efs = volume.efs().and_then(|efs| match efs.access_point_id() {
        Field::Missing => efs.root_directory(),
        _ => Field::Missing,
    });
    let s3_files = volume.s3_files().and_then(|s3_files| match s3_files.access_point_arn() {
        Field::Missing => s3_files.root_directory(),
        _ => Field::Missing,
    });
    for root in [efs, s3_files].into_iter().filter_map(Field::known).filter(|root| !root.starts_with('/')) {
        let problem = Problem::new(
            format!("{} has the relative root directory `{root}`", volume.title()),
            root.label("does not start with `/`"),
        );
        let Some(absolute) = absolute(&root) else {
            report.add(
                problem.help(
                    "set `rootDirectory` to a path from the root of the file system, starting with `/`",
                ),
            );
            continue;
        };
        let fix = root.set(Safety::Shown, absolute.as_str());
        report.add(
            problem.help(format!("use the path from the root of the file system: `{absolute}`")).fix(fix),
        );
    }
}
