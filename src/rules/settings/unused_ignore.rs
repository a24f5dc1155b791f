use crate::finding::{Category, Severity};
use crate::rule::{Check, Profile, Reply, Rule};

pub(crate) const RULE: Rule = Rule {
    id: "unused-ignore",
    summary: "an entry of `ignore` in the settings, or a comment, ignores nothing",
    category: Category::Ignored,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[],
    check: Check::Settings,
};
