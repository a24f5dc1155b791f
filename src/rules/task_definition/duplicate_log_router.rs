use crate::finding::{Category, Problem, Severity};
use crate::model::{TaskDefinition, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-log-router",
    summary: "the task has more than one log router",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html",
        "https://github.com/aws/amazon-ecs-agent/blob/master/agent/api/task/task.go",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let mut routers = task.log_routers();
    let (Some(first), Some(second)) = (routers.next(), routers.next()) else { return };
    let problem = Problem::new(
        format!("the task has two log routers: {} and {}", first.container.title(), second.container.title()),
        second.firelens.value().key_label("second log router"),
    )
    .also(first.firelens.value().key_label("first log router"))
    .help("keep one `firelensConfiguration`: one router can send to many destinations");
    report.add(
        routers.fold(problem, |problem, third| problem.also(third.firelens.value().key_label("another one"))),
    );
}
