use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "conflicting-ebs-encryption",
    summary: "an EBS volume has a KMS key, but encryption is turned off",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceManagedEBSVolumeConfiguration.html",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    for volume in service.ebs_volumes() {
        let encrypted = volume.encrypted().known().filter(|encrypted| !**encrypted);
        let (Some(encrypted), Some(key)) = (encrypted, volume.kms_key().present()) else { continue };
        report.add(
            Problem::new(
                "an EBS volume has a KMS key, but encryption is turned off",
                encrypted.label("encryption is off"),
            )
            .also(key.key_label("the encryption key"))
            .help("set `encrypted` to true, or remove `kmsKeyId`")
            .unless(key.doubt()),
        );
    }
}
