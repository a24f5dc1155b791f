//! `ecs-lint rules`: a list of all rules.

use serde_json::{Value, json};

use super::arguments::{LookArguments, RulesArguments};
use super::status::Status;
use super::terminal;
use crate::rule::{Profile, Rule, Setting};
use crate::rules::Registry;

/// Lists all rules.
pub(super) fn run(_arguments: &RulesArguments, look: LookArguments) -> Status {
    let registry = Registry::default();
    match look.lists_json() {
        Ok(true) => terminal::print(&json(&registry)),
        Ok(false) => terminal::print(&table(&registry)),
        Err(reason) => terminal::fail(&reason),
    }
}

fn json(registry: &Registry) -> String {
    let object = |rule: &Rule| {
        json!({
            "id": rule.id,
            "summary": rule.summary,
            "category": rule.category.name(),
            "severity": rule.severity.name(),
            "default": rule.profile == Profile::Default,
            "profile": rule.profile.name(),
            "fixable": rule.fix.map(|safety| safety.name()),
            "height": rule.height(),
            "settings": rule.settings.iter().map(setting).collect::<Vec<Value>>(),
            "aws_says": rule.reply.templates(),
        })
    };
    let rules: Vec<Value> = registry.rules().map(|(_, rule)| object(rule)).collect();
    format!("{:#}\n", Value::Array(rules))
}

fn setting(setting: &Setting) -> Value {
    json!({"name": setting.name, "type": setting.kind.name(), "about": setting.about})
}

fn table(registry: &Registry) -> String {
    let width = registry.names().map(str::len).max().unwrap_or(0);
    let row = |rule: &Rule| {
        let Rule { id, severity, category, summary, .. } = rule;
        let profile = rule.profile.name();
        format!("{id:width$}  {severity:7}  {category:11}  {profile:7}  {summary}\n")
    };
    registry.rules().map(|(_, rule)| row(rule)).collect()
}
