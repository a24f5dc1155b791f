//! `ecs-lint explain`: the page of a rule.

use std::sync::Arc;

use super::arguments::{ExplainArguments, LookArguments};
use super::settings::today;
use super::status::Status;
use super::{covered, pager, terminal};
use crate::covers::named;
use crate::inputs::{SETTINGS_FILE, Texts};
use crate::linter::Linter;
use crate::report::{Human, Manual, Run, Style};
use crate::rule::{Profile, Rule};
use crate::rules::Registry;
use crate::secrecy::Masked;
use crate::settings::{self, Settings};
use crate::source::{Source, SourceId};
use crate::spelling::nearest;

/// Shows the page of a rule, or of the rule that answers a check of another tool.
pub(super) fn run(arguments: &ExplainArguments, look: LookArguments) -> Status {
    let name = arguments.rule.as_str();
    let registry = Registry::default();
    let style = look.style(false);
    if let Some(id) = registry.find(name) {
        return pager::show(&page(registry.get(id), style, arguments.full), style.color);
    }
    let checks = named(name);
    let rules = covered::rules(&checks, &registry);
    let heading = covered::heading(&checks, &rules);
    match rules.as_slice() {
        [] => {
            let near = nearest(name, registry.names());
            let hint = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
            terminal::fail(&format!("there is no rule `{name}`{hint} (`ecs-lint rules` lists all rules)"))
        }
        [rule] => {
            let page = page(rule, style, arguments.full);
            pager::show(&format!("{heading}\n{page}"), style.color)
        }
        rules => pager::show(&(heading + &covered::list(rules)), style.color),
    }
}

/// The page of a rule for a terminal: what is wrong and how to fix it, an example with its report,
/// and where the facts come from. With `full`, the examples themselves too.
fn page(rule: &Rule, style: Style, full: bool) -> String {
    let mut manual = Manual::read(rule.manual());
    if style.color && !manual.bad.is_empty() {
        manual.report = report(rule, &manual.bad, style);
    }
    let mut text = manual.render(style, full);
    let profile = match rule.profile {
        Profile::Default => "on by default".to_owned(),
        Profile::Asked => "off unless you name it".to_owned(),
        other => format!("on in profile {}", other.name()),
    };
    text.push_str(&format!("{} · {} · {profile}\n", rule.severity, rule.category));
    for source in rule.sources {
        text.push_str(&format!("Source: {source}\n"));
    }
    text.push_str(&covered::line(rule, style.width));
    if !full {
        text.push_str(&format!("More examples: ecs-lint explain {} --full\n", rule.id));
    }
    text
}

/// The report on an example in colours, which its page cannot hold.
fn report(rule: &Rule, files: &[(Option<String>, String)], style: Style) -> String {
    let registry = Registry::default();
    let mut settings = Settings { today: today(), ..Settings::default() };
    settings.chosen.only.push(rule.id.to_owned());
    let is_settings =
        |(_, (name, _)): &(usize, &(Option<String>, String))| name.as_deref() == Some(SETTINGS_FILE);
    for (at, (_, text)) in files.iter().enumerate().filter(is_settings) {
        let source = Arc::new(Source::new(SourceId(at as u32), SETTINGS_FILE, text.as_str()));
        if let Ok(mut file) = settings::read(source, &registry) {
            file.is_whole = true;
            // What the settings speak of runs too.
            settings.chosen.only.extend(file.ignores.iter().flat_map(|entry| entry.names.clone()));
            settings.add(SETTINGS_FILE, file);
        }
    }
    let linter = Linter::new(registry, settings);
    let named = files.iter().map(|(name, text)| (name.as_deref().unwrap_or("example.json"), text.as_str()));
    let texts = Texts::new(named);
    let outcome = Masked::of(linter.lint(&texts));
    let run = Run { style, ..Run::of(&outcome, linter.registry()) };
    let human = Human::new(&run);
    outcome.findings.iter().map(|finding| human.finding(finding)).collect()
}
