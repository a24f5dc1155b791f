//! What is true of every document, whatever it contains.

use std::collections::BTreeMap;
use std::sync::Arc;

use ecs_lint::finding::{Finding, RuleId, Severity};
use ecs_lint::fix::{self, Safety};
use ecs_lint::inputs::{Input, Inputs, Role, Texts};
use ecs_lint::internals::{Cut, Kind, Node, parse};
use ecs_lint::linter::{DocumentLink, Linter, Outcome};
use ecs_lint::report::{FORMATS, Human, Run, Style};
use ecs_lint::rule::Profile;
use ecs_lint::rules::Registry;
use ecs_lint::secrecy::Masked;
use ecs_lint::settings::{Selection, Settings};
use ecs_lint::source::{Source, SourceId};
use ecs_lint::{Date, apply_fixes};

use super::{Dice, Order, Project, Spelling};

/// A linter with all rules that are on in the strictest profile, and with a day of its own.
pub fn linter(settings: Settings) -> Linter {
    let chosen = Selection { profile: Some(Profile::Audit), ..Selection::default() };
    let today = Date { year: 2026, month: 1, day: 1 };
    Linter::new(Registry::default(), Settings { chosen, today, ..settings })
}

/// One of the laws.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Law {
    /// Nothing panics, and every place is in its text.
    Bearing,
    /// Equal values give equal findings in equal words, however strings are escaped and lines broken.
    Spelling,
    /// The order of members changes no verdict.
    Members,
    /// The order of files changes no verdict.
    Files,
    /// A placeholder instead of a value adds no finding, neither in its document nor in others.
    Hole,
    /// Fixes leave nothing to fix, and add no fault.
    Fixes,
}

impl Law {
    /// All laws.
    pub const ALL: [Law; 6] = [Law::Bearing, Law::Spelling, Law::Members, Law::Files, Law::Hole, Law::Fixes];
}

/// A law that a project breaks.
#[derive(Clone, Debug)]
pub struct Broken {
    /// The law.
    pub law: Law,
    /// The rules that break it, or what else does.
    pub by: String,
    /// The texts before and after a change that should not have mattered.
    pub texts: Vec<Vec<(String, String)>>,
}

type Files = [(String, String)];

/// The laws, and the linter that has to keep them.
pub struct Laws {
    linter: Linter,
}

impl Default for Laws {
    fn default() -> Laws {
        Laws { linter: linter(Settings::default()) }
    }
}

impl Laws {
    /// The linter.
    pub fn linter(&self) -> &Linter {
        &self.linter
    }

    /// Tests whether a project keeps a law.
    ///
    /// # Errors
    ///
    /// How it breaks the law.
    pub fn check(&self, law: Law, project: &Project, dice: &mut Dice) -> Result<(), Broken> {
        let plain = project.written(Spelling::PLAIN, dice);
        match law {
            Law::Bearing => self.bear(&plain),
            Law::Spelling => {
                let other = project.written(Spelling::any(dice), dice);
                self.compare(law, plain, other, |laws, outcome| laws.words(outcome))
            }
            Law::Members => {
                let order = if dice.one_in(3) { Order::Reversed } else { Order::Shuffled };
                let other = project.written(Spelling { order, ..Spelling::PLAIN }, dice);
                self.compare(law, plain, other, |laws, outcome| laws.verdict(outcome))
            }
            Law::Files => {
                let mut other = plain.clone();
                let by = dice.below(other.len());
                other.rotate_left(by);
                if dice.one_in(2) {
                    other.reverse();
                }
                self.compare(law, plain, other, |laws, outcome| laws.verdict(outcome))
            }
            Law::Hole => self.hole(plain, dice),
            Law::Fixes => self.fixes(plain, if dice.one_in(2) { Safety::Safe } else { Safety::Unsafe }),
        }
    }

    /// Lints files and does everything that can be done with the findings.
    ///
    /// # Errors
    ///
    /// What failed.
    pub fn bear(&self, files: &Files) -> Result<(), Broken> {
        let outcome = self.lint(Law::Bearing, files)?;
        let masked = Masked::of(outcome);
        let run = Run::of(&masked, self.linter.registry());
        let format = &FORMATS[masked.findings.len() % FORMATS.len()];
        let written = (format.write)(&run);
        let fails =
            |by: &str| Err(Broken { law: Law::Bearing, by: by.to_owned(), texts: vec![files.to_vec()] });
        if !written.failures.is_empty() {
            return fails(format.name);
        }
        for (at, finding) in masked.findings.iter().enumerate() {
            let edits = finding.problem.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.place);
            let labels = std::iter::once(&finding.problem.at).chain(&finding.problem.also);
            for place in labels.map(|label| label.at).chain(edits) {
                if masked.sources[&place.source].text.get(place.span.range()).is_none() {
                    return fails(self.linter.registry().get(finding.rule).id);
                }
            }
            // Excerpts take longer than all the rest.
            if at < 3 {
                let style = Style { width: 40, unicode: false, ..Style::PLAIN };
                Human::new(&Run { style, ..run }).finding(finding);
            }
            if let Some(fix) = &finding.problem.fix {
                fix.source().map(|id| fix::apply(&masked.sources[&id], [fix]));
            }
        }
        Ok(())
    }

    fn lint(&self, law: Law, files: &Files) -> Result<Outcome, Broken> {
        self.lint_bytes(law, &texts(files), files)
    }

    fn lint_bytes(&self, law: Law, inputs: &impl Inputs, files: &Files) -> Result<Outcome, Broken> {
        let outcome = self.linter.lint_with_threads(inputs, 1);
        let internal = outcome.failures.iter().find(|failure| failure.reason.contains("internal error"));
        match internal {
            Some(bug) => Err(Broken { law, by: bug.reason.clone(), texts: vec![files.to_vec()] }),
            None => Ok(outcome),
        }
    }

    fn compare(
        &self,
        law: Law,
        before: Vec<(String, String)>,
        after: Vec<(String, String)>,
        view: impl Fn(&Laws, &Outcome) -> Vec<(&'static str, String)>,
    ) -> Result<(), Broken> {
        let first = view(self, &self.lint(law, &before)?);
        let second = view(self, &self.lint(law, &after)?);
        if first == second {
            return Ok(());
        }
        Err(Broken { law, by: difference(&first, &second), texts: vec![before, after] })
    }

    /// Everything that the findings say, by rule.
    fn words(&self, outcome: &Outcome) -> Vec<(&'static str, String)> {
        let said = outcome.findings.iter().map(|finding| {
            let problem = &finding.problem;
            let labels = std::iter::once(&problem.at).chain(&problem.also).map(|label| &label.text);
            let labels: Vec<&String> = labels.collect();
            let fix = problem.fix.as_ref().map(|fix| (&fix.title, fix.safety));
            let help = problem.help.as_deref().map(without_lines);
            let words = (&problem.message, help, &finding.aws_says, labels, fix);
            let place = (&finding.pointer, &finding.named_pointer, &finding.document);
            (
                self.linter.registry().get(finding.rule).id,
                format!("{:?} {words:?} {place:?}", finding.severity),
            )
        });
        sorted(said.collect())
    }

    /// The rules that report something, with the severity.
    fn verdict(&self, outcome: &Outcome) -> Vec<(&'static str, String)> {
        let name = |finding: &Finding| {
            (self.linter.registry().get(finding.rule).id, format!("{:?}", finding.severity))
        };
        sorted(outcome.findings.iter().map(name).collect())
    }

    /// Puts a hole in the place of one value.
    fn hole(&self, before: Vec<(String, String)>, dice: &mut Dice) -> Result<(), Broken> {
        const HOLE: &str = "${HOLE}";
        let at = dice.below(before.len());
        let Some((name, text)) = before.get(at) else { return Ok(()) };
        let parsed = parse(Arc::new(Source::new(SourceId(0), name.as_str(), text.as_str())));
        // A text that is only a hole is not a document.
        let nodes: Vec<Node> = parsed.tree.values().filter(|node| node.parent().is_some()).collect();
        let Some(node) = dice.pick(&nodes) else { return Ok(()) };
        let place = node.span().range();
        // These say whether the document is for ECS.
        let key = node.key().map_or("", Node::text);
        if matches!(key, "ServiceNamespace" | "ScalableDimension") {
            return Ok(());
        }
        let mut after = before.clone();
        after[at].1 = [text.cut(..place.start), HOLE, text.cut(place.end..)].concat();
        let is_about_hole = |finding: &Finding| {
            let own = finding.problem.at.at;
            let is_there = own.source.0 as usize == at && own.span.start as usize == place.start;
            is_there && !finding.problem.is_conditional
        };
        let found = self.lint(Law::Hole, &before)?;
        let outcome = self.lint(Law::Hole, &after)?;
        if self.may_show_more(&found, &outcome) {
            return Ok(());
        }
        let known = self.counts(&found, |_| true);
        let unknown = self.counts(&outcome, |finding| !is_nothing(*node) || is_about_hole(finding));
        let added = unknown.iter().filter(|(rule, count)| {
            let before = known.get(*rule).copied().unwrap_or_default();
            let is_hinted = LINUX_UNLESS_HINTED.contains(rule) && text.contains("indows");
            **count > before && !is_hinted && !LEFT_TO_OTHERS.contains(rule)
        });
        let by: Vec<&str> = added.map(|(rule, _)| *rule).collect();
        if by.is_empty() {
            return Ok(());
        }
        Err(Broken { law: Law::Hole, by: by.join(" "), texts: vec![before, after] })
    }

    /// Whether a placeholder shows more than the value did: the value was of the wrong form, which is reported
    /// as that alone; it made the document one of another kind; or another document is now the only one that
    /// can be meant.
    fn may_show_more(&self, before: &Outcome, after: &Outcome) -> bool {
        let hiding = |outcome: &Outcome| {
            let mut hiding: BTreeMap<RuleId, usize> = BTreeMap::new();
            for finding in &outcome.findings {
                let rule = self.linter.registry().get(finding.rule);
                // A document with a few empty names is checked all the same.
                let is_skeleton =
                    rule.id == "unresolved-skeleton" && finding.problem.message.contains("is a skeleton");
                if rule.is_about_form() || is_skeleton {
                    *hiding.entry(finding.rule).or_default() += 1;
                }
            }
            hiding
        };
        let still_hiding = hiding(after);
        let is_gone =
            |(rule, count): (&RuleId, &usize)| still_hiding.get(rule).is_none_or(|after| after < count);
        let documents =
            |outcome: &Outcome, kind: &str| outcome.summary.documents.get(kind).copied().unwrap_or(0);
        let mut kinds = after.summary.documents.iter();
        let is_guess = |link: &DocumentLink| !link.is_named && !before.links.contains(link);
        hiding(before).iter().any(is_gone)
            || kinds.any(|(kind, count)| *count > documents(before, kind))
            || after.links.iter().any(is_guess)
    }

    /// How many findings about meaning each rule has. Which rule reports a credential depends on its name:
    /// they count as one.
    fn counts(
        &self,
        outcome: &Outcome,
        is_meant: impl Fn(&Finding) -> bool,
    ) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for finding in outcome.findings.iter().filter(|finding| is_meant(finding)) {
            let rule = self.linter.registry().get(finding.rule);
            if !rule.is_about_form() {
                let name = if rule.height() == "credential" { rule.height() } else { rule.id };
                *counts.entry(name).or_insert(0) += 1;
            }
        }
        counts
    }

    /// Applies all fixes until nothing changes.
    fn fixes(&self, before: Vec<(String, String)>, at_most: Safety) -> Result<(), Broken> {
        let found = self.lint(Law::Fixes, &before)?;
        let fixed = |files: &Files| -> (Vec<(String, String)>, Outcome) {
            let (changed, outcome) = apply_fixes(&self.linter, &texts(files), at_most);
            let mut files = files.to_vec();
            for one in changed {
                files[one.before.id.0 as usize].1 = one.after;
            }
            (files, outcome)
        };
        let (after, outcome) = fixed(&before);
        if after == before {
            return Ok(());
        }
        let (again, _) = fixed(&after);
        let fails =
            |by: String| Err(Broken { law: Law::Fixes, by, texts: vec![before.clone(), after.clone()] });
        if let Some(failure) = outcome.failures.first() {
            return fails(failure.reason.clone());
        }
        if again != after {
            let remaining =
                |finding: &&Finding| finding.problem.fix.as_ref().is_some_and(|fix| fix.safety <= at_most);
            let by = outcome.findings.iter().find(remaining);
            let by = by.map_or("unknown", |finding| self.linter.registry().get(finding.rule).id);
            return fails(format!("not all is fixed: {by}"));
        }
        // What a fix uncovers behind a fault of shape, or in what surrounds a document, was there before.
        // So is what it uncovers behind another fault, but then one fault replaces another.
        let hides = |finding: &Finding| {
            let rule = self.linter.registry().get(finding.rule);
            rule.is_about_form() || rule.id == "leftover-response-fields"
        };
        if found.findings.iter().any(hides) {
            return Ok(());
        }
        let faults = |outcome: &Outcome| {
            outcome.findings.iter().filter(|finding| finding.severity == Severity::Error).count()
        };
        // A fix may settle a doubt: what removes the last placeholder makes sure of the rest.
        let was_told = |error: &Finding| {
            found.findings.iter().any(|one| (one.rule, &one.pointer) == (error.rule, &error.pointer))
        };
        let mut errors = outcome.findings.iter().filter(|finding| finding.severity == Severity::Error);
        if faults(&outcome) > faults(&found) && !errors.all(was_told) {
            let by = difference(&self.verdict(&found), &self.verdict(&outcome));
            return fails(format!("more faults than before: {by}"));
        }
        Ok(())
    }

    /// Lints any bytes under a name, and does everything that can be done with the findings.
    ///
    /// # Errors
    ///
    /// What failed.
    pub fn bear_bytes(&self, name: &str, bytes: &[u8]) -> Result<(), Broken> {
        let inputs = Bytes::new(name, bytes);
        let text = String::from_utf8_lossy(bytes).into_owned();
        let files = [(name.to_owned(), text)];
        let outcome = self.lint_bytes(Law::Bearing, &inputs, &files)?;
        if outcome.findings.is_empty() { Ok(()) } else { self.bear(&files) }
    }

    /// Fixes any bytes under a name.
    ///
    /// # Errors
    ///
    /// What failed.
    pub fn fix_bytes(&self, name: &str, bytes: &[u8], at_most: Safety) -> Result<(), Broken> {
        let files = vec![(name.to_owned(), String::from_utf8_lossy(bytes).into_owned())];
        self.fixes(files, at_most)
    }
}

/// A help without the numbers of lines, which depend on the layout.
fn without_lines(help: &str) -> String {
    help.split_once(" more: line").map_or(help, |(before, _)| before).to_owned()
}

/// Rules about Linux. The name of an image is only a hint that a container may be for Windows: without it, the
/// container is taken for what most are.
const LINUX_UNLESS_HINTED: [&str; 6] = [
    "missing-linux-hardening",
    "missing-user",
    "missing-writable-tmp",
    "root-user",
    "undropped-capabilities",
    "writable-root-filesystem",
];

/// Rules that are silent about what another rule reports, as far as it is known.
const LEFT_TO_OTHERS: [&str; 2] = ["invalid-empty-string", "static-host-port"];

/// Whether AWS, or one of its clients, treats a value as unset: an empty value, or a list or an object of
/// only such values.
fn is_nothing(node: Node) -> bool {
    match node.kind() {
        Kind::List => node.items().all(is_nothing),
        Kind::Object => node.members().all(|(_, member)| is_nothing(member)),
        Kind::Number => node.text() == "0",
        Kind::Text => node.text().is_empty(),
        _ => node.kind() == Kind::Null || node.as_bool() == Some(false),
    }
}

/// The texts again, each with a mark where it begins.
pub fn rewritten(texts: &[Vec<(String, String)>]) -> String {
    let one = |files: &Vec<(String, String)>| super::joined(files);
    texts.iter().map(one).collect::<Vec<_>>().join("\n")
}

fn texts(files: &Files) -> Texts {
    Texts::new(files.iter().map(|(name, text)| (name.as_str(), text.as_str())))
}

fn sorted<T: Ord>(mut things: Vec<T>) -> Vec<T> {
    things.sort();
    things
}

/// The first thing that only one of two lists contains, by rule.
fn difference(first: &[(&'static str, String)], second: &[(&'static str, String)]) -> String {
    let lacks = |one: &[(&'static str, String)], other: &[(&'static str, String)]| {
        let count = |list: &[(&'static str, String)], item: &(&'static str, String)| {
            list.iter().filter(|other| *other == item).count()
        };
        one.iter().find(|item| count(one, item) > count(other, item)).cloned()
    };
    match (lacks(first, second), lacks(second, first)) {
        (Some((rule, before)), Some((other, after))) if rule == other => {
            format!("{rule}\n  {before}\n  {after}")
        }
        (Some((rule, before)), _) => format!("{rule}\n- {before}"),
        (_, Some((rule, after))) => format!("{rule}\n+ {after}"),
        (None, None) => "order".to_owned(),
    }
}

/// One input of any bytes, named by the user.
struct Bytes {
    inputs: [Input; 1],
    bytes: Vec<u8>,
}

impl Bytes {
    fn new(name: &str, bytes: &[u8]) -> Bytes {
        let name = name.to_owned();
        let (path, location, folder, role) = (name.clone(), name.clone(), String::new(), Role::Named);
        let input =
            Input { id: SourceId(0), name, location, folder, project: None, settings: None, path, role };
        Bytes { inputs: [input], bytes: bytes.to_vec() }
    }
}

impl Inputs for Bytes {
    fn list(&self) -> &[Input] {
        &self.inputs
    }

    fn read(&self, _: SourceId) -> Result<Vec<u8>, String> {
        Ok(self.bytes.clone())
    }
}

/// Lints files with some settings, and does everything that can be done with the findings.
///
/// # Errors
///
/// What failed.
pub fn bear_with(settings: Settings, files: &Files) -> Result<(), Broken> {
    Laws { linter: linter(settings) }.bear(files)
}

/// Fails, as a fuzz target does, if a law is broken.
///
/// # Panics
///
/// If it is.
pub fn kept(result: Result<(), Broken>) {
    if let Err(broken) = result {
        panic!("{:?} is broken by {}\n{}", broken.law, broken.by, rewritten(&broken.texts));
    }
}
