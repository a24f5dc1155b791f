//! What the tests share: texts in memory, rule pages taken apart, runs of the linter.

pub mod hcl;
pub mod hcl_json;
pub mod plan;
pub mod program;
pub mod template;
pub mod terraform;
pub mod yaml;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ecs_lint::Date;
use ecs_lint::inputs::SETTINGS_FILE;
pub use ecs_lint::inputs::Texts;
use ecs_lint::linter::{Linter, Outcome};
use ecs_lint::report::{Format, Human, Run};
use ecs_lint::rule::{Profile, Rule};
use ecs_lint::rules::Registry;
use ecs_lint::secrecy::Masked;
use ecs_lint::settings::{self, Selection, Settings};
use ecs_lint::source::{Source, SourceId};

/// A linter with exactly these rules, or with all that are on in the strictest profile.
pub fn linter(only: &[&str]) -> Linter {
    Linter::new(Registry::default(), settings(only))
}

/// Settings with exactly these rules, or with all that are on in the strictest profile.
fn settings(only: &[&str]) -> Settings {
    let only = only.iter().map(|id| (*id).to_owned()).collect();
    let chosen = Selection { profile: Some(Profile::Audit), only, ..Selection::default() };
    Settings { chosen, today: Date { year: 2026, month: 1, day: 1 }, ..Settings::default() }
}

/// The reports of all findings, as the pages show them.
pub fn report(linter: &Linter, outcome: &Outcome) -> String {
    let outcome = Masked::of(outcome.clone());
    let run = Run::of(&outcome, linter.registry());
    let human = Human::new(&run);
    let reports = outcome.findings.iter().map(|finding| human.finding(finding));
    reports.collect::<Vec<String>>().join("\n")
}

/// An outcome in a format.
pub fn written(format: &str, linter: &Linter, outcome: &Outcome) -> String {
    let format = Format::named(format).expect("a format");
    let written = (format.write)(&Run::of(&Masked::of(outcome.clone()), linter.registry()));
    assert_eq!(written.failures, []);
    written.text
}

/// Whether generated parts are to be rewritten instead of compared.
pub fn updating() -> bool {
    std::env::var_os("UPDATE").is_some()
}

/// A path in the repository.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Where the page of a rule lies.
pub fn page_path(rule: &Rule) -> PathBuf {
    repository("rules").join(rule.height()).join(format!("{}.md", rule.id))
}

/// The whole page of a rule, of which the program holds the manual alone.
pub fn whole_page(rule: &Rule) -> String {
    std::fs::read_to_string(page_path(rule)).expect("a rule has a page")
}

/// A part of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Text that is for readers alone.
    Prose(String),
    /// What stands between two lines of backquotes; `info` follows the first of them.
    Fence { info: String, body: String },
}

/// Takes a page apart.
pub fn parts(page: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut prose = String::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else {
            prose.push_str(line);
            prose.push('\n');
            continue;
        };
        parts.push(Part::Prose(std::mem::take(&mut prose)));
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        parts.push(Part::Fence { info: info.to_owned(), body: body.join("\n") });
    }
    parts.push(Part::Prose(prose));
    parts
}

/// Puts a page together again.
pub fn page(parts: &[Part]) -> String {
    let mut page = String::new();
    for part in parts {
        match part {
            Part::Prose(text) => page.push_str(text),
            Part::Fence { info, body } => page.push_str(&format!("```{info}\n{body}\n```\n")),
        }
    }
    page
}

/// The examples of a page: for each its kind (`bad`, `good`) and its files.
pub fn examples(page: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut open = false;
    for (at, part) in parts(page).iter().enumerate() {
        let Part::Fence { info, body } = part else {
            // Only blank lines may stand between the files of one example.
            open &= matches!(part, Part::Prose(text) if text.trim().is_empty());
            continue;
        };
        let words: Vec<&str> = info.split(' ').collect();
        let (kind, name) = match words.as_slice() {
            ["json", kind @ ("bad" | "good")] => (*kind, "example.json"),
            ["json", kind @ ("bad" | "good"), name] => (*kind, *name),
            ["yaml", kind @ ("bad" | "good")] => (*kind, "example.yaml"),
            ["yaml", kind @ ("bad" | "good"), name] => (*kind, *name),
            ["hcl", kind @ ("bad" | "good")] => (*kind, "main.tf"),
            ["hcl", kind @ ("bad" | "good"), name] => (*kind, *name),
            ["toml", kind @ ("bad" | "good"), name @ SETTINGS_FILE] => (*kind, *name),
            _ => {
                open = false;
                continue;
            }
        };
        let file = (name.to_owned(), body.clone() + "\n");
        let goes_on = |last: &&mut Example| {
            let is_new_name = last.files.iter().all(|(other, _)| other != name);
            open && last.kind == kind && words.len() == 3 && last.is_named && is_new_name
        };
        match examples.last_mut().filter(goes_on) {
            Some(last) => {
                last.files.push(file);
                last.end = at;
            }
            None => examples.push(Example {
                kind: kind.to_owned(),
                is_named: words.len() == 3,
                files: vec![file],
                end: at,
            }),
        }
        open = true;
    }
    examples
}

/// An example of a page.
#[derive(Clone, Debug)]
pub struct Example {
    /// `bad` or `good`.
    pub kind: String,
    is_named: bool,
    /// Names and texts.
    pub files: Vec<(String, String)>,
    /// The position of its last fence among the parts of the page.
    pub end: usize,
}

impl Example {
    /// A linter with a rule alone, and with the settings of the example. If these ignore anything, the rules
    /// that they name run too, and so does the one that reports an unused entry.
    pub fn linter(&self, rule: &Rule) -> Linter {
        let registry = Registry::default();
        let mut settings = settings(&[rule.id]);
        if let Some(at) = self.files.iter().position(|(name, _)| name == SETTINGS_FILE) {
            let source = Arc::new(Source::new(SourceId(at as u32), SETTINGS_FILE, self.files[at].1.as_str()));
            let mut file = settings::read(source, &registry).expect("the settings of an example are valid");
            file.is_whole = true;
            if !file.ignores.is_empty() {
                settings.chosen.only.push("unused-ignore".to_owned());
                settings.chosen.only.extend(file.ignores.iter().flat_map(|entry| entry.names.clone()));
            }
            settings.add(SETTINGS_FILE, file);
        }
        Linter::new(registry, settings)
    }

    /// The same example under a path, with more settings. None if its files have names of their own, and
    /// none of them is this path.
    pub fn with_settings(mut self, path: &str, more: &str) -> Option<Example> {
        if !self.is_named {
            path.clone_into(&mut self.files[0].0);
        }
        self.files.iter().find(|(name, _)| name == path)?;
        match self.files.iter_mut().find(|(name, _)| name == SETTINGS_FILE) {
            Some((_, own)) => *own += &format!("\n{more}"),
            None => self.files.push((SETTINGS_FILE.to_owned(), more.to_owned())),
        }
        Some(self)
    }

    /// The files as inputs.
    pub fn texts(&self) -> Texts {
        Texts::new(self.files.iter().map(|(name, text)| (name.as_str(), text.as_str())))
    }
}

/// A folder of `fixtures/<kind>/`: whole files, and the report that they give.
#[derive(Clone, Debug)]
pub struct Fixture {
    /// The folder.
    pub path: PathBuf,
    /// The kind: `clean`, `rejected`, …
    pub kind: String,
    /// Names, relative to the folder, and texts.
    pub files: Vec<(String, String)>,
}

/// Every example of every page, and every folder of fixtures: files that belong together.
pub fn groups() -> Vec<Vec<(String, String)>> {
    let registry = Registry::default();
    let mut groups: Vec<Vec<(String, String)>> = registry
        .rules()
        .flat_map(|(_, rule)| examples(&whole_page(rule)))
        .map(|example| example.files)
        .collect();
    groups.extend(fixtures().into_iter().map(|fixture| fixture.files));
    groups
}

/// The name of the report in the folder of a fixture.
pub const REPORT: &str = "report.txt";

/// All fixtures, by path.
pub fn fixtures() -> Vec<Fixture> {
    let mut fixtures = Vec::new();
    for kind in folders(&repository("fixtures")) {
        for path in folders(&kind) {
            let mut files = Vec::new();
            collect(&path, &path, &mut files);
            let kind = kind.file_name().expect("a folder has a name").to_string_lossy().into_owned();
            fixtures.push(Fixture { path, kind, files });
        }
    }
    fixtures
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(path).expect("a folder");
    let mut found: Vec<PathBuf> =
        entries.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_dir()).collect();
    found.sort();
    found
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(root, &path, files);
        } else if path.file_name().is_some_and(|name| name != REPORT)
            && path.extension().is_some_and(|end| end != "svg")
        {
            let name = path.strip_prefix(root).expect("below the root").display().to_string();
            files.push((name, std::fs::read_to_string(&path).expect("a fixture is text")));
        }
    }
}
