use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{TaskDefinition, View, is_same, repeated};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-volume-name",
    summary: "two volumes have the same name",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Volume.html"],
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
        let fix = later.delete(Safety::Safe).titled(format!("delete the second volume `{name}`"));
        report.add(problem.help("the two are identical: delete one").fix(fix));
    }
}
