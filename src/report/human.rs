//! The report for people. The only room that knows miette, and textwrap, which it is set up with.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};

use super::concise::line;
use super::diff::small_diff;
use super::excerpt::Excerpt;
use super::format::Written;
use super::run::Run;
use super::style::Style;
use super::summary::summary;
use super::table::table;
use super::told::told;
use super::url::url;
use crate::containment::contained;
use crate::finding::{Category, Finding, Label, Problem, RuleId, Severity};
use crate::fix::{Fix, Safety};
use crate::inputs::Remark;
use crate::rule::Rule;
use crate::source::{Source, SourceId};
use crate::visible::visible_lines;

/// More findings than this are one line each: nobody reads so many pictures.
const MOST_PICTURES: usize = 50;

/// The report for people.
pub(super) fn human(run: &Run) -> Written {
    let findings = &run.outcome.findings;
    let mut written = if run.style.statistics {
        let line_end = if findings.is_empty() { "" } else { "\n" };
        (table(findings, run.registry) + line_end).into()
    } else if findings.len() > MOST_PICTURES && !run.style.full {
        let mut text: String = findings.iter().map(|finding| line(finding, run) + "\n").collect();
        text.push('\n');
        text.push_str(&table(findings, run.registry));
        text.push_str("\n--full shows each finding with its source; --only RULE shows those of one rule\n");
        text.into()
    } else {
        Human::new(run).findings()
    };
    if !run.style.quiet {
        written.text.push_str(&summary(run));
    }
    written
}

/// Pictures findings for people.
pub struct Human<'r> {
    run: &'r Run<'r>,
    style: Style,
}

impl<'r> Human<'r> {
    /// Pictures of what a run has found, in its style.
    pub fn new(run: &'r Run<'r>) -> Human<'r> {
        Human { run, style: run.style }
    }

    /// The reports of all findings, and what failed in writing them. A finding that cannot be pictured is
    /// told in one line.
    pub fn findings(&self) -> Written {
        let outcome = self.run.outcome;
        let mut text = String::new();
        let mut failures = Vec::new();
        let mut folded: HashSet<(RuleId, SourceId)> = HashSet::new();
        for finding in &outcome.findings {
            // Notes of one rule in one file are one report.
            let group = (finding.rule, finding.problem.at.at.source);
            let is_note = finding.severity == Severity::Note;
            if is_note && !folded.insert(group) {
                continue;
            }
            match contained(|| self.finding(finding)) {
                Ok(report) => {
                    text.push_str(&report);
                    if is_note {
                        text.push_str(&self.fold(finding));
                    }
                }
                Err(bug) => {
                    text.push_str(&line(finding, self.run));
                    text.push('\n');
                    failures.push(Remark::new(&self.run.source(finding).name, bug));
                }
            }
            text.push('\n');
        }
        failures.sort_unstable();
        failures.dedup();
        Written { text, failures }
    }

    /// Words about the other notes of the rule in the file.
    fn fold(&self, finding: &Finding) -> String {
        let own = finding.problem.at.at;
        let others = self.run.outcome.findings.iter().filter(|other| {
            let at = other.problem.at.at;
            other.rule == finding.rule
                && other.severity == Severity::Note
                && at.source == own.source
                && at != own
        });
        let source = self.run.source(finding);
        let lines: Vec<usize> =
            others.map(|other| source.position(other.problem.at.at.span.start).line).collect();
        if lines.is_empty() {
            return String::new();
        }
        let same = format!(
            "{} from this rule in this file, on {}",
            counted(lines.len(), "more note"),
            lines_listed(lines.into_iter())
        );
        self.aside("  also:", &same)
    }

    /// The report of one finding.
    pub fn finding(&self, finding: &Finding) -> String {
        let (rule, sources) = (self.run.rule(finding), &self.run.outcome.sources);
        let finding = &told(finding);
        let (finding, left_out) = few_places(finding, sources);
        let finding = &finding;
        let name = format!("{}[{}]", finding.severity, rule.id);
        let mut report = self.head(&name, Some(rule), finding) + &self.picture(finding);
        if let Some(left_out) = left_out {
            report.push_str(&self.aside("  also:", &left_out));
        }
        let source = finding.problem.fix.as_ref().and_then(|fix| sources.get(&fix.source()?));
        if let (Some(fix), Some(source)) = (&finding.problem.fix, source) {
            report.push_str(&self.small_diff(fix, source));
        }
        if let Some(says) = &finding.aws_says {
            report.push_str(&self.words_of_aws(rule.category, says));
        }
        if let Some(address) = self.run.resource(finding) {
            report.push_str(&self.aside("    in:", address));
        }
        self.tidy(&report)
    }

    /// The report of something that is wrong outside the inputs, such as in a settings file.
    pub fn fault(&self, problem: &Problem) -> String {
        let finding = told(&Finding {
            rule: RuleId(0),
            severity: Severity::Error,
            problem: problem.clone(),
            aws_says: None,
            pointer: String::new(),
            named_pointer: String::new(),
            document: None,
            format: None,
            address: None,
            repeated: Vec::new(),
            turned_from: None,
        });
        self.tidy(&(self.head("error", None, &finding) + &self.picture(&finding)))
    }

    /// The lines that a finding is about, with its labels and its help.
    fn picture(&self, finding: &Finding) -> String {
        let excerpt = Excerpt::of(&finding.problem, self.run.outcome, self.style.width);
        let shown = Shown { finding, excerpt };
        let mut picture = String::new();
        let handler = self.handler(&shown);
        handler.render_report(&mut picture, &shown).expect("a string takes all that is written");
        // miette begins with an icon and the message, which are in our own first line.
        picture.split_once('\n').map_or("", |(_, picture)| picture).to_owned()
    }

    /// A report without blanks at the ends of lines: miette fills lines with them here and there, and
    /// ends some links with one.
    fn tidy(&self, report: &str) -> String {
        let lines: Vec<&str> = report.lines().map(str::trim_end).collect();
        let report = lines.join("\n").trim_end().to_owned() + "\n";
        if self.style.unicode { report } else { ascii(&report) }
    }

    /// Severity, rule and message: `error[rule-id]: message`. The name links to the page of the rule.
    fn head(&self, name: &str, rule: Option<&Rule>, finding: &Finding) -> String {
        let line = format!("{name}: {}", finding.problem.message);
        let text = textwrap::fill(&line, self.options("", "  "));
        if !self.style.color {
            return text + "\n";
        }
        let code = match finding.severity {
            Severity::Error => "1;31",
            Severity::Warning => "1;33",
            Severity::Note => "1;36",
        };
        let message = text.strip_prefix(name).unwrap_or_default();
        let name = format!("\u{1b}[{code}m{name}\u{1b}[0m");
        let name = match rule.filter(|_| self.style.links) {
            Some(rule) => format!("\u{1b}]8;;{}\u{1b}\\{name}\u{1b}]8;;\u{1b}\\", url(rule)),
            None => name,
        };
        format!("{name}\u{1b}[1m{message}\u{1b}[0m\n")
    }

    /// What AWS, its client or its agent would say.
    fn words_of_aws(&self, category: Category, says: &str) -> String {
        // What is accepted and then fails is told by the agent, Docker or the kernel.
        self.aside(if category == Category::Broken { "  then:" } else { "   AWS:" }, says)
    }

    /// Further words about a finding, laid out like miette's help.
    fn aside(&self, name: &str, text: &str) -> String {
        let name = if self.style.color { format!("\u{1b}[36m{name}\u{1b}[0m ") } else { format!("{name} ") };
        textwrap::fill(text, self.options(&name, "        ")) + "\n"
    }

    fn options<'t>(&self, first: &'t str, later: &'t str) -> textwrap::Options<'t> {
        textwrap::Options::new(self.style.width.saturating_sub(2))
            .initial_indent(first)
            .subsequent_indent(later)
            .break_words(false)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
    }

    /// What a fix changes, line by line.
    fn small_diff(&self, fix: &Fix, source: &Source) -> String {
        let lines = small_diff(fix, source, self.run.outcome).unwrap_or_default();
        let mut text = String::new();
        if fix.safety == Safety::Shown && !lines.is_empty() {
            text.push_str("        for instance:\n");
        }
        for (sign, line) in lines {
            let code = if sign == '-' { "31" } else { "32" };
            let paint =
                |part: String| if self.style.color { format!("\u{1b}[{code}m{part}\u{1b}[0m") } else { part };
            text.push_str(&format!(
                "        {}\n",
                paint(format!("{sign} {}", visible_lines(&line).collect::<String>()))
            ));
        }
        text
    }

    fn handler(&self, shown: &Shown) -> GraphicalReportHandler {
        let Style { color, unicode, width, .. } = self.style;
        let characters = if unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() };
        let styles = if color { shown.styles() } else { ThemeStyles::none() };
        GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles })
            .with_width(width)
            .with_break_words(false)
            // Break at blanks only: a path or an ARN must stay in one piece to be copied.
            .with_word_separator(textwrap::WordSeparator::AsciiSpace)
            .with_word_splitter(textwrap::WordSplitter::NoHyphenation)
            .with_urls(false)
            .without_syntax_highlighting()
    }
}

/// What we write ourselves, with ASCII characters only.
fn ascii(report: &str) -> String {
    let is_picture = |c: char| matches!(c, '\u{2400}'..='\u{2421}' | '\u{fffd}');
    report.replace('…', "...").replace(is_picture, "?")
}

/// How many places of one kind a finding shows.
const MOST_PLACES: usize = 3;

/// A finding with the first places of each kind, and words about those that are left out.
fn few_places(finding: &Finding, sources: &BTreeMap<SourceId, Arc<Source>>) -> (Finding, Option<String>) {
    let mut shown: HashMap<&str, usize> = HashMap::new();
    let (mut kept, mut left): (Vec<&Label>, Vec<&Label>) = (Vec::new(), Vec::new());
    for label in &finding.problem.also {
        let count = shown.entry(&label.text).or_default();
        *count += 1;
        if *count <= MOST_PLACES { kept.push(label) } else { left.push(label) }
    }
    if left.is_empty() {
        return (finding.clone(), None);
    }
    let lines = left
        .iter()
        .filter_map(|label| Some(sources.get(&label.at.source)?.position(label.at.span.start).line));
    let words = format!("{}, on {}", counted(left.len(), "more place"), lines_listed(lines));
    let problem = Problem { also: kept.into_iter().cloned().collect(), ..finding.problem.clone() };
    (Finding { problem, ..finding.clone() }, Some(words))
}

/// `1 more place`, `2 more places`.
fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// `line 3`, `lines 3, 5, 8`, the first ones of many.
fn lines_listed(lines: impl Iterator<Item = usize>) -> String {
    const MOST_LINES: usize = 10;
    let mut lines: Vec<usize> = lines.collect();
    lines.dedup();
    let first: Vec<String> = lines.iter().take(MOST_LINES).map(usize::to_string).collect();
    let noun = if lines.len() == 1 { "line" } else { "lines" };
    let more = if lines.len() > MOST_LINES { ", …" } else { "" };
    format!("{noun} {}{more}", first.join(", "))
}

/// Whether the help says what the title of a fix says, but for its marks.
fn is_said(title: &str, help: &str) -> bool {
    let plain = |text: &str| text.replace(['`', '"'], "");
    plain(help).starts_with(&plain(title))
}

/// A finding as miette sees it.
#[derive(Debug)]
struct Shown<'f> {
    finding: &'f Finding,
    excerpt: Excerpt,
}

impl Shown<'_> {
    /// The token at fault in the colour of the severity, whatever belongs to it in another. miette deals the
    /// colours out in the order of the labels.
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
        // Readable on black and on white.
        let other = styles.help.remove_all_effects().cyan();
        let highlights = marks.iter().map(|(_, is_own)| if *is_own { own.bold() } else { other }).collect();
        ThemeStyles { highlights, ..styles }
    }
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The message is in our own first line.
        Ok(())
    }
}

impl std::error::Error for Shown<'_> {}

impl Diagnostic for Shown<'_> {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.finding.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let problem = &self.finding.problem;
        let mut lines: Vec<String> = problem.help.iter().cloned().collect();
        if let Some(fix) = problem.fix.as_ref().filter(|fix| fix.safety != Safety::Shown) {
            let safety = format!(" ({} fix)", fix.safety.name());
            match lines.last_mut() {
                // What the help says already is not said again.
                Some(help) if is_said(&fix.title, help) => help.push_str(&safety),
                _ => lines.push(fix.title.clone() + &safety),
            }
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
