use std::collections::BTreeMap;

use crate::document::DocumentKind;
use crate::finding::{Category, Problem, Severity};
use crate::model::{RegionReader, RegionUse, Regions, TaskDefinition, View, partition_of};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "mismatched-partition",
    summary: "a Region does not belong to the partition it is used with",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html"],
    check: Check::Regions(check),
};

fn check(regions: &Regions, report: &mut Report) {
    check_logs(regions, report);
    check_named(&regions.uses, report);
}

/// The task runs in the partition of its roles and cannot send logs to another partition.
fn check_logs(regions: &Regions, report: &mut Report) {
    let DocumentKind::TaskDefinition(_) = regions.document.kind else { return };
    let task = TaskDefinition::of(regions.document.root());
    // A role that is filled in later may be in the same partition as the logs.
    if task.execution_role().is_unknown() || task.task_role().is_unknown() {
        return;
    }
    let roles = task.role_arns();
    let Some((role, arn)) = roles.first() else { return };
    let elsewhere = |used: &&RegionUse| {
        used.reader == RegionReader::LogDriver
            && partition_of(used.name()).is_some_and(|own| roles.iter().all(|(_, arn)| arn.partition != own))
    };
    let mut uses = regions.uses.iter().filter(elsewhere);
    let Some(first) = uses.next() else { return };
    let own = partition_of(first.name()).unwrap_or_default();
    report.add(
        Problem::new(
            format!(
                "the task's roles are in the partition `{}`, but its logs go to `{}`",
                arn.partition,
                first.name()
            ),
            first.value.part_label(first.at.clone(), format!("a Region in `{own}`")),
        )
        .also_each(uses.map(|other| other.value.part_label(other.at.clone(), "here too")))
        .also(role.part_label(4..4 + arn.partition.len(), "another partition"))
        .help(format!("send logs to a Region in `{}`, where the task runs", arn.partition)),
    );
}

/// One finding for each pair: all its uses are wrong for the same reason.
fn check_named(uses: &[RegionUse], report: &mut Report) {
    let mut wrong: BTreeMap<(&str, &str), Vec<&RegionUse>> = BTreeMap::new();
    for used in uses {
        let Some((partition, _)) = &used.partition else { continue };
        if partition_of(used.name()).is_some_and(|own| own != *partition) {
            wrong.entry((used.name(), partition)).or_default().push(used);
        }
    }
    for ((region, partition), mut uses) in wrong {
        uses.sort_by_cached_key(|used| used.rank());
        let own = partition_of(region).unwrap_or_default();
        let label = |used: &RegionUse, text: String| {
            let at = used.partition.as_ref().map(|(_, at)| at.clone());
            used.value.part_label(at.unwrap_or(used.at.clone()), text)
        };
        let (first, others) = uses.split_first().expect("a pair is used somewhere");
        report.add(
            Problem::new(
                format!("`{region}` is in the partition `{own}`, not `{partition}`"),
                label(first, format!("`{region}` is not in it")),
            )
            .also_each(others.iter().map(|other| label(other, "here too".to_owned())))
            .help(match first.reader {
                RegionReader::Registry => {
                    "host names in China end with `.amazonaws.com.cn`, those in all other Regions do not"
                        .to_owned()
                }
                _ => format!("replace `{partition}` with `{own}`, or use a Region in `{partition}`"),
            }),
        );
    }
}
