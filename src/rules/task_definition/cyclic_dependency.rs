use crate::finding::{Category, Problem, Severity};
use crate::model::TaskDefinition;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "cyclic-dependency",
    summary: "containers wait for one another in a circle",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always("Task dependencies cannot be resolved"),
    settings: &[],
    sources: &[
        "https://github.com/aws/amazon-ecs-agent/tree/master/agent/engine/dependencygraph",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    for cycle in task.start_cycles() {
        let first = cycle.first();
        report.add(if cycle.is_single() {
            Problem::new(
                format!("{} waits for itself to start", first.container.title()),
                first.named.label("its own name"),
            )
            .help("use the name of another container, or delete the entry")
        } else {
            Problem::new(format!("containers wait for one another in a circle: {cycle}"), first.label())
                .also_each(cycle.other_labels())
                .help("remove one dependency from the circle: none of these containers can start first")
        });
    }
}
