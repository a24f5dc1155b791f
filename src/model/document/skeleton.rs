//! What was never filled in: documents printed by `aws … --generate-cli-skeleton`, which have every key but
//! no values, and names that are empty together.

use crate::model::Known;
use crate::placeholder::{Found, Kind as Placeholder};
use crate::tree::{Kind, Node, Tree};

/// A document with fewer marks than this has been filled in.
const MARKS: usize = 3;
/// At least one in this many values must be a mark. If a document has only a few empty values among many that
/// are filled in, they are intentional.
const ONE_OF: usize = 4;

/// Keys without which a document is not meant to be sent.
const NAMES: &[&str] = &[
    "family",
    "name",
    "image",
    "serviceName",
    "service",
    "taskDefinition",
    "containerName",
    "ResourceId",
    "PolicyName",
    "ScheduledActionName",
];

/// Numbers that are never intentionally 0.
const AMOUNTS: &[&str] = &["containerPort", "sizeInGiB", "maximumPercent", "MaxCapacity"];

/// Marks what was never filled in: the values of a skeleton, or the names that are empty together.
pub(crate) fn mark_blanks(tree: &mut Tree, root: u32) {
    // Nearly every document has no empty text.
    if !tree.holds_empty_text {
        return;
    }
    let (kind, found) = match marks(tree.node(root)) {
        marks if marks.is_empty() => missing_names(tree.node(root)),
        marks => (Placeholder::Skeleton, marks),
    };
    for index in found {
        tree.mark_placeholders(index, [Found { range: 0..0, kind }]);
    }
}

/// Numbers in a task definition that are never 0 on purpose.
const SIZES: &[&str] = &["containerPort", "memory", "memoryReservation", "sizeInGiB"];

/// Makes the zeros of a task definition unknown of which the family, and the name and the image of every container, are
/// to be filled in: so are these.
pub(crate) fn forget_zeros(tree: &mut Tree, root: u32) {
    let task = tree.node(root);
    let waits = |of: Node, key: &str| of.get(key).is_some_and(is_filled_in);
    if !waits(task, "family") {
        return;
    }
    let containers = || task.get("containerDefinitions").into_iter().flat_map(Node::items);
    if !containers().all(|container| waits(container, "name") && waits(container, "image")) {
        return;
    }
    let is_zero = |value: &Node| {
        value.kind() == Kind::Number
            && value.as_integer() == Some(0)
            && value.key().is_some_and(|key| SIZES.contains(&key.text()))
    };
    let zeros: Vec<u32> = task.descendants().filter(is_zero).map(Node::index).collect();
    zeros.into_iter().for_each(|zero| tree.forget(zero));
}

/// The values of a document that was printed but never filled in, in document order; empty if it is not such
/// a document. The other values say nothing about what is intended, so no other rule reports anything about
/// the document.
pub(crate) fn skeleton_marks(document: Node<'_>) -> Vec<Known<'_, Node<'_>>> {
    marked(document, Placeholder::Skeleton)
}

/// Whether a mark is a name without which a document is not meant to be sent. If none is, something fills it in.
pub(crate) fn names_document(mark: Node) -> bool {
    mark.key().is_some_and(|key| NAMES.contains(&key.text()))
}

/// The names that are empty together, in document order.
pub(crate) fn blanks(document: Node<'_>) -> Vec<Known<'_, Node<'_>>> {
    marked(document, Placeholder::Blank)
}

fn marked(document: Node<'_>, kind: Placeholder) -> Vec<Known<'_, Node<'_>>> {
    let marked = document.placeholders().filter(|(_, found)| found.kind == kind);
    marked.map(|(node, _)| Known::new(node, node)).collect()
}

/// The marks of a skeleton, if the document is one.
fn marks(document: Node) -> Vec<u32> {
    let (mut marks, mut filled) = (Vec::new(), Vec::new());
    collect(document, &mut marks, &mut filled);
    let mut values = Values::default();
    values.count(document);
    // Something may fill in one of the values, and leave the others to whoever copies the document.
    let is_bare = marks.len() * ONE_OF >= values.all || values.printed * 2 >= values.all;
    if marks.len() >= MARKS && is_bare && marks.iter().chain(&filled).any(|mark| names_document(*mark)) {
        marks.into_iter().map(Node::index).collect()
    } else {
        Vec::new()
    }
}

/// How many values in a document are neither lists nor objects.
#[derive(Default)]
struct Values {
    all: usize,
    /// Those that the AWS CLI prints for any key.
    printed: usize,
}

impl Values {
    fn count(&mut self, node: Node) {
        match node.kind() {
            Kind::List => node.items().for_each(|item| self.count(item)),
            Kind::Object => node.members().for_each(|(_, value)| self.count(value)),
            kind => {
                let is_printed = match kind {
                    Kind::Text => node.text().is_empty() || node.text().starts_with("1970-01-01T00:00:00"),
                    Kind::Number => node.as_number() == Some(0.0),
                    kind => kind == Kind::Bool && node.as_bool() == Some(true),
                };
                self.all += 1;
                self.printed += usize::from(is_printed);
            }
        }
    }
}

/// Collects the marks below a node, and what may be one that something fills in.
fn collect<'d>(node: Node<'d>, marks: &mut Vec<Node<'d>>, filled: &mut Vec<Node<'d>>) {
    for (key, value) in node.members() {
        let is_mark = match value.kind() {
            // The values of variables, labels and tags may be empty.
            Kind::Text => value.text().is_empty() && !matches!(key.text(), "value" | "Value"),
            Kind::Number => AMOUNTS.contains(&key.text()) && value.as_integer() == Some(0),
            Kind::List => value.items().count() == 1 && value.items().all(|item| item.as_text() == Some("")),
            _ => false,
        };
        if is_mark {
            marks.push(value);
        } else if is_filled_in(value) {
            filled.push(value);
        }
        // The keys of free-form maps are the user's, and so are their values.
        if !matches!(key.text(), "options" | "dockerLabels" | "driverOpts" | "labels") {
            collect(value, marks, filled);
        }
    }
    node.items().for_each(|item| collect(item, marks, filled));
}

/// Whether something fills in a value.
fn is_filled_in(value: Node) -> bool {
    value.kind() == Kind::Unknown || value.as_text().is_some_and(|_| !value.is_plain())
}

/// Keys by which a document names itself, its containers and what it scales. Empty roles count only together
/// with one of these.
const IDENTITY: &[&str] = &[
    "family",
    "serviceName",
    "service",
    "cluster",
    "taskDefinition",
    "ResourceId",
    "PolicyName",
    "ScheduledActionName",
];
const OF_CONTAINERS: &[&str] = &["name", "image"];
const ROLES: &[&str] = &["taskRoleArn", "executionRoleArn", "role", "RoleARN"];

/// The names that are empty together. A single empty name is reported by itself; if two or more different
/// ones are empty, the document has not been filled in yet, nor have the other empty texts in it. If something fills in
/// one of the names of a task definition, it may fill in the empty ones, too.
fn missing_names(document: Node) -> (Placeholder, Vec<u32>) {
    let is_list = document.kind() == Kind::List;
    let containers = if is_list { Some(document) } else { document.get("containerDefinitions") };
    let is_blank = |value: &Node| value.as_text() == Some("");
    let blank =
        |of: Node<'_>, key: &'static str| of.get(key).filter(is_blank).map(|value| (key, value.index()));
    let own = IDENTITY.iter().chain(ROLES).filter_map(|key| blank(document, key));
    let of_container = |container| OF_CONTAINERS.iter().filter_map(move |key| blank(container, key));
    let of_containers = containers.into_iter().flat_map(Node::items).flat_map(of_container);
    let blanks: Vec<(&str, u32)> = own.chain(of_containers).collect();
    let is_other = |(key, _): &(&str, u32)| *key != blanks[0].0;
    let is_name = |(key, _): &(&str, u32)| !ROLES.contains(key);
    let fills_one = |of: Node, keys: &[&str]| keys.iter().any(|key| of.get(key).is_some_and(is_filled_in));
    let has_other = || {
        containers.is_some() && fills_one(document, IDENTITY)
            || containers
                .into_iter()
                .flat_map(Node::items)
                .any(|container| fills_one(container, OF_CONTAINERS))
    };
    let kind = if blanks.iter().any(is_other) { Placeholder::Blank } else { Placeholder::Hole };
    if blanks.iter().any(is_name) && (kind == Placeholder::Blank || has_other()) {
        let texts = document.descendants().filter(|value| is_blank(value) && !may_be_empty(*value));
        (kind, texts.map(Node::index).collect())
    } else {
        (kind, Vec::new())
    }
}

/// Whether a text may be meant to be empty: the value of a variable or of a tag, or a word of a command.
fn may_be_empty(text: Node) -> bool {
    text.key().is_none_or(|key| key.text() == "value")
}
