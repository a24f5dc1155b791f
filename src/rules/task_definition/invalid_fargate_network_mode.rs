use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{Field, LaunchType, NetworkMode, TaskDefinition, View};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "invalid-fargate-network-mode",
    summary: "Fargate runs tasks in network mode `awsvpc` only",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    aws_says: &["Fargate only supports network mode ‘awsvpc’."],
    sources: &[
        "https://github.com/aws/amazon-ecs-cli/issues/1145",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html",
    ],
    page: page!("task-definition/invalid-fargate-network-mode"),
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(fargate) = task.requirement(LaunchType::Fargate) else { return };
    let problem = match task.network_mode() {
        Field::Unknown(_) => return,
        Field::Known(mode) if *mode == NetworkMode::Awsvpc => return,
        Field::Known(mode) => Problem::new(
            format!("Fargate does not run tasks in network mode `{mode}`"),
            mode.label("Fargate takes `awsvpc` only"),
        )
        .also(fargate.label("Fargate is asked for here")),
        Field::Missing => Problem::new(
            "Fargate needs network mode `awsvpc`, and the task definition names none",
            fargate
                .label("without `networkMode` the task would run in `bridge`, which Fargate does not have"),
        ),
    };
    if !task.surely_suits_awsvpc() {
        return report.add(problem.help(
            "write `\"networkMode\": \"awsvpc\"`, and see that links, host names and host ports of the containers go with it",
        ));
    }
    // A mode that is written may have been meant: then it is Fargate that has to go.
    let safety = if task.network_mode().is_missing() { Safety::Safe } else { Safety::Shown };
    let change = Change::set(task.node(), "networkMode", "awsvpc".into());
    report.add(
        problem.help("write `\"networkMode\": \"awsvpc\"` beside `containerDefinitions`").fix(Fix::new(
            safety,
            "write \"networkMode\": \"awsvpc\"",
            &[change],
        )),
    );
}
