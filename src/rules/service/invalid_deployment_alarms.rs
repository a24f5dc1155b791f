use serde_json::json;

use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{Service, View};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "invalid-deployment-alarms",
    summary: "the alarms of a deployment name no alarm, or several in one string",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    aws_says: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentAlarms.html"],
    page: page!("service/invalid-deployment-alarms"),
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(alarms) = service.deployment().and_then(|deployment| deployment.alarms()).known() else {
        return;
    };
    let Some(enabled) = alarms.enable().known().filter(|enabled| **enabled) else { return };
    if let Some(empty) = alarms.empty_names() {
        report.add(
            Problem::new("deployment alarms are enabled and name no alarm", empty.key_label("no names"))
                .also(enabled.label("enabled here"))
                .help(
                    "name the CloudWatch alarms that shall stop a deployment, or write `\"enable\": false`",
                ),
        );
    }
    for names in alarms.known_names().filter(|name| name.contains(',')) {
        let parts: Vec<&str> = names.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
        let problem = Problem::new(
            format!("`{names}` looks like several alarms in one string"),
            names.label("one name for each item"),
        )
        .help("write an item for each alarm; an alarm whose name does hold a comma is right");
        let list = names.node().parent().filter(|list| list.items().count() == 1);
        report.add(match list {
            Some(list) => problem.fix(Fix::new(
                Safety::Shown,
                "split at the comma",
                &[Change::Replace(list, json!(parts))],
            )),
            None => problem,
        });
    }
}
