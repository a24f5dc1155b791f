//! Fields that the API requires and that are missing.

use std::collections::BTreeMap;

use super::super::ShapeRule;
use super::super::place::{PlaceInDocument, Step};
use super::unknown_field::counted;
use super::{Explainer, Lacking, lowered, template};
use crate::document::{DocumentKind, Door, ServiceForm};
use crate::finding::{Label, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::source::Place;
use crate::tree::{Kind, Node};
use crate::words::listed;

/// More empty entries of one list than this are counted, not shown.
const SHOWN: usize = 8;

impl<'d> Explainer<'d> {
    /// Reports the fields that objects must have but do not, or have as `null` or as an empty value.
    /// Everything that one object lacks is one fault, and so are the empty entries of one list.
    pub(super) fn missing_fields(&mut self, missing: impl Iterator<Item = Lacking<'d>>) {
        let mut empty: BTreeMap<u32, Vec<Lacking>> = BTreeMap::new();
        for lacking in missing {
            let is_item = matches!(lacking.object.steps.last(), Some(Step::Item(_)));
            match lacking.object.parent {
                Some(list) if is_item && self.is_empty(&lacking.object) => {
                    empty.entry(list.index()).or_default().push(lacking);
                }
                _ => self.missing_fields_of(&lacking, &[]),
            }
        }
        for entries in empty.into_values() {
            if let [first, others @ ..] = entries.as_slice() {
                self.missing_fields_of(first, others);
            }
        }
    }

    fn missing_fields_of(&mut self, Lacking { object, keys }: &Lacking<'d>, alike: &[Lacking<'d>]) {
        let is_elsewhere = self.is_output()
            || (object.steps.is_empty() && self.kind == DocumentKind::Service(ServiceForm::Ecspresso));
        if self.is_left_to_terraform(object) || is_elsewhere || object.node.is_incomplete() {
            return;
        }
        let may_be_misspelled = !self.is_whole(object) && self.misspelled.contains(&object.node.index());
        let is_renamed = |name: &str| self.renamed.contains(&(object.node.index(), name.to_owned()));
        let is_missing = |name: &&str| {
            let is_set = object.node.get(name).is_some();
            !object.node.is_filled(name) && (is_set || !(may_be_misspelled || is_renamed(name)))
        };
        let names: Vec<&str> = keys.iter().map(String::as_str).filter(is_missing).collect();
        if names.is_empty() {
            return;
        }
        self.absent.extend(names.iter().filter_map(|name| Some(object.node.get(name)?.index())));
        let mut problem = self.absence(object, alike, &names);
        let most = names.iter().map(|name| self.most_severe_absence(object, name)).max();
        if let Some(severity) = most.filter(|severity| *severity < Severity::Error) {
            problem = lowered(problem, severity);
        }
        if *names == ["family"] && self.may_be_of_prefect() {
            problem = lowered(problem, Severity::Warning);
        }
        self.tell(ShapeRule::MissingField, problem);
    }

    fn absence(&self, object: &PlaceInDocument<'d>, alike: &[Lacking<'d>], names: &[&str]) -> Problem {
        let noun = object.noun(self.kind);
        let shown = listed(names.iter().copied());
        let set: Vec<(&str, Node)> =
            names.iter().filter_map(|name| Some((*name, object.node.get(name)?))).collect();
        let label = |(name, value): &(&str, Node<'d>)| match value.kind() {
            Kind::Text | Kind::List => Label::new(value.place(), format!("`{name}` is empty")),
            _ => Label::new(value.key().unwrap_or(*value).place(), "`null` counts as missing"),
        };
        let problem = if self.is_empty(object) {
            let others = alike.iter().take(SHOWN).map(|one| self.title_of(&one.object));
            let message = match alike.len() {
                0 => format!("{noun} is empty, but must have {shown}"),
                more => format!("{} are empty, but must have {shown}", counted(&noun, more + 1)),
            };
            Problem::new(message, Label::new(self.title_of(object), "nothing is set in it"))
                .also_each(others.map(|place| Label::new(place, "")))
        } else if set.len() == names.len() {
            let message = match set.as_slice() {
                [(name, value)] if value.kind() != Kind::Null => format!("`{name}` must not be empty"),
                _ => format!("{noun} must have {shown}"),
            };
            let mut labels = set.iter().map(label);
            let first = labels.next().expect("something is missing");
            Problem::new(message, first).also_each(labels)
        } else {
            let absent = names.iter().filter(|name| object.node.get(name).is_none());
            let lacks = format!("lacks {}", listed(absent.copied()));
            Problem::new(format!("{noun} must have {shown}"), Label::new(self.title_of(object), lacks))
                .also_each(set.iter().map(label))
        };
        let problem = problem.says_if(self.reply(object, names));
        self.with_way_out(problem, object, alike, names, set.len() == names.len())
    }

    fn with_way_out(
        &self,
        problem: Problem,
        object: &PlaceInDocument<'d>,
        alike: &[Lacking<'d>],
        names: &[&str],
        is_set: bool,
    ) -> Problem {
        let shown = listed(names.iter().copied());
        if !self.is_empty(object) {
            // For an image in ECR, AWS rejects the whole.
            if names == ["credentialsParameter"] && is_set {
                return problem.help(
                    "for an image in ECR or a public one, delete `repositoryCredentials`; for another, set \
                     `credentialsParameter` to the ARN of a secret",
                );
            }
            let verb = if is_set { "set" } else { "add" };
            // Who calls the CLI may pass the family beside the file.
            let or_pass = if names == ["family"] && self.root.tree().door == Door::Api && !is_set {
                ", or pass `--family` on the command line"
            } else {
                ""
            };
            return problem.help(format!("{verb} {shown}{or_pass}"));
        }
        let what = match (object.steps.last(), alike.is_empty()) {
            (Some(Step::Key(key)), _) => format!("`{key}`"),
            (_, true) => "this entry".to_owned(),
            (_, false) => "these entries".to_owned(),
        };
        let problem = problem.help(format!("add {shown}, or delete {what}"));
        if object.is_demanded() || object.parent == Some(object.node) {
            return problem;
        }
        let nodes = std::iter::once(object.node).chain(alike.iter().map(|one| one.object.node));
        let changes: Vec<Change> = nodes.map(Change::Remove).collect();
        problem.fix(Fix::new(Safety::Safe, format!("delete {what}"), &changes))
    }

    /// The first error of the API or its client, as far as it is known.
    fn reply(&self, object: &PlaceInDocument<'d>, names: &[&str]) -> Option<String> {
        if self.is_in_template() {
            let absent = names.iter().filter(|name| object.node.get(name).is_none());
            if let Some(reply) = absent.clone().find_map(|name| template::required(object, name)) {
                return Some(reply);
            }
        }
        let recorded = |name: &&str| self.words(object, &format!("required/{name}"));
        if let Some(reply) = names.iter().find_map(recorded) {
            return Some(reply);
        }
        let path = object.path();
        let reply = |name: &&str| match object.node.get(name) {
            None if self.is_in_template() || self.is_in_module() => None,
            None => Some(format!("Missing required parameter in {path}: \"{name}\"")),
            Some(value) if value.kind() == Kind::Null => {
                let place = object.step(Step::Key(name), value)?;
                super::leftover_null::reply(&place)
            }
            Some(value) => {
                let place = object.step(Step::Key(name), value)?;
                self.words(&place, if value.kind() == Kind::List { "minItems" } else { "minLength" })
            }
        };
        names.iter().find_map(reply)
    }

    /// The severity of a missing field.
    fn most_severe_absence(&self, object: &PlaceInDocument<'d>, name: &str) -> Severity {
        // Deployers drop empty values.
        if self.is_empty(object) {
            return Severity::Warning;
        }
        let of_absence = object.schema.note("x-severity", &format!("required/{name}"));
        let of_emptiness = || {
            object.node.get(name)?;
            object.schema.property(name)?.note("x-severity", "empty")
        };
        of_absence.or_else(of_emptiness).and_then(|name| name.parse().ok()).unwrap_or(Severity::Error)
    }

    /// Whether an object is empty and may be empty.
    fn is_empty(&self, object: &PlaceInDocument<'d>) -> bool {
        object.node.is_absent() && !self.is_whole(object)
    }

    /// What to underline if something is missing: the key of the object, its name, or its head.
    fn title_of(&self, object: &PlaceInDocument<'d>) -> Place {
        if let Some(key) = object.node.key() {
            return key.place();
        }
        let names = ["name", "containerName", "family", "serviceName", "key"];
        let name = names.iter().find_map(|key| object.node.get(key));
        match name.filter(|name| name.kind() == Kind::Text) {
            Some(name) => name.place(),
            None => object.node.head(),
        }
    }
}
