use crate::finding::{Category, Severity};
use crate::fix::Safety;
use crate::rule::{Check, Profile, Reply, Rule};

pub(super) const RULE: Rule = Rule {
    id: "mismatched-key-case",
    summary: "the keys of a scaling document start with a lower-case letter",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Sometimes(&[
        "Unknown parameter in TargetTrackingScalingPolicyConfiguration: \"targetValue\", must be one of: TargetValue, PredefinedMetricSpecification, CustomizedMetricSpecification, ScaleOutCooldown, ScaleInCooldown, DisableScaleIn",
    ]),
    settings: &[],
    sources: &["https://pypi.org/project/botocore/1.44.5/"],
    check: Check::Shape,
};
