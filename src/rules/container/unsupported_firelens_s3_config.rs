use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, LaunchType, S3Object};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "unsupported-firelens-s3-config",
    summary: "a log router on Fargate has its configuration file in S3",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    aws_says: &["The specified platform does not satisfy the task definition’s required capabilities"],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html",
        "https://github.com/aws-samples/amazon-ecs-firelens-examples/issues/32",
        "https://github.com/aws-samples/amazon-ecs-firelens-examples/issues/59",
    ],
    page: page!("container/unsupported-firelens-s3-config"),
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
            format!("the FireLens configuration file of {} lies in S3, where Fargate does not read it", container.title()),
            kind.label("Fargate knows `file` only"),
        )
        .also(value.label("not fetched"))
        .also(fargate.label("Fargate is asked for here"))
        .help("build the file into the image of the router, and name it with `config-file-type` `file`; the `init` images of AWS for Fluent Bit can fetch files from S3 by themselves"),
    );
}
