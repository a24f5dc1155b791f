use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "exec-enabled",
    summary: "ECS Exec is enabled",
    category: Category::Security,
    severity: Severity::Note,
    profile: Profile::Audit,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(enabled) = service.executes_commands() else { return };
    report.add(
        Problem::new(
            format!("{} enables ECS Exec, which opens a shell in its running containers", service.title()),
            enabled.key_label("whoever may call `ecs:ExecuteCommand` gets in"),
        )
        .help("enable it only where you need it, limit who may call `ecs:ExecuteCommand`, and log the sessions in the cluster"),
    );
}
