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
    // ecspresso does not care about the letter case of keys.
    if found.is_empty() || kind == DocumentKind::Service(ServiceForm::Ecspresso) {
        return Vec::new();
    }
    if kind.is_scaling() && begins_small(tree.node(root)) {
        return if kind.is_described() { Vec::new() } else { vec![small_spelling(kind, tree, &found)] };
    }
    let capitals = found.iter().all(|(key, ..)| tree.node(*key).spelled().starts_with(char::is_uppercase));
    if capitals && found.len() >= FOREIGN_KEYS && !kind.is_scaling() {
        return vec![foreign_spelling(tree, &found)];
    }
    let faults = found.iter().map(|(key, name, noun)| {
        let key = tree.node(*key);
        let written = key.spelled();
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

/// Whether the first key begins with a small letter: the document was written for a tool that
/// takes Application Auto Scaling's keys so.
fn begins_small(root: Node) -> bool {
    let first = root.members().next().map(|(key, _)| key.spelled());
    first.is_some_and(|key| key.starts_with(char::is_lowercase))
}

fn small_spelling(kind: DocumentKind, tree: &Tree, found: &[(u32, String, String)]) -> ShapeFault {
    let (first, name, _) = &found[0];
    let first = tree.node(*first);
    let problem = Problem::new(
        format!("the keys of this {} begin with small letters", kind.name()),
        Label::new(first.place(), format!("`{name}` in the API")),
    )
    .help("the AWS CLI and the SDKs take them with capital letters only");
    // The recorded reply is that to a configuration alone.
    let is_recorded = kind == DocumentKind::TargetTracking && name == "TargetValue";
    let problem = if is_recorded { problem } else { problem.without_reply() };
    let renames: Vec<Change> =
        found.iter().map(|(index, name, _)| Change::Rename(tree.node(*index), name)).collect();
    let title = match renames.len() {
        1 => format!("rename it to `{name}`"),
        count => format!("rename {count} keys to the API's spelling"),
    };
    ShapeFault {
        rule: ShapeRule::MismatchedKeyCase,
        problem: problem.fix(Fix::new(Safety::Safe, title, &renames)),
    }
}
