//! Findings that were there when the rules were adopted. They are not shown, and can only become fewer.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// The name of the file, beside the settings.
pub const BASELINE_FILE: &str = "ecs-lint-baseline.json";

/// How many findings of each kind were there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    counts: BTreeMap<Known, usize>,
}

/// What a finding is known by: moved lines and reordered containers do not change it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Known {
    path: String,
    rule: String,
    pointer: String,
}

impl Baseline {
    /// Reads the text of a file.
    ///
    /// # Errors
    ///
    /// Why it is not a baseline.
    pub fn read(text: &str) -> Result<Baseline, String> {
        let json: Value = serde_json::from_str(text).map_err(|error| format!("not valid JSON: {error}"))?;
        if json["version"] != 1 {
            return Err("not a baseline of this version of ecs-lint: `version` must be 1".to_owned());
        }
        let entries = json["findings"].as_array().ok_or("`findings` must be a list")?;
        let mut baseline = Baseline::default();
        for (at, entry) in entries.iter().enumerate() {
            let text = |key: &str| {
                let text = entry[key].as_str().map(str::to_owned);
                text.ok_or_else(|| format!("`{key}` of entry {} must be a string", at + 1))
            };
            let known = Known { path: text("path")?, rule: text("rule")?, pointer: text("pointer")? };
            let count = entry["count"].as_u64().filter(|count| *count > 0);
            let count = count.ok_or_else(|| format!("`count` of entry {} must be 1 or more", at + 1))?;
            *baseline.counts.entry(known).or_default() += count as usize;
        }
        Ok(baseline)
    }

    /// The text of the file: one entry a line, sorted, so that two branches rarely change one line.
    pub fn written(&self) -> String {
        let entry = |(known, count): (&Known, &usize)| {
            let Known { path, rule, pointer } = known;
            format!("    {}", json!({ "path": path, "rule": rule, "pointer": pointer, "count": count }))
        };
        let entries: Vec<String> = self.counts.iter().map(entry).collect();
        let entries =
            if entries.is_empty() { String::new() } else { format!("\n{}\n  ", entries.join(",\n")) };
        format!("{{\n  \"version\": 1,\n  \"findings\": [{entries}]\n}}\n")
    }

    /// Adds a finding.
    pub fn add(&mut self, path: &str, rule: &str, pointer: &str) {
        let known = Known { path: path.to_owned(), rule: rule.to_owned(), pointer: pointer.to_owned() };
        *self.counts.entry(known).or_default() += 1;
    }

    /// Takes a finding out; false if it is not there.
    pub fn take(&mut self, path: &str, rule: &str, pointer: &str) -> bool {
        let known = Known { path: path.to_owned(), rule: rule.to_owned(), pointer: pointer.to_owned() };
        match self.counts.get_mut(&known) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }

    /// Whether it contains a finding.
    pub fn contains(&self, path: &str, rule: &str, pointer: &str) -> bool {
        let known = Known { path: path.to_owned(), rule: rule.to_owned(), pointer: pointer.to_owned() };
        self.counts.contains_key(&known)
    }

    /// How many findings it contains in the files that `is_linted` accepts.
    pub fn count(&self, is_linted: impl Fn(&str) -> bool) -> usize {
        self.counts.iter().filter(|(known, _)| is_linted(&known.path)).map(|(_, count)| count).sum()
    }

    /// The baseline without what is no longer found in the files that were linted.
    pub fn shrunk(&self, found: &Baseline, is_linted: impl Fn(&str) -> bool) -> Baseline {
        let left = |(known, count): (&Known, &usize)| {
            let now = found.counts.get(known).copied().unwrap_or_default();
            let left = if is_linted(&known.path) { now.min(*count) } else { *count };
            (left > 0).then(|| (known.clone(), left))
        };
        Baseline { counts: self.counts.iter().filter_map(left).collect() }
    }

    /// The baseline with all that is found now in the files that were linted.
    pub fn grown(&self, found: &Baseline, is_linted: impl Fn(&str) -> bool) -> Baseline {
        let mut grown = self.shrunk(found, is_linted);
        grown.counts.extend(found.counts.iter().map(|(known, count)| (known.clone(), *count)));
        grown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn baseline(findings: &[(&str, &str)]) -> Baseline {
        let mut baseline = Baseline::default();
        findings.iter().for_each(|(path, rule)| baseline.add(path, rule, "family"));
        baseline
    }

    #[test]
    fn it_only_shrinks() {
        let before = baseline(&[("a.json", "x"), ("a.json", "x"), ("b.json", "y")]);
        let found = baseline(&[("a.json", "x"), ("a.json", "z")]);
        assert_eq!(
            before.shrunk(&found, |path| path == "a.json"),
            baseline(&[("a.json", "x"), ("b.json", "y")])
        );
        assert_eq!(before.shrunk(&found, |_| true), baseline(&[("a.json", "x")]));
        let grown = before.grown(&found, |path| path == "a.json");
        assert_eq!(grown, baseline(&[("a.json", "x"), ("a.json", "z"), ("b.json", "y")]));
    }

    #[test]
    fn what_is_written_is_read_again() {
        for baseline in [Baseline::default(), baseline(&[("a \"b\".json", "x"), ("a \"b\".json", "x")])] {
            assert_eq!(Baseline::read(&baseline.written()), Ok(baseline));
        }
        assert!(Baseline::read("{}").is_err_and(|reason| reason.contains("version")));
        assert!(Baseline::read("[").is_err_and(|reason| reason.contains("not valid JSON")));
    }
}
