//! The documents that others are crossed with.

use std::collections::BTreeMap;

use super::{Dice, Project, Value};

/// Values of real documents, by the key they are found under.
#[derive(Debug, Default)]
pub struct Donors {
    /// The documents.
    pub projects: Vec<Project>,
    values: BTreeMap<String, Vec<Value>>,
    members: BTreeMap<String, Vec<(String, Value)>>,
    keys: Vec<String>,
}

impl Donors {
    /// Takes the values of some projects.
    pub fn of(projects: Vec<Project>) -> Donors {
        let mut donors = Donors::default();
        for file in projects.iter().flat_map(|project| &project.0) {
            file.value.each("", &mut |key, value| {
                let same = donors.values.entry(key.to_owned()).or_default();
                if !same.contains(value) {
                    same.push(value.clone());
                }
                if let Value::Object(members) = value {
                    donors.members.entry(key.to_owned()).or_default().extend(members.iter().cloned());
                }
            });
        }
        donors.keys = donors.values.keys().cloned().collect();
        donors.projects = projects;
        donors
    }

    /// A value that was found under a key, or sometimes under any.
    pub fn value(&self, key: &str, dice: &mut Dice) -> Option<&Value> {
        let key = if dice.one_in(6) { self.key(dice)? } else { key };
        dice.pick(self.values.get(key)?)
    }

    /// A member of an object that was found under a key.
    pub fn member(&self, key: &str, dice: &mut Dice) -> Option<&(String, Value)> {
        dice.pick(self.members.get(key)?)
    }

    /// Any key.
    pub fn key(&self, dice: &mut Dice) -> Option<&str> {
        dice.pick(&self.keys).map(String::as_str)
    }
}
