use crate::finding::{Category, Problem, Severity};
use crate::model::Container;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-linux-hardening",
    summary: "a container has no restrictions beyond those of Docker",
    category: Category::Security,
    severity: Severity::Note,
    profile: Profile::Audit,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://www.cisecurity.org/benchmark/docker"],
    check: Check::Containers(check),
};

fn check(containers: &[Container], report: &mut Report) {
    let open: Vec<&Container> =
        containers.iter().filter(|container| container.lacks_hardening().is_yes()).collect();
    let Some((first, others)) = open.split_first() else { return };
    let message = match others.len() {
        0 => format!("{} has no restrictions beyond the defaults of Docker", first.title()),
        more => format!("{} containers have no restrictions beyond the defaults of Docker", more + 1),
    };
    report.add(
        Problem::new(message, first.label("no AppArmor or SELinux option, no dropped capability"))
            .also_each(others.iter().map(|other| other.label("nor here")))
            .help("drop `ALL` capabilities in `linuxParameters.capabilities` and add those that the program needs; set `dockerSecurityOptions` to `no-new-privileges` and the AppArmor profile or SELinux label of your instances"),
    );
}
