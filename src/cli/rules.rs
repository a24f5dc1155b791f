//! `ecs-lint rules`: a list of all rules.

use serde_json::{Value, json};

use super::arguments::{LookArguments, RulesArguments};
use super::status::Status;
use super::{pager, terminal};
use crate::covers::{self, Covered};
use crate::finding::Category;
use crate::fix::Safety;
use crate::rule::{Profile, Rule, Setting};
use crate::rules::Registry;
use crate::spelling::nearest;

/// Lists the rules that are asked for.
pub(super) fn run(arguments: &RulesArguments, look: LookArguments) -> Status {
    let registry = Registry::default();
    let tools = match arguments.covers.as_ref().map(|tool| tools(tool.as_deref())).transpose() {
        Ok(tools) => tools,
        Err(reason) => return terminal::fail(&reason),
    };
    let is_asked = |entry: &Entry| {
        arguments.category.is_none_or(|category| entry.rule.category == category)
            && (!arguments.fixable || entry.rule.fix.is_some_and(|safety| safety != Safety::Shown))
            && entry.covers.as_ref().is_none_or(|covers| !covers.is_empty())
    };
    let entry = |rule: &'static Rule| {
        let of = |tools: &Vec<&str>| {
            let checks = covers::of(rule.id).into_iter();
            checks.filter(|one| tools.contains(&one.tool)).collect()
        };
        Entry { rule, covers: tools.as_ref().map(of) }
    };
    let rules: Vec<Entry> = registry.rules().map(|(_, rule)| entry(rule)).filter(is_asked).collect();
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

/// A rule of the list, and the checks of other tools that it answers, if these are asked for.
struct Entry {
    rule: &'static Rule,
    covers: Option<Vec<Covered>>,
}

/// The tools whose checks are asked for: all, or those that a name means.
///
/// # Errors
///
/// A sentence that there is no tool of that name.
fn tools(name: Option<&str>) -> Result<Vec<&'static str>, String> {
    let all = covers::tools();
    let Some(name) = name else { return Ok(all) };
    let tools = covers::tools_named(name);
    if tools.is_empty() {
        let near = nearest(name, all.iter().copied());
        let hint = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        return Err(format!("no rule answers a check of `{name}`{hint} (the tools are {})", all.join(", ")));
    }
    Ok(tools)
}

fn json(rules: &[Entry]) -> String {
    let object = |Entry { rule, covers }: &Entry| {
        let mut object = json!({
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
        });
        if let Some(covers) = covers {
            let check = |one: &Covered| json!({"tool": one.tool, "check": one.check});
            object["covers"] = covers.iter().map(check).collect();
        }
        object
    };
    let rules: Vec<Value> = rules.iter().map(object).collect();
    format!("{:#}\n", Value::Array(rules))
}

fn setting(setting: &Setting) -> Value {
    json!({"name": setting.name, "type": setting.kind.name(), "about": setting.about})
}

/// A table of rules, in groups by category. What is wider than this goes on below itself.
fn table(rules: &[Entry], width: usize) -> String {
    let ids = rules.iter().map(|entry| entry.rule.id.len()).max().unwrap_or(0);
    let head = |id: &str, severity: &str, profile: &str, fix: &str| {
        format!("  {id:ids$}  {severity:8}  {profile:7}  {fix:6}  ")
    };
    let mut text = head("RULE", "SEVERITY", "PROFILE", "FIX") + "SUMMARY\n";
    for category in Category::ALL {
        let group: Vec<&Entry> = rules.iter().filter(|entry| entry.rule.category == category).collect();
        if group.is_empty() {
            continue;
        }
        text.push_str(&format!("\n{category}: {} ({})\n", about(category), group.len()));
        for Entry { rule, covers } in group {
            let fix = rule.fix.filter(|safety| *safety != Safety::Shown).map_or("", |safety| safety.name());
            let start = head(rule.id, rule.severity.name(), rule.profile.name(), fix);
            let indent = start.len();
            text.push_str(&start);
            text.push_str(&wrapped(rule.summary, indent, width));
            text.push('\n');
            text.push_str(&checks(covers.iter().flatten(), width));
        }
    }
    text
}

/// The checks that a rule answers, in a line for each tool.
fn checks<'c>(covers: impl Iterator<Item = &'c Covered>, width: usize) -> String {
    let mut tools: Vec<(&str, Vec<&str>)> = Vec::new();
    for Covered { tool, check, .. } in covers {
        match tools.last_mut().filter(|(last, _)| last == tool) {
            Some((_, checks)) => checks.push(check),
            None => tools.push((tool, vec![check])),
        }
    }
    let line = |(tool, checks): &(&str, Vec<&str>)| {
        let checks = format!("{tool}: {}", checks.join(", "));
        // What does not fit goes on further to the right.
        format!("    {}\n", wrapped(&checks, 8, width))
    };
    tools.iter().map(line).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_fits_the_terminal() {
        let registry = Registry::default();
        let rules = registry.rules();
        let entries = rules.map(|(_, rule)| Entry { rule, covers: Some(covers::of(rule.id)) });
        let text = table(&entries.collect::<Vec<Entry>>(), 100);
        for line in text.lines() {
            assert!(line.chars().count() <= 100, "{line}");
        }
    }
}
