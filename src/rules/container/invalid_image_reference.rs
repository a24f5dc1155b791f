use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Container, Image, Known, ReferenceFault};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::source::Cut;

pub(super) const RULE: Rule = Rule {
    id: "invalid-image-reference",
    summary: "the image name is not valid",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Sometimes(&[
        "CannotPullContainerError: … invalid reference format",
        "CannotPullContainerError: … invalid reference format: repository name must be lowercase",
    ]),
    settings: &[],
    sources: &[
        "https://github.com/distribution/reference",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(image) = container.image().known() else { return };
    // invalid-image-characters reports the whole name.
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
    let reply = usize::from(is_capital);
    let message = if is_certain {
        format!("`{whole}` is not a valid image name: it cannot be pulled")
    } else {
        format!("`{whole}` is likely not a valid image name")
    };
    let (at, why, help) = match fault {
        ReferenceFault::Scheme(at) => {
            let rest = whole.cut(at.end..);
            let problem = Problem::new(message, image.part_label(at, "an image name has no protocol"))
                .help("use only the registry, the repository and the tag")
                .reply(reply, &[]);
            if rest.is_empty() || Image::read(rest).reference_fault().is_some() {
                return problem;
            }
            return problem.fix(image.set(Safety::Safe, rest));
        }
        ReferenceFault::Hash(at) => {
            (at, "`#` is not allowed here", "use `:` before a tag, or `@` before a digest")
        }
        ReferenceFault::EmptyPart(at) => {
            (at, "empty part next to this slash", "each part of the name needs at least one letter or digit")
        }
        ReferenceFault::Capital(at) | ReferenceFault::DoubtfulCapital(at) => (
            at,
            "an upper-case letter",
            "use lower case for the repository; only the tag may contain upper-case letters",
        ),
        ReferenceFault::EmptyTag(at) => (
            at,
            "no tag after the colon",
            "add a tag, or delete the colon; ignore this if a deployment step adds the tag",
        ),
        ReferenceFault::Tag(at) => (
            at,
            "not a valid tag",
            "a tag has up to 128 letters, digits, `_`, `.` and `-`, and does not start with `.` or `-`",
        ),
    };
    Problem::new(message, image.part_label(at, why)).help(help).reply(reply, &[]).warning_unless(is_certain)
}
