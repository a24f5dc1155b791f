//! TOML with places: the only module that knows how it is parsed.

use std::ops::Range;

use toml_edit::{Document, Item, TableLike};

use crate::date::Date;
use crate::finding::{Label, Problem};
use crate::source::{Place, Source, Span};

/// A table.
#[derive(Debug)]
pub(super) struct Table {
    /// What to point at for the whole of it: its header, or its braces.
    pub at: Place,
    /// What it holds, in the order of the text.
    pub members: Vec<Member>,
}

/// A key with its value.
#[derive(Debug)]
pub(super) struct Member {
    /// The key.
    pub key: String,
    /// Where the key is.
    pub at: Place,
    /// The value.
    pub value: Value,
}

/// A value.
#[derive(Debug)]
pub(super) struct Value {
    /// Where it is.
    pub at: Place,
    /// What it is.
    pub kind: Kind,
}

/// What a value is.
#[derive(Debug)]
pub(super) enum Kind {
    /// A string.
    Text(String),
    /// `true` or `false`.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// A date without a time.
    Date(Date),
    /// An array, or an array of tables.
    List(Vec<Value>),
    /// A table.
    Table(Table),
    /// Something else, which no setting is.
    Other(&'static str),
}

impl Kind {
    /// What people call it.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Kind::Text(_) => "a string",
            Kind::Flag(_) => "a boolean",
            Kind::Number(_) => "a number",
            Kind::Date(_) => "a date",
            Kind::List(_) => "a list",
            Kind::Table(_) => "a table",
            Kind::Other(name) => name,
        }
    }
}

impl Table {
    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        Some(&self.members.iter().find(|member| member.key == key)?.value)
    }

    /// The string that a key is set to.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.text()
    }

    /// The strings of the list that a key is set to; none for anything else.
    pub(super) fn texts(&self, key: &str) -> impl Iterator<Item = &str> {
        self.list(key).iter().filter_map(Value::text)
    }

    /// The items of the list that a key is set to; none for anything else.
    pub(super) fn list(&self, key: &str) -> &[Value] {
        self.get(key).map_or(&[], Value::list)
    }

    /// The tables of the list that a key is set to.
    pub(super) fn tables(&self, key: &str) -> impl Iterator<Item = &Table> {
        self.list(key).iter().filter_map(Value::table)
    }
}

impl Value {
    /// A string.
    pub(super) fn text(&self) -> Option<&str> {
        if let Kind::Text(text) = &self.kind { Some(text) } else { None }
    }

    /// The items of a list; none of anything else.
    pub(super) fn list(&self) -> &[Value] {
        if let Kind::List(items) = &self.kind { items } else { &[] }
    }

    /// A table.
    pub(super) fn table(&self) -> Option<&Table> {
        if let Kind::Table(table) = &self.kind { Some(table) } else { None }
    }
}

/// A string as TOML writes it.
pub(super) fn string(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}

/// Reads a text.
///
/// # Errors
///
/// Its first fault of syntax.
pub(super) fn read(source: &Source) -> Result<Table, Box<Problem>> {
    let document = Document::parse(source.text.as_str()).map_err(|error| {
        let at = place(source, error.span()).unwrap_or_else(|| source.place(Span::empty(0)));
        Box::new(Problem::new(format!("invalid TOML: {}", error.message()), Label::new(at, "")))
    })?;
    let top = source.place(Span::empty(0));
    Ok(table(source, document.as_table(), top))
}

fn place(source: &Source, range: Option<Range<usize>>) -> Option<Place> {
    range.map(|range| source.place(Span::of(range)))
}

/// A table; `around` is where to point if it has no place of its own, as behind dotted keys.
fn table(source: &Source, from: &dyn TableLike, at: Place) -> Table {
    let mut members: Vec<Member> = from
        .iter()
        .filter_map(|(key, item)| {
            let key_at = place(source, from.key(key)?.span()).unwrap_or(at);
            Some(Member { key: key.to_owned(), at: key_at, value: value(source, item, key_at) })
        })
        .collect();
    members.sort_by_cached_key(|member| member.at);
    Table { at, members }
}

fn value(source: &Source, item: &Item, around: Place) -> Value {
    let at = place(source, item.span()).unwrap_or(around);
    let kind = match item {
        Item::None => Kind::Other("nothing"),
        Item::Table(own) => Kind::Table(table(source, own, at)),
        Item::ArrayOfTables(tables) => {
            let item = |one: &toml_edit::Table| {
                let at = place(source, one.span()).unwrap_or(at);
                Value { at, kind: Kind::Table(table(source, one, at)) }
            };
            Kind::List(tables.iter().map(item).collect())
        }
        Item::Value(own) => scalar(source, own, at),
    };
    Value { at, kind }
}

fn scalar(source: &Source, value: &toml_edit::Value, at: Place) -> Kind {
    match value {
        toml_edit::Value::String(text) => Kind::Text(text.value().clone()),
        toml_edit::Value::Boolean(flag) => Kind::Flag(*flag.value()),
        toml_edit::Value::Integer(number) => Kind::Number(*number.value()),
        toml_edit::Value::Float(_) => Kind::Other("a number with a fraction"),
        toml_edit::Value::Datetime(moment) => match (moment.value().date, moment.value().time) {
            (Some(date), None) => {
                Kind::Date(Date { year: i64::from(date.year), month: date.month, day: date.day })
            }
            _ => Kind::Other("a time"),
        },
        toml_edit::Value::Array(items) => {
            let item = |one: &toml_edit::Value| {
                let at = place(source, one.span()).unwrap_or(at);
                Value { at, kind: scalar(source, one, at) }
            };
            Kind::List(items.iter().map(item).collect())
        }
        toml_edit::Value::InlineTable(own) => Kind::Table(table(source, own, at)),
    }
}
