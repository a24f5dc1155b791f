use crate::document::{Document, DocumentKind};
use crate::finding::{Category, Label, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{TaskDefinition, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::tree::{Kind, Node};
use crate::words::listed;

pub(super) const RULE: Rule = Rule {
    id: "leftover-response-fields",
    summary: "the task definition still has fields that only an AWS response contains",
    category: Category::Rejected,
    // A warning: the GitHub deploy action strips these fields before it registers the file.
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Sometimes(&[
        "Unknown parameter in input: \"{key}\", must be one of: family, taskRoleArn, executionRoleArn, …",
        "Missing required parameter in input: \"family\"",
        "UnexpectedParameter: Unexpected key '{key}' found in params",
    ]),
    settings: &[],
    sources: &[
        "https://github.com/aws/aws-cli/issues/5882",
        "https://github.com/aws-actions/amazon-ecs-deploy-task-definition",
        "https://pypi.org/project/botocore/1.44.5/",
    ],
    check: Check::Document(check),
};

/// Further places are named, not shown.
const SHOWN: usize = 4;

fn check(document: &Document, report: &mut Report) {
    // To a template, they are unknown keys.
    if document.root().is_declared() {
        return;
    }
    let DocumentKind::TaskDefinition(_) = document.kind else { return };
    let task = TaskDefinition::of(document.root());
    let fields: Vec<Node> = task.response_fields().collect();
    let wrapper = wrapper(task.node());
    let keys: Vec<Node> = wrapper.iter().chain(&fields).filter_map(|node| node.key()).collect();
    let Some((first, others)) = keys.split_first() else { return };
    // A piped or fully saved response is known to be one: it was not meant to be registered as it is.
    let is_reply = wrapper.is_some() || document.tree().source.is_standard_input();
    let mut problem = match wrapper {
        Some(_) => Problem::new(
            "this is the output of `describe-task-definition`, not the input of `register-task-definition`",
            Label::new(first.place(), "the task definition is wrapped in this field"),
        ),
        None => Problem::new(
            format!("{} {}", listed(keys.iter().map(|key| key.text())), are_response_only(keys.len())),
            Label::new(first.place(), "set by AWS"),
        ),
    };
    if is_reply {
        problem = problem.at_most(Severity::Note);
    }
    problem.also.extend(others.iter().take(SHOWN).map(|key| Label::new(key.place(), "")));
    problem = problem.reply(0, &[("key", &first.text())]);
    let rest = listed(others.iter().map(|key| key.text()));
    let help = match (wrapper, others) {
        (None, []) => format!("delete `{}`", first.text()),
        (None, _) => "delete them".to_owned(),
        (Some(_), []) => format!("to register it, keep only what is in `{}`", first.text()),
        (Some(_), _) => format!("to register it, keep only what is in `{}`, without {rest}", first.text()),
    };
    report.add(match fix_of(&task, wrapper, &fields) {
        // A safe fix already says what to do.
        Some(fix) if wrapper.is_none() => problem.fix(fix),
        Some(fix) => problem.help(help).fix(fix),
        None => problem.help(help),
    });
}

fn are_response_only(count: usize) -> &'static str {
    if count == 1 {
        "is a response-only field: `register-task-definition` rejects it"
    } else {
        "are response-only fields: `register-task-definition` rejects them"
    }
}

/// The task definition inside the response that wraps it, if only a response wraps it.
fn wrapper(task: Node<'_>) -> Option<Node<'_>> {
    let around = task.parent().filter(|outer| outer.kind() == Kind::Object)?;
    let of_an_answer =
        |key: &str| matches!(key, "taskDefinition" | "tags" | "ResponseMetadata" | "$metadata");
    around.members().all(|(key, _)| of_an_answer(key.text())).then_some(task)
}

fn fix_of(task: &TaskDefinition, wrapper: Option<Node>, fields: &[Node]) -> Option<Fix> {
    let kept = task.node().members().count() - fields.len();
    if kept == 0 {
        return None;
    }
    let mut changes: Vec<Change> = fields.iter().map(|field| Change::Remove(*field)).collect();
    let title = match (wrapper, fields) {
        (Some(inner), _) => {
            let tags = inner.parent()?.get("tags").filter(|tags| !tags.is_absent());
            if tags.is_some() && inner.get("tags").is_some() {
                return None;
            }
            changes.push(Change::Unwrap(inner, tags.into_iter().collect()));
            "unwrap the task definition and delete the response-only fields".to_owned()
        }
        (None, [one]) => format!("delete `{}`", one.key()?.text()),
        (None, many) => format!("delete these {} fields", many.len()),
    };
    Some(Fix::new(Safety::Safe, title, &changes))
}
