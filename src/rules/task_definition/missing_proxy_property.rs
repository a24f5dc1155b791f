use crate::finding::{Category, Problem, Severity};
use crate::model::{Field, Known, ProxyConfiguration, TaskDefinition, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-proxy-property",
    summary: "the App Mesh proxy is missing a required property",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&["Ingress port not found"]),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ProxyConfiguration.html"],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(proxy) = task.proxy().known().filter(is_app_mesh) else { return };
    let missing = proxy.missing_properties();
    let Some(first) = missing.first() else { return };
    let named: Vec<String> = missing.iter().map(|name| display_name(name)).collect();
    let label = match proxy.properties().known() {
        Some(properties) => properties.key_label("missing from this list"),
        None => proxy.value().key_label("has no `properties`"),
    };
    let problem = Problem::new(format!("the App Mesh proxy requires {}", named.join(", ")), label);
    let problem =
        problem.help(match missing.iter().find_map(|name| Some((name, respelled(&proxy, name)?))) {
            Some((name, near)) => format!("rename `{near}` to `{name}`: property names are case-sensitive"),
            None => {
                let examples: Vec<String> = missing.iter().map(|name| example(name)).collect();
                format!("add to `properties`: {}", examples.join(", "))
            }
        });
    report.add(problem.reply_if((*first == "ProxyIngressPort").then_some(0)));
}

/// App Mesh is the only type, and the default.
fn is_app_mesh(proxy: &Known<ProxyConfiguration>) -> bool {
    match proxy.proxy_type() {
        Field::Missing => true,
        Field::Known(own) => own.value() == "APPMESH",
        Field::Unknown(_) => false,
    }
}

/// A property's name in a message.
fn display_name(name: &str) -> String {
    if name == "IgnoredUID" { "`IgnoredUID` or `IgnoredGID`".to_owned() } else { format!("`{name}`") }
}

/// A property whose name differs only in case.
fn respelled<'d>(proxy: &ProxyConfiguration<'d>, name: &str) -> Option<&'d str> {
    let names = proxy.properties().items().filter_map(|property| Some(property.name().known()?.value()));
    names.into_iter().find(|own| own.eq_ignore_ascii_case(name))
}

/// A typical entry of `properties`.
fn example(name: &str) -> String {
    let value = match name {
        "ProxyIngressPort" => "15000",
        "ProxyEgressPort" => "15001",
        "AppPorts" => "8080",
        // The metadata addresses of ECS and EC2: these must bypass the proxy.
        "EgressIgnoredIPs" => "169.254.170.2,169.254.169.254",
        _ => "1337",
    };
    format!("`{{\"name\": \"{name}\", \"value\": \"{value}\"}}`")
}
