//! The XML of Checkstyle.

use super::run::Run;
use super::summary::message;
use super::xml::{DECLARATION, xml};
use crate::finding::{Finding, Severity};

/// The findings of a run, by file. A file of which nothing is reported is there too.
pub(super) fn checkstyle(run: &Run) -> String {
    let mut text = format!("{DECLARATION}<checkstyle version=\"4.3\">\n");
    if run.outcome.summary.files == 0 {
        // Two dashes would end the comment.
        text.push_str(&format!("  <!-- {} -->\n", xml(&message(run)).replace("--", "- -")));
    }
    for (file, findings) in run.by_file() {
        text.push_str(&format!("  <file name=\"{}\">\n", xml(file)));
        text.extend(findings.into_iter().map(|finding| error(run, finding)));
        text.push_str("  </file>\n");
    }
    text + "</checkstyle>\n"
}

fn error(run: &Run, finding: &Finding) -> String {
    let (start, _) = run.range(finding);
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "info",
    };
    let (message, rule) = (xml(&finding.problem.message), run.rule(finding).id);
    format!(
        "    <error line=\"{}\" column=\"{}\" severity=\"{severity}\" message=\"{message}\" source=\"ecs-lint.{rule}\"/>\n",
        start.line, start.column
    )
}
