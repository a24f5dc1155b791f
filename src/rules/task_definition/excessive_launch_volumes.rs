use crate::finding::{Category, Problem, Severity};
use crate::model::{Known, TaskDefinition, Volume, volume_may_be_unsupported};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "excessive-launch-volumes",
    summary: "more than one volume is configured at launch",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Volume.html"],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let at_launch: Vec<Known<bool>> =
        task.volumes().items().filter_map(|volume| configured_at_launch(task, volume)).collect();
    let [first, second, more @ ..] = at_launch.as_slice() else { return };
    let mut problem = Problem::new(
        format!("{} volumes are configured at launch, but ECS attaches only one", at_launch.len()),
        second.key_label("second volume"),
    )
    .also(first.key_label("first volume"));
    problem.also.extend(more.iter().map(|other| other.key_label("")));
    report.add(problem.help("put the data on one volume, or use EFS for the others"));
}

/// `configuredAtLaunch`, if it is true and surely supported where the task runs.
fn configured_at_launch<'d>(task: &TaskDefinition<'d>, volume: Volume<'d>) -> Option<Known<'d, bool>> {
    let at_launch = volume.configured_at_launch().known().filter(|at_launch| **at_launch)?;
    (!volume_may_be_unsupported(task, &volume, at_launch.node())).then_some(at_launch)
}
