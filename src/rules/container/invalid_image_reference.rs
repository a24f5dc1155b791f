use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{Container, Image, Known, ReferenceFault};
use crate::rule::{Check, Profile, Report, Rule, page};
use crate::source::Cut;

pub const RULE: Rule = Rule {
    id: "invalid-image-reference",
    summary: "the image name is not valid",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    aws_says: &[
        "CannotPullContainerError: … invalid reference format",
        "CannotPullContainerError: … invalid reference format: repository name must be lowercase",
    ],
    sources: &[
        "https://github.com/distribution/reference",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
    ],
    page: page!("container/invalid-image-reference"),
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(image) = container.image().known() else { return };
    // invalid-image-characters speaks of the whole name.
    if image.foreign_character().is_some() {
        return;
    }
    let Some(fault) = image.reference_fault() else { return };
    report.add(problem(&image, fault));
}

fn problem(image: &Known<Image>, fault: ReferenceFault) -> Problem {
    let whole = image.to_string();
    let is_certain = !matches!(fault, ReferenceFault::DoubtfulCapital(_) | ReferenceFault::EmptyTag(_));
    let is_capital = matches!(fault, ReferenceFault::Capital(_));
    let reply = RULE.aws_says[usize::from(is_capital)];
    let message = if is_certain {
        format!("`{whole}` is not a valid image name: it cannot be pulled")
    } else {
        format!("`{whole}` is likely not a valid image name")
    };
    let (at, why, help) = match fault {
        ReferenceFault::Scheme(at) => {
            let rest = whole.cut(at.end..);
            let problem = Problem::new(
                message,
                image.part_label(at, "a name begins with the registry, not with a protocol"),
            )
            .help("name the registry, the repository and the tag alone")
            .aws_says(reply);
            if rest.is_empty() || Image::read(rest).reference_fault().is_some() {
                return problem;
            }
            let change = [Change::Replace(image.node(), rest.into())];
            return problem.fix(Fix::new(Safety::Safe, format!("write \"{rest}\""), &change));
        }
        ReferenceFault::Hash(at) => {
            (at, "`#` has no meaning here", "write a tag behind `:`, or a digest behind `@`")
        }
        ReferenceFault::EmptyPart(at) => (
            at,
            "nothing stands beside this slash",
            "each part of the name needs at least one letter or digit",
        ),
        ReferenceFault::Capital(at) | ReferenceFault::DoubtfulCapital(at) => {
            (at, "a capital letter", "write the repository in lower case; only the tag may have capitals")
        }
        ReferenceFault::EmptyTag(at) => (
            at,
            "no tag follows",
            "add a tag, or delete the colon; ignore this if a deployment step adds the tag",
        ),
        ReferenceFault::Tag(at) => (
            at,
            "not a tag",
            "a tag has letters, digits, `_`, `.` and `-`, does not begin with `.` or `-`, and has at most 128 of them",
        ),
    };
    Problem::new(message, image.part_label(at, why)).help(help).aws_says(reply).warning_unless(is_certain)
}
