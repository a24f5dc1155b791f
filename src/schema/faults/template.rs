//! The replies of CloudFormation, which judges the properties of a resource before the API sees them.

use super::super::place::{PlaceInDocument, Step};

/// The reply to a key that an object does not allow.
pub(super) fn extraneous(object: &PlaceInDocument, key: &str) -> String {
    format!("{}: extraneous key [{key}] is not permitted", pointer(object))
}

/// The reply to a key in the spelling of the API.
pub(super) fn respelled(object: &PlaceInDocument, key: &str) -> String {
    match object.steps.as_slice() {
        [] => format!("Encountered unsupported property {key}"),
        _ => extraneous(object, key),
    }
}

/// The reply to the lack of a key. CloudFormation leaves some to the API.
pub(super) fn required(object: &PlaceInDocument, key: &str) -> Option<String> {
    let name = || object.schema.name_in_cloudformation(key);
    let is_checked = !object.schema.is_unchecked(key);
    is_checked.then(|| format!("{}: required key [{}] not found", pointer(object), name()))
}

/// A place in the properties of the resource.
fn pointer(place: &PlaceInDocument) -> String {
    let mut pointer = "#".to_owned();
    for (step, container) in place.steps.iter().zip(&place.around) {
        match step {
            Step::Key(key) => pointer.extend(["/", &container.name_in_cloudformation(key)]),
            Step::Item(position) => pointer.push_str(&format!("/{position}")),
        }
    }
    pointer
}
