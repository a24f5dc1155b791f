//! Container definitions. Their fields are in separate files, by topic.

use std::ops::Range;

use crate::finding::Label;
use crate::model::field::{self, Field, Known};
use crate::model::{Answer, CpuArchitecture, CpuUnits, Image, Mebibytes, TaskDefinition};
use crate::tree::{Kind, Node};

/// A container definition.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Container<'d> {
    node: Node<'d>,
    task: Option<TaskDefinition<'d>>,
    position: usize,
}

impl<'d> Container<'d> {
    /// The container definition at a position in the list of a task definition, or in a bare array.
    pub(crate) fn new(node: Node<'d>, task: Option<TaskDefinition<'d>>, position: usize) -> Container<'d> {
        Container { node, task, position }
    }

    /// The node of the container definition.
    pub(crate) fn node(&self) -> Node<'d> {
        self.node
    }

    /// The task definition that contains it; `None` in a bare array, whose platform is unknown.
    pub(crate) fn task(&self) -> Option<TaskDefinition<'d>> {
        self.task
    }

    /// Whether its task definition states that it is for Fargate; unknown in a bare array.
    pub(crate) fn is_fargate(&self) -> Answer {
        self.task.map_or(Answer::Unknown, |task| task.is_fargate())
    }

    /// Whether Docker certainly runs it; anything may run a container of a bare array.
    pub(crate) fn runs_on_docker(&self) -> bool {
        self.task.is_some_and(|task| task.runs_on_docker().is_yes())
    }

    /// Whether its task definition states that it runs on Windows; a bare array does not.
    pub(crate) fn says_windows(&self) -> Answer {
        self.task.map_or(Answer::No, |task| task.says_windows())
    }

    /// Whether every container beside it is visible.
    pub(crate) fn sees_siblings(&self) -> bool {
        let is_seen =
            |list: Node| !list.is_incomplete() && list.items().all(|one| one.kind() == Kind::Object);
        self.node.parent().is_some_and(is_seen)
    }

    /// Whether it runs on Windows; unknown if only its image or its network mode suggests so.
    pub(crate) fn may_be_windows(&self) -> Answer {
        let says = self.says_windows();
        let suggests = || match self.task {
            Some(task) => task.suggests_windows(),
            None => self.suggests_windows(),
        };
        if says.is_no() && suggests() { Answer::Unknown } else { says }
    }

    /// Whether the name of its image is that of Windows.
    pub(in crate::model) fn suggests_windows(&self) -> bool {
        names_windows(self.node.get("image").map_or("", Node::text))
    }

    /// Its position in its list, from 0.
    pub(crate) fn position(&self) -> usize {
        self.position
    }

    /// What to call it in a sentence: ``container `app` ``, `container #2` if its name is not known, or
    /// `container #2 (unnamed)` if it has none.
    pub(crate) fn title(&self) -> String {
        match self.name() {
            Field::Known(name) => format!("container `{name}`"),
            Field::Missing => format!("container #{} (unnamed)", self.position + 1),
            Field::Unknown(_) => format!("container #{}", self.position + 1),
        }
    }

    /// A label on what identifies the container: its name, otherwise its head.
    pub(crate) fn label(&self, text: impl Into<String>) -> Label {
        match self.name().known() {
            Some(name) => name.label(text),
            None => Label::new(self.node.head(), text),
        }
    }

    /// `name`
    pub(crate) fn name(&self) -> Field<'d, &'d str> {
        field::identifier(self.node, "name")
    }

    /// Whether this and another container have, or may turn out to have, the same name. Then everything else
    /// that they share is part of that fault.
    pub(crate) fn may_share_name(&self, other: &Container) -> bool {
        self.node != other.node
            && match (self.name(), other.name()) {
                (Field::Known(own), Field::Known(theirs)) => own.value() == theirs.value(),
                (Field::Missing, _) | (_, Field::Missing) => false,
                _ => true,
            }
    }

    /// `image`
    pub(crate) fn image(&self) -> Field<'d, Image<'d>> {
        field::identifier(self.node, "image").read(|text| Some(Image::read(text)))
    }

    /// `image`, if it is an empty string.
    pub(crate) fn empty_image(&self) -> Option<Known<'d, &'d str>> {
        field::empty_text(self.node, "image")
    }

    /// `versionConsistency`: whether ECS resolves the tag of the image once for each deployment.
    pub(crate) fn version_consistency(&self) -> Field<'d, &'d str> {
        field::identifier(self.node, "versionConsistency")
    }

    /// The CPU architecture that the name of the image suggests, and its position in the name, if the task
    /// certainly runs on another one.
    pub(crate) fn mismatched_architecture(&self) -> Option<(CpuArchitecture, Range<usize>)> {
        let runs = self.task?.cpu_architecture()?;
        self.image().known()?.named_architecture().filter(|(built, _)| *built != runs)
    }

    /// Whether the name of the image suggests another CPU architecture than that of the task.
    pub(crate) fn has_mismatched_architecture(&self) -> Answer {
        match self.image() {
            Field::Missing => Answer::No,
            Field::Unknown(_) => Answer::Unknown,
            Field::Known(_) => Answer::from(self.mismatched_architecture().is_some()),
        }
    }

    /// Whether anything other than its name and image is set.
    pub(crate) fn is_filled_in(&self) -> bool {
        let is_own = |key: &str| matches!(key, "name" | "image");
        self.node.members().any(|(key, value)| !is_own(key.text()) && !value.is_absent())
    }

    /// `cpu`: its share of the CPU, in CPU units. 0 counts as not set.
    pub(crate) fn cpu(&self) -> Field<'d, CpuUnits> {
        field::amount(self.node, "cpu").read(|units| Some(CpuUnits(units)))
    }

    /// `memory`: the hard limit in MiB, above which the container is killed. 0 counts as not set.
    pub(crate) fn memory(&self) -> Field<'d, Mebibytes> {
        field::amount(self.node, "memory").read(|size| Some(Mebibytes(size)))
    }

    /// `memoryReservation`: the memory reserved for the container, in MiB. 0 counts as not set.
    pub(crate) fn memory_reservation(&self) -> Field<'d, Mebibytes> {
        field::amount(self.node, "memoryReservation").read(|size| Some(Mebibytes(size)))
    }

    /// Whether the API rejects the container because neither it nor its task sets an amount of memory. On
    /// Fargate it is the task-level memory that is missing.
    pub(crate) fn lacks_memory(&self) -> Answer {
        let Some(task) = self.task else { return Answer::Unknown };
        let (own, reserved, whole) = (self.memory(), self.memory_reservation(), task.memory_text());
        if own.is_missing() && reserved.is_missing() && whole.is_missing() && task.is_fargate().is_no() {
            return Answer::Yes;
        }
        let is_known = own.known().is_some() || reserved.known().is_some() || whole.known().is_some();
        if is_known || task.is_fargate().is_yes() { Answer::No } else { Answer::Unknown }
    }

    /// The field of memory that is written, but zero.
    pub(crate) fn zero_memory(&self) -> Option<&'static str> {
        let is_zero = |key: &&str| self.node.get(key).and_then(Node::as_integer) == Some(0);
        ["memory", "memoryReservation"].into_iter().find(is_zero)
    }

    /// A label for the lack of memory: on the zero if that is written, or the key of another value that stands for
    /// nothing, otherwise on the name.
    pub(crate) fn no_memory_label(&self, text: impl Into<String>) -> Label {
        if let Some(zero) = self.zero_memory().and_then(|key| self.node.get(key)) {
            return Label::new(zero.place(), text);
        }
        match self.node.get("memory").and_then(Node::key) {
            Some(key) => Label::new(key.place(), text),
            None => self.label(text),
        }
    }

    /// Whether the memory limit of the container is above the memory of its task.
    pub(crate) fn exceeds_task_memory(&self) -> Answer {
        let Some(task) = self.task else { return Answer::Unknown };
        match (self.memory(), task.memory()) {
            (Field::Known(own), Field::Known(whole)) => Answer::from(*own > *whole),
            (Field::Missing, _) | (_, Field::Missing) => Answer::No,
            _ => Answer::Unknown,
        }
    }

    /// `essential`, true if not set.
    pub(crate) fn essential(&self) -> Field<'d, bool> {
        field::boolean(self.node, "essential")
    }
}
/// Whether a text has a word that is in the names of images for Windows.
pub(super) fn names_windows(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    ["windows", "nanoserver", "servercore"].iter().any(|word| text.contains(word))
}
