use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-cluster",
    summary: "the document names no cluster",
    category: Category::Operations,
    severity: Severity::Note,
    profile: Profile::Audit,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    if service.lacks_cluster() {
        let help = if service.node().is_declared() {
            "set `cluster` to a reference to the cluster"
        } else {
            "set `cluster`; ignore this if the command line names it"
        };
        report.add(
            Problem::new(
                format!("{} names no cluster: AWS takes the one called `default`", service.title()),
                service.name_label("no `cluster`"),
            )
            .help(help),
        );
    }
}
