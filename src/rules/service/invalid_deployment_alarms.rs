use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Service, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-deployment-alarms",
    summary: "deployment alarms name no alarm, or several in one string",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentAlarms.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(alarms) = service.deployment().and_then(|deployment| deployment.alarms()).known() else {
        return;
    };
    let Some(enabled) = alarms.enable().known().filter(|enabled| **enabled) else { return };
    if let Some(empty) = alarms.empty_names() {
        report.add(
            Problem::new(
                "deployment alarms are enabled but name no alarm",
                empty.key_label("no alarm names"),
            )
            .also(enabled.label("enabled here"))
            .help("list the CloudWatch alarms that should stop a deployment, or set `enable` to false"),
        );
    }
    for names in alarms.known_names().filter(|name| name.contains(',')) {
        let parts: Vec<&str> = names.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
        let problem = Problem::new(
            format!("`{names}` looks like several alarms in one string"),
            names.label("each item must be one name"),
        )
        .help("use one item per alarm; ignore this if the alarm name does contain a comma");
        let list = names.node().parent().filter(|list| list.items().count() == 1);
        report.add(match list {
            Some(list) => problem.fix(list.set(Safety::Shown, parts).titled("split it at the commas")),
            None => problem,
        });
    }
}
