use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, Known};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::words::listed;

pub(super) const RULE: Rule = Rule {
    id: "added-capability",
    summary: "a container adds a capability that it does not have by default",
    category: Category::Security,
    severity: Severity::Note,
    profile: Profile::Audit,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://www.cisecurity.org/benchmark/docker"],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let added = container.extra_capabilities();
    let Some((first, others)) = added.split_first() else { return };
    let names = listed(added.iter().map(|name| name.value()));
    report.add(
        Problem::new(
            format!("{} adds {names}, which containers do not have by default", container.title()),
            first.label("added"),
        )
        .also_each(others.iter().map(|other: &Known<&str>| other.label("added")))
        .help("delete what the container works without"),
    );
}
