//! What no report shows, because it may be a secret: values whose names say so, tokens of known forms,
//! and what a rule conceals. Decided here alone, when a report is made; fixes are made of the real text.

mod assigned;
mod commented;
mod expressions;
mod lists;
mod marked;
mod misread;
mod name;
mod named;
mod nearby;
mod needles;
mod scan;
mod value;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::{Deref, Range};
use std::sync::Arc;

use crate::finding::{Finding, Label};
use crate::linter::Outcome;
use crate::parse::parse;
use crate::source::{Cut, Place, Source, SourceId, Span};
use crate::tree::Tree;
use needles::{Needles, STARS, is_telling};
use scan::{Secrets, by_words, scan};

/// An outcome of which nothing secret is shown. Reports are made of nothing else.
///
/// The words of its findings are without secrets, and fixes that would write one have no edits. Its
/// sources are whole: who shows a part of one asks what is [concealed](Masked::concealed) there.
#[derive(Debug, Default)]
pub struct Masked {
    outcome: Outcome,
    /// The parts of each source that are secret, in the order of the text; none overlaps another.
    parts: BTreeMap<SourceId, Vec<Span>>,
}

impl Masked {
    /// Finds out what is secret in the sources of an outcome, and takes it out of its findings.
    pub fn of(mut outcome: Outcome) -> Masked {
        let mut told: BTreeMap<SourceId, Secrets> = BTreeMap::new();
        let all = outcome.findings.iter().chain(&outcome.ignored);
        for place in all.flat_map(|finding| &finding.problem.concealed).chain(&outcome.concealed) {
            let Some(source) = outcome.sources.get(&place.source) else { continue };
            let value = source.slice(place.span).to_owned();
            told.entry(place.source).or_default().push((place.span, value));
        }
        let mut parts = BTreeMap::new();
        let mut needles = BTreeMap::new();
        let mut modules: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (id, source) in &outcome.sources {
            let secrecy = Secrecy::of(source, told.remove(id).unwrap_or_default());
            if !secrecy.parts.is_empty() {
                parts.insert(*id, secrecy.parts);
                needles.insert(*id, secrecy.needles);
                if let Some(module) = module_of(source) {
                    modules.entry(module).or_default().extend(secrecy.telling);
                }
            }
        }
        if !needles.is_empty() {
            // What one file of a module says, the others may contain.
            let of_modules: BTreeMap<&str, Needles> = modules
                .into_iter()
                .map(|(module, telling)| (module, Needles::of(telling.iter().map(String::as_str))))
                .collect();
            let mut of_sources: BTreeMap<SourceId, Vec<&Needles>> = BTreeMap::new();
            for (id, source) in &outcome.sources {
                let own = needles.get(id).into_iter();
                let shared = module_of(source).and_then(|module| of_modules.get(module));
                of_sources.insert(*id, own.chain(shared).collect());
            }
            let all = outcome.findings.iter_mut().chain(&mut outcome.ignored);
            all.for_each(|finding| mask(finding, &of_sources));
        }
        // A document calls itself what its names say, and the source of one without findings is not here.
        for end in outcome.links.iter_mut().flat_map(|link| [&mut link.from, &mut link.to]) {
            if let Some(masked) = needles.get(&end.source).and_then(|needles| needles.masked(&end.document)) {
                end.document = masked;
            }
            end.document = without_forms(&end.document);
        }
        Masked { outcome, parts }
    }

    /// What is not shown of a range of a source.
    pub fn concealed(&self, source: SourceId, range: Range<usize>) -> &[Span] {
        let parts = self.parts.get(&source).map_or(&[][..], Vec::as_slice);
        let first = parts.partition_point(|part| part.end as usize <= range.start);
        let end = parts.partition_point(|part| (part.start as usize) < range.end);
        parts.get(first..end).unwrap_or_default()
    }
}

impl Deref for Masked {
    type Target = Outcome;

    fn deref(&self) -> &Outcome {
        &self.outcome
    }
}

/// A text before and after a change, with a star in the place of each byte that is a secret; none if there is
/// none in them. `concealed` are the places that no report shows before the change.
pub fn starred(before: &Arc<Source>, after: &Arc<Source>, concealed: &[Place]) -> Option<[String; 2]> {
    let told = concealed.iter().map(|place| (place.span, before.slice(place.span).to_owned())).collect();
    // Where they are after the change, only their values tell. They tell it before, too, so that lines that
    // are the same stay so.
    let needles = Secrecy::of(before, told).needles;
    let parts = |source: &Arc<Source>| {
        let found = needles.find(&source.text).into_iter().map(Span::of);
        merged(Secrecy::of(source, Secrets::new()).parts.into_iter().chain(found).collect())
    };
    // More may be secret before the change, if it fixes the syntax. A line that stays the same has the same stars.
    let mut in_lines = HashMap::new();
    for source in [before, after] {
        add_parts_of_lines(source, &parts(source), &mut in_lines);
    }
    in_lines.values_mut().for_each(|parts| *parts = merged(std::mem::take(parts)));
    (!in_lines.is_empty()).then(|| [before, after].map(|source| with_stars(&source.text, &in_lines)))
}

/// Adds the parts of a text by the lines that they are in, relative to each.
fn add_parts_of_lines<'t>(source: &'t Source, parts: &[Span], in_lines: &mut HashMap<&'t str, Vec<Span>>) {
    let mut start = 0;
    let mut parts = parts.iter().peekable();
    for line in source.text.split_inclusive('\n') {
        let end = start + line.len() as u32;
        let mut of_line = Vec::new();
        while let Some(part) = parts.peek().filter(|part| part.start < end) {
            of_line.push(Span::new(part.start.max(start) - start, part.end.min(end) - start));
            if part.end > end {
                break;
            }
            parts.next();
        }
        if !of_line.is_empty() {
            in_lines.entry(line).or_default().append(&mut of_line);
        }
        start = end;
    }
}

/// A text with a star in the place of each byte of some parts of its lines.
fn with_stars(text: &str, in_lines: &HashMap<&str, Vec<Span>>) -> String {
    let mut starred = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let mut from = 0;
        for part in in_lines.get(line).into_iter().flatten() {
            starred.push_str(line.cut(from..part.start as usize));
            // Lines stay, so that a patch still counts them.
            let hidden = line.cut(part.range()).bytes();
            starred.extend(hidden.map(|byte| if byte == b'\n' { '\n' } else { '*' }));
            from = part.end as usize;
        }
        starred.push_str(line.cut(from..));
    }
    starred
}

/// What is secret in one source.
struct Secrecy {
    /// Where, in the order of the text; none overlaps another.
    parts: Vec<Span>,
    /// The values, as they may be in other texts.
    needles: Needles,
    /// Those that are hardly anything but a secret.
    telling: Vec<String>,
}

impl Secrecy {
    /// `told` is what rules conceal.
    fn of(source: &Arc<Source>, told: Secrets) -> Secrecy {
        let parsed = parse(Arc::clone(source));
        let mut secrets = scan(&parsed);
        secrets.extend(told);
        secrets.retain(|(span, _)| span.start < span.end);
        if secrets.is_empty() {
            return Secrecy { parts: Vec::new(), needles: Needles::default(), telling: Vec::new() };
        }
        // What is hardly anything but a secret is one wherever it is.
        let telling: Vec<String> =
            secrets.iter().map(|(_, value)| value).filter(|one| is_telling(one)).cloned().collect();
        let everywhere = Needles::of(telling.iter().map(String::as_str)).find(&source.text);
        let everywhere = everywhere.into_iter().map(Span::of);
        let parts = merged(secrets.iter().map(|(span, _)| *span).chain(everywhere).collect());
        // What is also in the open, such as the name of a database that is also its password, is not a secret
        // in a message.
        let told = secrets.iter().filter(|(_, value)| !value.is_empty());
        let values: HashSet<&str> =
            told.flat_map(|(span, value)| [value.as_str(), source.slice(*span)]).collect();
        let open = open_among(&values, &parsed.tree, &parts);
        let needles = Needles::of(values.difference(&open).copied());
        Secrecy { parts, needles, telling }
    }
}

/// Those values that a source also has in a place that is not concealed, as a value or as a key.
fn open_among<'v>(values: &HashSet<&'v str>, tree: &Tree, parts: &[Span]) -> HashSet<&'v str> {
    let is_open = |span: Span| {
        let next = parts.partition_point(|part| part.end <= span.start);
        parts.get(next).is_none_or(|part| part.start >= span.end)
    };
    let nodes = tree.values().flat_map(|node| [Some(node), node.key()]).flatten();
    let among = nodes.filter_map(|node| Some((values.get(node.text())?, node.span())));
    among.filter(|(_, span)| is_open(*span)).map(|(value, _)| *value).collect()
}

/// A text with stars in the place of what shows by itself that it is a secret.
pub(crate) fn without_forms(text: &str) -> String {
    with_stars_for(text, by_words(text).into_iter())
}

/// A text with stars in the place of some parts.
fn with_stars_for(text: &str, parts: impl Iterator<Item = Range<usize>>) -> String {
    let mut masked = String::new();
    let mut from = 0;
    for part in merged(parts.map(Span::of).collect()) {
        masked.push_str(text.cut(from..part.start as usize));
        masked.push_str(STARS);
        from = part.end as usize;
    }
    masked + text.cut(from..)
}

/// A text that people wrote, as a reason, with stars in the place of what shows by itself or by its words that it is a
/// secret.
#[cfg(feature = "cli")]
pub(crate) fn without_told(text: &str) -> String {
    let told = commented::tokens_behind_name(text);
    with_stars_for(text, by_words(text).into_iter().chain(told))
}

/// Spans in their order, those that touch as one.
fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}

/// The folder of a file of Terraform.
fn module_of(source: &Source) -> Option<&str> {
    let (folder, file) = source.name.rsplit_once('/').unwrap_or(("", &source.name));
    let is_of_module = file.contains(".tf") || file.contains(".tofu");
    is_of_module.then_some(folder)
}

/// Takes the secrets of the sources that a finding is about out of its words.
fn mask(finding: &mut Finding, needles: &BTreeMap<SourceId, Vec<&Needles>>) {
    let problem = &mut finding.problem;
    let labels = std::iter::once(&problem.at).chain(&problem.also);
    let sources: HashSet<SourceId> = labels.map(|label: &Label| label.at.source).collect();
    let mut sources: Vec<SourceId> = sources.into_iter().collect();
    sources.sort_unstable();
    let needles: Vec<&Needles> = sources.iter().filter_map(|id| needles.get(id)).flatten().copied().collect();
    if needles.is_empty() {
        return;
    }
    let hide = |text: &mut String| {
        for needles in &needles {
            if let Some(masked) = needles.masked(text) {
                *text = masked;
            }
        }
    };
    hide(&mut problem.message);
    hide(&mut problem.at.text);
    problem.also.iter_mut().for_each(|label| hide(&mut label.text));
    problem.help.iter_mut().for_each(hide);
    finding.aws_says.iter_mut().for_each(hide);
    finding.document.iter_mut().for_each(hide);
    hide(&mut finding.pointer);
    hide(&mut finding.named_pointer);
    finding.repeated.iter_mut().for_each(|site| hide(&mut site.named_pointer));
    finding.address.iter_mut().for_each(hide);
    if let Some(fix) = &mut problem.fix {
        hide(&mut fix.title);
        // What would write a secret is told, not shown: with stars in it, it would write stars.
        let holds = |text: &str| needles.iter().any(|needles| !needles.find(text).is_empty());
        if fix.edits.iter().any(|edit| holds(&edit.text)) {
            fix.edits.clear();
        }
    }
}
