use crate::finding::{Category, Problem, Severity};
use crate::model::Container;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unpinned-image",
    summary: "the image tag can move between deployments of the same task definition",
    category: Category::Reliability,
    severity: Severity::Warning,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html#deployment-container-image-stability",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(image) = container.image().known() else { return };
    // An invalid name is reported by `invalid-image-reference`.
    if image.digest().is_some() || image.reference_fault().is_some() {
        return;
    }
    let label = match (image.tag(), image.tag_range()) {
        (Some("latest"), Some(tag)) => image.part_label(tag, "moves with every push"),
        (None, _) => image.label("no tag, which means `latest`"),
        _ => return,
    };
    let why = match image.tag() {
        Some(_) => "its tag can move between deployments",
        None => "`latest` can move between deployments",
    };
    report.add(
        Problem::new(format!("image `{image}` is not pinned: {why}"), label).help(
            "use a tag that never moves, or the digest: the next deployment, or a rollback, then starts the same image",
        ),
    );
}
