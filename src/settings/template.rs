//! A settings file to begin with: everything is there, and nothing is set.

use super::keys::{Key, Kind, SETTINGS};

/// The text of a settings file in which every key is explained and commented out. `schema` is where
/// its JSON Schema can be read.
pub fn template(schema: &str) -> String {
    let mut text = format!(
        "#:schema {schema}\n\n# Settings of ecs-lint. `ecs-lint config` shows what is in force, and `ecs-lint rules` lists\n# all rules. Delete the `# ` in front of what you want to set.\n"
    );
    for key in SETTINGS {
        match key.kind {
            Kind::Tables(keys) => {
                text.push_str(&format!("\n# {}.\n# [[{}]]\n", key.about, key.name));
                keys.iter().for_each(|key| add(key, &mut text));
            }
            Kind::PerRule => {
                text.push_str(&format!(
                    "\n# {}.\n# [rules.untrusted-registry]\n# severity = \"error\"\n# registries = [\"111122223333.dkr.ecr.*.amazonaws.com\"]\n",
                    key.about
                ));
            }
            _ => {
                text.push_str(&format!("\n# {}.\n# {} = {}\n", key.about, key.name, key.example));
            }
        }
    }
    text
}

/// A key of an entry, with what it means behind its value.
fn add(key: &Key, text: &mut String) {
    let set = format!("{} = {}", key.name, key.example);
    let needed = if key.is_required { " (required)" } else { "" };
    text.push_str(&format!("# {set:<48} # {}{needed}\n", key.about));
}
