use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "excessive-placement-constraints",
    summary: "a service and its task definition together have more than 10 placement constraints",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(task) = service.task_definition() else { return };
    let (own, others) = (service.placement_constraints(), task.placement_constraints());
    let (Some(list), Some(other)) = (own.known(), others.known()) else { return };
    let (own, others) = (own.objects().count(), others.objects().count());
    if own + others <= 10 || own > 10 || others > 10 || service.is_described() || !service.may_place() {
        return;
    }
    report.add(
        Problem::new(
            format!(
                "{} and its task definition together have {} placement constraints, but at most 10 are allowed",
                service.title(),
                own + others
            ),
            list.key_label(format!("{own} here")),
        )
        .also(other.key_label(format!("{others} here")))
        .help("keep at most 10 in total; join expressions with `and` to save constraints"),
    );
}
