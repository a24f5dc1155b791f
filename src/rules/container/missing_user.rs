use crate::finding::{Category, Problem, Severity};
use crate::model::Container;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-user",
    summary: "a container sets no `user`",
    category: Category::Security,
    severity: Severity::Note,
    profile: Profile::Audit,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html"],
    check: Check::Containers(check),
};

fn check(containers: &[Container], report: &mut Report) {
    let is_meant = |container: &&Container| {
        // On the network of the instance, it is reported by `host-network-root-user`.
        let is_reported = !container.may_be_root_on_host_network().is_no();
        container.user().is_missing() && container.may_be_windows().is_no() && !is_reported
    };
    let lacking: Vec<&Container> = containers.iter().filter(is_meant).collect();
    let Some((first, others)) = lacking.split_first() else { return };
    let message = match others.len() {
        0 => format!("{} sets no `user`: it runs as root unless its image sets one", first.title()),
        more => {
            format!("{} containers set no `user`: they run as root unless their images set one", more + 1)
        }
    };
    report.add(
        Problem::new(message, first.label("no `user`"))
            .also_each(others.iter().map(|other| other.label("no `user` here either")))
            .help("set `user` to a user other than root, such as `1000:1000`"),
    );
}
