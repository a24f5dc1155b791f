//! A second look at documents that parameters, variables and conditions decide: with their defaults, and with each
//! condition true and false. What only shows then is a warning at most and says what it rests on.

use std::cell::Cell;
use std::collections::{BTreeSet, HashMap, HashSet};

use super::Linter;
use super::listing::Listing;
use super::reading::{Judged, Reading};
use super::reporter::{BySource, Reporter, innermost};
use super::threads::Threads;
use crate::adapt::{Assumptions, Decided, DefaultValue};
use crate::document::Document;
use crate::finding::{Category, Finding, Label, RuleId, Severity};
use crate::inputs::Input;
use crate::pointer::named_pointer;
use crate::source::{Cut, Place};
use crate::words::listed;

/// How many values are looked at again in a template or a module, if something else is assumed each time: so many,
/// and so many times those that it has.
const MOST_VALUES: [usize; 2] = [50_000, 8];

/// To walk through so many values takes as long as to judge one.
const WALK: usize = 32;

/// If the readings with each condition true and false would look at more values than this, each looks only at the
/// resources that the condition decides about.
const MOST_WITH_ALL: usize = 5_000;

/// Of more defaults than this, none is named.
const MOST_NAMED: usize = 3;

/// The keys of what documents and the parts of documents are called.
const NAMES: &[&str] =
    &["Family", "Name", "PolicyName", "ScheduledActionName", "ServiceName", "family", "name"];

/// What is found if something is assumed.
pub(super) struct Seen {
    /// The findings.
    pub findings: Vec<Finding>,
    /// What inputs of the user decide.
    pub decided: Decided,
    /// How many values have been looked at.
    values: usize,
    /// The addresses of the documents, with everything that declares them.
    documents: Vec<(Place, String)>,
}

impl Seen {
    /// The addresses of the documents that a finding points into.
    fn around(&self, finding: &Finding) -> BTreeSet<String> {
        let problem = &finding.problem;
        let places = || std::iter::once(&problem.at).chain(&problem.also).map(|label| label.at);
        let holds = |extent: &Place| {
            places().any(|place| place.source == extent.source && extent.span.holds(place.span))
        };
        self.documents
            .iter()
            .filter(|(extent, _)| holds(extent))
            .map(|(_, address)| address.clone())
            .collect()
    }
}

/// What a finding rests on.
enum Ground<'n> {
    /// The defaults of these parameters or variables.
    Defaults(Vec<&'n str>),
    /// A condition that is true or false.
    Condition(&'n str, bool),
}

impl Linter {
    /// The findings of a second look. `decided` is what inputs of the user decide, as far as it has been seen without
    /// assumptions. `look` judges the documents that some assumptions change, or all if they change none.
    pub(super) fn assume(&self, decided: &Decided, look: &dyn Fn(&Assumptions) -> Seen) -> Vec<Finding> {
        if decided.is_empty() {
            return Vec::new();
        }
        let seen = look(&Assumptions::all_defaults());
        let [some, times] = MOST_VALUES;
        let left = Cell::new(some + times * seen.values);
        let mut second = SecondLook {
            linter: self,
            look,
            left,
            cheapest: seen.values / WALK + 1,
            known: None,
            known_pointers: HashMap::new(),
            told: Vec::new(),
        };
        second.at_defaults(&seen, decided);
        let mut decided = decided.clone();
        decided.merge(seen.decided);
        second.at_conditions(&decided, seen.values);
        second.told
    }

    /// What is found in some documents, by themselves and together, as far as it may rest on what is assumed.
    pub(super) fn look(&self, files: &[(&Input, Vec<Judged>)], decided: Decided) -> Seen {
        let documents = || files.iter().flat_map(|(_, judged)| judged).map(|(document, _)| document);
        let is_meant = match documents().any(|document| document.is_assumed) {
            true => |document: &Document| document.is_assumed,
            false => |_: &Document| true,
        };
        let mut findings = Vec::new();
        let by_source = BySource::new(documents());
        for (input, judged) in files {
            let mut reporter = Reporter::new(self, input);
            self.check_documents(judged.iter().filter(|(document, _)| is_meant(document)), &mut reporter);
            findings.extend(reporter.findings);
        }
        findings.iter_mut().for_each(|finding| by_source.describe(finding, self));
        let readings = files.iter().map(|(_, judged)| {
            let documents = judged.iter().map(|(document, _)| document.clone()).collect();
            Ok(Reading { documents, may_hold_more: true, ..Reading::default() })
        });
        let inputs = Listing::new(files.iter().map(|(input, _)| *input).collect());
        let readings: Vec<_> = readings.collect();
        let joined = self.join_about(&inputs, &readings, Threads::Exactly(1), is_meant);
        findings.extend(joined.findings);
        let values = files.iter().filter_map(|(_, judged)| Some(judged.first()?.0.tree().nodes.len())).sum();
        let place = |document: &Document| document.tree().source.place(document.extent());
        let address = |document: &Document| Some((place(document), document.address.as_ref()?.id.clone()));
        Seen { findings, decided, values, documents: documents().filter_map(address).collect() }
    }

    /// Whether a finding is about a credential that is published, whatever else an input may be.
    pub(super) fn is_published(&self, finding: &Finding) -> bool {
        let rule = self.registry.get(finding.rule);
        rule.category == Category::Security && finding.severity == Severity::Error
    }
}

/// What a finding is about, in whatever words.
pub(super) fn subject(finding: &Finding) -> (RuleId, Place) {
    (finding.rule, finding.problem.at.at)
}

/// The pointers of what a value at a pointer belongs to: what contains it, and of a name a resource of CloudFormation
/// around that, too. A value that is chosen is in a choice.
fn objects_around(pointer: &str) -> impl Iterator<Item = &str> {
    let above = |pointer: &'_ str| pointer.rsplit_once('/').map(|(object, _)| object.len());
    let object = above(pointer).map(|end| pointer.cut(..end));
    let outer = object.and_then(|object| Some(object.cut(..above(object)?)));
    let of_name = object.filter(|_| pointer.rsplit('/').take(2).any(|key| NAMES.contains(&key)));
    let resource = of_name.and_then(|object| object.strip_suffix("/Properties"));
    [object, outer.filter(|outer| !outer.is_empty()), resource].into_iter().flatten()
}

fn is_error(finding: &Finding) -> bool {
    finding.severity == Severity::Error
}

struct SecondLook<'l> {
    linter: &'l Linter,
    look: &'l dyn Fn(&Assumptions) -> Seen,
    /// How many values may still be looked at.
    left: Cell<usize>,
    /// What a look costs at least, however little it looks at: all of the text is walked through.
    cheapest: usize,
    /// The subjects of what is found without any assumption, once that matters, and of what has been told.
    known: Option<HashSet<(RuleId, Place)>>,
    /// The pointers of what is found without any assumption, by its rule.
    known_pointers: HashMap<RuleId, HashSet<String>>,
    told: Vec<Finding>,
}

impl SecondLook<'_> {
    /// What is found under some assumptions; `None` if too much has been looked at.
    fn see(&self, assumptions: &Assumptions) -> Option<Seen> {
        let left = self.left.get();
        (left > 0).then(|| {
            let seen = (self.look)(assumptions);
            self.left.set(left.saturating_sub(seen.values.max(self.cheapest)));
            seen
        })
    }

    /// Tells what is found if all parameters have their defaults, unless each caller sets some of them.
    fn at_defaults(&mut self, seen: &Seen, decided: &Decided) {
        for finding in seen.findings.iter().filter(|finding| is_error(finding)) {
            if !self.is_new(finding) {
                continue;
            }
            // The documents that it points into are most often enough to see it.
            let here = seen.around(finding);
            if let Some((finding, needed)) =
                self.grounds(finding, Some(&here)).or_else(|| self.grounds(finding, None))
            {
                if !decided.may_have_defaults(&needed) && !self.linter.is_published(&finding) {
                    continue;
                }
                let needed = needed.iter().map(String::as_str).collect();
                self.tell(finding, &Ground::Defaults(needed), &seen.decided);
            }
        }
    }

    /// The defaults that a finding rests on, and the finding as it is if nothing else is assumed. `None` if it is not
    /// found in these documents.
    fn grounds(&self, finding: &Finding, only: Option<&BTreeSet<String>>) -> Option<(Finding, Vec<String>)> {
        let find = |assumptions: Assumptions| {
            let seen = self.see(&assumptions.only(only))?;
            let found = seen.findings.into_iter().find(|other| subject(other) == subject(finding))?;
            Some((found, seen.decided))
        };
        let (found, decided) = find(Assumptions::all_defaults())?;
        let names: Vec<&str> = decided.defaults.keys().map(String::as_str).collect();
        // Without any default it was not found.
        if let [only] = names.as_slice() {
            return Some((found, vec![(*only).to_owned()]));
        }
        let with = |names: &[&str]| find(Assumptions::defaults(names.iter().copied()));
        let needed = least(&names, &|names| with(names).is_some());
        // Its words must not depend on any other default.
        let (finding, _) = with(&needed).filter(|_| !needed.is_empty())?;
        Some((finding, needed.into_iter().map(str::to_owned).collect()))
    }

    /// Tells what is found if a condition is true, and if it is false. There are so many values in all documents.
    fn at_conditions(&mut self, decided: &Decided, values: usize) {
        let is_much = 2 * decided.conditions.len() * values > MOST_WITH_ALL;
        for (name, asked) in &decided.conditions {
            for is_true in [true, false] {
                let only = is_much.then_some(&asked.by);
                let Some(seen) = self.see(&Assumptions::condition(name, is_true).only(only)) else { return };
                for finding in seen.findings.into_iter().filter(is_error) {
                    if self.is_new(&finding) {
                        self.tell(finding, &Ground::Condition(name, is_true), decided);
                    }
                }
            }
        }
    }

    /// Whether something has not been told yet. It has from now on.
    fn is_new(&mut self, finding: &Finding) -> bool {
        if self.known.is_none() {
            let findings = self.see(&Assumptions::defaults([])).map(|seen| seen.findings);
            for finding in findings.iter().flatten() {
                self.known_pointers.entry(finding.rule).or_default().insert(finding.pointer.clone());
            }
            self.known = findings.map(|findings| findings.iter().map(subject).collect());
        }
        // What is wrong with an object is underlined where it begins, or where what decides is once that is known.
        let known = self.known_pointers.get(&finding.rule);
        if known.is_some_and(|known| objects_around(&finding.pointer).any(|object| known.contains(object))) {
            return false;
        }
        self.known.as_mut().is_some_and(|known| known.insert(subject(finding)))
    }

    /// Says what a finding rests on.
    fn tell(&mut self, mut finding: Finding, ground: &Ground, decided: &Decided) {
        let is_published = self.linter.is_published(&finding);
        if let Ground::Defaults(names) = ground {
            let is_secret = names.iter().any(|name| decided.defaults[*name].is_secret);
            if is_secret && !is_published {
                return;
            }
        }
        let problem = &mut finding.problem;
        problem.message = format!("{}, {}", ground.clause(), problem.message);
        problem.make_conditional();
        match ground {
            Ground::Defaults(names) if is_published => {
                let mut defaults = names.iter().map(|name| &decided.defaults[*name]);
                problem.concealed = defaults.clone().map(|default| default.at).collect();
                if let Some(default) = defaults.next() {
                    stand_at(&mut finding, default);
                }
            }
            Ground::Defaults(names) if names.len() > MOST_NAMED => {}
            Ground::Defaults(names) => {
                let label =
                    |name: &&str| Label::new(decided.defaults[*name].at, format!("the default of `{name}`"));
                problem.also.extend(names.iter().map(label));
            }
            Ground::Condition(name, is_true) => {
                problem.also.push(Label::new(decided.conditions[*name].at, format!("if this is {is_true}")));
            }
        }
        if !is_published {
            finding.severity = finding.severity.min(Severity::Warning);
        }
        self.told.push(finding);
    }
}

/// Moves a finding about a credential to the default that is one.
fn stand_at(finding: &mut Finding, default: &DefaultValue) {
    let used = std::mem::replace(&mut finding.problem.at.at, default.at);
    finding.problem.also = vec![Label::new(used, "used here")];
    if let Some(node) = innermost(default.tree.written(), default.at.span) {
        finding.pointer = node.pointer();
        finding.named_pointer = named_pointer(node);
    }
}

impl Ground<'_> {
    /// The beginning of a sentence about what rests on it.
    fn clause(&self) -> String {
        match self {
            Ground::Defaults(names) if names.len() > MOST_NAMED => format!("with {} defaults", names.len()),
            Ground::Defaults(names) => {
                let noun = if names.len() == 1 { "default" } else { "defaults" };
                format!("with the {noun} of {}", listed(names.iter().copied()))
            }
            Ground::Condition(name, is_true) => format!("if `{name}` is {is_true}"),
        }
    }
}

/// A smallest part of some names that is enough, if all of them are. Half of them at a time are left out.
fn least<'n>(names: &[&'n str], is_enough: &dyn Fn(&[&'n str]) -> bool) -> Vec<&'n str> {
    if is_enough(&[]) { Vec::new() } else { least_with(&[], false, names, is_enough) }
}

/// A smallest part of some names that is enough together with others. `has_grown` tells whether these have grown since
/// they were last tried.
fn least_with<'n>(
    others: &[&'n str],
    has_grown: bool,
    names: &[&'n str],
    is_enough: &dyn Fn(&[&'n str]) -> bool,
) -> Vec<&'n str> {
    if has_grown && is_enough(others) {
        return Vec::new();
    }
    if names.len() <= 1 {
        return names.to_vec();
    }
    let (one, other) = names.split_at(names.len() / 2);
    let of_other = least_with(&[others, one].concat(), !one.is_empty(), other, is_enough);
    let of_one = least_with(&[others, of_other.as_slice()].concat(), !of_other.is_empty(), one, is_enough);
    [of_one, of_other].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_is_found() {
        let names = ["a", "b", "c", "d", "e", "f", "g"];
        for wanted in [vec!["a"], vec!["g"], vec!["b", "e"], vec!["a", "d", "g"], names.to_vec()] {
            let is_enough = |names: &[&str]| wanted.iter().all(|name| names.contains(name));
            assert_eq!(least(&names, &is_enough), wanted);
        }
        let either = |names: &[&str]| names.contains(&"b") || names.contains(&"f");
        assert_eq!(least(&names, &either).len(), 1);
        assert_eq!(least(&names, &|_| true), Vec::<&str>::new());
    }
}
