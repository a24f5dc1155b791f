//! One JSON object for each finding, each on its line, in the form of `findings[]` of `json.rs`.

use super::json::finding;
use super::run::Run;
use crate::visible::escaped;

/// The findings of a run.
pub(super) fn jsonl(run: &Run) -> String {
    let line = |one| escaped(format!("{}\n", finding(run, one)));
    run.outcome.findings.iter().map(line).collect()
}
