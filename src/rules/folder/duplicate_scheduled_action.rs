use crate::finding::{Category, Problem, Severity};
use crate::model::{Folder, is_same};
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
    let named =
        folder.scheduled_actions.iter().filter(|action| !action.is_described()).filter_map(|action| {
            let resource = action.scaling().identity()?;
            let name = action.name().known()?;
            Some(((name.to_string(), resource), (action, name)))
        });
    // Overwriting with an identical copy changes nothing.
    let pairs = folder.contradictions(
        named,
        |(action, _)| action.node(),
        |(one, _), (other, _)| !is_same(one.node(), other.node()).is_no(),
    );
    for ((_, first_name), (second, name)) in pairs {
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
