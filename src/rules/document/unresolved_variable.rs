use super::super::unresolved::Unresolved;
use crate::document::Document;
use crate::finding::{Category, Severity};
use crate::placeholder::Kind;
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::source::Cut;

pub(super) const RULE: Rule = Rule {
    id: "unresolved-variable",
    summary: "a value is left over from a failed substitution, such as `undefined`",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://tc39.es/ecma262/multipage/abstract-operations.html#sec-tostring",
        "https://pkg.go.dev/text/template",
        "https://docs.python.org/3/library/constants.html#None",
    ],
    check: Check::Document(check),
};

fn check(document: &Document, report: &mut Report) {
    let values = Unresolved::of(document, |kind| kind == Kind::Unset);
    let Some((node, found, count)) = values.first() else { return };
    let left = node.text().cut(found.range.clone());
    let message = match (count, node.key()) {
        (1, Some(key)) if left == node.text() => format!("`{}` is `{left}`", key.text()),
        (1, _) => format!("`{}` contains `{left}`", node.text()),
        _ => format!("{count} values are left over from failed substitutions"),
    };
    let label = "left by a variable that was not set";
    let help = "set the variable and render the file again; let the build fail if one is missing (`set -u` in a shell)";
    if let Some(problem) = values.problem(message, label, help) {
        report.add(problem);
    }
}
