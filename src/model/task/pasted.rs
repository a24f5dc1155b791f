//! Lists of words written as a single string: JSON in JSON, or words separated by commas.

use crate::model::field::Known;

/// The words of a list that is written as a single string, in JSON or Python notation. A list with only one
/// word is not certain, because a shell may read it as a test.
pub(crate) fn pasted_list(text: &str) -> Option<Vec<String>> {
    let text = text.trim();
    if !text.starts_with('[') || !text.ends_with(']') {
        return None;
    }
    let read = |text: &str| serde_json::from_str::<Vec<String>>(text).ok().filter(|words| !words.is_empty());
    read(text).or_else(|| read(&text.replace('\'', "\"")))
}

/// The words of a list that was split at its commas, with its brackets left in the first and the last string:
/// `["[\"npm\"", "\"start\"]"]`.
pub(crate) fn scattered_list(words: &[Known<&str>]) -> Option<Vec<String>> {
    let (first, last) = (words.first()?, words.last()?);
    // A single `[` is a program.
    if words.len() < 2 || !first.starts_with('[') || first.trim().len() < 2 || !last.ends_with(']') {
        return None;
    }
    let joined = words.iter().map(|word| word.value()).collect::<Vec<&str>>().join(",");
    pasted_list(&joined).or_else(|| {
        let inner = |word: &str| word.trim().trim_matches(['[', ']']).trim().to_owned();
        let bare: Vec<String> = words.iter().map(|word| inner(word)).collect();
        bare.iter().all(|word| !word.is_empty() && !word.contains('"')).then_some(bare)
    })
}

/// The words of a string with commas between them, as the console once required: `sh,-c`. Only a string that
/// begins with the name of a program that runs others is certainly such a list.
pub(crate) fn comma_list(text: &str) -> Option<Vec<String>> {
    let (first, rest) = text.split_once(',')?;
    let name = first.rsplit('/').next().unwrap_or(first);
    let is_list = (is_program(name) || matches!(name, "CMD" | "CMD-SHELL")) && !rest.trim().is_empty();
    is_list.then(|| match name {
        // What follows is read by a shell, including the commas.
        "CMD-SHELL" => vec![first.to_owned(), rest.trim().to_owned()],
        _ => text.split(',').map(|word| word.trim().to_owned()).collect(),
    })
}

/// Whether a word is the name of a program that runs others, or one that containers are typically started
/// with.
pub(crate) fn is_program(word: &str) -> bool {
    const PROGRAMS: [&str; 22] = [
        "ash", "bash", "bundle", "celery", "dash", "dotnet", "go", "gunicorn", "java", "node", "npm", "npx",
        "perl", "php", "pnpm", "python", "python3", "ruby", "sh", "uvicorn", "yarn", "zsh",
    ];
    PROGRAMS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_in_a_string_are_read() {
        let joined = |words: Option<Vec<String>>| words.map(|words| words.join("|"));
        for text in ["[\"sh\",\"-c\"]", " [ 'sh', '-c' ] ", "[\"sh\", \"-c\"]"] {
            assert_eq!(joined(pasted_list(text)).as_deref(), Some("sh|-c"), "{text}");
        }
        for text in ["[ -f /tmp/ok ]", "[ \"$A\" = \"b\" ]", "[]", "[1]", "npm start", "[", "[a]"] {
            assert_eq!(pasted_list(text), None, "{text}");
        }
        assert_eq!(joined(comma_list("sh,-c")).as_deref(), Some("sh|-c"));
        assert_eq!(joined(comma_list("CMD-SHELL, curl -f a,b")).as_deref(), Some("CMD-SHELL|curl -f a,b"));
        for text in ["a,b", "--hosts=a,b", "sh", "node,"] {
            assert_eq!(comma_list(text), None, "{text}");
        }
    }
}
