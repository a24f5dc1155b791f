use crate::finding::{Category, Problem, Severity};
use crate::model::{EfsVolume, Field, Volume};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-efs-id",
    summary: "an EFS volume has an invalid file system or access point ID",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/efs/latest/ug/API_FileSystemDescription.html",
        "https://docs.aws.amazon.com/efs/latest/ug/API_AccessPointDescription.html",
    ],
    check: Check::Volume(check),
};

fn check(volume: &Volume, report: &mut Report) {
    let Some(efs) = volume.efs().known() else { return };
    check_id(efs.file_system_id(), "fs-", "an EFS file system", report);
    check_id(efs.access_point_id(), "fsap-", "an EFS access point", report);
}

fn check_id(id: Field<&str>, prefix: &str, what: &str, report: &mut Report) {
    let Some(id) = id.known().filter(|id| !EfsVolume::may_be_id(id, prefix)) else { return };
    report.add(
        Problem::new(
            format!("`{id}` is not the ID of {what}"),
            id.label(format!("must be `{prefix}` and 8 or 17 characters from 0-9 and a-f")),
        )
        .help("copy the ID from the EFS console; names and ARNs are not accepted"),
    );
}
