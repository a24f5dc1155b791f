use crate::finding::{Category, Severity};
use crate::rule::{Check, Profile, Reply, Rule};

pub(crate) const RULE: Rule = Rule {
    id: "expired-ignore",
    summary: "the last day of an entry of `ignore` in the settings has passed",
    category: Category::Ignored,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[],
    check: Check::Settings,
};
