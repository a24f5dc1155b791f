use crate::finding::{Category, Label, Problem, Severity};
use crate::model::{Field, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule, Setting, SettingKind, Value};
use crate::words::counted;

pub(super) const RULE: Rule = Rule {
    id: "single-task-service",
    summary: "a service that receives traffic runs a single task",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[Setting {
        name: "minimum-tasks",
        kind: SettingKind::Number,
        about: "The least number of tasks that a service with traffic should run; 2 if not set",
    }],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service_definition_parameters.html",
    ],
    check: Check::Service(check),
};

/// The least number of tasks that is not reported, unless the user sets another.
const LEAST: i64 = 2;

fn check(service: &Service, report: &mut Report) {
    let least = report.setting("minimum-tasks").and_then(Value::number).unwrap_or(LEAST);
    let count = service.desired_count().known().filter(|count| (1..least).contains(&**count));
    let Some(count) = count.filter(|_| service.is_replica().is_yes()) else { return };
    let Some((traffic, source)) = traffic(service) else { return };
    let target = service.scalable_target().map(|target| target.bounds().min_capacity());
    let bound = match target {
        Some(Field::Known(bound)) if *bound < least => Some(bound),
        None if !service.may_be_scaled() => None,
        _ => return,
    };
    let label_of_count = if *count == 1 {
        "nothing takes over when it stops".to_owned()
    } else {
        format!("fewer than {least}")
    };
    let keys = if bound.is_some() { "`desiredCount` and `MinCapacity`" } else { "`desiredCount`" };
    report.add(
        Problem::new(
            format!("{} runs only {} {traffic}", service.title(), counted(*count, "task")),
            count.label(label_of_count),
        )
        .also(source)
        .also_each(bound.map(|bound| bound.label("scaling in may leave no more")))
        .help(format!("set {keys} to {least} or more, so that others serve the requests when a task stops")),
    );
}

/// Where the traffic comes from: in words, and the key that brings it.
fn traffic(service: &Service) -> Option<(&'static str, Label)> {
    let balancers = service.load_balancers().certain();
    let by_balancer = balancers.map(|list| ("behind its load balancer", list.key_label("sends it requests")));
    by_balancer.or_else(|| {
        let services = service.service_connect()?.services().certain()?;
        Some(("for the clients of Service Connect", services.key_label("others send it requests")))
    })
}
