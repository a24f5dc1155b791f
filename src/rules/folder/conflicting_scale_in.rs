use std::collections::HashMap;

use crate::finding::{Category, Problem, Severity};
use crate::model::{Folder, Known, ScalingPolicy};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "conflicting-scale-in",
    summary: "two policies of a service remove tasks independently of each other",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html",
    ],
    check: Check::Folder(check),
};

/// A service with more target-tracking policies than this is compared with the first ones.
const COMPARED: usize = 32;

fn check(folder: &Folder, report: &mut Report) {
    let mut tracking: HashMap<Scaled, Vec<(Known<&str>, &ScalingPolicy)>> = HashMap::new();
    for policy in folder.scaling_policies.iter().filter(|policy| policy.tracks_both_ways()) {
        let (Some(key), Some(name)) = (scaled(policy), policy.name().known()) else { continue };
        let known = tracking.entry(key).or_default();
        if known.len() < COMPARED {
            known.push((name, policy));
        }
    }
    for steps in &folder.scaling_policies {
        let (Some(key), Some(name)) = (scaled(steps), steps.name().known()) else { continue };
        // Policies with the same name overwrite each other.
        let is_beside = |other: &&(Known<&str>, &ScalingPolicy)| {
            *other.0 != *name && folder.may_meet(other.1.node(), steps.node())
        };
        let Some((other_name, _)) = tracking.get(&key).and_then(|known| known.iter().find(is_beside)) else {
            continue;
        };
        // `inverted-scaling-step` reports steps whose signs are swapped.
        let block = steps.step_scaling().known().filter(|block| block.inverted().is_none());
        let Some(removal) = block.and_then(|block| block.first_removal()) else { continue };
        report.add(
            Problem::new(
                format!("policies `{other_name}` and `{name}` both remove tasks of the same service"),
                removal.label("removes tasks when its alarm says so"),
            )
            .also(other_name.label("removes tasks when its metric is low"))
            .help(
                "let the step scaling policy only add tasks, or set `DisableScaleIn` in the target-tracking policy",
            ),
        );
    }
}

/// What a policy scales, and whether it is API output, which repeats what the files define.
type Scaled = (String, bool);

fn scaled(policy: &ScalingPolicy) -> Option<Scaled> {
    Some((policy.scaling()?.identity()?, policy.is_described()))
}
