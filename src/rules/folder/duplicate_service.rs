use crate::document::ServiceForm;
use crate::finding::{Category, Problem, Severity};
use crate::model::{Field, Folder, Service, is_same};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-service",
    summary: "two files create the same service with different settings",
    category: Category::Rejected,
    severity: Severity::Note,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always("Creation of service was not idempotent."),
    settings: &[],
    sources: &["https://github.com/hashicorp/terraform-provider-aws/issues/23462"],
    check: Check::Folder(check),
};

fn check(folder: &Folder, report: &mut Report) {
    let created = folder.services.iter().filter(|service| service.form() == ServiceForm::Create);
    let name = |service: &Service| {
        let cluster = match service.cluster() {
            Field::Known(cluster) => cluster.value(),
            Field::Missing => "default",
            Field::Unknown(_) => return None,
        };
        Some((cluster.to_owned(), service.name().known()?.to_string()))
    };
    let named = created.filter_map(|one| Some((name(one)?, one)));
    // Creating an identical copy again changes nothing.
    let is_copy = |one: &Service, other: &Service| !is_same(one.node(), other.node()).is_no();
    for (first, second) in folder.contradictions(named, Service::node, is_copy) {
        report.add(
            Problem::new(
                format!("{} is created twice, with different settings", second.title()),
                second.name_label("created again here"),
            )
            .also(first.name_label("first created here"))
            .help("rename one of them; put files for different environments in separate folders"),
        );
    }
}
