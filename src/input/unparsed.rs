//! What is certain of a text without parsing it.

use std::sync::LazyLock;

use aho_corasick::packed::Searcher;
use memchr::memmem;

use super::signs::SERVICE_WORDS;

/// A sign of a task definition that others rarely have.
const CONTAINERS: &[u8] = b"\"containerDefinitions\"";

/// How an escape begins that may stand for any letter of a key.
const ESCAPE: &str = "\\u00";

/// Finds the keys without one of which no service is recognized, and what may stand for a letter of one.
static SIGNS: LazyLock<Option<Searcher>> = LazyLock::new(|| {
    // A task definition has it too, so that a service is recognized by others beside it.
    let words = SERVICE_WORDS.iter().filter(|word| **word != "placementConstraints");
    let long = words.chain(&["forceNewDeployment", "externalId"]);
    // Their ends are found faster than words that begin like what is common: `eName"` and not `serviceName"`.
    let end = |word: &str| word.rfind(|c: char| c.is_ascii_uppercase()).map_or(1, |capital| capital - 1);
    let long = long.filter_map(|word| Some(format!("{}\"", word.get(end(word)..)?)));
    // Too many values end with these.
    let short = ["service", "Service", "services", "Services", "scale", "Scale"];
    let short = short.map(|word| format!("\"{word}\""));
    Searcher::new(long.chain(short).chain([ESCAPE.to_owned()]))
});

/// Whether the bytes of a file are certain to hold a task definition, and nothing that runs task definitions. False if
/// in doubt, as with anything before or after the one object of the file that may stand for more.
pub(crate) fn runs_nothing(file: &[u8]) -> bool {
    let is_one_object = || {
        let inner = file.trim_ascii().strip_prefix(b"{").and_then(|file| file.strip_suffix(b"}"));
        inner.is_some_and(|inner| matches!(inner, [b'\n' | b'\r', .., b'\n']))
    };
    is_one_object()
        && memmem::find(file, CONTAINERS).is_some()
        && SIGNS.as_ref().is_some_and(|signs| signs.find(file).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Cut;

    #[test]
    fn only_a_task_definition_runs_nothing() {
        let text = |members: &str| format!("\n{{\n  \"containerDefinitions\": [],\n  {members}\n}}\n");
        for members in ["\"cpu\": 256", "\"placementConstraints\": []", "\"family\": \"order-service\""] {
            assert!(runs_nothing(text(members).as_bytes()), "{members}");
        }
        for word in SERVICE_WORDS.iter().filter(|word| **word != "placementConstraints") {
            let capital = format!("{}{}", word.cut(..1).to_uppercase(), word.cut(1..));
            assert!(!runs_nothing(text(&format!("\"{word}\": 1")).as_bytes()), "{word}");
            assert!(!runs_nothing(text(&format!("\"{capital}\": 1")).as_bytes()), "{capital}");
        }
        for members in ["\"service\": \"web\"", "\"Services\": []", "\"launch\\u0054ype\": 1"] {
            assert!(!runs_nothing(text(members).as_bytes()), "{members}");
        }
        let task = text("\"cpu\": 256");
        for text in [
            String::new(),
            "{\n}".to_owned(),
            format!("[{task}]"),
            format!("{task}{{{{ service }}}}"),
            format!("{task}${{SERVICE}}"),
            format!("{{{{ service }}}}{task}"),
            task.replace("containerD", "taskD"),
        ] {
            assert!(!runs_nothing(text.as_bytes()), "{text}");
        }
    }
}
