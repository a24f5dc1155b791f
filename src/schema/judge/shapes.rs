//! The shapes of documents for readers that rebuild one in the shape of the API.

use super::limit::Type;
use super::{Others, Shape};
use crate::names::{Member, Names};
use crate::spelling::{lowered, raised};
use crate::tree::hash;

/// The shape that the API requires at one place of a document.
#[derive(Clone, Copy)]
pub(crate) struct ShapeRef(&'static Shape);

/// What a value should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// A string.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A list.
    List,
    /// An object with known members.
    Object,
    /// An object whose keys the user chooses.
    Map,
    /// Anything.
    Any,
}

impl ShapeRef {
    pub(in super::super) fn new(shape: &'static Shape) -> ShapeRef {
        ShapeRef(shape)
    }

    /// What the value should be.
    pub(crate) fn wants(self) -> Wanted {
        match self.0.types {
            [Type::String] => Wanted::Text,
            [Type::Integer] => Wanted::Integer,
            [Type::Number] => Wanted::Number,
            [Type::Boolean] => Wanted::Boolean,
            [Type::Array] => Wanted::List,
            [Type::Object] if self.values().is_some() => Wanted::Map,
            [Type::Object] if self.is_closed() => Wanted::Object,
            // A time is a text or a number.
            _ => Wanted::Any,
        }
    }

    /// Whether an object has no other members than those that the shape knows.
    fn is_closed(self) -> bool {
        matches!(self.0.others, Others::Refused)
    }

    /// The shape of the items of a list.
    pub(crate) fn item(self) -> Option<ShapeRef> {
        self.0.items.map(ShapeRef)
    }

    /// The shape of the values of a map, whose keys the user chooses.
    pub(crate) fn values(self) -> Option<ShapeRef> {
        self.0.others().map(ShapeRef)
    }

    /// The API's name and the shape of the member with a key, spelled exactly as in CloudFormation.
    pub(crate) fn member_of_cloudformation(self, written: &str) -> Option<(&'static str, ShapeRef)> {
        if !written.starts_with(|first: char| first.is_ascii_uppercase()) {
            return None;
        }
        let here = self.0.in_cloudformation;
        if let Some(api) = here.and_then(|here| here.api_name(written)) {
            return self.member(api.name);
        }
        // Application Auto Scaling spells its keys the same way.
        let found = self.member(written).or_else(|| self.member(&lowered(written)))?;
        let is_renamed = here.is_some_and(|here| here.name_of(found.0).is_some());
        (!is_renamed).then_some(found)
    }

    /// The shape of the member that has this name in the API.
    pub(crate) fn member_of_api(self, name: &str) -> Option<ShapeRef> {
        self.member(name).map(|(_, shape)| shape)
    }

    /// The API's name and the shape of the member with a key, whatever the case of its letters.
    pub(crate) fn member_in_any_case(self, written: &str) -> Option<(&'static str, ShapeRef)> {
        self.own_member(written)
            .or_else(|| self.own_members().find(|(name, _)| name.eq_ignore_ascii_case(written)))
    }

    /// The member that has this name in the API, as the API reads it.
    pub(super) fn own_member(self, name: &str) -> Option<(&'static str, ShapeRef)> {
        self.0.named(name, hash(name)).map(|(key, shape)| (key.name, ShapeRef(shape)))
    }

    /// The API's names and the shapes of all members.
    pub(super) fn own_members(self) -> impl Iterator<Item = (&'static str, ShapeRef)> {
        self.0.properties.iter().map(|(key, shape)| (key.name, ShapeRef(shape)))
    }

    /// Whether the API's names of the members begin with a lower-case letter.
    pub(crate) fn is_lowercase(self) -> bool {
        self.0
            .properties
            .first()
            .is_some_and(|(key, _)| key.name.starts_with(|c: char| c.is_ascii_lowercase()))
    }

    /// The names in CloudFormation of everything below.
    pub(crate) fn names(self) -> Names {
        if let Some(item) = self.item() {
            return Names::Items(Box::new(item.names()));
        }
        let here = self.0.in_cloudformation;
        let more = here.into_iter().flat_map(|here| here.more);
        let own =
            self.0.properties.iter().filter(|(key, _)| here.is_none_or(|here| here.more(key.name).is_none()));
        let members = own.chain(more).map(|(key, shape)| {
            let name = self.name_of(key.name);
            Member {
                api: key.name.into(),
                name: name.into(),
                is_beside: false,
                below: ShapeRef(shape).names(),
            }
        });
        let members: Vec<Member> = members.collect();
        if members.is_empty() { Names::Kept } else { Names::of_members(members) }
    }

    /// The name in CloudFormation for a key of the API.
    pub(super) fn name_of(self, api: &str) -> String {
        let irregular = self.0.in_cloudformation.and_then(|here| here.name_of(api));
        irregular.map_or_else(|| raised(api), str::to_owned)
    }

    /// The member with a key of the API, as it is in CloudFormation.
    pub(super) fn member(self, name: &str) -> Option<(&'static str, ShapeRef)> {
        let here = self.0.in_cloudformation;
        let more = here.and_then(|here| here.more(name));
        let (key, shape) = more.or_else(|| self.0.named(name, hash(name)))?;
        Some((key.name, ShapeRef(shape)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{DocumentKind, Form, ServiceForm};
    use crate::schema::Schemas;

    const TASK: DocumentKind = DocumentKind::TaskDefinition(Form::Input);

    #[test]
    fn members_are_found_by_their_names_in_cloudformation() {
        let schemas = Schemas::default();
        let task = schemas.shape(TASK).expect("it is judged");
        let follow = |path: &str| {
            path.split('.').try_fold((task, String::new()), |(shape, _), step| {
                let shape = shape.item().unwrap_or(shape);
                let (name, shape) = shape.member_of_cloudformation(step)?;
                Some((shape, name.to_owned()))
            })
        };
        let api = |path: &str| follow(path).map(|(_, name)| name);
        assert_eq!(api("Family").as_deref(), Some("family"));
        assert_eq!(api("ContainerDefinitions.LogConfiguration").as_deref(), Some("logConfiguration"));
        assert_eq!(api("Volumes.EFSVolumeConfiguration.FilesystemId").as_deref(), Some("fileSystemId"));
        for wrong in [
            "family",
            "containerDefinitions",
            "Volumes.EfsVolumeConfiguration",
            "Volumes.efsVolumeConfiguration",
            "Volumes.EFSVolumeConfiguration.FileSystemId",
            "ProxyConfiguration.Properties",
            "TaskDefinitionArn",
            "",
        ] {
            assert_eq!(api(wrong), None, "{wrong}");
        }
        let (labels, _) = follow("ContainerDefinitions.DockerLabels").expect("it is known");
        assert_eq!((labels.wants(), labels.values().map(ShapeRef::wants)), (Wanted::Map, Some(Wanted::Text)));
        let (port, _) = follow("ContainerDefinitions.PortMappings.ContainerPort").expect("it is known");
        assert_eq!(port.wants(), Wanted::Integer);
    }

    #[test]
    fn every_name_leads_back_to_its_key() {
        let schemas = Schemas::default();
        let kinds = [
            TASK,
            DocumentKind::Service(ServiceForm::Create),
            DocumentKind::Service(ServiceForm::TaskSet),
            DocumentKind::ScalableTarget(Form::Input),
            DocumentKind::ScalingPolicy(Form::Input),
            DocumentKind::ScheduledAction(Form::Input),
        ];
        fn check(shape: ShapeRef, seen: &mut usize) {
            for (key, _) in shape.0.properties {
                let names = shape.names();
                let name = &names.member(key.name).expect("it has a name").name;
                let (api, member) = shape.member_of_cloudformation(name).expect("the name is known");
                assert_eq!(api, key.name);
                *seen += 1;
                check(member, seen);
            }
            for below in [shape.item(), shape.values()].into_iter().flatten() {
                check(below, seen);
            }
        }
        let mut seen = 0;
        for kind in kinds {
            check(schemas.shape(kind).expect("it is judged"), &mut seen);
        }
        assert!(seen > 400, "{seen}");
    }

    #[test]
    fn what_only_cloudformation_has_is_known() {
        let schemas = Schemas::default();
        let member = |kind: DocumentKind, key: &str| {
            schemas.shape(kind).and_then(|shape| shape.member_of_cloudformation(key)).map(|(_, one)| one)
        };
        let service = DocumentKind::Service(ServiceForm::Create);
        let force = member(service, "ForceNewDeployment").expect("it is known");
        let (enable, _) = force.member_of_cloudformation("EnableForceNewDeployment").expect("it is known");
        assert_eq!((force.wants(), enable), (Wanted::Object, "enableForceNewDeployment"));
        let target = DocumentKind::ScalableTarget(Form::Input);
        assert_eq!(member(target, "MinCapacity").map(ShapeRef::wants), Some(Wanted::Integer));
        assert!(member(target, "minCapacity").is_none());
        assert!(member(DocumentKind::ScalingPolicy(Form::Input), "ScalingTargetId").is_some());
    }
}
