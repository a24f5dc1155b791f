use crate::finding::{Category, Problem, Severity};
use crate::model::{Field, Volume};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-s3files-arn",
    summary: "an S3 Files volume uses something other than ARNs",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_S3FilesVolumeConfiguration.html",
    ],
    check: Check::Volume(check),
};

fn check(volume: &Volume, report: &mut Report) {
    let Some(s3_files) = volume.s3_files().known() else { return };
    check_arn(s3_files.file_system_arn(), "the file system", report);
    check_arn(s3_files.access_point_arn(), "the access point", report);
}

fn check_arn(arn: Field<&str>, what: &str, report: &mut Report) {
    let Some(name) = arn.known().filter(|name| !name.starts_with("arn:")) else { return };
    report.add(
        Problem::new(format!("`{name}` is not an ARN"), name.label("the full ARN is required"))
            .help(format!("use the ARN of {what}, which starts with `arn:`")),
    );
}
