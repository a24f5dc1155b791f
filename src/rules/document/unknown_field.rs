use crate::finding::{Category, Severity};
use crate::fix::Safety;
use crate::rule::{Check, Profile, Reply, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unknown-field",
    summary: "the API does not recognize this key here",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Sometimes(&[
        "Unknown parameter in {path}: \"{key}\", must be one of: …",
        "UnexpectedParameter: Unexpected key '{key}' found in params",
    ]),
    settings: &[],
    sources: &["https://pypi.org/project/botocore/1.44.5/"],
    check: Check::Shape,
};
