//! What a text in HCL consists of, without parsing it: comments (`# …`, `// …` and `/* … */`), strings, heredocs, and
//! the signs between them.

use crate::source::{Cut, Span};

/// Strings whose interpolations hold strings are read so deep.
const DEEPEST: usize = 32;

/// The comments, in the order of the text. The text must be HCL.
pub(super) fn comments(text: &str) -> Vec<Span> {
    let mut scanner = Scanner::new(text);
    scanner.code(0);
    scanner.comments
}

/// The signs outside comments, strings and heredocs: everything but whitespace. A string is one sign, and so is a
/// heredoc.
pub(super) fn signs(text: &str) -> Vec<(usize, u8)> {
    let mut scanner = Scanner { signs: Some(Vec::new()), ..Scanner::new(text) };
    scanner.code(0);
    scanner.signs.unwrap_or_default()
}

/// Whether an object may have more keys than so many: the signs that follow a key are counted.
pub(super) fn may_have_more_keys(text: &str, most: usize) -> bool {
    if text.bytes().filter(|byte| follows_key(*byte)).count() <= most {
        return false;
    }
    let mut scanner = Scanner::new(text);
    scanner.code(0);
    scanner.most_keys > most
}

fn follows_key(byte: u8) -> bool {
    matches!(byte, b'=' | b':')
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    comments: Vec<Span>,
    /// The signs, if they are asked for.
    signs: Option<Vec<(usize, u8)>>,
    /// How many keys the largest object has so far.
    most_keys: usize,
}

impl<'t> Scanner<'t> {
    fn new(text: &'t str) -> Scanner<'t> {
        Scanner { text, at: 0, comments: Vec::new(), signs: None, most_keys: 0 }
    }

    fn rest(&self) -> &str {
        self.text.cut(self.at..)
    }

    fn starts(&self, with: &str) -> bool {
        self.rest().as_bytes().starts_with(with.as_bytes())
    }

    /// Moves behind the next occurrence of something, or to the end.
    fn pass(&mut self, what: &str, is_kept: bool) {
        let length = self.rest().find(what).map(|at| if is_kept { at } else { at + what.len() });
        self.at += length.unwrap_or(self.rest().len());
    }

    fn comment(&mut self, opening: usize, end: &str, is_kept: bool) {
        let start = self.at;
        if let Some(signs) = &mut self.signs {
            signs.pop_if(|(at, _)| *at == start);
        }
        self.at += opening;
        self.pass(end, is_kept);
        self.comments.push(Span::of(start..self.at));
    }

    /// Reads to the end of the text, or behind the bracket that closes an interpolation.
    fn code(&mut self, depth: usize) {
        // Of each open bracket, how many keys have been read.
        let mut keys: Vec<usize> = Vec::new();
        while let Some(byte) = self.rest().as_bytes().first().copied() {
            if let Some(signs) = self.signs.as_mut().filter(|_| depth == 0 && !byte.is_ascii_whitespace()) {
                signs.push((self.at, byte));
            }
            match byte {
                b'"' => self.quoted(depth),
                b'#' => self.comment(1, "\n", true),
                b'/' if self.starts("//") => self.comment(2, "\n", true),
                b'/' if self.starts("/*") => self.comment(2, "*/", false),
                b'<' if self.starts("<<") => self.heredoc(),
                b'}' if keys.is_empty() && depth > 0 => {
                    self.at += 1;
                    return;
                }
                b'{' => {
                    keys.push(0);
                    self.at += 1;
                }
                b'}' => {
                    self.most_keys = self.most_keys.max(keys.pop().unwrap_or_default());
                    self.at += 1;
                }
                _ if follows_key(byte) => {
                    keys.last_mut().into_iter().for_each(|count| *count += 1);
                    self.at += 1;
                }
                _ => self.next(),
            }
        }
    }

    /// Moves behind a character.
    fn next(&mut self) {
        self.at += self.rest().chars().next().map_or(0, char::len_utf8);
    }

    fn quoted(&mut self, depth: usize) {
        self.at += 1;
        while let Some(byte) = self.rest().as_bytes().first() {
            match byte {
                b'"' => {
                    self.at += 1;
                    return;
                }
                b'\\' => {
                    self.next();
                    self.next();
                }
                b'$' if self.starts("$${") => self.at += 3,
                b'%' if self.starts("%%{") => self.at += 3,
                b'$' | b'%' if self.starts("${") || self.starts("%{") => {
                    self.at += 2;
                    if depth == DEEPEST {
                        self.at = self.text.len();
                        return;
                    }
                    self.code(depth + 1);
                }
                _ => self.next(),
            }
        }
    }

    /// Passes a heredoc, which ends at a line with nothing but its word.
    fn heredoc(&mut self) {
        self.at += 2;
        let line = self.rest().lines().next().unwrap_or_default();
        let word = line.trim_start_matches('-').trim();
        let is_word = !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
        if !is_word {
            return;
        }
        let word = word.to_owned();
        self.pass("\n", false);
        while !self.rest().is_empty() {
            let is_end = self.rest().lines().next().is_some_and(|line| line.trim() == word);
            self.pass("\n", is_end);
            if is_end {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_what_is_left() {
        let text = "a { # {\n b = \"{${c}\", /* , */\n d = <<-E\n {\n E\n}";
        let found: String = signs(text).into_iter().map(|(_, sign)| char::from(sign)).collect();
        assert_eq!(found, "a{b=\",d=<}");
    }

    #[test]
    fn keys_of_one_object_are_counted() {
        let object = |keys: usize| "a = 1\n".repeat(keys);
        let is_over = |text: String| may_have_more_keys(&text, 8);
        assert!(is_over(format!("locals {{ l = {{ {} }} }}", object(9))));
        assert!(is_over(format!("l = \"${{f({{ {} }})}}\"", object(9).replace('=', ":"))));
        for few in
            [object(99), format!("l = [{}]", format!("{{ {} }},", object(8)).repeat(9)), "# ====".repeat(9)]
        {
            assert!(!is_over(few));
        }
    }

    #[test]
    fn comments_are_found_outside_texts() {
        let text = r##"# one
a = "# no ${f("// no", { b = "#" })} $${x" // two
c = <<-JSON
  # no
  "// no"
  JSON
/* three
*/ d = 1 < 2 # four"##;
        let found: Vec<&str> = comments(text).iter().map(|span| text.cut(span.range())).collect();
        assert_eq!(found, ["# one", "// two", "/* three\n*/", "# four"]);
        for broken in ["\"${", "<<", "<<A", "/*", "\"\\", "${\"${\"", "\u{e4}#"] {
            comments(broken);
        }
    }
}
