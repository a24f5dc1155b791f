use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Container, Field, FirelensConfiguration, Known, Present, S3Object, is_access_point};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-firelens-config",
    summary: "the configuration file of a log router is not set correctly",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Sometimes(&[
        "option config-file-type is specified but config-file-value is not specified",
        "Invalid arn syntax.",
    ]),
    settings: &[],
    sources: &[
        "https://github.com/aws/amazon-ecs-agent/blob/master/agent/taskresource/firelens/firelens_unix.go",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(firelens) = container.firelens().known() else { return };
    let problem = match (firelens.file_type(), firelens.file_value()) {
        (Field::Known(kind), _) if !["s3", "file"].contains(&kind.value()) => Some(
            Problem::new(
                format!("the FireLens configuration file of {} has an invalid type", container.title()),
                kind.label("must be `s3` or `file`"),
            )
            .help("use `file` for a file in the image, or `s3` for an S3 object"),
        ),
        (kind, Field::Missing) => kind.present().map(|kind| nameless(container, &kind)),
        (Field::Missing, value) => value.present().map(|value| untyped(container, &value)),
        (Field::Known(kind), Field::Known(value)) if kind.value() == "s3" => in_s3(container, &value),
        (Field::Known(_), Field::Known(value)) => in_the_image(container, &firelens, &value),
        _ => None,
    };
    problem.into_iter().for_each(|problem| report.add(problem));
}

fn nameless(container: &Container, kind: &Present) -> Problem {
    Problem::new(
        format!("the FireLens configuration file of {} has a type, but no location", container.title()),
        kind.key_label("requires `config-file-value`"),
    )
    .help("add `config-file-value`: the ARN of an S3 object, or the path of a file in the image")
    .reply(0, &[])
    .unless(kind.doubt())
}

/// The agent skips a file without a type; whether AWS registers it is not recorded.
fn untyped(container: &Container, value: &Present) -> Problem {
    let kind = if value.node().text().starts_with('/') { "file" } else { "s3" };
    Problem::new(
        format!("the FireLens configuration file of {} has no type", container.title()),
        value.key_label("requires `config-file-type`"),
    )
    .help(format!("add `\"config-file-type\": \"{kind}\"`: without it the file is not read"))
    .at_most(Severity::Warning)
    .unless(value.doubt())
}

fn in_s3(container: &Container, value: &Known<&str>) -> Option<Problem> {
    if S3Object::read_arn(value.value()).is_some() || is_access_point(value.value()) {
        return None;
    }
    let problem = Problem::new(
        format!("the FireLens configuration file of {} is not the ARN of an S3 object", container.title()),
        value.label("must be `arn:<partition>:s3:::<bucket>/<key>`"),
    )
    .reply(1, &[]);
    let Some(object) = S3Object::read_uri(value.value()) else {
        return Some(problem.help(
            "use the ARN of the file, with its bucket and key, such as `arn:aws:s3:::config/extra.conf`",
        ));
    };
    let arn = object.arn(container.partition());
    let title = format!("set `config-file-value` to `{arn}`");
    Some(problem.help(title.clone()).fix(value.set(Safety::Shown, arn).titled(title)))
}

/// The file that FireLens writes cannot be the extra file that it reads.
fn in_the_image(
    container: &Container,
    firelens: &FirelensConfiguration,
    value: &Known<&str>,
) -> Option<Problem> {
    let router_type = firelens.router_type().known()?;
    (router_type.own_file() == value.value()).then(|| {
        Problem::new(
            format!(
                "the FireLens configuration file of {} is the file that FireLens itself writes",
                container.title()
            ),
            value.label("FireLens writes its own configuration here"),
        )
        .help("put the file elsewhere in the image, such as `/extra.conf`, and use that path")
    })
}
