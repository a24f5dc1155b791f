use crate::finding::{Category, Problem, Severity};
use crate::model::{NetworkMode, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-proxy-network-mode",
    summary: "the App Mesh proxy requires network mode `awsvpc`",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always("APPMESH proxy configuration is only supported in networkMode=awsvpc"),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ProxyConfiguration.html"],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(proxy) = task.proxy().present() else { return };
    // On Fargate, invalid-fargate-network-mode already reports the network mode.
    if !task.is_fargate().is_no() || !task.runs_in(NetworkMode::Awsvpc).is_no() {
        return;
    }
    let problem = match task.network_mode().known() {
        Some(mode) => Problem::new(
            format!("the App Mesh proxy does not work in network mode `{mode}`"),
            mode.label("must be `awsvpc`"),
        )
        .also(proxy.key_label("requires `awsvpc`")),
        None => Problem::new(
            "the App Mesh proxy does not work in network mode `bridge`, the default",
            proxy.key_label("requires `awsvpc`"),
        ),
    };
    report.add(
        problem.help("set `networkMode` to `awsvpc`, or delete `proxyConfiguration`").unless(proxy.doubt()),
    );
}
