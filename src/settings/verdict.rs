//! The stage between linting and the report.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::Settings;
use super::baseline::{BASELINE_FILE, Baseline};
use super::by_path::OnPaths;
use super::comment::{Comment, Comments};
use super::exemption::Exemption;
use super::file::File;
use super::pattern::Glob;
use super::selection::{Selection, enables};
use crate::finding::{Finding, Label, Problem, RuleId, Site};
use crate::inputs::{Input, Remark};
use crate::rule::Rule;
use crate::rules::Registry;
use crate::source::{Source, SourceId};
use crate::words::listed;

/// Entries of `ignore` that nothing fits.
const UNUSED: &str = "unused-ignore";
/// Entries of `ignore` whose last day has passed.
const EXPIRED: &str = "expired-ignore";

/// What becomes of findings.
#[derive(Debug, Default)]
pub struct Verdict {
    /// Those that are shown, with the severities that the settings give them.
    pub shown: Vec<Finding>,
    /// What is to be said of the settings themselves, with their texts.
    pub of_settings: Vec<(Finding, Arc<Source>)>,
    /// Those that are ignored.
    pub ignored: Vec<Finding>,
    /// How many the baselines contain.
    pub baselined: usize,
    /// What is to be said of the baselines.
    pub remarks: Vec<Remark>,
    /// Whether one that is shown fails the run.
    pub has_failing: bool,
}

/// The baselines of a run, from which each finding is taken once.
struct Baselines<'s> {
    settings: &'s Settings,
    /// By the name of the settings file; without a name, the one that the command line names.
    left: BTreeMap<&'s str, Baseline>,
}

impl<'s> Baselines<'s> {
    fn of(settings: &'s Settings) -> Baselines<'s> {
        let left = match &settings.baseline {
            _ if !settings.ignores => BTreeMap::new(),
            Some(baseline) => BTreeMap::from([("", baseline.clone())]),
            None => {
                let of_files = settings.files.iter();
                of_files.filter_map(|(name, file)| Some((name.as_str(), file.baseline.clone()?))).collect()
            }
        };
        Baselines { settings, left }
    }

    /// Whether what a rule has found at a site is in the baseline of its input.
    fn take(&mut self, site: &Site, rule: &Rule, input: &Input) -> bool {
        let baseline = self.left.get_mut(self.name(input));
        baseline.is_some_and(|baseline| baseline.take(&input.path, rule.id, &site.named_pointer))
    }

    /// The name of the baseline that an input belongs to.
    fn name<'i>(&self, input: &'i Input) -> &'i str {
        let of_file = input.settings.as_deref().filter(|_| self.settings.baseline.is_none());
        of_file.unwrap_or_default()
    }

    /// What to say of entries that match nothing any more in the files that were linted.
    fn remarks(&self, inputs: &[Input]) -> Vec<Remark> {
        // Of rules that did not run nothing is known.
        if self.settings.chosen != Selection::default() {
            return Vec::new();
        }
        let remark = |(name, baseline): (&&str, &Baseline)| {
            let is_of = |input: &&Input| input.role.is_asked() && self.name(input) == *name;
            let linted: BTreeSet<&str> =
                inputs.iter().filter(is_of).map(|input| input.path.as_str()).collect();
            let stale = baseline.count(|path| linted.contains(path));
            let entries = if stale == 1 { "1 finding is" } else { &format!("{stale} findings are") };
            let reason = format!("{entries} no longer there: `ecs-lint baseline` removes what is gone");
            (stale > 0).then(|| Remark::new(BASELINE_FILE, reason))
        };
        self.left.iter().filter_map(remark).collect()
    }
}

/// What ignores findings, and which of it has.
struct Ignores<'s> {
    settings: &'s Settings,
    comments: Comments<'s>,
    used_comments: BTreeSet<usize>,
    /// Entries, each with the settings that it is in.
    used: BTreeSet<(SourceId, usize)>,
}

impl Ignores<'_> {
    /// Whether a comment or an entry is about what a rule has found at a site of an input.
    fn hold(&mut self, site: &Site, document: Option<&str>, rule: &Rule, input: &Input) -> bool {
        let on_line = self.comments.on_line_of(site.at);
        let comments: Vec<usize> =
            on_line.iter().filter(|(_, comment)| comment.is_about(rule)).map(|(at, _)| *at).collect();
        let mut holds = !comments.is_empty();
        self.used_comments.extend(comments);
        let Some(file) = self.settings.file(input) else { return holds };
        for (at, entry) in file.ignores.about(site, document, &input.path) {
            if !entry.has_expired(self.settings.today) && entry.is_about(rule) {
                self.used.insert((file.source.id, at));
                holds = true;
            }
        }
        holds
    }
}

impl Settings {
    /// Decides what becomes of the findings of a run over some inputs, in which there are comments
    /// that ignore findings. `input` gives the input of a source.
    pub fn verdict<'i>(
        &self,
        findings: Vec<Finding>,
        comments: &[Comment],
        inputs: &'i [Input],
        input: impl Fn(SourceId) -> &'i Input,
        registry: &Registry,
    ) -> Verdict {
        let mut verdict = Verdict::default();
        let mut baselines = Baselines::of(self);
        let has_entries = self.files.values().any(|file| !file.ignores.is_empty());
        let knows_findings =
            self.ignores && (has_entries || !baselines.left.is_empty() || !comments.is_empty());
        let mut ignores = Ignores {
            settings: self,
            comments: Comments::of(comments),
            used_comments: BTreeSet::new(),
            used: BTreeSet::new(),
        };
        for mut finding in findings {
            let rule = registry.get(finding.rule);
            let own = input(finding.problem.at.at.source);
            let file = self.file(own);
            if let Some(file) = file {
                if !self.enables(rule, own) {
                    continue;
                }
                if let Some(severity) = file.rules.get(rule.id).and_then(|settings| settings.severity) {
                    // What is less certain than the rest of its rule stays so.
                    let is_lowered = finding.severity < rule.severity;
                    finding.severity = if is_lowered { finding.severity.min(severity) } else { severity };
                }
            }
            if knows_findings {
                // Each place has to be known, and what was seen from the other file is known there.
                let (sites, document) = (finding.sites(), finding.document.as_deref());
                let turned = finding.turned_from.as_ref().map(|site| (site, input(site.at.source)));
                let left: Vec<&Site> =
                    sites.iter().filter(|site| !ignores.hold(site, document, rule, own)).collect();
                if left.is_empty()
                    || turned.is_some_and(|(site, other)| ignores.hold(site, None, rule, other))
                {
                    verdict.ignored.push(finding);
                    continue;
                }
                let unknown = left.iter().filter(|site| !baselines.take(site, rule, own)).count();
                if unknown == 0 || turned.is_some_and(|(site, other)| baselines.take(site, rule, other)) {
                    verdict.baselined += 1;
                    continue;
                }
            }
            verdict.has_failing |= finding.severity >= self.fail_on(file);
            verdict.shown.push(finding);
        }
        verdict.remarks = baselines.remarks(inputs);
        if self.ignores {
            for (_, comment) in
                ignores.comments.0.iter().filter(|(at, _)| !ignores.used_comments.contains(at))
            {
                self.judge_comment(comment, input(comment.source.id), registry, &mut verdict);
            }
            self.judge_ignores(inputs, &ignores.used, registry, &mut verdict);
        }
        verdict
    }

    /// Judges a comment that has ignored nothing.
    fn judge_comment(&self, comment: &Comment, input: &Input, registry: &Registry, verdict: &mut Verdict) {
        let id = registry.find(UNUSED).expect("each rule about settings has a file");
        let mut rules = registry.rules().filter(|(_, rule)| comment.is_about(rule));
        if !rules.any(|(_, rule)| self.enables(rule, input)) || !self.enables(registry.get(id), input) {
            return;
        }
        let names = listed(comment.names.iter().map(String::as_str));
        let problem = Problem::new(
            format!("this comment ignores nothing: {names} has no finding on its line"),
            Label::new(comment.at, "matches no finding"),
        );
        let finding = about_settings(self.file(input), id, problem.help("delete the comment"), registry);
        verdict.has_failing |= finding.severity >= self.fail_on(self.file(input));
        verdict.shown.push(finding);
    }

    /// Judges the entries of `ignore` that are about what was linted.
    fn judge_ignores(
        &self,
        inputs: &[Input],
        used: &BTreeSet<(SourceId, usize)>,
        registry: &Registry,
        verdict: &mut Verdict,
    ) {
        // By the settings that are in force, then by path.
        let mut linted: BTreeMap<&str, BTreeMap<&str, &Input>> = BTreeMap::new();
        for input in inputs.iter().filter(|input| input.role.is_asked()) {
            let inputs = linted.entry(input.settings.as_deref().unwrap_or_default()).or_default();
            inputs.insert(&input.path, input);
        }
        for (name, file) in &self.files {
            let Some(inputs) = linted.get(name.as_str()) else { continue };
            let mut judged = HashMap::new();
            for (at, entry) in file.ignores.iter().enumerate() {
                let concerned = || {
                    let beginning = entry.path.as_ref().map_or("", Glob::beginning);
                    let near =
                        inputs.range(beginning..).take_while(move |(path, _)| path.starts_with(beginning));
                    near.filter(|(path, _)| entry.is_on(path)).map(|(_, input)| *input)
                };
                let (id, problem) = if entry.has_expired(self.today) {
                    (EXPIRED, expired(entry).filter(|_| concerned().next().is_some()))
                } else if used.contains(&(file.source.id, at)) {
                    continue;
                } else {
                    // Entries for one path may be many.
                    let key = (entry.path.as_ref().map(Glob::as_str), &entry.names);
                    let is_judged = *judged
                        .entry(key)
                        .or_insert_with(|| self.is_judged(file, entry, concerned(), registry));
                    (UNUSED, is_judged.then(|| unused(entry)))
                };
                let rule = registry.find(id).expect("each rule about settings has a file");
                // No override is about the settings file itself.
                let is_enabled = enables(registry.get(rule), [&file.selection], &self.chosen);
                if let Some(problem) = problem.filter(|_| is_enabled) {
                    let finding = about_settings(Some(file), rule, problem, registry);
                    verdict.has_failing |= finding.severity >= self.fail_on(Some(file));
                    verdict.of_settings.push((finding, Arc::clone(&file.source)));
                }
            }
        }
    }

    /// Whether what an entry is about was linted so far that it would have been used.
    fn is_judged<'i>(
        &self,
        file: &File,
        entry: &Exemption,
        mut inputs: impl Iterator<Item = &'i Input>,
        registry: &Registry,
    ) -> bool {
        let is_seen = file.is_whole || entry.path.as_ref().is_some_and(Glob::is_literal);
        let rules: Vec<&Rule> =
            registry.rules().map(|(_, rule)| rule).filter(|rule| entry.is_about(rule)).collect();
        is_seen && inputs.any(|input| rules.iter().any(|rule| self.enables(rule, input)))
    }
}

/// A finding in a settings file.
fn about_settings(file: Option<&File>, id: RuleId, problem: Problem, registry: &Registry) -> Finding {
    let rule = registry.get(id);
    let severity = file.and_then(|file| file.rules.get(rule.id)).and_then(|settings| settings.severity);
    Finding {
        rule: id,
        severity: severity.unwrap_or(rule.severity),
        problem,
        aws_says: None,
        pointer: String::new(),
        named_pointer: String::new(),
        document: None,
        format: None,
        address: None,
        repeated: Vec::new(),
        turned_from: None,
    }
}

fn unused(entry: &Exemption) -> Problem {
    let names = listed(entry.names.iter().map(String::as_str));
    let place = entry.path.as_ref().map_or(String::new(), |glob| format!(" in `{}`", glob.as_str()));
    Problem::new(
        format!("this entry ignores nothing: {names} has no such finding{place}"),
        Label::new(entry.at, "matches no finding"),
    )
    .help("delete the entry")
}

fn expired(entry: &Exemption) -> Option<Problem> {
    let (last, at) = entry.expires?;
    let problem = Problem::new(
        format!("this entry expired on {last}, so it no longer ignores anything"),
        Label::new(at, "this day has passed"),
    );
    Some(problem.help("fix what it was for and delete it, or set a later date"))
}
