use std::collections::HashMap;

use crate::finding::{Category, Label, Problem, Severity};
use crate::fix::{Change, Fix, Safety, Spot};
use crate::model::{Container, Field, Known, MountPoint, TaskDefinition, View, Volume};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::spelling::nearest_of_few;

pub(super) const RULE: Rule = Rule {
    id: "dangling-mount",
    summary: "a container mounts a volume that the task definition does not declare",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Sometimes(&["Unknown volume '{volume}'.", "Unknown volume 'null'."]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_MountPoint.html",
        "https://github.com/blinkist/terraform-aws-airship-ecs-service/issues/46",
        "https://github.com/ansible/ansible/issues/35751",
    ],
    check: Check::TaskDefinition(check),
};

/// So many volumes are listed.
const LISTED: usize = 8;

fn check(task: &TaskDefinition, report: &mut Report) {
    let mut dangling: Vec<Vec<Known<&str>>> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    let (declared, knows_all) = (task.volume_names(), task.knows_all_volume_names());
    for container in task.containers() {
        for mount in container.mount_points().items().filter(MountPoint::is_written) {
            match mount.source_volume() {
                Field::Missing => report.add(without_source(task, &container, mount)),
                Field::Known(name) if knows_all && !declared.contains(name.value()) => {
                    let at = *places.entry(name.value()).or_insert(dangling.len());
                    dangling.resize_with(dangling.len().max(at + 1), Vec::new);
                    dangling[at].push(name);
                }
                _ => {}
            }
        }
    }
    let names = task.volumes().items().filter_map(|volume| volume.name().known()).map(Known::value);
    let names: Vec<&str> = if dangling.is_empty() { Vec::new() } else { names.collect() };
    let nameless: Vec<Volume> = task.nameless_volumes().take(LISTED).collect();
    for mounts in dangling {
        report.add(without_volume(task, &mounts, &names, &nameless));
    }
}

/// Labels for the volumes without a name; the mount may mean one of them.
fn nameless_labels(nameless: &[Volume]) -> impl Iterator<Item = Label> {
    nameless.iter().map(|volume| volume.missing_label("name", "this volume has no name"))
}

/// A volume is missing, but one or more volumes have no name.
fn with_nameless(nameless: &[Volume], name: &str, problem: Problem) -> Problem {
    // AWS's reply to the nameless volume is not known.
    let problem = Problem { reply: None, ..problem };
    let [volume] = nameless else {
        return problem.help(format!("set `name` to `{name}` in the volume you mean"));
    };
    let fix =
        volume.node().set_member(Safety::Shown, "name", name).titled(format!("name the volume `{name}`"));
    problem.help(format!("set `name` of the volume to `{name}`")).fix(fix)
}

fn without_source(task: &TaskDefinition, container: &Container, mount: MountPoint) -> Problem {
    let problem = Problem::new(
        format!("{} has a mount point without a volume", container.title()),
        mount.missing_label("sourceVolume", "`sourceVolume` is missing"),
    )
    .also_each(nameless_labels(&task.nameless_volumes().take(LISTED).collect::<Vec<_>>()))
    .help("set `sourceVolume` to the name of an entry in `volumes`");
    // AWS's reply to an empty name is not known.
    let is_empty = mount.node().get("sourceVolume").is_some_and(|name| name.as_text().is_some());
    if is_empty { problem } else { problem.reply(1, &[]) }
}

/// One finding for all mounts of the same missing volume. `names` are those of the volumes; some may have none.
fn without_volume(
    task: &TaskDefinition,
    mounts: &[Known<&str>],
    names: &[&str],
    nameless: &[Volume],
) -> Problem {
    let name = mounts[0];
    let mut problem = Problem::new(
        format!("the task definition does not declare volume `{name}`"),
        name.label("mounted here"),
    )
    .reply(0, &[("volume", &name)]);
    problem.also.extend(mounts[1..].iter().map(|mount| mount.label("and here")));
    problem.also.extend(nameless_labels(nameless));
    let near = nearest_of_few(&name, names.iter().copied());
    if !nameless.is_empty() && near.is_none() {
        return with_nameless(nameless, name.value(), problem);
    }
    if names.is_empty() {
        return problem.help(format!(
            "declare it next to `containerDefinitions`: `\"volumes\": [{{\"name\": \"{name}\"}}]`"
        ));
    }
    let Some(near) = near else {
        let listed: Vec<String> = names.iter().take(LISTED).map(|name| format!("`{name}`")).collect();
        let more = if names.len() > LISTED { " and others" } else { "" };
        return problem.help(format!("add it to `volumes`, or mount one of {}{more}", listed.join(", ")));
    };
    let changes: Vec<Change> =
        mounts.iter().map(|mount| Change::Replace(mount.node(), near.into())).collect();
    let fix = Fix::new(Safety::Shown, format!("set `sourceVolume` to `{near}`"), &changes);
    let declared = task.volume(near).and_then(|volume| volume.name().known());
    problem.also.extend(declared.map(|declared| declared.label("declared here")));
    problem.help(format!("did you mean `{near}`?")).fix(fix)
}
