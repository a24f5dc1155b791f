use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, LaunchType, S3Object};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-firelens-s3-config",
    summary: "Fargate does not support log router configuration files in S3",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always(
        "The specified platform does not satisfy the task definition’s required capabilities",
    ),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html",
        "https://github.com/aws-samples/amazon-ecs-firelens-examples/issues/32",
        "https://github.com/aws-samples/amazon-ecs-firelens-examples/issues/59",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let fargate = container.task().and_then(|task| task.requirement(LaunchType::Fargate));
    let (Some(fargate), Some(firelens)) = (fargate, container.firelens().known()) else { return };
    let Some(kind) = firelens.file_type().known().filter(|kind| kind.value() == "s3") else { return };
    let value = firelens.file_value().known();
    let Some(value) = value.filter(|value| S3Object::read_arn(value.value()).is_some()) else { return };
    report.add(
        Problem::new(
            format!("the FireLens configuration file of {} is in S3, which Fargate does not support", container.title()),
            kind.label("Fargate supports only `file`"),
        )
        .also(value.label("not fetched"))
        .also(fargate.label("targets Fargate"))
        .help("build the file into the router image and set `config-file-type` to `file`; the `init` images of AWS for Fluent Bit can fetch files from S3 themselves"),
    );
}
