//! The user's names of fields, for a document that was rebuilt in the shape of the API.
//!
//! Rules and schemas know a field by the name that the API has for it. What the user reads and what is written
//! into the user's text has the name of the form that the document was written in.

mod blocks;
mod sentence;

use serde_json::Value;

pub(crate) use sentence::{Sentences, is_field};

/// The names of the fields at one place of a document, and below it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Names {
    /// The members of an object, sorted by their names in the API.
    Members(Vec<Member>),
    /// The names in each item of a list.
    Items(Box<Names>),
    /// A map in the place of a list of pairs: the API's name of what is the key.
    Pairs(&'static str),
    /// The user's own keys, or none.
    Kept,
}

/// A member of an object.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Member {
    /// Its name in the API.
    pub api: Box<str>,
    /// Its name for the user.
    pub name: Box<str>,
    /// Whether the user writes it beside the object that the API has around it.
    pub is_beside: bool,
    /// The names in its value.
    pub below: Names,
}

impl Names {
    /// The names of the members of an object.
    pub(crate) fn of_members(mut members: Vec<Member>) -> Names {
        members.sort_unstable_by(|one, other| one.api.cmp(&other.api));
        Names::Members(members)
    }

    /// The member with a name in the API.
    pub(crate) fn member(&self, api: &str) -> Option<&Member> {
        let Names::Members(members) = self else { return None };
        let at = members.binary_search_by(|member| (*member.api).cmp(api)).ok()?;
        members.get(at)
    }

    /// The names in the items of a list.
    pub(crate) fn item(&self) -> Option<&Names> {
        match self {
            Names::Items(item) => Some(item),
            Names::Members(_) | Names::Pairs(_) | Names::Kept => None,
        }
    }

    /// The member with a name in the API that is nearest to this place, here or below.
    fn nearest(&self, api: &str) -> Option<&Member> {
        let mut level = vec![self];
        while !level.is_empty() {
            if let Some(found) = level.iter().find_map(|names| names.object().member(api)) {
                return Some(found);
            }
            level = level.into_iter().flat_map(|names| names.object().members()).collect();
        }
        None
    }

    /// The names in an object here, or in each item of a list.
    fn object(&self) -> &Names {
        match self {
            Names::Items(item) => item.object(),
            other => other,
        }
    }

    fn members(&self) -> impl Iterator<Item = &Names> {
        self.all().iter().map(|member| &member.below)
    }

    fn all(&self) -> &[Member] {
        match self {
            Names::Members(members) => members,
            Names::Items(_) | Names::Pairs(_) | Names::Kept => &[],
        }
    }

    /// Whether these are the API's names for the members of an object, or of each item of a list: no tool has capitals
    /// in its own.
    fn are_of_api(&self) -> bool {
        self.object().all().iter().any(|member| member.name.contains(|c: char| c.is_ascii_uppercase()))
    }

    /// A value with the user's names for all of its keys.
    pub(crate) fn translated(&self, value: &Value) -> Value {
        match value {
            Value::Object(members) => {
                let member = |(key, value): (&String, &Value)| match self.member(key) {
                    Some(member) => (member.name.to_string(), member.below.translated(value)),
                    None => (key.clone(), value.clone()),
                };
                Value::Object(members.iter().map(member).collect())
            }
            Value::Array(items) => {
                let names = self.item().unwrap_or(&Names::Kept);
                items.iter().map(|item| names.translated(item)).collect()
            }
            scalar => scalar.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The names in a small document.
    pub(super) fn names() -> Names {
        let member = |api: &str, name: &str, below: Names| Member {
            api: api.into(),
            name: name.into(),
            is_beside: false,
            below,
        };
        let kept = |api: &str, name: &str| member(api, name, Names::Kept);
        let logs = Names::of_members(vec![kept("options", "Options"), kept("logDriver", "LogDriver")]);
        let container = Names::of_members(vec![
            kept("name", "Name"),
            kept("cpu", "Cpu"),
            member("logConfiguration", "LogConfiguration", logs),
        ]);
        let efs = Names::of_members(vec![kept("fileSystemId", "FilesystemId")]);
        let fsx = Names::of_members(vec![kept("fileSystemId", "FileSystemId")]);
        let volume = Names::of_members(vec![
            kept("host", "Host"),
            kept("name", "Name"),
            member("efsVolumeConfiguration", "EFSVolumeConfiguration", efs),
            member("fsxWindowsFileServerVolumeConfiguration", "FSxWindowsFileServerVolumeConfiguration", fsx),
        ]);
        Names::of_members(vec![
            kept("family", "Family"),
            kept("networkMode", "NetworkMode"),
            member("containerDefinitions", "ContainerDefinitions", Names::Items(Box::new(container))),
            member("volumes", "Volumes", Names::Items(Box::new(volume))),
        ])
    }

    #[test]
    fn values_get_the_names_of_their_place() {
        let value = json!({
            "family": "name",
            "containerDefinitions": [{"name": "a", "logConfiguration": {"options": {"name": "x"}}}],
            "unknown": {"name": 1},
        });
        let expected = json!({
            "Family": "name",
            "ContainerDefinitions": [{"Name": "a", "LogConfiguration": {"Options": {"name": "x"}}}],
            "unknown": {"name": 1},
        });
        assert_eq!(names().translated(&value), expected);
    }
}
