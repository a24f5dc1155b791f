use crate::finding::{Category, Problem, Severity};
use crate::model::{Arn, Field, Known, TaskDefinition, admin_part, is_role_name};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "admin-role",
    summary: "the name of a role suggests that it may do everything",
    category: Category::Security,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-iam-roles.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let family = task.family();
    // The role of an admin application is named after it.
    if family.is_unknown() || family.known().is_some_and(|name| admin_part(&name).is_some()) {
        return;
    }
    let roles: Vec<Known<&str>> = [task.task_role(), task.execution_role()]
        .into_iter()
        .filter_map(Field::known)
        .filter(|role| name_of(role).is_some_and(|name| admin_part(name).is_some()))
        .collect();
    let Some(first) = roles.first() else { return };
    let Some(name) = name_of(first) else { return };
    let label = |role: &Known<&str>, text: &str| {
        let name = name_of(role).unwrap_or_default();
        let start = role.len() - name.len();
        let part = admin_part(name).unwrap_or(0..name.len());
        role.part_label(start + part.start..start + part.end, text)
    };
    report.add(
        Problem::new(
            format!("the name of role `{name}` suggests that it may do everything"),
            label(first, "a guess from this word"),
        )
        .also_each(roles.iter().skip(1).map(|role| label(role, "here too")))
        .help("use a role with just the permissions that are needed; ignore this rule if it has no others"),
    );
}

/// The name of a role, without its path; `None` if the text is not a role.
fn name_of<'d>(role: &Known<'d, &'d str>) -> Option<&'d str> {
    let text = role.value();
    match Arn::read(text) {
        Some(arn) => arn.is_role().then(|| arn.role_name()),
        None => is_role_name(text).then_some(text),
    }
}
