use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Known, PlacementStrategy, Service, ZONE_FIELD};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-placement-strategy",
    summary: "a placement strategy has a field that its type does not support",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Sometimes(&["binpack field '{field}' is invalid", "random field should not be specified"]),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PlacementStrategy.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    // Fargate and daemons do not support placement strategies at all; other rules report that.
    if service.is_described() || !service.may_place() || !service.says_daemon().is_no() {
        return;
    }
    for strategy in service.placement_strategy().items() {
        let Some(kind) = strategy.kind().known() else { continue };
        match kind.value() {
            "binpack" => binpack(&strategy, &kind, report),
            "random" => random(&strategy, report),
            "spread" => spread(&strategy, &kind, report),
            _ => {}
        }
    }
}

fn binpack(strategy: &PlacementStrategy, kind: &Known<&str>, report: &mut Report) {
    let takes = |field: &str| ["cpu", "memory"].iter().any(|one| one.eq_ignore_ascii_case(field));
    if let Some(field) = strategy.field().known().filter(|field| !takes(field)) {
        report.add(
            Problem::new(
                format!("`binpack` cannot pack by `{field}`"),
                field.label("must be `cpu` or `memory`"),
            )
            .help("set `field` to `memory` or `cpu`")
            .reply(0, &[("field", &field)]),
        );
    } else if strategy.field().is_missing() {
        report.add(
            Problem::new("`binpack` requires a field to pack by", kind.label("no `field`"))
                .help("set `field` to `memory` or `cpu`")
                .at_most(Severity::Warning),
        );
    }
}

fn random(strategy: &PlacementStrategy, report: &mut Report) {
    let Some(field) = strategy.field().present() else { return };
    report.add(
        Problem::new("`random` does not support a field", field.key_label("not supported"))
            .help("remove `field`")
            .reply(1, &[])
            .fix(field.delete(Safety::Safe))
            .unless(field.doubt()),
    );
}

fn spread(strategy: &PlacementStrategy, kind: &Known<&str>, report: &mut Report) {
    let takes = |field: &str| {
        let lower = field.to_ascii_lowercase();
        lower == "instanceid" || lower == "host" || lower.starts_with("attribute:")
    };
    if let Some(field) = strategy.field().known().filter(|field| !takes(field)) {
        let zone = ["az", "availability-zone", "availabilityzone", "zone", "ecs.availability-zone"];
        let problem = Problem::new(
            format!("`spread` cannot spread across `{field}`"),
            field.label("must be `instanceId` or `attribute:…`"),
        );
        report.add(if zone.contains(&field.to_ascii_lowercase().as_str()) {
            let fix = field.set(Safety::Shown, ZONE_FIELD);
            problem
                .help(format!("set `field` to `{ZONE_FIELD}` to spread across Availability Zones"))
                .fix(fix)
        } else {
            problem.help(
                "set `field` to `instanceId`, or to an attribute such as `attribute:ecs.availability-zone`",
            )
        });
    } else if strategy.field().is_missing() {
        report.add(
            Problem::new("`spread` requires a field to spread across", kind.label("no `field`"))
                .help(format!("set `field` to `{ZONE_FIELD}` or `instanceId`")),
        );
    }
}
