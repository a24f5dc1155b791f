use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::LogSource;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-awslogs-create-group",
    summary: "`awslogs-create-group` is not `true`",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Always(
        "Log driver awslogs option 'awslogs-create-group' should only be set to 'true', else omit option.",
    ),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html",
        "https://github.com/terraform-linters/tflint-ruleset-aws/issues/348",
        "https://github.com/aws-observability/aws-otel-collector/issues/1359",
    ],
    check: Check::Logs(check),
};

const OPTION: &str = "awslogs-create-group";

fn check(source: &LogSource, report: &mut Report) {
    let Some(logs) = source.logs_to("awslogs") else { return };
    let Some(value) = logs.name_option(OPTION) else { return };
    if value.eq_ignore_ascii_case("true") {
        return;
    }
    let problem = Problem::new(
        format!("`{OPTION}` of {} is `{value}`, but `true` is the only allowed value", source.title()),
        value.label("must be `true` or be omitted"),
    );
    // `yes` means the group is wanted, so deleting the option would be wrong.
    report.add(if ["yes", "y", "on", "1", "enabled"].contains(&value.to_lowercase().as_str()) {
        problem.help("use `true`").fix(value.set(Safety::Shown, "true"))
    } else {
        problem.help("omit the option if no log group should be created").fix(value.delete(Safety::Safe))
    });
}
