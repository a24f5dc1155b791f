//! Makes findings of problems.

use std::collections::HashMap;
use std::sync::Arc;

use super::Linter;
use super::code::spell_in_yaml;
use super::here::Here;
use super::naming::{embedded_at, name_fields};
use crate::document::Document;
use crate::finding::{Finding, Label, Problem, RuleId, Severity, Site};
use crate::inputs::Input;
use crate::pointer::named_pointer;
use crate::rule::{Check, Report};
use crate::source::{Cut, Place, Source, SourceId, Span};
use crate::tree::{Node, Notation, Tree};
use crate::words::shortened;

/// Runs rules and stamps what they report.
pub(super) struct Reporter<'l> {
    linter: &'l Linter,
    /// The input that is judged, for which rules may have settings.
    input: &'l Input,
    report: Report,
    pub findings: Vec<Finding>,
    /// What no report shows, whatever rules are on.
    pub concealed: Vec<Place>,
}

impl<'l> Reporter<'l> {
    pub(super) fn new(linter: &'l Linter, input: &'l Input) -> Reporter<'l> {
        Reporter {
            linter,
            input,
            report: Report::on(linter.settings.today),
            findings: Vec::new(),
            concealed: Vec::new(),
        }
    }

    /// Runs the functions of some rules. `run` gives each what it looks at.
    pub(super) fn each<C: Copy>(&mut self, checks: &[(RuleId, C)], run: impl Fn(C, &mut Report)) {
        for (rule, check) in checks {
            let own = self.linter.registry.get(*rule);
            if !own.settings.is_empty() {
                self.report.set(self.linter.settings.values(own, self.input));
            }
            run(*check, &mut self.report);
            for problem in self.report.take() {
                self.add(*rule, problem);
            }
        }
    }

    /// Adds what is not found by the function of a rule, by the name of the rule.
    pub(crate) fn add_of(&mut self, id: &str, problem: Problem) {
        let rule = self.linter.registry.find(id).expect("each rule that is named has a file");
        if self.linter.enabled[usize::from(rule.0)] {
            self.add(rule, problem);
        }
    }

    fn add(&mut self, rule: RuleId, problem: Problem) {
        let own = self.linter.registry.get(rule);
        let severity = problem.at_most.map_or(own.severity, |most| own.severity.min(most));
        // A condition leaves the answer as it is: AWS gives it, or nothing is wrong.
        let is_lowered = severity < own.severity && !problem.is_conditional;
        let aws_says = own.reply.to(&problem, is_lowered).map(shortened);
        let problem = problem.shortened();
        self.findings.push(Finding {
            rule,
            severity,
            problem,
            aws_says,
            pointer: String::new(),
            named_pointer: String::new(),
            document: None,
            format: None,
            address: None,
            repeated: Vec::new(),
            turned_from: None,
        });
    }
}

/// Documents by the sources that contain them.
pub(super) struct BySource<'d> {
    documents: HashMap<SourceId, Here<'d>>,
    /// The sources of what is declared beside them.
    beside: HashMap<SourceId, &'d Arc<Source>>,
    /// The name of a macro that may rewrite one of them.
    rewritten_by: Option<Place>,
}

impl<'d> BySource<'d> {
    pub(super) fn new(documents: impl IntoIterator<Item = &'d Document>) -> BySource<'d> {
        let mut by_source: HashMap<SourceId, Vec<&Document>> = HashMap::new();
        let mut beside = HashMap::new();
        let mut rewritten_by = None;
        for document in documents {
            let by = document.rewritten_by.map(|name| document.tree().source.place(name));
            rewritten_by = rewritten_by.or(by);
            by_source.entry(document.tree().source.id).or_default().push(document);
            beside.extend(document.target_groups.iter().map(|group| (group.source.id, &group.source)));
            if let Some(elsewhere) = &document.containers {
                let containers = &elsewhere.document;
                by_source.entry(containers.tree().source.id).or_default().push(containers);
            }
        }
        let documents = by_source.into_iter().map(|(id, documents)| (id, Here::of(documents))).collect();
        BySource { documents, beside, rewritten_by }
    }

    /// A source that contains some of them, or of what is declared beside them.
    pub(super) fn source(&self, id: SourceId) -> Option<&'d Arc<Source>> {
        let first = self.documents.get(&id).and_then(Here::first);
        first.map(|document| &document.tree().source).or_else(|| self.beside.get(&id).copied())
    }

    /// Lowers an error in what a macro may rewrite. A credential is published by whoever stores the text.
    fn doubt(&self, finding: &mut Finding, linter: &Linter) {
        let Some(by) = self.rewritten_by.filter(|_| finding.severity == Severity::Error) else { return };
        if !linter.is_published(finding) {
            finding.severity = Severity::Warning;
            finding.problem.also.push(Label::new(by, "unless this macro changes it"));
            finding.problem.make_conditional();
        }
    }

    /// Writes the code in what a finding advises in the notation of the file. A message quotes what the user wrote.
    fn spell_code(&self, finding: &mut Finding) {
        let is_yaml = |place: Place| {
            let document = self.documents.get(&place.source).and_then(Here::first);
            document.is_some_and(|document| document.tree().notation == Notation::Yaml)
        };
        let problem = &mut finding.problem;
        let labels = std::iter::once(&mut problem.at).chain(&mut problem.also);
        labels.filter(|label| is_yaml(label.at)).for_each(|label| spell_in_yaml(&mut label.text));
        if is_yaml(problem.at.at) {
            let title = problem.fix.as_mut().map(|fix| &mut fix.title);
            problem.help.iter_mut().chain(title).for_each(spell_in_yaml);
        }
    }

    /// Describes in which document a finding is, and where there, in the names of the user.
    pub(super) fn describe(&self, finding: &mut Finding, linter: &Linter) {
        name_fields(finding, &self.documents, &linter.schemas);
        self.spell_code(finding);
        self.doubt(finding, linter);
        let Place { source, span } = finding.problem.at.at;
        let Some(here) = self.documents.get(&source) else { return };
        let Some((document, title)) = here.titled(span) else { return };
        finding.format = Some(document.door().name());
        // A template holds more than our documents, and its text is checked as a whole.
        let is_of_text = matches!(linter.registry.get(finding.rule).check, Check::Text(_));
        if !is_of_text || document.address.is_none() || here.at(span).is_some() {
            finding.document = Some(title.to_owned());
            finding.address = document.address.as_ref().map(|address| address.id.clone());
        }
        if let Some(site) = self.site(finding.problem.at.at) {
            (finding.pointer, finding.named_pointer) = (site.pointer, site.named_pointer);
        }
        let others = finding.problem.also.iter().map(|label| label.at);
        let others = others.filter(|at| at.source == source && at.span != span);
        let is_alike = |site: &Site| {
            site.named_pointer != finding.named_pointer
                && is_alike(&site.named_pointer, &finding.named_pointer)
        };
        if !finding.problem.also.is_empty() && (linter.settings.names_places || here.has_marks()) {
            finding.repeated = others.filter_map(|at| self.site(at)).filter(is_alike).collect();
        }
        if let Some(site) = &mut finding.turned_from
            && let Some(known) = self.site(site.at)
        {
            *site = known;
        }
    }

    /// What a place is called.
    fn site(&self, at: Place) -> Option<Site> {
        let first = self.documents.get(&at.source)?.first()?;
        let node = innermost(first.tree().written(), at.span)?;
        let mut site = Site { at, pointer: node.pointer(), named_pointer: named_pointer(node) };
        let is_text = node.as_text().is_some();
        if let Some(inner) = embedded_at(at, &self.documents).filter(|_| is_text) {
            let pointer = inner.pointer();
            let below = pointer.match_indices('/').nth(1).map_or("", |(at, _)| pointer.cut(at..));
            site.pointer.push_str(below);
            let named = named_pointer(inner);
            site.named_pointer.push_str(named.trim_start_matches("containerDefinitions"));
        }
        Some(site)
    }
}

/// Whether two named pointers differ only in what items are called.
fn is_alike(one: &str, other: &str) -> bool {
    let fields = |pointer: &str| -> Vec<String> {
        let parts = pointer.split('[');
        parts.map(|part| part.split_once(']').map_or(part, |(_, field)| field).to_owned()).collect()
    };
    fields(one) == fields(other)
}

/// The innermost node that holds a span.
pub(super) fn innermost(tree: &Tree, span: Span) -> Option<Node<'_>> {
    if tree.holds_copies {
        return tree.last_own_at(span);
    }
    let after = tree.nodes.partition_point(|node| node.span.start <= span.start);
    if span.is_empty() {
        // Nothing but the place where it begins stands for the whole of a YAML document.
        let here = (0..after as u32).rev().map(|index| tree.node(index));
        let begins = |node: &Node| node.is_container() && node.head().span == span;
        if let Some(whole) = here.take_while(|node| node.span().start == span.start).find(begins) {
            return Some(whole);
        }
    }
    // A dash stands for the list or the object behind it.
    if let Some(next) =
        tree.nodes.get(after).map(|_| tree.node(after as u32)).filter(|next| next.is_container())
        && next.head().span == span
    {
        return Some(next);
    }
    (0..after as u32).rev().map(|index| tree.node(index)).find(|node| node.span().holds(span))
}
