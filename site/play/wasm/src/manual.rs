//! The page of a rule as a tree of elements, which the page builds one by one: no HTML is ever parsed there.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};
use serde_json::{Value, json};

/// The tree of a Markdown text. An element is a list of its name, its attribute or null, and its content; a text
/// is a string.
pub(crate) fn read(page: &str) -> Value {
    let mut open: Vec<Vec<Value>> = vec![vec!["article".into(), Value::Null]];
    for event in Parser::new_ext(page, Options::ENABLE_TABLES) {
        let text = match event {
            Event::Start(tag) => {
                let (name, attribute) = element(&tag);
                open.push(vec![name.into(), attribute]);
                continue;
            }
            Event::End(_) => {
                let element = open.pop().expect("an element that ends has begun");
                Value::Array(element)
            }
            // What looks like HTML is text: AWS writes `<name>` for what varies.
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => text.as_ref().into(),
            Event::Code(text) => json!(["code", null, text.as_ref()]),
            Event::SoftBreak | Event::HardBreak => " ".into(),
            _ => continue,
        };
        open.last_mut().expect("the article is open").push(text);
    }
    Value::Array(open.swap_remove(0))
}

/// The name of an element, and what else is known of it: the words of a fence, the address of a link.
fn element(tag: &Tag) -> (&'static str, Value) {
    let name = match tag {
        Tag::Heading { level, .. } => ["h1", "h2", "h3", "h4", "h5", "h6"][*level as usize - 1],
        Tag::Paragraph => "p",
        Tag::BlockQuote(_) => "blockquote",
        Tag::CodeBlock(CodeBlockKind::Fenced(words)) => return ("pre", words.as_ref().into()),
        Tag::CodeBlock(CodeBlockKind::Indented) => "pre",
        Tag::List(None) => "ul",
        Tag::List(Some(_)) => "ol",
        Tag::Item => "li",
        Tag::Table(_) => "table",
        Tag::TableHead | Tag::TableRow => "tr",
        Tag::TableCell => "td",
        Tag::Emphasis => "em",
        Tag::Strong => "strong",
        Tag::Link { dest_url, .. } => return ("a", dest_url.as_ref().into()),
        _ => "span",
    };
    (name, Value::Null)
}
