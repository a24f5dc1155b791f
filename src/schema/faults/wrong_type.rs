//! Values of another JSON type than the API requires.

use std::collections::BTreeMap;

use super::super::ShapeRule;
use super::super::judge::SchemaPart;
use super::super::place::{PlaceInDocument, Step};
use super::conversion::{Conversion, conversion, read_scalar};
use super::invalid_value::{listed, range};
use super::leftover_null::python_types;
use super::secretive::{may_be_secret, secret_part};
use super::{Explainer, is_empty_text, lowered};
use crate::document::DocumentKind;
use crate::finding::{Label, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::placeholder::{self, Wants};
use crate::tree::{Kind, Node};

/// What to do about a number in quotation marks that is filled in.
pub(crate) const UNQUOTE: &str = "remove the quotation marks around it";

/// More items of one list than this are counted, not shown.
const SHOWN: usize = 8;

impl<'d> Explainer<'d> {
    /// Reports values of the wrong type; the items of one list that are wrong in the same way are one
    /// mistake.
    pub(super) fn wrong_types(&mut self, places: Vec<PlaceInDocument<'d>>) {
        let mut slips: Vec<Vec<PlaceInDocument>> = Vec::new();
        let mut lists: BTreeMap<(u32, &str), usize> = BTreeMap::new();
        for place in places {
            if !self.is_wrong(&place) {
                continue;
            }
            self.forget.push(place.node.index());
            if self.is_left_to_terraform(&place) {
                continue;
            }
            let list = match place.steps.last() {
                Some(Step::Item(_)) => place.parent.map(Node::index),
                _ => None,
            };
            let cause = list.map(|list| (list, named_kind(place.node)));
            match cause.and_then(|cause| lists.get(&cause)) {
                Some(slip) => slips[*slip].push(place),
                None => {
                    lists.extend(cause.map(|cause| (cause, slips.len())));
                    slips.push(vec![place]);
                }
            }
        }
        for slip in slips {
            let problem = self.wrong_type(&slip);
            self.tell(ShapeRule::WrongType, problem);
        }
    }

    fn is_wrong(&self, place: &PlaceInDocument<'d>) -> bool {
        let is_quoted =
            || place.node.as_text().is_some_and(|text| read_scalar(text, place.schema.wanted()).is_some());
        // `null` is left to another rule; which tool reads a list of containers alone, and what it converts, is not
        // known, unless it is Terraform.
        let is_bare = self.kind == DocumentKind::ContainerDefinitions && !self.is_in_module();
        place.node.kind() != Kind::Null && !(is_bare && is_quoted()) && !stands_for_more(place)
    }

    fn wrong_type(&self, slip: &[PlaceInDocument<'d>]) -> Problem {
        let [place, others @ ..] = slip else { unreachable!("a mistake is made somewhere") };
        let node = place.node;
        if self.is_task_for_containers(place) {
            return task_for_containers(node);
        }
        let (wanted, given) = (named_type(place.schema), named_kind(node));
        let message = match (place.steps.iter().rev().nth(1), others.len()) {
            (Some(Step::Key(list)), 1..) => {
                let (count, wanted, given) = (slip.len(), plural(wanted), plural(given));
                format!("{count} entries of `{list}` must be {wanted}, not {given}")
            }
            (_, 0) if place.steps.is_empty() && self.is_in_module() => {
                format!("`container_definitions` must be {wanted}, not {given}")
            }
            _ => format!("{} must be {wanted}, not {given}", place.subject(self.kind)),
        };
        let text = if is_empty_text(place) {
            "this is an empty string".to_owned()
        } else {
            format!("this is {given}")
        };
        let mut problem = Problem::new(message, Label::new(node.place(), text));
        problem =
            problem.also_each(others.iter().take(SHOWN).map(|other| Label::new(other.node.place(), "")));
        let is_read_by_client =
            self.kind != DocumentKind::ContainerDefinitions && !self.is_in_template() && !self.is_in_module();
        let is_size = matches!(place.steps.as_slice(), [Step::Key("cpu" | "memory")]);
        let is_of_prefect = is_size && self.may_be_of_prefect();
        let is_number = |place: &PlaceInDocument| {
            let digits = place.node.as_text().filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
            digits.is_some_and(|digits| read_scalar(digits, place.schema.wanted()).is_some())
        };
        let is_converted = node.tree().may_convert && slip.iter().all(is_number);
        problem = problem
            .says_if(type_reply(place).filter(|_| is_read_by_client && !is_of_prefect && !is_converted));
        problem = problem.conceal(slip.iter().filter_map(secret_part));
        if is_of_prefect || is_converted {
            problem = lowered(problem, Severity::Warning);
        }
        // A tool may treat an empty string as unset.
        if is_empty_text(place) && !self.is_sent() && !self.is_in_module() {
            problem = lowered(problem, Severity::Warning);
        }
        if others.is_empty() && node.stays_text() {
            return problem.help(format!("{UNQUOTE}: what is filled in does not change its type"));
        }
        let conversions: Option<Vec<Conversion>> = slip.iter().map(conversion).collect();
        match conversions {
            Some(conversions) => with_fix(problem, conversions),
            None => problem.help(order(place.schema)),
        }
    }
}

/// A whole task definition in the place of a list of containers.
fn task_for_containers(task: Node) -> Problem {
    let label = Label::new(task.place(), "this is a whole task definition");
    Problem::new("`container_definitions` must be a list of containers, not a task definition", label)
        .help("use only the list of containers in it: everything else is an argument of the resource")
}

fn with_fix(problem: Problem, conversions: Vec<Conversion>) -> Problem {
    let (title, safety) = match conversions.as_slice() {
        [] => return problem,
        [one] => (one.title.clone(), one.safety),
        [first, others @ ..] => {
            let safety = others.iter().fold(first.safety, |most, one| most.max(one.safety));
            (first.title_of_many.to_owned(), safety)
        }
    };
    let changes: Vec<Change> = conversions.into_iter().flat_map(|one| one.changes).collect();
    let fix = Fix::new(safety, title, &changes);
    // A safe fix is clear without help, if it can be shown.
    let is_clear = safety == Safety::Safe && !fix.edits.is_empty();
    let problem = if is_clear { problem } else { problem.help(fix.title.as_str()) };
    problem.fix(fix)
}

/// What to use if no value can be derived from the document.
fn order(schema: SchemaPart) -> String {
    if let Some(options) = schema.says("enum") {
        return format!("use {}", listed(options.items().map(Node::text)));
    }
    match (sample(schema), schema.wanted()) {
        (Some(sample), "array") => format!("use a list, such as `[{sample}]`"),
        (Some(sample), _) => format!("use an object, such as `{sample}`"),
        (None, "integer" | "number") => {
            let bounds = match range(schema, "minimum", "maximum") {
                Some(bounds) if bounds.starts_with("between") => format!(" {bounds}"),
                Some(bounds) => format!(", {bounds}"),
                None => String::new(),
            };
            format!("use {}{bounds}", named_type(schema))
        }
        (None, _) => format!("use {}", named_type(schema)),
    }
}

/// The outline of an object for a schema, or for the items of its list.
fn sample(schema: SchemaPart) -> Option<String> {
    let object = schema.items().unwrap_or(schema);
    let member = |key: &str| format!("\"{key}\": …");
    let mut members: Vec<String> = object.required().map(member).collect();
    if members.is_empty() {
        members = vec![member(object.keys().next()?), "…".to_owned()];
    }
    Some(format!("{{{}}}", members.join(", ")))
}

fn named_type(schema: SchemaPart) -> &'static str {
    match schema.wanted() {
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

fn plural(name: &str) -> String {
    match name.split_once(' ') {
        Some(("a" | "an", noun)) => format!("{noun}s"),
        _ => name.to_owned(),
    }
}

/// The response of the AWS CLI and boto3 to a value of the wrong type.
fn type_reply(place: &PlaceInDocument) -> Option<String> {
    let node = place.node;
    let (given, value) = match node.kind() {
        Kind::Text => ("str", node.text().to_owned()),
        Kind::Bool => ("bool", if node.as_bool()? { "True" } else { "False" }.to_owned()),
        Kind::Number if node.as_integer().is_some() => ("int", node.text().to_owned()),
        Kind::Number => ("float", node.text().to_owned()),
        Kind::List if node.is_absent() => ("list", "[]".to_owned()),
        Kind::Object if node.is_absent() => ("dict", "{}".to_owned()),
        Kind::List => ("list", "…".to_owned()),
        Kind::Object => ("dict", "…".to_owned()),
        Kind::Null | Kind::Unknown => return None,
    };
    let value = if value.len() > 60 || may_be_secret(place) { "…".to_owned() } else { value };
    let (path, wanted) = (place.path(), python_types(place.schema)?);
    Some(format!(
        "Invalid type for parameter {path}, value: {value}, type: <class '{given}'>, valid types: {wanted}"
    ))
}

/// Whether a string is only a variable in the place of a list or an object: in a command, such a text is one
/// for the shell, but a whole command is filled in by a tool.
fn stands_for_more(place: &PlaceInDocument) -> bool {
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    // What Terraform fills in within quotation marks stays a text.
    let is_hole = |text: &str| {
        let text = text.trim();
        let found = placeholder::find(text, Wants::Reference).filter(|_| !place.node.stays_text());
        found.is_some_and(|found| found.range == (0..text.len()))
    };
    let is_variable = |text: &str| text.strip_prefix('$').is_some_and(is_name) || is_hole(text);
    matches!(place.schema.wanted(), "array" | "object") && place.node.as_text().is_some_and(is_variable)
}
