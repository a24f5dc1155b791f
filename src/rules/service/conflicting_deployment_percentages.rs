use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "conflicting-deployment-percentages",
    summary: "the deployment percentages leave no room to replace a task",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always(
        "Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.",
    ),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    if !service.rolls().is_yes() || !service.is_replica().is_yes() || service.is_described() {
        return;
    }
    let Some(percentages) = service.percentages().filter(|both| both.minimum == 100 && both.maximum == 100)
    else {
        return;
    };
    let [minimum, maximum] = percentages.written;
    let Some(maximum) = maximum else { return };
    let problem = Problem::new(
        format!("{} can neither stop nor start a task during a deployment", service.title()),
        maximum.label("no more tasks than desired"),
    );
    let problem = match minimum {
        Some(minimum) => problem.also(minimum.label("no fewer tasks than desired")),
        None => problem.also(maximum.key_label("no `minimumHealthyPercent`, which means 100")),
    };
    report.add(problem.help("set `maximumPercent` to 200 to start new tasks first, or `minimumHealthyPercent` to 50 to stop some old tasks first"));
}
