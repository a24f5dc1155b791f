use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Container, is_port_name};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-port-name",
    summary: "the name of a port mapping is not valid",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html"],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    for mapping in container.port_mappings().items() {
        if let Some(name) = mapping.empty_name() {
            report.add(
                Problem::new(
                    format!("a port mapping of {} has an empty name", container.title()),
                    name.label("must not be empty"),
                )
                .help("delete `name`, or set it to the name by which Service Connect finds the port"),
            );
        }
        let Some(name) = mapping.name().known().filter(|name| !is_port_name(name)) else { continue };
        let problem = Problem::new(
            format!("the port name `{name}` of {} does not match AWS's pattern", container.title()),
            name.label(reason(&name)),
        );
        let lower = name.to_ascii_lowercase();
        if !is_port_name(&lower) {
            report.add(
                problem.help("use up to 64 lower-case letters, digits, `_` and `-`, without a leading `-`"),
            );
            continue;
        }
        report.add(
            problem
                .help(format!("use `{lower}`, also in the services that refer to the name"))
                .fix(name.set(Safety::Shown, lower.as_str())),
        );
    }
}

fn reason(name: &str) -> String {
    let is_odd = |letter: &char| {
        !letter.is_ascii_lowercase() && !letter.is_ascii_digit() && !matches!(letter, '_' | '-')
    };
    match name.chars().find(is_odd) {
        Some(upper) if upper.is_ascii_uppercase() => "upper-case letters are not allowed".to_owned(),
        Some(odd) => format!("`{odd}` is not allowed"),
        None if name.starts_with('-') => "must not start with `-`".to_owned(),
        None => "longer than 64 characters".to_owned(),
    }
}
