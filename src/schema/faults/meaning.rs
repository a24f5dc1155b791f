//! What a key that the API does not know was meant to be.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use super::super::judge::{SchemaPart, tree_of};
use super::super::place::PlaceInDocument;
use super::super::text_of;
use super::Explainer;
use super::task_field::HOME;
use crate::document::DocumentKind;
use crate::spelling::{MOST_TO_COMPARE, is_respelled, lowered, nearest};
use crate::tree::{Node, Tree};

/// What a key was meant to be.
#[derive(Clone, Debug)]
pub(super) enum Meaning<'d> {
    /// A comment.
    Comment,
    /// The name of a schema, for an editor.
    SchemaName,
    /// Certainly this key.
    Alias(&'d str),
    /// Probably this key.
    Near(&'d str),
    /// This key, which is set already.
    Twin(&'d str, Node<'d>),
    /// This key, as another unknown key beside it.
    Rival(&'d str),
    /// Something else, and what to report about it.
    Hint(&'d str),
    /// A field of the task definition, which is set there.
    SetAround,
    /// A key that only the API has.
    OnlyInApi,
    /// A key of another object: where it belongs, in words.
    Misplaced(String),
    /// Unknown.
    Unknown,
}

impl Meaning<'_> {
    /// Whether the key is for people and their editors, which other tools may strip.
    pub(super) fn is_for_people(&self) -> bool {
        matches!(self, Meaning::Comment | Meaning::SchemaName)
    }

    /// Whether the intention is known: the key is not just newer than the model.
    pub(super) fn is_known(&self) -> bool {
        !matches!(self, Meaning::Comment | Meaning::SchemaName | Meaning::Unknown)
    }
}

impl<'d> Explainer<'d> {
    /// What a key that an object does not allow was meant to be.
    pub(super) fn meaning(&mut self, object: &PlaceInDocument<'d>, key: Node<'d>) -> Meaning<'d> {
        let name = key.text();
        if name == "$schema" {
            return Meaning::SchemaName;
        }
        if is_comment(name) {
            return Meaning::Comment;
        }
        let schema = object.schema;
        if schema.is_only_in_api(name) {
            return Meaning::OnlyInApi;
        }
        // The keys of the schemas are those of the API.
        let lowered = lowered(name);
        let is_raised = self.is_in_template() && !self.kind.is_scaling();
        let name = if is_raised { lowered.as_str() } else { name };
        if self.is_in_template() && object.steps.is_empty() && self.is_response_field(name) {
            return Meaning::Hint("AWS sets it: a template can only read it, with `Fn::GetAtt`");
        }
        if let Some(twin) = schema.keys().find(|known| is_respelled(name, known)) {
            return self.twin_or(object, twin, Meaning::Alias);
        }
        if let Some(meant) = schema.note_on_key("x-key-aliases", name) {
            return self.twin_or(object, meant, Meaning::Alias);
        }
        let of_task = self.task_field(object, name);
        if let Some(hint) = schema.note_on_key("x-key-hints", of_task.unwrap_or(name)) {
            return Meaning::Hint(hint);
        }
        if let Some(field) = of_task {
            return match self.name_if_set(field) {
                Some(_) => Meaning::SetAround,
                None => Meaning::Misplaced(HOME.to_owned()),
            };
        }
        if let Some(meant) = schema.note_on_key("x-key-suggestions", name) {
            return self.twin_or(object, meant, Meaning::Near);
        }
        // A key that is valid elsewhere is more likely misplaced than misspelled.
        if let Some(home) = self.home(object, name) {
            return Meaning::Misplaced(home);
        }
        if let Some(meant) = nearest(name, schema.keys()) {
            return self.twin_or(object, meant, Meaning::Near);
        }
        // An object that contains the free options of a driver has no other keys.
        if let Some(options) = schema.says("x-other-keys").and_then(Node::as_text) {
            return Meaning::Misplaced(format!("`{options}`"));
        }
        if let Some(hint) = hint_on_kind(schema, name) {
            return Meaning::Hint(hint);
        }
        Meaning::Unknown
    }

    fn twin_or(
        &mut self,
        object: &PlaceInDocument<'d>,
        meant: &'d str,
        otherwise: fn(&'d str) -> Meaning<'d>,
    ) -> Meaning<'d> {
        match self.children.member(object.node, meant) {
            Some((_, twin)) => Meaning::Twin(meant, twin),
            None => otherwise(meant),
        }
    }

    /// Where a key would be right: in an enclosing object, in one of this object's members, or in another
    /// document.
    fn home(&mut self, object: &PlaceInDocument<'d>, name: &str) -> Option<String> {
        let is_set_around = || {
            std::iter::successors(object.node.parent(), |node| node.parent())
                .any(|node| node.get(name).is_some())
        };
        for height in (0..object.around.len()).rev() {
            let around = object.around[height];
            if around.member(name).is_some() && !is_set_around() {
                let around = object.noun_of_step(height, self.kind);
                return Some(format!("{around}, not in {}", object.noun(self.kind)));
            }
        }
        let homes = self.homes.below(object.schema);
        if let Some(home) = homes.get(name) {
            let missing = home.member.filter(|member| self.children.member(object.node, member).is_none());
            let more = missing.map_or(String::new(), |_| ", which is missing".to_owned());
            return Some(format!("{}{more}", home.title()));
        }
        // `options` may belong in several objects, but beside `logDriver` it belongs where that does.
        let holds = |member: &str| object.schema.property(member)?.property(name).map(|_| member.to_owned());
        let is_ambiguous = object.schema.keys().any(|member| holds(member).is_some());
        // An object may have thousands of keys that belong nowhere.
        let beside = is_ambiguous.then(|| object.node.members().take(MOST_TO_COMPARE)).into_iter().flatten();
        let beside = beside.filter(|(key, _)| object.schema.property(key.text()).is_none());
        let homes = beside.filter_map(|(key, _)| homes.get(key.text()));
        let mut shared = homes.filter(|home| home.depth == 1).filter_map(|home| holds(home.member?));
        if let Some(member) = shared.next() {
            let is_missing = self.children.member(object.node, &member).is_none();
            return Some(format!("`{member}`{}", if is_missing { ", which is missing" } else { "" }));
        }
        let beside = documents_beside(self.kind).iter();
        let other = beside.copied().find(|(schema, _)| self.homes.holds(schema, name));
        other.map(|(_, noun)| noun.to_owned())
    }
}

/// Other documents that a key may belong to: the names of their schemas, and of their objects.
fn documents_beside(kind: DocumentKind) -> &'static [(&'static str, &'static str)] {
    match kind {
        DocumentKind::TaskDefinition(_) => &[("create-service", "the service that runs the task definition")],
        DocumentKind::ContainerDefinitions => &[
            ("task-definition", "the task definition"),
            ("create-service", "the service that runs the task definition"),
        ],
        DocumentKind::Service(_) => &[
            ("task-definition", "the task definition"),
            ("container-definitions", "a container definition of the task definition"),
            ("scalable-target", "a scalable target of Application Auto Scaling"),
        ],
        DocumentKind::ScalableTarget(_) => {
            &[("scaling-policy", "a scaling policy"), ("scheduled-action", "a scheduled action")]
        }
        DocumentKind::ScalingPolicy(_) | DocumentKind::ScheduledAction(_) => {
            &[("scalable-target", "the scalable target")]
        }
        _ => &[],
    }
}

/// Where a key is known below an object.
#[derive(Debug)]
pub(super) struct Home<'d> {
    /// The path to the object that has the key; `[]` for each item of a list.
    path: String,
    /// The member that the path begins with, if it is an object.
    member: Option<&'d str>,
    depth: usize,
    /// Whether another object at the same depth knows the key too.
    is_one_of_many: bool,
}

impl Home<'_> {
    fn title(&self) -> String {
        match self.path.strip_suffix("[]") {
            Some(list) => format!("the entries of `{list}`"),
            None => format!("`{}`", self.path),
        }
    }
}

/// The keys known below the objects of a document, gathered for those that have unknown keys.
#[derive(Default)]
pub(super) struct Homes<'d> {
    /// By the index of the schema of the object.
    below: HashMap<u32, HashMap<&'d str, Home<'d>>>,
    /// The schemas of other documents, by name.
    documents: HashMap<&'static str, Arc<Tree>>,
}

impl<'d> Homes<'d> {
    /// The keys of all objects below one, each with the nearest object that has it, if there is only one.
    fn below(&mut self, schema: SchemaPart<'d>) -> &HashMap<&'d str, Home<'d>> {
        self.below.entry(schema.node().index()).or_insert_with(|| {
            let mut homes = HashMap::new();
            for member in schema.keys() {
                let Some(own) = schema.property(member) else { continue };
                let object = own.names_members().then_some(member);
                gather(own, member, object, 1, &mut homes);
            }
            homes.retain(|_, home| !home.is_one_of_many);
            homes
        })
    }

    /// Whether the schema of another document, or of its items, has a key.
    fn holds(&mut self, name: &'static str, key: &str) -> bool {
        let text = text_of(name).unwrap_or_default();
        // Most are in none, and it takes long to parse one.
        if !text.contains(&format!("\"{key}\":")) {
            return false;
        }
        let mut schemas = self.documents.entry(name).or_insert_with(|| tree_of(text)).roots();
        schemas.any(|schema| schema.get("items").unwrap_or(schema).descend(["properties", key]).is_some())
    }
}

fn gather<'d>(
    schema: SchemaPart<'d>,
    path: &str,
    member: Option<&'d str>,
    depth: usize,
    homes: &mut HashMap<&'d str, Home<'d>>,
) {
    let (schema, path) = match schema.items() {
        Some(items) => (items, format!("{path}[]")),
        None => (schema, path.to_owned()),
    };
    for key in schema.keys() {
        let home = || Home { path: path.clone(), member, depth, is_one_of_many: false };
        match homes.entry(key) {
            Entry::Vacant(free) => drop(free.insert(home())),
            Entry::Occupied(mut taken) if taken.get().depth > depth => drop(taken.insert(home())),
            Entry::Occupied(mut taken) => taken.get_mut().is_one_of_many |= taken.get().depth == depth,
        }
        if let Some(own) = schema.property(key) {
            gather(own, &format!("{path}.{key}"), member, depth + 1, homes);
        }
    }
}

/// The hint for a key: `*` is any key, `awslogs-*` one that begins with that prefix.
fn hint_on_kind<'s>(schema: SchemaPart<'s>, name: &str) -> Option<&'s str> {
    let is_of = |kind: &str| kind.strip_suffix('*').is_some_and(|start| name.starts_with(start));
    schema.notes("x-key-hints").find(|(kind, _)| is_of(kind)).map(|(_, hint)| hint)
}

/// Keys that people use because JSON has no comments.
pub(super) fn is_comment(key: &str) -> bool {
    key.starts_with(['_', '#', '$']) || key.starts_with("//") || matches!(key, "comment" | "comments")
}
