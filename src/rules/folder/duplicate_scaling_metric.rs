use std::collections::BTreeSet;

use crate::finding::{Category, Problem, Severity};
use crate::model::{Folder, Known};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::source::SourceId;
use crate::tree::Node;

pub(super) const RULE: Rule = Rule {
    id: "duplicate-scaling-metric",
    summary: "two target-tracking policies of a service follow the same metric",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always(
        "Only one TargetTrackingScaling policy for a given metric specification is allowed.",
    ),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScalingPolicy.html"],
    check: Check::Folder(check),
};

fn check(folder: &Folder, report: &mut Report) {
    let tracking = folder.scaling_policies.iter().filter(|policy| !policy.is_described());
    let identified = tracking.filter_map(|policy| {
        let resource = policy.scaling()?.identity()?;
        let (metric, label) = policy.tracked_metric()?;
        Some(((resource, metric), (policy.name().known()?, label)))
    });
    let identified: Vec<_> = identified.collect();
    let in_files = identified.iter().map(|(key, one)| ((key, source_of(one)), one));
    for (first, second) in folder.contradictions(in_files, node_of, have_one_name) {
        report.add(problem(first, second));
    }
    // Separate files may be for different accounts.
    let mut files = BTreeSet::new();
    let first_of_files = identified.iter().filter(|(key, one)| files.insert((key, source_of(one))));
    let first_of_files = first_of_files.map(|(key, one)| (key, one));
    for (first, second) in folder.contradictions(first_of_files, node_of, have_one_name) {
        report.add(problem(first, second).at_most(Severity::Warning));
    }
}

/// The name of a policy, and the metric that it follows.
type Tracking<'d> = (Known<'d, &'d str>, Known<'d, &'d str>);

fn node_of<'d>((_, metric): &Tracking<'d>) -> Node<'d> {
    metric.node()
}

fn source_of(one: &Tracking) -> SourceId {
    node_of(one).place().source
}

/// Policies with the same name overwrite each other.
fn have_one_name((one, _): &Tracking, (other, _): &Tracking) -> bool {
    **one == **other
}

fn problem((first_name, first): &Tracking, (name, second): &Tracking) -> Problem {
    Problem::new(
        format!("policies `{first_name}` and `{name}` follow the same metric of the same service"),
        second.label("followed here too"),
    )
    .also(first.label("first followed here"))
    .help("keep one of them: AWS allows only one target-tracking policy for each metric of a service")
}
