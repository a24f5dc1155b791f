use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, UserFault};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-user",
    summary: "the `user` of a container is not valid",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&["unable to find user"]),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html"],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    // On Windows AWS's own sources disagree about `user`.
    let Some(user) = container.user().known().filter(|_| container.says_windows().is_no()) else { return };
    let Some(fault) = UserFault::of(&user) else { return };
    let why = match fault {
        UserFault::Colons => "more than one colon",
        UserFault::EmptySide => "one side of the colon is empty",
        UserFault::Negative => "a negative number",
    };
    let problem = Problem::new(
        format!("{} runs as `{user}`, which is not a valid user", container.title()),
        user.label(why),
    )
    .help("use a user, or a user and a group separated by a colon: `app`, `1000`, `app:app`, `1000:1000`");
    // Docker's reply is for a name that it cannot find.
    report.add(if fault == UserFault::Colons { problem.reply(0, &[]) } else { problem });
}
