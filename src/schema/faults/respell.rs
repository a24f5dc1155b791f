//! Keys in another spelling than the API's: letter case, snake case, CloudFormation's capitals.

use super::super::place::{PlaceInDocument, keys, property};
use super::super::{Schema, ShapeFault, ShapeRule};
use super::lowered;
use crate::document::{DocumentKind, ServiceForm};
use crate::finding::{Label, Problem};
use crate::fix::{Change, Fix, Safety};
use crate::spelling::is_respelled;
use crate::tree::{Node, Tree};

/// From this number on, keys that begin with a capital letter are one finding: the document was
/// written for CloudFormation.
const FOREIGN_KEYS: usize = 3;

/// Gives keys that differ from the API's in letter case, or by the underscores of snake case,
/// the API's name, and tells so where AWS would refuse them.
pub(super) fn respell(schema: &Schema, kind: DocumentKind, tree: &mut Tree, root: u32) -> Vec<ShapeFault> {
    let mut found: Vec<(u32, String, String)> = Vec::new();
    loop {
        let mut more = Vec::new();
        PlaceInDocument::root(tree.node(root), &schema.json).each_object(&mut |object| {
            for (key, _) in object.node.members() {
                let written = key.text();
                if property(object.schema, written).is_some() {
                    continue;
                }
                let meant = keys(object.schema).find(|known| is_respelled(written, known));
                if let Some(meant) = meant.filter(|meant| object.node.get(meant).is_none()) {
                    more.push((key.index(), meant.to_owned(), object.noun(kind)));
                }
            }
        });
        if more.is_empty() {
            break;
        }
        // What stands under a renamed key can be looked at only now.
        for (key, name, _) in &more {
            tree.rename_key(*key, name);
        }
        found.append(&mut more);
    }
    if found.is_empty() || matches_keys_in_any_case(kind, tree.node(root)) {
        return Vec::new();
    }
    let capitals = found.iter().all(|(key, ..)| written_key(tree.node(*key)).starts_with(char::is_uppercase));
    if capitals && found.len() >= FOREIGN_KEYS && !kind.is_scaling() {
        return vec![foreign_spelling(tree, &found)];
    }
    let faults = found.iter().map(|(key, name, noun)| {
        let key = tree.node(*key);
        let written = written_key(key);
        let problem = Problem::new(
            format!("`{written}` is spelled `{name}` in the API"),
            Label::new(key.place(), format!("not a field of {noun}")),
        );
        let fix =
            Fix::new(Safety::Safe, format!("rename `{written}` to `{name}`"), &[Change::Rename(key, name)]);
        ShapeFault { rule: ShapeRule::UnknownField, problem: lowered(problem.fix(fix), kind) }
    });
    faults.collect()
}

fn foreign_spelling(tree: &Tree, found: &[(u32, String, String)]) -> ShapeFault {
    let key = |index: u32| tree.node(index);
    let (first, name, _) = &found[0];
    let renames: Vec<Change> =
        found.iter().map(|(index, name, _)| Change::Rename(key(*index), name)).collect();
    let count = found.len();
    let problem = Problem::new(
        "the keys are spelled as in CloudFormation, not as in the API",
        Label::new(
            key(*first).place(),
            format!("`{name}` in the API; {count} keys begin with a capital letter"),
        ),
    );
    let fix = Fix::new(Safety::Safe, format!("rename {count} keys to the API's spelling"), &renames);
    ShapeFault { rule: ShapeRule::UnknownField, problem: problem.fix(fix) }
}

/// The text of a key in the file, whatever it has been renamed to.
fn written_key(key: Node) -> String {
    key.tree().source.slice(key.span()).trim_matches('"').to_owned()
}

/// Whether the tool that reads such a document does not care about the letter case of keys:
/// ecspresso, and those that take Application Auto Scaling's keys with a small first letter.
fn matches_keys_in_any_case(kind: DocumentKind, root: Node) -> bool {
    let first = root.members().next().map(|(key, _)| written_key(key));
    let small = first.is_some_and(|key| key.starts_with(char::is_lowercase));
    kind == DocumentKind::Service(ServiceForm::Ecspresso) || (kind.is_scaling() && small)
}
