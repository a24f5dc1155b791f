use crate::finding::{Category, Severity};
use crate::rule::{Check, Profile, Reply, Rule, page};

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
    page: page!("settings/invalid-ignore"),
    check: Check::Settings,
};
