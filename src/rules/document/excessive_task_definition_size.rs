use crate::document::{Document, DocumentKind};
use crate::finding::{Category, Label, Problem, Severity};
use crate::model::measure;
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::tree::Node;

pub(super) const RULE: Rule = Rule {
    id: "excessive-task-definition-size",
    summary: "the task definition is larger than 64 KiB",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&["Actual length: '{bytes}'. Max allowed length is '65536' bytes."]),
    settings: &[],
    sources: &[
        "https://github.com/awsdocs/amazon-ecs-developer-guide/pull/149",
        "https://github.com/aws/containers-roadmap/issues/172",
        "https://github.com/aws/containers-roadmap/issues/2347",
    ],
    check: Check::Document(check),
};

/// The maximum size of a task definition, in bytes.
const LIMIT: usize = 65536;
/// AWS measures its own serialization, which is not known exactly: near the limit, be cautious.
const DOUBT: usize = 512;
/// Parts that are worth naming in addition to the largest one.
const LARGE: usize = LIMIT / 8;

fn check(document: &Document, report: &mut Report) {
    if !matches!(document.kind, DocumentKind::TaskDefinition(_) | DocumentKind::ContainerDefinitions) {
        return;
    }
    // Compact JSON is never longer than the file.
    if document.root().span().len() as usize <= LIMIT {
        return;
    }
    let measured = measure(document.root());
    if measured.bytes <= LIMIT {
        return;
    }
    let mut parts = measured.parts.iter().map(|(node, bytes)| (key(*node), bytes));
    let Some((largest, bytes)) = parts.next() else { return };
    let mut problem = Problem::new(
        format!("the task definition has {} bytes, but AWS allows at most {LIMIT}", measured.bytes),
        Label::new(largest.place(), format!("{bytes} of them are here")),
    );
    for (part, bytes) in parts.take(2).filter(|(_, bytes)| **bytes >= LARGE) {
        problem = problem.also(Label::new(part.place(), format!("and {bytes} here")));
    }
    problem = problem.help(
        "move values out of the task definition: `environmentFiles` and `secrets` store only a reference to a value; whitespace does not count",
    );
    if measured.bytes <= LIMIT + DOUBT {
        problem = problem.at_most(Severity::Warning);
    }
    report.add(problem);
}

/// What to point at: the name of a part, not its thousands of bytes.
fn key(part: Node<'_>) -> Node<'_> {
    part.key().unwrap_or(part)
}
