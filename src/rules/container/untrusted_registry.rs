use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, matches_pattern};
use crate::rule::{Check, Profile, Reply, Report, Rule, Setting, SettingKind, Value};

pub(crate) const RULE: Rule = Rule {
    id: "untrusted-registry",
    summary: "an image comes from a registry that is not on the list of the user",
    category: Category::Security,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[Setting {
        name: "registries",
        kind: SettingKind::List,
        about: "Hosts of the registries that images may come from, with `*` for any characters",
    }],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-tasks-containers.html"],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(registries) = report.setting("registries").and_then(Value::list) else { return };
    let Some(image) = container.image().known() else { return };
    let (host, label) = match image.registry() {
        Some(host) => (host, image.part_label(0..host.len(), "not on the list")),
        None => ("docker.io", image.label("no registry is named, so it is docker.io")),
    };
    if registries.iter().any(|pattern| matches_pattern(pattern, host)) {
        return;
    }
    let problem = Problem::new(
        format!("{} uses an image from `{host}`, which is not a trusted registry", container.title()),
        label,
    );
    report.add(
        problem.help("use an image from a registry on the list `registries`, or add this registry to it"),
    );
}
