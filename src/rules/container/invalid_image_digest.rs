use crate::finding::{Category, Problem, Severity};
use crate::model::Container;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-image-digest",
    summary: "an image digest is not `sha256:` followed by 64 hexadecimal digits",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
        "https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(image) = container.image().known() else { return };
    let (Some(digest), Some(range)) = (image.digest(), image.digest_range()) else { return };
    // invalid-image-characters reports the whole name.
    if image.has_whole_digest() || image.foreign_character().is_some() || digest.ends_with("EXAMPLE") {
        return;
    }
    let why = match digest.strip_prefix("sha256:") {
        Some(hex) if hex.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
            format!("{} digits instead of 64", hex.len())
        }
        Some(_) => "must contain only hexadecimal digits".to_owned(),
        None => "must start with `sha256:`".to_owned(),
    };
    let label =
        if range.is_empty() { image.label("nothing follows the `@`") } else { image.part_label(range, why) };
    report.add(
        Problem::new(format!("the image of {} has an invalid digest", container.title()), label)
            .help("copy the whole digest, `sha256:` followed by 64 hexadecimal digits; for a tag, use `:` instead of `@`"),
    );
}
