use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Known, Percentages, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "impossible-deployment",
    summary: "a rolling deployment can neither stop nor start a task",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Sometimes(&[
        "(service {name}) was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again.",
    ]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let (Some(count), Some(both)) = (service.desired_count().known(), service.percentages()) else { return };
    let is_settled = service.rolls().is_yes() && service.is_replica().is_yes() && service.may_run(*count);
    // AWS rejects 100 and 100 right away.
    if !is_settled || !both.block(*count) || (both.minimum, both.maximum) == (100, 100) {
        return;
    }
    let Some(maximum) = both.written[1] else { return };
    let (lower, upper) = (both.lower(*count), both.upper(*count));
    let smallest = Percentages::smallest_maximum(*count);
    let tasks = if *count == 1 { "1 task".to_owned() } else { format!("{} tasks", *count) };
    let mut problem = Problem::new(
        format!("a deployment of {} can neither stop nor start a task", service.title()),
        maximum.label(format!("{}% of {}, rounded down: at most {upper}", both.maximum, *count)),
    );
    problem.also.extend(both.written[0].map(|minimum| {
        minimum.label(format!("{}% of {}, rounded up: at least {lower}", both.minimum, *count))
    }));
    let name = service.name().known().map_or("…", Known::value);
    report.add(
        problem
            .also(count.label(format!("{tasks} desired")))
            .help(format!(
                "set `maximumPercent` to {smallest} or more: with {tasks}, one more can then start"
            ))
            .reply(0, &[("name", &name)])
            .fix(maximum.set(Safety::Shown, smallest)),
    );
}
