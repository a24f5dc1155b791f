use crate::finding::{Category, Problem, Severity};
use crate::model::{Folder, Known};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use std::collections::BTreeMap;

pub(super) const RULE: Rule = Rule {
    id: "excessive-scaling-policies",
    summary: "a service has more policies, actions or steps than AWS allows by default",
    category: Category::Rejected,
    severity: Severity::Note,
    profile: Profile::Asked,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-limits.html",
    ],
    check: Check::Folder(check),
};

/// The default quota of scaling policies for a scalable target.
const MOST_POLICIES: usize = 50;
/// The default quota of scheduled actions for a scalable target.
const MOST_ACTIONS: usize = 200;
/// The default quota of steps in a step scaling policy.
const MOST_STEPS: usize = 20;

fn check(folder: &Folder, report: &mut Report) {
    let policies =
        folder.scaling_policies.iter().filter_map(|policy| policy.scaling()?.resource_id().known());
    report_excess(policies, MOST_POLICIES, "scaling policies", report);
    let actions = folder.scheduled_actions.iter().filter_map(|action| action.scaling().resource_id().known());
    report_excess(actions, MOST_ACTIONS, "scheduled actions", report);
    for policy in &folder.scaling_policies {
        let Some(block) = policy.step_scaling().known() else { continue };
        let steps = block.step_adjustments();
        let count = steps.objects().count();
        if let Some(list) = steps.known().filter(|_| count > MOST_STEPS) {
            report.add(
                Problem::new(
                    format!(
                        "{} has {count} steps, but AWS allows only {MOST_STEPS} by default",
                        policy.title()
                    ),
                    list.key_label("too many steps"),
                )
                .help("use fewer steps, or request a higher quota from AWS"),
            );
        }
    }
}

/// Reports the first document that exceeds the quota of its service.
fn report_excess<'d>(
    ids: impl Iterator<Item = Known<'d, &'d str>>,
    most: usize,
    what: &str,
    report: &mut Report,
) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for id in ids {
        let count = counts.entry(id.value()).or_default();
        *count += 1;
        if *count == most + 1 {
            report.add(
                Problem::new(
                    format!("`{id}` has more than {most} {what}, the most that AWS allows by default"),
                    id.label("one too many"),
                )
                .help("delete some, or request a higher quota from AWS"),
            );
        }
    }
}
