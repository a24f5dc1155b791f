//! The XML of JUnit: a suite for each file, and in it a test case for each rule that reports something.
//! What does not fail the run does not fail the test case. A file of which nothing is reported has one
//! test case, which passes.

use std::collections::BTreeMap;

use super::concise::line;
use super::run::Run;
use super::summary::message;
use super::xml::{DECLARATION, xml};
use crate::finding::{Finding, RuleId};

/// A run as test suites.
pub(super) fn junit(run: &Run) -> String {
    let suites: Vec<Suite> =
        run.by_file().into_iter().map(|(file, findings)| Suite::of(run, file, &findings)).collect();
    let failed = suites.iter().map(|suite| suite.failed).sum::<usize>();
    let tests = suites.iter().map(|suite| suite.tests).sum::<usize>() + run.outcome.failures.len();
    let (errors, took) = (run.outcome.failures.len(), run.took.as_secs_f64());
    let mut text = format!(
        "{DECLARATION}<testsuites name=\"ecs-lint\" tests=\"{tests}\" failures=\"{failed}\" errors=\"{errors}\" \
         time=\"{took:.3}\">\n"
    );
    text.extend(suites.into_iter().map(|suite| suite.text));
    for failure in &run.outcome.failures {
        let (name, reason) = (xml(&failure.name), xml(&failure.reason));
        text.push_str(&format!(
            "  <testsuite name=\"{name}\" tests=\"1\" failures=\"0\" errors=\"1\">\n    \
             <testcase name=\"lint\" classname=\"{name}\">\n      \
             <error type=\"failure\" message=\"{reason}\"/>\n    </testcase>\n  </testsuite>\n"
        ));
    }
    if run.outcome.summary.files == 0 {
        let nothing = xml(&message(run));
        text.push_str(&format!(
            "  <testsuite name=\"ecs-lint\" tests=\"0\" failures=\"0\" errors=\"0\">\n    \
             <system-out>{nothing}</system-out>\n  </testsuite>\n"
        ));
    }
    text + "</testsuites>\n"
}

/// The test cases of one file.
struct Suite {
    text: String,
    tests: usize,
    failed: usize,
}

impl Suite {
    fn of(run: &Run, file: &str, findings: &[&Finding]) -> Suite {
        let mut by_rule: BTreeMap<RuleId, Vec<&Finding>> = BTreeMap::new();
        for finding in findings {
            by_rule.entry(finding.rule).or_default().push(finding);
        }
        let file = xml(file);
        let (mut cases, mut failed) = (String::new(), 0);
        for (rule, findings) in &by_rule {
            let id = run.registry.get(*rule).id;
            let lines: Vec<String> = findings.iter().map(|finding| xml(&line(finding, run))).collect();
            let body = lines.join("\n");
            cases.push_str(&format!("    <testcase name=\"{id}\" classname=\"{file}\">\n"));
            let gravest = findings.iter().max_by_key(|finding| finding.severity);
            match gravest.filter(|finding| finding.severity >= run.failing) {
                Some(first) => {
                    failed += 1;
                    let (severity, message) = (first.severity, xml(&first.problem.message));
                    cases.push_str(&format!(
                        "      <failure type=\"{severity}\" message=\"{message}\">{body}</failure>\n"
                    ));
                }
                None => cases.push_str(&format!("      <system-out>{body}</system-out>\n")),
            }
            cases.push_str("    </testcase>\n");
        }
        if findings.is_empty() {
            cases.push_str(&format!("    <testcase name=\"no findings\" classname=\"{file}\"/>\n"));
        }
        let tests = by_rule.len().max(1);
        let text = format!(
            "  <testsuite name=\"{file}\" tests=\"{tests}\" failures=\"{failed}\" errors=\"0\">\n{cases}  </testsuite>\n"
        );
        Suite { text, tests, failed }
    }
}
