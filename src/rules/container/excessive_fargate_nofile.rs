use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{Container, Field, Known, LaunchType};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "excessive-fargate-nofile",
    summary: "a container requests more open files than Fargate allows",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html"],
    check: Check::Container(check),
};

/// The most that Fargate allows.
const MOST: i64 = 1_048_576;

fn check(container: &Container, report: &mut Report) {
    let Some(fargate) = container.task().and_then(|task| task.requirement(LaunchType::Fargate)) else {
        return;
    };
    for ulimit in container.ulimits().items() {
        if ulimit.name().known().is_none_or(|name| *name != "nofile") {
            continue;
        }
        let limits = [ulimit.soft_limit(), ulimit.hard_limit()].into_iter().filter_map(Field::known);
        let over: Vec<Known<i64>> = limits.filter(|limit| **limit > MOST).collect();
        let Some((first, others)) = over.split_first() else { continue };
        let changes: Vec<Change> =
            over.iter().map(|limit| Change::Replace(limit.node(), MOST.into())).collect();
        let mut problem = Problem::new(
            format!("{} requests {first} open files, but Fargate allows at most {MOST}", container.title()),
            first.label(format!("more than {MOST}")),
        );
        problem.also.extend(others.iter().map(|other| other.label("also too high")));
        report.add(
            problem
                .also(fargate.label("targets Fargate"))
                .help(format!("set it to {MOST} or less; the default is 65535"))
                .fix(Fix::new(Safety::Shown, format!("set it to {MOST}"), &changes)),
        );
    }
}
