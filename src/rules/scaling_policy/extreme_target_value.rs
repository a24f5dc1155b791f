use crate::finding::{Category, Problem, Severity};
use crate::model::ScalingPolicy;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "extreme-target-value",
    summary: "a CPU or memory target is close to one end of the scale",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-autoscaling-targettracking.html",
    ],
    check: Check::ScalingPolicy(check),
};

fn check(policy: &ScalingPolicy, report: &mut Report) {
    // On EC2, tasks may use more than they reserve, so that a target of 100 % leaves room.
    let service = policy.service().filter(|service| service.is_fargate().is_yes());
    let ceiling = service.and_then(|service| service.fargate_label("a Fargate task cannot exceed 100 %"));
    for (value, _) in policy.utilization_targets() {
        let (label, help) = match *value {
            value if (90.0..=100.0).contains(&value) && ceiling.is_some() => (
                "leaves no room while new tasks start",
                "lower `TargetValue` to between 50 and 80: then the running tasks can carry the load until new ones are ready",
            ),
            value if value > 1.0 && value < 10.0 => (
                "exceeded by almost any load",
                "raise `TargetValue` to between 50 and 80: otherwise the service runs at its maximum most of the time",
            ),
            // Anything below or above is reported by `implausible-target-value` and `impossible-target-value`.
            _ => continue,
        };
        report.add(
            Problem::new(format!("the target of {} is {value} %", policy.title()), value.label(label))
                .also_each(ceiling.clone().filter(|_| *value >= 90.0))
                .help(help),
        );
    }
}
