use std::collections::BTreeMap;

use crate::document::Document;
use crate::finding::{Category, Problem, Severity};
use crate::model::{RegionReader, RegionUse, partition_of, region_uses};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "mismatched-partition",
    summary: "a Region is not in the partition that is named with it",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    aws_says: &[],
    sources: &["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html"],
    page: page!("document/mismatched-partition"),
    check: Check::Document(check),
};

/// One finding for each pair: it is wrong in all places for one cause.
fn check(document: &Document, report: &mut Report) {
    let mut wrong: BTreeMap<(&str, &str), Vec<RegionUse>> = BTreeMap::new();
    for used in region_uses(document.root()) {
        let Some((partition, _)) = used.partition else { continue };
        if partition_of(used.name()).is_some_and(|own| own != partition) {
            wrong.entry((used.name(), partition)).or_default().push(used);
        }
    }
    for ((region, partition), mut uses) in wrong {
        uses.sort_by_cached_key(RegionUse::rank);
        let own = partition_of(region).unwrap_or_default();
        let label = |used: &RegionUse, text: String| {
            let at = used.partition.as_ref().map(|(_, at)| at.clone());
            used.value.part_label(at.unwrap_or(used.at.clone()), text)
        };
        let (first, others) = uses.split_first().expect("a pair is used somewhere");
        report.add(
            Problem::new(
                format!("`{region}` is in the partition `{own}`, not in `{partition}`"),
                label(first, format!("`{region}` is not in it")),
            )
            .also_each(others.iter().map(|other| label(other, "here too".to_owned())))
            .help(match first.reader {
                RegionReader::Registry => {
                    "the hosts of China end with `.amazonaws.com.cn`, those of all other Regions do not"
                        .to_owned()
                }
                _ => format!("write `{own}` for `{partition}`, or name a Region of `{partition}`"),
            }),
        );
    }
}
