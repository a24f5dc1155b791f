use crate::finding::{Category, Problem, Severity};
use crate::model::{Service, repeated};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-monitoring-metric",
    summary: "a service monitors a metric twice",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&["Duplicate metric names are not allowed across monitoring configuration."]),
    settings: &[],
    sources: &["https://github.com/radkawar/stackd"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let names = service.monitored_metrics().map(|name| (name.value(), name));
    for (first, second) in repeated(names) {
        report.add(
            Problem::new(format!("the metric {second} is monitored twice"), second.label("named again"))
                .also(first.label("first named here"))
                .help("name each metric once, with the resolution you want"),
        );
    }
}
