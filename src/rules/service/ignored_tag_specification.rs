use crate::finding::{Category, Problem, Severity};
use crate::model::{Service, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "ignored-tag-specification",
    summary: "only the first tag specification of a volume is used",
    category: Category::Ignored,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://github.com/kayac/ecspresso/blob/v2/verify.go"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    for (first, further) in service.further_tag_specifications() {
        let Some((second, others)) = further.split_first() else { continue };
        report.add(
            Problem::new("only the first tag specification of a volume is used", second.label("not used"))
                .also_each(others.iter().map(|other| other.label("not used")))
                .also(first.label("only this one is used"))
                .help("move all tags of the volume to the first entry"),
        );
    }
}
