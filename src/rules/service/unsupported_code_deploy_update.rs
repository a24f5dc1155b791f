use crate::finding::{Category, Problem, Severity};
use crate::model::{Present, Service, doubts};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-code-deploy-update",
    summary: "an update changes a field that only CodeDeploy can change",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&[
        "Unable to update network parameters on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment.",
        "Unable to update task definition on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment.",
    ]),
    settings: &[],
    sources: &[
        "https://github.com/hashicorp/terraform-provider-aws/issues/8005",
        "https://github.com/boto/boto3/issues/1936",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    const LABEL: &str = "not allowed in an update";
    let Some(controller) = service.code_deploy_in_charge() else { return };
    let fields: Vec<(&str, Present)> = service.fields_of_code_deploy().collect();
    let Some(((first, field), others)) = fields.split_first() else { return };
    let text = match *first {
        "taskDefinition" => Some(1),
        "networkConfiguration" => Some(0),
        _ => None,
    };
    let label = field.key_label(LABEL);
    let problem = Problem::new(format!("only CodeDeploy can change `{first}` of {}", service.title()), label)
        .also_each(others.iter().map(|(_, other)| other.key_label(LABEL)))
        .also(controller.label("CodeDeploy deploys this service"))
        .help("remove it from the update and create a CodeDeploy deployment instead")
        .unless(doubts(fields.iter().map(|(_, field)| field)));
    report.add(problem.reply_if(text));
}
