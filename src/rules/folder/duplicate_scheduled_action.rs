use crate::finding::{Category, Problem, Severity};
use crate::model::{Folder, is_same, repeated};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-scheduled-action",
    summary: "two scheduled actions with the same name overwrite each other",
    category: Category::Ignored,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html",
    ],
    check: Check::Folder(check),
};

fn check(folder: &Folder, report: &mut Report) {
    let named = folder.scheduled_actions.iter().filter_map(|action| {
        let resource = action.scaling().identity()?;
        let name = action.name().known()?;
        Some(((name.to_string(), resource), (action, name)))
    });
    for ((first, first_name), (second, name)) in repeated(named) {
        // Overwriting with an identical copy changes nothing.
        let differ = is_same(first.node(), second.node()).is_no();
        if first.is_described() || second.is_described() || !differ {
            continue;
        }
        report.add(
            Problem::new(
                format!(
                    "{} is defined twice for the same service: the later call overwrites the earlier one",
                    second.title()
                ),
                name.label("the same name again"),
            )
            .also(first_name.label("first defined here"))
            .help("give each action a unique name, or delete one of them"),
        );
    }
}
