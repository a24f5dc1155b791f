use crate::finding::{Category, Problem, Severity};
use crate::model::{EbsFault, EbsVolume, Service, View, doubts};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::words::listed;

pub(super) const RULE: Rule = Rule {
    id: "invalid-ebs-volume",
    summary: "an EBS volume has settings that EBS does not support",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&["ECS managed EBS volume configuration was invalid"]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceManagedEBSVolumeConfiguration.html",
        "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let fargate = service.fargate_label("targets Fargate").filter(|_| service.is_fargate().is_yes());
    for volume in service.ebs_volumes() {
        let standard = volume.volume_type().known().filter(|kind| kind.value() == "standard");
        if let (Some(kind), Some(fargate)) = (standard, fargate.clone()) {
            report.add(
                Problem::new(
                    "Fargate does not support EBS volumes of type `standard`",
                    kind.label("not supported on Fargate"),
                )
                .also(fargate)
                .help("set `volumeType` to `gp3`"),
            );
        }
        // The limits of an unsupported type do not matter.
        let counts = standard.is_none() || service.is_fargate().is_no();
        let faults = volume.faults().into_iter().filter(|fault| counts || fault.kind().is_none());
        faults.for_each(|fault| report.add(problem(&volume, &fault)));
    }
}

fn problem(volume: &EbsVolume, fault: &EbsFault) -> Problem {
    match fault {
        EbsFault::NoSize => Problem::new(
            "an EBS volume has neither a size nor a snapshot",
            volume.missing_label("sizeInGiB", "neither `sizeInGiB` nor `snapshotId`"),
        )
        .help("add `sizeInGiB`, or a `snapshotId` to take the size from")
        .reply(0, &[]),
        EbsFault::NoIops(kind) => Problem::new(
            format!("an EBS volume of type `{kind}` requires `iops`"),
            kind.label("`iops` is required for this type"),
        )
        .help("add `iops`, or choose `gp3`, which has 3000 by default"),
        EbsFault::Settings(kind, settings) => {
            let names: Vec<&str> = settings.iter().map(|setting| setting.key()).collect();
            let label = format!("not supported by `{kind}`");
            let mut labels = settings.iter().map(|setting| setting.key_label(label.clone()));
            let first = labels.next().unwrap_or_else(|| kind.label(label.clone()));
            let help = match names.as_slice() {
                ["iops"] => "remove `iops`, or choose `gp3`, `io1` or `io2`".to_owned(),
                names => format!("remove {}, or choose `gp3`", listed(names.iter().copied())),
            };
            let takes = match names.as_slice() {
                [one] => format!("do not support `{one}`"),
                names => {
                    format!("support neither {}", listed(names.iter().copied()).replace(" and ", " nor "))
                }
            };
            Problem::new(format!("EBS volumes of type `{kind}` {takes}"), first)
                .also_each(labels)
                .also(kind.label("the volume type"))
                .help(help)
                .reply(0, &[])
                .unless(doubts(settings))
        }
        EbsFault::Bounds(kind, value, bounds) => {
            let (from, to) = (bounds.start(), bounds.end());
            let of = kind.map_or_else(String::new, |kind| format!(" of an EBS volume of type `{kind}`"));
            let problem = Problem::new(
                format!("`{}`{of} must be from {from} to {to}, not {value}", value.present().key()),
                value.label(if **value < *from { "too low" } else { "too high" }),
            );
            problem
                .also_each(kind.map(|kind| kind.label("the volume type")))
                .help(format!("set it to a value from {from} to {to}"))
        }
        EbsFault::NoSnapshot(rate) => Problem::new(
            "`volumeInitializationRate` is set, but the EBS volume has no snapshot",
            rate.key_label("requires `snapshotId`"),
        )
        .help("add `snapshotId`, or remove `volumeInitializationRate`")
        .unless(rate.doubt()),
    }
}
