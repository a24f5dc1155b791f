use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::Volume;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unencrypted-efs-transit",
    summary: "data travels to an EFS file system unencrypted",
    category: Category::Security,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Unsafe),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EFSVolumeConfiguration.html",
    ],
    check: Check::Volume(check),
};

fn check(volume: &Volume, report: &mut Report) {
    let Some(efs) = volume.supported_efs().filter(|efs| efs.is_open_in_transit().is_yes()) else { return };
    let label = match efs.transit_encryption().known() {
        Some(disabled) => disabled.label("turned off here"),
        None => volume.name_label("`transitEncryption` is not set, which means `DISABLED`"),
    };
    report.add(
        Problem::new(format!("{} sends its data to EFS unencrypted", volume.title()), label)
            .help("set `transitEncryption` to `ENABLED`: the tasks then use TLS, and nothing changes for the program")
            .fix(efs.set_member(Safety::Unsafe, "transitEncryption", "ENABLED")),
    );
}
