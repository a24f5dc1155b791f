use crate::finding::{Category, Problem, Severity};
use crate::model::{Command, Container, Field, NetworkMode, Ports, Probe};
use crate::rule::{Check, Profile, Reply, Report, Rule, page};

pub(super) const RULE: Rule = Rule {
    id: "mismatched-health-check-port",
    summary: "a health check calls a port that the container does not publish",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html"],
    page: page!("container/mismatched-health-check-port"),
    check: Check::Containers(check),
};

fn check(containers: &[Container], report: &mut Report) {
    for container in containers {
        report.add_each(mismatch(container, containers));
    }
}

fn mismatch(container: &Container, all: &[Container]) -> Option<Problem> {
    let command = container.health_check().known()?.command().known()?;
    let calls = Probe::read(&command)?.local_calls()?;
    let call = calls.first()?;
    let own = published(container)?;
    // In most network modes, the containers of a task share their ports.
    let is_alone = container.task().is_some_and(|task| task.runs_in(NetworkMode::Bridge).is_yes());
    let others = all.iter().filter(|other| !is_alone && other.position() != container.position());
    let others: Vec<Ports> = others.map(published).collect::<Option<Vec<_>>>()?.concat();
    let is_published = |port: i64| own.iter().chain(&others).any(|ports| ports.contains(port));
    if calls.iter().any(|call| is_published(call.port) || may_use(container, call.port)) {
        return None;
    }
    let published = container.port_mappings().items().find_map(|mapping| mapping.container_ports())?;
    let which = if own.len() == 1 { "the only port" } else { "one of the ports" };
    Some(
        Problem::new(
            format!(
                "the health check of {} calls port {}, which no port mapping contains",
                container.title(),
                call.port
            ),
            call.text.part_label(call.range.clone(), format!("calls port {}", call.port)),
        )
        .also(published.label(format!("{which} that it publishes")))
        .help(format!(
            "call port {published} if the program listens there; if it also listens on {}, ignore this",
            call.port
        )),
    )
}

/// The ports that a container publishes; `None` if it publishes none, or not all are known.
fn published(container: &Container) -> Option<Vec<Ports>> {
    let mappings = container.port_mappings();
    let ports = mappings.items().map(|mapping| Some(mapping.container_ports()?.value()));
    ports.collect::<Option<Vec<Ports>>>().filter(|ports| mappings.is_complete() && !ports.is_empty())
}

/// Whether anything that the container is started with names, or may name, a port.
fn may_use(container: &Container, port: i64) -> bool {
    let names_it = |text: &str| {
        text.split(|c: char| !c.is_ascii_digit())
            .any(|digits| digits.parse().is_ok_and(|number: i64| number == port))
    };
    let of_command = |field: Field<Command>| match field {
        Field::Missing => false,
        Field::Unknown(_) => true,
        Field::Known(command) => command.words().iter().any(|word| names_it(word)),
    };
    let variables = container.environment();
    !container.environment_files().is_missing()
        || !variables.is_complete()
        || variables.items().any(|variable| match variable.value() {
            Field::Missing => false,
            Field::Unknown(_) => true,
            Field::Known(value) => names_it(&value),
        })
        || of_command(container.entry_point())
        || of_command(container.command())
}
