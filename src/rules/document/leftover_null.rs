use crate::finding::{Category, Severity};
use crate::fix::Safety;
use crate::rule::{Check, Profile, Reply, Rule};

pub(super) const RULE: Rule = Rule {
    id: "leftover-null",
    summary: "a value is `null`, which the AWS CLI and boto3 reject",
    category: Category::Rejected,
    // A warning: the GitHub deploy action drops `null` before it registers the file.
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Sometimes(&[
        "Invalid type for parameter {path}, value: None, type: <class 'NoneType'>, valid types: {wanted}",
    ]),
    settings: &[],
    sources: &[
        "https://github.com/aws/aws-cli/issues/3568",
        "https://github.com/aws/aws-cli/issues/3622",
        "https://pypi.org/project/botocore/1.44.5/",
    ],
    check: Check::Shape,
};
