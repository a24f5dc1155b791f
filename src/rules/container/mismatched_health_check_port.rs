use std::cell::LazyCell;

use crate::finding::{Category, Problem, Severity};
use crate::model::{Command, Container, Field, LocalCall, NetworkMode, Ports, Probe};
use crate::rule::{Check, Profile, Reply, Report, Rule};

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
    check: Check::Containers(check),
};

fn check(containers: &[Container], report: &mut Report) {
    // In most network modes, the containers of a task share their ports.
    let sees_all = containers.first().is_some_and(Container::sees_siblings);
    let shared = LazyCell::new(|| PublishedPorts::of(containers).filter(|_| sees_all));
    for container in containers {
        let is_alone = container.task().is_some_and(|task| task.runs_in(NetworkMode::Bridge).is_yes());
        let calls = calls(container);
        if !calls.is_empty()
            && let Some(own) = PublishedPorts::of(&[*container])
            && let Some(ports) = if is_alone { Some(&own) } else { shared.as_ref() }
            && !calls.iter().any(|call| ports.contain(call.port) || may_use(container, call.port))
        {
            report.add_each(mismatch(container, &calls, own.count));
        }
    }
}

/// The calls of the health check to ports of its own network, if all are known.
fn calls<'d>(container: &Container<'d>) -> Vec<LocalCall<'d>> {
    let command = container.health_check().known().and_then(|health| health.command().known());
    let probe = command.and_then(|command| Probe::read(&command));
    probe.and_then(|probe| probe.local_calls()).unwrap_or_default()
}

fn mismatch(container: &Container, calls: &[LocalCall], published: usize) -> Option<Problem> {
    let call = calls.first()?;
    let port = container.port_mappings().items().find_map(|mapping| mapping.container_ports())?;
    let which = if published == 1 { "the only port" } else { "one of the ports" };
    Some(
        Problem::new(
            format!(
                "the health check of {} calls port {}, which no port mapping contains",
                container.title(),
                call.port
            ),
            call.text.part_label(call.range.clone(), format!("calls port {}", call.port)),
        )
        .also(port.label(format!("{which} that it publishes")))
        .help(format!(
            "call port {port} if the program listens there; if it also listens on {}, ignore this",
            call.port
        )),
    )
}

/// The ports that some containers publish.
struct PublishedPorts {
    /// By their first port; each reaches as far as any before it.
    ranges: Vec<Ports>,
    /// How many mappings there are.
    count: usize,
}

impl PublishedPorts {
    /// The ports of containers; `None` if one publishes none, or not all are known.
    fn of(containers: &[Container]) -> Option<PublishedPorts> {
        let mut ranges = Vec::new();
        for container in containers {
            let mappings = container.port_mappings();
            if mappings.is_missing() || !mappings.is_complete() {
                return None;
            }
            for mapping in mappings.items() {
                ranges.push(mapping.container_ports()?.value());
            }
        }
        ranges.sort_by_cached_key(|ports| ports.first);
        let mut last = 0;
        for ports in &mut ranges {
            last = ports.last.max(last);
            ports.last = last;
        }
        Some(PublishedPorts { count: ranges.len(), ranges })
    }

    fn contain(&self, port: i64) -> bool {
        let before = self.ranges.partition_point(|ports| ports.first <= port);
        self.ranges[..before].last().is_some_and(|ports| port <= ports.last)
    }
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
