use crate::finding::{Category, Problem, Severity};
use crate::model::TaskDefinition;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "mismatched-proxy-user",
    summary: "the proxy does not run as the user in `IgnoredUID`",
    category: Category::Broken,
    severity: Severity::Note,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ProxyConfiguration.html",
        "https://github.com/aws/amazon-ecs-agent/blob/master/agent/api/task/task.go",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(proxy) = task.proxy().known() else { return };
    let Some(ignored) = proxy.property("IgnoredUID").read(|user| user.parse::<u32>().ok()).known() else {
        return;
    };
    // If a group is set too, the proxy's traffic may be ignored because of its group.
    if proxy.may_ignore_a_group() {
        return;
    }
    let Some(name) = proxy.container_name().known() else { return };
    let Some(container) = task.container(name.value()) else { return };
    let Some(user) = container.user_id().known().filter(|user| **user != *ignored) else { return };
    report.add(
        Problem::new(
            format!("the proxy runs as user {}, but `IgnoredUID` is {}", *user, *ignored),
            ignored.label("not the user of the proxy"),
        )
        .also(user.label(format!("{} is the proxy", container.title())))
        .help(format!(
            "use {} in both places: otherwise the proxy's own traffic is sent back to the proxy",
            *user
        )),
    );
}
