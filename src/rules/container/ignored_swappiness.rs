use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::Container;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "ignored-swappiness",
    summary: "`swappiness` has no effect without `maxSwap`",
    category: Category::Ignored,
    severity: Severity::Note,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LinuxParameters.html"],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    if !container.is_fargate().is_no() || !container.says_windows().is_no() {
        return;
    }
    let Some(parameters) = container.linux_parameters().known() else { return };
    let Some(swappiness) = parameters.swappiness().present().filter(|_| parameters.max_swap().is_missing())
    else {
        return;
    };
    let fix = swappiness.delete(Safety::Shown);
    report.add(
        Problem::new(
            format!("{} sets `swappiness`, but not `maxSwap`", container.title()),
            swappiness.key_label("has no effect without `maxSwap`"),
        )
        .help("set `maxSwap` to the MiB that the container may swap, or delete `swappiness`")
        .fix(fix)
        .unless(swappiness.doubt()),
    );
}
