use crate::finding::{Category, Problem, Severity};
use crate::model::{NetworkMode, TaskDefinition};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "invalid-proxy-network-mode",
    summary: "the App Mesh proxy needs the network mode `awsvpc`",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    aws_says: &["APPMESH proxy configuration is only supported in networkMode=awsvpc"],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ProxyConfiguration.html"],
    page: page!("task-definition/invalid-proxy-network-mode"),
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(proxy) = task.proxy().present() else { return };
    // What Fargate says of the network mode is said already by invalid-fargate-network-mode.
    if !task.is_fargate().is_no() || !task.runs_in(NetworkMode::Awsvpc).is_no() {
        return;
    }
    let problem = match task.network_mode().known() {
        Some(mode) => Problem::new(
            format!("the App Mesh proxy does not work in the network mode `{mode}`"),
            mode.label("should be `awsvpc`"),
        )
        .also(proxy.key_label("the proxy")),
        None => Problem::new(
            "the App Mesh proxy does not work in the network mode `bridge`, which is the default",
            proxy.key_label("needs \"networkMode\": \"awsvpc\""),
        ),
    };
    report.add(
        problem
            .help("write \"networkMode\": \"awsvpc\", or delete `proxyConfiguration`")
            .unless(proxy.doubt()),
    );
}
