//! The page of a rule on a terminal: wrapped, in colours, what a reader wants to know first.
//!
//! The only room that knows pulldown-cmark.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::Style;

/// The page of a rule, taken apart.
#[derive(Debug, Default)]
pub struct Manual {
    /// Title and prose, up to the examples.
    prose: Vec<Block>,
    /// The files of the example that has the fault: name, if they need one, and text.
    pub bad: Vec<(Option<String>, String)>,
    /// The report on it.
    pub report: String,
    /// What the fix makes of it, if there is one.
    fixed: Option<String>,
    /// The files of the example that is right.
    good: Vec<(Option<String>, String)>,
}

#[derive(Debug)]
enum Block {
    Title(Line),
    /// What a section is about.
    Heading(Line),
    Paragraph(Line),
    /// Words of AWS.
    Quote(Line),
    Item(Line),
    /// Lines to copy, as they are.
    Code(String),
    /// Rows of cells, the first of them the heads.
    Table(Vec<Vec<Line>>),
}

/// Words, each with the way it looks. A word holds no blank that a line may break at.
type Line = Vec<(String, Emphasis)>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Emphasis {
    Plain,
    Strong,
    Code,
    /// A backquote around code, which colours make needless.
    Backquote,
}

/// The heading of the examples, which end a manual.
const EXAMPLES: &str = "Examples";

impl Manual {
    /// Takes the Markdown of a page apart.
    pub fn read(page: &str) -> Manual {
        let mut manual = Manual::default();
        let mut line = Line::new();
        let mut rows: Vec<Vec<Line>> = Vec::new();
        let mut fence: Option<(String, String)> = None;
        let mut emphasis = Emphasis::Plain;
        let (mut in_quote, mut in_item, mut in_examples) = (false, false, false);
        for event in Parser::new_ext(page, Options::ENABLE_TABLES) {
            match event {
                Event::Start(Tag::CodeBlock(kind)) => {
                    let info = match kind {
                        CodeBlockKind::Fenced(info) => info.to_string(),
                        CodeBlockKind::Indented => String::new(),
                    };
                    fence = Some((info, String::new()));
                }
                Event::End(TagEnd::CodeBlock) => {
                    let (info, body) = fence.take().expect("a code block that ends has begun");
                    if in_examples {
                        manual.add_fence(&info, body);
                    } else {
                        manual.prose.push(Block::Code(body));
                    }
                }
                Event::Start(Tag::BlockQuote(_)) => in_quote = true,
                Event::End(TagEnd::BlockQuote(_)) => in_quote = false,
                Event::Start(Tag::Item) => in_item = true,
                Event::End(TagEnd::Item) => {
                    in_item = false;
                    if !line.is_empty() {
                        manual.prose.push(Block::Item(std::mem::take(&mut line)));
                    }
                }
                Event::Start(Tag::Strong | Tag::Emphasis) => emphasis = Emphasis::Strong,
                Event::End(TagEnd::Strong | TagEnd::Emphasis) => emphasis = Emphasis::Plain,
                Event::End(TagEnd::Heading(HeadingLevel::H1)) => {
                    manual.prose.push(Block::Title(std::mem::take(&mut line)));
                }
                Event::End(TagEnd::Heading(_)) => {
                    let line = std::mem::take(&mut line);
                    // The words after this heading lead to an example.
                    in_examples = matches!(line.as_slice(), [(word, _)] if word == EXAMPLES);
                    if !in_examples {
                        manual.prose.push(Block::Heading(line));
                    }
                }
                Event::End(TagEnd::Paragraph) if in_examples => line.clear(),
                Event::End(TagEnd::Paragraph) => {
                    let line = std::mem::take(&mut line);
                    manual.prose.push(match (in_quote, in_item) {
                        (true, _) => Block::Quote(line),
                        (false, true) => Block::Item(line),
                        (false, false) => Block::Paragraph(line),
                    });
                }
                Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(Vec::new()),
                Event::End(TagEnd::TableCell) => {
                    rows.last_mut().expect("a cell is in a row").push(std::mem::take(&mut line));
                }
                Event::End(TagEnd::Table) => manual.prose.push(Block::Table(std::mem::take(&mut rows))),
                // What looks like HTML is text: AWS writes `<name>` for what varies.
                Event::Text(text) | Event::InlineHtml(text) | Event::Html(text) => match &mut fence {
                    Some((_, body)) => body.push_str(&text),
                    None => add_words(&mut line, &text, emphasis),
                },
                Event::Code(text) => {
                    line.push(("`".to_owned(), Emphasis::Backquote));
                    add_words(&mut line, &text, Emphasis::Code);
                    line.push(("`".to_owned(), Emphasis::Backquote));
                }
                Event::SoftBreak | Event::HardBreak => add_words(&mut line, " ", emphasis),
                _ => {}
            }
        }
        manual
    }

    fn add_fence(&mut self, info: &str, body: String) {
        let words: Vec<&str> = info.split(' ').collect();
        match words.as_slice() {
            ["json" | "yaml" | "toml", "bad", name @ ..] => {
                self.bad.push((name.first().map(|name| (*name).to_owned()), body))
            }
            ["json" | "yaml" | "toml", "good", name @ ..] => {
                self.good.push((name.first().map(|name| (*name).to_owned()), body));
            }
            ["json" | "yaml", "fixed"] => self.fixed = Some(body),
            ["text"] => self.report = body,
            _ => {}
        }
    }

    /// The prose and the report on the example; with `full`, the examples themselves too.
    pub fn render(&self, style: Style, full: bool) -> String {
        let paint = Paint { color: style.color };
        let mut text = String::new();
        for (at, block) in self.prose.iter().enumerate() {
            match block {
                Block::Title(line) | Block::Heading(line) => {
                    text.push_str(&paint.fill(line, "", "", style.width, "1"));
                }
                Block::Paragraph(line) => text.push_str(&paint.fill(line, "", "", style.width, "")),
                Block::Quote(line) => text.push_str(&paint.fill(line, "  | ", "  | ", style.width, "3")),
                Block::Item(line) => text.push_str(&paint.fill(line, "- ", "  ", style.width, "")),
                Block::Code(body) => text.push_str(&indented(body)),
                Block::Table(rows) => text.push_str(&paint.table(rows)),
            }
            let list_goes_on =
                matches!(block, Block::Item(_)) && matches!(self.prose.get(at + 1), Some(Block::Item(_)));
            if !list_goes_on {
                text.push('\n');
            }
        }
        let files = |text: &mut String, title: &str, files: &[(Option<String>, String)]| {
            for (name, body) in files {
                let title = name.as_ref().map_or(title.to_owned(), |name| format!("{title} ({name})"));
                text.push_str(&format!("{}\n\n{}\n", paint.paint(&title, "1"), indented(body)));
            }
        };
        if full {
            files(&mut text, "Example", &self.bad);
        }
        if !self.report.is_empty() {
            let title = if full { "Report" } else { "Example" };
            text.push_str(&format!("{}\n\n{}\n", paint.paint(title, "1"), indented(&self.report)));
        }
        if full {
            let fixed: Vec<_> = self.fixed.iter().map(|body| (None, body.clone())).collect();
            files(&mut text, "Fixed", &fixed);
            files(&mut text, "Without the fault", &self.good);
        }
        text
    }
}

/// Adds text as words: a blank between two of them is a word of its own.
fn add_words(line: &mut Line, text: &str, emphasis: Emphasis) {
    for word in text.split_inclusive(' ') {
        let (word, blank) = word.strip_suffix(' ').map_or((word, false), |word| (word, true));
        if !word.is_empty() {
            line.push((word.to_owned(), emphasis));
        }
        if blank {
            line.push((" ".to_owned(), Emphasis::Plain));
        }
    }
}

fn indented(text: &str) -> String {
    text.trim_end()
        .lines()
        .map(|line| if line.is_empty() { "\n".to_owned() } else { format!("  {line}\n") })
        .collect()
}

struct Paint {
    color: bool,
}

impl Paint {
    fn paint(&self, text: &str, code: &str) -> String {
        if self.color && !code.is_empty() {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    /// A word as it is shown among words that look like `around`.
    fn word(&self, (word, emphasis): &(String, Emphasis), around: &str) -> String {
        match emphasis {
            Emphasis::Plain => self.paint(word, around),
            Emphasis::Strong => self.paint(word, "1"),
            Emphasis::Code => self.paint(word, "36"),
            Emphasis::Backquote if self.color => String::new(),
            Emphasis::Backquote => word.clone(),
        }
    }

    /// How many columns words take.
    fn width(&self, words: &[(String, Emphasis)]) -> usize {
        let shown = words.iter().filter(|(_, emphasis)| !(self.color && *emphasis == Emphasis::Backquote));
        shown.map(|(word, _)| word.chars().count()).sum()
    }

    /// Words in lines of at most `width` columns.
    fn fill(&self, line: &Line, first: &str, later: &str, width: usize, around: &str) -> String {
        let mut text = first.to_owned();
        let mut used = first.len();
        // What no blank parts stays together: code, then a comma.
        for (at, chunk) in line.split(|(word, _)| word == " ").enumerate() {
            let length = self.width(chunk);
            if at > 0 && used + 1 + length > width {
                text.push('\n');
                text.push_str(later);
                used = later.len();
            } else if at > 0 {
                text.push(' ');
                used += 1;
            }
            chunk.iter().for_each(|word| text.push_str(&self.word(word, around)));
            used += length;
        }
        text.push('\n');
        text
    }

    fn table(&self, rows: &[Vec<Line>]) -> String {
        let length = |cell: &Line| self.width(cell);
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns)
            .map(|at| rows.iter().filter_map(|row| row.get(at)).map(length).max().unwrap_or(0))
            .collect();
        let mut text = String::new();
        for (number, row) in rows.iter().enumerate() {
            let mut line = String::from("  ");
            for (at, cell) in row.iter().enumerate() {
                let around = if number == 0 { "1" } else { "" };
                cell.iter().for_each(|word| line.push_str(&self.word(word, around)));
                line.push_str(&" ".repeat(widths[at] - length(cell) + 2));
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}
