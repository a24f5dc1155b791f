use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Container, View, is_same, repeated};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-ulimit",
    summary: "a ulimit is set twice",
    category: Category::Ignored,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Ulimit.html"],
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
        let fix = later.delete(Safety::Safe).titled(format!("delete the second `{name}`"));
        report.add(problem.help("the two are the same: delete one").fix(fix));
    }
}
