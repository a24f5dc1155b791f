use crate::finding::{Category, Problem, Severity};
use crate::model::{CpuArchitecture, Field, PlatformVersion, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule, page};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-fargate-spot",
    summary: "a service uses Fargate Spot for a task that Fargate Spot does not support",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html",
    ],
    page: page!("service/unsupported-fargate-spot"),
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(task) = service.task_definition() else { return };
    let gets_tasks = |number: Field<i64>| number.known().is_some_and(|number| *number > 0);
    let spot = service.capacity_providers().items().find_map(|provider| {
        let name = provider.name().known().filter(|name| **name == "FARGATE_SPOT")?;
        (gets_tasks(provider.weight()) || gets_tasks(provider.base())).then_some(name)
    });
    let Some(spot) = spot else { return };
    if let Some(family) = task.operating_system().known().filter(|_| task.is_windows().is_yes()) {
        report.add(
            Problem::new("Fargate Spot does not support Windows", spot.label("targets Fargate Spot"))
                .also(family.label("a Windows task"))
                .help("use the capacity provider `FARGATE` for Windows tasks"),
        );
        return;
    }
    let (least, architecture) = match task.cpu_architecture() {
        Some(CpuArchitecture::Arm) => (PlatformVersion(1, 4, 0), "ARM64"),
        Some(CpuArchitecture::X86) => (PlatformVersion(1, 3, 0), "X86_64"),
        None => return,
    };
    let Some(version) = service.platform_version().known() else { return };
    if !task.says_windows().is_no()
        || PlatformVersion::released(&version).is_none_or(|version| version >= least)
    {
        return;
    }
    let least = if architecture == "ARM64" { "1.4.0" } else { "1.3.0" };
    report.add(
        Problem::new(
            format!("Fargate Spot does not support {architecture} tasks on platform version {version}"),
            version.label(format!("supported from {least} on")),
        )
        .also(spot.label("targets Fargate Spot"))
        .help("set `platformVersion` to `LATEST`, or remove it, which means the same"),
    );
}
