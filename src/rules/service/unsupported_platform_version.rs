use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{LaunchType, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-platform-version",
    summary: "a service on EC2 sets a platform version",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Always("The platform version must be null when specifying an EC2 launch type."),
    settings: &[],
    sources: &["https://github.com/aws/amazon-ecs-cli/issues/1040"],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(ec2) = service.launches_on(LaunchType::Ec2).filter(|_| !service.is_described()) else { return };
    let Some(version) = service.platform_version().present() else { return };
    report.add(
        Problem::new(
            format!("{} runs on EC2, which has no platform versions", service.title()),
            version.key_label("only Fargate has platform versions"),
        )
        .also(ec2.label("targets EC2"))
        .help("remove `platformVersion`")
        .fix(version.delete(Safety::Safe))
        .unless(version.doubt()),
    );
}
