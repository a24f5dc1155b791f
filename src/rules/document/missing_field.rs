use crate::finding::{Category, Severity};
use crate::rule::{Check, Profile, Rule, page};

pub const RULE: Rule = Rule {
    id: "missing-field",
    summary: "a field that the API demands is missing",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    aws_says: &["Missing required parameter in {path}: \"{key}\""],
    sources: &["https://pypi.org/project/botocore/1.44.5/"],
    page: page!("document/missing-field"),
    check: Check::Shape,
};
