//! Recognizes a task definition without parsing it: one that nobody asked about matters only to the services
//! beside it, and often there are none.

use super::signs::TASK_DEFINITION_KEYS;
use crate::document::RESPONSE_ONLY_FIELDS;

/// Whether a text is certain to contain one task definition and nothing else. False if in doubt.
pub(crate) fn is_task_definition_alone(text: &str) -> bool {
    keys_of(text.as_bytes()).is_some_and(|keys| {
        let is_its_own = |key: &&[u8]| {
            let is = |own: &&str| own.as_bytes() == *key;
            ["family", "containerDefinitions", "cpu", "memory", "tags"].iter().any(is)
                || TASK_DEFINITION_KEYS.iter().chain(RESPONSE_ONLY_FIELDS).any(is)
        };
        keys.contains(&&b"containerDefinitions"[..]) && keys.iter().all(is_its_own)
    })
}

/// The keys of the one object that a text consists of; `None` if the text looks like anything else, such as a
/// template or a text with comments.
fn keys_of(text: &[u8]) -> Option<Vec<&[u8]>> {
    let mut keys = Vec::new();
    // What closes each list and object that is open.
    let mut closings: Vec<u8> = Vec::new();
    let mut may_be_key = false;
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        at += 1;
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => {}
            // Something before the object, or behind it.
            _ if closings.is_empty() && (*byte != b'{' || !keys.is_empty()) => return None,
            b'{' => closings.push(b'}'),
            b'[' => closings.push(b']'),
            b'}' | b']' => drop(closings.pop().filter(|closing| closing == byte)?),
            b'"' => {
                let start = at;
                at = end_of_string(text, at)?;
                if closings.len() == 1 && may_be_key {
                    keys.push(&text[start..at - 1]);
                }
            }
            b':' | b',' | b'-' | b'+' | b'.' | b'0'..=b'9' => {}
            b'a' | b'e' | b'E' | b'f' | b'l' | b'n' | b'r' | b's' | b't' | b'u' => {}
            _ => return None,
        }
        if closings.len() == 1 && !byte.is_ascii_whitespace() {
            may_be_key = matches!(byte, b'{' | b',');
        }
    }
    closings.is_empty().then_some(keys)
}

/// Where a string ends that begins at an offset, its quotation mark included.
fn end_of_string(text: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += text.get(at..)?.iter().position(|byte| matches!(byte, b'"' | b'\\' | b'\n'))?;
        match text[at] {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_certain_to_be_one_is_recognized() {
        for text in [
            r#"{"family": "web", "containerDefinitions": [{"name": "a\"}]", "cpu": 1.5e3, "essential": true}]}"#,
            "\n{\"containerDefinitions\":[], \"tags\": null, \"revision\": 3}\n",
        ] {
            assert!(is_task_definition_alone(text), "{text}");
        }
        for text in [
            "",
            "{}",
            r#"{"family": "web"}"#,
            r#"[{"containerDefinitions": []}]"#,
            r#"{"containerDefinitions": []} {"serviceName": "a"}"#,
            r#"{"containerDefinitions": [], "desiredCount": 1}"#,
            r#"{"taskDefinition": {"containerDefinitions": []}}"#,
            r#"{"containerDefinitions": []} // {"#,
            r#"{"containerDefinitions": [}]"#,
            r#"{"containerDefinitions": [], {{ more }}}"#,
            r#"{"containerDefinitions": [{"name": "a}]}"#,
            "{\"containerDefinitions\": [\"a\n\"]}",
            r#"{"family": "containerDefinitions"}"#,
        ] {
            assert!(!is_task_definition_alone(text), "{text}");
        }
    }
}
