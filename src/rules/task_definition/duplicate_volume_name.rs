use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{TaskDefinition, View, is_same, repeated};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "duplicate-volume-name",
    summary: "two volumes have the same name",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    aws_says: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Volume.html"],
    page: page!("task-definition/duplicate-volume-name"),
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let volumes = task.volumes();
    let named = volumes.items().filter_map(|volume| Some((volume, volume.name().known()?)));
    for ((first, name), (later, again)) in
        repeated(named.map(|(volume, name)| (name.value(), (volume, name))))
    {
        let problem = Problem::new(format!("two volumes are named `{name}`"), again.label("used again here"))
            .also(name.label("first used here"));
        if !is_same(first.node(), later.node()).is_yes() {
            report.add(problem.help("rename one of them, and update its mount points"));
            continue;
        }
        let fix = Fix::new(
            Safety::Safe,
            format!("delete the second volume `{name}`"),
            &[Change::Remove(later.node())],
        );
        report.add(problem.help("the two are identical: delete one").fix(fix));
    }
}
