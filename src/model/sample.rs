//! What people leave of an example: `subnet-xxxx`, `YOUR_BUCKET`, the account of the documentation.
//!
//! The words make a value unknown to every rule, as any placeholder does. Here they are the
//! subject, so that only what nobody means as it stands counts.

use std::ops::Range;

use super::Known;
use crate::placeholder::{self, Waits, Within};
use crate::source::Cut;
use crate::tree::{Kind, Node};

/// The accounts that documentation uses.
pub(super) const ACCOUNTS: [&str; 2] = ["123456789012", "000000000000"];

/// Keys under which any text may stand, or what a program reads.
const FREE: &[&str] =
    &["command", "entryPoint", "environment", "dockerLabels", "tags", "hookDetails", "driverOpts", "labels"];

/// A value of an example.
#[derive(Clone, Copy, Debug)]
pub struct LeftOver<'d> {
    /// The value.
    pub value: Known<'d, &'d str>,
    /// Whether all that is left of the example is the account.
    pub is_account: bool,
    start: usize,
    end: usize,
}

impl LeftOver<'_> {
    /// The bytes of the value that are left of the example.
    pub fn part(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// The values of a document that are left of an example, in the order of the text.
pub fn left_overs(document: Node<'_>) -> Vec<LeftOver<'_>> {
    let text = document.tree().source.slice(document.span());
    let mut found = Vec::new();
    // Nearly every document holds none, which the parser knows but for the accounts.
    let may_hold = |node: Node| node.kind() == Kind::Text && !node.is_plain();
    if document.descendants().any(may_hold) || ACCOUNTS.iter().any(|account| text.contains(account)) {
        collect(document, "", &mut found);
    }
    found
}

fn collect<'d>(node: Node<'d>, under: &str, found: &mut Vec<LeftOver<'d>>) {
    match node.kind() {
        Kind::Text => found.extend(left_over(node, under)),
        Kind::List => node.items().for_each(|item| collect(item, under, found)),
        Kind::Object => {
            for (key, value) in node.members() {
                let key = key.text();
                let is_free = match under {
                    "options" => !key.starts_with("awslogs-"),
                    // What the program in the container calls them.
                    "secrets" | "secretOptions" => key == "name",
                    _ => FREE.contains(&key) || key.starts_with(['_', '/', '$']),
                };
                if !is_free {
                    collect(value, key, found);
                }
            }
        }
        _ => {}
    }
}

fn left_over<'d>(node: Node<'d>, under: &str) -> Option<LeftOver<'d>> {
    let text = node.text();
    let words = || {
        let waits = if node.is_plain() { None } else { placeholder::find(text, Within::Value) };
        let is_id = matches!(under, "subnets" | "securityGroups");
        waits.filter(|waits| *waits == Waits::ForSomebody).and_then(|_| words_of_example(text, is_id))
    };
    let account = account_of_example(text);
    let is_account = account.is_some();
    let part = account.or_else(words)?;
    Some(LeftOver { value: Known::new(node, text), is_account, start: part.start, end: part.end })
}

/// Where the account of the documentation stands in an ARN or in the host of a registry.
fn account_of_example(text: &str) -> Option<Range<usize>> {
    let start = if text.starts_with("arn:") { text.match_indices(':').nth(3)?.0 + 1 } else { 0 };
    let (account, rest) = text.cut(start..).split_at_checked("123456789012".len())?;
    let ends = if start > 0 { rest.starts_with(':') } else { rest.starts_with(".dkr") };
    (ends && ACCOUNTS.contains(&account)).then_some(start..start + account.len())
}

/// Where words of an example stand in a value.
fn words_of_example(text: &str, is_id: bool) -> Option<Range<usize>> {
    let is_separator = |c: char| matches!(c, ':' | '/' | '.' | ' ' | ',');
    let is_arn = text.starts_with("arn:");
    let host =
        if is_arn { "" } else { text.split('/').next().filter(|host| host.contains(".dkr")).unwrap_or("") };
    let mut start = 0;
    for (at, piece) in text.split(is_separator).enumerate() {
        let end = start + piece.len();
        // A resource may well be called `REGION`; the Region of an ARN is not.
        let stands_in = (is_arn && matches!(at, 3 | 4)) || end <= host.len();
        if (stands_in && is_part_stand_in(piece)) || is_piece_of_example(piece, is_id) {
            return Some(start..end);
        }
        start = end + 1;
    }
    None
}

/// Whether a part of an ARN, or of the host of a registry, stands for an account or a Region.
fn is_part_stand_in(piece: &str) -> bool {
    const NAMES: &[&str] =
        &["account", "account_id", "accountid", "aws_account", "aws_account_id", "region", "aws_region"];
    let piece = piece.replace('-', "_");
    NAMES.iter().any(|name| piece.eq_ignore_ascii_case(name))
}

fn is_in_capitals(piece: &str) -> bool {
    !piece.contains(char::is_lowercase)
}

fn is_piece_of_example(piece: &str, is_id: bool) -> bool {
    let is = |word: &str, other: &str| word.eq_ignore_ascii_case(other);
    let is_one_of = |word: &str, others: &[&str]| others.iter().any(|other| is(word, other));
    if piece.contains("xxx") || piece.contains("XXX") || ["TODO", "TBD"].contains(&piece) {
        return true;
    }
    if is_one_of(piece, &["placeholder", "changeme", "replaceme"]) || (is_id && is_numbered(piece)) {
        return true;
    }
    let words: Vec<&str> = piece.split(['_', '-']).collect();
    let by_pair = words.windows(2).any(|pair| match pair {
        [first, next] => {
            (is(first, "your") && !next.is_empty())
                || (is_one_of(first, &["replace", "replaced"])
                    && is_one_of(next, &["me", "by", "with", "this"]))
                || (is(first, "fill") && is_one_of(next, &["in", "me"]))
                || (is(first, "change") && is(next, "me"))
                || (*first == "SET" && *next == "BY")
        }
        _ => false,
    });
    let shouts = ["PLACEHOLDER", "REPLACE", "REPLACED"].iter().any(|word| words.contains(word));
    by_pair || (shouts && is_in_capitals(piece))
}

/// `SUBNET_1`
fn is_numbered(piece: &str) -> bool {
    let is_word = |word: &str| word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    let is_number = |number: &str| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    piece.rsplit_once('_').is_some_and(|(word, number)| is_word(word) && is_number(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(text: &str) -> Option<&str> {
        let words = || match placeholder::find(text, Within::Value) {
            Some(Waits::ForSomebody) => words_of_example(text, text.starts_with("SUBNET")),
            _ => None,
        };
        account_of_example(text).or_else(words).map(|part| text.cut(part))
    }

    #[test]
    fn what_is_left_of_an_example_is_found() {
        for (text, expected) in [
            ("subnet-xxxxxxxx", "subnet-xxxxxxxx"),
            ("subnet-YOUR_SUBNET", "subnet-YOUR_SUBNET"),
            ("SUBNET_1", "SUBNET_1"),
            ("sg-app-xxx", "sg-app-xxx"),
            ("your-app:latest", "your-app"),
            ("REPLACE_ME_ROLE_ARN", "REPLACE_ME_ROLE_ARN"),
            ("REPLACED_BY_CI", "REPLACED_BY_CI"),
            ("PLACEHOLDER_IMAGE_URI", "PLACEHOLDER_IMAGE_URI"),
            ("FILL-IN-LATER", "FILL-IN-LATER"),
            ("TODO", "TODO"),
            ("arn:aws:iam::ACCOUNT_ID:role/web", "ACCOUNT_ID"),
            ("arn:aws:iam::123456789012:role/web", "123456789012"),
            ("000000000000.dkr.ecr.eu-west-1.amazonaws.com/web:1", "000000000000"),
            ("arn:aws:ecs:region:111122223333:cluster/web", "region"),
            ("arn:aws:ecs:eu-west-1:account-id:cluster/web", "account-id"),
            ("111122223333.dkr.ecr.AWS_REGION.amazonaws.com/web:1", "AWS_REGION"),
        ] {
            assert_eq!(part(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn ordinary_values_are_none() {
        for text in [
            "todo",
            "todo-api:1",
            "registry.example/todo/web:2",
            "find-and-replace",
            "replace-worker",
            "set-by-set",
            "region-reader",
            "WORKER_1",
            "arn:aws:iam::111122223333:role/region",
            "arn:aws:ssm:eu-west-1:111122223333:parameter/REGION",
            "arn:aws:iam::111122223333:role/123456789012",
            "123456789012",
            "arn:aws:iam::${ACCOUNT}:role/your-role",
        ] {
            assert_eq!(part(text), None, "{text}");
        }
    }
}
