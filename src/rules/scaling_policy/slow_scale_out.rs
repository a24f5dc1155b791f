use crate::finding::{Category, Problem, Severity};
use crate::model::{Field, ScalingPolicy};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "slow-scale-out",
    summary: "a policy waits longer to add tasks than to remove them, or more than an hour",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html",
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TargetTrackingScalingPolicyConfiguration.html",
    ],
    check: Check::ScalingPolicy(check),
};

/// The default of both cooldowns for an Amazon ECS service, in seconds.
const DEFAULT: i64 = 300;
/// A cooldown longer than this is likely to be a number of milliseconds, or a mistake.
const LONGEST: i64 = 3600;

fn check(policy: &ScalingPolicy, report: &mut Report) {
    let Some(block) = policy.target_tracking().known().filter(|_| policy.may_be_for_ecs()) else { return };
    let (scale_out, scale_in) = (block.scale_out_cooldown(), block.scale_in_cooldown());
    let long =
        [("ScaleOutCooldown", "adding", 60, scale_out), ("ScaleInCooldown", "removing", 300, scale_in)];
    let mut long = long.into_iter().filter_map(|(key, what, usual, cooldown)| {
        Some((key, what, usual, cooldown.known().filter(|cooldown| **cooldown > LONGEST)?))
    });
    if let Some((key, what, usual, cooldown)) = long.next() {
        let title = policy.title();
        report.add(
            Problem::new(
                format!("{title} waits {cooldown} seconds after {what} tasks, which is more than an hour"),
                cooldown.label("a number of seconds"),
            )
            .also_each(long.map(|(.., cooldown)| cooldown.label("more than an hour too")))
            .help(format!("set `{key}` to a few minutes at most, such as {usual}")),
        );
        return;
    }
    // Other services of AWS have other defaults.
    let knows_default = policy.is_for_ecs();
    let seconds = |cooldown: Field<i64>| match cooldown {
        Field::Known(seconds) if *seconds >= 0 => Some(*seconds),
        Field::Missing if knows_default => Some(DEFAULT),
        _ => None,
    };
    let (Some(wait_out), Some(wait_in)) = (seconds(scale_out), seconds(scale_in)) else { return };
    if wait_out <= wait_in || !policy.disables_scale_in().is_no() {
        return;
    }
    let message = format!(
        "{} waits {wait_out} seconds after adding tasks, but only {wait_in} after removing them",
        policy.title()
    );
    let default = |key: &str, seconds: i64| format!("`{key}` is not set, which means {seconds}");
    let problem = match (scale_out.known(), scale_in.known()) {
        (Some(scale_out), Some(scale_in)) => {
            Problem::new(message, scale_out.label("the longer wait")).also(scale_in.label("the shorter one"))
        }
        (Some(scale_out), None) => {
            Problem::new(message, scale_out.label(default("ScaleInCooldown", wait_in)))
        }
        (None, Some(scale_in)) => {
            Problem::new(message, scale_in.label(default("ScaleOutCooldown", wait_out)))
        }
        (None, None) => return,
    };
    report.add(
        problem.help(format!(
            "set `ScaleOutCooldown` to {wait_in} or less: too few tasks hurt more than too many"
        )),
    );
}
