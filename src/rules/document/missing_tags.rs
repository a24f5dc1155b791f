use crate::document::{Document, DocumentKind};
use crate::finding::Label;
use crate::finding::{Category, Problem, Severity};
use crate::model::{Known, List, Service, Tag, TaskDefinition, View, own_tags};
use crate::rule::{Check, Profile, Reply, Report, Rule, Setting, SettingKind, Value};
use crate::words::listed;

pub(super) const RULE: Rule = Rule {
    id: "missing-tags",
    summary: "a task definition or a service lacks tags",
    category: Category::Operations,
    severity: Severity::Note,
    profile: Profile::Audit,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[Setting {
        name: "keys",
        kind: SettingKind::List,
        about: "Keys of the tags that are required; if not set, any tag is enough",
    }],
    sources: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-using-tags.html",
    ],
    check: Check::Document(check),
};

fn check(document: &Document, report: &mut Report) {
    let Some(tags) = own_tags(document) else { return };
    // The provider of Terraform may add tags to each resource.
    if document.root().is_in_module() {
        return;
    }
    let keys = report.setting("keys").and_then(Value::list).unwrap_or_default().to_vec();
    if keys.is_empty() {
        report.add_each(untagged(document, &tags));
    } else {
        report.add_each(lacking(document, &tags, &keys));
    }
}

/// Whatever its key, one tag is enough.
fn untagged(document: &Document, tags: &List<Tag>) -> Option<Problem> {
    let is_tagged = !tags.is_complete() || tags.items().any(|tag| !tag.is_of_aws());
    let problem =
        || Problem::new(format!("{document} has no tags"), name_label(document, "`tags` is missing"));
    (!is_tagged).then(|| problem().help("add `tags`, such as an owner and an environment, or name the keys that you require in `keys` of this rule; ignore it if your pipeline adds them"))
}

fn lacking(document: &Document, tags: &List<Tag>, keys: &[String]) -> Option<Problem> {
    let own: Vec<Known<&str>> = tags.items().filter_map(|tag| tag.tag_key().known()).collect();
    let is_known = tags.is_complete() && own.len() == tags.items().count();
    let missing: Vec<&str> =
        keys.iter().map(String::as_str).filter(|key| own.iter().all(|own| own.value() != *key)).collect();
    if !is_known || missing.is_empty() {
        return None;
    }
    let near = own.iter().filter(|own| missing.iter().any(|key| key.eq_ignore_ascii_case(own)));
    let noun = if missing.len() == 1 { "tag" } else { "tags" };
    let names = listed(missing.iter().copied());
    Some(
        Problem::new(
            format!("{document} lacks the {noun} {names}"),
            name_label(document, "required by the settings"),
        )
        .also_each(near.map(|own| own.label("keys are case-sensitive")))
        .help(format!("add {names} to `tags`; ignore it if your pipeline adds them")),
    )
}

fn name_label(document: &Document, text: &str) -> Label {
    match (document.kind, Service::alone(document)) {
        (DocumentKind::Service(_), Some(service)) => service.name_label(text),
        _ => TaskDefinition::of(document.root()).name_label(text),
    }
}
