//! Fields that AWS does not support in certain environments: a table, and the walk through a document that
//! finds them.

use std::collections::HashSet;
use std::fmt;
use std::ops::Range;
use std::sync::LazyLock;

use crate::facts::table;
use crate::finding::Label;
use crate::model::field::{self, Known, View};
use crate::model::{Answer, Container, LaunchType, NetworkMode, Present, TaskDefinition, Volume};
use crate::source::Cut;
use crate::tree::Node;

/// What a task definition may be meant for, that does not support every field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Surroundings {
    /// The network mode `awsvpc`.
    Awsvpc,
    /// AWS Fargate.
    Fargate,
    /// Containers on Windows.
    Windows,
    /// Machines outside AWS.
    EcsAnywhere,
    /// Instances managed by ECS (Managed Instances).
    ManagedInstances,
}

impl Surroundings {
    /// Whether a task definition is meant for this environment.
    pub(crate) fn hold_for(self, task: &TaskDefinition) -> Answer {
        match self {
            // AWS's reply for the mode that Managed Instances use by default is not recorded.
            Surroundings::Awsvpc => task.writes(NetworkMode::Awsvpc),
            Surroundings::Fargate => task.is_fargate(),
            Surroundings::Windows => task.says_windows(),
            Surroundings::EcsAnywhere => task.lists(LaunchType::External),
            Surroundings::ManagedInstances => task.lists(LaunchType::ManagedInstances),
        }
    }

    /// The keys that a container definition cannot have in this environment.
    pub(crate) fn refused_container_keys(self) -> impl Iterator<Item = &'static str> {
        let fields = unsupported_fields().iter().filter(move |field| field.on == self);
        fields.filter_map(|field| match field.path.as_slice() {
            [list, field] if list.key == "containerDefinitions" => Some(field.key),
            _ => None,
        })
    }

    /// The environments whose rule reports a field that is not supported in this one either.
    fn owners(self) -> &'static [Surroundings] {
        match self {
            Surroundings::Windows | Surroundings::ManagedInstances => {
                &[Surroundings::Awsvpc, Surroundings::Fargate]
            }
            _ => &[],
        }
    }

    fn read(text: &str) -> Surroundings {
        match text {
            "awsvpc" => Surroundings::Awsvpc,
            "fargate" => Surroundings::Fargate,
            "windows" => Surroundings::Windows,
            "external" => Surroundings::EcsAnywhere,
            "managed-instances" => Surroundings::ManagedInstances,
            other => unreachable!("the table of unsupported fields says {other}"),
        }
    }
}

/// The name that users know.
impl fmt::Display for Surroundings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Surroundings::Awsvpc => "the network mode `awsvpc`",
            Surroundings::Fargate => "Fargate",
            Surroundings::Windows => "ECS on Windows",
            Surroundings::EcsAnywhere => "ECS Anywhere",
            Surroundings::ManagedInstances => "ECS Managed Instances",
        })
    }
}

/// Which values of a field are not supported.
#[derive(Clone, Debug, PartialEq, Eq)]
enum When {
    /// Any value.
    Present,
    /// Anything but an empty value.
    NonEmpty,
    /// `true`
    True,
    /// One value.
    Is(&'static str),
    /// Every value except these.
    Not(Vec<&'static str>),
    /// A query that uses attributes other than these.
    AttributeNot(Vec<&'static str>),
}

/// What to remove to get rid of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Removal {
    /// The field itself.
    Field,
    /// The list item that contains the field.
    Item,
    /// Nothing: the field needs another value.
    Nothing,
}

/// A step of the path to a field, such as `containerDefinitions[]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct PathStep {
    key: &'static str,
    /// Whether the path continues in each item of the list under the key.
    is_list: bool,
}

impl PathStep {
    fn read(step: &'static str) -> PathStep {
        let key = step.strip_suffix("[]");
        PathStep { key: key.unwrap_or(step), is_list: key.is_some() }
    }
}

/// A row of `rules/data/unsupported-fields.tsv`.
#[derive(Clone, Debug)]
pub(crate) struct UnsupportedField {
    /// Where it is not supported.
    pub on: Surroundings,
    path: Vec<PathStep>,
    when: When,
    beside: Option<&'static str>,
    removal: Removal,
    /// What to do.
    pub help: &'static str,
    /// The API's reply, if known.
    pub aws_says: Option<&'static str>,
}

/// All rows, in the order of the table.
fn unsupported_fields() -> &'static [UnsupportedField] {
    static FIELDS: LazyLock<Vec<UnsupportedField>> =
        LazyLock::new(|| table!("unsupported-fields.tsv").rows().map(UnsupportedField::read).collect());
    &FIELDS
}

impl UnsupportedField {
    fn read([on, path, when, beside, removal, help, aws_says]: [&'static str; 7]) -> UnsupportedField {
        let optional = |cell: &'static str| (cell != "-").then_some(cell);
        UnsupportedField {
            on: Surroundings::read(on),
            path: path.split('.').map(PathStep::read).collect(),
            when: When::read(when),
            beside: optional(beside),
            removal: match removal {
                "field" => Removal::Field,
                "item" => Removal::Item,
                _ => Removal::Nothing,
            },
            help,
            aws_says: optional(aws_says),
        }
    }

    /// Whether the field is a part of another one.
    fn is_below(&self, other: &UnsupportedField) -> bool {
        self.path.len() > other.path.len() && self.path.starts_with(&other.path)
    }

    fn is_beside(&self, task: &TaskDefinition) -> bool {
        let lists =
            |name| field::known_texts(task.requires_compatibilities()).any(|listed| listed.value() == name);
        self.beside.is_none_or(lists)
    }
}

impl When {
    fn read(text: &'static str) -> When {
        let words = |text: &'static str| text.split(", ").collect();
        if let Some(word) = text.strip_prefix("is ") {
            When::Is(word)
        } else if let Some(listed) = text.strip_prefix("attribute not ") {
            When::AttributeNot(words(listed))
        } else if let Some(listed) = text.strip_prefix("not ") {
            When::Not(words(listed))
        } else {
            match text {
                "present" => When::Present,
                "true" => When::True,
                _ => When::NonEmpty,
            }
        }
    }

    /// What is wrong with a value: its presence, or the value itself.
    fn finds<'d>(&self, value: Node<'d>) -> Option<Present<'d>> {
        let word = || field::certain_text(value).filter(|text| !text.is_empty());
        let is_meant = match self {
            When::Present => return Present::of(value),
            When::NonEmpty => return Present::of_content(value),
            When::True => value.as_bool() == Some(true),
            When::Is(meant) => word() == Some(meant),
            When::Not(listed) => word().is_some_and(|word| !listed.contains(&word)),
            When::AttributeNot(listed) => {
                word().is_some_and(|query| other_attribute(query, listed).is_some())
            }
        };
        is_meant.then_some(Present::certain(value))
    }
}

/// Where a cluster query expression first uses an attribute that is not listed.
fn other_attribute(query: &str, listed: &[&str]) -> Option<Range<usize>> {
    const PREFIX: &str = "attribute:";
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '/' | '\\');
    let mut names = query.match_indices(PREFIX).map(|(at, _)| {
        let start = at + PREFIX.len();
        let length = query.cut(start..).find(|c| !is_name(c)).unwrap_or(query.len() - start);
        start..start + length
    });
    names.find(|name| !name.is_empty() && !listed.contains(&query.cut(name.clone())))
}

/// An unsupported field in a document.
#[derive(Clone, Debug)]
pub(crate) struct Unsupported<'d> {
    /// What is known about the field.
    pub field: &'static UnsupportedField,
    /// The value that is not supported.
    pub value: Present<'d>,
    /// The owner of the field, for a sentence: ``container `app` ``.
    pub subject: String,
    item: Option<Node<'d>>,
}

impl<'d> Unsupported<'d> {
    /// What is not supported, for a sentence: `` `devices` ``, ``the `pidMode` `host` ``.
    pub(crate) fn what(&self) -> String {
        let key = self.key();
        match (&self.field.when, self.value.node().as_text()) {
            (When::Is(_) | When::Not(_), Some(word)) if self.field.removal == Removal::Item => {
                format!("an entry of the `{key}` `{word}`")
            }
            (When::Is(_) | When::Not(_), Some(word)) => format!("the `{key}` `{word}`"),
            (When::AttributeNot(listed), Some(query)) => {
                let name = other_attribute(query, listed).map_or("", |name| query.cut(name));
                format!("a constraint on the attribute `{name}`")
            }
            _ => format!("`{key}`"),
        }
    }

    /// A label on the key, or on the value or a part of it if another value would be supported.
    pub(crate) fn label(&self, text: impl Into<String>) -> Label {
        match (&self.field.when, self.value.node().as_text()) {
            (When::AttributeNot(listed), Some(query)) => {
                let whole = 0..query.len();
                let part = other_attribute(query, listed).unwrap_or(whole);
                Known::new(self.value.node(), query).part_label(part, text)
            }
            (When::Is(_) | When::Not(_), _) => self.value.label(text),
            _ => self.value.key_label(text),
        }
    }

    /// The last key of the field.
    pub(crate) fn key(&self) -> &'static str {
        self.field.path.last().map_or("", |step| step.key)
    }

    /// What to delete to fix the fault; `None` if another value must be set instead.
    pub(crate) fn removed(&self) -> Option<Node<'d>> {
        match self.field.removal {
            Removal::Field => Some(self.value.node()),
            Removal::Item => self.item,
            Removal::Nothing => None,
        }
    }
}

/// The fields of a task definition that its environment does not support, and that the rule for this
/// environment should report: what another rule reports, or may report, is left to that rule.
pub(crate) fn unsupported_on<'d>(on: Surroundings, task: &TaskDefinition<'d>) -> Vec<Unsupported<'d>> {
    if !on.hold_for(task).is_yes() {
        return Vec::new();
    }
    let owners: Vec<Surroundings> =
        on.owners().iter().copied().filter(|owner| !owner.hold_for(task).is_no()).collect();
    let owned: HashSet<u32> =
        owners.iter().flat_map(|owner| found(*owner, task)).map(|found| found.value.node().index()).collect();
    // A placeholder may be replaced only with what other rules report.
    let may_be_owned = |found: &Unsupported| {
        let is_below = |field: &UnsupportedField| field.is_below(found.field) && owners.contains(&field.on);
        !found.value.is_certain() && unsupported_fields().iter().any(is_below)
    };
    let mut found = found(on, task);
    found.retain(|found| !is_left_to_others(found.value.node(), &owned) && !may_be_owned(found));
    found
}

/// The fields of a task definition that an environment would certainly not support, if the task definition
/// were meant for it. Whether AWS treats 0 as a value or as not set is not known, so 0 is left out.
pub(crate) fn unfit_for<'d>(on: Surroundings, task: &TaskDefinition<'d>) -> Vec<Unsupported<'d>> {
    let mut found = found(on, task);
    found.retain(|found| found.value.is_certain() && found.value.node().as_integer() != Some(0));
    found
}

/// Whether an environment does not support, or may turn out not to support, a field of a task definition, if
/// the task definition were meant for it.
pub(crate) fn may_be_unfit_for(on: Surroundings, task: &TaskDefinition) -> bool {
    let mut fields = unsupported_fields().iter().filter(|field| field.on == on && field.is_beside(task));
    fields.any(|field| may_be_found(field, task.node(), &field.path))
}

fn may_be_found(field: &UnsupportedField, node: Node, path: &[PathStep]) -> bool {
    let is_template = node.as_text().is_some() && !node.is_plain();
    if node.is_hole() || node.is_incomplete() || is_template {
        return true;
    }
    let Some((step, rest)) = path.split_first() else { return field.when.finds(node).is_some() };
    let Some(value) = node.get(step.key) else { return false };
    if step.is_list && !value.is_hole() && !value.is_incomplete() {
        value.items().any(|item| may_be_found(field, item, rest))
    } else {
        may_be_found(field, value, rest)
    }
}

/// Whether the rule for any environment reports, or may report, a part of a volume.
pub(crate) fn volume_may_be_unsupported(task: &TaskDefinition, volume: &Volume, part: Node) -> bool {
    unsupported_fields().iter().any(|field| match field.path.split_first() {
        Some((step, rest)) if step.key == "volumes" => {
            let mut found = Vec::new();
            let walk = Walk { field, task: *task };
            walk.step(volume.node(), rest, None, Subject::Volume(*volume), &mut found);
            found.iter().any(|found| found.value.node() == part)
                && !field.on.hold_for(task).is_no()
                && field.is_beside(task)
        }
        _ => false,
    })
}

/// Whether a value, or everything in it, is reported by other rules. `owned` are the indices of what they report.
fn is_left_to_others(value: Node, owned: &HashSet<u32>) -> bool {
    if owned.contains(&value.index()) {
        return true;
    }
    let members = value.members().map(|(_, member)| member);
    let mut members = members.filter(|member| Present::of_content(*member).is_some()).peekable();
    members.peek().is_some() && members.all(|member| is_left_to_others(member, owned))
}

fn found<'d>(on: Surroundings, task: &TaskDefinition<'d>) -> Vec<Unsupported<'d>> {
    let mut found = Vec::new();
    for field in unsupported_fields().iter().filter(|field| field.on == on && field.is_beside(task)) {
        let walk = Walk { field, task: *task };
        walk.step(task.node(), &field.path, None, Subject::Task, &mut found);
    }
    found.sort_by_key(|found| found.value.node().index());
    found
}

/// One walk along the path of a field.
struct Walk<'d> {
    field: &'static UnsupportedField,
    task: TaskDefinition<'d>,
}

/// The owner of the field.
#[derive(Clone, Copy)]
enum Subject<'d> {
    Task,
    Container(Container<'d>),
    Volume(Volume<'d>),
}

impl<'d> Walk<'d> {
    fn step(
        &self,
        node: Node<'d>,
        path: &[PathStep],
        item: Option<Node<'d>>,
        subject: Subject<'d>,
        found: &mut Vec<Unsupported<'d>>,
    ) {
        let Some((step, rest)) = path.split_first() else {
            if let Some(value) = self.field.when.finds(node) {
                found.push(Unsupported { field: self.field, value, subject: subject.title(), item });
            }
            return;
        };
        let value = if node == self.task.node() { self.task.value_of(step.key) } else { node.get(step.key) };
        let Some(value) = value else { return };
        if !step.is_list {
            return self.step(value, rest, item, subject, found);
        }
        for (at, inner) in value.items().enumerate() {
            let subject = match step.key {
                "containerDefinitions" => Subject::Container(Container::new(inner, Some(self.task), at)),
                "volumes" => Subject::Volume(Volume::of(inner)),
                _ => subject,
            };
            self.step(inner, rest, Some(inner), subject, found);
        }
    }
}

impl Subject<'_> {
    fn title(self) -> String {
        match self {
            Subject::Task => "the task definition".to_owned(),
            Subject::Container(container) => container.title(),
            Subject::Volume(volume) => volume.title(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let fields = unsupported_fields();
        let count = |on| fields.iter().filter(|field| field.on == on).count();
        assert_eq!(count(Surroundings::Awsvpc), 5);
        assert_eq!(count(Surroundings::Fargate), 12);
        assert_eq!(count(Surroundings::Windows), 19);
        assert_eq!(count(Surroundings::EcsAnywhere), 3);
        assert_eq!(count(Surroundings::ManagedInstances), 11);
    }

    #[test]
    fn an_attribute_that_is_not_listed_is_found_in_a_query() {
        let other =
            |query: &'static str| other_attribute(query, &["ecs.instance-type"]).map(|name| query.cut(name));
        assert_eq!(other("attribute:ecs.instance-type =~ g2.* and attribute:stack==prod"), Some("stack"));
        assert_eq!(other("attribute:ecs.instance-type == m7g.large"), None);
        assert_eq!(other("not(task:group == service:web)"), None);
    }
}
