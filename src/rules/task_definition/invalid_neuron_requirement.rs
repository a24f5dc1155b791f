use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, Field, Known, LaunchType, ResourceRequirement, TaskDefinition, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-neuron-requirement",
    summary: "a request for Neuron devices is not valid",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ResourceRequirement.html"],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let asks = task.containers().flat_map(|container| {
        container.requirements_of_type("NeuronDevice").map(move |neuron| (container, neuron))
    });
    let asks: Vec<(Container, ResourceRequirement)> = asks.collect();
    for (container, neuron) in &asks {
        let label = match neuron.value() {
            Field::Missing => neuron.missing_label("value", "`value` is missing"),
            Field::Known(value) if *value != "ALL" => value.label("must be `ALL`"),
            _ => continue,
        };
        report.add(
            Problem::new(format!("{} does not request all Neuron devices", container.title()), label).help(
                "set `value` to `\"ALL\"`: a container gets every Neuron device of its instance, or none",
            ),
        );
    }
    let kinds: Vec<Known<&str>> = asks.iter().filter_map(|(_, neuron)| neuron.kind().known()).collect();
    let [first, others @ ..] = kinds.as_slice() else { return };
    if let Some(second) = others.first() {
        report.add(
            Problem::new("the task requests all Neuron devices twice", second.label("already taken"))
                .also(first.label("taken by this request"))
                .help("keep only one of the requests"),
        );
    }
    let listed = task.requires_compatibilities().known();
    let Some(listed) = listed.filter(|_| task.leaves_out(LaunchType::ManagedInstances).is_yes()) else {
        return;
    };
    report.add(
        Problem::new(
            "the task requests Neuron devices, which only Managed Instances support",
            first.label("requested here"),
        )
        .also(listed.label("Managed Instances are not listed"))
        .help("add `MANAGED_INSTANCES` to `requiresCompatibilities`, or delete the requirement"),
    );
}
