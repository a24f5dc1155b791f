use std::collections::BTreeMap;

use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, Known, NetworkMode, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-port-name",
    summary: "two port mappings of a task have the same name",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always("When networkMode=awsvpc, port mapping name is already used"),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html"],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(mode) = task.writes_mode(&[NetworkMode::Awsvpc]) else { return };
    let mut taken: BTreeMap<&str, (Container, Known<&str>)> = BTreeMap::new();
    for (container, mapping) in task.port_mappings() {
        let Some(name) = mapping.name().known() else { continue };
        let Some((other, first)) = taken.get(name.value()) else {
            taken.insert(name.value(), (container, name));
            continue;
        };
        // A duplicated container has its mappings twice: `duplicate-container-name`.
        if container.may_share_name(other) {
            continue;
        }
        report.add(
            Problem::new(
                format!("two port mappings of the task are named `{name}`"),
                name.label("already used"),
            )
            .also(first.label(format!("first used here, by {}", other.title())))
            .also(mode.label("with `awsvpc`, names must be unique in the task"))
            .help("rename one of them: Service Connect and VPC Lattice find a port by its name"),
        );
    }
}
