use crate::finding::{Category, Severity};
use crate::fix::Safety;
use crate::rule::{Check, Profile, Reply, Rule};

pub(super) const RULE: Rule = Rule {
    id: "wrong-type",
    summary: "a value has the wrong JSON type",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Sometimes(&[
        "Invalid type for parameter {path}, value: {value}, type: {given}, valid types: {wanted}",
        "Unrecognized collection type class com.amazonaws.madison.frontend.RegisterTaskDefinitionRequest",
    ]),
    settings: &[],
    sources: &["https://pypi.org/project/botocore/1.44.5/"],
    check: Check::Shape,
};
