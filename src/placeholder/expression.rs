//! Holes with an expression that has quotation marks and brackets of its own.

use super::hole::beginning;

/// A longer text, in bytes, is not an expression.
const LONGEST: usize = 4096;

/// No expression that people write is nested more deeply.
const DEEPEST: usize = 16;

/// The length in bytes of the hole at the start of a text, up to the sign that closes it:
/// `${lookup(tags, "name")}`, `%{ if stage == "test" }`, `<%= ENV["STAGE"] %>`, `{{ tags["name"] }}`, `{% if stage == "test" %}`.
pub(crate) fn expression(text: &str) -> Option<usize> {
    let text = beginning(text, LONGEST);
    let until = |sign: &str| Some(text.find(sign)? + sign.len());
    match text.as_bytes().first_chunk()? {
        b"${" | b"%{" => interpolation(text.as_bytes()),
        b"<%" => until("%>"),
        b"{{" if text.starts_with("{{{") => until("}}}").or(until("}}")),
        b"{{" => until("}}"),
        b"{%" => until("%}"),
        _ => None,
    }
}

/// The length of an expression of HCL with the braces around it. Its strings may contain such expressions too.
fn interpolation(text: &[u8]) -> Option<usize> {
    // What closes each bracket and string that is open.
    let mut closings = vec![b'}'];
    let mut at = 2;
    loop {
        let closing = *closings.last()?;
        let byte = *text.get(at)?;
        at += 1;
        match byte {
            _ if byte == closing => {
                closings.pop();
                if closings.is_empty() {
                    return Some(at);
                }
            }
            b'$' | b'%' if closing == b'"' && text.get(at) == Some(&b'{') => {
                at += 1;
                closings.push(b'}');
            }
            b'\\' if closing == b'"' => at += 1,
            // Nothing in this text is a string, since its quotation marks are escaped.
            b'\\' => return None,
            b'\n' if closing == b'"' => return None,
            _ if closing == b'"' => {}
            b'"' => closings.push(b'"'),
            b'{' => closings.push(b'}'),
            b'(' => closings.push(b')'),
            b'[' => closings.push(b']'),
            b'}' | b')' | b']' => return None,
            _ => {}
        }
        if closings.len() > DEEPEST {
            return None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_ends_where_its_hole_does() {
        for hole in [
            r#"${lookup(tags, "name")}"#,
            r#"${tags["name"]}"#,
            r#"${a == "}" ? "${b["c"]}-%{ if d }e%{ endif }" : "f"}"#,
            r#"${jsonencode([for k, v in env : { name = k, value = v }])}"#,
            "${jsonencode(concat(a, [\n  { b = \"\\\"}\" }\n]))}",
            r#"%{ if stage == "test" }"#,
            r#"<%= ENV["STAGE"] %>"#,
            r#"{{ tags["name"] }}"#,
            "{{{ cpu }}}",
        ] {
            assert_eq!(expression(&format!("{hole}}}\"")), Some(hole.len()), "{hole}");
        }
        for text in ["", "$", "${", "${a", "${(}", r#"${a ? \"b\" : "c"}"#, "${\"a\n\"}", "<% a", "{a}", "$a"]
        {
            assert_eq!(expression(text), None, "{text}");
        }
        assert_eq!(expression(&"${\"".repeat(1000)), None);
        assert_eq!(expression(&format!("${{{}}}", "é".repeat(LONGEST))), None);
    }
}
