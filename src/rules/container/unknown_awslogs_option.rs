use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{LogSource, is_awslogs_option, nearest_awslogs_option};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unknown-awslogs-option",
    summary: "the log driver `awslogs` does not have this option",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Sometimes(&["Log driver awslogs disallows options: {option}"]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html",
        "https://docs.docker.com/engine/logging/drivers/awslogs/",
        "https://github.com/aws-samples/amazon-ecs-firelens-examples/issues/83",
        "https://github.com/aws/amazon-ecs-agent/issues/872",
    ],
    check: Check::Logs(check),
};

fn check(source: &LogSource, report: &mut Report) {
    let Some(logs) = source.logs_to("awslogs") else { return };
    for option in logs.option_names().filter(|option| !is_awslogs_option(option.value())) {
        let problem = Problem::new(
            format!("the log driver `awslogs` of {} has no option `{option}`", source.title()),
            option.label("not an option of `awslogs`"),
        )
        .reply(0, &[("option", &option)]);
        let near = nearest_awslogs_option(option.value()).filter(|near| !logs.writes(near));
        report.add(match near {
            Some(near) => {
                problem.help(format!("did you mean `{near}`?")).fix(option.rename(Safety::Shown, near))
            }
            None => problem.help(format!("delete `{option}`, or use the log driver that it belongs to")),
        });
    }
}
