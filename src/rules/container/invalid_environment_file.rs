use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Container, Known, S3Object, is_access_point};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-environment-file",
    summary: "an environment file is not the ARN of an S3 object",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Always("Invalid arn syntax."),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EnvironmentFile.html",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    for value in container.environment_files().items().filter_map(|file| file.value().known()) {
        if S3Object::read_arn(value.value()).is_none() {
            report.add(problem(container, &value));
        }
    }
}

fn problem(container: &Container, value: &Known<&str>) -> Problem {
    let message = format!("an environment file of {} is not the ARN of an S3 object", container.title());
    if is_access_point(value.value()) {
        return Problem::new(message, value.label("this S3 ARN has no bucket"))
            .help("use the ARN of the object itself: `arn:aws:s3:::<bucket>/<key>`")
            .at_most(Severity::Warning);
    }
    let problem = Problem::new(message, value.label("must be `arn:<partition>:s3:::<bucket>/<key>`"));
    match S3Object::read_uri(value.value()) {
        Some(object) => {
            let arn = object.arn(container.partition());
            let title = format!("set `value` to `{arn}`");
            problem.help(title.clone()).fix(value.set(Safety::Shown, arn).titled(title))
        }
        None => problem
            .help("use the ARN of the file, with its bucket and key, such as `arn:aws:s3:::config/web.env`"),
    }
}
