use crate::finding::{Category, Label, Problem, Severity};
use crate::parse::Parsed;
use crate::placeholder;
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::tree::{Door, Notation};

pub(super) const RULE: Rule = Rule {
    id: "unrendered-template",
    summary: "the file is a template: placeholders take the place of JSON values",
    category: Category::Operations,
    severity: Severity::Note,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://www.rfc-editor.org/rfc/rfc8259"],
    check: Check::Text(check),
};

/// Further places are counted, not shown.
const SHOWN: usize = 5;

fn check(parsed: &Parsed, report: &mut Report) {
    // Terraform renders it, and what it fills in is an expression like any other.
    if parsed.tree.door == Door::Terraform {
        return;
    }
    let source = &parsed.tree.source;
    let Some((first, others)) = parsed.holes.split_first() else { return };
    let hole = source.slice(*first);
    // What it falls back to may be anything, and need not be repeated.
    let hole =
        if placeholder::is_no_more_than_a_name(hole) { format!("`{hole}`") } else { "this".to_owned() };
    let notation = match parsed.tree.notation {
        Notation::Json => "JSON",
        Notation::Yaml => "YAML",
        Notation::Hcl => "HCL",
    };
    let mut problem = Problem::new(
        format!("the file is a template, not {notation} yet"),
        Label::new(source.place(*first), format!("{hole} is filled in later")),
    );
    problem.also.extend(others.iter().take(SHOWN).map(|span| Label::new(source.place(*span), "")));
    let more = others.len().saturating_sub(SHOWN);
    let rest = if more > 0 { format!(" ({more} more not shown)") } else { String::new() };
    report
        .add(problem.help(format!(
            "render it and lint the result to check these values too: `… | ecs-lint -`{rest}"
        )));
}
