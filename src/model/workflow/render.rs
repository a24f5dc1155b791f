//! A step that renders a task definition, beside the task definition.

use std::ops::Range;

use crate::document::Document;
use crate::finding::{Label, Problem};
use crate::fix::{Safety, Spot};
use crate::model::linked::links::NO_LINKS;
use crate::model::{Known, Step, TaskDefinition};
use crate::source::Cut;
use crate::tree::Node;

/// The name of a container in `container-name` of a step, which lists them with commas.
#[derive(Clone, Debug)]
pub(crate) struct ContainerName<'d> {
    /// The whole list, where it is written: in the step, or in the variable that the step uses.
    list: Known<'d, &'d str>,
    range: Range<usize>,
    /// The value of the step.
    value: Node<'d>,
}

impl<'d> ContainerName<'d> {
    /// The names in a list; `None` if it is not one.
    pub(super) fn all(list: Known<'d, &'d str>, value: Node<'d>) -> Option<Vec<ContainerName<'d>>> {
        let text = list.value();
        let mut start = text.len() - text.trim_start().len();
        // The action trims the list, but not the names in it.
        let names = text.trim().split(',').map(|name| {
            let range = start..start + name.len();
            start = range.end + 1;
            ContainerName { list, range, value }
        });
        let names: Vec<ContainerName> = names.collect();
        names.iter().all(|name| !name.range.is_empty()).then_some(names)
    }

    /// The name.
    pub(crate) fn name(&self) -> &'d str {
        self.list.value().cut(self.range.clone())
    }

    /// A label on it.
    pub(crate) fn label(&self, text: impl Into<String>) -> Label {
        self.list.part_label(self.range.clone(), text)
    }

    /// A label on the value of the step, if the name is written elsewhere.
    pub(crate) fn use_label(&self, text: impl Into<String>) -> Option<Label> {
        (self.list.node() != self.value).then(|| Label::new(self.value.place(), text))
    }

    /// Suggests another name for it in a problem.
    pub(crate) fn suggest(&self, problem: Problem, meant: &str) -> Problem {
        let text = self.list.value();
        let (before, after) = (text.cut(..self.range.start), text.cut(self.range.end..));
        let list = format!("{}{meant}{}", before.trim_start(), after.trim_end());
        problem.help(format!("did you mean `{meant}`?")).fix(self.list.set(Safety::Shown, list))
    }
}

/// A step that renders a task definition of the same repository.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RenderStep<'d> {
    step: &'d Step<'d>,
    document: &'d Document,
    is_certain: bool,
}

impl<'d> RenderStep<'d> {
    /// A step and the task definition that it renders, for certain or probably.
    pub(crate) fn new(step: &'d Step<'d>, document: &'d Document, is_certain: bool) -> RenderStep<'d> {
        RenderStep { step, document, is_certain }
    }

    /// The names of the containers whose images it writes, as far as they are known.
    pub(crate) fn container_names(&self) -> &'d [ContainerName<'d>] {
        self.step.containers.as_deref().unwrap_or_default()
    }

    /// The task definition that it renders.
    pub(crate) fn task_definition(&self) -> TaskDefinition<'d> {
        TaskDefinition::of_document(self.document, &NO_LINKS)
    }

    /// The name of the file of the task definition.
    pub(crate) fn file_name(&self) -> &'d str {
        let name = self.document.tree().source.name.as_str();
        name.rsplit('/').next().unwrap_or(name)
    }

    /// Whether the step certainly renders this task definition as it is, with AWS's own action.
    pub(crate) fn is_certain(&self) -> bool {
        self.is_certain && self.step.is_of_aws
    }
}
