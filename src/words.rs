//! Lists, numbers and long values as people write them.

use crate::source::Cut;

/// `` `a`, `b` and `c` ``
pub(crate) fn listed<'t>(names: impl IntoIterator<Item = &'t str>) -> String {
    let quoted: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// `1 task`, `2 tasks`
pub(crate) fn counted(count: i64, thing: &str) -> String {
    if count == 1 { format!("1 {thing}") } else { format!("{count} {thing}s") }
}

/// `2`, `a number from 2 to 8`
pub(crate) fn number_from(least: i64, most: i64) -> String {
    if least == most { least.to_string() } else { format!("a number from {least} to {most}") }
}

/// A value of more characters than this is shortened. The longest ARN is shorter.
const LONGEST_VALUE: usize = 240;
/// How much of such a value is shown.
const BEGINNING: usize = 80;
/// None of our texts is longer than this.
const LONGEST_TEXT: usize = 2_000;

/// A text in which each value that is too long to read is cut to its beginning.
///
/// Values are in backquotes, or are words by themselves.
pub(crate) fn shortened(text: impl Into<String>) -> String {
    let text = text.into();
    if text.len() <= LONGEST_VALUE {
        return text;
    }
    let mut short = String::new();
    for (at, part) in text.split('`').enumerate() {
        short.extend((at > 0).then_some('`'));
        let is_value = at % 2 == 1;
        if is_value {
            push_beginning(&mut short, part, LONGEST_VALUE, BEGINNING);
        } else {
            for (at, word) in part.split(' ').enumerate() {
                short.extend((at > 0).then_some(' '));
                push_beginning(&mut short, word, LONGEST_VALUE, BEGINNING);
            }
        }
    }
    let mut whole = String::new();
    push_beginning(&mut whole, &short, LONGEST_TEXT, LONGEST_TEXT);
    whole
}

/// Adds a text, cut to the allowed number of characters.
fn push_beginning(to: &mut String, text: &str, most: usize, kept: usize) {
    let end = |count: usize| text.char_indices().nth(count).map(|(at, _)| at);
    match end(most).and(end(kept)) {
        Some(end) => {
            to.push_str(text.cut(..end));
            to.push('…');
        }
        None => to.push_str(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_value_the_beginning_is_told() {
        let [long, start] = ["é".repeat(1_000_000), "é".repeat(80)];
        assert_eq!(
            shortened(format!("image `{long}` is not valid")),
            format!("image `{start}…` is not valid")
        );
        assert_eq!(shortened(format!("set it to {long}, please")), format!("set it to {start}… please"));
        let spaced = "a b ".repeat(100);
        assert_eq!(shortened(format!("`{spaced}` and `b`")), format!("`{}…` and `b`", "a b ".repeat(20)));
        assert!(shortened("a `b` ".repeat(100_000)).chars().count() <= 2_001);
    }

    #[test]
    fn what_can_be_read_stays() {
        let arn = format!("arn:aws:secretsmanager:eu-central-1:123456789012:secret:{}", "a".repeat(150));
        let text = format!("write `{arn}`, or `{arn}` ` ").repeat(3);
        assert_eq!(shortened(text.as_str()), text);
    }

    #[test]
    fn one_is_not_many() {
        assert_eq!(
            [counted(0, "task"), counted(1, "task"), counted(2, "task")],
            ["0 tasks", "1 task", "2 tasks"]
        );
    }

    #[test]
    fn the_last_of_a_list_follows_an_and() {
        assert_eq!(listed(["a"]), "`a`");
        assert_eq!(listed(["a", "b", "c"]), "`a`, `b` and `c`");
    }
}
