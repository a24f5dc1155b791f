use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{Container, is_port_name};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "invalid-port-name",
    summary: "the name of a port mapping has characters that a port name may not have",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    aws_says: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html"],
    page: page!("container/invalid-port-name"),
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    for mapping in container.port_mappings().items() {
        if let Some(name) = mapping.empty_name() {
            report.add(
                Problem::new(
                    format!("a port mapping of {} has an empty name", container.title()),
                    name.label("empty"),
                )
                .help("delete `name`, or write one for Service Connect to find the port by"),
            );
        }
        let Some(name) = mapping.name().known().filter(|name| !is_port_name(name)) else { continue };
        let problem = Problem::new(
            format!("the port name `{name}` of {} is not written as AWS wants it", container.title()),
            name.label(reason(&name)),
        );
        let lower = name.to_ascii_lowercase();
        if !is_port_name(&lower) {
            report
                .add(problem.help(
                    "write up to 64 lower-case letters, digits, `_` and `-`, with no `-` at the start",
                ));
            continue;
        }
        let change = Change::Replace(name.node(), lower.as_str().into());
        report.add(
            problem.help(format!("write `{lower}`, also where services refer to the name")).fix(Fix::new(
                Safety::Shown,
                format!("write \"{lower}\""),
                &[change],
            )),
        );
    }
}

fn reason(name: &str) -> String {
    let is_odd = |letter: &char| {
        !letter.is_ascii_lowercase() && !letter.is_ascii_digit() && !matches!(letter, '_' | '-')
    };
    match name.chars().find(is_odd) {
        Some(upper) if upper.is_ascii_uppercase() => "holds a capital letter".to_owned(),
        Some(odd) => format!("`{odd}` is none of `a-z`, `0-9`, `_` and `-`"),
        None if name.starts_with('-') => "starts with `-`".to_owned(),
        None => "longer than 64 characters".to_owned(),
    }
}
