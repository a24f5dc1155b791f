use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{Container, View, is_same, repeated};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "duplicate-ulimit",
    summary: "a ulimit is set twice",
    category: Category::Ignored,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    aws_says: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Ulimit.html"],
    page: page!("container/duplicate-ulimit"),
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let named = container.ulimits().items().filter_map(|ulimit| Some((ulimit, ulimit.name().known()?)));
    for ((first, name), (later, again)) in
        repeated(named.map(|(ulimit, name)| (name.value(), (ulimit, name))))
    {
        let problem = Problem::new(
            format!("{} sets the ulimit `{name}` twice", container.title()),
            again.label("set again here"),
        )
        .also(name.label("first set here"));
        if !is_same(first.node(), later.node()).is_yes() {
            report.add(problem.help("only one of the two can take effect: keep the one you want"));
            continue;
        }
        let fix =
            Fix::new(Safety::Safe, format!("delete the second `{name}`"), &[Change::Remove(later.node())]);
        report.add(problem.help("the two are the same: delete one").fix(fix));
    }
}
