//! A node of a document together with its part of the schema, and what AWS and people call it.

use super::judge::SchemaPart;
use crate::document::{DocumentKind, ServiceForm};
use crate::spelling::is_respelled;
use crate::tree::{Kind, Node};

/// A step from a container to what it contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step<'d> {
    Key(&'d str),
    Item(usize),
}

impl Step<'_> {
    /// The schema that it leads to; `None` if the schema does not know it.
    fn within<'s>(&self, schema: SchemaPart<'s>) -> Option<SchemaPart<'s>> {
        match self {
            Step::Key(key) => schema.property(key),
            Step::Item(_) => schema.items(),
        }
    }
}

/// A node, the schema that judges it, and the path to it.
#[derive(Clone, Debug)]
pub(super) struct PlaceInDocument<'d> {
    pub node: Node<'d>,
    pub schema: SchemaPart<'d>,
    pub steps: Vec<Step<'d>>,
    /// The container of the node.
    pub parent: Option<Node<'d>>,
    /// The schemas of the containers around it, outermost first.
    pub around: Vec<SchemaPart<'d>>,
    /// The parameter of the call that contains the whole document, if it is only one parameter.
    parameter: &'static str,
}

impl<'d> PlaceInDocument<'d> {
    /// The whole document.
    pub(super) fn root(node: Node<'d>, schema: SchemaPart<'d>, kind: DocumentKind) -> PlaceInDocument<'d> {
        let parameter = match kind {
            DocumentKind::ContainerDefinitions => "containerDefinitions",
            DocumentKind::TargetTracking => "TargetTrackingScalingPolicyConfiguration",
            DocumentKind::StepScaling => "StepScalingPolicyConfiguration",
            DocumentKind::PredictiveScaling => "PredictiveScalingPolicyConfiguration",
            _ => "",
        };
        PlaceInDocument { node, schema, steps: Vec::new(), parent: None, around: Vec::new(), parameter }
    }

    /// The place of the node that a step leads to; `None` if the schema does not know it.
    pub(super) fn step(&self, step: Step<'d>, node: Node<'d>) -> Option<PlaceInDocument<'d>> {
        let schema = step.within(self.schema)?;
        let mut place = self.clone();
        place.around.push(self.schema);
        place.steps.push(step);
        Some(PlaceInDocument { node, schema, parent: Some(self.node), ..place })
    }

    /// The object in the place of a list of such objects, or alone in a list in the place of one object: what
    /// was meant by a wrong shape. An object without any key of an item, however it is spelled, is something
    /// else, such as a map from names to values.
    pub(super) fn meant(&self) -> Option<PlaceInDocument<'d>> {
        match self.node.kind() {
            Kind::Object => {
                let item = self.step(Step::Item(0), self.node)?;
                let holds_key = self.node.members().any(|(key, _)| may_be_key(item.schema, key.text()));
                (item.schema.names_members() && holds_key).then_some(item)
            }
            Kind::List if self.schema.names_members() && !self.node.is_incomplete() => {
                let mut items = self.node.items();
                let only = items.next().filter(|item| item.kind() == Kind::Object)?;
                items.next().is_none().then(|| PlaceInDocument { node: only, ..self.clone() })
            }
            _ => None,
        }
    }

    /// Visits every place in the document that the schema knows, starting with this one.
    pub(super) fn each(&self, visit: &mut impl FnMut(&PlaceInDocument<'d>)) {
        self.clone().walk(&|place| place.meant(), visit);
    }

    /// Visits every place like [`PlaceInDocument::each`], except for what was meant by a wrong shape.
    pub(super) fn each_written(&self, visit: &mut impl FnMut(&PlaceInDocument<'d>)) {
        self.clone().walk(&|_| None, visit);
    }

    /// Walks to every place below, and back, instead of making a new path for each.
    fn walk(
        &mut self,
        meant: &impl Fn(&PlaceInDocument<'d>) -> Option<PlaceInDocument<'d>>,
        visit: &mut impl FnMut(&PlaceInDocument<'d>),
    ) {
        visit(self);
        let (node, schema, parent) = (self.node, self.schema, self.parent);
        let members = node.members().map(|(key, value)| (Step::Key(key.text()), value));
        let items = node.items().enumerate().map(|(position, item)| (Step::Item(position), item));
        for (step, child) in members.chain(items) {
            let Some(below) = step.within(schema) else { continue };
            self.around.push(schema);
            self.steps.push(step);
            (self.node, self.schema, self.parent) = (child, below, Some(node));
            self.walk(meant, visit);
            (self.node, self.schema, self.parent) = (node, schema, parent);
            self.steps.pop();
            self.around.pop();
        }
        if let Some(mut place) = meant(self) {
            place.walk(meant, visit);
        }
    }

    /// The object that this is a member of.
    pub(super) fn object(&self) -> Option<PlaceInDocument<'d>> {
        let [around @ .., schema] = self.around.as_slice() else { return None };
        let (node, schema) = (self.parent?, *schema);
        let steps = self.steps[..self.steps.len() - 1].to_vec();
        let around = around.to_vec();
        Some(PlaceInDocument { node, schema, steps, parent: node.parent(), around, ..*self })
    }

    /// The path as AWS's clients write it: `containerDefinitions[0].cpu`; `input` for the root.
    pub(super) fn path(&self) -> String {
        let mut path = self.parameter.to_owned();
        for step in &self.steps {
            match step {
                Step::Key(key) if path.is_empty() => path.push_str(key),
                Step::Key(key) => path.extend([".", *key]),
                Step::Item(position) => path.push_str(&format!("[{position}]")),
            }
        }
        if path.is_empty() { "input".to_owned() } else { path }
    }

    /// The path without the positions in lists: the same for each item of a list.
    pub(super) fn pattern(&self) -> String {
        let steps = self.steps.iter().map(|step| match step {
            Step::Key(key) => *key,
            Step::Item(_) => "[]",
        });
        steps.collect::<Vec<&str>>().join(".")
    }

    /// What to call the node in a sentence: "a container definition", "`logConfiguration`".
    pub(super) fn noun(&self, kind: DocumentKind) -> String {
        self.noun_of_step(self.steps.len(), kind)
    }

    /// What to call the node at the end of the first steps of the path.
    pub(super) fn noun_of_step(&self, count: usize, kind: DocumentKind) -> String {
        match &self.steps[..count] {
            [] => match kind {
                DocumentKind::Service(ServiceForm::Update) => "the update of a service".to_owned(),
                kind => format!("a {}", kind.name()),
            },
            [Step::Item(_)] if kind == DocumentKind::ContainerDefinitions => {
                "a container definition".to_owned()
            }
            [.., Step::Key(list), Step::Item(_)] => noun_of_item(list),
            [.., Step::Key(key)] => format!("`{key}`"),
            [.., Step::Item(_)] => "an item".to_owned(),
        }
    }

    /// What to call the value at the start of a sentence: "`cpu`", "an entry of `links`".
    pub(super) fn subject(&self, kind: DocumentKind) -> String {
        match self.steps.as_slice() {
            [.., Step::Key(key)] => format!("`{key}`"),
            [.., Step::Key(list), Step::Item(_)] if self.node.kind() != Kind::Object => {
                format!("an entry of `{list}`")
            }
            _ => self.noun(kind),
        }
    }

    /// Whether the node is below a key of this name.
    pub(super) fn is_at(&self, key: &str) -> bool {
        matches!(self.steps.last(), Some(Step::Key(last)) if *last == key)
    }

    /// Whether the object that contains the node must have it.
    pub(super) fn is_demanded(&self) -> bool {
        let Some(Step::Key(own)) = self.steps.last() else { return false };
        self.around.last().is_some_and(|object| object.required().any(|key| key == *own))
    }

    /// The name of the container definition that contains the node.
    pub(super) fn container_name(&self, root: Node<'d>) -> Option<&'d str> {
        let steps = self.steps.iter().map(|step| match step {
            Step::Key(key) => (*key).to_owned(),
            Step::Item(position) => position.to_string(),
        });
        let steps: Vec<String> = steps.collect();
        let end = match self.steps.as_slice() {
            [Step::Key(list), Step::Item(_), ..] if *list == "containerDefinitions" => 2,
            [Step::Item(_), ..] => 1,
            _ => return None,
        };
        let container = root.descend(steps[..end].iter().map(String::as_str))?;
        container.get("name")?.as_text()
    }
}

/// What an item of a list is called.
fn noun_of_item(list: &str) -> String {
    let noun = match list {
        "containerDefinitions" => "a container definition",
        "portMappings" => "a port mapping",
        "mountPoints" => "a mount point",
        "volumes" => "a volume",
        "secrets" => "a secret",
        "environment" => "an environment variable",
        "tags" => "a tag",
        "ulimits" => "a ulimit",
        "loadBalancers" => "a load balancer",
        "serviceRegistries" => "a service registry",
        "placementConstraints" => "a placement constraint",
        "StepAdjustments" => "a step adjustment",
        other => return format!("an entry of `{other}`"),
    };
    noun.to_owned()
}

/// Whether a key is one that an object allows, or a name that people use for one. A name in upper case may be
/// that of a variable.
fn may_be_key(schema: SchemaPart, key: &str) -> bool {
    let is_name = key.chars().any(char::is_lowercase);
    let lists = ["x-key-aliases", "x-key-suggestions", "x-key-hints"];
    schema.property(key).is_some()
        || (is_name && schema.keys().any(|known| is_respelled(key, known)))
        || (is_name && lists.iter().any(|list| schema.note(list, key).is_some()))
}
