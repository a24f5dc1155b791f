use crate::finding::{Category, Problem, Severity};
use crate::model::{TaskDefinition, app_mesh_end};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "deprecated-app-mesh",
    summary: "the task uses App Mesh, which AWS has discontinued",
    category: Category::Reliability,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/app-mesh/latest/userguide/what-is-app-mesh.html"],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(proxy) = task.proxy().present().filter(|_| !task.may_not_support_proxy()) else { return };
    report.add(
        Problem::new(
            format!("`proxyConfiguration` is for App Mesh, which AWS supported until {}", app_mesh_end()),
            proxy.key_label("App Mesh is its only use"),
        )
        .help("move to Service Connect (`serviceConnectConfiguration` of the service), then delete `proxyConfiguration` and the container of the proxy")
        .unless(proxy.doubt()),
    );
}
