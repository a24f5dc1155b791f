use crate::finding::{Category, Problem, Severity};
use crate::model::{LaunchType, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule, Setting, SettingKind, Value};

pub(super) const RULE: Rule = Rule {
    id: "excessive-ephemeral-storage",
    summary: "a task has more ephemeral storage than the configured limit",
    category: Category::Cost,
    severity: Severity::Note,
    profile: Profile::Audit,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[Setting {
        name: "limit",
        kind: SettingKind::Number,
        about: "The largest size in GiB that is not reported; 50 if not set",
    }],
    sources: &[
        "https://aws.amazon.com/fargate/pricing/",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EphemeralStorage.html",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let limit = report.setting("limit").and_then(Value::number).unwrap_or(DEFAULT_LIMIT);
    // Elsewhere than on Fargate, `unsupported-ephemeral-storage` reports it.
    if !task.leaves_out(LaunchType::Fargate).is_no() {
        return;
    }
    let size = task.ephemeral_storage_size().known();
    let Some(size) = size.filter(|size| **size > limit && ACCEPTED.contains(&**size)) else { return };
    report.add(
        Problem::new(
            format!("the task has {size} GiB of ephemeral storage, more than the limit of {limit}"),
            size.label("everything above 20 GiB is billed"),
        )
        .help("set `sizeInGiB` to what the task writes, or raise `limit` of this rule in the settings"),
    );
}

/// The limit unless the user has set one, in GiB.
const DEFAULT_LIMIT: i64 = 50;
/// What AWS accepts, in GiB.
const ACCEPTED: std::ops::RangeInclusive<i64> = 21..=200;
