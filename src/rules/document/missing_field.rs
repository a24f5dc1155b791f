use crate::finding::{Category, Severity};
use crate::fix::Safety;
use crate::rule::{Check, Profile, Reply, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-field",
    summary: "a required field is missing or empty",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Sometimes(&["Missing required parameter in {path}: \"{key}\""]),
    settings: &[],
    sources: &["https://pypi.org/project/botocore/1.44.5/"],
    check: Check::Shape,
};
