//! Comments in the place of a field: `"// targetGroupArn": "fill in"`.

use std::collections::HashSet;

use super::super::judge::SchemaPart;
use super::super::place::PlaceInDocument;
use super::super::{ShapeFault, ShapeRule};
use super::meaning::is_comment;
use super::template;
use crate::document::{DocumentKind, ServiceForm};
use crate::finding::{Label, Problem, Severity};
use crate::spelling::is_respelled;
use crate::tree::{Node, Tree};

/// Words of such a key that only mark it as a comment.
const WORDS: &[&str] = &["comment", "todo", "fixme", "note", "placeholder"];

/// Reports the comments that are named after a field that their object lacks. From now on, each counts as
/// that field, with an unknown value.
pub(super) fn commented_fields(
    schema: SchemaPart,
    kind: DocumentKind,
    tree: &mut Tree,
    root: u32,
) -> Vec<ShapeFault> {
    let mut found: Vec<(u32, u32, String)> = Vec::new();
    let mut taken: HashSet<(u32, String)> = HashSet::new();
    let mut faults = Vec::new();
    PlaceInDocument::root(tree.node(root), schema, kind).each(&mut |object| {
        for (key, _) in object.node.members() {
            let written = key.text();
            if !is_comment(written) || object.schema.property(written).is_some() {
                continue;
            }
            let meant = object.schema.keys().find(|field| names(written, field));
            let Some(field) = meant.filter(|field| object.node.get(field).is_none()) else { continue };
            if !taken.insert((object.node.index(), field.to_owned())) {
                continue;
            }
            found.push((object.node.index(), key.index(), field.to_owned()));
            faults.push(ShapeFault {
                rule: ShapeRule::UnknownField,
                problem: problem(object, key, field, kind),
            });
        }
    });
    for (object, key, field) in found {
        tree.rename_key(object, key, &field);
        tree.forget(key + 1);
    }
    faults
}

fn problem(object: &PlaceInDocument, key: Node, field: &str, kind: DocumentKind) -> Problem {
    let written = key.text();
    let problem = Problem::new(
        format!("`{written}` is a comment, but `{field}` is not set"),
        Label::new(key.place(), format!("used in place of `{field}`")),
    )
    .at_most(Severity::Warning);
    if object.node.is_in_template() {
        let help = format!("set `{field}` and delete the comment: CloudFormation rejects unknown keys");
        return problem.help(help).says(template::extraneous(object, written));
    }
    if object.node.is_declared() {
        let help = format!("set `{field}` and delete the comment: Terraform drops unknown keys");
        return problem.help(help);
    }
    let problem =
        problem.help(format!("set `{field}` and delete the comment: the AWS CLI rejects unknown keys"));
    match kind {
        DocumentKind::Service(ServiceForm::Ecspresso) => problem,
        _ => {
            problem.says(format!("Unknown parameter in {}: \"{written}\", must be one of: …", object.path()))
        }
    }
}

/// Whether a comment is named after a field: `#image`, `_comment_image`, `// image (required)`.
fn names(comment: &str, field: &str) -> bool {
    let mut words =
        comment.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|word| !word.is_empty());
    let Some(first) = words.next() else { return false };
    let mut parts: Vec<&str> = first.split('_').filter(|part| !part.is_empty()).collect();
    let is_word =
        |part: Option<&&str>| part.is_some_and(|part| WORDS.contains(&part.to_ascii_lowercase().as_str()));
    if is_word(parts.first()) {
        parts.remove(0);
    }
    if is_word(parts.last()) {
        parts.pop();
    }
    let name = parts.concat();
    let next = words.next();
    is_respelled(&name, field) || (name.is_empty() && next.is_some_and(|next| is_respelled(next, field)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_named_after_fields() {
        for comment in [
            "// targetGroupArn",
            "//targetGroupArn",
            "#targetGroupArn",
            "# target_group_arn",
            "_targetGroupArn",
            "_comment_targetGroupArn",
            "_targetGroupArn_comment",
            "_comment-targetGroupArn",
            "__TODO_targetGroupArn__",
            "// targetGroupArn (fill in)",
            "$comment:targetGroupArn",
        ] {
            assert!(names(comment, "targetGroupArn"), "{comment}");
        }
        for comment in ["_comment", "//", "// the targetGroupArn", "_target", "_comment_containerName"] {
            assert!(!names(comment, "targetGroupArn"), "{comment}");
        }
    }
}
