use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, UNLIMITED};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "excessive-soft-limit",
    summary: "the soft limit of a ulimit is above its hard limit",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&["Soft limit exceeds hard limit for ulimit {name}"]),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Ulimit.html"],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    for ulimit in container.ulimits().items() {
        let (Some(soft), Some(hard)) = (ulimit.soft_limit().known(), ulimit.hard_limit().known()) else {
            continue;
        };
        if *soft <= *hard || *soft == UNLIMITED || *hard == UNLIMITED {
            continue;
        }
        let name = ulimit.name().known();
        let which = name.map_or(String::new(), |name| format!(" for `{name}`"));
        let problem = Problem::new(
            format!(
                "the soft limit{which} of {} is {soft}, but the hard limit is only {hard}",
                container.title()
            ),
            soft.label("above the hard limit"),
        )
        .also(hard.label("the hard limit"))
        .help(format!("set `softLimit` to {hard} or less, or raise `hardLimit`"));
        report.add(match name {
            Some(name) => problem.reply(0, &[("name", &name)]),
            None => problem,
        });
    }
}
