use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{AWSFIRELENS, Container, Known, LaunchType, LogConfiguration, RouterType, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-firelens-output",
    summary: "the log options of a container that uses `awsfirelens` have no output",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Sometimes(&[
        "missing output key {key} which is required for firelens configuration of type {type}",
    ]),
    settings: &[],
    sources: &[
        "https://github.com/aws/amazon-ecs-agent/blob/master/agent/taskresource/firelens/firelensconfig_unix.go",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(task) = container.task().filter(has_known_agent) else { return };
    let Some(router) = task.log_router() else { return };
    let Some(router_type) = router.firelens.router_type().known() else { return };
    let Some(logs) = container.logs_to(AWSFIRELENS) else { return };
    let key = router_type.output_key();
    let Some(options) = logs.options().known().filter(|_| logs.option(key).is_missing()) else { return };
    if !logs.describes_an_output() {
        return;
    }
    let problem = Problem::new(
        format!("the log options of {} do not set an output of the log router", container.title()),
        options.key_label(format!("no `{key}` in these options")),
    )
    .also(router_type.label(format!("requires the option `{key}`")))
    .reply(0, &[("key", &key), ("type", &router_type.name())]);
    report.add(with_advice(problem, *router_type, &logs));
}

/// Whether the task runs only under an agent whose source is public.
fn has_known_agent(task: &TaskDefinition) -> bool {
    let is_known = |launch_type| task.lists(launch_type).is_yes();
    task.is_fargate().is_no() && (is_known(LaunchType::Ec2) || is_known(LaunchType::ManagedInstances))
}

fn with_advice(problem: Problem, router_type: RouterType, logs: &LogConfiguration) -> Problem {
    let is_name = |option: &Known<&str>| option.eq_ignore_ascii_case("Name") && !logs.writes("Name");
    match (router_type, logs.option_names().find(is_name)) {
        (RouterType::FluentBit, Some(name)) => problem
            .help(format!("option names are case-sensitive: use `Name`, not `{name}`, to set the Fluent Bit output"))
            .fix(name.rename(Safety::Safe, "Name")),
        (RouterType::FluentBit, None) => problem
            .help("add `Name`, such as `\"Name\": \"cloudwatch_logs\"`; or delete all options if the router's own configuration file sets the output"),
        (RouterType::Fluentd, _) => problem
            .help("add `@type`, such as `\"@type\": \"cloudwatch_logs\"`; or delete all options if the router's own configuration file sets the output"),
    }
}
