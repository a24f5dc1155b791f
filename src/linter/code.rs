//! Code in sentences, in the notation of the file that they are about.

use serde_json::Value;

use crate::edit::yaml_in_one_line;

/// Writes the JSON between the backquotes of a sentence as YAML. What is left out stays so: `…`.
pub(super) fn spell_in_yaml(sentence: &mut String) {
    if !sentence.contains("\":") {
        return;
    }
    let parts = sentence.split('`').enumerate();
    let parts: Vec<String> = parts
        .map(|(at, part)| match at % 2 == 1 && part.contains("\":") {
            true => members(part).unwrap_or_else(|| part.to_owned()),
            false => part.to_owned(),
        })
        .collect();
    *sentence = parts.join("`");
}

/// An object, or a member of one, as YAML.
fn members(json: &str) -> Option<String> {
    let is_whole = json.starts_with('{');
    let json = json.replace(": …", ": \"…\"");
    let object = if is_whole { json } else { format!("{{{json}}}") };
    let value: Value = serde_json::from_str(&object).ok()?;
    let yaml = yaml_in_one_line(&value).replace(": \"…\"", ": …");
    if is_whole { Some(yaml) } else { Some(yaml.strip_prefix('{')?.strip_suffix('}')?.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_in_sentences_becomes_yaml() {
        for (json, yaml) in [
            ("add `\"Cpu\": \"256\"` and `\"Memory\": \"512\"`", "add `Cpu: \"256\"` and `Memory: \"512\"`"),
            (
                "set `\"A\": {\"B\": {\"Enable\": true}, \"C\": [\"x-y\", 20]}`",
                "set `A: {B: {Enable: true}, C: [x-y, 20]}`",
            ),
            ("use `{\"Name\": \"a b\", \"Port\": …}`", "use `{Name: \"a b\", Port: …}`"),
            ("add `\"a-b\": \"c\"`, `\"d\": …`", "add `a-b: c`, `d: …`"),
            ("set `Cpu` to `\"256\"`", "set `Cpu` to `\"256\"`"),
            ("add \"a\": 1, `\"b\":` and `x", "add \"a\": 1, `\"b\":` and `x"),
        ] {
            let mut sentence = json.to_owned();
            spell_in_yaml(&mut sentence);
            assert_eq!(sentence, yaml);
        }
    }
}
