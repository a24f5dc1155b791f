use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, NetworkMode, is_host_address};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-host-address",
    summary: "an entry of `extraHosts` is not an IP address",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always("invalid IP address in add-host"),
    settings: &[],
    sources: &[
        "https://docs.docker.com/reference/cli/docker/container/run/#add-host",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HostEntry.html",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    // With awsvpc, the whole list is reported by unsupported-on-awsvpc.
    if container.task().is_some_and(|task| !task.runs_in(NetworkMode::Awsvpc).is_no()) {
        return;
    }
    for host in container.extra_hosts().items() {
        let Some(address) = host.ip_address().known().filter(|address| !is_host_address(address)) else {
            continue;
        };
        report.add(
            Problem::new(
                format!("`{address}` in `extraHosts` of {} is not an IP address", container.title()),
                address.label("must be an IPv4 or IPv6 address"),
            )
            .warning_unless(container.runs_on_docker())
            .help("use the address itself: entries are copied to `/etc/hosts`, and names are not resolved"),
        );
    }
}
