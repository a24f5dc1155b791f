use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, Field, Known, LaunchType, ResourceRequirement, TaskDefinition, View};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "invalid-neuron-requirement",
    summary: "a request for Neuron devices is none that ECS can meet",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    aws_says: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ResourceRequirement.html"],
    page: page!("task-definition/invalid-neuron-requirement"),
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
            Field::Known(value) if *value != "ALL" => value.label("not `ALL`"),
            _ => continue,
        };
        report.add(
            Problem::new(format!("{} does not ask for all Neuron devices", container.title()), label)
                .help("write \"ALL\": a container gets every Neuron device of its instance, or none"),
        );
    }
    let kinds: Vec<Known<&str>> = asks.iter().filter_map(|(_, neuron)| neuron.kind().known()).collect();
    let [first, others @ ..] = kinds.as_slice() else { return };
    if let Some(second) = others.first() {
        report.add(
            Problem::new(
                "two requests of one task ask for all Neuron devices",
                second.label("they are taken"),
            )
            .also(first.label("by this request"))
            .help("let one container ask for them"),
        );
    }
    let listed = task.requires_compatibilities().known();
    let Some(listed) = listed.filter(|_| task.leaves_out(LaunchType::ManagedInstances).is_yes()) else {
        return;
    };
    report.add(
        Problem::new(
            "Neuron devices are asked for, which Managed Instances alone have",
            first.label("asked for here"),
        )
        .also(listed.label("Managed Instances are not listed"))
        .help("add `MANAGED_INSTANCES` to `requiresCompatibilities`, or delete the requirement"),
    );
}
