use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Known, TaskDefinition, Volume};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "conflicting-autoprovision",
    summary: "a task-scoped volume sets `autoprovision`",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Sometimes(&[
        "When 'scope' parameter is 'task', 'autoprovision' must either not be specified or set to 'True'.",
        "volume [{volume}] : task scoped volume could not be autoprovisioned",
    ]),
    settings: &[],
    sources: &[
        "https://github.com/aws/aws-cdk/issues/26697",
        "https://github.com/hashicorp/terraform-provider-aws/issues/34428",
        "https://github.com/aws/amazon-ecs-agent/blob/master/agent/taskresource/volume/dockervolume.go",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    for volume in task.volumes().items() {
        check_volume(&volume.within(task), report);
    }
}

fn check_volume(volume: &Volume, report: &mut Report) {
    let Some(docker) = volume.docker().known() else { return };
    // Fargate, for example, does not support Docker volumes: `unsupported-on-fargate`.
    if volume.may_be_unsupported(docker.node()) {
        return;
    }
    let (Some(scope), Some(autoprovision)) = (docker.scope().known(), docker.autoprovision().present())
    else {
        return;
    };
    if *scope != "task" {
        return;
    }
    let problem = Problem::new(
        format!("{} has the scope `task` but sets `autoprovision`", volume.title()),
        autoprovision.key_label("only for shared volumes"),
    )
    .also(scope.label("a new volume for each task"))
    .fix(autoprovision.delete(Safety::Safe))
    .unless(autoprovision.doubt());
    const ALWAYS_NEW: &str =
        "delete `autoprovision`: a volume with this scope is always created for each task";
    // The API advises `true`, which the agent rejects.
    report.add(match docker.autoprovision().known().map(Known::value) {
        Some(true) => problem.help(ALWAYS_NEW).reply(1, &[("volume", &name(volume))]),
        Some(false) => problem
            .help(
                "delete `autoprovision`; do not set it to true as AWS suggests: the task then does not start",
            )
            .reply(0, &[]),
        None => problem.help(ALWAYS_NEW),
    });
}

fn name<'d>(volume: &Volume<'d>) -> &'d str {
    volume.name().known().map_or("…", Known::value)
}
