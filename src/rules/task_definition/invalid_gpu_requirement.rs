use crate::finding::{Category, Problem, Severity};
use crate::model::{
    Container, Field, Known, LaunchType, Present, ResourceRequirement, TaskDefinition, View, both, surest,
};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "invalid-gpu-requirement",
    summary: "a request for GPUs says too little, too much, or something that is no number",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    aws_says: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ResourceRequirement.html"],
    page: page!("task-definition/invalid-gpu-requirement"),
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    // Fargate and Windows have no GPUs at all, and other rules say so.
    if !task.is_fargate().is_no() || !task.says_windows().is_no() {
        return;
    }
    let external = task.requirement(LaunchType::External);
    let (mut whole, mut shared) = (Vec::new(), Vec::new());
    for container in task.containers() {
        for gpu in container.requirements_of_type("GPU") {
            let (value, strategy) = (gpu.value(), gpu.sharing_strategy());
            if let Some((value, strategy)) = both(value.present(), strategy.present()) {
                report.add(with_both(&container, value, strategy));
                continue;
            }
            match (value, strategy) {
                (Field::Missing, Field::Missing) => report.add(without_value(&container, gpu)),
                (Field::Known(value), Field::Missing) if !is_number_of_gpus(&value) => {
                    report.add(with_bad_value(&container, value));
                }
                (value, Field::Missing) => whole.extend(value.present()),
                (Field::Missing, strategy) => match (strategy.present(), external) {
                    (Some(strategy), Some(external)) => {
                        report.add(shared_outside(&container, strategy, external))
                    }
                    (strategy, _) => shared.extend(strategy),
                },
                _ => {}
            }
        }
    }
    if let Some((whole, shared)) = both(surest(whole), surest(shared)) {
        report.add(
            Problem::new(
                "one container of the task has GPUs of its own, and another one shares them",
                shared.key_label("shared here"),
            )
            .also(whole.key_label("not shared here"))
            .help("write `value` for every container of the task, or `sharingStrategy` for every one")
            .unless(whole.doubt())
            .unless(shared.doubt()),
        );
    }
}

fn is_number_of_gpus(value: &str) -> bool {
    value == "ALL" || value.parse::<u32>().is_ok_and(|number| number > 0)
}

fn without_value(container: &Container, gpu: ResourceRequirement) -> Problem {
    Problem::new(
        format!("{} asks for GPUs, and does not say how many", container.title()),
        gpu.missing_label("value", "`value` is missing"),
    )
    .help("write the number as `value` (\"1\", or \"ALL\"), or a `sharingStrategy`")
}

fn with_both(container: &Container, value: Present, strategy: Present) -> Problem {
    Problem::new(
        format!("{} asks for GPUs of its own, and for shared ones", container.title()),
        strategy.key_label("shared"),
    )
    .also(value.key_label("its own"))
    .help("keep `value` or `sharingStrategy`, and delete the other")
    .unless(value.doubt())
    .unless(strategy.doubt())
}

fn with_bad_value(container: &Container, value: Known<&str>) -> Problem {
    let problem = Problem::new(
        format!("{} asks for `{value}` GPUs", container.title()),
        value.label("neither a whole number above 0 nor `ALL`"),
    );
    if value.eq_ignore_ascii_case("ALL") {
        // Whether AWS minds the letter case is not known.
        return problem.help("write \"ALL\", in capitals").at_most(Severity::Warning);
    }
    problem.help("write a whole number, such as \"1\"; a GPU is shared with `sharingStrategy`, not in parts")
}

fn shared_outside(container: &Container, strategy: Present, external: Known<&str>) -> Problem {
    Problem::new(
        format!("{} shares GPUs, which ECS Anywhere does not do", container.title()),
        strategy.key_label("not on machines outside AWS"),
    )
    .also(external.label("ECS Anywhere is asked for here"))
    .help("write the number of GPUs as `value` instead")
    .unless(strategy.doubt())
}
