//! The YAML parser: a parser of events finds the tokens; what they mean is decided here.
//!
//! - A tag becomes the key that CloudFormation's long form has: `!Ref x` is `{"Ref": x}`, `!Sub x` is
//!   `{"Fn::Sub": x}`.
//! - An alias repeats the nodes of its anchor, with their places. `<<` merges, and written keys win.
//! - A word on which YAML 1.1 and YAML 1.2 differ has an unknown value.

mod fault;
mod scalar;
mod template;

use std::borrow::Cow;
use std::sync::Arc;

use granit_parser::{Event, Parser, ScalarStyle, ScanError, StrInput, StructureStyle, Tag, options};

use super::{Fault, FaultKind, MAX_DEPTH, MAX_NODES, Parsed, encoding_fault, merge_conflict};
use crate::source::{Cut, Source, Span};
use crate::tree::{Kind, Notation, Text, TreeBuilder, Written};
use scalar::Scalar;

/// How many nodes the aliases of a text may repeat. What is beyond that is unknown.
const MAX_COPIES: u32 = 10_000;

/// Reads a text.
pub(super) fn parse(source: Arc<Source>) -> Parsed {
    let parsed = Reader::new(&source, &source.text, &[]).read();
    if parsed.faults.is_empty() {
        return if parsed.tree.nodes.is_empty() { broken(&source, parsed) } else { parsed };
    }
    let read_masked = |masked: &str, holes: &[Span]| Reader::new(&source, masked, holes).read();
    template::unrendered(&source, read_masked).unwrap_or_else(|| broken(&source, parsed))
}

/// Names what explains all faults of a text, if something does.
fn broken(source: &Arc<Source>, parsed: Parsed) -> Parsed {
    let fault = if source.text.trim_start_matches('\u{feff}').trim().is_empty() {
        Some(Fault { kind: FaultKind::Empty, span: Span::empty(0), related: None })
    } else {
        merge_conflict(&source.text)
    };
    match fault {
        Some(fault) => Parsed { faults: vec![fault], ..Parsed::without_nodes(source, Notation::Yaml) },
        None => parsed,
    }
}

/// A list or an object that is being read.
struct Frame {
    written: Written,
    /// Its node, or that of the object that its tag stands for.
    index: u32,
    /// Whether that object is around it.
    is_tagged: bool,
    /// Whether it has brackets.
    is_flow: bool,
    /// Whether the next value is the value of a member.
    has_key: bool,
    /// The last key.
    key: Span,
    /// Whether the next value, or for a list each item, is to be merged.
    merges: bool,
    /// The objects to be merged.
    merged: Vec<u32>,
}

impl Frame {
    fn new(written: Written, index: u32) -> Frame {
        Frame {
            written,
            index,
            is_tagged: false,
            is_flow: false,
            has_key: false,
            key: Span::default(),
            merges: false,
            merged: Vec::new(),
        }
    }

    /// The node of the container itself.
    fn container(&self) -> u32 {
        // A tag is an object and its key.
        if self.is_tagged { self.index + 2 } else { self.index }
    }
}

/// Makes nodes of events.
struct Reader<'t> {
    /// What is read: the text of the source, or a copy of the same length with its template holes masked.
    text: &'t str,
    /// The template holes that are masked, in the order of the text.
    masked: &'t [Span],
    events: Parser<'t, StrInput<'t>>,
    tree: TreeBuilder,
    open: Vec<Frame>,
    /// The nodes that anchors name, by the numbers of the anchors.
    anchors: Vec<u32>,
    /// How many nodes aliases have repeated.
    copies: u32,
    /// Where the last token ends.
    end: u32,
    faults: Vec<Fault>,
    holes: Vec<Span>,
    comments: Vec<Span>,
}

/// Whether to go on reading.
type More = Result<(), ()>;

impl<'t> Reader<'t> {
    fn new(source: &Arc<Source>, text: &'t str, masked: &'t [Span]) -> Reader<'t> {
        let options = options! {
            emit_unresolved_aliases: true,
            max_buffered_comment_events: usize::MAX,
            flow_nesting_limit: MAX_DEPTH + 1,
            block_nesting_limit: MAX_DEPTH + 1,
        };
        Reader {
            text,
            masked,
            events: Parser::new_from_str_with_options(text, options),
            tree: TreeBuilder::new(Arc::clone(source), Notation::Yaml),
            open: Vec::new(),
            anchors: Vec::new(),
            copies: 0,
            end: 0,
            faults: encoding_fault(source).into_iter().collect(),
            holes: Vec::new(),
            comments: Vec::new(),
        }
    }

    fn read(mut self) -> Parsed {
        while let Some(next) = self.events.next() {
            let more = match next {
                Ok((event, span)) => self.event(event, &span),
                Err(error) => self.fail(&error),
            };
            if more.is_err() || self.is_full() {
                self.abandon();
                break;
            }
        }
        let is_cut_short = self.is_full();
        let (tree, duplicates) = self.tree.finish();
        self.faults.sort_by_cached_key(|fault| fault.span);
        self.holes.sort_unstable();
        let (faults, holes, comments) = (self.faults, self.holes, self.comments);
        Parsed { tree: Arc::new(tree), faults, holes, comments, duplicates, is_cut_short }
    }

    /// Whether reading has stopped.
    fn is_full(&self) -> bool {
        self.tree.len() as usize > MAX_NODES
    }

    fn event(&mut self, event: Event<'t>, at: &granit_parser::Span) -> More {
        let span = span_of(at);
        let tag_at = at.tag_span().map(|at| span_of(&at));
        match event {
            Event::Comment(..) => self.comments.push(span),
            Event::Scalar(value, style, anchor, tag) => {
                let tag = tag.as_deref().zip(tag_at);
                self.scalar(Scalar { value, style, span }, anchor, tag)?;
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.start(Written::List, style, span, anchor, tag.and(tag_at))?;
            }
            Event::MappingStart(style, anchor, tag) => {
                self.start(Written::Object, style, span, anchor, tag.and(tag_at))?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.finish(span),
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::UnresolvedAlias(_) => {
                self.faults.push(Fault { kind: FaultKind::UnknownAnchor, span, related: None });
                self.unknown(span);
            }
            _ => {}
        }
        Ok(())
    }

    // ── Scalars and aliases ─────────────────────────────────────────────────────────────────

    fn scalar(&mut self, scalar: Scalar<'t>, anchor: usize, tag: Option<(&Tag, Span)>) -> More {
        if self.wants_key() {
            self.name(anchor);
            self.key(&scalar);
            return Ok(());
        }
        // A document without a value.
        if self.open.is_empty() && scalar.is_nothing() && tag.is_none() {
            return Ok(());
        }
        self.check_depth(scalar.span)?;
        self.name(anchor);
        let index = self.tree.len();
        let is_tagged = self.open_tag(tag.map(|(_, at)| at));
        let type_ = match tag {
            Some((tag, _)) if !is_tagged => tag.core_suffix().or((tag.suffix() == "!").then_some("str")),
            // What a function of CloudFormation is given is a text.
            Some(_) => Some("str"),
            None => None,
        };
        let place = scalar.place(self.text, self.end);
        if scalar.is_nothing()
            && let Some(hole) = self.commented_hole(place)
        {
            self.holes.push(hole);
            self.end = self.end.max(hole.end);
            self.tree.unknown(hole);
            if is_tagged {
                self.tree.close(self.end);
            }
            self.value_ends(index);
            return Ok(());
        }
        self.end = self.end.max(place.end);
        let holes = self.holes_in(place);
        self.holes.extend(holes);
        match scalar.written(type_) {
            _ if holes == [place] => self.tree.unknown(place),
            Written::Hole => self.tree.unknown(place),
            written @ (Written::Text | Written::Number) => self.text(written, &scalar, place),
            word => self.tree.scalar(word, place, Text::Source(Span::default())),
        }
        if is_tagged {
            self.tree.close(self.end);
        }
        self.value_ends(index);
        Ok(())
    }

    fn key(&mut self, scalar: &Scalar) {
        let place = scalar.span;
        self.end = self.end.max(place.end);
        let is_merge = scalar.style == ScalarStyle::Plain && scalar.value == "<<";
        let is_known = self.holes_in(place).is_empty();
        self.text(Written::Key, scalar, place);
        if is_merge || !is_known {
            self.tree.mark_shadowed();
        }
        if !is_known {
            self.tree.mark_open_incomplete();
        }
        self.key_ends(place, is_merge);
    }

    /// Adds a key, a text or a number.
    fn text(&mut self, written: Written, scalar: &Scalar, place: Span) {
        let mut runs = Vec::new();
        let text = scalar.text(self.text, place, &mut runs);
        // A decoded text has the mask in it.
        let is_lost = !matches!(text, Text::Source(_)) && !self.holes_in(place).is_empty();
        match written {
            Written::Key if is_lost => self.tree.key(place, Text::Source(place)),
            _ if is_lost => self.tree.unknown(place),
            _ => self.tree.scalar(written, place, text),
        }
    }

    /// The hole in the place of a value that is nothing for YAML, but a comment.
    fn commented_hole(&self, place: Span) -> Option<Span> {
        let behind = |from: u32| {
            let rest = self.text.cut(from as usize..);
            let comment = rest.trim_start_matches([' ', '\t']);
            let start = from as usize + rest.len() - comment.len();
            Some(Span::of(start..start + template::commented(comment)?))
        };
        let is_item = self.open.last().is_some_and(|frame| frame.written == Written::List);
        // An item without a value is said to be where the next token begins.
        let of_item = || behind(self.dash(self.end.min(place.start), place.start).end);
        behind(place.end).or_else(|| if is_item { of_item() } else { None })
    }

    /// The masked template holes in a part of the text.
    fn holes_in(&self, place: Span) -> &'t [Span] {
        let from = self.masked.partition_point(|hole| hole.end <= place.start);
        let rest = self.masked.get(from..).unwrap_or_default();
        rest.get(..rest.partition_point(|hole| hole.start < place.end)).unwrap_or_default()
    }

    /// Adds a value, or a key, that is unknown.
    fn unknown(&mut self, span: Span) {
        self.end = self.end.max(span.end);
        if self.wants_key() {
            self.tree.key(span, Text::Source(span));
            self.tree.mark_shadowed();
            self.tree.mark_open_incomplete();
            return self.key_ends(span, false);
        }
        let index = self.tree.len();
        self.tree.unknown(span);
        self.value_ends(index);
    }

    fn alias(&mut self, anchor: usize, span: Span) {
        let target = self.anchors.get(anchor).copied().filter(|index| *index < self.tree.len());
        // What is still open contains the alias.
        let target = target.filter(|index| !self.tree.is_open(*index));
        let target = target.filter(|index| self.copies + self.tree.count(*index) <= MAX_COPIES);
        let Some(target) = target.filter(|_| !self.wants_key()) else { return self.unknown(span) };
        self.end = self.end.max(span.end);
        self.copies += self.tree.count(target);
        if self.open.last().is_some_and(|frame| frame.merges) {
            self.tree.unknown(span);
            return self.value_ends(target);
        }
        let index = self.tree.len();
        self.tree.repeat(target);
        self.value_ends(index);
    }

    /// Remembers which node an anchor names: the next one.
    fn name(&mut self, anchor: usize) {
        if anchor > 0 {
            self.anchors.resize(self.anchors.len().max(anchor + 1), u32::MAX);
            self.anchors[anchor] = self.tree.len();
        }
    }

    /// Whether the next node is a key.
    fn wants_key(&self) -> bool {
        self.open.last().is_some_and(|frame| frame.written == Written::Object && !frame.has_key)
    }

    fn key_ends(&mut self, place: Span, merges: bool) {
        let frame = self.open.last_mut().expect("a key is in an object");
        (frame.has_key, frame.merges, frame.key) = (true, merges, place);
    }

    /// Goes on behind a value. If it is to be merged, its members are those of the node at an index.
    fn value_ends(&mut self, index: u32) {
        let Some(frame) = self.open.last_mut() else { return };
        frame.has_key = false;
        if !frame.merges {
            return;
        }
        let value = self.tree.node(index);
        let is_list = value.kind() == Kind::List && frame.written == Written::Object;
        if value.kind() == Kind::Object {
            frame.merged.push(index);
        }
        if value.is_incomplete() || (value.kind() != Kind::Object && !is_list) {
            self.tree.mark_open_incomplete();
        }
    }

    // ── Containers ──────────────────────────────────────────────────────────────────────────

    fn start(
        &mut self,
        written: Written,
        style: StructureStyle,
        span: Span,
        anchor: usize,
        tag: Option<Span>,
    ) -> More {
        let is_flow = style == StructureStyle::Flow && !span.is_empty();
        let opens_hole = || {
            let rest = self.text.cut(span.start as usize..);
            let is_name = || rest.starts_with('{') && template::signed(rest).is_some();
            rest.starts_with("{{") || tag.is_none() && is_name()
        };
        if is_flow && opens_hole() {
            let hole = self.skip(span)?;
            self.holes.push(hole);
            self.unknown(hole);
            return Ok(());
        }
        if self.wants_key() {
            let key = self.skip(span)?;
            self.unknown(key);
            return Ok(());
        }
        self.check_depth(span)?;
        self.name(anchor);
        let mut frame = Frame::new(written, self.tree.len());
        frame.is_tagged = self.open_tag(tag);
        frame.merges = written == Written::List && self.open.last().is_some_and(|outer| outer.merges);
        frame.is_flow = is_flow;
        let start = match written {
            // That of a list which is not indented more than its key is in front of where it is said to begin.
            Written::List if !is_flow => self.dash(span.start, span.start).start,
            _ => span.start,
        };
        // In block style, nothing but its tag, its key or its dash stands for the whole.
        let (start, head) = match self.open.last() {
            _ if is_flow => (start, span),
            _ if frame.is_tagged => (start, tag.unwrap_or_default()),
            Some(outer) if outer.written == Written::Object => (start, outer.key),
            Some(_) => (start, self.dash(self.end.min(start), start)),
            None => (start, Span::empty(start)),
        };
        self.tree.open(written, start, head);
        self.end = self.end.max(start);
        self.open.push(frame);
        Ok(())
    }

    fn finish(&mut self, span: Span) {
        let Some(mut frame) = self.open.pop() else { return };
        self.end = self.end.max(if span.is_empty() { 0 } else { span.end });
        self.close(&mut frame);
        self.value_ends(frame.index);
    }

    fn close(&mut self, frame: &mut Frame) {
        let merged = std::mem::take(&mut frame.merged);
        if frame.written == Written::Object {
            self.tree.merge(&merged);
        } else if let Some(outer) = self.open.last_mut() {
            outer.merged.extend(merged);
        }
        self.tree.close(self.end);
        if frame.is_tagged {
            self.tree.close(self.end);
        }
    }

    /// Records what keeps the rest of the text from being read.
    fn fail(&mut self, error: &ScanError) -> More {
        let brackets = self.open.iter().rev().take_while(|frame| frame.is_flow);
        let opens = brackets.last().map(|frame| self.tree.node(frame.container()).head().span);
        self.faults.push(fault::of(self.text, error, opens));
        self.forget_touched(error.marker().byte_offset().unwrap_or(self.text.len()));
        Err(())
    }

    /// A scalar is unknown if the text stops being YAML right behind it, or behind a further line that was taken
    /// for a part of it.
    fn forget_touched(&mut self, fault: usize) {
        let Some(span) = self.tree.last_scalar() else { return };
        let Some(between) = self.text.get(span.end as usize..fault) else { return };
        let is_folded = self.text.cut(span.range()).contains('\n');
        if between.trim().is_empty() && (is_folded || !between.contains('\n')) {
            self.tree.forget_last();
        }
    }

    /// Closes whatever is still open, because the rest of the text is not read.
    fn abandon(&mut self) {
        while let Some(mut frame) = self.open.pop() {
            if self.tree.lacks_value() {
                self.tree.unknown(Span::empty(self.end));
            }
            self.tree.mark_open_incomplete();
            self.tree.mark_open_unclosed();
            self.close(&mut frame);
        }
    }

    /// Opens the object that a short tag stands for. False if the tag is not one.
    fn open_tag(&mut self, tag: Option<Span>) -> bool {
        let Some(at) = tag else { return false };
        let Some(name) = self.text.cut(at.range()).strip_prefix('!') else { return false };
        if name.is_empty() || name.starts_with('<') || name.contains('!') {
            return false;
        }
        self.tree.open(Written::Object, at.start, at);
        let is_long = matches!(name, "Ref" | "Condition") || name.starts_with("Fn::");
        let long = if is_long { Cow::Borrowed(name) } else { Cow::Owned(format!("Fn::{name}")) };
        self.tree.key_of_tag(at, &long);
        self.end = self.end.max(at.end);
        true
    }

    /// Stops if a value would be nested too deeply.
    fn check_depth(&mut self, span: Span) -> More {
        // A tag is one level more.
        if self.tree.depth() + 2 <= MAX_DEPTH {
            return Ok(());
        }
        self.faults.push(Fault { kind: FaultKind::TooDeep, span, related: None });
        Err(())
    }

    /// Skips a container that has begun. Returns where it is.
    fn skip(&mut self, start: Span) -> Result<Span, ()> {
        let (mut depth, mut end) = (1, start.end);
        while depth > 0 {
            match self.events.next() {
                Some(Ok((event, at))) => {
                    match event {
                        Event::MappingStart(..) | Event::SequenceStart(..) => depth += 1,
                        Event::MappingEnd | Event::SequenceEnd => depth -= 1,
                        Event::Comment(..) => self.comments.push(span_of(&at)),
                        _ => {}
                    }
                    end = end.max(span_of(&at).end);
                }
                Some(Err(error)) => self.fail(&error)?,
                None => return Err(()),
            }
        }
        Ok(Span::new(start.start, end))
    }

    /// The dash of an item that begins at an offset, or at another offset itself: what is in front of it, behind
    /// the last token, are blanks and comments.
    fn dash(&self, from: u32, start: u32) -> Span {
        let is_dash = |at: usize| {
            let rest = self.text.cut(at..).strip_prefix('-');
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']))
        };
        let last = self.end.min(start) as usize;
        let before = self.text.cut(last..start as usize);
        let lines = before.match_indices('\n').map(|(at, _)| last + at + 1);
        let blanks =
            |line: usize| self.text.cut(line..start as usize).bytes().take_while(|b| *b == b' ').count();
        let mut dashes =
            lines.map(|line| line + blanks(line)).filter(|at| *at < start as usize && is_dash(*at));
        let at = match is_dash(from as usize) {
            true => from,
            false => dashes.next().map_or(start, |at| at as u32),
        };
        Span::new(at, at + u32::from(is_dash(at as usize)))
    }
}

/// The bytes of a token.
fn span_of(at: &granit_parser::Span) -> Span {
    Span::of(at.byte_range().unwrap_or_default())
}

#[cfg(test)]
mod tests;
