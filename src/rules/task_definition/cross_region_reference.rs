use crate::finding::{Category, Problem, Severity};
use crate::model::{Image, RegionReader, RegionUse, Regions, most_frequent, partition_of, region_fault};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "cross-region-reference",
    summary: "a task uses resources in different Regions",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html"],
    check: Check::RegionsOfTask(check),
};

fn check(regions: &Regions, report: &mut Report) {
    let mut uses: Vec<&RegionUse> = regions.uses.iter().filter(|used| is_of_task(used)).collect();
    if uses.windows(2).all(|pair| pair[0].name() == pair[1].name()) {
        return;
    }
    uses.sort_by_cached_key(|used| used.rank());
    let Some(own) = most_frequent(uses.iter().map(|used| used.name())) else { return };
    // Regions of two partitions are reported by `mismatched-partition`.
    let elsewhere = |used: &&&RegionUse| used.name() != own && partition_of(used.name()) == partition_of(own);
    let label = |used: &RegionUse, text: &str| used.value.part_label(used.at.clone(), text);
    let odd: Vec<&RegionUse> = uses.iter().filter(elsewhere).copied().collect();
    let (Some(first), Some(usual)) = (odd.first(), uses.iter().find(|used| used.name() == own)) else {
        return;
    };
    let other = first.name();
    report.add(
        Problem::new(
            format!("the task uses resources in `{own}` and in `{other}`"),
            label(first, what(first)),
        )
        .also_each(odd.iter().skip(1).take(1).map(|used| label(used, what(used))))
        .also(label(usual, what(usual)))
        .help(format!("use a copy in `{own}`, or ignore this rule if the other Region is meant: each use takes longer, is billed as data transfer, and fails if `{other}` does")),
    );
}

/// Whether ECS itself uses it, and the Region exists. What AWS publishes is in some Regions only.
fn is_of_task(used: &RegionUse) -> bool {
    let is_own = match used.reader {
        RegionReader::LogDriver | RegionReader::Arn => true,
        RegionReader::Registry => !Image::read(used.value.value()).is_published_by_aws(),
        RegionReader::LogRouter | RegionReader::Variable => false,
    };
    is_own && region_fault(used.name()).is_none()
}

/// What names the Region.
fn what(used: &RegionUse) -> &'static str {
    match used.reader {
        RegionReader::LogDriver | RegionReader::LogRouter => "the logs go here",
        RegionReader::Registry => "the image is here",
        RegionReader::Arn | RegionReader::Variable => "the resource is here",
    }
}
