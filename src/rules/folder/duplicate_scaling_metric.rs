use crate::finding::{Category, Problem, Severity};
use crate::model::{Folder, repeated};
use crate::rule::{Check, Profile, Reply, Report, Rule};

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
        Some(((resource, metric), (policy, label)))
    });
    for ((first, first_label), (second, label)) in repeated(identified) {
        let (Some(name), Some(first_name)) = (second.name().known(), first.name().known()) else { continue };
        // Policies with the same name overwrite each other.
        if *name == *first_name {
            continue;
        }
        let mut problem = Problem::new(
            format!("policies `{first_name}` and `{name}` follow the same metric of the same service"),
            label.label("followed here too"),
        );
        // Separate files may be for different accounts.
        if label.node().place().source != first_label.node().place().source {
            problem = problem.at_most(Severity::Warning);
        }
        report.add(problem.also(first_label.label("first followed here")).help(
            "keep one of them: AWS allows only one target-tracking policy for each metric of a service",
        ));
    }
}
