//! The linter as the page calls it: texts in, JSON out. Nothing here draws anything.

mod manual;
mod pasted;

use std::sync::Arc;

use ecs_lint::finding::Problem;
use ecs_lint::inputs::{Remark, SETTINGS_FILE};
use ecs_lint::report::{Format, Run};
use ecs_lint::rule::Profile;
use ecs_lint::secrecy::{Masked, starred};
use ecs_lint::source::{Source, SourceId, Span};
use ecs_lint::{Date, Inputs, Linter, Outcome, Registry, Safety, Settings, apply_fixes, fix, settings};
use pasted::Pasted;
use serde_json::{Value, json};
use wasm_bindgen::prelude::wasm_bindgen;

/// The key of the settings file, which no pasted text has.
const SETTINGS: SourceId = SourceId(u32::MAX);

/// A linter with its settings, the texts that it was last given, and what it found in them.
#[wasm_bindgen]
pub struct Playground {
    linter: Linter,
    files: Pasted,
    outcome: Outcome,
}

#[wasm_bindgen]
impl Playground {
    /// A linter with the text of a settings file, on the day so many days after the first of January 1970. A
    /// profile that is named wins over that of the settings.
    ///
    /// # Errors
    ///
    /// All that is wrong with the settings, as JSON.
    #[wasm_bindgen(constructor)]
    pub fn new(text: &str, profile: &str, days: i32) -> Result<Playground, String> {
        let registry = Registry::default();
        let source = Arc::new(Source::new(SETTINGS, SETTINGS_FILE, text));
        let file = settings::read(Arc::clone(&source), &registry).map_err(|faults| {
            Value::from_iter(faults.iter().map(|fault| problem(&source, fault))).to_string()
        })?;
        let mut settings = Settings { today: Date::after_epoch(days.into()), ..Settings::default() };
        settings.add(SETTINGS_FILE, file);
        settings.chosen.profile = Profile::CHOICES.into_iter().find(|choice| choice.name() == profile);
        let linter = Linter::new(registry, settings);
        Ok(Playground { linter, files: Pasted::default(), outcome: Outcome::default() })
    }

    /// Lints texts as one project. The result is the JSON report as the program prints it, and what was not
    /// linted.
    pub fn lint(&mut self, names: Vec<String>, texts: Vec<String>) -> String {
        self.files = Pasted::new(&names, &texts);
        self.outcome = self.linter.lint(&self.files);
        let masked = Masked::of(self.outcome.clone());
        let format = Format::named("json").expect("a format of the library");
        let report = (format.write)(&Run::of(&masked, self.linter.registry())).text;
        let passed_over = Value::from_iter(self.outcome.passed_over.iter().map(remark));
        format!(r#"{{"report": {report}, "passed_over": {passed_over}}}"#)
    }

    /// The name and the new text of the file that the fix of a finding changes, by the index of the finding
    /// in the report.
    pub fn fix(&self, finding: usize) -> Option<Vec<String>> {
        let fix = self.outcome.findings.get(finding)?.problem.fix.as_ref()?;
        let source = self.outcome.sources.get(&fix.source()?)?;
        let (text, _) = fix::apply(source, [fix]);
        Some(vec![source.name.clone(), text])
    }

    /// The names and the new texts of all files that can be fixed: a name, its text, the next name …
    pub fn fix_all(&self, with_unsafe: bool) -> Vec<String> {
        let at_most = if with_unsafe { Safety::Unsafe } else { Safety::Safe };
        let (changed, _) = apply_fixes(&self.linter, &self.files, at_most);
        changed.into_iter().flat_map(|file| [file.before.name.clone(), file.after]).collect()
    }

    /// The texts as they were given, without what may be part of a secret.
    pub fn without_secrets(&self) -> Vec<String> {
        let masked = Masked::of(self.outcome.clone());
        let text = |id: SourceId| match masked.sources.get(&id) {
            Some(source) => hidden(source, masked.concealed(id, 0..source.text.len())),
            // Nothing is found in it, so that no rule conceals anything.
            None => {
                let source = self.files.source(id);
                starred(&source).unwrap_or_else(|| source.text.clone())
            }
        };
        self.files.list().iter().map(|input| text(input.id)).collect()
    }
}

/// A text with its secrets replaced by stars, and the digits of numbers by others, so that it can still be read.
fn hidden(source: &Source, secrets: &[Span]) -> String {
    let mut bytes = source.text.clone().into_bytes();
    for secret in secrets {
        let star = if source.slice(*secret).parse::<f64>().is_ok() { b'1' } else { b'*' };
        let shown = |byte: u8| byte == b'\n' || (star == b'1' && !byte.is_ascii_digit());
        bytes[secret.range()].iter_mut().filter(|byte| !shown(**byte)).for_each(|byte| *byte = star);
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// The manual of a rule and what a list says about it, as JSON; none if there is no such rule.
#[wasm_bindgen]
pub fn manual(rule: &str) -> Option<String> {
    let registry = Registry::default();
    let rule = registry.get(registry.find(rule)?);
    let described = json!({
        "id": rule.id,
        "height": rule.height(),
        "severity": rule.severity.name(),
        "category": rule.category.name(),
        "profile": rule.profile.name(),
        "sources": rule.sources,
        "page": manual::read(rule.manual()),
    });
    Some(described.to_string())
}

/// The names of all rules.
#[wasm_bindgen]
pub fn names() -> Vec<String> {
    Registry::default().names().map(str::to_owned).collect()
}

/// A settings file to begin with.
#[wasm_bindgen]
pub fn settings_template() -> String {
    let text = settings::template("");
    // An editor on a page follows no reference to a schema.
    text.split_once("\n\n").map_or(text.clone(), |(_, text)| text.to_owned())
}

fn remark(remark: &Remark) -> Value {
    json!({"file": remark.name, "message": remark.reason})
}

/// What is wrong with the settings, in the shape of a finding.
fn problem(source: &Source, problem: &Problem) -> Value {
    let labels = std::iter::once(&problem.at).chain(&problem.also).map(|label| {
        let span = label.at.span;
        let line = source.position(span.start).line;
        json!({"file": SETTINGS_FILE, "line": line, "offset": span.start, "length": span.len(), "text": label.text})
    });
    json!({
        "rule": null,
        "severity": "error",
        "message": problem.message,
        "help": problem.help,
        "file": SETTINGS_FILE,
        "labels": Value::from_iter(labels),
    })
}
