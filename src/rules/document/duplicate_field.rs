use crate::finding::{Category, Label, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::is_same;
use crate::parse::{Duplicate, Parsed};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::tree::{Kind, Node, Tree};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-field",
    summary: "an object has the same key twice",
    category: Category::Ignored,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://www.rfc-editor.org/rfc/rfc8259#section-4",
        "https://docs.python.org/3/library/json.html#repeated-names-within-an-object",
    ],
    check: Check::Text(check),
};

fn check(parsed: &Parsed, report: &mut Report) {
    // People repeat the keys that stand for comments; that ECS does not know them is reported by `unknown-field`.
    let is_comment = |duplicate: &&Duplicate| {
        let key = parsed.tree.node(duplicate.kept).spelled();
        key.starts_with(['_', '#', '/']) || matches!(key, "comment" | "comments")
    };
    let others = parsed.duplicates.iter().filter(|duplicate| !is_comment(duplicate));
    others.for_each(|duplicate| report.add(problem(&parsed.tree, duplicate)));
}

fn problem(tree: &Tree, duplicate: &Duplicate) -> Problem {
    let kept = tree.node(duplicate.kept);
    let lost: Vec<Node> = duplicate.lost.iter().map(|key| tree.node(*key)).collect();
    let name = kept.spelled();
    let times = match lost.len() {
        1 => "twice".to_owned(),
        more => format!("{} times", more + 1),
    };
    let is_object = |key: &Node| key.value_of_key().kind() == Kind::Object;
    if kept.is_in_module() && is_object(&kept) && lost.iter().all(is_object) {
        let label = |key: &Node| Label::new(key.place(), format!("merged with a later `{name}`"));
        return Problem::new(format!("`{name}` is set {times} in one object"), label(&lost[0]))
            .also_each(lost[1..].iter().map(label))
            .also(Label::new(kept.place(), "this one prevails"))
            .help("put all fields in one: Terraform merges them, but other tools read only the last");
    }
    let label = |key: &Node| Label::new(key.place(), format!("ignored: a later `{name}` overrides it"));
    let problem = Problem::new(format!("`{name}` is set {times} in one object"), label(&lost[0]))
        .also_each(lost[1..].iter().map(label))
        .also(Label::new(kept.place(), "most parsers keep this one"));
    let values = || lost.iter().map(|key| key.value_of_key());
    let is_nothing = values().all(|value| value.is_absent() || value.as_text() == Some(""));
    let says_the_same = values().all(|value| is_same(value, kept.value_of_key()).is_yes());
    let problem = if is_nothing { problem.at_most(Severity::Note) } else { problem };
    if !is_nothing && !says_the_same {
        return problem.help("keep only the one you mean");
    }
    let title = match lost.len() {
        1 => format!("delete the first `{name}`"),
        _ => format!("delete all but the last `{name}`"),
    };
    let changes: Vec<Change> = values().map(Change::Remove).collect();
    let help = if says_the_same {
        "all of them have the same value"
    } else {
        "the overridden value is empty: delete it"
    };
    problem.help(help).fix(Fix::new(Safety::Safe, title, &changes))
}
