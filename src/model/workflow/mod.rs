//! GitHub workflows and composite actions, as far as they render task definitions and deploy them: the steps that use
//! AWS's actions `amazon-ecs-render-task-definition` and `amazon-ecs-deploy-task-definition`.

mod clean;
mod expression;
mod fill;
mod job;
mod pipecd;
pub(super) mod render;
mod script;
pub(super) mod step;
pub(super) mod workspace;

use crate::model::field::view;
use crate::model::{Effect, Step};
use crate::tree::{Kind, Node};
use job::Job;

/// Commands that replace texts.
const REPLACE: [&str; 2] = ["sed ", "perl "];

view! {
    /// A workflow, or a composite action.
    Workflow
}

impl<'d> Workflow<'d> {
    /// The steps that render task definitions or deploy them, in the order of the text.
    pub(crate) fn steps(&self) -> Vec<Step<'d>> {
        let root = self.0;
        let mut steps = Vec::new();
        let jobs = root.get("jobs").into_iter().flat_map(Node::members);
        for (_, job) in jobs.filter(|(_, job)| job.kind() == Kind::Object) {
            let environment = [job.get("env"), root.get("env")];
            steps.extend(Job::new(environment, self.is_called()).steps(job));
        }
        if let Some(runs) = root.get("runs") {
            steps.extend(Job::of_action().steps(runs));
        }
        steps
    }

    /// What its scripts that replace texts change in the files of the repository.
    pub(crate) fn replacements(&self) -> Option<Effect> {
        let jobs = self.0.get("jobs").into_iter().flat_map(Node::members).map(|(_, job)| job);
        let steps = jobs.chain(self.0.get("runs")).filter_map(|job| job.get("steps")).flat_map(Node::items);
        let scripts = steps.filter_map(|step| step.get("run")?.as_text());
        let scripts: Vec<&str> =
            scripts.filter(|script| REPLACE.iter().any(|command| script.contains(command))).collect();
        (!scripts.is_empty()).then(|| Effect::Replace(scripts.join("\n")))
    }

    /// Whether other workflows call it, perhaps those of other repositories.
    fn is_called(&self) -> bool {
        const CALL: &str = "workflow_call";
        self.0.get("on").is_some_and(|on| {
            let is_call = |event: Node| event.as_text() == Some(CALL);
            is_call(on) || on.items().any(is_call) || on.get(CALL).is_some()
        })
    }
}
