use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Field, Volume};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "conflicting-access-point-root",
    summary: "a volume sets both an access point and a root directory",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Sometimes(&[
        "When using an EFS access point, the root directory must either be set to \"/\" or be omitted",
    ]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EFSVolumeConfiguration.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_S3FilesVolumeConfiguration.html",
    ],
    check: Check::Volume(check),
};

fn check(volume: &Volume, report: &mut Report) {
    if let Some(efs) = volume.efs().known() {
        check_root(volume, efs.access_point_id(), efs.root_directory(), true, report);
    }
    if let Some(s3_files) = volume.s3_files().known() {
        check_root(volume, s3_files.access_point_arn(), s3_files.root_directory(), false, report);
    }
}

fn check_root(
    volume: &Volume,
    access_point: Field<&str>,
    root: Field<&str>,
    is_efs: bool,
    report: &mut Report,
) {
    let (Some(access_point), Some(root)) = (access_point.present(), root.known()) else { return };
    if *root == "/" {
        return;
    }
    let fix = root.delete(Safety::Shown);
    let problem = Problem::new(
        format!(
            "{} sets `rootDirectory` to `{root}`, but its access point sets the directory",
            volume.title()
        ),
        root.label("must be `/` or omitted with an access point"),
    )
    .also(access_point.key_label("the access point"))
    .help("remove `rootDirectory`, or create an access point for that directory")
    .fix(fix)
    .unless(access_point.doubt());
    report.add(match is_efs {
        // Terraform's provider had it left out for years, and its manual showed both.
        true if volume.is_of_terraform() => problem
            .at_most(Severity::Warning)
            .help("remove `rootDirectory`, or create an access point for that directory; the AWS provider of Terraform sends both from version 5.3.0 on"),
        true => problem.reply(0, &[]),
        // No reply is recorded.
        false => problem,
    });
}
