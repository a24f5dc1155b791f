//! The outermost keys of a text, without parsing it: enough to tell that a text need not be parsed.

use memchr::memchr3;

/// What separates the tokens of JSON, except for what opens, closes and goes on to a next key, and what numbers
/// and words are made of.
const PASSES: [bool; 256] = {
    let mut passes = [false; 256];
    let bytes = b" \t\r\n:+-.0123456789Eaeflnrstu";
    let mut at = 0;
    while at < bytes.len() {
        passes[bytes[at] as usize] = true;
        at += 1;
    }
    passes
};

/// The keys of the one object that a text consists of, as they are written; `None` if the text looks like
/// anything else, such as a template or a text with comments.
pub(crate) fn outermost_keys(text: &str) -> Option<Vec<&str>> {
    let whole = text.trim_ascii();
    let text = whole.as_bytes();
    if !text.starts_with(b"{") {
        return None;
    }
    let mut keys = Vec::new();
    // What closes each list and object that is open.
    let mut closings: Vec<u8> = Vec::new();
    let mut may_be_key = false;
    let mut at = 0;
    loop {
        let byte = *text.get(at)?;
        at += 1;
        match byte {
            // Most of what separates tokens is indentation.
            b'\n' => at = end_of_spaces(text, at),
            b'"' => {
                let start = at;
                at = end_of_string(text, at)?;
                if closings.len() == 1 && std::mem::take(&mut may_be_key) {
                    keys.push(whole.get(start..at - 1)?);
                }
            }
            b',' => may_be_key = true,
            b'{' => {
                closings.push(b'}');
                may_be_key = true;
            }
            b'[' => closings.push(b']'),
            b'}' | b']' if closings.pop() == Some(byte) => {
                may_be_key = false;
                if closings.is_empty() {
                    return (at == text.len()).then_some(keys);
                }
            }
            _ if PASSES[usize::from(byte)] => {}
            _ => return None,
        }
    }
}

/// Where some spaces end. They are compared eight at a time.
fn end_of_spaces(text: &[u8], mut at: usize) -> usize {
    while let Some(eight) = text.get(at..).and_then(|rest| rest.first_chunk()) {
        let others = u64::from_ne_bytes(*eight) ^ u64::from_ne_bytes(*b"        ");
        if others != 0 {
            return at + u64::from_le(others).trailing_zeros() as usize / 8;
        }
        at += eight.len();
    }
    at
}

/// Where a string ends that begins at an offset, its quotation mark included.
fn end_of_string(text: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += memchr3(b'"', b'\\', b'\n', text.get(at..)?)?;
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
    fn the_keys_of_one_object_are_found() {
        let text = r#" {"a": [{"b": "}]\\\"", "c": 1.5e3}], "d":null , "e": {"f": {}}} "#;
        assert_eq!(outermost_keys(text), Some(vec!["a", "d", "e"]));
        assert_eq!(outermost_keys("{}"), Some(vec![]));
        for length in 0..20 {
            let (value, spaces) = ("é\\n\\\"".repeat(length), " ".repeat(length));
            let text =
                format!("{{\n{spaces}\"{value}\": \"{value}\",\n{spaces}\"b\":\t[1,\r\n{spaces}2]{spaces}}}");
            assert_eq!(outermost_keys(&text), Some(vec![value.as_str(), "b"]), "{text}");
        }
        for text in [
            "",
            "[]",
            "1",
            "{",
            r#"{"a": [}"#,
            r#"{"a": 1} {"b": 2}"#,
            r#"1 {"a": 1}"#,
            r#"{"a": 1} 1"#,
            r#"{"a": 1} // {"#,
            r#"{"a": 1, {{ more }}}"#,
            r#"{"a": "b}"#,
            "{\"a\": \"b\n\"}",
            "{'a': 1}",
        ] {
            assert_eq!(outermost_keys(text), None, "{text}");
        }
    }
}
