use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Container, Image};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-image-characters",
    summary: "an image name contains a character that AWS rejects",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Always("Container.image contains invalid characters."),
    settings: &[],
    sources: &[
        "https://github.com/aws-actions/amazon-ecs-render-task-definition/issues/49",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(image) = container.image().known() else { return };
    let Some((character, at)) = image.foreign_character() else { return };
    let whole = image.to_string();
    let trimmed = whole.trim();
    let name = match character {
        c if c.is_whitespace() => "whitespace".to_owned(),
        c => format!("`{c}`"),
    };
    let problem = Problem::new(
        format!("the image name `{whole}` contains {name}, which AWS rejects"),
        image.part_label(at, "not allowed in an image name"),
    );
    report.add(
        if trimmed != whole && !trimmed.is_empty() && Image::read(trimmed).foreign_character().is_none() {
            let fix = image.set(Safety::Safe, trimmed).titled("remove the surrounding whitespace");
            problem.help("an image name must not have whitespace around it").fix(fix)
        } else if "$<>{}%".contains(character) {
            problem
                .help("this looks like a template that was not filled in: render it before you register it")
        } else {
            problem.help("use only letters, digits and `-_:./#@`")
        },
    );
}
