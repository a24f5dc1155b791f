//! A text becomes a settings file, or all that is wrong with it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::by_path::ByPath;
use super::exemption::{Exemption, Target};
use super::exemptions::Exemptions;
use super::file::{File, Override, RuleSettings};
use super::keys::{self, Key, Kind};
use super::pattern::Glob;
use super::selection::Selection;
use super::toml::{self, Member, Table, Value};
use crate::finding::{Category, Label, Problem, Severity};
use crate::placeholder::Delimiters;
use crate::rule::{self, Profile, Rule, SettingKind};
use crate::rules::Registry;
use crate::source::{Place, Source};
use crate::spelling::nearest;

/// Reads a settings file.
///
/// # Errors
///
/// All that is wrong with it, in the order of the text.
pub fn read(source: Arc<Source>, registry: &Registry) -> Result<File, Vec<Problem>> {
    let table = toml::read(&source).map_err(|fault| vec![*fault])?;
    let mut judge = Judge { registry, faults: Vec::new() };
    judge.table(&table, keys::SETTINGS, "");
    if judge.faults.is_empty() {
        return Ok(file(&table, source, registry));
    }
    judge.faults.sort_by_cached_key(|fault| fault.at.at);
    Err(judge.faults)
}

/// Looks for faults.
struct Judge<'r> {
    registry: &'r Registry,
    faults: Vec<Problem>,
}

impl Judge<'_> {
    /// Judges the members of a table. `place` names the table in a sentence: " in `[[ignore]]`".
    fn table(&mut self, table: &Table, keys: &[Key], place: &str) {
        for member in &table.members {
            match keys.iter().find(|key| key.name == member.key) {
                Some(key) => self.value(key.kind, &member.key, &member.value),
                None => self.unknown_key(member, keys, place),
            }
        }
        for key in keys.iter().filter(|key| key.is_required && table.get(key.name).is_none()) {
            let label = Label::new(table.at, format!("`{}` is required", key.name));
            self.faults.push(Problem::new(format!("`{}` is not set{place}", key.name), label));
        }
    }

    fn unknown_key(&mut self, member: &Member, keys: &[Key], place: &str) {
        let names = || keys.iter().map(|key| key.name);
        let help = match nearest(&member.key, names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the keys are {}", names().collect::<Vec<_>>().join(", ")),
        };
        let label = Label::new(member.at, "unknown key");
        self.faults.push(Problem::new(format!("unknown key `{}`{place}", member.key), label).help(help));
    }

    /// Judges the value of a key.
    fn value(&mut self, kind: Kind, key: &str, value: &Value) {
        match kind {
            Kind::Profile => self.choice(key, value, "profile", Profile::CHOICES.map(Profile::name)),
            Kind::Severity => self.choice(key, value, "severity", Severity::ALL.map(Severity::name)),
            Kind::Category => self.choice(key, value, "category", Category::ALL.map(Category::name)),
            Kind::Rule => self.text(key, value, Judge::rule),
            Kind::Rules => self.texts(key, value, Judge::rule),
            Kind::Names => self.texts(key, value, Judge::rule_or_category),
            Kind::Glob => self.text(key, value, Judge::glob),
            Kind::Globs => self.texts(key, value, Judge::glob),
            Kind::Placeholders => self.texts(key, value, Judge::placeholder),
            Kind::Text => self.text(key, value, |_, _, _| ()),
            Kind::Reason => self.text(key, value, Judge::reason),
            Kind::Date => {
                if !matches!(value.kind, toml::Kind::Date(_)) {
                    let help = format!("write it without quotation marks: {key} = 2027-03-01");
                    let problem = wrong_type(key, value, "a date");
                    self.faults.push(problem.help(help));
                }
            }
            Kind::PerRule => match value.table() {
                Some(table) => self.rules(table),
                None => self.faults.push(wrong_type(key, value, "a table")),
            },
            Kind::Tables(keys) => {
                let items = value.list();
                if items.is_empty() && !matches!(value.kind, toml::Kind::List(_)) {
                    let help = format!("write `[[{key}]]` above each entry");
                    self.faults.push(wrong_type(key, value, "a list of tables").help(help));
                }
                for item in items {
                    match item.table() {
                        Some(table) => self.entry(table, key, keys),
                        None => self.faults.push(wrong_type(key, item, "a list of tables")),
                    }
                }
            }
            Kind::Of(SettingKind::List) => self.texts(key, value, |_, _, _| ()),
            Kind::Of(SettingKind::Text) => self.text(key, value, |_, _, _| ()),
            Kind::Of(SettingKind::Number) => {
                if !matches!(value.kind, toml::Kind::Number(_)) {
                    self.faults.push(wrong_type(key, value, "a whole number"));
                }
            }
            Kind::Of(SettingKind::Flag) => {
                if !matches!(value.kind, toml::Kind::Flag(_)) {
                    self.faults.push(wrong_type(key, value, "`true` or `false`"));
                }
            }
        }
    }

    fn entry(&mut self, table: &Table, key: &str, keys: &[Key]) {
        let place = format!(" in `[[{key}]]`");
        self.table(table, keys, &place);
        let says_what = ["rule", "rules", "category"].iter().any(|key| table.get(key).is_some());
        if key == "ignore" && !says_what {
            let label = Label::new(table.at, "what is ignored?");
            let problem = Problem::new(format!("no rule is named{place}"), label);
            self.faults.push(problem.help("set `rule`, `rules` or `category`"));
        }
    }

    /// Judges the tables of single rules.
    fn rules(&mut self, table: &Table) {
        for member in &table.members {
            let Some(id) = self.registry.find(&member.key) else {
                self.rule(&member.key, member.at);
                continue;
            };
            let keys = keys_of(self.registry.get(id));
            match member.value.table() {
                Some(table) => self.table(table, &keys, &format!(" in `[rules.{}]`", member.key)),
                None => {
                    let help =
                        format!("write {}.severity = …, or a table `[rules.{}]`", member.key, member.key);
                    self.faults.push(wrong_type(&member.key, &member.value, "a table").help(help));
                }
            }
        }
    }

    fn choice<const COUNT: usize>(
        &mut self,
        key: &str,
        value: &Value,
        noun: &str,
        choices: [&'static str; COUNT],
    ) {
        self.text(key, value, |judge, text, at| {
            if choices.contains(&text) {
                return;
            }
            let help = match nearest(text, choices) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("use {}", one_of(&choices)),
            };
            let label = Label::new(at, format!("unknown {noun}"));
            judge.faults.push(Problem::new(format!("there is no {noun} `{text}`"), label).help(help));
        });
    }

    /// Judges what has to be a string.
    fn text(&mut self, key: &str, value: &Value, judge: impl Fn(&mut Self, &str, Place)) {
        match value.text() {
            Some(text) => judge(self, text, value.at),
            None => self.faults.push(wrong_type(key, value, "a string")),
        }
    }

    /// Judges what has to be a list of strings.
    fn texts(&mut self, key: &str, value: &Value, judge: impl Fn(&mut Self, &str, Place)) {
        if !matches!(value.kind, toml::Kind::List(_)) {
            let problem = wrong_type(key, value, "a list of strings");
            return self.faults.push(match value.text() {
                Some(text) => problem.help(format!("write {key} = [\"{text}\"]")),
                None => problem,
            });
        }
        for item in value.list() {
            match item.text() {
                Some(text) => judge(self, text, item.at),
                None => self.faults.push(wrong_type(key, item, "a list of strings")),
            }
        }
    }
}

/// What is judged of a string at a place.
impl Judge<'_> {
    fn rule(&mut self, name: &str, at: Place) {
        if self.registry.find(name).is_none() {
            self.unknown_name(name, at, "rule", self.registry.names().collect());
        }
    }

    fn rule_or_category(&mut self, name: &str, at: Place) {
        if name.parse::<Category>().is_err() && self.registry.find(name).is_none() {
            let categories = Category::ALL.map(Category::name);
            self.unknown_name(
                name,
                at,
                "rule or category",
                self.registry.names().chain(categories).collect(),
            );
        }
    }

    fn unknown_name(&mut self, name: &str, at: Place, noun: &str, names: Vec<&'static str>) {
        let help = match nearest(name, names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`ecs-lint rules` lists all rules".to_owned(),
        };
        let label = Label::new(at, format!("unknown {noun}"));
        self.faults.push(Problem::new(format!("there is no {noun} `{name}`"), label).help(help));
    }

    fn glob(&mut self, text: &str, at: Place) {
        if let Err(why) = Glob::new(text) {
            let label = Label::new(at, why);
            self.faults.push(Problem::new(format!("`{text}` is not a valid pattern"), label));
        }
    }

    fn placeholder(&mut self, text: &str, at: Place) {
        if Delimiters::read(text).is_none() {
            let label = Label::new(at, "needs what begins a placeholder, `*`, and what ends it");
            let problem = Problem::new(format!("`{text}` does not describe a placeholder"), label);
            self.faults.push(problem.help("write \"@@*@@\" for placeholders such as `@@IMAGE@@`"));
        }
    }

    fn reason(&mut self, text: &str, at: Place) {
        if text.trim().is_empty() {
            let label = Label::new(at, "empty");
            self.faults
                .push(Problem::new("`reason` is empty", label).help("say why the findings are accepted"));
        }
    }
}

/// The keys of the table of a rule.
pub(super) fn keys_of(rule: &Rule) -> Vec<Key> {
    let own = rule.settings.iter().map(|setting| Key {
        name: setting.name,
        kind: Kind::Of(setting.kind),
        is_required: false,
        about: setting.about,
        example: "",
    });
    std::iter::once(keys::SEVERITY).chain(own).collect()
}

fn wrong_type(key: &str, value: &Value, wanted: &str) -> Problem {
    let label = Label::new(value.at, format!("this is {}", value.kind.name()));
    Problem::new(format!("`{key}` must be {wanted}"), label)
}

/// "`a`, `b` or `c`".
fn one_of(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        _ => names.concat(),
    }
}

/// The file that a table without faults describes.
fn file(table: &Table, source: Arc<Source>, registry: &Registry) -> File {
    File {
        source,
        selection: selection(table),
        fail_on: table.text("fail-on").and_then(|name| name.parse().ok()),
        exclude: ByPath::new(globs(table, "exclude")),
        placeholders: table.texts("placeholders").filter_map(Delimiters::read).collect(),
        rules: rules(table, registry),
        overrides: ByPath::new(table.tables("override").map(of_files).collect()),
        ignores: Exemptions::new(table.tables("ignore").map(ignore).collect()),
        baseline: None,
        is_whole: false,
    }
}

fn of_files(entry: &Table) -> Override {
    Override { files: globs(entry, "files"), selection: selection(entry) }
}

fn selection(table: &Table) -> Selection {
    let names = |key| table.texts(key).map(str::to_owned).collect();
    let profile = table.text("profile");
    Selection {
        profile: Profile::CHOICES.into_iter().find(|choice| Some(choice.name()) == profile),
        only: names("only"),
        also: names("also"),
        skip: names("skip"),
    }
}

fn globs(table: &Table, key: &str) -> Vec<Glob> {
    table.texts(key).filter_map(|text| Glob::new(text).ok()).collect()
}

fn rules(table: &Table, registry: &Registry) -> BTreeMap<String, RuleSettings> {
    let members = table.get("rules").and_then(Value::table).map_or(&[][..], |rules| &rules.members);
    let settings = |member: &Member| {
        let (own, id) = (member.value.table()?, registry.find(&member.key)?);
        let values = registry.get(id).settings.iter().filter_map(|setting| {
            let value = match &own.get(setting.name)?.kind {
                toml::Kind::Text(text) => rule::Value::Text(text.clone()),
                toml::Kind::Flag(flag) => rule::Value::Flag(*flag),
                toml::Kind::Number(number) => rule::Value::Number(*number),
                _ => rule::Value::List(own.texts(setting.name).map(str::to_owned).collect()),
            };
            Some((setting.name, value))
        });
        let severity = own.text("severity").and_then(|name| name.parse().ok());
        Some((member.key.clone(), RuleSettings { severity, values: Arc::new(values.collect()) }))
    };
    members.iter().filter_map(settings).collect()
}

fn ignore(entry: &Table) -> Exemption {
    let named = ["rule", "rules", "category"].into_iter().filter_map(|key| entry.get(key));
    let text = |key| entry.text(key).map(str::to_owned);
    let targets = [
        text("container").map(Target::Container),
        text("document").map(Target::Document),
        text("pointer").map(Target::Pointer),
    ];
    let date = |value: &Value| match value.kind {
        toml::Kind::Date(date) => Some((date, value.at)),
        _ => None,
    };
    Exemption {
        at: named.clone().next().map_or(entry.at, |value| value.at),
        names: named
            .flat_map(|value| value.text().into_iter().chain(value.list().iter().filter_map(Value::text)))
            .map(str::to_owned)
            .collect(),
        path: entry.text("path").and_then(|text| Glob::new(text).ok()),
        targets: targets.into_iter().flatten().collect(),
        reason: text("reason").unwrap_or_default(),
        expires: entry.get("expires").and_then(date),
        owner: text("owner"),
    }
}
