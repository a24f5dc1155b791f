//! Values that may be secrets, which no message repeats.

use super::super::judge::SchemaPart;
use super::super::place::{PlaceInDocument, Step};
use crate::source::{Cut, Place};
use crate::tree::Kind;

/// The fields that contain secrets, whether or not they should.
const SECRETIVE: &[&str] = &["environment", "secrets", "secretOptions", "properties"];
/// A shorter value is not likely to be a secret.
const SHORTEST: usize = 6;
/// The fields that contain a command, which may include a secret.
const COMMANDS: &[&str] = &["command", "entryPoint"];

/// Whether a value may be a secret, or contain one, so that no message repeats it: the value of a variable,
/// an option or a label, a command line, and a text in the place of any of them.
pub(super) fn may_be_secret(place: &PlaceInDocument) -> bool {
    is_secretive(place) || (is_scalar(place) && stands_in(place, COMMANDS))
}

/// The same, except command lines: values that a reader need not see to know what is wrong with them.
fn is_secretive(place: &PlaceInDocument) -> bool {
    let is_map = |schema: &SchemaPart| schema.values().is_some();
    let is_in_map = is_map(&place.schema) || place.around.last().is_some_and(is_map);
    is_scalar(place) && (is_in_map || stands_in(place, SECRETIVE))
}

fn is_scalar(place: &PlaceInDocument) -> bool {
    matches!(place.node.kind(), Kind::Text | Kind::Number)
}

fn stands_in(place: &PlaceInDocument, keys: &[&str]) -> bool {
    place.steps.iter().any(|step| matches!(step, Step::Key(key) if keys.contains(key)))
}

/// The part of a value that may be a secret: in `NAME=value`, what follows the sign.
pub(super) fn secret_part(place: &PlaceInDocument) -> Option<Place> {
    let node = place.node;
    let text = node.text();
    let from = if node.kind() == Kind::Text { text.find('=').map_or(0, |sign| sign + 1) } else { 0 };
    // A port or a switch is shown, unless its name says that it is a secret.
    let is_secret = is_secretive(place) && text.cut(from..).chars().count() >= SHORTEST;
    is_secret.then(|| node.part(from..text.len()))
}
