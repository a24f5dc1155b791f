use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Percentages, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "impossible-deployment-at-minimum",
    summary: "a rolling deployment can neither stop nor start a task once the service is scaled in",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Sometimes(&[
        "(service {name}) was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again.",
    ]),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(both) = service.percentages() else { return };
    let Some(least) = service.scalable_target().and_then(|target| target.bounds().min_capacity().known())
    else {
        return;
    };
    let works_as_written = service.desired_count().known().is_some_and(|count| !both.block(*count));
    let is_settled = service.rolls().is_yes() && service.is_replica().is_yes();
    if !is_settled || !works_as_written || !both.block(*least) {
        return;
    }
    let Some(maximum) = both.written[1] else { return };
    let smallest = Percentages::smallest_maximum(*least);
    let tasks = if *least == 1 { "1 task".to_owned() } else { format!("{} tasks", *least) };
    let mut problem = Problem::new(
        format!(
            "once {} is scaled in to {tasks}, a deployment can neither stop nor start one",
            service.title()
        ),
        maximum.label(format!(
            "{}% of {}, rounded down: at most {}",
            both.maximum,
            *least,
            both.upper(*least)
        )),
    );
    problem.also.extend(both.written[0].map(|minimum| {
        minimum.label(format!("{}% of {}, rounded up: at least {}", both.minimum, *least, both.lower(*least)))
    }));
    let name = service.name().known().map_or_else(|| "…".to_owned(), |name| name.to_string());
    report.add(
        problem
            .also(least.label(format!("the service can be scaled in to {tasks}")))
            .help(format!(
                "set `maximumPercent` to {smallest} or more: with {tasks}, one more can then start"
            ))
            .reply(0, &[("name", &name)])
            .fix(maximum.set(Safety::Shown, smallest)),
    );
}
