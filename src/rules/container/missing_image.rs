use crate::finding::{Category, Problem, Severity};
use crate::model::Container;
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "missing-image",
    summary: "a container has no image",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    aws_says: &["Container.image should not be null or empty."],
    sources: &["https://github.com/aws/aws-cli/issues/5924"],
    page: page!("container/missing-image"),
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    if !container.image().is_missing() {
        return;
    }
    let label = match container.empty_image() {
        Some(empty) => empty.label("an empty string names no image"),
        None => container.label("lacks `image`"),
    };
    report.add(
        Problem::new(format!("{} has no image", container.title()), label)
            .help("name the image to run; if a deploy step puts it in, skip this rule: `--skip missing-image` or write a placeholder such as `<IMAGE1_NAME>`"),
    );
}
