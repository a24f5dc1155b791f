use crate::finding::{Category, Severity};
use crate::fix::Safety;
use crate::rule::{Check, Profile, Reply, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-value",
    summary: "a value is not one that the API allows",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://pypi.org/project/botocore/1.44.5/"],
    check: Check::Shape,
};
