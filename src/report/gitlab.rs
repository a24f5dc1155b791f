//! The code quality report of GitLab.

use serde_json::{Value, json};

use super::fingerprint::fingerprints;
use super::run::Run;
use crate::finding::{Finding, Severity};
use crate::visible::escaped;

/// The findings of a run as one list.
pub(super) fn gitlab(run: &Run) -> String {
    let findings = run.outcome.findings.iter().zip(fingerprints(run));
    let issues: Vec<Value> =
        findings.map(|(finding, fingerprint)| issue(run, finding, fingerprint)).collect();
    escaped(format!("{:#}\n", Value::Array(issues)))
}

fn issue(run: &Run, finding: &Finding, fingerprint: String) -> Value {
    let (start, end) = run.range(finding);
    let severity = match finding.severity {
        Severity::Error => "critical",
        Severity::Warning => "major",
        Severity::Note => "info",
    };
    json!({
        "description": finding.problem.message,
        "check_name": run.rule(finding).id,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": {
            "path": run.path(&run.source(finding).name),
            "lines": {"begin": start.line, "end": end.line},
        },
    })
}
