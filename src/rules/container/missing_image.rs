use crate::finding::{Category, Problem, Severity};
use crate::model::Container;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-image",
    summary: "a container has no image",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always("Container.image should not be null or empty."),
    settings: &[],
    sources: &[
        "https://github.com/aws/aws-cli/issues/5924",
        "https://github.com/aws-actions/amazon-ecs-render-task-definition",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    // CloudFormation requires the key: `missing-field`.
    let is_left_out = container.empty_image().is_none();
    if !container.image().is_missing() || is_left_out && container.node().is_in_template() {
        return;
    }
    let label = match container.empty_image() {
        Some(empty) => empty.label("empty"),
        None => container.label("no `image`"),
    };
    let problem = Problem::new(format!("{} has no image", container.title()), label);
    // In the most common workflow, a deploy step writes the image into a file that is complete
    // otherwise. If a workflow of the project shows it, the image is not missing.
    let is_of_prefect = container.name().is(|name| name == "flow").is_yes();
    report.add(if is_of_prefect {
        problem
            .at_most(Severity::Warning)
            .help("set `image`, unless Prefect sets it: it does for the container `flow`")
    } else if container.is_filled_in() && !container.node().is_declared() {
        problem.at_most(Severity::Warning).help(
            "set `image`, or a placeholder such as `<IMAGE1_NAME>`; if a deploy step such as `amazon-ecs-render-task-definition` sets it, use `--skip missing-image`",
        )
    } else {
        problem.help("set `image` to the image that the container should run")
    });
}
