//! Fields that the API demands and that are not there.

use super::super::place::{PlaceInDocument, Step};
use super::Explainer;
use crate::document::{DocumentKind, ServiceForm};
use crate::finding::{Label, Problem};
use crate::source::Place;
use crate::tree::Kind;

impl<'d> Explainer<'d> {
    pub(super) fn missing_field(&mut self, object: &PlaceInDocument<'d>, name: &str) -> Option<Problem> {
        let is_root = object.steps.is_empty();
        let is_container = matches!(object.steps.as_slice(), [.., Step::Key(list), Step::Item(_)] if list == "containerDefinitions")
            || (self.kind == DocumentKind::ContainerDefinitions && object.steps.len() == 1);
        // An empty object counts as not written, except where something has to stand.
        let is_empty = object.node.is_absent() && !is_root && !is_container;
        let is_elsewhere = (self.kind.is_described() && !self.is_task_definition())
            || (is_root && self.kind == DocumentKind::Service(ServiceForm::Ecspresso));
        let is_misspelled = self.misspelled.contains(&object.node.index()) && !is_root && !is_container
            || self.rename.iter().any(|(index, meant)| {
                meant == name && object.node.members().any(|(key, _)| key.index() == *index)
            });
        if is_empty || is_elsewhere || is_misspelled || object.node.is_incomplete() {
            return None;
        }
        let noun = object.noun(self.kind);
        let problem = Problem::new(
            format!("{noun} must have `{name}`"),
            Label::new(self.title_of(object), format!("lacks `{name}`")),
        );
        let path = object.path();
        let input = if path.is_empty() { "input" } else { &path };
        let keyword = format!("required/{name}");
        let says = self.words(object, &keyword);
        let says = says.unwrap_or_else(|| format!("Missing required parameter in {input}: \"{name}\""));
        let problem = problem.help(format!("add `{name}`")).aws_says(says);
        Some(self.severity(problem, object.schema, &keyword))
    }

    /// What to underline where something is missing: the key of the object, its name, or its
    /// opening bracket.
    fn title_of(&self, object: &PlaceInDocument<'d>) -> Place {
        if let Some(key) = object.node.key() {
            return key.place();
        }
        let names = ["name", "containerName", "family", "serviceName", "key"];
        let name = names.iter().find_map(|key| object.node.get(key));
        match name.filter(|name| name.kind() == Kind::Text) {
            Some(name) => name.place(),
            None => object.node.opening(),
        }
    }
}
