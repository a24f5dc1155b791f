//! `ecs-lint schema`: the JSON Schema of a kind of document.

use super::arguments::SchemaArguments;
use super::status::Status;
use super::terminal;
use crate::schema::TEXTS;
use crate::spelling::nearest;

/// Prints a schema.
pub(super) fn run(arguments: &SchemaArguments) -> Status {
    let kind = arguments.kind.as_str();
    let names = || TEXTS.iter().map(|(name, _)| *name);
    match TEXTS.iter().find(|(name, _)| *name == kind) {
        Some((_, text)) => terminal::print(text),
        None => {
            let near = nearest(kind, names());
            let hint = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
            let all = names().collect::<Vec<_>>().join(", ");
            terminal::fail(&format!("there is no schema `{kind}`{hint}; the schemas are {all}"))
        }
    }
}
