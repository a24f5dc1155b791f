use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, LaunchType, SecurityProfile};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "disabled-security-profile",
    summary: "a container runs without AppArmor or SELinux",
    category: Category::Security,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://www.cisecurity.org/benchmark/docker",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    // On Managed Instances, the options are reported by `unsupported-on-managed-instances`.
    let is_managed = container.task().map(|task| task.lists(LaunchType::ManagedInstances));
    if !container.runs_on_linux_instance() || is_managed.is_some_and(|managed| !managed.is_no()) {
        return;
    }
    for option in container.docker_security_options() {
        let (profile, label) = match SecurityProfile::disabled_by(&option) {
            Some(SecurityProfile::AppArmor) => ("AppArmor", "no AppArmor profile"),
            Some(SecurityProfile::SeLinux) => ("SELinux", "no SELinux label"),
            None => continue,
        };
        report.add(
            Problem::new(format!("{} runs without {profile}", container.title()), option.label(label))
                .help("delete the option to use Docker's default, or name a profile that allows what the container needs"),
        );
    }
}
