use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Volume, doubts};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-efs-transit-encryption",
    summary: "an EFS volume uses a setting that requires encryption in transit, which is off",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Unsafe),
    reply: Reply::Sometimes(&[
        "EFS IAM authorization requires TransitEncryption to be enabled.",
        "TransitEncryptionPort requires that TransitEncryption is enabled",
    ]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EFSVolumeConfiguration.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EFSAuthorizationConfig.html",
    ],
    check: Check::Volume(check),
};

fn check(volume: &Volume, report: &mut Report) {
    let Some(efs) = volume.efs().known().filter(|efs| efs.is_encrypted().is_no()) else { return };
    let demands = efs.demands_on_encryption();
    let Some((first, others)) = demands.split_first() else { return };
    let field = first.key();
    let mut problem = Problem::new(
        format!("{} sets `{}`, but encryption in transit is off", volume.title(), field),
        first.key_label("requires `transitEncryption`"),
    );
    problem.also.extend(others.iter().map(|other| other.key_label("so does this")));
    problem = match field {
        "iam" => problem.reply(0, &[]),
        "transitEncryptionPort" => problem.reply(1, &[]),
        _ => problem,
    };
    problem = problem.also_each(efs.transit_encryption().known().map(|disabled| disabled.label("off here")));
    let fix = efs.node().set_member(Safety::Unsafe, "transitEncryption", "ENABLED");
    problem = problem.unless(doubts(&demands));
    report.add(problem.help("set `transitEncryption` to `ENABLED`").fix(fix));
}
