//! Findings counted by rule.

use std::collections::BTreeMap;

use crate::finding::{Finding, RuleId, Severity};
use crate::rules::Registry;

/// A table of the rules that report something: the gravest first, then the most frequent.
pub(super) fn table(findings: &[Finding], registry: &Registry) -> String {
    let mut by_rule: BTreeMap<(Severity, RuleId), usize> = BTreeMap::new();
    for finding in findings {
        *by_rule.entry((finding.severity, finding.rule)).or_default() += 1;
    }
    let mut rows: Vec<((Severity, RuleId), usize)> = by_rule.into_iter().collect();
    rows.sort_by_key(|((severity, rule), count)| {
        (std::cmp::Reverse(*severity), std::cmp::Reverse(*count), registry.get(*rule).id)
    });
    let row = |((severity, rule), count): &((Severity, RuleId), usize)| {
        let rule = registry.get(*rule);
        format!("{count:>6}  {:7}  {}: {}\n", severity.name(), rule.id, rule.summary)
    };
    rows.iter().map(row).collect()
}
