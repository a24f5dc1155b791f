//! Documents in the API's form, written as CloudFormation templates by the names in the schemas.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use ecs_lint::internals::{DocumentKind, Form, Kind, Node, ServiceForm, Tree, parse};
use ecs_lint::linter::Linter;
use ecs_lint::schema;
use ecs_lint::source::{Source, SourceId};
use serde_json::Value;

use super::Texts;
use ecs_lint::inputs::Inputs;

/// Where a value is: the position of its file, and a JSON Pointer there.
pub type Field = (usize, String);

/// Files whose documents are resources of templates.
#[derive(Debug, Default)]
pub struct Templates {
    /// The files, each under its own name.
    pub files: Vec<(String, String)>,
    /// Where each value was before.
    pub origins: HashMap<Field, Field>,
    /// Targets that were made up because a scheduled action needs one.
    pub has_made_up_target: bool,
}

/// Why files cannot be written as templates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// A text is not JSON, or is already a template.
    Syntax,
    /// There is nothing to lint.
    Nothing,
    /// A document is of a kind or a form that no resource has.
    Kind(&'static str),
}

/// A document of a file.
pub(super) struct Part {
    pub file: usize,
    pub root: u32,
    pub kind: DocumentKind,
}

/// The type of the resource that a document of a kind is.
fn resource_type(kind: DocumentKind) -> Option<&'static str> {
    Some(match kind {
        DocumentKind::TaskDefinition(Form::Input) => "AWS::ECS::TaskDefinition",
        DocumentKind::Service(ServiceForm::Create) => "AWS::ECS::Service",
        DocumentKind::Service(ServiceForm::TaskSet) => "AWS::ECS::TaskSet",
        DocumentKind::ScalableTarget(Form::Input) => "AWS::ApplicationAutoScaling::ScalableTarget",
        DocumentKind::ScalingPolicy(Form::Input) => "AWS::ApplicationAutoScaling::ScalingPolicy",
        // One of the `ScheduledActions` of a target.
        DocumentKind::ScheduledAction(Form::Input) => "",
        _ => return None,
    })
}

/// Writes the documents of some files as templates. `reader` tells which documents there are.
pub fn templates(files: &[(String, String)], reader: &Linter) -> Result<Templates, Why> {
    let (trees, parts) = documents(files, reader)?;
    Ok(written(files, &trees, &parts))
}

/// The values of some files, and the documents there.
pub(super) fn documents(
    files: &[(String, String)],
    reader: &Linter,
) -> Result<(Vec<Arc<Tree>>, Vec<Part>), Why> {
    let texts = Texts::new(files.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    let mut parts = Vec::new();
    let mut trees = Vec::new();
    for (file, (name, text)) in files.iter().enumerate() {
        let source = |id| Arc::new(Source::new(SourceId(id), name.as_str(), text.as_str()));
        let parsed = parse(source(file as u32));
        trees.push(Arc::clone(&parsed.tree));
        let Some(input) = texts.list().iter().find(|input| input.id.0 as usize == file) else { continue };
        if !parsed.faults.is_empty() || serde_json::from_str::<Value>(text).is_err() {
            return Err(Why::Syntax);
        }
        let reading = reader.read(source(file as u32), input);
        if reading.documents.is_empty() {
            return Err(Why::Nothing);
        }
        for document in &reading.documents {
            let own = parsed.tree.node(document.root().index());
            let is_own = own.span() == document.root().span();
            if document.address.is_some() || !is_own || resource_type(document.kind).is_none() {
                return Err(Why::Kind(document.kind.name()));
            }
            parts.push(Part { file, root: own.index(), kind: document.kind });
        }
    }
    if parts.is_empty() { Err(Why::Nothing) } else { Ok((trees, parts)) }
}

const IDENTITY: [&str; 3] = ["ServiceNamespace", "ResourceId", "ScalableDimension"];

/// What a scaling document scales, as it is written.
fn identity(node: Node) -> [Option<String>; 3] {
    IDENTITY.map(|name| node.get(name).map(|value| value.token().to_owned()))
}

fn written(files: &[(String, String)], trees: &[Arc<Tree>], parts: &[Part]) -> Templates {
    let is_action = |part: &&Part| matches!(part.kind, DocumentKind::ScheduledAction(_));
    let is_target = |part: &&Part| matches!(part.kind, DocumentKind::ScalableTarget(_));
    let node = |part: &Part| trees[part.file].node(part.root);
    // The target that each action belongs to.
    let mut actions: HashMap<(usize, u32), Vec<&Part>> = HashMap::new();
    let mut alone: Vec<Vec<&Part>> = Vec::new();
    for action in parts.iter().filter(is_action) {
        let meant = identity(node(action));
        let own = parts.iter().filter(is_target).find(|target| identity(node(target)) == meant);
        match own {
            Some(target) => actions.entry((target.file, target.root)).or_default().push(action),
            None => match alone.iter_mut().find(|actions| identity(node(actions[0])) == meant) {
                Some(actions) => actions.push(action),
                None => alone.push(vec![action]),
            },
        }
    }
    let mut result = Templates { has_made_up_target: !alone.is_empty(), ..Templates::default() };
    for (file, (name, text)) in files.iter().enumerate() {
        if name == ecs_lint::inputs::SETTINGS_FILE {
            result.files.push((name.clone(), text.clone()));
            continue;
        }
        let mut writer = Writer { text: String::new(), file, path: Vec::new(), origins: &mut result.origins };
        writer.text.push_str(HEAD);
        let own = parts.iter().filter(|part| part.file == file && !is_action(part));
        let made_up = alone.iter().filter(|actions| actions[0].file == file);
        let own = own
            .map(|part| (part, actions.get(&(part.file, part.root)).map(Vec::as_slice).unwrap_or_default()));
        let made_up = made_up.map(|actions| (actions[0], actions.as_slice()));
        for (at, (part, actions)) in own.chain(made_up).enumerate() {
            writer.text.push_str(if at == 0 { "\n" } else { ",\n" });
            writer.resource(&format!("R{at}"), part, actions, trees);
        }
        writer.text.push_str("\n}\n}\n");
        let text = std::mem::take(&mut writer.text);
        result.files.push((name.clone(), text));
    }
    result
}

/// What every template begins with: a parameter, and a condition that depends on it.
const HEAD: &str = r#"{
"Parameters": {"P": {"Type": "String"}},
"Conditions": {"C": {"Fn::Equals": [{"Ref": "P"}, "c"]}},
"Resources": {"#;

struct Writer<'o> {
    text: String,
    /// The file that is written.
    file: usize,
    /// The steps to the place that is written.
    path: Vec<String>,
    origins: &'o mut HashMap<Field, Field>,
}

impl Writer<'_> {
    fn resource(&mut self, id: &str, part: &Part, actions: &[&Part], trees: &[Arc<Tree>]) {
        let node = trees[part.file].node(part.root);
        let is_action = matches!(part.kind, DocumentKind::ScheduledAction(_));
        let kind = if is_action { DocumentKind::ScalableTarget(Form::Input) } else { part.kind };
        let name = resource_type(kind).expect("it was asked before");
        self.text.push_str(&format!("\"{id}\": {{\"Type\": \"{name}\", \"Properties\": "));
        self.path = vec!["Resources".into(), id.into(), "Properties".into()];
        if is_action {
            self.text.push_str("{\"MinCapacity\": {\"Ref\": \"P\"}, \"MaxCapacity\": {\"Ref\": \"P\"}");
            for (key, value) in node.members().filter(|(key, _)| IDENTITY.contains(&key.text())) {
                self.member(",", key, value, part.file, Shape::of(kind));
            }
            self.actions(actions, trees);
            self.text.push('}');
        } else {
            self.note(node, part.file);
            // What is missing is said of the logical id.
            self.path.pop();
            self.note(node, part.file);
            self.path.push("Properties".into());
            self.object(node, part.file, Shape::of(kind), |writer, is_first| {
                if !actions.is_empty() {
                    writer.text.push_str(if is_first { "" } else { "," });
                    writer.actions(actions, trees);
                }
            });
        }
        self.text.push('}');
    }

    /// The `ScheduledActions` of a target.
    fn actions(&mut self, actions: &[&Part], trees: &[Arc<Tree>]) {
        if !self.text.ends_with('{') && !self.text.ends_with(',') {
            self.text.push(',');
        }
        self.text.push_str("\n\"ScheduledActions\": [");
        self.path.push("ScheduledActions".into());
        for (at, action) in actions.iter().enumerate() {
            self.text.push_str(if at == 0 { "" } else { ", " });
            self.path.push(at.to_string());
            let node = trees[action.file].node(action.root);
            self.note(node, action.file);
            self.text.push('{');
            let shape = Shape::of(action.kind);
            let own = node.members().filter(|(key, _)| !IDENTITY.contains(&key.text()));
            for (at, (key, value)) in own.enumerate() {
                self.member(if at == 0 { "" } else { "," }, key, value, action.file, shape);
            }
            self.text.push('}');
            self.path.pop();
        }
        self.path.pop();
        self.text.push(']');
    }

    /// Notes where the value that is written now comes from.
    fn note(&mut self, node: Node, file: usize) {
        let steps = self.path.iter().map(|step| step.replace('~', "~0").replace('/', "~1"));
        let here: String = steps.flat_map(|step| ["/".to_owned(), step]).collect();
        self.origins.insert((self.file, here), (file, node.pointer()));
    }

    fn member(&mut self, before: &str, key: Node, value: Node, file: usize, shape: Shape) {
        let (name, below) = shape.member(key.text());
        self.text.push_str(before);
        self.text.push_str("\n  ");
        self.text.push_str(&Value::from(name.as_str()).to_string());
        self.text.push_str(": ");
        self.path.push(name);
        self.value(value, file, below);
        self.path.pop();
    }

    fn object(&mut self, node: Node, file: usize, shape: Shape, more: impl FnOnce(&mut Self, bool)) {
        self.text.push('{');
        let mut is_first = true;
        for (key, value) in node.members() {
            self.member(if is_first { "" } else { "," }, key, value, file, shape);
            is_first = false;
        }
        more(self, is_first);
        self.text.push('}');
    }

    fn value(&mut self, node: Node, file: usize, shape: Shape) {
        self.note(node, file);
        match node.kind() {
            Kind::Object if shape.is_map_of_pairs => {
                self.text.push('[');
                for (at, (key, value)) in node.members().enumerate() {
                    self.text.push_str(if at == 0 { "" } else { ", " });
                    self.text.push_str(&format!("{{\"Key\": {}, \"Value\": ", Value::from(key.text())));
                    self.path.extend([at.to_string(), "Value".to_owned()]);
                    self.value(value, file, Shape::FREE);
                    self.path.truncate(self.path.len() - 2);
                    self.text.push('}');
                }
                self.text.push(']');
            }
            Kind::Object => self.object(node, file, shape.of_object(), |_, _| {}),
            Kind::List => {
                self.text.push('[');
                for (at, item) in node.items().enumerate() {
                    self.text.push_str(if at == 0 { "" } else { ", " });
                    self.path.push(at.to_string());
                    self.value(item, file, shape.item());
                    self.path.pop();
                }
                self.text.push(']');
            }
            // With its escapes.
            _ => self.text.push_str(node.tree().source.slice(node.span())),
        }
    }
}

/// The shape of a value, for the names of its members.
#[derive(Clone, Copy)]
struct Shape {
    /// `None` if nothing is known.
    schema: Option<&'static Value>,
    /// Whether keys that are not known are names that somebody spelled wrong.
    has_names: bool,
    /// Whether CloudFormation writes this map as a list of pairs.
    is_map_of_pairs: bool,
}

impl Shape {
    const FREE: Shape = Shape { schema: None, has_names: false, is_map_of_pairs: false };

    fn of(kind: DocumentKind) -> Shape {
        let name = schema::name_of(kind).expect("the kind is judged");
        let (_, schema) = schemas().iter().find(|(own, _)| *own == name).expect("there is a schema");
        Shape { schema: Some(schema), has_names: true, is_map_of_pairs: false }
    }

    /// The shape of the items of a list, even where one of them is expected.
    fn item(self) -> Shape {
        let item = self.schema.and_then(|schema| schema.get("items").or(Some(schema)));
        // A list in the place of a map.
        let item = item.filter(|schema| schema["type"] != "object" || schema.get("properties").is_some());
        Shape { schema: item, ..self }
    }

    /// The shape of an object, even where a list of them is expected.
    fn of_object(self) -> Shape {
        Shape { schema: self.schema.map(|schema| schema.get("items").unwrap_or(schema)), ..self }
    }

    /// The name in CloudFormation of a member, and its shape.
    fn member(self, key: &str) -> (String, Shape) {
        let below = |schema| Shape { schema, has_names: true, is_map_of_pairs: false };
        let Some(schema) = self.schema.filter(|schema| schema.get("properties").is_some()) else {
            let keeps = !self.has_names || self.schema.is_some();
            let name = if keeps { key.to_owned() } else { raised(key) };
            return (name, if keeps { Shape::FREE } else { below(None) });
        };
        if let Some(member) = schema["properties"].get(key) {
            let own = Shape { is_map_of_pairs: key == "Tags", ..below(Some(member)) };
            return (name_of(schema, key), own);
        }
        // A key in the wrong case is one in CloudFormation too: in the API's.
        let other = schema["properties"].as_object().and_then(|members| {
            members.keys().find(|name| name.as_str() != key && raised(name) == raised(key))
        });
        match other {
            Some(name) => (flipped(&name_of(schema, name)), below(schema["properties"].get(name))),
            None if key.chars().all(|c| c.is_ascii_alphanumeric()) => (raised(key), below(None)),
            None => (key.to_owned(), below(None)),
        }
    }
}

/// The name in CloudFormation of a member of an object.
fn name_of(schema: &Value, key: &str) -> String {
    let own = schema.pointer("/x-cloudformation/names").and_then(|names| names.get(key));
    own.and_then(Value::as_str).map_or_else(|| raised(key), str::to_owned)
}

pub(super) fn schemas() -> &'static [(&'static str, Value)] {
    static SCHEMAS: OnceLock<Vec<(&'static str, Value)>> = OnceLock::new();
    SCHEMAS.get_or_init(|| {
        let read = |(name, text): &(&'static str, &str)| {
            (*name, serde_json::from_str(text).expect("the schemas are JSON"))
        };
        schema::TEXTS.iter().map(read).collect()
    })
}

/// The names in CloudFormation that are not the API's with the first letter raised, each with the API's.
pub fn irregular_names() -> &'static HashMap<String, String> {
    static NAMES: OnceLock<HashMap<String, String>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let mut found = HashMap::new();
        each_schema(&mut |schema| {
            let names = schema.pointer("/x-cloudformation/names").and_then(Value::as_object);
            for (api, name) in names.into_iter().flatten() {
                found.insert(name.as_str().expect("a name").to_owned(), api.clone());
            }
        });
        found
    })
}

/// The fields that only the API or only CloudFormation requires.
pub fn differently_required() -> &'static HashSet<String> {
    static FIELDS: OnceLock<HashSet<String>> = OnceLock::new();
    FIELDS.get_or_init(|| {
        let mut found = HashSet::new();
        each_schema(&mut |schema| {
            for list in ["/x-cloudformation/required", "/x-cloudformation/optional"] {
                let fields = schema.pointer(list).and_then(Value::as_array);
                found.extend(fields.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
            }
        });
        found
    })
}

/// The API's names of fields that consist of several words and have another name in CloudFormation.
pub fn names_of_the_api() -> &'static HashSet<String> {
    static NAMES: OnceLock<HashSet<String>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let mut found = HashSet::new();
        each_schema(&mut |schema| {
            let fields = schema.get("properties").and_then(Value::as_object);
            let names = fields.into_iter().flat_map(|fields| fields.keys());
            let is_long = |name: &&String| name.chars().any(char::is_uppercase) && raised(name) != **name;
            found.extend(names.filter(is_long).cloned());
        });
        found
    })
}

/// Visits the schemas and all that they contain.
fn each_schema(visit: &mut impl FnMut(&Value)) {
    fn below(schema: &Value, visit: &mut impl FnMut(&Value)) {
        visit(schema);
        let members = schema.get("properties").and_then(Value::as_object);
        for inner in members.into_iter().flat_map(|members| members.values()).chain(schema.get("items")) {
            below(inner, visit);
        }
    }
    schemas().iter().for_each(|(_, schema)| below(schema, visit));
}

/// A word with its first letter in upper case.
pub fn raised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

/// A word with its first letter in lower case.
pub fn lowered(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(letters).collect()
}

/// A word with its first letter in the other case.
fn flipped(word: &str) -> String {
    if word.starts_with(|first: char| first.is_ascii_uppercase()) { lowered(word) } else { raised(word) }
}
