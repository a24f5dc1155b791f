use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{Container, FARGATE_CAPABILITY, capabilities, capability_meant};
use crate::rule::{Check, Profile, Report, Rule, page};
use crate::spelling::nearest;

pub const RULE: Rule = Rule {
    id: "unknown-capability",
    summary: "a name is no Linux capability that AWS documents",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    aws_says: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_KernelCapabilities.html"],
    page: page!("container/unknown-capability"),
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let mut names = container.dropped_capabilities();
    names.extend(
        container.added_capabilities().into_iter().filter(|name| !may_be_unsupported(container, name)),
    );
    for name in names.iter().filter(|name| !capabilities().any(|documented| documented == ***name)) {
        let problem = Problem::new(
            format!("`{name}` is no capability that AWS documents"),
            name.label("not in the list"),
        );
        let Some(meant) = capability_meant(name) else {
            report.add(match nearest(name, capabilities()) {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem.help("write a name of the list in the reference of `KernelCapabilities`"),
            });
            continue;
        };
        let fix = Fix::new(
            Safety::Safe,
            format!("write \"{meant}\""),
            &[Change::Replace(name.node(), meant.into())],
        );
        report.add(problem.help(format!("write `{meant}`: capitals, and no `CAP_`")).fix(fix));
    }
}

/// Whether `unsupported-fargate-capability` speaks, or may speak, of a name that is added.
fn may_be_unsupported(container: &Container, name: &str) -> bool {
    let may_be_fargate = container.task().is_some_and(|task| !task.is_fargate().is_no());
    may_be_fargate && capability_meant(name) != Some(FARGATE_CAPABILITY)
}
