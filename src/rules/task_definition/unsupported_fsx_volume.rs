use crate::finding::{Category, Problem, Severity};
use crate::model::{Known, LaunchType, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-fsx-volume",
    summary: "an FSx for Windows File Server volume cannot be mounted where the task runs",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&[
        "task with FSx for Windows File Server volumes is only supported on Windows container instance",
    ]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters-managed-instances.html",
        "https://github.com/aws/amazon-ecs-agent/blob/master/agent/api/task/task_linux.go",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some((cause, surroundings, is_linux)) = cause(task) else { return };
    for volume in task.volumes().items() {
        let Some(fsx) = volume.fsx().present() else { continue };
        let problem = Problem::new(
            format!(
                "{} is on FSx for Windows File Server, which {surroundings} cannot mount",
                volume.title()
            ),
            fsx.key_label("only on Windows instances on EC2"),
        )
        .also(cause.label(format!("targets {surroundings}")))
        .help("run the task on Windows instances on EC2; on Linux, use EFS instead")
        .unless(fsx.doubt());
        // The reply is from the agent on Linux.
        report.add(if is_linux { problem.reply(0, &[]) } else { problem });
    }
}

/// The value that targets a platform without FSx, its name, and whether it is Linux on EC2.
fn cause<'d>(task: &TaskDefinition<'d>) -> Option<(Known<'d, &'d str>, &'static str, bool)> {
    let places = [
        (LaunchType::Fargate, "Fargate"),
        (LaunchType::External, "ECS Anywhere"),
        (LaunchType::ManagedInstances, "ECS Managed Instances"),
    ];
    let listed = places
        .into_iter()
        .find_map(|(launch_type, name)| Some((task.requirement(launch_type)?, name, false)));
    let linux = task.operating_system().known().filter(|family| **family == "LINUX");
    listed.or_else(|| Some((linux?, "Linux", true)))
}
