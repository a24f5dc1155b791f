use crate::finding::{Category, Problem, Severity};
use crate::model::{
    Container, Field, Known, LaunchType, Present, ResourceRequirement, TaskDefinition, View, both, surest,
};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-gpu-requirement",
    summary: "a GPU request is incomplete, contradictory or not a valid number",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ResourceRequirement.html"],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    // Fargate and Windows do not support GPUs: other rules report it.
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
                "one container of the task requests whole GPUs, but another requests shared ones",
                shared.key_label("shared GPUs"),
            )
            .also(whole.key_label("whole GPUs"))
            .help("set `value` in every container of the task, or `sharingStrategy` in every one")
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
        format!("{} requests GPUs but not how many", container.title()),
        gpu.missing_label("value", "`value` is missing"),
    )
    .help("set `value` to a number or \"ALL\", or set a `sharingStrategy`")
}

fn with_both(container: &Container, value: Present, strategy: Present) -> Problem {
    Problem::new(
        format!("{} requests both whole GPUs and shared ones", container.title()),
        strategy.key_label("shared GPUs"),
    )
    .also(value.key_label("whole GPUs"))
    .help("keep either `value` or `sharingStrategy`, and delete the other")
    .unless(value.doubt())
    .unless(strategy.doubt())
}

fn with_bad_value(container: &Container, value: Known<&str>) -> Problem {
    let problem = Problem::new(
        format!("{} requests an invalid number of GPUs: `{value}`", container.title()),
        value.label("must be a whole number above 0, or `ALL`"),
    );
    if value.eq_ignore_ascii_case("ALL") {
        // Whether AWS treats the value as case-sensitive is not known.
        return problem.help("set `value` to \"ALL\", in upper case").at_most(Severity::Warning);
    }
    problem.help("set `value` to a whole number, such as \"1\"; to share a GPU, use `sharingStrategy`")
}

fn shared_outside(container: &Container, strategy: Present, external: Known<&str>) -> Problem {
    Problem::new(
        format!("{} shares GPUs, which ECS Anywhere does not support", container.title()),
        strategy.key_label("not supported on ECS Anywhere"),
    )
    .also(external.label("targets ECS Anywhere"))
    .help("set `value` to the number of GPUs instead")
    .unless(strategy.doubt())
}
