use std::collections::BTreeMap;

use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{RegionFault, RegionReader, RegionUse, Regions, region_fault};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-region",
    summary: "a Region does not exist",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Sometimes(&[
        "failed to create Cloudwatch log stream: RequestError: send request failed caused by: Post \"https://logs.{region}.amazonaws.com/\": dial tcp: lookup logs.{region}.amazonaws.com …: no such host",
    ]),
    settings: &[],
    sources: &[
        "https://github.com/pulumi/pulumi-awsx/issues/1279",
        "https://github.com/TechToSpeech/terraform-aws-serverless-static-wordpress/issues/74",
        "https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html",
    ],
    check: Check::Regions(check),
};

/// One finding for each name: all its uses are wrong for the same reason.
fn check(regions: &Regions, report: &mut Report) {
    let mut wrong: BTreeMap<&str, (RegionFault, Vec<&RegionUse>)> = BTreeMap::new();
    for used in &regions.uses {
        let Some(fault) = region_fault(used.name()).filter(|fault| is_meant(used, fault)) else { continue };
        wrong.entry(used.name()).or_insert_with(|| (fault, Vec::new())).1.push(used);
    }
    for (name, (fault, mut uses)) in wrong {
        uses.sort_by_cached_key(|used| used.rank());
        report.add(problem(name, fault, &uses));
    }
}

/// A generic word for a Region is filled in later; a stack without AWS may use any name for its
/// Region.
fn is_meant(used: &RegionUse, fault: &RegionFault) -> bool {
    let is_word = used.name().to_ascii_lowercase().contains("region");
    !is_word && (used.reader != RegionReader::Variable || fault.meant.is_some())
}

fn problem(name: &str, fault: RegionFault, uses: &[&RegionUse]) -> Problem {
    let (first, others) = uses.split_first().expect("a name is used somewhere");
    let problem = Problem::new(
        if fault.is_certain {
            format!("`{name}` is not a Region")
        } else {
            format!("`{name}` is not a known AWS Region")
        },
        first.value.part_label(first.at.clone(), label(name, fault)),
    )
    .also_each(others.iter().map(|other| other.value.part_label(other.at.clone(), "here too")));
    let problem = match fault.meant {
        Some(meant) => {
            let changes = uses.iter().map(|used| Change::Replace(used.value.node(), used.with(meant).into()));
            let changes: Vec<Change> = changes.collect();
            let fix = Fix::new(Safety::Shown, format!("use `{meant}`"), &changes);
            problem.help(format!("did you mean `{meant}`?")).fix(fix)
        }
        None => problem.help("use a Region code, such as `eu-west-1`"),
    };
    let is_recorded =
        matches!(first.reader, RegionReader::LogDriver) && fault.is_certain && is_part_of_host(name);
    let problem = if is_recorded { problem.reply(0, &[("region", &name)]) } else { problem };
    // A log router or a program starts anyway, and may have other settings.
    let cannot_start =
        uses.iter().any(|used| !matches!(used.reader, RegionReader::LogRouter | RegionReader::Variable));
    if fault.is_certain && cannot_start { problem } else { problem.at_most(Severity::Warning) }
}

fn label(name: &str, fault: RegionFault) -> &'static str {
    let after = fault.meant.and_then(|meant| name.strip_prefix(meant)).unwrap_or_default();
    match after.as_bytes() {
        [b'a'..=b'z'] => "an Availability Zone",
        [b'-', _, ..] => "a zone",
        _ if name.contains("://") => "an address",
        _ => "no such Region",
    }
}

fn is_part_of_host(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}
