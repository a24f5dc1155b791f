use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, Known, RawDevice};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::words::listed;

pub(super) const RULE: Rule = Rule {
    id: "exposed-host-device",
    summary: "a container can use a device of the instance",
    category: Category::Security,
    severity: Severity::Note,
    profile: Profile::Audit,
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
    if !container.runs_on_linux_instance() {
        return;
    }
    // Disks and memory are reported by `exposed-host-disk`.
    let devices: Vec<Known<&str>> =
        container.host_devices().filter(|path| RawDevice::of(path).is_none()).collect();
    let Some((first, others)) = devices.split_first() else { return };
    let title = container.title();
    let message = match devices.len() {
        many if many > SHOWN => format!("{title} can use {many} devices of the instance"),
        _ => {
            let names = listed(devices.iter().map(|path| path.value()));
            format!("{title} can use {names} of the instance")
        }
    };
    report.add(
        Problem::new(message, first.label("a device of the instance"))
            .also_each(others.iter().map(|other| other.label("so is this")))
            .help("delete what the container works without"),
    );
}

/// The most devices that the message names.
const SHOWN: usize = 3;
