use crate::finding::{Category, Problem, Severity};
use crate::model::{Field, Known, Service, TaskDefinition, Volume};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::spelling::nearest_of_few;
use crate::words::listed;

pub(super) const RULE: Rule = Rule {
    id: "dangling-volume-configuration",
    summary: "a service configures a volume that its task definition does not leave open for it",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&[
        "The volume name '{name}' in your request does not have a matching volume in your Task Definition",
        "Volume configuration provided but no matching configuredAtLaunch volume found in task definition.",
    ]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceVolumeConfiguration.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ebs-volumes.html",
        "https://github.com/go-to-k/cdkd/pull/811",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(task) = service.task_definition().filter(TaskDefinition::knows_all_volume_names) else { return };
    for configuration in service.volume_configurations().items() {
        let Some(name) = configuration.name().known() else { continue };
        let problem = match task.volume(&name) {
            None => Some(without_volume(&name, &task).reply(0, &[("name", &name)])),
            Some(volume) => not_open(&name, &volume).map(|problem| problem.reply(1, &[])),
        };
        report.add_each(problem);
    }
}

fn without_volume(name: &Known<&str>, task: &TaskDefinition) -> Problem {
    let names: Vec<&str> =
        task.volumes().items().filter_map(|volume| Some(volume.name().known()?.value())).collect();
    let volumes = match names.as_slice() {
        [] => "it has no volumes".to_owned(),
        [one] => format!("its volume is `{one}`"),
        _ => format!("its volumes are {}", listed(names.iter().copied())),
    };
    let problem = Problem::new(
        format!("the task definition has no volume `{name}`"),
        name.label("no volume has this name"),
    )
    .also(task.name_label(volumes));
    match nearest_of_few(name, names) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem.help(format!(
            "add it to the task definition: `\"volumes\": [{{\"name\": \"{name}\", \"configuredAtLaunch\": true}}]`"
        )),
    }
}

fn not_open(name: &Known<&str>, volume: &Volume) -> Option<Problem> {
    let place = match volume.configured_at_launch() {
        Field::Known(at_launch) if *at_launch => return None,
        Field::Known(at_launch) => at_launch.label("not configured at launch"),
        Field::Missing => volume.name().known()?.label("`\"configuredAtLaunch\": true` is missing"),
        Field::Unknown(_) => return None,
    };
    Some(
        Problem::new(
            format!("volume `{name}` of the task definition is not configured at launch"),
            name.label("configured here"),
        )
        .also(place)
        .help("set `configuredAtLaunch` to true on the volume in the task definition"),
    )
}
