use crate::finding::{Category, Problem, Severity};
use crate::model::{Field, Volume};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-efs-iam-authorization",
    summary: "an EFS volume is mounted without IAM authorization",
    category: Category::Security,
    severity: Severity::Note,
    profile: Profile::Audit,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EFSAuthorizationConfig.html",
        "https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html",
    ],
    check: Check::Volume(check),
};

fn check(volume: &Volume, report: &mut Report) {
    let Some(efs) = volume.supported_efs() else { return };
    let label = match efs.iam() {
        Field::Known(iam) if *iam == "DISABLED" => iam.label("turned off here"),
        Field::Missing => volume.name_label("`authorizationConfig.iam` is not set, which means `DISABLED`"),
        _ => return,
    };
    report.add(
        Problem::new(format!("{} is mounted without IAM authorization", volume.title()), label).help(
            "set `authorizationConfig.iam` and `transitEncryption` to `ENABLED`, and allow `elasticfilesystem:ClientMount` in the task role: a policy of the file system can then tell tasks apart",
        ),
    );
}
