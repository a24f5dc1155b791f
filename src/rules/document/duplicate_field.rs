use crate::finding::{Category, Label, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::parse::Parsed;
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "duplicate-field",
    summary: "a key stands in one object more than once",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    aws_says: &[],
    sources: &["https://www.rfc-editor.org/rfc/rfc8259#section-4"],
    page: page!("document/duplicate-field"),
    check: Check::Text(check),
};

fn check(parsed: &Parsed, report: &mut Report) {
    let tree = &parsed.tree;
    for (first, later) in &parsed.duplicates {
        let (first, later) = (tree.node(*first), tree.node(*later));
        let name = tree.source.slice(later.span()).trim_matches('"');
        let text = |key: crate::tree::Node| tree.source.slice(key.value_of_key().span()).to_owned();
        let problem = Problem::new(
            format!("`{name}` stands twice in one object"),
            Label::new(later.place(), "most parsers keep this one"),
        )
        .also(Label::new(first.place(), "and drop this one without a word"));
        let problem = if text(first) == text(later) {
            let fix = Fix::new(
                Safety::Safe,
                format!("delete the first `{name}`"),
                &[Change::Remove(first.value_of_key())],
            );
            problem.help("delete one of the two").fix(fix)
        } else {
            problem.help("keep the one that is meant")
        };
        report.add(problem);
    }
}
