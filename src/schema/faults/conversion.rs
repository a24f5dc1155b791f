//! The content of a value of the wrong type, converted to the right type.

use serde_json::{Map, Value, json};

use super::super::place::{PlaceInDocument, Step};
use super::is_empty_text;
use super::secretive::may_be_secret;
use crate::fix::{Change, Safety};
use crate::tree::{Kind, Node};

/// A change that gives a value the type that it should have.
pub(super) struct Conversion<'d> {
    pub changes: Vec<Change<'d>>,
    /// What it does, as an instruction.
    pub title: String,
    /// What several of them do.
    pub title_of_many: &'static str,
    pub safety: Safety,
}

/// Lists of pairs, which other tools write as objects or as strings: the list, and the names of the two
/// fields.
const PAIRS: &[(&str, [&str; 2])] = &[
    ("environment", ["name", "value"]),
    ("secrets", ["name", "valueFrom"]),
    ("secretOptions", ["name", "valueFrom"]),
    ("properties", ["name", "value"]),
    ("systemControls", ["namespace", "value"]),
    ("extraHosts", ["hostname", "ipAddress"]),
    ("tags", ["key", "value"]),
    ("Dimensions", ["Name", "Value"]),
];

/// Lists of objects, which other tools write as lists of names: the list, the field that contains the name,
/// and whether the object needs nothing else.
const NAMES: &[(&str, &str, bool)] = &[
    ("volumes", "name", true),
    ("portMappings", "containerPort", true),
    ("capacityProviderStrategy", "capacityProvider", false),
    ("serviceRegistries", "registryArn", true),
    ("volumesFrom", "sourceContainer", true),
];

/// A value of the right type with the same content. `None` if it would be a fault itself.
pub(super) fn conversion<'d>(place: &PlaceInDocument<'d>) -> Option<Conversion<'d>> {
    let node = place.node;
    match (place.schema.wanted(), node.kind()) {
        // Skeletons use an empty string for what is not set.
        (_, Kind::Text) if is_empty_text(place) => deletion(place),
        ("string", Kind::Number | Kind::Bool) => quoted(place),
        ("integer" | "number" | "boolean", Kind::Text) => {
            let value = read_scalar(node.text(), place.schema.wanted())?;
            let title = format!("remove the quotation marks: `{value}`");
            replaced(place, value, title, Safety::Safe)
        }
        ("integer", Kind::Number) => {
            let number = node.as_number().filter(|number| number.fract() == 0.0 && number.abs() < 1e15)?;
            let value = json!(number as i64);
            let title = format!("use `{value}`");
            replaced(place, value, title, Safety::Safe)
        }
        ("array", Kind::Text) => list_of_text(place),
        ("array", Kind::Object) if place.meant().is_some_and(|item| is_one_item(&item)) => {
            Some(bracketed(node))
        }
        ("array", Kind::Object) => {
            let [name, value] = pair_of(place)?;
            let pair = |(key, own): (Node, Node)| Some(json!({name: key.text(), value: written(own)?}));
            let pairs: Option<Vec<Value>> = node.members().map(pair).collect();
            replaced(place, Value::Array(pairs?), "use a list of objects".to_owned(), Safety::Safe)
        }
        ("object", Kind::List) if place.meant().is_some() => Some(unbracketed(node)),
        ("object", Kind::List) => map_of_list(place),
        ("object", Kind::Text | Kind::Number) => item_of_scalar(place),
        _ => None,
    }
}

/// The conversion into a value, if the schema accepts it.
fn replaced<'d>(
    place: &PlaceInDocument<'d>,
    value: Value,
    title: String,
    safety: Safety,
) -> Option<Conversion<'d>> {
    let title_of_many = match place.schema.wanted() {
        "object" => "use objects",
        "array" => "use lists",
        _ => "remove the quotation marks",
    };
    let is_fit = place.schema.fits(&value);
    let changes = || vec![Change::Replace(place.node, value)];
    is_fit.then(|| Conversion { changes: changes(), title, title_of_many, safety })
}

fn deletion<'d>(place: &PlaceInDocument<'d>) -> Option<Conversion<'d>> {
    let title = match place.steps.last()? {
        Step::Key(_) if place.is_demanded() => return None,
        Step::Key(key) => format!("delete `{key}`"),
        Step::Item(_) => "delete the entry".to_owned(),
    };
    let changes = vec![Change::Remove(place.node)];
    Some(Conversion { changes, title, title_of_many: "delete the entries", safety: Safety::Safe })
}

/// A number or a boolean as a string. Its text stays, so that a possible secret is not repeated.
fn quoted<'d>(place: &PlaceInDocument<'d>) -> Option<Conversion<'d>> {
    let node = place.node;
    let text = written(node)?;
    if !place.schema.fits(&json!(text)) {
        return None;
    }
    // A fraction such as `0.5` may also be rejected as a string.
    let is_fraction = node.kind() == Kind::Number && node.as_integer().is_none();
    let safety = if is_fraction { Safety::Shown } else { Safety::Safe };
    let title = if may_be_secret(place) {
        "put it in quotation marks".to_owned()
    } else {
        format!("put it in quotation marks: `\"{text}\"`")
    };
    let changes = vec![Change::Quote(node)];
    Some(Conversion { changes, title, title_of_many: "put them in quotation marks", safety })
}

fn bracketed(node: Node<'_>) -> Conversion<'_> {
    let title = "put it in a list: `[{…}]`".to_owned();
    let title_of_many = "put each of them in a list";
    Conversion { changes: vec![Change::PutInList(node)], title, title_of_many, safety: Safety::Safe }
}

/// The only item of a list, without the list.
fn unbracketed(list: Node<'_>) -> Conversion<'_> {
    let changes = vec![Change::TakeOutOfList(list)];
    let title = "take it out of the list".to_owned();
    Conversion { changes, title, title_of_many: "take them out of their lists", safety: Safety::Safe }
}

/// Whether an object is one item of a list of pairs, rather than a map whose keys happen to be the names of
/// the fields.
fn is_one_item(item: &PlaceInDocument) -> bool {
    pair_of(item).is_none_or(|fields| fields.iter().all(|field| item.node.get(field).is_some()))
}

/// The fields of the pairs in a list, or of the list that an item belongs in.
fn pair_of(place: &PlaceInDocument) -> Option<[&'static str; 2]> {
    let list = place.steps.iter().rev().find_map(|step| match step {
        Step::Key(key) => Some(*key),
        Step::Item(_) => None,
    })?;
    PAIRS.iter().find(|(name, _)| *name == list).map(|(_, fields)| *fields)
}

/// A string in the place of a list. Only a list of strings can be made of it.
fn list_of_text<'d>(place: &PlaceInDocument<'d>) -> Option<Conversion<'d>> {
    let text = place.node.text();
    if place.schema.items()?.wanted() != "string" {
        return None;
    }
    if let Ok(list) = serde_json::from_str::<Vec<String>>(text) {
        return replaced(place, json!(list), "convert it to a list".to_owned(), Safety::Safe);
    }
    let of_health_check = place.steps.contains(&Step::Key("healthCheck"));
    if of_health_check {
        let title = "use a list: `CMD-SHELL` and the command".to_owned();
        return replaced(place, json!(["CMD-SHELL", text]), title, Safety::Shown);
    }
    let is_command = place.is_at("command") || place.is_at("entryPoint");
    let is_between = |c: char| c.is_whitespace() || (c == ',' && !is_command);
    let words: Vec<&str> = text.split(is_between).filter(|word| !word.is_empty()).collect();
    match words.as_slice() {
        [_] => replaced(place, json!(words), "put it in a list".to_owned(), Safety::Safe),
        // If there are several words, the user must decide whether a shell should run them.
        _ => replaced(place, json!(words), "split it into a list of words".to_owned(), Safety::Shown),
    }
}

/// A list in the place of a map from names to strings: pairs as objects, or as `name=value`.
fn map_of_list<'d>(place: &PlaceInDocument<'d>) -> Option<Conversion<'d>> {
    place.schema.values()?;
    let mut map = Map::new();
    for item in place.node.items() {
        let (name, value) = match item.kind() {
            Kind::Text => item.text().split_once('=')?,
            _ => {
                let field = |names: [&str; 2]| names.iter().find_map(|name| item.get(name)).and_then(written);
                (field(["name", "key"])?, field(["value", "Value"])?)
            }
        };
        // If a name has two values, the user must choose.
        if map.insert(name.to_owned(), value.into()).is_some() {
            return None;
        }
    }
    let title = "use an object of names and values".to_owned();
    replaced(place, Value::Object(map), title, Safety::Safe)
}

/// A string or a number in a list of objects: it becomes the one field of the object.
fn item_of_scalar<'d>(place: &PlaceInDocument<'d>) -> Option<Conversion<'d>> {
    let [.., Step::Key(list), Step::Item(_)] = place.steps.as_slice() else { return None };
    let node = place.node;
    if let Some([name, value]) = pair_of(place) {
        let (key, own) = node.as_text()?.split_once('=')?;
        let title = format!("use `{{\"{name}\": …, \"{value}\": …}}`");
        return replaced(place, json!({name: key, value: own}), title, Safety::Safe);
    }
    let (_, field, is_all) = NAMES.iter().find(|(name, ..)| name == list)?;
    let value = match node.kind() {
        Kind::Text if place.schema.member(field)?.wanted() == "integer" => {
            read_scalar(node.text(), "integer")?
        }
        Kind::Text => json!(node.text()),
        _ => json!(node.as_integer()?),
    };
    let safety = if *is_all { Safety::Safe } else { Safety::Shown };
    replaced(place, json!({*field: value}), format!("use `{{\"{field}\": …}}`"), safety)
}

/// A scalar as in the file, without quotation marks.
fn written(node: Node<'_>) -> Option<&str> {
    match node.kind() {
        Kind::Text | Kind::Number | Kind::Bool => Some(node.shown()),
        _ => None,
    }
}

/// A string that contains exactly one number or boolean of the expected type.
pub(super) fn read_scalar(text: &str, wanted: &str) -> Option<Value> {
    let value: Value = serde_json::from_str(text).ok()?;
    // `1e3` and ` 7` are other spellings of the same value; they are left to their author.
    let is_plain = value.to_string().as_str() == text;
    let fits = match wanted {
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        _ => false,
    };
    (is_plain && fits).then_some(value)
}
