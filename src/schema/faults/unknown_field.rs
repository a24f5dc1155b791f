//! Keys that the API does not know at their place.

use serde_json::Value;

use super::super::place::{PlaceInDocument, keys, note, property};
use super::super::{ShapeFault, ShapeRule};
use super::{Explainer, lowered};
use crate::document::{DocumentKind, ServiceForm};
use crate::finding::{Label, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::spelling::{is_respelled, nearest};
use crate::tree::Node;
use crate::words::listed;

impl<'d> Explainer<'d> {
    pub(super) fn unknown_field(&mut self, object: &PlaceInDocument<'d>, name: &str) -> Option<ShapeFault> {
        let (key, value) = object.node.members().find(|(key, _)| key.text() == name)?;
        let is_root = object.steps.is_empty();
        if is_root && self.is_response_field(name) {
            return None;
        }
        let fellows = self.fellows(object, name);
        if fellows.first().is_some_and(|first| first.index() != key.index()) {
            return None;
        }
        let noun = object.noun(self.kind);
        let label = Label::new(key.place(), format!("not a field of {noun}"));
        let mut problem = Problem::new(format!("unknown field `{name}` in {noun}"), label);
        let path = object.path();
        let input = if path.is_empty() { "input" } else { &path };
        if !self.kind.is_described() && self.kind != DocumentKind::Service(ServiceForm::Ecspresso) {
            problem =
                problem.aws_says(format!("Unknown parameter in {input}: \"{name}\", must be one of: …"));
        }
        if is_comment(name) {
            problem.message = format!("`{name}` is no field that AWS knows");
            problem.at.text = "JSON has no comments, and neither has the API".to_owned();
            problem = problem
                .at_most(Severity::Warning)
                .help("the AWS CLI refuses the file as it is; keep such words beside it, or strip them before deploying");
            if self.kind.is_scaling() {
                let fix = Fix::new(Safety::Safe, format!("delete `{name}`"), &[Change::Remove(value)]);
                problem = problem.fix(fix);
            }
        } else {
            self.misspelled.push(object.node.index());
            problem = self.suggest_field(problem, object, key);
        }
        if let (Some(home), [_, others @ ..]) = (self.missing_home(object, name), fellows.as_slice())
            && !others.is_empty()
        {
            let names = fellows.iter().map(|key| key.text());
            problem = problem
                .also_each(others.iter().map(|other| Label::new(other.place(), "nor this one")))
                .help(format!("{} belong in `{home}`, which is missing", listed(names)));
        }
        Some(ShapeFault { rule: ShapeRule::UnknownField, problem: lowered(problem, self.kind) })
    }

    /// Files pasted from a description are sent as input all the same, once the keys of the
    /// answer are stripped: what else stands in them counts.
    pub(super) fn is_task_definition(&self) -> bool {
        matches!(self.kind, DocumentKind::TaskDefinition(_))
    }

    /// Output of the API may hold more than its input takes.
    fn is_response_field(&self, name: &str) -> bool {
        let listed = self.schema.json.get("x-response-only").and_then(Value::as_array);
        (self.kind.is_described() && !self.is_task_definition())
            || listed.is_some_and(|keys| keys.iter().any(|key| key == name))
    }

    fn suggest_field(&mut self, problem: Problem, object: &PlaceInDocument<'d>, key: Node<'d>) -> Problem {
        let name = key.text();
        let rename = |problem: Problem, meant: &str, safety: Safety| {
            let fix =
                Fix::new(safety, format!("rename `{name}` to `{meant}`"), &[Change::Rename(key, meant)]);
            problem.fix(fix)
        };
        if let Some(twin) = keys(object.schema).find(|known| is_respelled(name, known)) {
            return problem.help(format!("the API spells it `{twin}`, which stands here too: keep that one"));
        }
        if let Some(meant) =
            note(object.schema, "x-key-aliases", name).filter(|meant| object.node.get(meant).is_none())
        {
            self.rename.push((key.index(), meant.to_owned()));
            return rename(problem, meant, Safety::Safe);
        }
        if let Some(hint) = note(object.schema, "x-key-hints", name) {
            return problem.help(hint);
        }
        let suggested = note(object.schema, "x-key-suggestions", name)
            .filter(|meant| object.node.get(meant).is_none())
            .or_else(|| {
                let free = keys(object.schema).filter(|known| object.node.get(known).is_none());
                nearest(name, free)
            });
        // A key that is right elsewhere is rather misplaced than misspelled.
        if let Some(home) = self.home_of(object, name) {
            return problem.help(format!("`{name}` belongs in {home}"));
        }
        match suggested {
            Some(meant) => {
                self.rename.push((key.index(), meant.to_owned()));
                rename(problem.help(format!("did you mean `{meant}`?")), meant, Safety::Shown)
            }
            None => problem.help(format!("ECS has no field of this name in {}", object.noun(self.kind))),
        }
    }

    /// The keys of an object that stand one step too high because of the same missing member: one
    /// slip, told once.
    fn fellows(&self, object: &PlaceInDocument<'d>, name: &str) -> Vec<Node<'d>> {
        let Some(home) = self.missing_home(object, name) else { return Vec::new() };
        let is_fellow = |key: &Node| self.missing_home(object, key.text()) == Some(home);
        object.node.members().map(|(key, _)| key).filter(is_fellow).collect()
    }

    /// The member of an object that is not written, and in which a key would be right.
    fn missing_home(&self, object: &PlaceInDocument<'d>, name: &str) -> Option<&'d str> {
        let is_known =
            |schema: &Value| schema.get("properties").is_some_and(|known| known.get(name).is_some());
        let is_explained =
            ["x-key-aliases", "x-key-hints"].iter().any(|notes| note(object.schema, notes, name).is_some());
        if is_comment(name)
            || is_explained
            || object.around.iter().any(|schema| is_known(schema))
            || property(object.schema, name).is_some()
        {
            return None;
        }
        let holds = |member: &&str| {
            object.node.get(member).is_none() && property(object.schema, member).is_some_and(is_known)
        };
        keys(object.schema).find(holds)
    }

    /// Where near an object a key would be right: around it, or in one of its members.
    fn home_of(&self, object: &PlaceInDocument<'d>, name: &str) -> Option<String> {
        for height in (0..object.around.len()).rev() {
            if object.around[height].get("properties").is_some_and(|known| known.get(name).is_some()) {
                let steps = object.steps[..height].to_vec();
                let around = PlaceInDocument { steps, ..object.clone() };
                return Some(format!("{}, not in {}", around.noun(self.kind), object.noun(self.kind)));
            }
        }
        keys(object.schema).find_map(|member| {
            let schema = property(object.schema, member)?;
            let holds =
                |schema: &Value| schema.get("properties").is_some_and(|known| known.get(name).is_some());
            if holds(schema) {
                Some(format!("`{member}`"))
            } else {
                schema.get("items").is_some_and(holds).then(|| format!("the entries of `{member}`"))
            }
        })
    }
}

/// Keys that people write because JSON has no comments.
fn is_comment(key: &str) -> bool {
    key.starts_with(['_', '#', '$']) || key.starts_with("//") || matches!(key, "comment" | "comments")
}
