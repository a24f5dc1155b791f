//! Faults of shape in our words: what is wrong, where exactly, what AWS would reply, and what to use instead.

mod comment;
mod conversion;
mod invalid_value;
mod leftover_null;
mod meaning;
mod missing_field;
mod respell;
mod secretive;
mod task_field;
mod template;
mod unknown_field;
mod wrong_type;

use std::collections::{BTreeMap, HashSet};

use super::broken::Broken;
use super::children::Children;
use super::judge::SchemaPart;
use super::place::{PlaceInDocument, Step};
use super::validator::Validator;
use super::{FieldAround, ShapeFault, ShapeRule};
use crate::document::{DocumentKind, Door, ServiceForm};
use crate::finding::{Problem, Severity};
use crate::spelling::is_respelled;
use crate::tree::{Kind, Node, Tree};
use comment::commented_fields;
use meaning::Homes;
use respell::respell;
pub(crate) use wrong_type::UNQUOTE;

/// Reports all faults of a document that its schema does not accept, or that contains `null`.
/// `set_around` are the fields that the task definition of a list of containers sets.
pub(super) fn explain(
    schema: SchemaPart,
    kind: DocumentKind,
    tree: &mut Tree,
    root: u32,
    set_around: &[FieldAround],
) -> Vec<ShapeFault> {
    let mut faults = respell(schema, kind, tree, root);
    faults.append(&mut commented_fields(schema, kind, tree, root));
    let mut explainer = Explainer {
        kind,
        root: tree.node(root),
        schema,
        set_around,
        children: Children::default(),
        homes: Homes::default(),
        faults: Vec::new(),
        forget: Vec::new(),
        absent: HashSet::new(),
        rename: Vec::new(),
        renamed: HashSet::new(),
        misspelled: HashSet::new(),
    };
    let whole = PlaceInDocument::root(explainer.root, explainer.schema, kind);
    let mut places = explainer.judge(&whole);
    let of_shapes = explainer.faults.len();
    // The content of a value of the wrong shape is judged as what it was meant to be. AWS does not look into it.
    while let Some(place) = places.pop() {
        places.extend(explainer.judge(&place));
    }
    explainer.faults.iter_mut().skip(of_shapes).for_each(|fault| fault.problem.reply = None);
    explainer.leftover_nulls(&whole);
    let Explainer { faults: told, forget, rename, .. } = explainer;
    faults.extend(told);
    for Rename { object, key, name } in rename {
        tree.rename_key(object, key, &name);
        tree.forget(key + 1);
    }
    for index in forget {
        tree.forget(index);
    }
    faults.sort_by_cached_key(|fault| fault.problem.at.at);
    faults
}

/// A key that was probably meant to be another one.
struct Rename {
    object: u32,
    key: u32,
    name: String,
}

struct Explainer<'d> {
    kind: DocumentKind,
    root: Node<'d>,
    schema: SchemaPart<'d>,
    set_around: &'d [FieldAround],
    children: Children<'d>,
    homes: Homes<'d>,
    faults: Vec<ShapeFault>,
    /// Values that are known to be wrong, by index.
    forget: Vec<u32>,
    /// Empty values that were reported as missing, by index.
    absent: HashSet<u32>,
    rename: Vec<Rename>,
    /// Which keys of which objects are probably there under another name.
    renamed: HashSet<(u32, String)>,
    /// Objects with a key that they do not allow, which may be meant for one that they lack.
    misspelled: HashSet<u32>,
}

/// The faults that the schema finds in one document, or in a part of one, sorted by what they are about.
#[derive(Default)]
struct Sorted<'d> {
    /// Objects with the keys that they do not allow.
    unknown: Vec<(PlaceInDocument<'d>, Vec<String>)>,
    /// Objects with the keys that they lack, by the index of the object.
    missing: BTreeMap<u32, Lacking<'d>>,
    /// Values of the wrong type.
    types: Vec<PlaceInDocument<'d>>,
    /// Other values, and the keyword that they violate.
    values: Vec<(PlaceInDocument<'d>, &'static str)>,
}

/// An object and the keys that it lacks.
struct Lacking<'d> {
    object: PlaceInDocument<'d>,
    keys: Vec<String>,
}

impl<'d> Sorted<'d> {
    fn lacks(&mut self, object: PlaceInDocument<'d>, key: &str) {
        let index = object.node.index();
        let lacking = self.missing.entry(index).or_insert_with(|| Lacking { object, keys: Vec::new() });
        lacking.keys.push(key.to_owned());
    }
}

impl<'d> Explainer<'d> {
    /// Reports the faults of a document, or of a part of one. The intended content of its wrong shapes still
    /// has to be judged.
    fn judge(&mut self, whole: &PlaceInDocument<'d>) -> Vec<PlaceInDocument<'d>> {
        let validator = Validator::build(whole.schema.reduced(whole.node));
        let sorted = sort(validator.faults(whole, &mut self.children));
        // Unknown keys first: one that is nearly the name of a required field explains why that field is
        // missing.
        self.unknown_fields(sorted.unknown);
        self.missing_fields(sorted.missing.into_values());
        let wrong = sorted.types.iter().filter(|place| !self.is_task_for_containers(place));
        let meant = wrong.filter_map(PlaceInDocument::meant).collect();
        self.wrong_types(sorted.types);
        for (place, keyword) in sorted.values {
            self.invalid_value(&place, keyword);
        }
        meant
    }

    fn tell(&mut self, rule: ShapeRule, problem: Problem) {
        self.faults.push(ShapeFault { rule, problem });
    }

    /// Whether CloudFormation reads the document before the API does: what a client would reply does not apply.
    fn is_in_template(&self) -> bool {
        self.root.is_in_template()
    }

    /// Whether Terraform reads the document before the API does.
    fn is_in_module(&self) -> bool {
        self.root.is_in_module()
    }

    /// Whether Prefect may read the document before the API does: its agent runs the container `flow`, and completes and
    /// converts the task definition.
    fn may_be_of_prefect(&self) -> bool {
        let containers = self.root.get("containerDefinitions").into_iter().flat_map(Node::items);
        let mut names = containers.filter_map(|container| container.get("name"));
        names.any(|name| name.as_text() == Some("flow"))
    }

    /// Whether Terraform itself checks a value: all but the JSON in `container_definitions`.
    fn is_left_to_terraform(&self, place: &PlaceInDocument) -> bool {
        let is_list = matches!(place.steps.first(), Some(Step::Key(key)) if *key == "containerDefinitions");
        let is_json = self.kind == DocumentKind::ContainerDefinitions || is_list;
        self.is_in_module() && !is_json
    }

    /// Whether Terraform gets a whole task definition in the place of a list of containers.
    fn is_task_for_containers(&self, place: &PlaceInDocument) -> bool {
        let is_list = match self.kind {
            DocumentKind::ContainerDefinitions => place.steps.is_empty(),
            _ => is_list_of_containers(place),
        };
        let mut keys = place.node.members().map(|(key, _)| key.text());
        self.is_in_module() && is_list && keys.any(|key| is_respelled(key, "containerDefinitions"))
    }

    /// Whether the document was written to be sent as it is: neither output of the API nor the input of a
    /// tool that reads it first.
    fn is_sent(&self) -> bool {
        !self.kind.is_described()
            && !matches!(
                self.kind,
                DocumentKind::ContainerDefinitions | DocumentKind::Service(ServiceForm::Ecspresso)
            )
    }

    /// Files pasted from a description are still sent as input once the response-only keys are removed: their
    /// other fields count.
    fn is_output(&self) -> bool {
        self.kind.is_described() && !matches!(self.kind, DocumentKind::TaskDefinition(_))
    }

    /// Whether the document is known to be unmodified output of the API: still wrapped, or piped.
    fn is_reply(&self) -> bool {
        let is_wrapped = || self.root.parent().is_some_and(|outer| outer.kind() == Kind::Object);
        self.kind.is_described() && (is_wrapped() || self.root.tree().source.is_standard_input())
    }

    /// Whether an object is a whole document or a container definition, which must not be empty.
    fn is_whole(&self, object: &PlaceInDocument) -> bool {
        match object.steps.as_slice() {
            [] => true,
            [Step::Item(_)] => self.kind == DocumentKind::ContainerDefinitions,
            [Step::Key(list), Step::Item(_)] => *list == "containerDefinitions",
            _ => false,
        }
    }

    fn severity(&self, problem: Problem, schema: SchemaPart, of: &str) -> Problem {
        match schema.note("x-severity", of).and_then(|name| name.parse().ok()) {
            Some(severity) => lowered(problem, severity),
            None => problem,
        }
    }

    /// AWS's reply to the violation of a keyword, if everything that varies in it is known.
    fn words(&self, place: &PlaceInDocument<'d>, keyword: &str) -> Option<String> {
        let template = place.schema.note("x-aws-says", keyword)?;
        // Only the client knows paths.
        if self.root.tree().door != Door::Api && template.contains("{path}") {
            return None;
        }
        let mut says = template.to_owned();
        if says.contains("{container}") {
            says = says.replace("{container}", place.container_name(self.root)?);
        }
        says = says.replace("{value}", place.node.shown());
        says = says.replace("{path}", &place.path());
        let count = match place.node.as_text() {
            Some(text) => text.chars().count(),
            None => place.node.items().count(),
        };
        Some(says.replace("{n}", &count.to_string()))
    }
}

/// Sorts faults by what they are about.
fn sort<'d>(faults: Vec<(PlaceInDocument<'d>, Broken)>) -> Sorted<'d> {
    let mut sorted = Sorted::default();
    for (place, broken) in faults {
        match broken {
            Broken::UnknownKeys(keys) => sorted.unknown.push((place, keys)),
            Broken::MissingKey(key) => sorted.lacks(place, &key),
            Broken::Type => sorted.types.push(place),
            Broken::Value(keyword) => sorted.values.push((place, keyword)),
        }
    }
    // A value of the wrong type is left to that rule alone.
    let mistyped: HashSet<u32> = sorted.types.iter().map(|place| place.node.index()).collect();
    let mut judged = HashSet::new();
    let values = std::mem::take(&mut sorted.values).into_iter();
    for (place, keyword) in values.filter(|(place, _)| !mistyped.contains(&place.node.index())) {
        match place.object() {
            // A required but empty value counts as missing.
            Some(object)
                if place.is_demanded() && is_hollow(place.node) && !is_list_of_containers(&place) =>
            {
                if judged.insert(place.node.index())
                    && let Some(Step::Key(key)) = place.steps.last()
                {
                    sorted.lacks(object, key);
                }
            }
            _ => sorted.values.push((place, keyword)),
        }
    }
    sorted
}

/// A problem with a severity no higher than this.
fn lowered(problem: Problem, severity: Severity) -> Problem {
    let least = problem.at_most.map_or(severity, |most| most.min(severity));
    problem.at_most(least)
}

fn is_empty_text(place: &PlaceInDocument) -> bool {
    place.node.as_text() == Some("")
}

/// Whether a value is set but empty: an empty string, an empty list.
fn is_hollow(node: Node) -> bool {
    node.as_text() == Some("") || (node.kind() == Kind::List && node.is_absent())
}

fn is_list_of_containers(place: &PlaceInDocument) -> bool {
    matches!(place.steps.as_slice(), [Step::Key(list)] if *list == "containerDefinitions")
}
