use crate::finding::{Category, Problem, Severity};
use crate::model::Container;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "docker-hub-image",
    summary: "an image is pulled from Docker Hub without credentials",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Audit,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.docker.com/docker-hub/usage/",
        "https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let image = container.image().known().filter(|image| image.is_on_docker_hub());
    let Some(image) =
        image.filter(|image| image.reference_fault().is_none() && image.foreign_character().is_none())
    else {
        return;
    };
    if !container.repository_credentials().is_missing() {
        return;
    }
    let label = match image.registry() {
        Some(host) => image.part_label(0..host.len(), "Docker Hub"),
        None => image.label("no registry, which means Docker Hub"),
    };
    report.add(
        Problem::new(format!("{} pulls `{image}` from Docker Hub without credentials", container.title()), label)
            .help("use a copy in ECR, such as one that a pull-through cache keeps, or set `repositoryCredentials`: Docker Hub limits pulls without a login, and tasks then fail to start"),
    );
}
