//! `ecs-lint schema`: the JSON Schema of a kind of document, or of settings files.

use super::arguments::SchemaArguments;
use super::status::Status;
use super::terminal;
use crate::rules::Registry;
use crate::schema::{TEXTS, editor_schema, editor_schema_of_all};
use crate::settings::json_schema;
use crate::spelling::nearest;

/// The name of the schema of settings files.
const SETTINGS: &str = "settings";

/// Where the schema of settings files can be read, as it is at a branch or a tag.
pub(super) fn settings_url(at: &str) -> String {
    format!("{}/raw/{at}/schemas/ecs-lint-settings.json", env!("CARGO_PKG_REPOSITORY"))
}

/// Prints a schema.
pub(super) fn run(arguments: &SchemaArguments) -> Status {
    let Some(kind) = arguments.kind.as_deref() else {
        return terminal::print(&format!("{:#}\n", editor_schema_of_all()));
    };
    let kind = kind.to_ascii_lowercase().replace('_', "-");
    if kind == SETTINGS {
        return terminal::print(&format!("{:#}\n", json_schema(&Registry::default(), &settings_url("main"))));
    }
    let text = match arguments.editor {
        true => editor_schema(&kind).map(|schema| format!("{schema:#}\n")),
        false => TEXTS.iter().find(|(name, _)| *name == kind).map(|(_, text)| pretty(text)),
    };
    match text {
        Some(text) => terminal::print(&text),
        None => {
            let names = || TEXTS.iter().map(|(name, _)| *name).chain([SETTINGS]);
            let near = nearest(&kind, names());
            let hint = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
            let all = names().collect::<Vec<_>>().join(", ");
            terminal::fail(&format!("there is no schema `{kind}`{hint}; the schemas are {all}"))
        }
    }
}

/// A schema with a layout that people can read.
fn pretty(text: &str) -> String {
    let schema: serde_json::Value = serde_json::from_str(text).expect("the schemas are JSON");
    format!("{schema:#}\n")
}
