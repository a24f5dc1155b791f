//! Keys in another spelling than the API's: case, snake case, CloudFormation's upper case.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::super::place::{PlaceInDocument, keys, property};
use super::super::{Schema, ShapeFault, ShapeRule};
use crate::document::{DocumentKind, ServiceForm};
use crate::finding::{Label, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::spelling::is_respelled;
use crate::tree::{Node, Tree};

/// No more places of one mistake than this are shown.
const SHOWN: usize = 8;

/// From this number on, keys that begin with an upper-case letter are one finding: the document was written
/// for CloudFormation.
const FOREIGN_KEYS: usize = 3;

/// A key in another spelling.
struct Respelled {
    object: u32,
    key: u32,
    /// The API's name.
    name: String,
    /// What to call the object.
    noun: String,
    /// The path to the object, the same for each item of a list.
    pattern: String,
}

/// Gives the API's name to keys that differ from it in case, or by the separators of snake case and kebab
/// case, and reports them if AWS would reject them.
pub(super) fn respell(schema: &Schema, kind: DocumentKind, tree: &mut Tree, root: u32) -> Vec<ShapeFault> {
    let mut found: Vec<Respelled> = Vec::new();
    loop {
        let mut more = Vec::new();
        PlaceInDocument::root(tree.node(root), schema.json(), kind).each(&mut |object| {
            if object.schema.get("properties").is_none() {
                return;
            }
            for (key, _) in object.node.members() {
                let written = key.text();
                if property(object.schema, written).is_some() {
                    continue;
                }
                let meant = keys(object.schema).find(|known| is_respelled(written, known));
                if let Some(name) = meant.filter(|meant| object.node.get(meant).is_none()) {
                    more.push(Respelled {
                        object: object.node.index(),
                        key: key.index(),
                        name: name.to_owned(),
                        noun: object.noun(kind),
                        pattern: object.pattern(),
                    });
                }
            }
        });
        if more.is_empty() {
            break;
        }
        // What is below a renamed key can be checked only now.
        for one in &more {
            tree.rename_key(one.object, one.key, &one.name);
        }
        found.append(&mut more);
    }
    // ecspresso ignores the case of keys.
    if found.is_empty() || kind == DocumentKind::Service(ServiceForm::Ecspresso) {
        return Vec::new();
    }
    if kind.is_scaling() && begins_small(tree.node(root)) {
        return if kind.is_described() { Vec::new() } else { vec![small_spelling(kind, tree, &found)] };
    }
    let capitals = found.iter().all(|one| tree.node(one.key).spelled().starts_with(char::is_uppercase));
    if capitals && found.len() >= FOREIGN_KEYS && !kind.is_scaling() {
        return vec![foreign_spelling(tree, &found)];
    }
    // The same spelling in each item of a list is one mistake.
    let mut slips: Vec<Vec<&Respelled>> = Vec::new();
    let mut known: HashMap<(&str, &str), usize> = HashMap::new();
    for one in &found {
        match known.entry((one.pattern.as_str(), tree.node(one.key).spelled())) {
            Entry::Occupied(slip) => slips[*slip.get()].push(one),
            Entry::Vacant(free) => {
                free.insert(slips.len());
                slips.push(vec![one]);
            }
        }
    }
    slips.iter().map(|slip| other_spelling(kind, tree, slip)).collect()
}

fn other_spelling(kind: DocumentKind, tree: &Tree, slip: &[&Respelled]) -> ShapeFault {
    let [first, others @ ..] = slip else { unreachable!("a mistake is made somewhere") };
    let name = &first.name;
    let key = |one: &Respelled| tree.node(one.key);
    let written = key(first).spelled();
    let label = Label::new(key(first).place(), format!("not a field of {}", first.noun));
    let problem = Problem::new(format!("`{written}` is spelled `{name}` in the API"), label)
        .also_each(others.iter().take(SHOWN).map(|one| Label::new(key(one).place(), "here too")));
    let renames: Vec<Change> = slip.iter().map(|one| Change::Rename(key(one), name)).collect();
    let problem = problem.fix(Fix::new(Safety::Safe, format!("rename `{written}` to `{name}`"), &renames));
    // A tool reads the document before AWS does.
    let is_bare = kind == DocumentKind::ContainerDefinitions;
    let problem = if is_bare { problem.at_most(Severity::Warning) } else { problem };
    ShapeFault { rule: ShapeRule::UnknownField, problem }
}

fn foreign_spelling(tree: &Tree, found: &[Respelled]) -> ShapeFault {
    let Respelled { key: first, name, .. } = &found[0];
    let renames: Vec<Change> =
        found.iter().map(|one| Change::Rename(tree.node(one.key), &one.name)).collect();
    let count = found.len();
    let problem = Problem::new(
        "the keys are spelled as in CloudFormation, not as in the API",
        Label::new(
            tree.node(*first).place(),
            format!("`{name}` in the API; {count} keys start with an upper-case letter"),
        ),
    );
    let fix = Fix::new(Safety::Safe, format!("rename {count} keys to the API's spelling"), &renames);
    ShapeFault { rule: ShapeRule::UnknownField, problem: problem.fix(fix) }
}

/// Whether the first key begins with a lower-case letter: the document was written for a tool that accepts
/// such keys for Application Auto Scaling.
fn begins_small(root: Node) -> bool {
    let first = root.members().next().map(|(key, _)| key.spelled());
    first.is_some_and(|key| key.starts_with(char::is_lowercase))
}

fn small_spelling(kind: DocumentKind, tree: &Tree, found: &[Respelled]) -> ShapeFault {
    let Respelled { key: first, name, .. } = &found[0];
    let first = tree.node(*first);
    let problem = Problem::new(
        format!("the keys of this {} start with a lower-case letter", kind.name()),
        Label::new(first.place(), format!("`{name}` in the API")),
    )
    .help("the AWS CLI and the SDKs require an upper-case first letter");
    // The recorded reply is the one to a configuration alone.
    let is_recorded = kind == DocumentKind::TargetTracking && name == "TargetValue";
    let problem = if is_recorded { problem.reply(0, &[]) } else { problem };
    let renames: Vec<Change> =
        found.iter().map(|one| Change::Rename(tree.node(one.key), &one.name)).collect();
    let title = match renames.len() {
        1 => format!("rename it to `{name}`"),
        count => format!("rename {count} keys to the API's spelling"),
    };
    ShapeFault {
        rule: ShapeRule::MismatchedKeyCase,
        problem: problem.fix(Fix::new(Safety::Safe, title, &renames)),
    }
}
