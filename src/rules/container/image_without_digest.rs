use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, Image, Known};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "image-without-digest",
    summary: "an image has a tag but no digest",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Audit,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html#deployment-container-image-stability",
    ],
    check: Check::Containers(check),
};

/// One finding for all of them: who pins one image pins them all.
fn check(containers: &[Container], report: &mut Report) {
    let images: Vec<Known<Image>> =
        containers.iter().filter_map(|container| container.image().known()).filter(has_only_tag).collect();
    let Some((first, others)) = images.split_first() else { return };
    let message = if others.is_empty() {
        format!("image `{first}` has a tag but no digest")
    } else {
        format!("{} images have a tag but no digest", images.len())
    };
    let label =
        |image: &Known<Image>, text: &str| image.part_label(image.tag_range().unwrap_or_default(), text);
    report.add(
        Problem::new(message, label(first, "can be moved to another image"))
            .also_each(others.iter().map(|image| label(image, "so can this one")))
            .help(format!(
                "add the digest: `{first}@sha256:…`; `docker buildx imagetools inspect` prints it"
            )),
    );
}

/// Whether the image has a tag other than `latest`, which `unpinned-image` reports, and no digest.
fn has_only_tag(image: &Known<Image>) -> bool {
    let is_valid = image.reference_fault().is_none() && image.foreign_character().is_none();
    is_valid && image.digest().is_none() && image.tag().is_some_and(|tag| tag != "latest")
}
