//! Names of fields in sentences: what a message says in backquotes, in the user's names.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::blocks::{pair, written};
use super::{Member, Names};
use crate::source::Cut;

/// The names of all fields in the API, each in a line of its own: most of what is between backquotes is something
/// else.
const FIELDS: &str = include_str!(concat!(env!("OUT_DIR"), "/fields.txt"));

/// Whether something in the API has this name.
pub(crate) fn is_field(name: &str) -> bool {
    !name.is_empty() && FIELDS.contains(&format!("\n{name}\n"))
}

/// Words in front of a user's value, or of a value of the API.
const NOUNS: &[&str] = &[
    "action",
    "actions",
    "alias",
    "attribute",
    "capability",
    "cluster",
    "clusters",
    "container",
    "containers",
    "definition",
    "definitions",
    "device",
    "dimension",
    "directory",
    "driver",
    "drivers",
    "family",
    "families",
    "function",
    "group",
    "groups",
    "id",
    "image",
    "images",
    "label",
    "labels",
    "link",
    "links",
    "metric",
    "mode",
    "named",
    "option",
    "options",
    "partition",
    "path",
    "policies",
    "policy",
    "port",
    "ports",
    "prefix",
    "protocol",
    "provider",
    "providers",
    "proxy",
    "query",
    "registry",
    "role",
    "router",
    "secret",
    "secrets",
    "service",
    "services",
    "sidecar",
    "subnet",
    "system",
    "tag",
    "tags",
    "target",
    "targets",
    "type",
    "ulimit",
    "user",
    "value",
    "values",
    "variable",
    "variables",
    "version",
    "volume",
    "volumes",
    "zone",
];

/// Fields that have the name of a value of another field, and the words in front of the value.
const VALUES: &[(&str, &[&str])] =
    &[("cpu", &["by"]), ("host", &["as", "be", "is", "mean", "mode", "not", "or", "to", "with"])];

/// Puts the user's names into sentences about one document.
pub(crate) struct Sentences<'n> {
    /// The names at the place that the sentences are about, and around it, innermost first.
    pub around: Vec<&'n Names>,
    /// The names in all kinds of documents. It takes long to gather them.
    pub elsewhere: &'n dyn Fn() -> &'n [Arc<Names>],
    /// The underlined texts, which are the user's.
    pub underlined: Vec<&'n str>,
    /// Whether the user writes blocks and attributes where the API has JSON.
    pub has_blocks: bool,
}

impl<'n> Sentences<'n> {
    /// The sentence in the user's names.
    pub(crate) fn translated(&self, sentence: &str) -> String {
        let mentioned = if self.has_blocks { self.mentioned(sentence) } else { Vec::new() };
        let around = mentioned.into_iter().chain(self.around.iter().copied()).collect();
        Sentences { around, underlined: self.underlined.clone(), ..*self }.in_order(sentence)
    }

    /// The names below fields that a sentence mentions and that keep the API's names, or are maps: what else it names is
    /// in them.
    fn mentioned(&self, sentence: &str) -> Vec<&'n Names> {
        let fields = sentence.split('`').skip(1).step_by(2);
        let below = fields.filter_map(|field| Some(&self.find(field)?.below));
        below.filter(|names| names.are_of_api() || matches!(names, Names::Pairs(_))).collect()
    }

    fn in_order(&self, sentence: &str) -> String {
        let mut result = String::with_capacity(sentence.len() + 8);
        let mut before = "";
        let mut is_value = false;
        for (at, part) in sentence.split('`').enumerate() {
            if at > 0 {
                result.push('`');
            }
            if at % 2 == 0 {
                result.push_str(part);
                before = part;
                continue;
            }
            // "containers `a` and `b`"
            let is_next = is_value && matches!(before, ", " | " and " | " or ");
            is_value = is_next || NOUNS.contains(&last_word(before)) || before.ends_with("values are ");
            let is_users = is_value || is_value_of_api(part, before) || self.underlined.contains(&part);
            let translated = match part.contains("\":") {
                true => Some(self.json(part)),
                false if self.has_blocks && is_of_resource(part) => reference(part),
                false if is_users => None,
                false => self.path(part),
            };
            result.push_str(translated.as_deref().unwrap_or(part));
        }
        result
    }

    /// Some JSON in the user's notation.
    fn json(&self, json: &str) -> String {
        let blocks = if self.has_blocks { self.blocks(json) } else { None };
        blocks.unwrap_or_else(|| self.keys_of_json(json))
    }

    /// A path such as `containerDefinitions[0].name`.
    fn path(&self, path: &str) -> Option<String> {
        let mut steps = path.split('.');
        let (first, index) = divided(steps.next()?)?;
        let member = self.find(first)?;
        let mut result = format!("{}{index}", member.name);
        // Where the object begins that is written now.
        let mut start = 0;
        let mut names = member.below.object();
        for step in steps {
            let (key, index) = divided(step)?;
            let member = names.member(key);
            if member.is_some_and(|member| member.is_beside) {
                result = result.cut(..start).to_owned();
            } else {
                start = result.len() + 1;
                result.push('.');
            }
            result.extend([member.map_or(key, |member| &member.name), index]);
            names = member.map_or(&Names::Kept, |member| member.below.object());
        }
        Some(result)
    }

    /// Some JSON as blocks and attributes. `None` if it is about what the user writes in JSON too.
    fn blocks(&self, json: &str) -> Option<String> {
        let is_whole = json.starts_with('{');
        let value =
            if is_whole { serde_json::from_str(json) } else { serde_json::from_str(&format!("{{{json}}}")) };
        let Value::Object(members) = value.ok()? else { return None };
        if let Some(pair) = self.around.iter().find_map(|names| as_pair(names, &members)) {
            return Some(pair);
        }
        let is_in_json = self.around.iter().any(|names| names.are_of_api());
        let is_of_block = |key: &String| {
            let is_around = || self.around.iter().any(|names| names.object().member(key).is_some());
            let is_of_document = self.around.last().is_some_and(|names| names.member(key).is_some());
            let has_other_name = || self.find(key).is_some_and(|member| *member.name != **key);
            is_of_document || (!is_in_json && is_around()) || has_other_name()
        };
        members.keys().any(is_of_block).then(|| written(&members, |key| self.find(key)))
    }

    /// Some JSON, with the user's names for its keys. It may leave values out: `…`.
    fn keys_of_json(&self, json: &str) -> String {
        let mut parts = json.split('"').enumerate().peekable();
        let mut result = String::with_capacity(json.len());
        // What is written around a key, if it is known.
        let mut open: Vec<Option<&Names>> = Vec::new();
        let mut below = None;
        while let Some((at, part)) = parts.next() {
            if at > 0 {
                result.push('"');
            }
            if at % 2 == 0 {
                for sign in part.chars() {
                    match sign {
                        '{' | '[' => open.push(below.take()),
                        '}' | ']' => below = open.pop().flatten(),
                        _ => {}
                    }
                    if sign == '[' {
                        below = open.last().copied().flatten();
                    }
                }
                result.push_str(part);
                continue;
            }
            let is_key = parts.peek().is_some_and(|(_, next)| next.starts_with(':'));
            let member = match open.last().copied().flatten() {
                _ if !is_key => None,
                Some(names) => names.object().member(part),
                None => self.find(part),
            };
            below = member.map(|member| &member.below);
            result.push_str(member.map_or(part, |member| &member.name));
        }
        result
    }

    /// The field with a name in the API that is most likely meant: the nearest one around the place, or else below,
    /// or else in another document.
    fn find(&self, api: &str) -> Option<&'n Member> {
        if !is_field(api) {
            return None;
        }
        let around = || self.around.iter().find_map(|names| names.object().member(api));
        let below = || self.around.iter().find_map(|names| names.nearest(api));
        let elsewhere = || (self.elsewhere)().iter().find_map(|names| names.nearest(api));
        around().or_else(below).or_else(elsewhere)
    }
}

/// Whether an interpolation is nothing but an attribute of a resource or a data source.
fn is_of_resource(part: &str) -> bool {
    ["${aws_", "${data."].iter().any(|start| part.starts_with(start))
}

/// What an interpolation refers to, as it is written for a whole value.
fn reference(part: &str) -> Option<String> {
    let inside = part.strip_prefix("${")?.strip_suffix('}')?;
    (!inside.contains(['{', '}'])).then(|| inside.to_owned())
}

/// An item of a list of pairs, as an attribute of a map.
fn as_pair(names: &Names, members: &Map<String, Value>) -> Option<String> {
    let Names::Pairs(of_key) = names else { return None };
    let (key, value) = (members.get(*of_key)?.as_str()?, members.get("value")?);
    (members.len() == 2).then(|| pair(key, value))
}

/// A step of a path: a key, and the index behind it, if there is one.
fn divided(step: &str) -> Option<(&str, &str)> {
    let end = step.find('[').unwrap_or(step.len());
    let (key, index) = step.split_at_checked(end)?;
    let is_index = |index: &str| {
        let inside = index.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        inside.is_some_and(|inside| inside.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let is_key = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (is_key && (index.is_empty() || is_index(index))).then_some((key, index))
}

/// Whether a word is not the name of a field but a value of the API, by the word in front of it.
fn is_value_of_api(token: &str, before: &str) -> bool {
    VALUES.iter().any(|(value, words)| *value == token && words.contains(&last_word(before)))
}

/// The word that a text ends with, in front of a space, or of a colon and a space.
fn last_word(text: &str) -> &str {
    let Some(text) = text.strip_suffix(' ') else { return "" };
    let text = text.strip_suffix(':').unwrap_or(text);
    text.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::tests::names;
    use super::*;

    #[test]
    fn fields_get_the_names_of_the_user() {
        let names = names();
        let of_efs = names.member("volumes").and_then(|volumes| volumes.below.item());
        let of_efs = of_efs.and_then(|volume| volume.member("efsVolumeConfiguration")).expect("it is there");
        let sentences = Sentences {
            around: vec![&of_efs.below, &names],
            elsewhere: &|| &[],
            underlined: vec!["logDriver"],
            has_blocks: false,
        };
        for (api, users) in [
            ("`cpu` is missing", "`Cpu` is missing"),
            ("set `containerDefinitions[0].name`", "set `ContainerDefinitions[0].Name`"),
            ("`volumes[].host` and `networkMode`", "`Volumes[].Host` and `NetworkMode`"),
            ("`logConfiguration.options`", "`LogConfiguration.Options`"),
            ("`options.mode`", "`Options.mode`"),
            ("`fileSystemId`", "`FilesystemId`"),
            (
                "`fsxWindowsFileServerVolumeConfiguration.fileSystemId`",
                "`FSxWindowsFileServerVolumeConfiguration.FileSystemId`",
            ),
            ("use `{\"name\": …, \"cpu\": \"name\"}`", "use `{\"Name\": …, \"Cpu\": \"name\"}`"),
            ("container `name` has no `cpu`", "container `name` has no `Cpu`"),
            ("containers `name`, `cpu` and `a` share `cpu`", "containers `name`, `cpu` and `a` share `Cpu`"),
            ("its containers: `name` and `cpu`", "its containers: `name` and `cpu`"),
            ("set `networkMode` to `host`", "set `NetworkMode` to `host`"),
            (
                "did you mean `host`? Allowed values are `bridge`, `host` and `name`",
                "did you mean `host`? Allowed values are `bridge`, `host` and `name`",
            ),
            ("delete `host`", "delete `Host`"),
            ("`logDriver` is underlined", "`logDriver` is underlined"),
            ("`nothing.here` and `awslogs-group`", "`nothing.here` and `awslogs-group`"),
            ("no name here, ` and ``", "no name here, ` and ``"),
        ] {
            assert_eq!(sentences.translated(api), users);
        }
    }
}
