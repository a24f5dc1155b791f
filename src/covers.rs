//! The checks of other tools and standards that the rules answer.

use std::fmt;

use crate::facts::{Table, table};

const COVERS: Table = table!("covers.tsv");

/// A check of another tool that a rule answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Covered {
    /// The id of the rule.
    pub rule: &'static str,
    /// The tool, or the standard.
    pub tool: &'static str,
    /// What the tool calls the check.
    pub check: &'static str,
}

impl fmt::Display for Covered {
    /// `Checkov CKV_AWS_97`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.tool, self.check)
    }
}

/// All checks, by rule, those of the best-known tools first.
pub(crate) fn all() -> impl Iterator<Item = Covered> {
    let mut last = "";
    let rows = COVERS.rows().map(move |[rule, tool, checks]| {
        // A rule is named once, in the first of its rows.
        last = if rule.is_empty() { last } else { rule };
        (last, tool, checks)
    });
    rows.flat_map(|(rule, tool, checks)| checks.split(", ").map(move |check| Covered { rule, tool, check }))
}

/// The checks that a rule answers.
pub(crate) fn of(rule: &str) -> Vec<Covered> {
    all().filter(|one| one.rule == rule).collect()
}

/// The checks that a text names, with or without the tool, in any letter case: `ckv_aws_97`,
/// `Checkov CKV_AWS_97`. One check may be there several times, for several rules.
pub(crate) fn named(text: &str) -> Vec<Covered> {
    let given = key(text);
    // Older versions of Trivy write `AVD-AWS-0035`.
    let given = given.strip_prefix("avd-").unwrap_or(&given);
    let is_meant = |one: &Covered| {
        let check = key(one.check);
        // KICS is known by the beginnings of UUIDs.
        let is_uuid = given.len() == 36 && check.len() == 8;
        given == check || given == key(&one.to_string()) || is_uuid && given.starts_with(&check)
    };
    all().filter(is_meant).collect()
}

/// The names of all tools, in alphabetical order.
pub(crate) fn tools() -> Vec<&'static str> {
    let mut tools: Vec<&str> = all().map(|one| one.tool).collect();
    tools.sort_by_key(|tool| tool.to_ascii_lowercase());
    tools.dedup();
    tools
}

/// The tools that a name means: the one with that name, or all whose names begin with it (`steampipe`).
pub(crate) fn tools_named(name: &str) -> Vec<&'static str> {
    let given = key(name);
    let (same, longer): (Vec<&str>, Vec<&str>) = tools()
        .into_iter()
        .filter(|tool| key(tool) == given || key(tool).starts_with(&format!("{given}-")))
        .partition(|tool| key(tool) == given);
    if same.is_empty() { longer } else { same }
}

/// A name as it is compared: letter case does not matter, nor how its words are separated.
fn key(name: &str) -> String {
    name.trim().to_ascii_lowercase().replace(['_', ' '], "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(text: &str) -> Vec<&'static str> {
        named(text).iter().map(|one| one.rule).collect()
    }

    #[test]
    fn a_check_is_known_however_it_is_written() {
        for text in ["E3042", "e3042", "cfn-lint E3042", "CFN-LINT e3042 "] {
            assert_eq!(rules(text), ["missing-essential-container"], "{text}");
        }
        assert_eq!(rules("f4c9b5f5-68b8-491f-9e48-4f96644a1d51"), ["invalid-fargate-size"]);
        assert_eq!(rules("avd-aws-0036"), rules("AWS-0036"));
        assert_eq!(rules("E30"), [""; 0]);
        assert_eq!(rules(""), [""; 0]);
    }

    #[test]
    fn a_tool_is_known_by_the_beginning_of_its_name() {
        assert_eq!(tools_named("checkov"), ["Checkov"]);
        assert_eq!(tools_named("security-hub"), ["Security Hub"]);
        assert_eq!(tools_named("steampipe"), ["Steampipe AWS", "Steampipe Terraform"]);
        assert_eq!(tools_named("KICS"), ["KICS"]);
        assert_eq!(tools_named("nothing"), [""; 0]);
    }
}
