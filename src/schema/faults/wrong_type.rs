//! Values of another JSON type than the API wants.

use serde_json::{Value, json};

use super::super::place::{PlaceInDocument, Step};
use super::Explainer;
use super::invalid_value::listed;
use crate::document::DocumentKind;
use crate::finding::{Label, Problem};
use crate::fix::{Change, Fix, Safety};
use crate::tree::{Kind, Node};

impl<'d> Explainer<'d> {
    pub(super) fn wrong_type(&mut self, place: &PlaceInDocument<'d>) -> Option<Problem> {
        let node = place.node;
        let wanted = match place.schema.get("type")? {
            Value::Array(types) => types[0].as_str()?,
            one => one.as_str()?,
        };
        // Terraform reads quoted numbers and booleans as what they say.
        let is_terraform = self.kind == DocumentKind::ContainerDefinitions;
        let is_quoted = node.as_text().is_some_and(|text| read_scalar(text, wanted).is_some());
        // A list may hold null where a deployer drops it.
        if node.kind() == Kind::Null || (is_terraform && is_quoted) {
            return None;
        }
        // An empty string is how skeletons write what is not there.
        if node.as_text() == Some("") {
            return None;
        }
        self.forget.push(node.index());
        let wanted_type = named_type(wanted);
        let mut problem = Problem::new(
            format!("{} must be {wanted_type}, not {}", place.subject(self.kind), named_kind(node)),
            Label::new(node.place(), format!("this is {}", named_kind(node))),
        );
        if let Some(says) = type_reply(&place.path(), node, wanted) {
            problem = problem.aws_says(says);
        }
        if let Some(options) = place.schema.get("enum").and_then(Value::as_array) {
            let options: Vec<&Value> = options.iter().collect();
            return Some(problem.help(format!("write {}", listed(&options))));
        }
        let Some((value, safety)) = conversion(node, wanted, place) else {
            return Some(problem.help(format!("write {wanted_type}")));
        };
        let order = match wanted {
            "string" => format!("put it in quotation marks: `{value}`"),
            "array" if value.as_array().is_some_and(|items| items.iter().all(Value::is_object)) => {
                "write a list of objects".to_owned()
            }
            "array" => format!("write `{value}`"),
            _ => format!("write it without quotation marks: `{value}`"),
        };
        // A safe fix says by itself what to do.
        let problem = if safety == Safety::Safe { problem } else { problem.help(order.as_str()) };
        Some(problem.fix(Fix::new(safety, order, &[Change::Replace(node, value)])))
    }
}

fn named_type(wanted: &str) -> &'static str {
    match wanted {
        "string" => "a string",
        "integer" => "a whole number",
        "number" => "a number",
        "boolean" => "`true` or `false`",
        "array" => "a list",
        _ => "an object",
    }
}

fn named_kind(node: Node) -> &'static str {
    match node.kind() {
        Kind::Null => "null",
        Kind::Bool => "a boolean",
        Kind::Number if node.as_integer().is_none() => "a decimal number",
        Kind::Number => "a number",
        Kind::Text => "a string",
        Kind::List => "a list",
        Kind::Object | Kind::Unknown => "an object",
    }
}

/// What the AWS CLI and boto3 answer to a scalar of the wrong type.
fn type_reply(path: &str, node: Node, wanted: &str) -> Option<String> {
    let python = |node: Node| match node.kind() {
        Kind::Text => Some(("str", node.text().to_owned())),
        Kind::Bool => Some(("bool", if node.as_bool()? { "True" } else { "False" }.to_owned())),
        Kind::Number if node.as_integer().is_some() => Some(("int", node.text().to_owned())),
        Kind::Number => Some(("float", node.text().to_owned())),
        _ => None,
    };
    let (given, value) = python(node)?;
    let wanted = match wanted {
        "string" => "<class 'str'>",
        "integer" => "<class 'int'>",
        "boolean" => "<class 'bool'>",
        "object" => "<class 'dict'>",
        "array" => "<class 'list'>, <class 'tuple'>",
        _ => return None,
    };
    let value = if value.len() > 60 { "…".to_owned() } else { value };
    Some(format!(
        "Invalid type for parameter {path}, value: {value}, type: <class '{given}'>, valid types: {wanted}"
    ))
}

/// A value of the wanted type that says the same, and how sure that is.
fn conversion(node: Node, wanted: &str, place: &PlaceInDocument) -> Option<(Value, Safety)> {
    match (wanted, node.kind()) {
        // What a fraction becomes as a string, such as `0.5`, may be refused in its turn.
        ("string", Kind::Number) if node.as_integer().is_none() => {
            Some((written(node)?.into(), Safety::Shown))
        }
        ("string", Kind::Number | Kind::Bool) => Some((written(node)?.into(), Safety::Safe)),
        ("integer" | "number" | "boolean", Kind::Text) => {
            Some((read_scalar(node.text(), wanted)?, Safety::Safe))
        }
        ("integer", Kind::Number) => {
            let number = node.as_number().filter(|number| number.fract() == 0.0 && number.abs() < 1e15)?;
            Some((json!(number as i64), Safety::Safe))
        }
        ("array", Kind::Text) => Some(command(node.text(), place)),
        ("array", Kind::Object) if place.is_at("environment") => {
            // Docker Compose and Kubernetes write names and values as the members of an object.
            let pair =
                |(name, value): (Node, Node)| Some(json!({"name": name.text(), "value": written(value)?}));
            let pairs: Option<Vec<Value>> = node.members().map(pair).collect();
            Some((Value::Array(pairs?), Safety::Safe))
        }
        _ => None,
    }
}

/// A command written as one string. A single word is a list of one; where there are more,
/// somebody has to say whether a shell is wanted.
fn command(text: &str, place: &PlaceInDocument) -> (Value, Safety) {
    if let Ok(list) = serde_json::from_str::<Vec<String>>(text) {
        return (json!(list), Safety::Safe);
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let of_health_check = place.steps.iter().any(|step| *step == Step::Key("healthCheck".to_owned()));
    match words.as_slice() {
        [_] if !of_health_check => (json!(words), Safety::Safe),
        _ if of_health_check => (json!(["CMD-SHELL", text]), Safety::Shown),
        _ => (json!(words), Safety::Shown),
    }
}

/// A scalar as the file has it, without quotation marks.
fn written(node: Node<'_>) -> Option<&str> {
    match node.kind() {
        Kind::Text | Kind::Number | Kind::Bool => Some(node.shown()),
        _ => None,
    }
}

/// A string that holds exactly one number or boolean of the wanted type.
fn read_scalar(text: &str, wanted: &str) -> Option<Value> {
    let value: Value = serde_json::from_str(text).ok()?;
    // `1e3` and ` 7` say the same in another spelling; leave those to their author.
    let is_plain = value.to_string().as_str() == text;
    let fits = match wanted {
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        _ => false,
    };
    (is_plain && fits).then_some(value)
}
