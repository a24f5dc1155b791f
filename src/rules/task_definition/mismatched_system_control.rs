use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, KernelNamespace, Known, NetworkMode, SystemControl, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "mismatched-system-control",
    summary: "two containers set a shared kernel parameter to different values",
    category: Category::Ignored,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_SystemControl.html"],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    if !task.says_windows().is_no() {
        return;
    }
    let shares_network = task.runs_in(NetworkMode::Awsvpc).is_yes();
    let shares_ipc = task.ipc_mode().known().is_some_and(|mode| *mode == "task");
    let is_shared = |parameter: &str| match KernelNamespace::of(parameter) {
        KernelNamespace::Network => shares_network,
        KernelNamespace::Ipc => shares_ipc,
        KernelNamespace::None => false,
    };
    let mut firsts: Vec<Setting> = Vec::new();
    for setting in task.containers().flat_map(settings).filter(|setting| is_shared(setting.parameter)) {
        match firsts.iter_mut().find(|first| first.parameter == setting.parameter) {
            None => firsts.push(setting),
            Some(first) if first.is_reported || *first.value == *setting.value => {}
            Some(first) if first.container == setting.container => {}
            Some(first) => {
                first.is_reported = true;
                report.add(mismatch(first, &setting));
            }
        }
    }
}

/// What a container sets a parameter to.
struct Setting<'d> {
    container: String,
    parameter: &'d str,
    value: Known<'d, &'d str>,
    is_reported: bool,
}

fn settings<'d>(container: Container<'d>) -> Vec<Setting<'d>> {
    let setting = |control: SystemControl<'d>| {
        let (parameter, value) = (control.parameter().known()?, control.value().known()?);
        Some(Setting {
            container: container.title(),
            parameter: parameter.value(),
            value,
            is_reported: false,
        })
    };
    container.system_controls().items().filter_map(setting).collect()
}

fn mismatch(first: &Setting, second: &Setting) -> Problem {
    Problem::new(
        format!(
            "two containers of the task set `{}` to different values: {} and {}",
            first.parameter, first.value, second.value
        ),
        second.value.label(format!("by {}", second.container)),
    )
    .also(first.value.label(format!("by {}", first.container)))
    .help("set it once: the containers share it, and the one that starts last wins")
}
