//! Which tags the tasks of a service get.

use crate::document::ServiceForm;
use crate::model::field::{self, Field, List};
use crate::model::{Answer, Present, Service, Tag};

impl<'d> Service<'d> {
    /// `propagateTags`
    pub(crate) fn propagate_tags(&self) -> Field<'d, &'d str> {
        field::identifier(self.node(), "propagateTags")
    }

    /// `tags`
    pub(crate) fn tags(&self) -> List<'d, Tag<'d>> {
        field::list(self.node(), "tags")
    }

    /// Whether the tasks get no tags of the service or its task definition: `propagateTags` is `NONE`, which is
    /// the default of a new service. An update leaves it as it is.
    pub(crate) fn keeps_tags(&self) -> Answer {
        match self.propagate_tags() {
            Field::Known(from) => Answer::from(*from == "NONE"),
            Field::Missing => {
                if self.is_whole() {
                    Answer::Yes
                } else {
                    Answer::Unknown
                }
            }
            Field::Unknown(_) => Answer::Unknown,
        }
    }

    /// What the service could pass on to its tasks: its tags, or the tags that ECS manages.
    pub(crate) fn passable_tags(&self) -> Option<Present<'d>> {
        let managed = field::boolean(self.node(), "enableECSManagedTags");
        self.tags().certain().or(managed.known().filter(|managed| **managed).map(|managed| managed.present()))
    }

    /// Whether the service has nothing to pass on to its tasks. The input of an update contains no tags, and API
    /// output only on request.
    pub(crate) fn lacks_tags(&self) -> Answer {
        if self.passable_tags().is_some() {
            return Answer::No;
        }
        let managed = field::boolean(self.node(), "enableECSManagedTags");
        let shows_tags = matches!(self.form(), ServiceForm::Create | ServiceForm::Ecspresso);
        let lacks = self.tags().is_missing() && !managed.is_unknown();
        if lacks && shows_tags { Answer::Yes } else { Answer::Unknown }
    }
}
