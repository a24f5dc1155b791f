//! What Terraform 0.11 accepts and its successors do not, written as they accept it.

use super::scanner::signs;

/// What a brace or a bracket contains.
#[derive(Clone, Copy)]
enum Inside {
    /// Attributes and blocks.
    Body,
    /// The members of an object that is the value of an attribute, behind an equals sign.
    Object {
        /// Where the equals sign is.
        equals: usize,
    },
    /// Anything else.
    Expression,
}

/// The same text without what only Terraform 0.11 accepts: a block with an equals sign and with other blocks in it, and
/// a comma behind an attribute. `None` if there is nothing of this kind. Nothing moves: each place is the same.
pub(super) fn modernised(text: &str) -> Option<String> {
    let mut changed: Vec<(usize, u8)> = Vec::new();
    let mut around: Vec<Inside> = Vec::new();
    // The commas of each object, in case it is a block.
    let mut commas: Vec<Vec<usize>> = Vec::new();
    let mut last = (0, b'\n');
    for (at, sign) in signs(text) {
        match sign {
            b'{' => {
                let is_named = last.1.is_ascii_alphanumeric() || matches!(last.1, b'_' | b'-' | b'"');
                let inside = match around.last().copied() {
                    None | Some(Inside::Body) if is_named => Inside::Body,
                    Some(Inside::Object { .. }) if is_named => {
                        // A block within is what tells a block from an object.
                        let first = around.iter().rposition(|one| matches!(one, Inside::Body));
                        let first = first.map_or(0, |at| at + 1);
                        let are_blocks =
                            || around.iter().skip(first).all(|one| matches!(one, Inside::Object { .. }));
                        if are_blocks() {
                            for (one, commas) in around.iter_mut().zip(&mut commas).skip(first) {
                                if let Inside::Object { equals } = one {
                                    changed.push((*equals, b' '));
                                }
                                *one = Inside::Body;
                                changed.extend(commas.drain(..).map(|at| (at, b'\n')));
                            }
                            Inside::Body
                        } else {
                            Inside::Expression
                        }
                    }
                    None | Some(Inside::Body | Inside::Object { .. }) if last.1 == b'=' => {
                        Inside::Object { equals: last.0 }
                    }
                    _ => Inside::Expression,
                };
                around.push(inside);
                commas.push(Vec::new());
            }
            b'(' | b'[' => {
                around.push(Inside::Expression);
                commas.push(Vec::new());
            }
            b'}' | b')' | b']' => {
                around.pop();
                commas.pop();
            }
            b',' => match (around.last(), commas.last_mut()) {
                (None | Some(Inside::Body), _) => changed.push((at, b'\n')),
                (Some(Inside::Object { .. }), Some(commas)) => commas.push(at),
                _ => {}
            },
            _ => {}
        }
        last = (at, sign);
    }
    if changed.is_empty() {
        return None;
    }
    let mut bytes = text.as_bytes().to_vec();
    for (at, byte) in changed {
        if let Some(place) = bytes.get_mut(at) {
            *place = byte;
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_with_an_equals_sign_are_blocks_if_there_are_blocks_in_them() {
        let text = "a \"b\" {\n c = {\n d = 1,\n e = { f { } }\n }\n g = { h = 1, i = \"{\" }\n}\n";
        let modern = "a \"b\" {\n c   {\n d = 1\n\n e   { f { } }\n }\n g = { h = 1, i = \"{\" }\n}\n";
        assert_eq!(modernised(text).as_deref(), Some(modern));
    }

    #[test]
    fn commas_between_attributes_are_line_ends() {
        let text = "a {\n b = 1, # one\n c = [1, 2],\n d = f(1, 2)\n}\n";
        let modern = "a {\n b = 1\n # one\n c = [1, 2]\n\n d = f(1, 2)\n}\n";
        assert_eq!(modernised(text).as_deref(), Some(modern));
        for text in
            ["a = [{ b {} }]", "a {\n b = { c = 1, d = [{}, {}] }\n}", "", "}{,\u{e4}", "{{{[", "a = ${"]
        {
            let modern = modernised(text);
            assert!(modern.is_none_or(|modern| modern.len() == text.len()), "{text}");
        }
    }
}
