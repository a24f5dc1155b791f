use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Container, is_go_boolean};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "ignored-firelens-option",
    summary: "`enable-ecs-log-metadata` is not a boolean",
    category: Category::Ignored,
    severity: Severity::Note,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://github.com/aws/amazon-ecs-agent/blob/master/agent/taskresource/firelens/firelens_unix.go",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html",
    ],
    check: Check::Container(check),
};

const OPTION: &str = "enable-ecs-log-metadata";

fn check(container: &Container, report: &mut Report) {
    let Some(firelens) = container.firelens().known() else { return };
    let Some(value) = firelens.option(OPTION).known() else { return };
    if is_go_boolean(value.value()) {
        return;
    }
    let problem = Problem::new(
        format!("`{OPTION}` of {} is `{value}`, which is not a boolean", container.title()),
        value.label("must be `true` or `false`"),
    );
    let meant = match value.to_lowercase().as_str() {
        "yes" | "y" | "on" | "enable" | "enabled" | "true" => Some("true"),
        "no" | "n" | "off" | "disable" | "disabled" | "false" => Some("false"),
        _ => None,
    };
    report.add(match meant {
        Some(meant) => problem.help(format!("use `{meant}`")).fix(value.set(Safety::Shown, meant)),
        None => {
            problem.help("use `true` to add the cluster and the task to each log record, otherwise `false`")
        }
    });
}
