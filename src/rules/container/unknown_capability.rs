use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Container, FARGATE_CAPABILITY, capabilities, capability_meant, is_linux_capability};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::spelling::nearest;

pub(super) const RULE: Rule = Rule {
    id: "unknown-capability",
    summary: "AWS does not document this capability",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_KernelCapabilities.html"],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let mut names = container.dropped_capabilities();
    names.extend(
        container.added_capabilities().into_iter().filter(|name| !may_be_unsupported(container, name)),
    );
    for name in names.iter().filter(|name| !capabilities().any(|documented| documented == ***name)) {
        let (message, label) = if is_linux_capability(name) {
            (format!("`{name}` is not a capability that AWS documents"), "not in AWS's list")
        } else {
            (format!("`{name}` is not a Linux capability"), "no capability has this name")
        };
        // Docker rejects what Linux does not have; the API may reject more.
        let problem = Problem::new(message, name.label(label))
            .warning_unless(container.runs_on_docker() && !is_linux_capability(name));
        let Some(meant) = capability_meant(name) else {
            report.add(match nearest(name, capabilities()) {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem.help("use a name listed in the reference of `KernelCapabilities`"),
            });
            continue;
        };
        let fix = name.set(Safety::Safe, meant);
        report.add(problem.help(format!("use `{meant}`: upper case, without `CAP_`")).fix(fix));
    }
}

/// Whether `unsupported-fargate-capability` reports, or may report, an added name.
fn may_be_unsupported(container: &Container, name: &str) -> bool {
    let may_be_fargate = container.task().is_some_and(|task| !task.is_fargate().is_no());
    may_be_fargate && capability_meant(name) != Some(FARGATE_CAPABILITY)
}
