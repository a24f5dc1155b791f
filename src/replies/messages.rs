//! What AWS says in the output of its describe calls.

use serde_json::{Map, Value};

/// The keys that AWS uses for the reason of an event.
const REASONS: [&str; 6] =
    ["stoppedReason", "reason", "message", "statusReason", "rolloutStateReason", "failureReason"];

/// The keys that name what a reason is about, the most specific first.
const NAMES: [&str; 4] = ["name", "serviceName", "taskArn", "serviceArn"];

/// A message from AWS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// What it is about: a task, a container, a service. `None` for a text by itself.
    pub about: Option<String>,
    /// The text.
    pub text: String,
}

/// The messages in a text: the reasons and events in the output of `describe-tasks`, `describe-services` and
/// the like, each once; or the text itself.
pub fn messages(text: &str) -> Vec<Message> {
    let mut found = Vec::new();
    match serde_json::from_str::<Value>(text) {
        Ok(value @ (Value::Object(_) | Value::Array(_))) => collect(&value, None, &mut found),
        Ok(Value::String(text)) => found.push(Message { about: None, text }),
        _ => found.push(Message { about: None, text: text.trim().to_owned() }),
    }
    found
}

fn collect(value: &Value, about: Option<&str>, found: &mut Vec<Message>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, about, found)),
        Value::Object(members) => {
            let own = name(members);
            let about = own.as_deref().or(about);
            for (key, value) in members {
                let key = key.as_str();
                match value {
                    Value::String(text) if is_reason(key) && !text.is_empty() => {
                        let about = about.map(|name| format!("{name}, {key}"));
                        if found.iter().all(|one| one.text != *text) {
                            found.push(Message {
                                about: about.or_else(|| Some(key.to_owned())),
                                text: text.clone(),
                            });
                        }
                    }
                    _ => collect(value, about, found),
                }
            }
        }
        _ => {}
    }
}

/// Whether a key is one of a reason, with a lower-case or an upper-case first letter.
fn is_reason(key: &str) -> bool {
    REASONS.iter().any(|reason| reason.eq_ignore_ascii_case(key))
}

/// What an object calls itself; for an ARN, its last part.
fn name(members: &Map<String, Value>) -> Option<String> {
    let text = NAMES.iter().find_map(|key| members.get(*key)?.as_str())?;
    let last = if text.starts_with("arn:") { text.rsplit('/').next() } else { Some(text) };
    last.map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_found_wherever_they_are() {
        let tasks = r#"{"tasks": [{"taskArn": "arn:aws:ecs:eu-west-1:1:task/prod/0af",
            "stoppedReason": "Essential container in task exited",
            "containers": [{"name": "app", "reason": "exec format error"}, {"name": "log", "reason": ""}]}]}"#;
        let message =
            |about: &str, text: &str| Message { about: Some(about.to_owned()), text: text.to_owned() };
        let expected = [
            message("0af, stoppedReason", "Essential container in task exited"),
            message("app, reason", "exec format error"),
        ];
        assert_eq!(messages(tasks), expected);
        let events = r#"{"services": [{"serviceName": "web", "events": [{"id": "1", "message": "a"}, {"message": "a"}]}]}"#;
        assert_eq!(messages(events), [message("web, message", "a")]);
        assert_eq!(messages(r#"{"family": "web"}"#), []);
    }

    #[test]
    fn a_text_is_one_message() {
        let message = Message { about: None, text: "Role is not valid".to_owned() };
        assert_eq!(messages("Role is not valid\n"), std::slice::from_ref(&message));
        assert_eq!(messages("\"Role is not valid\""), [message]);
    }
}
