//! Markdown, for a comment on a pull request or the summary of a step.

use super::run::Run;
use super::summary::message;
use super::url::url;
use crate::finding::Finding;
use crate::visible::visible;

/// GitHub refuses comments of more than 65,536 characters.
const LONGEST: usize = 60_000;

/// The findings of a run in a table, the gravest first, and what was looked at.
pub(super) fn markdown(run: &Run) -> String {
    let mut findings: Vec<&Finding> = run.outcome.findings.iter().collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let mut text = String::new();
    let mut left = findings.len();
    if left > 0 {
        text.push_str("| | where | what |\n|---|---|---|\n");
    }
    for row in findings.iter().map(|finding| row(run, finding)) {
        if text.len() + row.len() > LONGEST {
            break;
        }
        text.push_str(&row);
        left -= 1;
    }
    if !findings.is_empty() {
        text.push('\n');
    }
    if left > 0 {
        text.push_str(&format!("and {left} more\n\n"));
    }
    for failure in &run.outcome.failures {
        text.push_str(&format!("- **failed** {}: {}\n", prose(&failure.name), prose(&failure.reason)));
    }
    if !run.outcome.failures.is_empty() {
        text.push('\n');
    }
    text + &prose(&message(run)) + "\n"
}

fn row(run: &Run, finding: &Finding) -> String {
    let (rule, problem) = (run.rule(finding), &finding.problem);
    let (start, _) = run.range(finding);
    let place = format!("{}:{}:{}", run.path(&run.source(finding).name), start.line, start.column);
    let help = problem.help.as_ref().map_or(String::new(), |help| format!("<br>{}", prose(help)));
    let message = prose(&problem.message);
    format!(
        "| {} | {} | [{}]({}): {message}{help} |\n",
        finding.severity,
        prose(&format!("`{place}`")),
        rule.id,
        url(rule)
    )
}

/// A text of one line, in which only what is between backquotes is read as Markdown. It does not end a cell
/// of a table.
fn prose(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut parts = text.split('`').peekable();
    let mut is_code = false;
    while let Some(part) = parts.next() {
        for c in visible(part).chars() {
            match c {
                '|' => safe.push_str("\\|"),
                c if is_code => safe.push(c),
                '&' => safe.push_str("&amp;"),
                '<' => safe.push_str("&lt;"),
                // It would call people of that name.
                '@' => safe.push_str("&#64;"),
                '*' | '_' | '[' | ']' | '~' | '#' | '\\' => {
                    safe.push('\\');
                    safe.push(c);
                }
                c => safe.push(c),
            }
        }
        if parts.peek().is_some() {
            is_code = !is_code;
            // A backquote that nothing closes is one.
            if is_code && parts.clone().count() < 2 {
                safe.push_str("\\`");
                is_code = false;
            } else {
                safe.push('`');
            }
        }
    }
    safe
}
