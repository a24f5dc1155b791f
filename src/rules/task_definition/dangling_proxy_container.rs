use crate::finding::{Category, Problem, Severity};
use crate::fix::Safety;
use crate::model::TaskDefinition;
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::spelling::nearest_of_few;
use crate::words::listed;

pub(super) const RULE: Rule = Rule {
    id: "dangling-proxy-container",
    summary: "the proxy container does not exist in the task",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Sometimes(&["Proxy container [{container}] does not exist"]),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ProxyConfiguration.html"],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(name) = task.proxy().known().and_then(|proxy| proxy.container_name().known()) else { return };
    if !task.knows_all_container_names() || task.container(name.value()).is_some() {
        return;
    }
    let names: Vec<&str> = task.containers().filter_map(|one| Some(one.name().known()?.value())).collect();
    let problem = Problem::new(
        format!("`proxyConfiguration` names container `{name}`, which does not exist"),
        name.label(format!("the task has: {}", listed(names.iter().copied()))),
    )
    .reply(0, &[("container", &name)]);
    report.add(match nearest_of_few(name.value(), names.iter().copied()) {
        Some(near) => problem.suggest(&name, near),
        None => {
            problem.help("set `containerName` to the container that runs the proxy, or add that container")
        }
    });
}
