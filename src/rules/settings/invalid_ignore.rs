use crate::finding::{Category, Severity};
use crate::rule::{Check, Profile, Reply, Rule};

pub(crate) const RULE: Rule = Rule {
    id: "invalid-ignore",
    summary: "a comment `ecs-lint-ignore` names an unknown rule, or gives no reason",
    category: Category::Ignored,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[],
    check: Check::Settings,
};
