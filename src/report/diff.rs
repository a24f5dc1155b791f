//! What a change of a text looks like: as a patch, and as a few lines under a finding.

use std::ops::Range;

use imara_diff::{Algorithm, Diff, Hunk, InternedInput};

use super::style::Style;
use crate::fix::{Fix, edited};
use crate::secrecy::Masked;
use crate::source::{Cut, Source};
use crate::visible::{visible, visible_lines};

/// A change of more lines than this is not shown under a finding.
const MOST_LINES: usize = 12;
/// A change of a wider line is not shown under a finding.
const WIDEST: usize = 110;

/// How many unchanged lines a patch shows around a change.
const CONTEXT: u32 = 3;

/// The change of a file as a patch that `git apply` and `patch` take; empty if nothing changes.
pub fn unified_diff(name: &str, before: &str, after: &str) -> String {
    let lines = Lines::of(before, after);
    let name = name.strip_prefix("./").unwrap_or(name);
    let mut patch = String::new();
    for group in lines.groups() {
        if patch.is_empty() {
            let [old, new] = [format!("a/{name}"), format!("b/{name}")].map(|name| in_header(&name));
            patch.push_str(&format!("--- {old}\n+++ {new}\n"));
        }
        lines.print(&group, &mut patch);
    }
    patch
}

/// Two texts, line by line, and where they differ.
struct Lines<'t> {
    before: Vec<&'t str>,
    after: Vec<&'t str>,
    hunks: Vec<Hunk>,
}

impl<'t> Lines<'t> {
    fn of(before: &'t str, after: &'t str) -> Lines<'t> {
        let input = InternedInput::new(before, after);
        let mut diff = Diff::compute(Algorithm::Myers, &input);
        diff.postprocess_lines(&input);
        let lines = |text: &'t str| text.split_inclusive('\n').collect();
        Lines { before: lines(before), after: lines(after), hunks: diff.hunks().collect() }
    }

    /// The changes that share their context.
    fn groups(&self) -> Vec<Vec<Hunk>> {
        let mut groups: Vec<Vec<Hunk>> = Vec::new();
        for hunk in &self.hunks {
            match groups.last_mut() {
                Some(group)
                    if group
                        .last()
                        .is_some_and(|last| hunk.before.start - last.before.end <= 2 * CONTEXT) =>
                {
                    group.push(hunk.clone());
                }
                _ => groups.push(vec![hunk.clone()]),
            }
        }
        groups
    }

    fn print(&self, group: &[Hunk], patch: &mut String) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { return };
        let around = |first: &Range<u32>, last: &Range<u32>, lines: &[&str]| {
            first.start.saturating_sub(CONTEXT)..(last.end + CONTEXT).min(lines.len() as u32)
        };
        let before = around(&first.before, &last.before, &self.before);
        let after = around(&first.after, &last.after, &self.after);
        patch.push_str(&format!("@@ -{} +{} @@\n", counted(&before), counted(&after)));
        let mut at = before.start;
        for hunk in group {
            put(' ', &self.before, at..hunk.before.start, patch);
            put('-', &self.before, hunk.before.clone(), patch);
            put('+', &self.after, hunk.after.clone(), patch);
            at = hunk.before.end;
        }
        put(' ', &self.before, at..before.end, patch);
    }
}

/// The lines of a range, as the head of a part of a patch counts them. An empty range is behind a line.
fn counted(range: &Range<u32>) -> String {
    match range.len() {
        0 => format!("{},0", range.start),
        1 => (range.start + 1).to_string(),
        length => format!("{},{length}", range.start + 1),
    }
}

fn put(sign: char, lines: &[&str], range: Range<u32>, patch: &mut String) {
    for line in &lines[range.start as usize..range.end as usize] {
        patch.push(sign);
        patch.push_str(line);
        if !line.ends_with('\n') {
            patch.push_str("\n\\ No newline at end of file\n");
        }
    }
}

/// A patch as a terminal may show it, in colours if they are wanted, which `git apply` need no longer
/// take.
pub fn visible_patch(patch: &str, style: Style) -> String {
    let patch = visible_lines(patch).collect::<String>().replace("␍\n", "\n");
    if !style.color {
        return patch;
    }
    let color = |line: &str| match line.as_bytes() {
        [b'-', b'-', b'-', ..] | [b'+', b'+', b'+', ..] => "1",
        [b'@', ..] => "36",
        [b'-', ..] => "31",
        [b'+', ..] => "32",
        _ => "0",
    };
    patch.lines().map(|line| format!("\x1b[{}m{line}\x1b[0m\n", color(line))).collect()
}

/// The name of a file as git writes it into a patch: what is not plain is spelled out.
fn in_header(name: &str) -> String {
    if visible(name) == name && !name.contains(['"', '\\']) {
        return name.to_owned();
    }
    let byte = |byte: u8| match byte {
        b'"' | b'\\' => format!("\\{}", char::from(byte)),
        b' '..=b'~' => char::from(byte).to_string(),
        _ => format!("\\{byte:03o}"),
    };
    format!("\"{}\"", name.bytes().map(byte).collect::<String>())
}

/// The lines that a fix takes away and puts in, without the blanks that all of them begin with;
/// none if they are too many or too long to be read at a glance, or hold what is not to be shown.
pub(super) fn small_diff(fix: &Fix, source: &Source, outcome: &Masked) -> Option<Vec<(char, String)>> {
    let line_of = |offset: u32| source.position(offset).line;
    let first = fix.edits.iter().map(|edit| line_of(edit.place.span.start)).min()?;
    let last = fix.edits.iter().map(|edit| line_of(edit.place.span.end)).max()?;
    // Only the lines concerned are compared, so that a large file costs no more than a small one.
    let starts = source.line_starts();
    let start = starts[first - 1] as usize;
    let end = starts.get(last).map_or(source.text.len(), |next| *next as usize);
    let is_wide = last - first > 4 * MOST_LINES || end - start > 4 * MOST_LINES * WIDEST;
    if is_wide || !outcome.concealed(source.id, start..end).is_empty() {
        return None;
    }
    let after = edited(source, start..end, &fix.edits);
    let texts = Lines::of(source.text.cut(start..end), &after);
    let mut lines: Vec<(char, String)> = Vec::new();
    for hunk in &texts.hunks {
        let mut put = |sign, from: &[&str], range: &Range<u32>| {
            let changed = &from[range.start as usize..range.end as usize];
            lines.extend(changed.iter().map(|line| (sign, line.trim_end().to_owned())));
        };
        put('-', &texts.before, &hunk.before);
        put('+', &texts.after, &hunk.after);
    }
    if lines.len() > MOST_LINES || lines.iter().any(|(_, line)| line.chars().count() > WIDEST) {
        return None;
    }
    let blanks = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let common = lines.iter().map(|(_, line)| blanks(line)).min().unwrap_or(0);
    for (_, line) in &mut lines {
        *line = line.cut(common..).to_owned();
    }
    Some(lines)
}
