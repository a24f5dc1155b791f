use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety, Spot};
use crate::model::{Field, Known, PortMapping, Service, TaskDefinition, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::spelling::nearest_of_few;
use crate::words::listed;

pub(super) const RULE: Rule = Rule {
    id: "dangling-port-name",
    summary: "a service uses a port name that its task definition does not have",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Sometimes(&[
        "portName({name}) does not refer to any named PortMapping in the container definitions",
    ]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectService.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_VpcLatticeConfiguration.html",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(task) = service.task_definition().filter(TaskDefinition::knows_all_port_names) else { return };
    let ports = task.ports_by_name();
    for (name, wanted) in service.wanted_ports(&task) {
        let Some((first, more)) = wanted.places.split_first().filter(|_| !ports.contains_key(name)) else {
            continue;
        };
        let problem = Problem::new(
            format!("no port of the task definition has the name `{name}`"),
            first.label("no port has this name"),
        )
        .also_each(more.iter().map(|place| place.label("also used here")));
        let problem = if wanted.by_service_connect { problem.reply(0, &[("name", &name)]) } else { problem };
        report.add(with_fix(problem, name, &wanted.places, &task));
    }
}

fn with_fix(problem: Problem, name: &str, places: &[Known<&str>], task: &TaskDefinition) -> Problem {
    let mappings: Vec<PortMapping> = task.port_mappings().map(|(_, mapping)| mapping).collect();
    let names: Vec<&str> =
        mappings.iter().filter_map(|mapping| Some(mapping.name().known()?.value())).collect();
    let unnamed: Vec<&PortMapping> = mappings.iter().filter(|mapping| mapping.name().is_missing()).collect();
    if let Some(near) = nearest_of_few(name, names.iter().copied()) {
        let named =
            mappings.iter().filter_map(|mapping| mapping.name().known()).find(|own| own.value() == near);
        let changes: Vec<Change> =
            places.iter().map(|place| Change::Replace(place.node(), near.into())).collect();
        return problem
            .also_each(named.map(|named| named.label("a port has this name")))
            .help(format!("did you mean `{near}`?"))
            .fix(Fix::new(Safety::Shown, format!("set it to `{near}`"), &changes));
    }
    match unnamed.as_slice() {
        [only] if only.empty_name().is_none() => {
            let place = match only.container_port() {
                Field::Known(port) => port.label("this port has no `name`"),
                _ => only.label("this port has no `name`"),
            };
            problem
                .also(place)
                .help(format!("add `\"name\": \"{name}\"` to the port mapping"))
                .fix(only.node().set_member(Safety::Shown, "name", name))
        }
        _ if mappings.is_empty() => problem
            .also(task.name_label("its containers map no ports"))
            .help(format!("map the port in its container: `\"portMappings\": [{{\"name\": \"{name}\", \"containerPort\": …}}]`")),
        _ if names.is_empty() => problem
            .also(task.name_label("none of its ports have a `name`"))
            .help(format!("add `\"name\": \"{name}\"` to the intended port mapping")),
        _ => problem
            .also(task.name_label(format!("its port names are {}", listed(names))))
            .help("use the `name` of one of its port mappings"),
    }
}
