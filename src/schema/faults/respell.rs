//! Keys in another spelling than the API's, or than CloudFormation's in a template: case, snake case.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::super::judge::SchemaPart;
use super::super::place::PlaceInDocument;
use super::super::{ShapeFault, ShapeRule};
use super::template;
use crate::document::{DocumentKind, Door, ServiceForm};
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
    key: u32,
    /// The API's name.
    api: String,
    /// The name that the user has to write.
    name: String,
    /// What to call the object.
    noun: String,
    /// The path to the object, the same for each item of a list.
    pattern: String,
    /// What CloudFormation replies to it.
    reply: Option<String>,
}

/// Gives the API's name to keys that differ from it in case, or by the separators of snake case and kebab
/// case, and reports them if AWS would reject them. A tool that ignores case drops what differs in more.
pub(super) fn respell(schema: SchemaPart, kind: DocumentKind, tree: &mut Tree, root: u32) -> Vec<ShapeFault> {
    // ecspresso and Terraform read JSON as Go does.
    let is_case_free = kind == DocumentKind::Service(ServiceForm::Ecspresso) || tree.door == Door::Terraform;
    let is_meant: fn(&str, &str) -> bool =
        if is_case_free { str::eq_ignore_ascii_case } else { is_respelled };
    let mut may_be_respelled = tree.door == Door::CloudFormation;
    loop {
        let mut more = unnamed(schema, kind, tree.node(root), is_meant);
        if !is_case_free {
            leave_out_ambiguous(&mut more);
        }
        // What is below a renamed key can be checked only now.
        for (object, key, name) in &more {
            tree.rename_key(*object, *key, name);
        }
        match more.is_empty() {
            true => break,
            false => may_be_respelled = true,
        }
    }
    if !may_be_respelled || is_case_free {
        return Vec::new();
    }
    let found = respelled(schema, kind, tree.node(root));
    if found.is_empty() {
        return Vec::new();
    }
    if tree.door == Door::CloudFormation {
        let is_small = found.iter().all(|one| tree.node(one.key).spelled().starts_with(char::is_lowercase));
        if is_small && found.len() >= FOREIGN_KEYS {
            return vec![foreign_spelling(kind, tree, &found)];
        }
        return slips(tree, &found).iter().map(|slip| other_spelling(kind, tree, slip)).collect();
    }
    if kind.is_scaling() && begins_small(tree.node(root)) {
        return if kind.is_described() { Vec::new() } else { vec![small_spelling(kind, tree, &found)] };
    }
    let capitals = found.iter().all(|one| tree.node(one.key).spelled().starts_with(char::is_uppercase));
    if capitals && found.len() >= FOREIGN_KEYS && !kind.is_scaling() {
        return vec![foreign_spelling(kind, tree, &found)];
    }
    slips(tree, &found).iter().map(|slip| other_spelling(kind, tree, slip)).collect()
}

/// The keys that do not have the API's name although they are meant to be one: object, key, name.
fn unnamed(
    schema: SchemaPart,
    kind: DocumentKind,
    root: Node,
    is_meant: fn(&str, &str) -> bool,
) -> Vec<(u32, u32, String)> {
    let mut found = Vec::new();
    PlaceInDocument::root(root, schema, kind).each(&mut |object| {
        if !object.schema.names_members() {
            return;
        }
        for (key, _) in object.node.members() {
            let written = key.text();
            if object.schema.property(written).is_some() {
                continue;
            }
            let meant = object.schema.keys().find(|known| is_meant(written, known));
            if let Some(name) = meant.filter(|meant| object.node.get(meant).is_none()) {
                found.push((object.node.index(), key.index(), name.to_owned()));
            }
        }
    });
    found
}

/// Leaves out the keys of one object that are meant to be the same field: which of them counts is not known.
fn leave_out_ambiguous(keys: &mut Vec<(u32, u32, String)>) {
    let mut count: HashMap<(u32, String), usize> = HashMap::new();
    for (object, _, name) in &*keys {
        *count.entry((*object, name.clone())).or_default() += 1;
    }
    keys.retain(|(object, _, name)| count[&(*object, name.clone())] == 1);
}

/// The keys that have the API's name, but are written in another way.
fn respelled(schema: SchemaPart, kind: DocumentKind, root: Node) -> Vec<Respelled> {
    let mut found = Vec::new();
    PlaceInDocument::root(root, schema, kind).each(&mut |object| {
        if !object.schema.names_members() {
            return;
        }
        for (key, _) in object.node.members() {
            let (api, written) = (key.text(), key.spelled());
            if object.schema.property(api).is_none() {
                continue;
            }
            let is_in_template = root.is_in_template();
            let name = match is_in_template {
                true => object.schema.name_in_cloudformation(api),
                false => api.to_owned(),
            };
            // What stands for something else has a name of its own.
            if written != name && (is_respelled(written, api) || is_respelled(written, &name)) {
                found.push(Respelled {
                    key: key.index(),
                    api: api.to_owned(),
                    name,
                    noun: object.noun(kind),
                    pattern: object.pattern(),
                    reply: is_in_template.then(|| template::respelled(object, written)),
                });
            }
        }
    });
    found
}

/// The keys by mistake: the same spelling in each item of a list is one.
fn slips<'f>(tree: &Tree, found: &'f [Respelled]) -> Vec<Vec<&'f Respelled>> {
    let mut slips: Vec<Vec<&Respelled>> = Vec::new();
    let mut known: HashMap<(&str, &str), usize> = HashMap::new();
    for one in found {
        match known.entry((one.pattern.as_str(), tree.node(one.key).spelled())) {
            Entry::Occupied(slip) => slips[*slip.get()].push(one),
            Entry::Vacant(free) => {
                free.insert(slips.len());
                slips.push(vec![one]);
            }
        }
    }
    slips
}

fn other_spelling(kind: DocumentKind, tree: &Tree, slip: &[&Respelled]) -> ShapeFault {
    let [first, others @ ..] = slip else { unreachable!("a mistake is made somewhere") };
    let name = &first.name;
    let key = |one: &Respelled| tree.node(one.key);
    let written = key(first).spelled();
    let label = Label::new(key(first).place(), format!("not a field of {}", first.noun));
    let form = form(tree);
    let problem = Problem::new(format!("`{written}` is spelled `{name}` in {form}"), label)
        .also_each(others.iter().take(SHOWN).map(|one| Label::new(key(one).place(), "here too")))
        .says_if(first.reply.clone());
    let renames: Vec<Change> = slip.iter().map(|one| Change::Rename(key(one), &one.api)).collect();
    let problem = problem.fix(Fix::new(Safety::Safe, format!("rename `{written}` to `{name}`"), &renames));
    ShapeFault { rule: ShapeRule::UnknownField, problem: limited(kind, problem) }
}

/// A tool reads containers without a task definition before AWS does: Terraform ignores the case of keys.
fn limited(kind: DocumentKind, problem: Problem) -> Problem {
    let is_bare = kind == DocumentKind::ContainerDefinitions;
    if is_bare { problem.at_most(Severity::Warning) } else { problem }
}

fn foreign_spelling(kind: DocumentKind, tree: &Tree, found: &[Respelled]) -> ShapeFault {
    let Respelled { key: first, name, reply, .. } = &found[0];
    let renames: Vec<Change> = found.iter().map(|one| Change::Rename(tree.node(one.key), &one.api)).collect();
    let count = found.len();
    let (other, letter, spelling) = match tree.door {
        Door::Api | Door::Terraform => ("CloudFormation", "an upper-case", "the API's"),
        Door::CloudFormation => ("the API", "a lower-case", "CloudFormation's"),
    };
    let form = form(tree);
    let message = if kind.is_scaling() {
        format!("the keys of this {} start with a lower-case letter", kind.name())
    } else {
        format!("the keys are spelled as in {other}, not as in {form}")
    };
    let problem = Problem::new(
        message,
        Label::new(
            tree.node(*first).place(),
            format!("`{name}` in {form}; {count} keys start with {letter} letter"),
        ),
    );
    let fix = Fix::new(Safety::Safe, format!("rename {count} keys to {spelling} spelling"), &renames);
    let problem = problem.says_if(reply.clone()).fix(fix);
    ShapeFault { rule: ShapeRule::UnknownField, problem: limited(kind, problem) }
}

/// The form that decides how keys are spelled.
fn form(tree: &Tree) -> &'static str {
    match tree.door {
        Door::Api | Door::Terraform => "the API",
        Door::CloudFormation => "CloudFormation",
    }
}

/// Whether as many keys begin with a lower-case letter as do not: the document was written for a tool that
/// accepts such keys for Application Auto Scaling.
fn begins_small(root: Node) -> bool {
    let (small, others): (Vec<_>, Vec<_>) =
        root.members().partition(|(key, _)| key.spelled().starts_with(char::is_lowercase));
    small.len() >= others.len()
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
    let renames: Vec<Change> = found.iter().map(|one| Change::Rename(tree.node(one.key), &one.api)).collect();
    let title = match renames.len() {
        1 => format!("rename it to `{name}`"),
        count => format!("rename {count} keys to the API's spelling"),
    };
    ShapeFault {
        rule: ShapeRule::MismatchedKeyCase,
        problem: problem.fix(Fix::new(Safety::Safe, title, &renames)),
    }
}
