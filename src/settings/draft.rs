//! Entries of `ignore` that are written.

use super::exemption::Target;
use super::toml::string;

/// An entry of `ignore` before it is written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Draft {
    /// The file.
    pub path: String,
    /// The rule.
    pub rule: String,
    /// The part of the file.
    pub target: Option<Target>,
}

impl Draft {
    /// The entry as TOML.
    pub fn written(&self, reason: &str, expires: Option<&str>, owner: Option<&str>) -> String {
        let target = match &self.target {
            Some(Target::Container(name)) => Some(("container", name)),
            Some(Target::Document(name)) => Some(("document", name)),
            Some(Target::Pointer(pointer)) => Some(("pointer", pointer)),
            None => None,
        };
        let mut text = format!("[[ignore]]\nrule = {}\npath = {}\n", string(&self.rule), string(&self.path));
        if let Some((key, value)) = target {
            text.push_str(&format!("{key} = {}\n", string(value)));
        }
        text.push_str(&format!("reason = {}\n", string(reason)));
        if let Some(date) = expires {
            text.push_str(&format!("expires = {date}\n"));
        }
        if let Some(owner) = owner {
            text.push_str(&format!("owner = {}\n", string(owner)));
        }
        text
    }
}
