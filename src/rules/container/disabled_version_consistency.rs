use crate::finding::{Category, Problem, Severity};
use crate::model::Container;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "disabled-version-consistency",
    summary: "the tasks of one deployment may run different images",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html#deployment-container-image-stability",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    // Sidecars disable it on purpose.
    if !container.ends_the_task().is_yes() {
        return;
    }
    let disabled = container.version_consistency().known().filter(|consistency| **consistency == "disabled");
    let image = container.image().known().filter(|image| image.digest().is_none());
    let (Some(disabled), Some(image)) = (disabled, image) else { return };
    report.add(
        Problem::new(
            format!("the tasks of one deployment may run different versions of image `{image}`"),
            disabled.label("each task resolves the tag when it starts"),
        )
        .also(image.label("no digest"))
        .help("delete `versionConsistency`: ECS then resolves the tag once for each deployment; or add the digest to the image"),
    );
}
