//! The report for people. The only room that knows miette, and textwrap, which it is set up with.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};

use super::concise::line;
use super::diff::small_diff;
use super::excerpt::Excerpt;
use super::told::told;
use crate::containment::contained;
use crate::finding::{Category, Finding, Severity};
use crate::fix::{Fix, Safety};
use crate::linter::Outcome;
use crate::rule::Rule;
use crate::rules::Registry;
use crate::source::{Source, SourceId};
use crate::visible::visible_lines;

/// How the report looks.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Whether to use colours.
    pub color: bool,
    /// Whether to draw with more than ASCII.
    pub unicode: bool,
    /// Whether the terminal follows links.
    pub links: bool,
    /// The width of the terminal, in characters.
    pub width: usize,
}

impl Look {
    /// Neither colours nor links: what the rule pages show.
    pub const PLAIN: Look = Look { color: false, unicode: true, links: false, width: 100 };
}

/// Writes findings for people.
pub struct Human<'r> {
    registry: &'r Registry,
    look: Look,
}

impl<'r> Human<'r> {
    /// A writer with a certain look.
    pub fn new(registry: &'r Registry, look: Look) -> Human<'r> {
        Human { registry, look }
    }

    /// The reports of all findings, and what failed in writing them. A finding that cannot be pictured is
    /// told in one line.
    pub fn findings(&self, outcome: &Outcome) -> (String, Vec<(String, String)>) {
        let mut text = String::new();
        let mut failures = Vec::new();
        for finding in &outcome.findings {
            match contained(|| self.finding(finding, &outcome.sources)) {
                Ok(report) => text.push_str(&report),
                Err(bug) => {
                    text.push_str(&line(finding, outcome, self.registry));
                    failures.push((outcome.sources[&finding.problem.at.at.source].name.clone(), bug));
                }
            }
            text.push('\n');
        }
        failures.sort();
        failures.dedup();
        (text, failures)
    }

    /// The report of one finding.
    pub fn finding(&self, finding: &Finding, sources: &BTreeMap<SourceId, Arc<Source>>) -> String {
        let rule = self.registry.get(finding.rule);
        let finding = &told(finding);
        let shown = Shown { rule, finding, excerpt: Excerpt::of(&finding.problem, sources) };
        let mut report = String::new();
        let handler = self.handler(&shown);
        handler.render_report(&mut report, &shown).expect("a string takes all that is written");
        let source = finding.problem.fix.as_ref().and_then(|fix| sources.get(&fix.source()?));
        if let (Some(fix), Some(source)) = (&finding.problem.fix, source) {
            report.push_str(&self.small_diff(fix, source));
        }
        if let Some(says) = &finding.problem.aws_says {
            report.push_str(&self.words_of_aws(rule.category, says));
        }
        // miette fills lines with blanks here and there, and ends some links with one.
        let lines: Vec<&str> = report.lines().map(str::trim_end).collect();
        let report = lines.join("\n").trim_end().to_owned() + "\n";
        if self.look.unicode { report } else { ascii(&report) }
    }

    /// What AWS, its client or its agent would say, laid out like miette's help.
    fn words_of_aws(&self, category: Category, says: &str) -> String {
        // What is accepted and then fails is told by the agent, Docker or the kernel.
        let name = if category == Category::Broken { "  then:" } else { "   AWS:" };
        let name = if self.look.color { format!("\u{1b}[36m{name}\u{1b}[0m ") } else { format!("{name} ") };
        let options = textwrap::Options::new(self.look.width.saturating_sub(2))
            .initial_indent(&name)
            .subsequent_indent("        ")
            .break_words(false)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        textwrap::fill(says, options) + "\n"
    }

    /// What a fix changes, line by line.
    fn small_diff(&self, fix: &Fix, source: &Source) -> String {
        let lines = small_diff(fix, source).unwrap_or_default();
        let mut text = String::new();
        if fix.safety == Safety::Shown && !lines.is_empty() {
            text.push_str("        for instance:\n");
        }
        for (sign, line) in lines {
            let code = if sign == '-' { "31" } else { "32" };
            let paint =
                |part: String| if self.look.color { format!("\u{1b}[{code}m{part}\u{1b}[0m") } else { part };
            text.push_str(&format!(
                "        {}\n",
                paint(format!("{sign} {}", visible_lines(&line).collect::<String>()))
            ));
        }
        text
    }

    fn handler(&self, shown: &Shown) -> GraphicalReportHandler {
        let Look { color, unicode, links, width } = self.look;
        let characters = if unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() };
        let styles = if color { shown.styles() } else { ThemeStyles::none() };
        let handler = GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles })
            .with_width(width)
            .with_break_words(false)
            // Break at blanks only: a path or an ARN must stay in one piece to be copied.
            .with_word_separator(textwrap::WordSeparator::AsciiSpace)
            .with_word_splitter(textwrap::WordSplitter::NoHyphenation)
            .without_syntax_highlighting();
        if links { handler.with_links(true).with_link_display_text("") } else { handler.with_urls(false) }
    }
}

/// What we write ourselves, with ASCII characters only.
fn ascii(report: &str) -> String {
    let is_picture = |c: char| matches!(c, '\u{2400}'..='\u{2421}' | '\u{fffd}');
    report.replace('…', "...").replace(is_picture, "?")
}

/// Where a rule's page can be read.
pub fn url(rule: &Rule) -> String {
    format!("{}/blob/main/rules/{}/{}.md", env!("CARGO_PKG_REPOSITORY"), rule.check.height(), rule.id)
}

/// A finding as miette sees it.
#[derive(Debug)]
struct Shown<'f> {
    rule: &'static Rule,
    finding: &'f Finding,
    excerpt: Excerpt,
}

impl Shown<'_> {
    /// The token at fault in the colour of the severity, whatever belongs to it in another.
    /// miette deals the colours out in the order in which the labels stand.
    fn styles(&self) -> ThemeStyles {
        let styles = ThemeStyles::ansi();
        let own = match self.finding.severity {
            Severity::Error => styles.error,
            Severity::Warning => styles.warning,
            Severity::Note => styles.advice,
        };
        let mut marks: Vec<(usize, bool)> =
            self.excerpt.marks.iter().enumerate().map(|(at, mark)| (mark.range.start, at == 0)).collect();
        marks.sort_unstable();
        let other = styles.help.remove_all_effects().blue();
        let highlights = marks.iter().map(|(_, is_own)| if *is_own { own.bold() } else { other }).collect();
        ThemeStyles { highlights, ..styles }
    }
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.finding.problem.message)
    }
}

impl std::error::Error for Shown<'_> {}

impl Diagnostic for Shown<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(format!("{}[{}]", self.finding.severity, self.rule.id)))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.finding.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn url<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(url(self.rule)))
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let problem = &self.finding.problem;
        let mut lines: Vec<String> = problem.help.iter().cloned().collect();
        if let Some(fix) = problem.fix.as_ref().filter(|fix| fix.safety != Safety::Shown) {
            lines.push(format!("{} ({} fix)", fix.title, fix.safety.name()));
        }
        (!lines.is_empty()).then(|| Box::new(lines.join("\n")) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let labels = self.excerpt.marks.iter().enumerate().map(|(at, mark)| {
            let text = Some(mark.text.clone()).filter(|text| !text.is_empty());
            let span = SourceSpan::new(mark.range.start.into(), mark.range.len());
            match at {
                0 => LabeledSpan::new_primary_with_span(text, span),
                _ => LabeledSpan::new_with_span(text, span),
            }
        });
        Some(Box::new(labels))
    }
}

impl SourceCode for Excerpt {
    /// The whole chunk that a span lies in: what surrounds a label has been chosen already.
    /// A span over several chunks is refused, which keeps their pictures apart.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (start, end) = (span.offset(), span.offset() + span.len());
        let holds = |range: &std::ops::Range<usize>| range.start <= start && end <= range.end;
        let chunk = self.chunks.iter().find(|chunk| holds(&chunk.range)).ok_or(MietteError::OutOfBounds)?;
        let name = chunk.name.clone();
        // Without context miette asks for the line and column to print above the picture.
        if before == 0
            && after == 0
            && let Some(mark) = self.marks.iter().find(|mark| mark.range.start == start)
        {
            let data = self.text.as_bytes().get(start..end).ok_or(MietteError::OutOfBounds)?;
            let (line, column) = (mark.position.line - 1, mark.position.column - 1);
            return Ok(Box::new(MietteSpanContents::new_named(name, data, *span, line, column, 1)));
        }
        let data = self.text.as_bytes().get(chunk.range.clone()).ok_or(MietteError::OutOfBounds)?;
        let whole = SourceSpan::new(chunk.range.start.into(), chunk.range.len());
        Ok(Box::new(MietteSpanContents::new_named(name, data, whole, chunk.first_line - 1, 0, chunk.lines)))
    }
}
