//! `ecs-lint rules`: a list of all rules.

use serde_json::{Value, json};

use super::arguments::{LookArguments, RulesArguments};
use super::status::Status;
use super::{pager, terminal};
use crate::finding::Category;
use crate::fix::Safety;
use crate::rule::{Profile, Rule, Setting};
use crate::rules::Registry;

/// Lists the rules that are asked for.
pub(super) fn run(arguments: &RulesArguments, look: LookArguments) -> Status {
    let registry = Registry::default();
    let is_asked = |rule: &&Rule| {
        arguments.category.is_none_or(|category| rule.category == category)
            && (!arguments.fixable || rule.fix.is_some_and(|safety| safety != Safety::Shown))
    };
    let rules: Vec<&Rule> = registry.rules().map(|(_, rule)| rule).filter(is_asked).collect();
    match look.lists_json() {
        Ok(true) => terminal::print(&json(&rules)),
        Ok(false) => {
            let style = look.style(false);
            let width = if terminal::is_read_by_a_person() { style.width } else { usize::MAX };
            pager::show(&table(&rules, width), style.color)
        }
        Err(reason) => terminal::fail(&reason),
    }
}

fn json(rules: &[&Rule]) -> String {
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
    let rules: Vec<Value> = rules.iter().map(|rule| object(rule)).collect();
    format!("{:#}\n", Value::Array(rules))
}

fn setting(setting: &Setting) -> Value {
    json!({"name": setting.name, "type": setting.kind.name(), "about": setting.about})
}

/// A table of rules, in groups by category. What is wider than this goes on below itself.
fn table(rules: &[&Rule], width: usize) -> String {
    let ids = rules.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    let head = |id: &str, severity: &str, profile: &str, fix: &str| {
        format!("  {id:ids$}  {severity:8}  {profile:7}  {fix:6}  ")
    };
    let mut text = head("RULE", "SEVERITY", "PROFILE", "FIX") + "SUMMARY\n";
    for category in Category::ALL {
        let group: Vec<&&Rule> = rules.iter().filter(|rule| rule.category == category).collect();
        if group.is_empty() {
            continue;
        }
        text.push_str(&format!("\n{category}: {} ({})\n", about(category), group.len()));
        for rule in group {
            let fix = rule.fix.filter(|safety| *safety != Safety::Shown).map_or("", |safety| safety.name());
            let start = head(rule.id, rule.severity.name(), rule.profile.name(), fix);
            let indent = start.len();
            text.push_str(&start);
            text.push_str(&wrapped(rule.summary, indent, width));
            text.push('\n');
        }
    }
    text
}

/// The harm that the rules of a category tell of.
fn about(category: Category) -> &'static str {
    match category {
        Category::Rejected => "the API, or its client, refuses it",
        Category::Broken => "accepted, but it fails to start or to deploy",
        Category::Ignored => "accepted, without effect",
        Category::Security => "it exposes something",
        Category::Reliability => "an outage is more likely, or lasts longer",
        Category::Operations => "harder to run",
        Category::Cost => "costs more than it needs to",
    }
}

/// A text behind so many characters, in lines of a width. Where there is no room it is left whole.
fn wrapped(text: &str, indent: usize, width: usize) -> String {
    let room = width.saturating_sub(indent);
    if room < 20 || room >= text.chars().count() {
        return text.to_owned();
    }
    let (mut lines, mut length) = (String::new(), 0);
    for word in text.split(' ') {
        let letters = word.chars().count();
        if length > 0 && length + 1 + letters > room {
            lines.push_str(&format!("\n{}", " ".repeat(indent)));
            length = 0;
        } else if length > 0 {
            lines.push(' ');
            length += 1;
        }
        lines.push_str(word);
        length += letters;
    }
    lines
}
