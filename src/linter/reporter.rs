//! Makes findings of problems.

use super::Linter;
use crate::document::Document;
use crate::finding::{Finding, Problem, RuleId};
use crate::rule::Report;
use crate::source::{Place, Span};
use crate::tree::{Node, Tree};

/// Runs rules and stamps what they report.
pub(super) struct Reporter<'l> {
    linter: &'l Linter,
    report: Report,
    pub findings: Vec<Finding>,
}

impl<'l> Reporter<'l> {
    pub fn new(linter: &'l Linter) -> Reporter<'l> {
        Reporter { linter, report: Report::default(), findings: Vec::new() }
    }

    /// Runs the functions of some rules. `run` gives each what it looks at.
    pub fn each<C: Copy>(&mut self, checks: &[(RuleId, C)], run: impl Fn(C, &mut Report)) {
        for (rule, check) in checks {
            run(*check, &mut self.report);
            for problem in self.report.take() {
                self.add(*rule, problem);
            }
        }
    }

    /// Adds what a schema says.
    pub fn add_shape(&mut self, id: &str, problem: Problem) {
        let rule = self.linter.registry.find(id).expect("each shape rule has a file");
        if self.linter.enabled[usize::from(rule.0)] {
            self.add(rule, problem);
        }
    }

    fn add(&mut self, rule: RuleId, mut problem: Problem) {
        let own = self.linter.registry.get(rule);
        let severity = problem.at_most.map_or(own.severity, |most| own.severity.min(most));
        if problem.aws_says.is_none() && !problem.aws_is_silent {
            let says = own.aws_says.first().filter(|says| own.aws_says.len() == 1 && !says.contains('{'));
            problem.aws_says = says.map(|says| (*says).to_owned());
        }
        let problem = problem.shortened();
        self.findings.push(Finding { rule, severity, problem, pointer: String::new(), document: None });
    }
}

/// Says in which of some documents a finding stands, and where there.
pub(super) fn describe<'d>(finding: &mut Finding, documents: impl IntoIterator<Item = &'d Document>) {
    let Place { source, span } = finding.problem.at.at;
    let here = documents.into_iter().filter(|document| document.tree().source.id == source);
    let here: Vec<&Document> = here.collect();
    let innermost_document = here.iter().rfind(|document| holds(document.root(), span));
    finding.document = innermost_document.or(here.first()).map(|document| document.to_string());
    if let Some(document) = here.first() {
        finding.pointer = innermost(document.tree(), span).map(Node::pointer).unwrap_or_default();
    }
}

fn holds(node: Node, span: Span) -> bool {
    node.span().start <= span.start && span.end <= node.span().end
}

/// The innermost node that holds a span.
fn innermost(tree: &Tree, span: Span) -> Option<Node<'_>> {
    let after = tree.nodes.partition_point(|node| node.span.start <= span.start);
    (0..after as u32).rev().map(|index| tree.node(index)).find(|node| holds(*node, span))
}
