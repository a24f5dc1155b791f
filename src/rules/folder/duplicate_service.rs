use crate::document::ServiceForm;
use crate::finding::{Category, Problem, Severity};
use crate::model::{Field, Folder, Service, is_same, repeated};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "duplicate-service",
    summary: "two files create services of one name in different ways",
    category: Category::Rejected,
    severity: Severity::Note,
    profile: Profile::Default,
    fix: None,
    aws_says: &["Creation of service was not idempotent."],
    sources: &["https://github.com/hashicorp/terraform-provider-aws/issues/23462"],
    page: page!("folder/duplicate-service"),
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
    for (first, second) in repeated(created.filter_map(|one| Some((name(one)?, one)))) {
        // A copy is created once; its second creation changes nothing.
        if !is_same(first.node(), second.node()).is_no() {
            continue;
        }
        report.add(
            Problem::new(
                format!("{} is created twice, in different ways", second.title()),
                second.name_label("created again here"),
            )
            .also(first.name_label("first here"))
            .help("give one of them another name; files for several environments belong in folders of their own"),
        );
    }
}
