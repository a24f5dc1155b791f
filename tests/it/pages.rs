//! Every rule page is run: a `bad` example gives exactly one finding of its rule and the report on the page,
//! the fix gives the `fixed` text on the page, and a `good` example gives nothing. `UPDATE=1 cargo test
//! --test it pages` rewrites the reports and the fixed texts; `PAGE=<rule>` runs the page of one rule alone.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use crate::support::{
    Example, Part, Texts, examples, linter, page, page_path, parts, report, repository, updating, whole_page,
};
use ecs_lint::finding::{Finding, Severity};
use ecs_lint::fix;
use ecs_lint::inputs::SETTINGS_FILE;
use ecs_lint::rule::Rule;
use ecs_lint::rules::Registry;
use ecs_lint::settings;
use ecs_lint::source::{Source, SourceId};

/// Rules whose bad example would be too long for a page: a separate test makes it.
const TOO_LONG_TO_SHOW: &[&str] = &["excessive-task-definition-size"];

#[test]
fn every_page_tells_the_truth() {
    let registry = Registry::default();
    let mut faults = Vec::new();
    let only = std::env::var("PAGE").ok();
    for (_, rule) in registry.rules() {
        if only.as_deref().is_none_or(|only| only == rule.id) {
            check_page(rule, &mut faults);
        }
    }
    assert!(
        faults.is_empty(),
        "{} faults; the first ones:\n\n{}",
        faults.len(),
        faults[..faults.len().min(8)].join("\n\n")
    );
}

/// The heading of the section that says when it is right to ignore a rule.
const IGNORING: &str = "\n## When to ignore it\n\n";

/// The heading that ends it.
const EXAMPLES: &str = "\n## Examples\n";

#[test]
fn every_warning_and_note_says_when_to_ignore_it() {
    let registry = Registry::default();
    let only = std::env::var("PAGE").ok();
    let mut faults = Vec::new();
    for (_, rule) in registry.rules() {
        // An error is certain: nothing is gained by ignoring it. What is reported about an entry or a comment
        // that ignores findings goes away with it, and no entry can be about the settings file.
        let needs_none = rule.severity == Severity::Error || rule.height() == "settings";
        if needs_none || only.as_deref().is_some_and(|only| only != rule.id) {
            continue;
        }
        if let Err(fault) = check_ignoring(rule, &registry) {
            faults.push(format!("{}: {fault}", rule.id));
        }
    }
    assert!(faults.is_empty(), "{} faults:\n\n{}", faults.len(), faults.join("\n"));
}

/// Checks the section of a page that says when to ignore its rule. Its block, as the settings for the first bad
/// example, silences all that the rule reports there.
fn check_ignoring(rule: &'static Rule, registry: &Registry) -> Result<(), String> {
    let (before, rest) = rule.manual().split_once(IGNORING).ok_or("there is no `## When to ignore it`")?;
    let (section, _) =
        rest.split_once(EXAMPLES).ok_or("`## When to ignore it` comes before `## Examples`")?;
    if before.contains("Ignore it if") {
        return Err("`Ignore it if …` belongs in `## When to ignore it`".to_owned());
    }
    let section = parts(section);
    let [Part::Prose(words), Part::Fence { info, body }, Part::Prose(end)] = section.as_slice() else {
        return Err("`## When to ignore it` needs a sentence, then one block".to_owned());
    };
    if words.trim().is_empty() || words.contains("\n#") || info != "toml" || !end.trim().is_empty() {
        return Err("`## When to ignore it` needs a sentence, then one block marked `toml`".to_owned());
    }
    if words.starts_with("Ignore") {
        return Err("the heading already says `ignore it`: start with `If …`".to_owned());
    }
    let source = Arc::new(Source::new(SourceId(0), SETTINGS_FILE, body.as_str()));
    let file = settings::read(source, registry).map_err(|faults| {
        let messages: Vec<String> = faults.into_iter().map(|fault| fault.message).collect();
        format!("the block is not valid: {}", messages.join("; "))
    })?;
    let [entry] = &file.ignores[..] else {
        return Err("the block needs one `[[ignore]]`".to_owned());
    };
    if entry.names != [rule.id] {
        return Err(format!("the block names {:?}", entry.names));
    }
    let path = entry.path.as_ref().map(|path| path.as_str()).ok_or("the block sets no `path`")?;
    let example = examples(rule.manual()).into_iter().find(|example| example.kind == "bad");
    let example = example.ok_or("there is no bad example")?.with_settings(path, body);
    let example = example.ok_or_else(|| format!("the bad example has no file `{path}`"))?;
    let linter = example.linter(rule);
    let outcome = linter.lint(&example.texts());
    match outcome.findings.is_empty() {
        true => Ok(()),
        false => Err(format!("with the block, there remains\n{}", report(&linter, &outcome))),
    }
}

#[test]
fn every_page_belongs_to_a_rule() {
    let registry = Registry::default();
    let expected: BTreeSet<String> =
        registry.rules().map(|(_, rule)| format!("{}/{}.md", rule.height(), rule.id)).collect();
    let mut found = BTreeSet::new();
    for folder in fs::read_dir(repository("rules")).expect("the folder of the pages") {
        let folder = folder.expect("an entry").path();
        if folder.is_dir() && !folder.ends_with("data") {
            for file in fs::read_dir(&folder).expect("a folder of pages") {
                let path = file.expect("an entry").path();
                let name = path.strip_prefix(repository("rules")).expect("below the folder");
                found.insert(name.display().to_string());
            }
        }
    }
    assert_eq!(expected, found);
}

#[test]
fn the_index_lists_every_rule() {
    let registry = Registry::default();
    let mut index = String::from(
        "# Rules\n\nOne page for each rule. `ecs-lint explain <rule>` shows it in a terminal. This list is generated: `UPDATE=1 cargo test --test it pages` rewrites it.\n",
    );
    let mut rules: Vec<&Rule> = registry.rules().map(|(_, rule)| rule).collect();
    rules.sort_by_key(|rule| (rule.height(), rule.id));
    let mut height = "";
    for rule in rules {
        if rule.height() != height {
            height = rule.height();
            index.push_str(&format!(
                "\n## {height}\n\n| rule | severity | category | fix | |\n|---|---|---|---|---|\n"
            ));
        }
        index.push_str(&format!(
            "| [{id}]({height}/{id}.md) | {} | {} | {} | {} |\n",
            rule.severity,
            rule.category,
            rule.fix.map_or("", |safety| safety.name()),
            rule.summary,
            id = rule.id,
        ));
    }
    let path = repository("rules/README.md");
    if updating() {
        write(&path, &index);
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == index,
        "rules/README.md is not what the rules say: UPDATE=1 cargo test --test it pages"
    );
}

#[test]
fn every_rule_is_well_named_and_described() {
    let registry = Registry::default();
    let mut ids = BTreeSet::new();
    for (_, rule) in registry.rules() {
        assert!(ids.insert(rule.id), "{} is there twice", rule.id);
        let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(rule.id.chars().all(is_name), "{}", rule.id);
        assert!(!rule.summary.ends_with('.') && rule.summary.len() < 100, "{}: {}", rule.id, rule.summary);
        assert!(
            rule.summary.starts_with(|c: char| !c.is_uppercase()) || begins_with_a_name(rule.summary),
            "{}",
            rule.id
        );
        let has_source = !rule.sources.is_empty() || rule.height() == "settings";
        assert!(has_source, "{} names no source", rule.id);
        for setting in rule.settings {
            let row = format!("\n| `{}` | {} | ", setting.name, setting.kind.name());
            assert!(rule.manual().contains(&row), "{} does not list `{}`", rule.id, setting.name);
        }
        assert!(rule.manual().starts_with(&format!("# {}\n\n", rule.id)), "{}", rule.id);
        for says in rule.reply.templates() {
            assert!(rule.manual().contains(says.trim()), "the page of {} does not quote: {says}", rule.id);
        }
    }
}

/// Whether a summary begins with the name of a product or with an abbreviation.
fn begins_with_a_name(summary: &str) -> bool {
    let first = summary.split([' ', '-']).next().unwrap_or_default();
    let names = ["Application", "Availability", "Fargate", "Linux", "Service", "Windows"];
    names.contains(&first) || first.chars().nth(1).is_some_and(char::is_uppercase)
}

#[test]
fn a_task_definition_may_take_64_kib() {
    let linter = linter(&["excessive-task-definition-size"]);
    let found = |value: &str, entries: usize| {
        let entries: Vec<String> =
            (0..entries).map(|at| format!(r#"{{ "name": "SETTING_{at}", "value": "{value}" }}"#)).collect();
        let containers = format!(
            r#"[{{ "name": "app", "image": "app:1", "environment": [{}] }}]"#,
            entries.join(",\n        ")
        );
        let text = format!(r#"{{ "family": "web", "containerDefinitions": {containers} }}"#);
        let findings = linter.lint(&Texts::new([("a.json", text.as_str())])).findings;
        findings.into_iter().map(|finding| (finding.severity, finding.problem)).next()
    };
    let long = "a".repeat(100);
    let (severity, problem) = found(&long, 700).expect("a finding");
    assert_eq!(severity, Severity::Error);
    assert_eq!(problem.message, "the task definition has 93778 bytes, but AWS allows at most 65536");
    assert_eq!(problem.at.text, "93691 of them are here");
    assert_eq!(found(&long, 489), None);
    assert_eq!(found(&long, 490).map(|(severity, _)| severity), Some(Severity::Warning));
    // The real value may be shorter, so placeholders count as empty.
    assert_eq!(found(&format!("${{{long}}}"), 700), None);
    // Bytes count, not characters.
    assert_eq!(found(&"ä".repeat(100), 300).map(|(severity, _)| severity), Some(Severity::Error));
}

fn check_page(rule: &'static Rule, faults: &mut Vec<String>) {
    let whole = whole_page(rule);
    let mut shown = parts(&whole);
    let examples = examples(&whole);
    let manual = crate::support::examples(rule.manual());
    let in_manual = |kind: &str| manual.iter().filter(|example| example.kind == kind).count();
    let expected = usize::from(!TOO_LONG_TO_SHOW.contains(&rule.id));
    if in_manual("bad") != expected || in_manual("good") != 1 {
        faults.push(format!(
            "{}: `## Examples` needs one bad and one good example; the others are `## Cases`",
            rule.id
        ));
    }
    if let Some(word) = wrong_word(rule.severity, rule.summary) {
        faults.push(format!("{}: `{word}` in the summary of a rule that gives a {}", rule.id, rule.severity));
    }
    let mut safest = None;
    // From the end, so that an insertion does not move what is still to come.
    for example in examples.iter().rev() {
        let linter = example.linter(rule);
        let outcome = linter.lint(&example.texts());
        let expected = usize::from(example.kind == "bad");
        if outcome.findings.len() != expected {
            faults.push(format!(
                "{}: {} findings instead of {expected} in:\n{}\n{}",
                rule.id,
                outcome.findings.len(),
                example.files[0].1,
                report(&linter, &outcome)
            ));
            continue;
        }
        let Some(finding) = outcome.findings.first() else { continue };
        faults.extend(wrong_tone(finding).map(|word| {
            format!("{}: `{word}` in the words of a finding that is {}", rule.id, finding.severity)
        }));
        let mut wanted = vec![("text".to_owned(), report(&linter, &outcome).trim_end().to_owned())];
        if let Some(fix) = &finding.problem.fix {
            safest = safest.min(Some(fix.safety)).or(Some(fix.safety));
            let id = fix.source().expect("a fix changes something");
            let name = &example.files[id.0 as usize].0;
            let info = match name.rsplit('.').next() {
                Some("yaml" | "yml") => "yaml fixed",
                Some("tf") => "hcl fixed",
                _ => "json fixed",
            };
            wanted.push((info.to_owned(), fixed(example, fix, rule, faults)));
        }
        compare(rule, &mut shown, example.end + 1, &wanted, faults);
    }
    if rule.fix != safest {
        faults.push(format!(
            "{}: the rule says its fix is {:?}, the examples show {safest:?}",
            rule.id, rule.fix
        ));
    }
    let written = page(&shown);
    if updating() && written != whole {
        write(&page_path(rule), &written);
    }
}

/// A word that claims more, or less, than a severity: an error is certain, and nothing else is.
fn wrong_word(severity: Severity, text: &str) -> Option<&'static str> {
    let words: &[&str] = match severity {
        Severity::Error => &["likely", "seems", "perhaps", "probably"],
        Severity::Warning | Severity::Note => &["cannot", "impossible"],
    };
    // What is in backquotes is the user's.
    let own: String = text.split('`').step_by(2).collect();
    words.iter().copied().find(|word| own.contains(word))
}

/// Such a word in a message or in its label.
fn wrong_tone(finding: &Finding) -> Option<&'static str> {
    // A label states under which condition nothing is wrong.
    let texts = [&finding.problem.message, &finding.problem.at.text];
    let is_certain = !finding.problem.is_conditional;
    texts.into_iter().filter(|_| is_certain).find_map(|text| wrong_word(finding.severity, text))
}

/// The text after a fix. The rule reports nothing about a fixed text.
fn fixed(example: &Example, fix: &fix::Fix, rule: &Rule, faults: &mut Vec<String>) -> String {
    let texts = example.texts();
    let linter = example.linter(rule);
    let outcome = linter.lint(&texts);
    let id = fix.source().expect("a fix changes something");
    let (text, _) = fix::apply(&outcome.sources[&id], [fix]);
    let files = example.files.iter().enumerate().map(|(at, (name, old))| {
        (name.as_str(), if at == id.0 as usize { text.as_str() } else { old.as_str() })
    });
    let after = linter.lint(&Texts::new(files));
    if !after.findings.is_empty() {
        faults.push(format!("{}: the fix leaves\n{}", rule.id, report(&linter, &after)));
    }
    text.trim_end().to_owned()
}

/// Compares the fences that follow an example with what they should be, or writes them.
fn compare(
    rule: &Rule,
    shown: &mut Vec<Part>,
    at: usize,
    wanted: &[(String, String)],
    faults: &mut Vec<String>,
) {
    let mut end = at;
    let mut found = Vec::new();
    for (offset, part) in shown[at..].iter().enumerate() {
        match part {
            Part::Prose(text) if text.trim().is_empty() => {}
            Part::Fence { info, body } if info == "text" || info.ends_with(" fixed") => {
                found.push((info.clone(), body.clone()));
                end = at + offset + 1;
            }
            _ => break,
        }
    }
    if found == wanted {
        return;
    }
    if updating() {
        let blank = || Part::Prose("\n".to_owned());
        let fences = wanted
            .iter()
            .flat_map(|(info, body)| [blank(), Part::Fence { info: info.clone(), body: body.clone() }]);
        shown.splice(at..end, fences.collect::<Vec<Part>>());
    } else {
        faults.push(format!(
            "{}: the page shows something else than:\n{}",
            rule.id,
            wanted.iter().map(|(_, body)| body.as_str()).collect::<Vec<_>>().join("\n")
        ));
    }
}

fn write(path: &Path, text: &str) {
    fs::write(path, text).expect("the page can be written");
}
