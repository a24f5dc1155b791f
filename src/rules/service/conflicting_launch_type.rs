use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{LaunchType, Service, both};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "conflicting-launch-type",
    summary: "a service has both a launch type and a capacity provider strategy",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Always(
        "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.",
    ),
    settings: &[],
    sources: &["https://github.com/terraform-linters/tflint-ruleset-aws/issues/349"],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    let strategy = service.capacity_providers();
    let Some((launch_type, list)) = both(service.launch_type().present(), strategy.present()) else {
        return;
    };
    if service.is_described() || service.may_have_external_controller() || !service.says_daemon().is_no() {
        return;
    }
    let problem = Problem::new(
        format!("{} has both a launch type and a capacity provider strategy", service.title()),
        launch_type.key_label("a launch type"),
    )
    .also(list.key_label("a capacity provider strategy"))
    .unless(launch_type.doubt())
    .unless(list.doubt());
    let is_same = service.launches_on(LaunchType::Fargate).is_some() && service.is_fargate().is_yes();
    report.add(if is_same {
        let fix = launch_type.delete(Safety::Shown);
        problem.help("remove `launchType`: the capacity providers already select Fargate").fix(fix)
    } else {
        problem.help("keep the one that should decide where tasks run, and remove the other")
    });
}
