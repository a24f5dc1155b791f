use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Field, LaunchType, NetworkMode, TaskDefinition, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-fargate-network-mode",
    summary: "Fargate supports only network mode `awsvpc`",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Always("Fargate only supports network mode ‘awsvpc’."),
    settings: &[],
    sources: &[
        "https://github.com/aws/amazon-ecs-cli/issues/1145",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(fargate) = task.requirement(LaunchType::Fargate) else { return };
    let problem = match task.network_mode() {
        Field::Unknown(_) => return,
        Field::Known(mode) if *mode == NetworkMode::Awsvpc => return,
        Field::Known(mode) => Problem::new(
            format!("Fargate does not support network mode `{mode}`"),
            mode.label("must be `awsvpc`"),
        )
        .also(fargate.label("targets Fargate")),
        Field::Missing => Problem::new(
            "Fargate requires network mode `awsvpc`, but `networkMode` is not set",
            fargate.label("targets Fargate, but the default is `bridge`"),
        ),
    };
    if !task.surely_suits_awsvpc() {
        return report.add(problem.help(
            "set `networkMode` to `awsvpc`, and check that the links, host names and host ports of the containers work with it",
        ));
    }
    // A mode that is set may be intended: then Fargate is the mistake.
    let safety = if task.network_mode().is_missing() { Safety::Safe } else { Safety::Shown };
    report.add(
        problem
            .help("set `networkMode` to `awsvpc` next to `containerDefinitions`")
            .fix(task.node().set_member(safety, "networkMode", "awsvpc")),
    );
}
