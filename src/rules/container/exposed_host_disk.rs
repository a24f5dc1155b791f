use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, Known, RawDevice};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::words::listed;

pub(super) const RULE: Rule = Rule {
    id: "exposed-host-disk",
    summary: "a container has raw access to a disk or the memory of the instance",
    category: Category::Security,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://www.cisecurity.org/benchmark/docker",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Device.html",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    // A privileged container has all devices anyway.
    if !container.runs_on_linux_instance() || !container.is_privileged().is_no() {
        return;
    }
    let raw: Vec<Known<&str>> =
        container.host_devices().filter(|path| RawDevice::of(path).is_some()).collect();
    let Some((first, others)) = raw.split_first() else { return };
    let label = |path: &Known<&str>| match RawDevice::of(path) {
        Some(RawDevice::Memory) => path.label("the memory of the instance"),
        _ => path.label("bypasses all file permissions on this disk"),
    };
    let names = listed(raw.iter().map(|path| path.value()));
    report.add(
        Problem::new(
            format!("{} has raw access to {names} of the instance", container.title()),
            label(first),
        )
        .also_each(others.iter().map(label))
        .help("delete the device, and mount the folder that the container needs as a volume"),
    );
}
