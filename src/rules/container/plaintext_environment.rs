use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, Present};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "plaintext-environment",
    summary: "a container has environment variables in plain text",
    category: Category::Security,
    severity: Severity::Note,
    profile: Profile::Audit,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://github.com/cdklabs/cdk-nag/blob/main/RULES.md",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let lists = [container.environment().certain(), container.environment_files().certain()];
    let lists: Vec<Present> = lists.into_iter().flatten().collect();
    let Some((first, others)) = lists.split_first() else { return };
    report.add(
        Problem::new(
            format!("{} has environment variables in plain text", container.title()),
            first.key_label(label(first)),
        )
        .also_each(others.iter().map(|other| other.key_label(label(other))))
        .help("move what is confidential to Secrets Manager or Parameter Store, and name it in `secrets`; ordinary settings may stay if your policy allows it"),
    );
}

fn label(list: &Present) -> &'static str {
    match list.key() {
        "environmentFiles" => "whoever may read the bucket can read them",
        _ => "whoever may read the task definition can read them",
    }
}
