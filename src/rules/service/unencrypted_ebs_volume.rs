use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unencrypted-ebs-volume",
    summary: "an EBS volume is not encrypted",
    category: Category::Security,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Unsafe),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceManagedEBSVolumeConfiguration.html",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    for volume in service.ebs_volumes() {
        // `conflicting-ebs-encryption` reports it if there is also a key.
        if !volume.kms_key().is_missing() {
            continue;
        }
        let Some(encrypted) = volume.encrypted().known().filter(|encrypted| !**encrypted) else { continue };
        report.add(
            Problem::new(
                "the EBS volume of each task is not encrypted",
                encrypted.label("encryption is disabled"),
            )
            .help(
                "set `encrypted` to `true`; without a `kmsKeyId`, the account's default key for EBS is used",
            )
            .fix(encrypted.set(Safety::Unsafe, true)),
        );
    }
}
