//! The functions of the rules, by the height at which they listen.

use crate::finding::RuleId;
use crate::rule::{
    Check, CheckAllLogs, CheckContainer, CheckContainers, CheckCredential, CheckDocument, CheckFetchedValue,
    CheckFolder, CheckLogs, CheckRegions, CheckRenderStep, CheckScalableTarget, CheckScaling,
    CheckScalingPolicy, CheckScheduledAction, CheckService, CheckTaskDefinition, CheckText, CheckVolume,
    Rule,
};

/// The functions of the rules that are enabled, by the height at which they listen.
#[derive(Default)]
pub(super) struct Checks {
    pub text: Vec<(RuleId, CheckText)>,
    pub document: Vec<(RuleId, CheckDocument)>,
    pub regions: Vec<(RuleId, CheckRegions)>,
    pub regions_of_task: Vec<(RuleId, CheckRegions)>,
    pub skeleton: Vec<(RuleId, CheckDocument)>,
    pub task_definition: Vec<(RuleId, CheckTaskDefinition)>,
    pub task_in_project: Vec<(RuleId, CheckTaskDefinition)>,
    pub container: Vec<(RuleId, CheckContainer)>,
    pub container_in_project: Vec<(RuleId, CheckContainer)>,
    pub containers: Vec<(RuleId, CheckContainers)>,
    pub containers_in_project: Vec<(RuleId, CheckContainers)>,
    pub logs: Vec<(RuleId, CheckLogs)>,
    pub all_logs: Vec<(RuleId, CheckAllLogs)>,
    pub fetched_value: Vec<(RuleId, CheckFetchedValue)>,
    pub credential: Vec<(RuleId, CheckCredential)>,
    pub volume: Vec<(RuleId, CheckVolume)>,
    pub service: Vec<(RuleId, CheckService)>,
    pub task_set: Vec<(RuleId, CheckService)>,
    pub scaling: Vec<(RuleId, CheckScaling)>,
    pub scalable_target: Vec<(RuleId, CheckScalableTarget)>,
    pub scaling_policy: Vec<(RuleId, CheckScalingPolicy)>,
    pub scheduled_action: Vec<(RuleId, CheckScheduledAction)>,
    pub folder: Vec<(RuleId, CheckFolder)>,
    pub render_step: Vec<(RuleId, CheckRenderStep)>,
}

impl Checks {
    /// Adds the function of a rule. The shape of documents is checked by their schemas, and the settings are
    /// checked when all findings are known.
    pub(super) fn add(&mut self, id: RuleId, rule: &Rule) {
        match rule.check {
            Check::Shape | Check::Settings => {}
            Check::Text(check) => self.text.push((id, check)),
            Check::Document(check) => self.document.push((id, check)),
            Check::Regions(check) => self.regions.push((id, check)),
            Check::RegionsOfTask(check) => self.regions_of_task.push((id, check)),
            Check::Skeleton(check) => self.skeleton.push((id, check)),
            Check::TaskDefinition(check) => self.task_definition.push((id, check)),
            Check::TaskDefinitionInProject(check) => self.task_in_project.push((id, check)),
            Check::ContainerInProject(check) => self.container_in_project.push((id, check)),
            Check::Container(check) => self.container.push((id, check)),
            Check::Containers(check) => self.containers.push((id, check)),
            Check::ContainersInProject(check) => self.containers_in_project.push((id, check)),
            Check::Logs(check) => self.logs.push((id, check)),
            Check::AllLogs(check) => self.all_logs.push((id, check)),
            Check::FetchedValue(check) => self.fetched_value.push((id, check)),
            Check::Credential(check) => self.credential.push((id, check)),
            Check::Volume(check) => self.volume.push((id, check)),
            Check::Service(check) => self.service.push((id, check)),
            Check::ServiceOrTaskSet(check) => {
                self.service.push((id, check));
                self.task_set.push((id, check));
            }
            Check::Scaling(check) => self.scaling.push((id, check)),
            Check::ScalableTarget(check) => self.scalable_target.push((id, check)),
            Check::ScalingPolicy(check) => self.scaling_policy.push((id, check)),
            Check::ScheduledAction(check) => self.scheduled_action.push((id, check)),
            Check::Folder(check) => self.folder.push((id, check)),
            Check::RenderStep(check) => self.render_step.push((id, check)),
        }
    }

    /// Whether any rule asks a task definition, or a container, for the services that run it.
    pub(super) fn look_at_tasks_in_project(&self) -> bool {
        let of_containers = !self.container_in_project.is_empty() || !self.containers_in_project.is_empty();
        of_containers || !self.task_in_project.is_empty()
    }
}
