//! A step that renders a task definition or deploys one.

use std::borrow::Cow;

use super::clean::Clean;
use super::expression::{Environment, rendered_by};
use super::fill::{self, Fill};
use super::job::Job;
use super::pipecd;
use crate::model::{ContainerName, Reads};
use crate::placeholder;
use crate::tree::{Kind, Node, Tree};

/// What a step does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// It writes an image into a copy of a task definition.
    Render,
    /// It registers a task definition, and updates a service.
    Deploy,
}

/// The task definition that a step begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TaskFile {
    /// A file, by its path in the repository.
    At(String, Reads),
    /// Any file of the repository, or none.
    Unknown,
    /// None of the repository: that of a family in an account, or of another repository.
    Elsewhere,
}

/// A step that renders a task definition or deploys one.
#[derive(Clone, Debug)]
pub(crate) struct Step<'d> {
    /// What it does.
    pub action: Action,
    /// Whether it uses AWS's own action, not a copy.
    pub is_of_aws: bool,
    /// The task definition that it begins with.
    pub file: TaskFile,
    /// The containers that it renders; `None` if they are not known.
    pub containers: Option<Vec<ContainerName<'d>>>,
    /// The service that it updates, if it is known.
    pub service: Option<Cow<'d, str>>,
    /// The cluster of the service, if it is known.
    pub cluster: Option<Cow<'d, str>>,
    /// What it changes in the task definition before it is registered.
    pub effect: Option<Effect>,
}

/// What a step, or whatever else reads the file, changes in a task definition before it is registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// It writes values.
    Fill(Fill),
    /// It leaves out fields.
    Clean(Clean),
    /// Scripts before it replace texts that they contain.
    Replace(String),
    /// It adds fields, which are not known: a Terraform module does.
    Complete,
    /// It reads the file as PipeCD does.
    PipeCd,
    /// It passes a field beside the file.
    Passes {
        /// The field.
        field: &'static str,
        /// Whether it is one of the containers.
        is_of_containers: bool,
        /// Whether what the file has in its place may never count: the call is about this file, or the script that
        /// has it names the file.
        is_certain: bool,
    },
}

impl Effect {
    /// What it changes in the files that the one may be made of which it is about. It leaves out fields of these only
    /// if it `is_certain` that it is made of one.
    pub(crate) fn of_copy(&self, is_certain: bool) -> Option<Effect> {
        match self {
            Effect::Fill(fill) => Some(Effect::Fill(fill.of_copy())),
            Effect::Clean(clean) => is_certain.then_some(Effect::Clean(*clean)),
            Effect::Replace(_) | Effect::Complete | Effect::PipeCd | Effect::Passes { .. } => {
                Some(self.clone())
            }
        }
    }

    /// Applies those that pass a field to any document.
    pub(crate) fn pass_all(effects: &[&Effect], tree: &mut Tree, root: u32) {
        for effect in effects {
            let Effect::Passes { field, is_of_containers, is_certain } = effect else { continue };
            let filled: Vec<u32> = {
                let around = tree.node(root);
                let containers = around.get("containerDefinitions").into_iter().flat_map(Node::items);
                let objects: Vec<Node> = if *is_of_containers { containers.collect() } else { vec![around] };
                let is_filled = |object: &Node| {
                    object.kind() == Kind::Object && (*is_certain || object.get(field).is_none())
                };
                objects.into_iter().filter(is_filled).map(Node::index).collect()
            };
            filled.into_iter().for_each(|object| tree.mark_filled(object, field));
        }
    }

    /// Applies some of them to the task definition that begins at a node of a tree.
    pub(crate) fn apply_all(effects: &[&Effect], tree: &mut Tree, root: u32) {
        let fills = effects
            .iter()
            .filter_map(|effect| if let Effect::Fill(fill) = effect { Some(fill) } else { None });
        let fills: Vec<_> = fills.collect();
        fill::apply(&fills, tree, root);
        let cleans = effects
            .iter()
            .filter_map(|effect| if let Effect::Clean(clean) = effect { Some(*clean) } else { None });
        for effect in effects {
            match effect {
                Effect::Replace(scripts) => tree.mark_replaced(root, |text| scripts.contains(text)),
                Effect::Complete => tree.mark_incomplete(root),
                Effect::PipeCd => pipecd::apply(tree, root),
                Effect::Fill(_) | Effect::Clean(_) | Effect::Passes { .. } => {}
            }
        }
        if let Some(clean) = cleans.reduce(Clean::or) {
            clean.apply(tree, root);
            // The action that deploys reads YAML. The one that fills in values reads JSON, and writes it.
            tree.is_read_as_yaml |= fills.is_empty();
        }
    }
}

/// The input with the path of the task definition.
const FILE: &str = "task-definition";

/// The actions, by the names of their repositories.
const ACTIONS: [(&str, Action); 2] = [
    ("amazon-ecs-render-task-definition", Action::Render),
    ("amazon-ecs-deploy-task-definition", Action::Deploy),
];

/// Whose action a step uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// AWS's own.
    Aws,
    /// A copy, which may do something else.
    Other,
    /// That is filled in later.
    Unknown,
}

impl Action {
    /// Whether a text may use one of the actions.
    pub(crate) fn is_named_in(text: &str) -> bool {
        ACTIONS.iter().any(|(name, _)| text.contains(name))
            || text.contains(FILE) && placeholder::has_hole(text)
    }

    /// The action that a step uses, and whose it is. One that is filled in later is known by its inputs.
    pub(super) fn of(step: Node) -> Option<(Action, Owner)> {
        let uses = step.get("uses")?.text();
        if let Some(action) = Action::named(uses) {
            return Some(action);
        }
        let inputs = step.get("with").filter(|_| placeholder::has_hole(uses))?;
        input(inputs, FILE)?;
        let renders = ["container-name", "image"].iter().any(|name| input(inputs, name).is_some());
        Some((if renders { Action::Render } else { Action::Deploy }, Owner::Unknown))
    }

    /// The action that a reference names.
    fn named(uses: &str) -> Option<(Action, Owner)> {
        let (owner, name) = uses.split('@').next()?.rsplit_once('/')?;
        let (_, action) = ACTIONS.iter().find(|(own, _)| name.eq_ignore_ascii_case(own))?;
        let is_of_aws = owner.eq_ignore_ascii_case("aws-actions");
        Some((*action, if is_of_aws { Owner::Aws } else { Owner::Other }))
    }
}

impl<'d> Step<'d> {
    /// Reads a step of a job. `None` if it has no inputs that can be seen.
    pub(super) fn read(
        (action, owner): (Action, Owner),
        step: Node<'d>,
        job: &Job<'d>,
        environment: &Environment<'_, 'd>,
    ) -> Option<Step<'d>> {
        let inputs = step.get("with").filter(|with| with.kind() == Kind::Object && !with.is_incomplete())?;
        let uses = step.get("uses").and_then(Node::as_text).unwrap_or_default();
        let version = uses.split_once('@').map_or("", |(_, version)| version);
        let text = |name: &str| Some(environment.text(set(inputs, name)?)?.text);
        let containers = set(inputs, "container-name")
            .and_then(|value| ContainerName::all(environment.literal(value)?, value));
        let names = containers.as_ref().map(|names| names.iter().map(|one| one.name().to_owned()).collect());
        Some(Step {
            action,
            is_of_aws: owner == Owner::Aws,
            file: TaskFile::of(inputs, job, environment),
            containers,
            service: text("service"),
            cluster: match set(inputs, "cluster") {
                Some(_) => text("cluster"),
                None => Some(Cow::Borrowed("default")),
            },
            effect: match action {
                Action::Render => Some(Effect::Fill(Fill::of(inputs, names))),
                Action::Deploy => (owner != Owner::Other).then(|| Effect::Clean(Clean::of(inputs, version))),
            },
        })
    }
}

impl TaskFile {
    fn of<'d>(inputs: Node<'d>, job: &Job<'d>, environment: &Environment<'_, 'd>) -> TaskFile {
        let Some(value) = set(inputs, FILE) else { return TaskFile::Elsewhere };
        if let Some(id) = rendered_by(value.text()) {
            return job.rendered(id).unwrap_or(TaskFile::Unknown);
        }
        match environment.text(value) {
            None => TaskFile::Unknown,
            Some(path) => match job.workspace.find(&path) {
                Some((path, reads)) => TaskFile::At(path, reads),
                None => TaskFile::Elsewhere,
            },
        }
    }
}

/// An input of a step. GitHub ignores the case of its name.
pub(super) fn input<'d>(inputs: Node<'d>, name: &str) -> Option<Node<'d>> {
    inputs.members().find(|(key, _)| key.text().eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// An input that is not empty.
pub(super) fn set<'d>(inputs: Node<'d>, name: &str) -> Option<Node<'d>> {
    let is_empty = |value: &Node| {
        value.kind() == Kind::Null || value.as_text().is_some_and(|text| text.trim().is_empty())
    };
    input(inputs, name).filter(|value| !is_empty(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_are_known_by_their_repositories() {
        let of = Action::named;
        let (ours, copy) = (Owner::Aws, Owner::Other);
        assert_eq!(of("aws-actions/amazon-ecs-render-task-definition@v1"), Some((Action::Render, ours)));
        assert_eq!(of("AWS-Actions/Amazon-ECS-Deploy-Task-Definition@a1b2"), Some((Action::Deploy, ours)));
        assert_eq!(of("acme/amazon-ecs-render-task-definition@main"), Some((Action::Render, copy)));
        assert_eq!(of("aws-actions/amazon-ecs-render-task-definition-yaml@v1"), None);
        assert_eq!(of("amazon-ecs-render-task-definition"), None);
        assert_eq!(of(""), None);
    }
}
