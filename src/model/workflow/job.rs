//! The steps of a job, read in their order: each sees what those before it have left.

use std::collections::HashMap;

use super::expression::Environment;
use super::step::Action;
use super::workspace::{Checkout, Workspace};
use crate::model::{Step, TaskFile};
use crate::tree::{Kind, Node};

/// A job of a workflow, or a composite action, up to one of its steps.
#[derive(Debug)]
pub(super) struct Job<'d> {
    /// `env` of the job and of the workflow.
    environment: [Option<Node<'d>>; 2],
    pub workspace: Workspace<'d>,
    /// What the steps so far have rendered, by their ids in lower case.
    rendered: HashMap<String, TaskFile>,
}

impl<'d> Job<'d> {
    /// A job of a workflow, which may be called from other repositories.
    pub(super) fn new(environment: [Option<Node<'d>>; 2], is_called: bool) -> Job<'d> {
        Job { environment, workspace: Workspace::of_job(is_called), rendered: HashMap::new() }
    }

    /// A composite action.
    pub(super) fn of_action() -> Job<'d> {
        Job { environment: [None; 2], workspace: Workspace::of_action(), rendered: HashMap::new() }
    }

    /// The steps that render task definitions or deploy them.
    pub(super) fn steps(mut self, job: Node<'d>) -> Vec<Step<'d>> {
        let mut found = Vec::new();
        let steps = job.get("steps").into_iter().flat_map(Node::items);
        for step in steps.filter(|step| step.kind() == Kind::Object) {
            let [of_job, of_workflow] = self.environment;
            let levels = [step.get("env"), of_job, of_workflow];
            let environment = Environment { levels, set: &self.workspace.set };
            let Some(action) = Action::of(step) else {
                let checkout = Checkout::of(step, &environment);
                self.workspace.see(step, checkout);
                continue;
            };
            let Some(own) = Step::read(action, step, &self, &environment) else { continue };
            if let Some(id) = step.get("id").and_then(Node::as_text).filter(|_| own.action == Action::Render)
            {
                self.rendered.insert(id.to_ascii_lowercase(), own.file.clone());
            }
            // A copy of the action may do something else.
            if !own.is_of_aws {
                self.workspace.doubt();
            }
            found.push(own);
        }
        found
    }

    /// The file that a step began with which rendered it.
    pub(super) fn rendered(&self, id: &str) -> Option<TaskFile> {
        self.rendered.get(&id.to_ascii_lowercase()).cloned()
    }
}
