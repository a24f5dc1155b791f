//! JSON with a list whose items are made one after the other while it is written: all findings of a run at once would
//! take ten times the memory of the text.

use std::cell::RefCell;

use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use crate::visible::escaped;

/// A value that is written once.
pub(super) enum Json<'r> {
    /// A value.
    Whole(Value),
    /// An object.
    Object(Vec<(&'static str, Json<'r>)>),
    /// A list of a few.
    List(Vec<Json<'r>>),
    /// A list of many.
    Stream(RefCell<Box<dyn Iterator<Item = Value> + 'r>>),
}

impl<'r> Json<'r> {
    /// A list of many values.
    pub(super) fn stream(values: impl Iterator<Item = Value> + 'r) -> Json<'r> {
        Json::Stream(RefCell::new(Box::new(values)))
    }

    /// The text, indented, with a line end.
    pub(super) fn written(self) -> String {
        let text = serde_json::to_string_pretty(&self).expect("its keys are texts");
        escaped(text + "\n")
    }
}

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Json::Whole(value) => value.serialize(serializer),
            Json::Object(members) => serializer.collect_map(members.iter().map(|(key, value)| (key, value))),
            Json::List(items) => serializer.collect_seq(items),
            Json::Stream(values) => serializer.collect_seq(values.borrow_mut().by_ref()),
        }
    }
}
