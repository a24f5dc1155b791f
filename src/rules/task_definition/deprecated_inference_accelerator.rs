use crate::finding::{Category, Label, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{TaskDefinition, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "deprecated-inference-accelerator",
    summary: "the task uses Elastic Inference, which AWS has discontinued",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Sometimes(&["Unsupported field 'inferenceAccelerators'"]),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_InferenceAccelerator.html"],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let list = task.inference_accelerators().present();
    let mut labels: Vec<Label> = list.iter().map(|list| list.key_label("no longer supported")).collect();
    let mut changes: Vec<Change> = list.iter().map(|list| Change::Remove(list.node())).collect();
    for container in task.containers() {
        let requirements = container.resource_requirements();
        for requirement in container.requirements_of_type("InferenceAccelerator") {
            labels.extend(requirement.kind().known().map(|kind| kind.label("requested here")));
            changes.push(Change::Remove(requirements.removal(requirement.node())));
        }
    }
    let doubt = list.filter(|_| labels.len() == 1).and_then(|list| list.doubt());
    let mut labels = labels.into_iter();
    let Some(first) = labels.next() else { return };
    let mut problem = Problem::new("the task uses Elastic Inference, but AWS has discontinued it", first);
    problem.also.extend(labels);
    problem = problem
        .help("delete it; for inference, use GPUs, Inferentia instances or SageMaker")
        .fix(Fix::new(Safety::Shown, "delete the accelerators", &changes))
        .unless(doubt);
    // AWS's reply to a request in a container only is not known.
    report.add(if list.is_some() { problem.reply(0, &[]) } else { problem });
}
