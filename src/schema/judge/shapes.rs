//! The shapes of documents for readers that rebuild one in the shape of the API.

use super::{InCloudFormation, Key, Others, Shape, Type};
use crate::tree::hash;

/// The shape that the API requires at one place of a document.
#[derive(Clone, Copy)]
pub(crate) struct ShapeRef<'s>(&'s Shape);

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

impl<'s> ShapeRef<'s> {
    pub(in super::super) fn new(shape: &'s Shape) -> ShapeRef<'s> {
        ShapeRef(shape)
    }

    /// What the value should be.
    pub(crate) fn wants(self) -> Wanted {
        match self.0.types.as_slice() {
            [Type::String] => Wanted::Text,
            [Type::Integer] => Wanted::Integer,
            [Type::Number] => Wanted::Number,
            [Type::Boolean] => Wanted::Boolean,
            [Type::Array] => Wanted::List,
            [Type::Object] if self.values().is_some() => Wanted::Map,
            [Type::Object] => Wanted::Object,
            // A time is a text or a number.
            _ => Wanted::Any,
        }
    }

    /// The shape of the items of a list.
    pub(crate) fn item(self) -> Option<ShapeRef<'s>> {
        self.0.items.as_deref().map(ShapeRef)
    }

    /// The shape of the values of a map, whose keys the user chooses.
    pub(crate) fn values(self) -> Option<ShapeRef<'s>> {
        match &self.0.others {
            Others::Shaped(values) => Some(ShapeRef(values)),
            Others::Any | Others::Refused => None,
        }
    }

    /// The API's name and the shape of the member with a key, spelled exactly as in CloudFormation.
    pub(crate) fn member_of_cloudformation(self, written: &str) -> Option<(&'s str, ShapeRef<'s>)> {
        if !written.starts_with(|first: char| first.is_ascii_uppercase()) {
            return None;
        }
        let here = self.0.in_cloudformation.as_deref();
        if let Some(api) = here.and_then(|here| here.api_name(written)) {
            return self.member(&api.name, api.hash);
        }
        // Application Auto Scaling spells its keys the same way.
        let lowered = || {
            let mut name = written.to_owned();
            name.get_mut(..1).expect("it begins with a letter").make_ascii_lowercase();
            self.member(&name, hash(&name))
        };
        let found = self.member(written, hash(written)).or_else(lowered)?;
        let is_renamed = here.is_some_and(|here| here.name_of(found.0).is_some());
        (!is_renamed).then_some(found)
    }

    /// The name in CloudFormation of the member with a key of the API.
    pub(crate) fn name_in_cloudformation(self, api: &str) -> Option<String> {
        let (name, _) = self.member(api, hash(api))?;
        let renamed = self.0.in_cloudformation.as_deref().and_then(|here| here.name_of(name));
        Some(renamed.map_or_else(|| raised(name), str::to_owned))
    }

    /// The member with a key of the API, as it is in CloudFormation.
    fn member(self, name: &str, hash: u32) -> Option<(&'s str, ShapeRef<'s>)> {
        let more = self.0.in_cloudformation.iter().flat_map(|here| &here.more);
        let mut more = more.filter(|(key, _)| key.hash == hash && *key.name == *name);
        let (key, shape) = match more.next() {
            Some((key, shape)) => (key, shape),
            None => self.0.named(name, hash)?,
        };
        Some((&key.name, ShapeRef(shape)))
    }
}

impl InCloudFormation {
    /// The API's key for an irregular name.
    fn api_name(&self, written: &str) -> Option<&Key> {
        self.names.iter().find(|(name, _)| *name.name == *written).map(|(_, api)| api)
    }

    /// The irregular name of a key of the API.
    fn name_of(&self, api: &str) -> Option<&str> {
        self.names.iter().find(|(_, key)| *key.name == *api).map(|(name, _)| &*name.name)
    }
}

/// A word with its first letter in upper case.
fn raised(word: &str) -> String {
    let mut raised = word.to_owned();
    if let Some(first) = raised.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    raised
}
